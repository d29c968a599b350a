"""Why a trigger whose word stands in a sentence does not fire: for people who add triggers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geograph.model import EntityType
from geograph.readers.protocol import Frame, Reading
from geograph.readers.rules.clauses import Clauses
from geograph.readers.rules.dependencies import says
from geograph.readers.rules.ends import Ends
from geograph.readers.rules.frames import candidates, find_frames, matches, words_of
from geograph.readers.rules.lexicon import Entry, Lexicon
from geograph.readers.rules.nouns import Nouns
from geograph.readers.rules.steps import State, Steps
from geograph.readers.rules.triggers import Fill, Recipient, Slot, Step, That, Theme, Word
from geograph.readers.rules.verbs import Verbs
from geograph.syntax import Token

_SLOTS = {Slot.SUBJECT: "who does it", Slot.OBJECT: "to whom", Slot.ITEM: "the thing"}


@dataclass(frozen=True)
class Miss:
    """A trigger of whose predicate the sentence has the word, and why it tells nothing. `reached`: how far it came."""

    relation: str
    pattern: str
    predicate: Token
    reason: str
    reached: int


def find_misses(reading: Reading, lexicon: Lexicon) -> Iterator[Miss]:
    """For every word and relation the trigger that came furthest without firing, in text order.

    A word that fires for a relation misses nothing of it.
    """
    tracer = _Tracer(reading, lexicon)
    fired = list(find_frames(reading, lexicon))
    for sentence in reading.doc.sents:
        here = words_of(sentence)
        for token in sentence:
            done = {frame.relation for frame in fired if token in frame.trigger}
            best: dict[str, Miss] = {}
            for entry in candidates(token, lexicon):
                said = entry.trigger.is_copula or says(token, entry.trigger.head.lemmas)
                if said and entry.relation not in done:
                    miss = tracer.miss(entry, token, here, fired)
                    known = best.get(entry.relation)
                    if known is None or miss.reached > known.reached:
                        best[entry.relation] = miss
            yield from (best[relation] for relation in sorted(best))


class _Tracer:
    """Follows triggers in one reading as far as they match."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        clauses = Clauses(lexicon.words)
        self.steps = Steps(Ends(reading, clauses), clauses)
        self.verbs, self.nouns = Verbs(self.steps), Nouns(self.steps)

    def miss(self, entry: Entry, token: Token, here: frozenset[str], fired: list[Frame]) -> Miss:
        """Why the trigger tells nothing at a token."""
        reached, reason = self._reason(entry, token, here, fired)
        return Miss(entry.relation, entry.trigger.text, token, reason, reached)

    def _reason(self, entry: Entry, token: Token, here: frozenset[str], fired: list[Frame]) -> tuple[int, str]:
        lacking = [need for need in entry.needs if need.isdisjoint(here)]
        if lacking:
            return 0, f"the sentence has no {_some(lacking[0])}"
        if any(True for _ in matches(entry, token, self.verbs, self.nouns)):
            winner = next((frame for frame in fired if token in frame.trigger), None)
            if winner is not None:
                return 99, f"the longer trigger `{winner.pattern}` tells {winner.relation} by the same words"
            return 98, f"the two ends are one, or no {_types(entry.domain)} and {_types(entry.range)}"
        if entry.trigger.is_verb and not entry.trigger.is_copula:
            return self._of_verb(entry, token)
        return 1, f"{_ends(entry)} do not stand around “{token.text}”"

    def _of_verb(self, entry: Entry, verb: Token) -> tuple[int, str]:
        steps = entry.trigger.steps
        for count in range(1, len(steps) + 1):
            start = State(verb, verb, (verb,), loose=True)
            if not any(True for _ in self.steps.follow(steps[:count], start, entry)):
                return count, f"{_told(steps[count - 1], entry)} does not follow “{verb.text}”"
        particles = [child.text for child in verb.children if child.dep_ == "prt"]
        if particles:
            return len(steps) + 1, f"“{verb.text} {particles[0]}” is another verb"
        return len(steps) + 1, f"{_told(entry.trigger.lead, entry)} does not stand before “{verb.text}”"


def _told(step: Step | None, entry: Entry) -> str:
    """A step of a trigger in words: what had to stand there."""
    match step:
        case Word():
            return f"{_some(step.lemmas)}"
        case Theme():
            return f"{_some(step.word.lemmas)}"
        case Recipient():
            return _told(step.fill, entry)
        case Fill():
            types = entry.range if step.slots == (Slot.OBJECT,) else entry.domain
            kind = f" of the class {step.word_class}" if step.word_class else ""
            what = "" if step.slots == (Slot.ITEM,) else f", a known {_types(step.types or types)}"
            return f"{' and '.join(_SLOTS[slot] for slot in step.slots)} ({'/'.join(step.slots)}{what}){kind}"
        case That():
            return "a clause with “that”"
        case _:
            return "another verb or noun"


def _ends(entry: Entry) -> str:
    return f"a known {_types(entry.domain)} and a known {_types(entry.range)}"


def _types(types: frozenset[EntityType]) -> str:
    return " or ".join(sorted(type.value for type in types))


def _some(words: frozenset[str], most: int = 4) -> str:
    """The words, the first few of many: “on|against”."""
    ordered = sorted(words)
    return f"“{'|'.join(ordered[:most])}{'|…' if len(ordered) > most else ''}”"
