"""The rule reader: frames and offices, with status, time, place, speaker and item, as claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from geograph.model import Claim, Span, Status
from geograph.ontology import Ontology
from geograph.readers.confidence import EVENT, OFFICE, confidence
from geograph.readers.events import event_claim, sentence_around, trigger_span
from geograph.readers.occasion import on_occasion
from geograph.readers.protocol import Frame, Reading
from geograph.readers.rules.frames import find_frames
from geograph.readers.rules.lexicon import Lexicon, compile_lexicon
from geograph.readers.rules.offices import Office, find_offices
from geograph.readers.status import status_of

OFFICE_RELATION = "holdsOfficeIn"


@dataclass(frozen=True)
class RuleReader:
    """Reads claims by the triggers of an ontology. Its claims say `rules`."""

    ontology: Ontology
    lexicon: Lexicon
    name: str = "rules"
    _last: list[tuple[Reading, list[Frame]]] = field(default_factory=list, compare=False, repr=False)

    def read(self, reading: Reading) -> Iterator[Claim]:
        """The claims of the article's sentences, in text order; one claim for each thing that a sentence says."""
        found: dict[str, Claim] = {}
        for claim in self._claims(reading):
            id = claim.id
            known = found.get(id)
            if known is None or claim.confidence > known.confidence:
                found[id] = claim
        order = {id: (c.span, c.trigger_span, c.relation, c.subject, c.object, id) for id, c in found.items()}
        yield from (found[id] for id in sorted(found, key=lambda id: order[id]))

    def refusals(self, reading: Reading) -> Iterator[tuple[str, Span, frozenset[str]]]:
        """What the triggers match and the text does not claim: questions, lifted sanctions, mere talk."""
        for frame in self._frames(reading):
            ends = {frame.subject.entity, frame.object.entity} - {None}
            if status_of(reading, frame, self.ontology.words) is None:
                yield frame.relation, sentence_around(reading, frame.predicate.i), frozenset(key for key in ends if key)

    def _frames(self, reading: Reading) -> list[Frame]:
        """The frames of an article; those of the last one are kept."""
        if not self._last or self._last[0][0] is not reading:
            self._last[:] = [(reading, list(find_frames(reading, self.lexicon)))]
        return self._last[0][1]

    def _claims(self, reading: Reading) -> Iterator[Claim]:
        offices = []
        if OFFICE_RELATION in self.ontology.relations:
            found = find_offices(reading, self.ontology.words)
            offices = [office_claim(reading, office, reader=self.name) for office in found]
        yield from offices
        # A title says the office in full; a trigger on its last noun would say it again, worse, or make up another.
        told = {(office.subject, office.span) for office in offices}
        events = ((frame, self._event(reading, frame)) for frame in self._frames(reading))
        known = [(frame, claim) for frame, claim in events if claim is not None]
        for frame, claim in on_occasion(known, reading, self.ontology.words):
            by_noun = claim.relation == OFFICE_RELATION and frame.predicate.pos_ not in {"VERB", "AUX"}
            if by_noun and (claim.subject, claim.span) in told:
                continue
            yield claim

    def _event(self, reading: Reading, frame: Frame) -> Claim | None:
        words = self.ontology.words
        status = status_of(reading, frame, words)
        if status is None:
            return None
        sure = confidence(EVENT, trigger_span(frame), (frame.subject, frame.object), status)
        return event_claim(reading, frame, status, words, confidence=sure, reader=self.name)


def office_claim(reading: Reading, office: Office, *, reader: str) -> Claim:
    """The claim that a title or an apposition makes of its holder."""
    span = sentence_around(reading, office.head.i)
    status = Status.PLANNED if office.coming else Status.ACTUAL
    return Claim(
        article=reading.article.id,
        relation=OFFICE_RELATION,
        subject=office.holder.entity or "",
        object=office.body,
        status=status,
        span=span,
        quote=span.of(reading.article.text),
        trigger=office.title,
        trigger_span=office.span,
        item=office.title,
        ended=office.former,
        subject_span=office.holder.span,
        object_span=office.body_span,
        confidence=confidence(OFFICE, office.span, (office.holder,), status),
        reader=reader,
    )


def rule_reader(ontology: Ontology) -> RuleReader:
    """A rule reader for `ontology`, its triggers compiled. Raises OntologyError for a broken trigger."""
    return RuleReader(ontology, _lexicon(ontology, ontology.version))


# Compiling takes as long as reading ten articles; an ontology whose files have changed has another version.
@lru_cache(maxsize=8)
def _lexicon(ontology: Ontology, version: str) -> Lexicon:
    return compile_lexicon(ontology)
