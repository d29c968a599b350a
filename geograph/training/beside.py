"""What the learned reader adds to the rules on passages that it has not seen, read as articles from text to claims.

python -m geograph.training.beside [--network FOLDER]

A claim is right if the passage has its relation between mentions that overlap its ends, with its status. Prints for
each reader and for claims of the learned reader alone how many are right, by confidence, and what is found in all.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from geograph.annotate import load_pipeline
from geograph.model import Article, Claim, Span
from geograph.ontology import Ontology, load
from geograph.pipeline import extract
from geograph.readers.choice import readers_of
from geograph.training.corpus import held_out, passages
from geograph.training.passages import Passage

_STEPS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def is_right(claim: Claim, passage: Passage, ontology: Ontology) -> bool:
    """Whether the passage says what the claim says."""
    return any(_says(related, claim) for related in _wanted(passage, ontology))


def _wanted(passage: Passage, ontology: Ontology) -> Iterator[tuple[str, str, list[Span], list[Span]]]:
    """Relation, status and the spans of both ends' mentions; symmetric relations both ways."""
    spans: dict[str, list[Span]] = defaultdict(list)
    entity = {mention.id: mention.entity for mention in passage.mentions}
    for mention in passage.mentions:
        spans[mention.entity].append(Span(mention.start, mention.end))
    for related in passage.relations:
        ends = spans[entity[related.subject]], spans[entity[related.object]]
        yield related.relation, related.status, *ends
        if ontology.relations[related.relation].symmetric:
            yield related.relation, related.status, *ends[::-1]


def _says(wanted: tuple[str, str, list[Span], list[Span]], claim: Claim) -> bool:
    relation, status, subjects, objects = wanted
    same = claim.relation == relation and claim.status == status
    return same and _touches(claim.subject_span, subjects) and _touches(claim.object_span, objects)


def _touches(span: Span | None, among: list[Span]) -> bool:
    return span is not None and any(span.start < other.end and other.start < span.end for other in among)


def main() -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, help="folder of a network; else the one that ships with geograph")
    given = parser.parse_args()
    ontology, nlp = load(), load_pipeline()
    kept = [passage for passage in passages() if held_out(passage)]
    articles = [Article(passage.id, passage.text) for passage in kept]
    wanted = sum(len(passage.relations) for passage in kept)
    for names in ("rules", "learned", "both"):
        readers = readers_of(names, ontology, network=given.network)
        judged: dict[str, list[tuple[float, bool]]] = defaultdict(list)
        found = extract(articles, nlp=nlp, ontology=ontology, readers=readers)
        for passage, extraction in zip(kept, found, strict=True):
            for claim in extraction.claims:
                judged[claim.reader].append((claim.confidence, is_right(claim, passage, ontology)))
        every = [each for claims in judged.values() for each in claims]
        right = sum(hit for _, hit in every)
        print(f"{names}: {right} of {len(every)} right ({right / max(len(every), 1):.2f}); {wanted} told")
        for reader, claims in sorted(judged.items()):
            for low, high in pairwise(_STEPS):
                hits = [hit for confidence, hit in claims if low <= confidence < high]
                if hits:
                    print(f"    {reader:14} {low:.2f} to {min(high, 1):.2f}: {sum(hits)} of {len(hits)} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
