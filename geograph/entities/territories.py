"""Countries and their regions from the rigour package: official names, Wikidata ids, first-level regions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from geograph.entities.names import slug
from geograph.model import Entity, EntityType


class CountryFacts(NamedTuple):
    """ISO alpha-2 code, official name, Wikidata id and UN region ("South-eastern Asia") of a country."""

    alpha2: str
    official: str
    wikidata: str | None
    region: str | None


def country_facts() -> dict[str, CountryFacts]:
    """The facts of everything that has an ISO 3166-1 alpha-3 code, by that code."""
    from rigour.territories import get_territories

    return {
        (territory.alpha3 or "").upper(): CountryFacts(
            territory.code.upper(), territory.full_name, territory.qid, territory.subregion or territory.region
        )
        for territory in get_territories()
        if territory.alpha3 and not territory.is_historical
    }


def regions() -> Iterator[tuple[Entity, tuple[str, ...]]]:
    """The first-level regions that rigour knows, each with the forms of its name, as places of their country.

    rigour makes "Washington" the state and Moscow, Berlin or Beijing regions; such names are the capital's in news, so
    the gazetteer adds regions last and only where a form is still free.
    """
    from rigour.territories import get_territories

    for territory in sorted(get_territories(), key=lambda t: t.code):
        parent = territory.parent
        if parent is None or not parent.alpha3 or territory.is_historical or "-" not in territory.code:
            continue
        country = parent.alpha3.upper()
        label = re.sub(r"\s*\(.*?\)", "", territory.name).strip()
        forms = (label, re.sub(r"\s+(Oblast|Krai|Province|State)$", " region", label))
        yield (
            Entity(
                key=f"{slug(label)}.{territory.code}",
                type=EntityType.PLACE,
                label=label,
                country=country,
                identifiers=(f"wikidata:{territory.qid}",) if territory.qid else (),
            ),
            forms,
        )
