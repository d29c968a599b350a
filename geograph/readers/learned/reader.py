"""The learned reader: relations that a small trained network sees between mentions, as claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import exp

from geograph.model import Claim, Mention, Status
from geograph.ontology import Ontology
from geograph.readers.events import event_claim
from geograph.readers.learned.ends import are_side_by_side, modifies_another
from geograph.readers.learned.network import Network, Scores, load
from geograph.readers.learned.trigger import trigger_of
from geograph.readers.learned.windows import Window, windows
from geograph.readers.protocol import Frame, Reading
from geograph.readers.status import status_of

_STATUSES = tuple(Status)
"""In the order of the network."""


@dataclass(frozen=True)
class Judged:
    """A relation that the network sees, as a frame, and how likely it takes the relation and its status."""

    frame: Frame
    probability: float
    status: Status
    status_probability: float


@dataclass(frozen=True)
class LearnedReader:
    """Reads claims by a trained network. Its claims say `learned`."""

    ontology: Ontology
    network: Network
    least: float = 0.5
    name: str = "learned"

    def read(self, reading: Reading) -> Iterator[Claim]:
        """The claims that are at least as likely as `least`, in text order."""
        for judged in self.judge(reading):
            claim = self._claim(reading, judged)
            if claim is not None:
                yield claim

    def judge(self, reading: Reading) -> Iterator[Judged]:
        """What the network sees: of each relation of two entities in a sentence the likeliest pair of mentions."""
        found = list(windows(reading, self.network.tokenizer))
        for window, scores in zip(found, self.network.scores(found), strict=True):
            yield from self._of_window(reading, window, scores)

    def _of_window(self, reading: Reading, window: Window, scores: Scores) -> Iterator[Judged]:
        best: dict[tuple[str, str, str, int], tuple[float, int, int, Mention, Mention]] = {}
        for place, (i, j) in enumerate(window.pairs):
            for number, logit in enumerate(scores.relations[place].tolist()):
                probability = 1 / (1 + exp(-logit))
                if probability < self.least:
                    continue
                for subject, object_ in self._ends(
                    reading, self.network.relations[number], window.ends[i], window.ends[j]
                ):
                    key = self._key(reading, number, subject, object_)
                    if key not in best or probability > best[key][0]:
                        best[key] = (probability, place, number, subject, object_)
        offsets = [(window.start + start, window.start + end) for start, end in window.pieces.offsets]
        for probability, place, number, subject, object_ in best.values():
            trigger = trigger_of(reading, subject.span, object_.span, offsets, scores.weights[place].tolist())
            if trigger is None:
                continue
            frame = Frame(self.network.relations[number], trigger, subject, object_, (trigger,), "learned")
            statuses = [exp(value) for value in scores.statuses[place, number].tolist()]
            status = max(range(len(statuses)), key=statuses.__getitem__)
            yield Judged(frame, probability, _STATUSES[status], statuses[status] / sum(statuses))

    def _key(self, reading: Reading, number: int, subject: Mention, object_: Mention) -> tuple[str, str, str, int]:
        name = self.network.relations[number]
        keys = (subject.entity or "", object_.entity or "")
        a, b = sorted(keys) if self.ontology.relations[name].symmetric else keys
        sentence = reading.tokens(subject.span)
        return name, a, b, sentence.root.sent.start if sentence is not None else -1

    def _ends(
        self, reading: Reading, name: str, subjects: tuple[Mention, ...], objects: tuple[Mention, ...]
    ) -> Iterator[tuple[Mention, Mention]]:
        """The mentions of two places that the relation may join."""
        relation = self.ontology.relations.get(name)
        if relation is None:
            return
        for subject, object_ in product(subjects, objects):
            if subject.type not in relation.domain or object_.type not in relation.range:
                continue
            if not relation.is_state and any(modifies_another(reading, end) for end in (subject, object_)):
                continue
            if not relation.symmetric and are_side_by_side(reading, subject, object_):
                continue
            yield subject, object_

    def _claim(self, reading: Reading, judged: Judged) -> Claim | None:
        words = self.ontology.words
        status = status_of(reading, judged.frame, words)
        if status is None:
            return None
        sure = round(judged.probability, 2)
        return event_claim(reading, judged.frame, status, words, confidence=sure, reader=self.name)


def learned_reader(ontology: Ontology) -> LearnedReader:
    """The reader with the network that ships with geograph. Raises ImportError and OSError where it is missing."""
    return LearnedReader(ontology, load())
