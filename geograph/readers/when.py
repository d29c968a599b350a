"""When an event happened: the date expression that belongs to it and not to another one."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from geograph.dates import DateExpression
from geograph.dates.tense import attachment
from geograph.model import Status
from geograph.readers.carriers import Carriers, carriers, is_in, is_setting, path_up
from geograph.readers.clauses import climb, is_verb, subject_of
from geograph.readers.protocol import Frame, Reading
from geograph.readers.status import status_of

Words = Mapping[str, frozenset[str]]
_DEADLINES = frozenset({"by", "end", "until", "before"})


def event_date(reading: Reading, frame: Frame, words: Words) -> DateExpression | None:
    """The date expression of the event of `frame`: in its own clause or beside its noun; None where none belongs to it.

    A date of the verb of telling ("said on Thursday") is not the event's. A deadline dates only what is planned.
    """
    sentence, event = frame.predicate.sent, carriers(frame, words)
    found: list[tuple[int, int, DateExpression]] = []
    for date in reading.dates:
        if date.period is None or not sentence.start_char <= date.span.start < sentence.end_char:
            continue
        tokens = reading.tokens(date.span)
        if tokens is None:
            continue
        rank = _rank(attachment(tokens), frame, event, words)
        if rank is not None:
            found.append((rank, abs(tokens.root.i - frame.predicate.i), date))
    for _, _, date in sorted(found, key=lambda f: f[:2]):
        if date.bound not in _DEADLINES or status_of(reading, frame, words) in (Status.PLANNED, Status.POSSIBLE):
            return date
    return None


def _rank(date: Token, frame: Frame, event: Carriers, words: Words) -> int | None:
    """How closely a date belongs to the event, 0 the closest; None for not at all."""
    if not is_verb(frame.predicate) and _follows(date, frame.predicate):
        return 0
    nouns = path_up(date, event, words)
    if nouns is not None:
        others = [noun for noun in nouns if is_in(noun, "EVENT_NOUN", words)]
        if not others:
            return 1
        # "in a speech on Friday": the date of the setting; "the war that", "an attack last year": of another event.
        return 2 if len(others) == 1 and is_setting(others[0], words) else None
    return 3 if _shared(date, frame.predicate) else None


def _follows(date: Token, noun: Token) -> bool:
    """Whether a date stands right behind the noun's phrase, whatever the parser hung it on."""
    end, first = noun.right_edge.i, date.left_edge.i
    return noun.i < first == end + 1 and date.head.i <= first


def _shared(date: Token, verb: Token) -> bool:
    """Whether a date in front of the first of several joined verbs holds for this one too."""
    node = verb
    while node.dep_ == "conj" and is_verb(node.head) and subject_of(node) is None:
        node = node.head
        if date.i < node.i and any(step == node for step in _within_clause(date)):
            return True
    return False


def _within_clause(token: Token) -> list[Token]:
    """The words from a token up to its verb."""
    steps: list[Token] = []
    for node in climb(token):
        steps.append(node)
        if node != token and is_verb(node):
            break
    return steps
