"""JSON lines: one claim, article or mention a line, sorted, the same bytes for the same store.

The lines of `claims` are a contract: the scorer and other programs read them. Offsets count Unicode code points of the
article's text, which `articles` gives.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geograph.model import Article, Claim, Entity, EntityType, Extraction, Fact, Span, Via
from geograph.vocabulary import Vocabulary


def claims(extractions: Iterable[Extraction], facts: Iterable[Fact], vocabulary: Vocabulary) -> Iterator[str]:
    """One line a claim, sorted by document, offset and id."""
    fact_of = {claim: fact.id for fact in facts for claim in fact.claims}
    rows = []
    for extraction in extractions:
        described = _described(extraction, vocabulary)
        for claim in extraction.claims:
            row = _claim(claim, extraction.article, described, fact_of.get(claim.id), vocabulary)
            rows.append((extraction.article.document, claim.span, claim.id, _line(row)))
    yield from (line for *_, line in sorted(rows))


def articles(extractions: Iterable[Extraction], vocabulary: Vocabulary) -> Iterator[str]:
    """One line an article, with its text, sorted by document and id."""
    for article in sorted((e.article for e in extractions), key=lambda a: (a.document, a.id)):
        row: dict[str, Any] = {**dict(article.metadata), **_source(article, vocabulary)}
        yield _line({**row, "agency": article.agency, "text": article.text, "sample": article.sample})


def mentions(extractions: Iterable[Extraction], vocabulary: Vocabulary) -> Iterator[str]:
    """One line a mention, sorted by document, article and offset."""
    for extraction in sorted(extractions, key=lambda e: (e.article.document, e.article.id)):
        entities = {entity.key: entity for entity in extraction.entities}
        for mention in extraction.mentions:
            entity = entities.get(mention.entity or "")
            yield _line(
                {
                    "document": extraction.article.document,
                    "article": vocabulary.article(extraction.article.id),
                    "start": mention.span.start,
                    "end": mention.span.end,
                    "text": mention.text,
                    "type": mention.type,
                    "entity": vocabulary.entity(entity.key) if entity else None,
                    "label": entity.label if entity else None,
                    "country": entity.country if entity else None,
                    "via": mention.via,
                }
            )


def _line(row: Mapping[str, Any]) -> str:
    # Lone surrogates cannot be written as UTF-8; U+2028 and U+2029 end a line for some readers.
    return json.dumps(row, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def _source(article: Article, vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "document": article.document,
        "article": vocabulary.article(article.id),
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
    }


def _described(extraction: Extraction, vocabulary: Vocabulary) -> dict[str, dict[str, Any]]:
    forms = name_forms(extraction)
    return {entity.key: _entity(entity, forms.get(entity.key, ()), vocabulary) for entity in extraction.entities}


def name_forms(extraction: Extraction) -> dict[str, tuple[str, ...]]:
    """The words by which an article names each entity, sorted; no pronouns, and no words that mean several at once.

    The title counts too: a statement's speaker may be named there alone.
    """
    named = [m for m in extraction.mentions if m.via is not Via.PRONOUN and m.entity is not None]
    shared = Counter(mention.span for mention in named)
    forms: dict[str, set[str]] = {}
    for mention in named:
        if shared[mention.span] == 1 and mention.entity is not None:
            forms.setdefault(mention.entity, set()).add(mention.text)
    for entity in extraction.entities:
        forms.setdefault(entity.key, set()).update(_in_title(entity, extraction.article.title or ""))
    return {key: tuple(sorted(words)) for key, words in forms.items()}


def _in_title(entity: Entity, title: str) -> Iterator[str]:
    """The names of an entity that stand in the title as whole words; of a person, the surname too."""
    names = {entity.label, *entity.aliases}
    if entity.type is EntityType.PERSON:
        names.add(entity.label.split()[-1])
    yield from (name for name in sorted(names) if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", title))


def _entity(entity: Entity, forms: Iterable[str], vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "id": vocabulary.entity(entity.key),
        "label": entity.label,
        "type": entity.type,
        "country": entity.country,
        "aliases": list(forms),
    }


def _claim(
    claim: Claim, article: Article, described: Mapping[str, dict[str, Any]], fact: str | None, vocabulary: Vocabulary
) -> dict[str, Any]:
    return {
        **_source(article, vocabulary),
        "subject": described[claim.subject],
        "relation": claim.relation,
        "object": described[claim.object],
        "date": claim.date.edtf if claim.date else None,
        "place": claim.place,
        "place_entity": vocabulary.entity(claim.place_entity) if claim.place_entity else None,
        "status": claim.status,
        "said_by": described[claim.said_by] if claim.said_by else None,
        "item": claim.item,
        "confidence": claim.confidence,
        "reader": claim.reader,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "subject_span": _offsets(claim.subject_span),
        "object_span": _offsets(claim.object_span),
        "trigger": claim.trigger,
        "trigger_span": _offsets(claim.trigger_span),
        "date_span": _offsets(claim.date_span),
        "claim": vocabulary.claim(claim.id),
        "fact": vocabulary.fact(fact) if fact else None,
    }


def _offsets(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span is not None else None
