"""First person: "we", "I" and "our" inside a quotation are its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse, is_subject
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from spacy.tokens import Token

_I = frozenset({"i", "me", "my", "mine", "myself"})
_WE = frozenset({"we", "us", "our", "ours", "ourselves"})
_OPEN, _CLOSE, _EITHER = "“", "”", '"'


def speakers(discourse: Discourse) -> list[Mention]:
    """The mentions of the first person within quotations whose speaker is known."""
    found: list[Mention] = []
    for start, end in quotations(discourse.read.text):
        key = speaker(discourse, start, end)
        if key is None:
            continue
        for word in discourse.read.within(Span(start, end)):
            lower = word.text.lower()
            person = discourse.entity_type(key) is EntityType.PERSON
            if lower in _I and person and (lower != "i" or word.text == "I"):
                found.append(discourse.read.mention((word,), EntityType.PERSON, Via.PRONOUN, key))
            elif lower in _WE and word.text != "US":
                side = discourse.cast.country_of(key) if person else key
                if side is not None and side in discourse.read.gazetteer.entities or side in discourse.cast.entities:
                    if side in discourse.read.gazetteer.entities:
                        discourse.cast.known(side)
                    found.append(discourse.read.mention((word,), discourse.entity_type(side), Via.PRONOUN, side))
    return found


def quotations(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the quotations of a text, within one paragraph each."""
    start: int | None = None
    for i, char in enumerate(text):
        if char == "\n":
            start = None
        elif char == _OPEN or (char == _EITHER and start is None):
            start = i
        elif char in (_CLOSE, _EITHER) and start is not None:
            yield start, i + 1
            start = None


def speaker(discourse: Discourse, start: int, end: int) -> str | None:
    """The entity that says what stands between two offsets: the subject of the verb of speech beside it."""
    read = discourse.read
    speech = read.gazetteer.words["QUOTING"] | read.gazetteer.words["REPORTING"]
    edge = read.token(end - 1)
    first = read.token(start)
    near: list[Token] = []
    for token in (*_around(read.doc, first.i, -1), *_around(read.doc, edge.i, 1)):
        if token.lemma_.lower() in speech and token.pos_ == "VERB":
            near.append(token)
    by_token = {said.token: said.key for said in discourse.said if said.mention.via is not Via.DEMONYM}
    for verb in sorted(near, key=lambda t: min(abs(t.i - first.i), abs(t.i - edge.i))):
        for child in verb.children:
            if child.dep_ == "nsubj" and is_subject(child) and child.i in by_token and not start <= child.idx < end:
                return by_token[child.i]
    return None


def _around(doc: object, i: int, step: int) -> Iterator[Token]:
    """Up to 12 tokens beside a quotation, to the end of the paragraph."""
    j = i + step
    while 0 <= j < len(doc) and abs(j - i) <= 12 and "\n" not in doc[j].text:  # type: ignore[arg-type, index]
        yield doc[j]  # type: ignore[index]
        j += step
