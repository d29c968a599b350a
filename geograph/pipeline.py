"""Composes the steps: articles in, one Extraction an article out. Each article is read on its own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from geograph.annotate import annotate, pipeline_version
from geograph.dates import find_dates
from geograph.entities import resolve
from geograph.entities.gazetteer import Gazetteer
from geograph.entities.joining import load as load_gazetteer
from geograph.errors import SourceError
from geograph.mentions import find_mentions
from geograph.model import Article, Claim, Extraction
from geograph.ontology import Ontology
from geograph.readers.agreement import agreed
from geograph.readers.checks import fault
from geograph.readers.choice import default_readers
from geograph.readers.protocol import Reader, Reading, Refuser, Tagger
from geograph.syntax import Doc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc as Parsed


def extract(
    articles: Iterable[Article],
    *,
    nlp: Language,
    ontology: Ontology,
    readers: Sequence[Reader] | None = None,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[Extraction]:
    """What each article says, in the order of `articles`: entities, mentions and checked claims.

    `readers` defaults to those of `default_readers`. An Extraction depends on its article, the pipeline, the ontology
    and the readers alone, never on the other articles. What several readers say is one claim, by `agreed`. Claims
    name in `version` what read them: geograph, the spaCy pipeline, the ontology, and what the reader itself says.
    An article that is too long goes to `on_error`, or is raised without it.
    """
    gazetteer = load_gazetteer(ontology, on_error)
    chosen = readers if readers is not None else default_readers(ontology)
    gazetteer.cities.load()
    _set_aside()
    stamp = f"geograph {version('geograph')}; {pipeline_version(nlp)}; ontology {ontology.version}"
    tagger = tagger_of(chosen)
    stamp += f"; {tagger.version}" if tagger is not None else ""
    for article, doc in annotate(articles, nlp, on_error=on_error):
        yield _read(understand(article, doc, gazetteer, ontology, tagger), ontology, chosen, stamp)


@cache
def _set_aside() -> None:
    """Takes what is loaded by now and stays out of the rounds of garbage collection: a twelfth of the time."""
    gc.collect()
    gc.freeze()


def tagger_of(readers: Sequence[Reader]) -> Tagger | None:
    """The first of the readers that sees names itself."""
    return next((reader for reader in readers if isinstance(reader, Tagger)), None)


def understand(
    article: Article, parsed: Parsed, gazetteer: Gazetteer, ontology: Ontology, tagger: Tagger | None = None
) -> Reading:
    """The article with its mentions resolved and its dates found: what readers are given.

    `tagger` is a reader that sees names itself and so helps to find them.
    """
    doc = Doc(parsed)
    seen = tagger.sightings(doc) if tagger is not None else ()
    mentions, entities = resolve(article, doc, find_mentions(article, doc, gazetteer, seen), gazetteer)
    return Reading(article, doc, mentions, entities, find_dates(doc, article.published, ontology))


def _read(reading: Reading, ontology: Ontology, readers: Sequence[Reader], stamp: str) -> Extraction:
    return Extraction(
        article=reading.article,
        entities=tuple(sorted(reading.entities.values())),
        mentions=reading.mentions,
        claims=tuple(replace(claim, version=_version(claim, stamp)) for claim in claims_of(reading, ontology, readers)),
    )


def claims_of(reading: Reading, ontology: Ontology, readers: Sequence[Reader]) -> list[Claim]:
    """What the readers claim together, each thing once, without what is at fault; in text order."""
    article, entities, relations = reading.article, reading.entities, ontology.relations
    said = [claim for reader in readers for claim in reader.read(reading) if claim.relation in relations]
    if len(readers) > 1:
        said = _unrefused(agreed(said, relations), reading, readers)
    claims: dict[str, Claim] = {}
    for claim in said:
        if fault(claim, article, entities, relations) is None:
            claims.setdefault(claim.id, claim)
    return [claim for _, claim in sorted(claims.items(), key=lambda item: (item[1].span, item[0]))]


def _unrefused(claims: Sequence[Claim], reading: Reading, readers: Sequence[Reader]) -> list[Claim]:
    """The claims without those that another reader has understood and refused to make."""
    kept = list(claims)
    for refuser in readers:
        if isinstance(refuser, Refuser) and any(claim.reader != refuser.name for claim in kept):
            refused = set(refuser.refusals(reading))
            kept = [
                claim
                for claim in kept
                if refuser.name in claim.reader.split("+")
                or (claim.relation, claim.span, frozenset((claim.subject, claim.object))) not in refused
            ]
    return kept


def _version(claim: Claim, stamp: str) -> str:
    return f"{stamp}; {claim.version}" if claim.version else stamp
