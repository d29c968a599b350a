"""First person: "I", "we" and "our" are the speaker, in a quotation or in a statement that its title signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse
from geograph.entities.names import words
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from spacy.tokens import Token

_I = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})


def first_person(discourse: Discourse, token: Token, signer: str | None) -> Iterator[Mention]:
    """The mention that a pronoun of the first person makes: "I" is the speaker, "we" the speaker's country or body."""
    lower = token.lower_
    if (lower not in _I and lower not in _WE) or token.text == "US":
        return
    speaker = _speaker(discourse, token, signer)
    if speaker is None:
        return
    span = Span(token.idx, token.idx + len(token.text))
    if lower in _I:
        if discourse.type_of(speaker) is EntityType.PERSON:
            yield discourse.read.at(span, EntityType.PERSON, Via.PRONOUN, speaker)
        return
    side = side_of(discourse, speaker)
    if side is not None:
        yield discourse.read.at(span, discourse.type_of(side), Via.PRONOUN, side)


def side_of(discourse: Discourse, speaker: str) -> str | None:
    """For whom a speaker says "we": the country of a person, else the speaker."""
    if discourse.type_of(speaker) is not EntityType.PERSON:
        return speaker
    country = discourse.cast.country_of(speaker)
    return discourse.cast.known(country) if country in discourse.read.gazetteer.entities else None


def _speaker(discourse: Discourse, token: Token, signer: str | None) -> str | None:
    quotation = discourse.quotation_at(token.idx)
    if quotation is None:
        return signer
    if quotation.speaker is None:
        return None
    found = discourse.at(quotation.speaker)
    return found[0] if len(found) == 1 else None


def signer(discourse: Discourse) -> str | None:
    """The one who signs a statement, by its title or first line: "Statement by President X", "Remarks of the Y Council"."""
    text = discourse.read.text
    first_line = text.split("\n", 1)[0]
    for line in dict.fromkeys((discourse.cast.article.title or "", first_line)):
        found = words(line)
        if (
            len(found) < 3
            or found[0].key not in discourse.read.gazetteer.words["STATEMENT"]
            or found[1].key not in ("by", "from", "of")
        ):
            continue
        offset = text.find(line)
        if offset >= 0:
            edge = offset + len(line)
            for said in discourse.said:
                if offset < said.mention.span.start < edge and said.mention.via is not Via.DEMONYM:
                    between = words(text[offset + found[1].end : said.mention.span.start])
                    if all(
                        discourse.read.is_in(w, "TITLE")
                        or discourse.read.is_in(w, "RANK")
                        or w.capital
                        or w.key in ("of", "the", "on")
                        for w in between
                    ):
                        return said.key
                    return None
    return None
