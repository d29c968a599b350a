"""The rule reader: frames and offices, with status, time, place, speaker and item, as claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from geograph.model import Claim, Span, Status
from geograph.ontology import Ontology
from geograph.readers.confidence import EVENT, OFFICE, confidence
from geograph.readers.items import item_of
from geograph.readers.occasion import on_occasion
from geograph.readers.protocol import Frame, Reading
from geograph.readers.rules.frames import find_frames
from geograph.readers.rules.lexicon import Lexicon, compile_lexicon
from geograph.readers.rules.offices import Office, find_offices
from geograph.readers.speaker import speaker_of
from geograph.readers.status import status_of
from geograph.readers.when import event_date
from geograph.readers.where import event_place

OFFICE_RELATION = "holdsOfficeIn"


@dataclass(frozen=True)
class RuleReader:
    """Reads claims by the triggers of an ontology. Its claims say `rules`."""

    ontology: Ontology
    lexicon: Lexicon
    name: str = "rules"

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

    def _claims(self, reading: Reading) -> Iterator[Claim]:
        offices = []
        if OFFICE_RELATION in self.ontology.relations:
            offices = [self._office(reading, office) for office in find_offices(reading, self.ontology.words)]
        yield from offices
        # A title says the office in full; a trigger on its last noun would say it again, worse, or make up another.
        told = {(office.subject, office.span) for office in offices}
        events = ((frame, self._event(reading, frame)) for frame in find_frames(reading, self.lexicon))
        known = [(frame, claim) for frame, claim in events if claim is not None]
        for frame, claim in on_occasion(known, reading, self.ontology.words):
            by_noun = claim.relation == OFFICE_RELATION and frame.predicate.pos_ not in {"VERB", "AUX"}
            if by_noun and (claim.subject, claim.span) in told:
                continue
            yield claim

    def _event(self, reading: Reading, frame: Frame) -> Claim | None:
        words = self.ontology.words
        status = status_of(reading, frame, words)
        if status is None or frame.subject.entity is None or frame.object.entity is None:
            return None
        span = _sentence(reading, frame.predicate.i)
        date = event_date(reading, frame, words)
        place = event_place(reading, frame, words)
        speaker = speaker_of(reading, frame, words)
        said_by = speaker.entity if speaker is not None else None
        first, last = frame.trigger[0], frame.trigger[-1]
        trigger = Span(first.idx, last.idx + len(last))
        return Claim(
            article=reading.article.id,
            relation=frame.relation,
            subject=frame.subject.entity,
            object=frame.object.entity,
            status=status,
            span=span,
            quote=span.of(reading.article.text),
            trigger=" ".join(token.text for token in frame.trigger),
            trigger_span=trigger,
            date=date.period if date is not None else None,
            date_span=date.span if date is not None and date.period is not None else None,
            place=place[0] if place is not None else None,
            place_entity=place[1] if place is not None else None,
            said_by=said_by,
            item=item_of(reading, frame, words),
            subject_span=frame.subject.span,
            object_span=frame.object.span,
            confidence=confidence(EVENT, trigger, (frame.subject, frame.object), status),
            reader=self.name,
        )

    def _office(self, reading: Reading, office: Office) -> Claim:
        span = _sentence(reading, office.head.i)
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
            reader=self.name,
        )


def rule_reader(ontology: Ontology) -> RuleReader:
    """A rule reader for `ontology`, its triggers compiled. Raises OntologyError for a broken trigger."""
    return RuleReader(ontology, _lexicon(ontology, ontology.version))


# Compiling takes as long as reading ten articles; an ontology whose files have changed has another version.
@lru_cache(maxsize=8)
def _lexicon(ontology: Ontology, version: str) -> Lexicon:
    return compile_lexicon(ontology)


def _sentence(reading: Reading, token: int) -> Span:
    """The sentence around a token, without white space at its ends."""
    sent = reading.doc[token].sent
    text = sent.text
    start = sent.start_char + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))
