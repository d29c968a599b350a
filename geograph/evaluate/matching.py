"""Who of ours is who in the gold, and what either side says, made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geograph.export.jsonl import name_forms
from geograph.model import Entity, Extraction, Status
from geograph.ontology import Relation

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Said:
    """One statement of either side, its ends as gold ids or as our own names."""

    subject: str
    relation: str
    object: str
    status: Status
    date: str | None
    place: str | None
    speaker: str | None
    countries: tuple[str | None, str | None]
    quote: str
    confidence: float = 1.0

    def triple(self, relations: Mapping[str, Relation]) -> Triple:
        """The ends and relation; ends sorted where the relation is symmetric."""
        ends = (self.subject, self.object)
        if relations[self.relation].symmetric:
            ends = (min(ends), max(ends))
        return ends[0], self.relation, ends[1]


def said_in_gold(fact: Mapping[str, Any], entities: Mapping[str, Any]) -> Said:
    """A fact of the gold."""
    subject, object_ = entities[fact["s"]], entities[fact["o"]]
    return Said(
        subject=fact["s"],
        relation=fact["r"],
        object=fact["o"],
        status=Status(fact["status"]),
        date=fact["date"],
        place=fact["place"],
        speaker=fact["said_by"],
        countries=(subject["country"], object_["country"]),
        quote=fact["quote"],
    )


def said_by_us(extraction: Extraction, gold_entities: Mapping[str, Any]) -> Iterator[Said]:
    """The claims of an extraction, their ends named as the gold names them."""
    forms = name_forms(extraction)
    entities = {entity.key: entity for entity in extraction.entities}
    taken = {key: _taken_for(entity, forms.get(key, ()), gold_entities) for key, entity in entities.items()}

    def country(key: str) -> str | None:
        found = gold_entities.get(taken[key])
        return found["country"] if found else entities[key].country

    for claim in extraction.claims:
        yield Said(
            subject=taken[claim.subject],
            relation=claim.relation,
            object=taken[claim.object],
            status=claim.status,
            date=claim.date.edtf if claim.date else None,
            place=claim.place,
            speaker=taken[claim.said_by] if claim.said_by else None,
            countries=(country(claim.subject), country(claim.object)),
            quote=" ".join(claim.quote.split()),
            confidence=claim.confidence,
        )


def _taken_for(entity: Entity, forms: Iterable[str], gold_entities: Mapping[str, Any]) -> str:
    """The id of the gold entity that ours is taken for, else our own name."""
    mine = forms_of(entity.label, forms)
    best = max(
        (
            (normal(entity.label) == normal(gold["name"]), len(mine & forms_of(gold["name"], gold["aliases"])), -i, id)
            for i, (id, gold) in enumerate(gold_entities.items())
            if mine & forms_of(gold["name"], gold["aliases"])
        ),
        default=None,
    )
    return best[3] if best else f"system:{normal(entity.label)}"


def forms_of(name: str, aliases: Iterable[str]) -> set[str]:
    """A name and its aliases, made comparable."""
    return {normal(name), *map(normal, aliases)} - {""}


def normal(name: str) -> str:
    """A name for comparison: no accents, case, articles, possessive or punctuation.

    >>> normal("The U.S.'s") == normal("US")
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"'s?(?=\W|$)", "", plain.casefold().replace("’", "'")).replace(".", "")
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in {"the", "a", "an"})
