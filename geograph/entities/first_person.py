"""First person: "I", "we" and "our" are the speaker, in a quotation or in a statement that its title signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse
from geograph.entities.names import Word, joined, words_of
from geograph.entities.persons import person_called
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token

_I = frozenset({"i", "me", "my", "mine", "myself"})
_BY = ("by", "from", "of")
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_FIRST = _I | _WE


def first_person(discourse: Discourse, token: Token, signer: str | None) -> Iterator[Mention]:
    """The mention that a pronoun of the first person makes: "I" is the speaker, "we" the speaker's country or body."""
    if not is_first_person(token):
        return
    lower = token.lower_
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


def is_first_person(token: Token) -> bool:
    """Whether a word is a pronoun of the first person."""
    return token.lower_ in _FIRST and token.text != "US"


def side_of(discourse: Discourse, speaker: str) -> str | None:
    """For whom a speaker says "we": the body of many countries or the country that a person serves, else the speaker.

    Nobody is known for whom one who holds no state office speaks.
    """
    if discourse.type_of(speaker) is not EntityType.PERSON:
        return speaker
    cast = discourse.cast
    body = cast.serves.get(speaker)
    if body is not None and discourse.type_of(body) is EntityType.ORGANIZATION and cast.country_of(body) is None:
        return body
    if cast.title_words(speaker) & discourse.read.gazetteer.words["OWN_VOICE"]:
        return None
    return discourse.cast.nation(discourse.cast.country_of(speaker))


def _speaker(discourse: Discourse, token: Token, signer: str | None) -> str | None:
    quotation = discourse.quotation_at(token.idx)
    if quotation is None:
        return signer
    if quotation.speaker is None:
        return None
    found = discourse.at(quotation.speaker)
    return found[0] if len(found) == 1 else None


def signer(discourse: Discourse) -> str | None:
    """The one who signs a statement, by title or first line: "Statement by President X"."""
    cast = discourse.cast
    first_line = discourse.read.text.split("\n", 1)[0]
    for line in dict.fromkeys((cast.article.title or "", first_line)):
        found = words_of(line)
        if len(found) > 2 and found[0].key in discourse.read.gazetteer.words["STATEMENT"] and found[1].key in _BY:
            return _named(discourse, line, found[2:])
    return None


def _named(discourse: Discourse, line: str, found: Sequence[Word]) -> str | None:
    """Whom a signature names: titles and a nationality first, then the name."""
    cast, gazetteer = discourse.cast, discourse.read.gazetteer
    matches = {match.first: match for match in gazetteer.index.matches(line, found)}
    titles: set[str] = set()
    country: str | None = None
    i = 0
    while i < len(found):
        word = found[i]
        match = matches.get(i)
        if match is not None and match.senses[0].role in ("demonym", "people"):
            country, i = match.senses[0].key, match.last + 1
        elif (
            discourse.read.is_in(word, "TITLE")
            or discourse.read.is_in(word, "RANK")
            or _is_office_word(discourse, word)
        ):
            titles.add(word.key)
            i += 1
        elif match is not None and not titles:
            return cast.known(match.senses[0].key) if len({sense.key for sense in match.senses}) == 1 else None
        else:
            break
    name = _name(line, found[i:])
    if not name or not titles:
        return None
    return person_called(cast, name, titles, country)


def _is_office_word(discourse: Discourse, word: Word) -> bool:
    words_of = discourse.read.gazetteer.words
    return word.key in words_of["PORTFOLIO"] or word.key in ("the", "of", "national", "affairs")


def _name(line: str, found: Sequence[Word]) -> str:
    """The capitalised words that a line goes on with."""
    end = 0
    for i, word in enumerate(found):
        if not word.capital or (i and not joined(line, found[i - 1], word)) or (i and word.key in ("s", "on")):
            break
        end = i + 1
    return line[found[0].start : found[end - 1].end] if end else ""
