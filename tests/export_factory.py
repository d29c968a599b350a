"""A store with everything that an export can trip over: each status, dispute, every precision, hostile words."""

from __future__ import annotations

from collections.abc import Iterable

from claim_factory import article, claim, entity
from hypothesis import strategies as st

from geograph import Graph
from geograph.model import Claim, Entity, EntityType, Extraction, Status

NASTY = "=cmd|'/c calc'!A1; \"x\", \\u0022'); DROP\nMATCH (n) DETACH DELETE n //\u2028é😀"
TOWN = Entity(
    "Ostrava-1", EntityType.PLACE, "Ostrava", "CZE", (NASTY, "a;b"), ("geonames:1", "wikidata:Q1"), (49.83, -18.28)
)
BODY = Entity("organization.Puna_Pact", EntityType.ORGANIZATION, "Puna Pact", None, ("The Pact",))
ROGUE = Entity("group.Rogue", EntityType.GROUP, NASTY)
EXTRA = {each.key: each for each in (TOWN, BODY, ROGUE)}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.text(
    st.sampled_from("\\\"';,\n\r\t=+-@u0{}`$\x00\u2028"), max_size=12
)


def known(key: str) -> Entity:
    return EXTRA.get(key) or entity(key)


def extraction_of(of: object, claims: Iterable[Claim]) -> Extraction:
    claims = tuple(claims)
    keys = {key for each in claims for key in (each.subject, each.object, each.said_by, each.place_entity) if key}
    found = {key: known(key) for key in keys}
    return Extraction(of, tuple(sorted(found.values())), (), claims)  # type: ignore[arg-type]


def extractions() -> list[Extraction]:
    first = article(
        "first",
        title=NASTY,
        publisher='=Daily, "News"',
        url="https://example.org/a?b=<script>&c='d'",
        text=f"{NASTY} told of many things on a day, and of others on another day. " * 4,
    )
    second = article("=second", published=None, url="javascript:alert(1)", publisher="Other")
    return [
        extraction_of(
            first,
            [
                claim(first, when="2025-07-11", place="Ostrava", place_entity="Ostrava-1", said_by="RUS"),
                claim(first, "FRA", "sanctions", "RUS", when="2025-06", item=NASTY),
                claim(first, "FRA", "supplies", "group.Rogue", when="2025"),
                claim(first, "CHN", "visits", "Ostrava-1", at=20, when="2025-07-03/2025-07-05"),
                claim(first, "CHN", "visits", "JPN", at=20, status=Status.PLANNED, when="2025-09"),
                claim(first, "CHN", "supplies", "JPN", at=20, status=Status.POSSIBLE),
                claim(first, "CHN", "attacks", "JPN", at=20, status=Status.DENIED),
                claim(first, "person.Luc_Tavernier", "holdsOfficeIn", "FRA", at=40, item="president"),
                claim(first, "person.Pak_Seong_Rim", "holdsOfficeIn", "PRK", at=40, item="envoy", ended=True),
                claim(first, "FRA", "memberOf", "organization.Puna_Pact", at=40),
                claim(first, "FRA", "criticizes", "RUS", at=60),
            ],
        ),
        extraction_of(second, [claim(second, "FRA", "criticizes", "RUS", status=Status.DENIED)]),
    ]


def graph_of(made: Iterable[Extraction]) -> Graph:
    graph = Graph.open()
    graph.store.add(made)
    return graph
