"""Neo4j's CSV read by its rules, and the Cypher script read by a parser of literals that allows nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from claim_factory import article, claim
from export_factory import NASTY, WORDS, extraction_of, extractions, graph_of
from hypothesis import given, settings, strategies as st

from geograph import Graph
from geograph.export import render_files
from geograph.export.cypher import literal

STATES = re.compile(r"(PLANNED|POSSIBLE|DENIED|DISPUTED|ENDED)_")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(extractions())


def fields(text: str) -> list[list[str | None]]:
    """RFC 4180 with fields over several lines; an unquoted empty field is no value. Fails on anything loose."""
    rows: list[list[str | None]] = [[]]
    position = 0
    while position < len(text):
        if text[position] == '"':
            found = re.compile(r'"((?:[^"]|"")*)"').match(text, position)
            assert found, text[position : position + 80]
            rows[-1].append(found[1].replace('""', '"'))
        else:
            found = re.compile(r'[^",\n\r]*').match(text, position)
            assert found
            rows[-1].append(found[0] or None)
        position = found.end()
        assert text[position] in ",\n", text[position : position + 80]
        if text[position] == "\n":
            rows.append([])
        elif text[position + 1] == "\n":
            rows[-1].append(None)
            position += 1
            rows.append([])
        position += 1
    assert rows.pop() == []
    return rows


def typed(kind: str, cell: str) -> Any:
    match kind:
        case "boolean":
            return {"true": True, "false": False}[cell]
        case "int":
            return int(cell)
        case "double":
            return float(cell)
        case "date":
            return date.fromisoformat(cell)
        case "string[]":
            return tuple(cell.split(";"))
    assert kind in ("string", "ID", "LABEL", "START_ID", "END_ID", "TYPE"), kind
    return cell


def table(content: bytes) -> list[dict[str, Any]]:
    header, *rows = fields(content.decode())
    names = [str(name).partition(":")[::2] for name in header]
    assert all(len(row) == len(header) for row in rows)
    return [
        {name or kind: typed(kind, cell) for (name, kind), cell in zip(names, row, strict=True) if cell is not None}
        for row in rows
    ]


def csv_tables(graph: Graph) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    files = render_files(graph.store, "neo4j")
    assert sorted(files) == ["nodes.csv", "relationships.csv"]
    return table(files["nodes.csv"]), table(files["relationships.csv"])


def test_headers_name_id_label_ends_and_type(graph: Graph) -> None:
    files = render_files(graph.store, "neo4j")
    nodes, relationships = (files[name].split(b"\n")[0].decode().split(",") for name in sorted(files))
    assert (nodes[0], nodes[-1]) == ("iri:ID", ":LABEL")
    assert relationships[:3] == [":START_ID", ":END_ID", ":TYPE"]


def test_every_relationship_joins_nodes_that_are_there(graph: Graph) -> None:
    nodes, relationships = csv_tables(graph)
    ids = [node["iri"] for node in nodes]
    assert len(set(ids)) == len(ids)
    assert {end for each in relationships for end in (each["START_ID"], each["END_ID"])} <= set(ids)


def test_only_what_holds_has_the_plain_type_of_its_relation(graph: Graph) -> None:
    _, relationships = csv_tables(graph)
    types = {each["TYPE"] for each in relationships}
    assert {"MEETS", "SANCTIONS", "MEMBER_OF", "PLANNED_VISITS", "POSSIBLE_SUPPLIES", "DENIED_ATTACKS"} <= types
    assert {"DISPUTED_CRITICIZES", "ENDED_HOLDS_OFFICE_IN"} <= types
    assert not {"ATTACKS", "CRITICIZES"} & types
    for each in relationships:
        if "relation" in each:
            plain = STATES.match(each["TYPE"]) is None
            assert plain == (each["status"] == "actual" and not each["ended"])


def test_every_claim_leads_from_its_fact_to_its_article_with_its_quote(graph: Graph) -> None:
    _, relationships = csv_tables(graph)
    claims = {each["key"]: each for each in relationships if each["TYPE"] == "CLAIMED_IN"}
    for each in graph.claims():
        assert claims[each.id]["quote"] == each.quote
        assert claims[each.id]["END_ID"].endswith(each.article)


def test_hostile_names_are_data_without_a_spreadsheets_apostrophe(graph: Graph) -> None:
    nodes, _ = csv_tables(graph)
    assert NASTY in {node.get("name") for node in nodes} & {node.get("title") for node in nodes}


def test_a_name_that_holds_the_array_delimiter_splits_no_array(graph: Graph) -> None:
    nodes, _ = csv_tables(graph)
    (town,) = [node for node in nodes if node.get("key") == "Ostrava-1"]
    assert "aliases" not in town
    assert "'a;b'" in graph.export("cypher").decode()


@settings(max_examples=25)
@given(WORDS.filter(bool), WORDS.filter(bool))
def test_any_words_come_back_from_the_csv(title: str, item: str) -> None:
    of = article("a", title=title)
    nodes, relationships = csv_tables(graph_of([extraction_of(of, [claim(of, item=item)])]))
    assert title in [node.get("title") for node in nodes]
    assert [each["item"] for each in relationships if each["TYPE"] == "MEETS"] == [item]


STRING = re.compile(r"'(?:[^'\\\n\r\u2028\u2029\x00-\x1f]|\\[\\'nrt]|\\u[0-9A-F]{4})*'")
TEMPLATES = (
    r"CREATE CONSTRAINT geograph_\w+ IF NOT EXISTS FOR \(n:\w+\) REQUIRE n\.iri IS UNIQUE",
    r"UNWIND \[(ROW,?)+\] AS row\nMERGE \(n:\w+ \{iri: row\.iri\}\) SET n \+= row\.properties( SET n:\w+)*",
    r"UNWIND \[(ROW,?)+\] AS row\n"
    r"MATCH \(a:\w+ \{iri: row\.start\}\), \(b:\w+ \{iri: row\.end\}\)\n"
    r"MERGE \(a\)-\[r:\w+ \{key: row\.key\}\]->\(b\) SET r \+= row\.properties",
)
VALUE = r"(?:STRING|date\(STRING\)|\[(?:STRING(?:, STRING)*)?\]|true|false|-?\d+(?:\.\d+)?(?:e-?\d+)?)"
MAP = rf"\{{(?:\w+: {VALUE}(?:, \w+: {VALUE})*)?\}}"
ROW = rf"\s*\{{\w+: {VALUE}(?:, \w+: {VALUE})*, properties: {MAP}\}}\s*"


def statements(script: str) -> list[str]:
    """The statements with their strings and rows taken out; fails on anything that the templates do not allow."""
    bare = STRING.sub("STRING", script)
    assert "'" not in bare and "\\" not in bare and '"' not in bare
    found = [statement.strip() for statement in bare.split(";") if statement.strip()]
    for statement in found:
        short = re.sub(ROW, "ROW", statement)
        assert any(re.fullmatch(template, short) for template in TEMPLATES), short
    return found


def test_the_script_is_made_of_three_kinds_of_statements(graph: Graph) -> None:
    found = statements(graph.export("cypher").decode())
    assert sum(statement.startswith("CREATE CONSTRAINT") for statement in found) == 3
    assert len(found) > 10


def unquoted(text: str) -> str:
    plain = {"\\": "\\", "'": "'", "n": "\n", "r": "\r", "t": "\t"}
    return re.sub(r"\\(u[0-9A-F]{4}|.)", lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else plain[m[1]], text[1:-1])


@given(WORDS | st.text(st.sampled_from("\\u0027'"), max_size=20))
def test_any_text_is_one_string_whether_escapes_are_undone_before_or_within(text: str) -> None:
    written = literal(text)
    assert STRING.fullmatch(written)
    assert unquoted(written) == text
    undone = re.sub(r"\\u([0-9A-F]{4})", lambda found: chr(int(found[1], 16)), written)
    assert re.fullmatch(r"'(?:[^'\\]|\\.)*'", undone, re.DOTALL)


@settings(max_examples=25)
@given(WORDS, WORDS)
def test_no_words_leave_their_strings_in_the_script(title: str, item: str) -> None:
    of = article("a", title=title)
    statements(graph_of([extraction_of(of, [claim(of, item=item)])]).export("cypher").decode())
