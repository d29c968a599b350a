"""Evaluation: an invented gold file, scored by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geograph import evaluate
from geograph.errors import SourceError
from geograph.model import Article, Claim, Entity, EntityType, Extraction, Mention, Period, Span, Status, Via
from geograph.ontology import load
from geograph.store import Store
from geograph.vocabulary import Vocabulary

TEXT = "Peru met Chile on 3 May 2024. Peru may sanction Chile."


def _entity(key: str, label: str) -> Entity:
    return Entity(key, EntityType.COUNTRY, label, country=key)


def _claim(relation: str, start: int, end: int, status: Status, date: str | None) -> Claim:
    span = Span(start, end)
    return Claim(
        article=Article("doc", TEXT).id,
        relation=relation,
        subject="PER",
        object="CHL",
        status=status,
        span=span,
        quote=span.of(TEXT),
        trigger=relation,
        trigger_span=span,
        date=Period(date) if date else None,
    )


@pytest.fixture
def extraction() -> Extraction:
    names = (("Peru", "PER", 0), ("Chile", "CHL", 9))
    return Extraction(
        article=Article("doc", TEXT),
        entities=(_entity("CHL", "Chile"), _entity("PER", "Peru")),
        mentions=tuple(
            Mention(Span(at, at + len(name)), name, EntityType.COUNTRY, Via.NAME, key) for name, key, at in names
        ),
        claims=(
            _claim("meets", 0, 29, Status.ACTUAL, "2024-05-03"),
            _claim("sanctions", 30, 54, Status.ACTUAL, None),
        ),
    )


def _gold(folder: Path) -> None:
    fact = {"date": None, "place": None, "said_by": None, "item": None, "quote": "x", "status": "actual"}
    (folder / "doc.json").write_text(
        json.dumps(
            {
                "doc": "doc",
                "entities": [
                    {"id": "pe", "name": "Peru", "type": "Country", "country": "PER", "aliases": []},
                    {"id": "cl", "name": "Chile", "type": "Country", "country": "CHL", "aliases": []},
                ],
                "facts": [
                    {**fact, "s": "cl", "r": "meets", "o": "pe", "date": "2024-05"},
                    {**fact, "s": "pe", "r": "sanctions", "o": "cl", "status": "possible"},
                    {**fact, "s": "pe", "r": "visits", "o": "cl"},
                ],
            }
        )
    )


def test_counts_right_wrong_and_missed(extraction: Extraction, tmp_path: Path) -> None:
    _gold(tmp_path)
    score = evaluate.evaluate([extraction], tmp_path, load().relations)
    assert (score.events.right, score.events.wrong, score.events.missed) == (1, 1, 1)
    assert (score.date.right, score.date.wrong) == (1, 0)
    assert (score.status_shared, score.status_either) == (1, 3)
    assert [line.split("\t")[0] for line in score.errors] == ["wrong", "missed"]


def test_a_folder_without_gold_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no gold file"):
        evaluate.evaluate([], tmp_path, load().relations)
    (tmp_path / "bad.json").write_text("{")
    with pytest.raises(SourceError, match=r"bad\.json"):
        evaluate.evaluate([], tmp_path, load().relations)


def test_reports_relations_and_how_far_confidence_can_be_trusted(extraction: Extraction, tmp_path: Path) -> None:
    _gold(tmp_path)
    relations = load().relations
    score = evaluate.evaluate([extraction], tmp_path, relations)
    assert {name: (t.right, t.wrong, t.missed) for name, t in score.relations.items()} == {
        "meets": (1, 0, 0),
        "sanctions": (0, 1, 0),
        "visits": (0, 0, 1),
    }
    assert score.reliability == [
        (1.0, True),
        (1.0, False),
    ]  # the gold calls the sanctions possible, we call them actual
    with Store.open(None, vocabulary=Vocabulary(), relations=relations) as store:
        store.add([extraction])
        lines = list(evaluate.report(store, tmp_path, relations, errors=1))
    assert "  0.95 to 1.00  stated 1.00  right 0.50  of 2" in lines
    assert any(line.startswith("  visits") and "1 missed" in line for line in lines)
    assert sum(line.startswith(("wrong", "missed")) for line in lines) == 1
