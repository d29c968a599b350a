"""From a frame to a claim: what every reader of events shares, whoever found the frame."""

from __future__ import annotations

from collections.abc import Mapping

from geograph.model import Claim, Span, Status
from geograph.readers.items import item_of
from geograph.readers.protocol import Frame, Reading
from geograph.readers.speaker import speaker_of
from geograph.readers.when import event_date
from geograph.readers.where import event_place


def event_claim(
    reading: Reading,
    frame: Frame,
    status: Status,
    words: Mapping[str, frozenset[str]],
    *,
    confidence: float,
    reader: str,
) -> Claim | None:
    """The claim that a frame makes with a status: quote, date, place, speaker and item are found around its words.

    None where an end of the frame is not resolved.
    """
    if frame.subject.entity is None or frame.object.entity is None:
        return None
    span = sentence_around(reading, frame.predicate.i)
    date = event_date(reading, frame, words)
    place = event_place(reading, frame, words)
    speaker = speaker_of(reading, frame, words)
    return Claim(
        article=reading.article.id,
        relation=frame.relation,
        subject=frame.subject.entity,
        object=frame.object.entity,
        status=status,
        span=span,
        quote=span.of(reading.article.text),
        trigger=" ".join(token.text for token in frame.trigger),
        trigger_span=trigger_span(frame),
        date=date.period if date is not None else None,
        date_span=date.span if date is not None and date.period is not None else None,
        place=place[0] if place is not None else None,
        place_entity=place[1] if place is not None else None,
        said_by=speaker.entity if speaker is not None else None,
        item=item_of(reading, frame, words),
        subject_span=frame.subject.span,
        object_span=frame.object.span,
        confidence=confidence,
        reader=reader,
    )


def trigger_span(frame: Frame) -> Span:
    """From the first word of the trigger to the last."""
    first, last = frame.trigger[0], frame.trigger[-1]
    return Span(first.idx, last.idx + len(last))


def sentence_around(reading: Reading, token: int) -> Span:
    """The sentence around a token, without white space at its ends."""
    sent = reading.doc[token].sent
    text = sent.text
    start = sent.start_char + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))
