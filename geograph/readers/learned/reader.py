"""The learned reader: relations that a small trained network sees between mentions, as claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from math import exp, log
from pathlib import Path

from geograph.entities.text import Sighting
from geograph.model import Claim, Mention, Status
from geograph.ontology import Ontology
from geograph.readers.confidence import confidence
from geograph.readers.events import event_claim, trigger_span
from geograph.readers.learned.ends import are_side_by_side, modifies_another
from geograph.readers.learned.network import Encoded, Network, Scores, load
from geograph.readers.learned.sightings import sightings
from geograph.readers.learned.trigger import telling_above, trigger_of
from geograph.readers.learned.windows import Pairs, Window, pairs_in, windows
from geograph.readers.occasion import on_occasion
from geograph.readers.protocol import Frame, Reading
from geograph.readers.status import status_of
from geograph.syntax import Doc, Token

LEAST = 0.75
"""Confidence, before status, below which nothing is claimed.

Of the claims above it that no rule makes and that are told as done, four in five were right on held-out passages
(`python -m geograph.training.beside`); on gold lower bounds cost more than they gave.
"""
_SUREST = 0.97
"""No score makes a claim surer than this: held-out passages are like those that taught the network."""
_STATUSES = tuple(Status)
"""In the order of the network."""


@dataclass(frozen=True)
class Judged:
    """A relation that the network sees, as a frame, how likely it is, and the likeliest status."""

    frame: Frame
    probability: float
    status: Status


@dataclass(frozen=True)
class _Seen:
    """A relation of a pair of mentions, by their places in the scores of a window."""

    probability: float
    pair: int
    relation: int
    subject: Mention
    object: Mention


@dataclass(frozen=True)
class LearnedReader:
    """Reads claims by a trained network. Its claims say `learned`."""

    ontology: Ontology
    network: Network
    least: float = LEAST
    name: str = "learned"
    _last: list[tuple[Doc, list[tuple[Window, Encoded]]]] = field(default_factory=list, compare=False, repr=False)

    @property
    def version(self) -> str:
        """Which network reads."""
        return f"network {self.network.name}"

    def read(self, reading: Reading) -> Iterator[Claim]:
        """The claims whose relation and ends are at least as sure as `least`, in text order."""
        found = [(judged.frame, self._claim(reading, judged)) for judged in self.judge(reading)]
        told = [(frame, claim) for frame, claim in found if claim is not None]
        states = [claim for frame, claim in told if self.ontology.relations[frame.relation].is_state]
        events = [each for each in told if not self.ontology.relations[each[0].relation].is_state]
        claims = [*states, *(claim for _, claim in on_occasion(events, reading, self.ontology.words))]
        yield from sorted(claims, key=lambda c: (c.span, c.trigger_span, c.relation, c.subject, c.object, c.id))

    def sightings(self, doc: Doc) -> list[Sighting]:
        """The names that the network's tagging head sees, before anything is resolved; in text order."""
        return [
            sighting for window, encoded in self._encoded(doc) for sighting in sightings(window, encoded.tags, doc.text)
        ]

    def judge(self, reading: Reading) -> Iterator[Judged]:
        """What the network sees: of each relation of two entities in a sentence the likeliest pair of mentions."""
        found = [(*each, pairs_in(reading, each[0])) for each in self._encoded(reading.doc)]
        found = [each for each in found if each[2].pairs]
        scores = self.network.score([encoded for _, encoded, _ in found], [pairs for _, _, pairs in found])
        for (window, _, pairs), each in zip(found, scores, strict=True):
            yield from self._of_window(reading, window, pairs, each)

    def _encoded(self, doc: Doc) -> list[tuple[Window, Encoded]]:
        """The windows of an article with what the encoder makes of them; those of the last one are kept."""
        if not self._last or self._last[0][0] is not doc:
            found = list(windows(doc, self.network.tokenizer))
            self._last[:] = [(doc, list(zip(found, self.network.encode(found), strict=True)))]
        return self._last[0][1]

    def _of_window(self, reading: Reading, window: Window, pairs: Pairs, scores: Scores) -> Iterator[Judged]:
        best: dict[tuple[int, str, str, int], _Seen] = {}
        for seen in self._seen(reading, pairs, scores):
            key = self._key(reading, seen)
            if key not in best or seen.probability > best[key].probability:
                best[key] = seen
        offsets = [(window.start + start, window.start + end) for start, end in window.pieces.offsets]
        for seen in best.values():
            name = self.network.relations[seen.relation]
            trigger = trigger_of(
                reading,
                seen.subject.span,
                seen.object.span,
                offsets,
                scores.weights[seen.pair].tolist(),
                near=self.ontology.relations[name].is_state,
            )
            if trigger is not None:
                frame = Frame(name, trigger, seen.subject, seen.object, (trigger,), pattern="")
                status = _STATUSES[int(scores.statuses[seen.pair, seen.relation].argmax())]
                yield Judged(frame, seen.probability, status)

    def _seen(self, reading: Reading, pairs: Pairs, scores: Scores) -> Iterator[_Seen]:
        logits = scores.relations * self.network.slope + self.network.offsets
        least = log(self.least / (1 - self.least))
        for pair, number in zip(*(places.tolist() for places in (logits >= least).nonzero()), strict=True):
            probability = 1 / (1 + exp(-float(logits[pair, number])))
            i, j = pairs.pairs[pair]
            for subject, object_ in self._ends(reading, number, pairs.ends[i], pairs.ends[j]):
                yield _Seen(probability, pair, number, subject, object_)

    def _key(self, reading: Reading, seen: _Seen) -> tuple[int, str, str, int]:
        """Relation, ends and sentence; ends of a symmetric relation either way round."""
        keys = (seen.subject.entity or "", seen.object.entity or "")
        a, b = sorted(keys) if self.ontology.relations[self.network.relations[seen.relation]].symmetric else keys
        tokens = reading.tokens(seen.subject.span)
        return seen.relation, a, b, tokens.root.sent.start if tokens is not None else -1

    def _ends(
        self, reading: Reading, number: int, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
    ) -> Iterator[tuple[Mention, Mention]]:
        """The mentions of two places that the relation may join."""
        relation = self.ontology.relations.get(self.network.relations[number])
        if relation is None:
            return
        for subject, object_ in product(subjects, objects):
            if subject.type not in relation.domain or object_.type not in relation.range:
                continue
            if not relation.is_state and any(modifies_another(reading, end) for end in (subject, object_)):
                continue
            if relation.symmetric or not are_side_by_side(reading, subject, object_):
                yield subject, object_

    def _claim(self, reading: Reading, judged: Judged) -> Claim | None:
        words, frame = self.ontology.words, judged.frame
        status = status_of(reading, frame, words)
        above = telling_above(reading, frame.subject.span, frame.object.span)
        if status is Status.ACTUAL and above is not None and above is not frame.predicate:
            status = status_of(reading, replace(frame, predicate=above, trigger=(above,)), words)
        if status is Status.ACTUAL:
            status = judged.status
        if status is None:
            return None
        base, trigger, ends = min(judged.probability, _SUREST), trigger_span(frame), (frame.subject, frame.object)
        if confidence(base, trigger, ends, Status.ACTUAL) < self.least:
            return None
        sure = confidence(base, trigger, ends, status)
        claim = event_claim(reading, frame, status, words, confidence=sure, reader=self.name)
        if claim is None or not self.ontology.relations[frame.relation].is_state:
            return claim
        return _state(claim, frame.predicate, words["FORMER"])


def _state(claim: Claim, trigger: Token, former: frozenset[str]) -> Claim | None:
    """The claim of a state, over where a word says so; None where a verb of the past leaves open whether it lasts.

    It has no date: what stands beside a title tells when something else happened.
    """
    if trigger.tag_ in ("VBD", "VBN"):
        return None
    ended = any(token.lower_ in former for token in (trigger, *trigger.children))
    return replace(claim, date=None, date_span=None, ended=ended)


def learned_reader(ontology: Ontology, network: Path | None = None) -> LearnedReader:
    """The reader with the network of a folder, else the one that ships with geograph. Raises ReaderError."""
    return LearnedReader(ontology, load(network))
