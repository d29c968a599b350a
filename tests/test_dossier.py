"""Dossiers: what `geograph show` prints of an entity."""

from __future__ import annotations

from datetime import date

import pytest

from geograph import Graph
from geograph.dossier import lines
from geograph.errors import QueryError
from geograph.model import Article

ARTICLES = (
    Article(
        "one",
        "Peruvian Foreign Minister Ana Quispe met Chilean Foreign Minister Tomas Rucaray in Lima on Monday.",
        title="Ministers meet",
        publisher="Puna Post",
        published=date(2025, 7, 16),
    ),
    Article(
        "two", "Ana Quispe will visit Bolivia in August.", published=date(2025, 7, 18), publisher="Altiplano Daily"
    ),
)


@pytest.fixture(scope="module")
def graph() -> Graph:
    graph = Graph.open()
    graph.add(ARTICLES)
    return graph


def test_dossier_tells_who_offices_and_relations_with_their_sentences(graph: Graph) -> None:
    text = "\n".join(lines(graph.dossier("Ana Quispe")))
    assert text.startswith("Ana Quispe: person of Peru")
    assert "office: Foreign Minister, Peru" in text
    assert "14 July 2025, Lima: Ana Quispe meets Tomas Rucaray" in text
    assert "Ministers meet (Puna Post, 2025-07-16)" in text
    assert ARTICLES[0].text in text


def test_plans_are_marked_and_the_newest_comes_first(graph: Graph) -> None:
    entries = graph.dossier("ana quispe").entries
    assert [(entry.fact.relation, str(entry.fact.status)) for entry in entries] == [
        ("visits", "planned"),
        ("meets", "actual"),
    ]
    assert "August 2025, Bolivia: Ana Quispe visits Bolivia [planned]" in "\n".join(lines(graph.dossier("Ana Quispe")))


def test_an_unknown_name_is_named(graph: Graph) -> None:
    with pytest.raises(QueryError, match="Nobody Inparticular"):
        graph.dossier("Nobody Inparticular")
