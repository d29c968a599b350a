"""Real news, read from the gold folder beside the checkout: what an analyst would look up first."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from geograph import Graph, evaluate, read
from geograph.errors import SourceError

MEETINGS = """SELECT ?date ?place ?quote {
  ?a rdfs:label "Sergei Lavrov" . ?b rdfs:label "Kim Jong Un" . ?a gg:meets ?b .
  ?fact gg:relation gg:meets ; gg:subject ?s ; gg:object ?o ; gg:date ?date ; gg:place ?place .
  ?fact gg:claim/gg:quote ?quote .
  FILTER((?s = ?a && ?o = ?b) || (?s = ?b && ?o = ?a)) }"""


@pytest.fixture(scope="module")
def news(gold: Path) -> Iterator[Graph]:
    """The graph of every gold document."""

    def fail(error: SourceError) -> None:
        raise error

    with Graph.open() as graph:
        graph.add(read([gold / "dev"], on_error=fail, ontology=graph.ontology))
        yield graph


def _facts(graph: Graph, subject: str, relation: str, object_: str) -> list[dict[str, str | None]]:
    query = f"""SELECT ?status ?date ?item {{
      ?a rdfs:label "{subject}" . ?b rdfs:label "{object_}" .
      ?f gg:relation gg:{relation} ; gg:subject ?a ; gg:object ?b ; gg:status ?status .
      OPTIONAL {{ ?f gg:date ?date }} OPTIONAL {{ ?f gg:item ?item }} }}"""
    result = graph.query(query)
    return [dict(zip(result.variables, row, strict=True)) for row in result.rows]


def test_lavrov_met_kim_in_wonsan_with_date_and_sentence(news: Graph) -> None:
    result = news.query(MEETINGS)
    dated = [row for row in result.rows if row[0] == "2025-07-12" and row[1] == "Wonsan"]
    assert dated
    assert any("met North Korean leader Kim Jong Un" in (row[2] or "") for row in dated)


def test_one_line_query_finds_the_meeting(news: Graph) -> None:
    names = {entity.key: entity.label for entity in news.entities().values()}
    rows = news.query("SELECT ?a ?b { ?a gg:meets ?b }").rows
    pairs = {tuple(names[(iri or "").rsplit("/", 1)[-1]] for iri in row) for row in rows}
    assert {("Sergei Lavrov", "Kim Jong Un"), ("Kim Jong Un", "Sergei Lavrov")} <= pairs


def test_north_korea_supplies_russia_with_munitions(news: Graph) -> None:
    facts = _facts(news, "North Korea", "supplies", "Russia")
    assert any(fact["status"] == "actual" and "munitions" in (fact["item"] or "") for fact in facts)


def test_putin_visited_north_korea_in_the_year_before(news: Graph) -> None:
    facts = _facts(news, "Vladimir Putin", "visits", "North Korea")
    assert {"status": "actual", "date": "2024", "item": None} in facts


def test_lavrov_visits_china_only_as_planned(news: Graph) -> None:
    facts = _facts(news, "Sergei Lavrov", "visits", "China")
    assert {fact["status"] for fact in facts} == {"planned"}


def test_every_quote_is_the_text_at_its_offsets(news: Graph) -> None:
    texts = {article.id: article.text for article in news.articles()}
    claims = list(news.claims())
    assert len(claims) > 100
    assert all(claim.span.of(texts[claim.article]) == claim.quote for claim in claims)


def test_own_evaluation_agrees_with_the_scorer_of_the_gold(news: Graph, gold: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.jsonl"
    facts.write_bytes(news.export("jsonl"))
    command = [sys.executable, str(gold / "score.py"), str(facts), str(gold / "dev"), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    scored = {name: relation for name, relation in news.ontology.relations.items() if name != "restricts"}
    ours = evaluate.evaluate(news.store.extractions(), gold / "dev", scored)
    for name in ("events", "states", "dyads"):
        tally = getattr(ours, name)
        assert (tally.right, tally.wrong, tally.missed) == tuple(theirs[name][k] for k in ("tp", "fp", "fn"))
