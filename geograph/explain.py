"""What geograph reads in a text and why: entities, dates, each claim with its reasons, and triggers that came close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from geograph.annotate import annotate
from geograph.entities.joining import load as load_gazetteer
from geograph.model import Article, Claim, Span
from geograph.ontology import Ontology
from geograph.pipeline import claims_of, tagger_of, understand
from geograph.readers.choice import default_readers
from geograph.readers.protocol import Frame, Reader, Reading
from geograph.readers.rules.frames import find_frames
from geograph.readers.rules.reader import RuleReader, rule_reader
from geograph.readers.rules.tracing import find_misses
from geograph.readers.status import status_path
from geograph.syntax import Token

if TYPE_CHECKING:
    from spacy.language import Language

_MOST_MISSES = 12


def explain(
    text: str,
    *,
    nlp: Language,
    ontology: Ontology,
    readers: Sequence[Reader] | None = None,
    published: date | None = None,
    every: bool = False,
) -> Iterator[str]:
    """The explanation of a text as lines: mentions, dates, claims with the reasons of each part, near misses.

    `readers` defaults to the best of those installed. `published` is the day against which words like "on Friday" are
    read. Of the triggers that did not fire the twelve that came furthest are told, with `every` all of them.
    """
    article = Article("text", text, published=published)
    for _, doc in annotate([article], nlp):
        chosen = readers if readers is not None else default_readers(ontology)
        reading = understand(article, doc, load_gazetteer(ontology), ontology, tagger_of(chosen))
        yield from _mentions(reading)
        yield from _dates(reading)
        reader = rule_reader(ontology)
        frames = list(find_frames(reading, reader.lexicon))
        claims = claims_of(reading, ontology, chosen)
        yield from _claims(claims, frames, reading, ontology)
        if any(isinstance(reader, RuleReader) for reader in chosen):
            yield from _silent(claims, frames, reading)
        misses = sorted(find_misses(reading, reader.lexicon), key=lambda miss: -miss.reached)
        if misses:
            yield "triggers that did not fire"
        for miss in misses if every else misses[:_MOST_MISSES]:
            yield f"  {miss.relation}, “{miss.predicate.text}”: {miss.reason}"
            yield f"      {miss.pattern}"
        if len(misses) > _MOST_MISSES and not every:
            yield f"  and {len(misses) - _MOST_MISSES} more"


def _mentions(reading: Reading) -> Iterator[str]:
    yield "mentions" if reading.mentions else "mentions: none, so nothing can be claimed"
    rows = [
        (
            f"“{' '.join(mention.text.split())}”",
            mention.type.value,
            mention.via.value,
            reading.entities[mention.entity].label if mention.entity else "unknown who is meant",
            mention.entity or "",
        )
        for mention in reading.mentions
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(4)] if rows else []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield f"  {'  '.join((*cells, row[4]))}".rstrip()


def _dates(reading: Reading) -> Iterator[str]:
    if reading.dates:
        against = reading.article.published
        yield f"dates (published {against or 'on an unknown day'})"
    for found in reading.dates:
        means = found.period.edtf if found.period is not None else "unknown"
        yield f"  “{found.text}”: {means}{f', a bound ({found.bound})' if found.bound else ''}"


def _claims(claims: list[Claim], frames: list[Frame], reading: Reading, ontology: Ontology) -> Iterator[str]:
    yield "claims" if claims else "claims: none"
    by_words: dict[tuple[str, int, Span | None, Span | None], Frame] = {
        (frame.relation, frame.trigger[0].idx, frame.subject.span, frame.object.span): frame for frame in frames
    }
    for claim in claims:
        words = (claim.relation, claim.trigger_span.start, claim.subject_span, claim.object_span)
        frame = by_words.get(words) if _by_rules(claim) else None
        yield f"  {_label(claim.subject, reading)} {claim.relation} {_label(claim.object, reading)}"
        yield f"    trigger     “{claim.trigger}”, {_reason(claim, frame)}"
        yield f"    subject     {_end(claim.subject_span, claim.subject, reading)}"
        yield f"    object      {_end(claim.object_span, claim.object, reading)}"
        yield f"    status      {_status(claim, frame, reading, ontology.words)}"
        yield f"    date        {_date(claim, reading)}"
        if claim.place:
            yield f"    place       {claim.place}"
        if claim.said_by:
            yield f"    speaker     {_label(claim.said_by, reading)}"
        if claim.item:
            yield f"    item        {claim.item}"
        yield f"    confidence  {claim.confidence:.2f}, read by {claim.reader.replace('+', ' and ')}"


def _reason(claim: Claim, frame: Frame | None) -> str:
    if frame is not None:
        return f"by {frame.pattern}"
    return "an office told by its title" if _by_rules(claim) else "the word that decided"


def _by_rules(claim: Claim) -> bool:
    return "rules" in claim.reader.split("+")


def _silent(claims: list[Claim], frames: list[Frame], reading: Reading) -> Iterator[str]:
    """Frames of which nothing is claimed: questions, lifted sanctions."""
    told = {(claim.relation, claim.subject, claim.object) for claim in claims}
    silent = [frame for frame in frames if (frame.relation, frame.subject.entity, frame.object.entity) not in told]
    if silent:
        yield "read but not claimed: asked, undone, or left open"
    for frame in silent:
        ends = [_label(end.entity, reading) for end in (frame.subject, frame.object)]
        yield f"  {ends[0]} {frame.relation} {ends[1]}, “{frame.predicate.text}” by {frame.pattern}"


def _label(key: str | None, reading: Reading) -> str:
    return reading.entities[key].label if key else "unknown"


def _end(span: Span | None, key: str, reading: Reading) -> str:
    mention = next((m for m in reading.mentions if m.span == span and m.entity == key), None)
    return f"“{mention.text}”, a {mention.via.value}" if mention else _label(key, reading)


def _status(claim: Claim, frame: Frame | None, reading: Reading, words: Mapping[str, frozenset[str]]) -> str:
    if frame is None:
        return f"{claim.status}{', over' if claim.ended else ''}"
    path = list(status_path(reading, frame, words))
    reasons = [
        f"{after.status or 'nothing claimed'} at “{_changing(before.node, after.node).text}”"
        for before, after in pairwise(path)
        if after.status != before.status and before.node is not None
    ]
    first = path[0]
    start = f"{first.status or 'nothing claimed'} by the clause of “{frame.predicate.text}” itself"
    return f"{claim.status}: {'; then '.join((start, *reasons))}"


def _changing(node: Token, reached: Token | None) -> Token:
    """The word by which a step up from `node` changed the status: the one reached, else the conjunction, else the head.

    A walk that ends reaches none: "denied that it attacked", "if it attacks".
    """
    marks = (child for child in node.children if child.dep_ == "mark" and node.dep_ == "advcl")
    return reached or next(marks, node.head)


def _date(claim: Claim, reading: Reading) -> str:
    if claim.date is None:
        return "unknown: no date belongs to this event"
    said = f", from “{claim.date_span.of(reading.article.text)}”" if claim.date_span else ""
    return f"{claim.date.edtf}{said}"
