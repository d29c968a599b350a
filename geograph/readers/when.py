"""When an event happened: the date expression that belongs to it and not to another one."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from geograph.dates import DateExpression
from geograph.dates.tense import attachment
from geograph.model import Status
from geograph.readers.clauses import bearer, climb, is_verb, keys, subject_of
from geograph.readers.protocol import Frame, Reading
from geograph.readers.status import status_of

Words = Mapping[str, frozenset[str]]
_DEADLINES = frozenset({"by", "end", "until", "before"})


def event_date(reading: Reading, frame: Frame, words: Words) -> DateExpression | None:
    """The date expression of the event of `frame`: in its own clause or beside its noun; None where none belongs to it.

    A date of the verb of telling ("said on Thursday") is not the event's. A deadline dates only what is planned.
    """
    sentence = frame.predicate.sent
    found: list[tuple[int, int, DateExpression]] = []
    for date in reading.dates:
        if date.period is None or not sentence.start_char <= date.span.start < sentence.end_char:
            continue
        tokens = reading.tokens(date.span)
        if tokens is None:
            continue
        rank = _rank(attachment(tokens), frame, words)
        if rank is not None:
            found.append((rank, abs(tokens.root.i - frame.predicate.i), date))
    for _, _, date in sorted(found, key=lambda f: f[:2]):
        if date.bound not in _DEADLINES or status_of(reading, frame, words) in (Status.PLANNED, Status.POSSIBLE):
            return date
    return None


def _rank(date: Token, frame: Frame, words: Words) -> int | None:
    """How closely a date belongs to the event, 0 the closest; None for not at all."""
    predicate, carriers = frame.predicate, {token.i for token in frame.trigger} | {frame.predicate.i}
    if not is_verb(predicate):
        if _beside(date, predicate):
            return 0
        verb = next((t for t in climb(predicate) if t.i in carriers and is_verb(t)), None) or bearer(predicate, words)
        if verb is None:
            return 1 if _hangs_on(date, carriers) else None
        carriers.add(verb.i)
        predicate = verb
    if _claimed_by_noun(date, carriers, words):
        return None
    if _hangs_on(date, carriers):
        return 1
    return 2 if _shared(date, predicate, words) else None


def _hangs_on(date: Token, carriers: set[int]) -> bool:
    """Whether the path up from the date reaches the event before any other clause."""
    for node in climb(date):
        if node.i in carriers:
            return True
        if node != date and is_verb(node):
            return False
    return False


def _beside(date: Token, noun: Token) -> bool:
    """Whether a date stands in the noun's phrase, or right behind it whatever it was attached to."""
    for node in climb(date):
        if node == noun:
            return True
        if node != date and is_verb(node):
            break
    end = noun.right_edge.i
    first = date.left_edge.i
    lead = first - 1 if first > 0 and date.doc[first - 1].dep_ == "prep" else first
    return noun.i < lead == end + 1 and date.head.i <= lead


def _claimed_by_noun(date: Token, carriers: set[int], words: Words) -> bool:
    """Whether the date stands behind another event noun: "met him after a visit to Rome last year"."""
    for node in climb(date):
        if node.i in carriers or (node != date and is_verb(node)):
            return False
        if node != date and node.pos_ == "NOUN" and node.lemma_.lower() in words.get("EVENT_NOUN", ()):
            return True
    return False


def _shared(date: Token, verb: Token, words: Words) -> bool:
    """Whether a date of a governing verb holds for this one too: conjuncts share one in front, began to shares all."""
    node = verb
    while node.head != node:
        head = node.head
        if node.dep_ == "conj" and is_verb(head):
            if subject_of(node) is None and date.i < head.i and _hangs_on(date, {head.i}):
                return True
        elif node.dep_ in ("xcomp", "ccomp", "acomp", "oprd") and any(key in words.get("SHARES_DATE", ()) for key in keys(head)):
            if _hangs_on(date, {head.i}):
                return True
        else:
            return False
        node = head
    return False
