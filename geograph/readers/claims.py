"""From frames and offices to claims: status given, the rest read by what all readers share.

Whoever finds that a sentence fills a relation, when and where it was, on whose word it rests and what it was about are
asked of the same functions, so that two readers who see the same thing make the same claim.
"""

from __future__ import annotations

from collections.abc import Mapping

from geograph.model import Claim, Span, Status
from geograph.readers.confidence import OFFICE, confidence
from geograph.readers.items import item_of
from geograph.readers.protocol import Frame, Reading
from geograph.readers.rules.offices import Office
from geograph.readers.speaker import speaker_of
from geograph.readers.when import event_date
from geograph.readers.where import event_place

OFFICE_RELATION = "holdsOfficeIn"


def claim_of(
    reading: Reading, frame: Frame, status: Status, words: Mapping[str, frozenset[str]], *, base: float, reader: str
) -> Claim | None:
    """The claim that a frame makes, with its date, place, speaker and item; None if an end is not resolved.

    `base` is how sure `reader` is of claims whose ends are names beside the words that tell of them.
    """
    if frame.subject.entity is None or frame.object.entity is None:
        return None
    span = sentence_of(reading, frame.predicate.i)
    date = event_date(reading, frame, words)
    place = event_place(reading, frame, words)
    speaker = speaker_of(reading, frame, words)
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
        said_by=speaker.entity if speaker is not None else None,
        item=item_of(reading, frame, words),
        subject_span=frame.subject.span,
        object_span=frame.object.span,
        confidence=confidence(base, trigger, (frame.subject, frame.object), status),
        reader=reader,
    )


def office_claim(reading: Reading, office: Office, *, reader: str) -> Claim:
    """The claim that a title or an apposition makes of its holder."""
    span = sentence_of(reading, office.head.i)
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


def sentence_of(reading: Reading, token: int) -> Span:
    """The sentence around a token, without white space at its ends."""
    sent = reading.doc[token].sent
    text = sent.text
    start = sent.start_char + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))
