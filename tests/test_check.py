"""`geograph check`: every kind of fault that is put into a sound store is found, and a sound store has none."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from claim_factory import article, claim, extraction
from hypothesis import given, settings, strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from typer.testing import CliRunner

from geograph import ontology
from geograph.check import Report, check, violations, violations_by_pyshacl
from geograph.check.columns import Columns
from geograph.check.derivation import all_faults, sampled_faults
from geograph.check.shapes import checks_of
from geograph.cli import app
from geograph.curation import Curation, Decision, Hide, Judge, Judgement, Merge, reference_to
from geograph.errors import OntologyError
from geograph.export import to_rdflib
from geograph.model import Status
from geograph.store import Store
from geograph.vocabulary import Vocabulary

KNOWN = ontology.load()
VOCABULARY = Vocabulary()
XSD = "http://www.w3.org/2001/XMLSchema#"
FIRST, SECOND = article("a"), article("b", published="2025-07-14", text=None)
EXTRACTIONS = (
    extraction(
        FIRST,
        [
            claim(FIRST, "RUS", "meets", "PRK", when="2025-07-11"),
            claim(FIRST, "FRA", "sanctions", "RUS", when="2025-07", at=21, status=Status.PLANNED),
        ],
    ),
    extraction(SECOND, [claim(SECOND, "PRK", "meets", "RUS", when="2025-07-11")]),
)


def term(name: str) -> NamedNode:
    return NamedNode(VOCABULARY.term(name))


def built(folder: Path) -> Path:
    path = folder / "store"
    with Store.open(path, relations=KNOWN.relations) as store:
        store.add(EXTRACTIONS)
    return path


def checked(path: Path, *, deep: bool = False) -> Report:
    with Store.open(path, relations=KNOWN.relations, read_only=True) as store:
        return check(store, KNOWN, deep=deep)


def meeting(quads: pyoxigraph.Store) -> NamedNode:
    """The fact that two articles tell of."""
    (found,) = quads.quads_for_pattern(None, term("sourceCount"), Literal(2), DefaultGraph())
    assert isinstance(found.subject, NamedNode)
    return found.subject


def replaced(quads: pyoxigraph.Store, node: NamedNode, name: str, *values: NamedNode | Literal) -> None:
    """Gives a node other values of a property, in the graph where it has the old ones."""
    old = list(quads.quads_for_pattern(node, term(name), None))
    for quad in old:
        quads.remove(quad)
    for value in values:
        quads.add(Quad(node, term(name), value, old[0].graph_name))


def one_claim(quads: pyoxigraph.Store) -> NamedNode:
    return NamedNode(VOCABULARY.claim(EXTRACTIONS[0].claims[0].id))


def shift_quote(quads: pyoxigraph.Store) -> None:
    replaced(quads, one_claim(quads), "start", Literal(1))


def change_text(quads: pyoxigraph.Store) -> None:
    replaced(quads, NamedNode(VOCABULARY.article(FIRST.id)), "text", Literal("Another text."))


def lose_claims(quads: pyoxigraph.Store) -> None:
    replaced(quads, meeting(quads), "claim")


def count_more_sources(quads: pyoxigraph.Store) -> None:
    replaced(quads, meeting(quads), "sourceCount", Literal(3))


def count_fewer_independent_sources(quads: pyoxigraph.Store) -> None:
    replaced(quads, meeting(quads), "independentSourceCount", Literal(1))


def report_earlier(quads: pyoxigraph.Store) -> None:
    replaced(quads, meeting(quads), "firstReported", Literal("2025-07-01", datatype=NamedNode(XSD + "date")))


def forget_last_report(quads: pyoxigraph.Store) -> None:
    replaced(quads, meeting(quads), "lastReported")


def lose_shortcut(quads: pyoxigraph.Store) -> None:
    quads.remove(Quad(NamedNode(VOCABULARY.entity("PRK")), term("meets"), NamedNode(VOCABULARY.entity("RUS"))))


def tell_plan_as_done(quads: pyoxigraph.Store) -> None:
    quads.add(Quad(NamedNode(VOCABULARY.entity("FRA")), term("sanctions"), NamedNode(VOCABULARY.entity("RUS"))))


def dispute(quads: pyoxigraph.Store) -> None:
    replaced(quads, meeting(quads), "disputed", Literal(True))


def make_plan_actual(quads: pyoxigraph.Store) -> None:
    (found,) = quads.quads_for_pattern(None, term("status"), Literal("planned"), DefaultGraph())
    assert isinstance(found.subject, NamedNode)
    replaced(quads, found.subject, "status", Literal("actual"))


def lose_fact(quads: pyoxigraph.Store) -> None:
    for quad in list(quads.quads_for_pattern(meeting(quads), None, None)):
        quads.remove(quad)


def move_claim(quads: pyoxigraph.Store) -> None:
    for quad in list(quads.quads_for_pattern(one_claim(quads), None, None)):
        quads.remove(quad)
        quads.add(Quad(quad.subject, quad.predicate, quad.object, NamedNode(VOCABULARY.article(SECOND.id))))


def lose_name(quads: pyoxigraph.Store) -> None:
    label = NamedNode(VOCABULARY.prefixes()["rdfs"] + "label")
    for quad in list(quads.quads_for_pattern(NamedNode(VOCABULARY.entity("RUS")), label, None)):
        quads.remove(quad)


def misspell_date(quads: pyoxigraph.Store) -> None:
    replaced(
        quads, meeting(quads), "date", Literal("July 2025", datatype=NamedNode(VOCABULARY.prefixes()["edtf"] + "EDTF"))
    )


def misspell_day(quads: pyoxigraph.Store) -> None:
    replaced(quads, meeting(quads), "earliest", Literal("July", datatype=NamedNode(XSD + "date")))


def claim_twice(quads: pyoxigraph.Store) -> None:
    (planned,) = quads.quads_for_pattern(None, term("status"), Literal("planned"), DefaultGraph())
    quads.add(Quad(planned.subject, term("claim"), one_claim(quads)))


def break_reading(quads: pyoxigraph.Store) -> None:
    replaced(quads, NamedNode(VOCABULARY.article(FIRST.id)), "reading", Literal("{"))


FAULTS: dict[Callable[[pyoxigraph.Store], None], str] = {
    shift_quote: r"^claim:\w+: its quote is not the article's text at its offsets$",
    change_text: r"^article:\w+: its text or source is not that of its id, so no fact of it was derived again$",
    lose_claims: r"^fact:\w+: gg:claim: a fact rests on at least one claim$",
    count_more_sources: r"^fact:\w+: gg:sourceCount is 3; its claims make 2$",
    count_fewer_independent_sources: r"^fact:\w+: differs from .*: independent_source_count is 1, should be 2$",
    report_earlier: r"^fact:\w+: gg:firstReported is 2025-07-01; its claims make 2025-07-12$",
    forget_last_report: r"^fact:\w+: gg:lastReported is missing; its claims make 2025-07-14$",
    lose_shortcut: r"^fact:\w+: its shortcut PRK gg:meets RUS is missing$",
    tell_plan_as_done: r"^id:FRA: the shortcut FRA gg:sanctions RUS follows from no fact$",
    dispute: r"^id:RUS: the shortcut RUS gg:meets PRK follows from no fact$",
    make_plan_actual: r"^fact:\w+: its shortcut FRA gg:sanctions RUS is missing$",
    lose_fact: r"^claim:\w+: no fact rests on it$",
    move_claim: r"^claim:\w+: lies in the graph of another article$",
    lose_name: r"^fact:\w+: its end RUS has no name$",
    misspell_date: r"^fact:\w+: gg:date: at most one date: a day, month or year, or a/b$",
    misspell_day: r"^fact:\w+: gg:earliest: the earliest day does not follow the latest$",
    claim_twice: r"^claim:\w+: 2 facts rest on it, not one$",
    break_reading: r"^article:\w+: cannot be read back \(.+\), so no fact of it was derived again$",
}  # fmt: skip


def test_a_sound_store_has_no_fault_and_the_report_says_what_was_looked_at(tmp_path: Path) -> None:
    report = checked(built(tmp_path))
    assert report.faults == ()
    assert "derived again: all 2 facts and 3 claims" in report.checked


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_each_kind_of_fault_is_found_and_named(tmp_path: Path, fault: Callable[[pyoxigraph.Store], None]) -> None:
    path = built(tmp_path)
    quads = pyoxigraph.Store(str(path))
    fault(quads)
    del quads
    found = checked(path).faults
    assert any(re.search(FAULTS[fault], line) for line in found), found
    assert all("\n" not in line for line in found)


def test_the_command_prints_a_line_for_each_fault_and_exits_with_3(tmp_path: Path) -> None:
    path = built(tmp_path)
    quads = pyoxigraph.Store(str(path))
    tell_plan_as_done(quads)
    del quads
    done = CliRunner().invoke(app, ["check", "--store", str(path)])
    assert done.exit_code == 3
    assert "id:FRA: the shortcut FRA gg:sanctions RUS follows from no fact\n" in done.stdout
    assert done.stdout.endswith(": 1 fault\n")


def test_a_sample_of_facts_is_derived_again_as_all_are(tmp_path: Path) -> None:
    path = built(tmp_path)
    quads = pyoxigraph.Store(str(path))
    count_fewer_independent_sources(quads)
    del quads
    with Store.open(path, relations=KNOWN.relations, read_only=True) as store:
        columns = Columns(store)
        assert list(sampled_faults(columns, KNOWN, 2)) == list(all_faults(columns, KNOWN)) != []
        assert list(sampled_faults(columns, KNOWN, 0)) == []


# --- the shapes as SPARQL --------------------------------------------------------------------------------------------

NODES = [VOCABULARY.entity(key) for key in ("RUS", "FRA")]
NODES += [VOCABULARY.article(each.id) for each in (FIRST, SECOND)]
NODES += [VOCABULARY.claim(each.id) for found in EXTRACTIONS for each in found.claims]
PREDICATES = sorted(
    {
        each.path.removeprefix("^")
        for each in checks_of(ontology.turtle(ontology.default_folder() / "shapes.ttl"))
        if each.path is not None
    }
    | {VOCABULARY.prefixes()["rdf"] + "type"}
)
VALUES = [
    *(NamedNode(node) for node in NODES),
    *(term(name) for name in ("meets", "Claim", "Fact", "Article", "Country")),
    *(Literal(text) for text in ("", "actual", "sure", "RUS", "ke", "geonames:12")),
    Literal("actual", language="en"),
    *(Literal(number) for number in (-1, 0, 2, 400)),
    *(Literal(text, datatype=NamedNode(XSD + "decimal")) for text in ("0.5", "1.5", "much")),
    *(Literal(text, datatype=NamedNode(XSD + "date")) for text in ("2025-07-01", "2031-01-01")),
    *(Literal(text, datatype=NamedNode(XSD + "boolean")) for text in ("true", "maybe")),
    *(Literal(text, datatype=NamedNode(VOCABULARY.prefixes()["edtf"] + "EDTF")) for text in ("2025-07", "July")),
]
# rdflib, and so pySHACL, has an order across datatypes; by SHACL such values cannot be compared, which is a violation.
COMPARED = {
    VOCABULARY.term(name): XSD + kind
    for kind, names in (
        ("date", ("earliest", "latest", "firstReported", "lastReported")),
        ("integer", ("start", "end", "sourceCount", "independentSourceCount")),
        ("decimal", ("confidence",)),
    )
    for name in names
}


def is_comparable(predicate: str, value: NamedNode | Literal) -> bool:
    return predicate not in COMPARED or (isinstance(value, Literal) and value.datatype.value == COMPARED[predicate])


@settings(max_examples=40, deadline=None)
@given(
    removed=st.lists(st.integers(0, 10_000), max_size=3),
    added=st.lists(st.tuples(st.integers(0, 10), st.sampled_from(PREDICATES), st.sampled_from(VALUES)), max_size=4),
)
def test_pyshacl_and_the_queries_made_from_the_shapes_find_the_same(
    removed: list[int], added: list[tuple[int, str, NamedNode | Literal]]
) -> None:
    with Store.open(None, relations=KNOWN.relations) as store:
        store.add(EXTRACTIONS)
        quads = store._quads
        facts = sorted(quad.subject.value for quad in quads.quads_for_pattern(None, term("disputed"), None))
        nodes = [*NODES, *facts]
        for number in removed:
            left = sorted(store.dataset_quads(), key=str)
            quads.remove(left[number % len(left)])
        for number, predicate, value in added:
            if is_comparable(predicate, value):
                quads.add(Quad(NamedNode(nodes[number % len(nodes)]), NamedNode(predicate), value))
        assert violations(store, KNOWN) == violations_by_pyshacl(to_rdflib(store), KNOWN)


def test_a_property_may_be_read_backwards(tmp_path: Path) -> None:
    (tmp_path / "shapes.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix gg: <https://w3id.org/geograph/ns#> .\n"
        "gg:UsedShape a sh:NodeShape ; sh:targetClass gg:Article ; sh:property\n"
        '  [ sh:path [ sh:inversePath gg:article ] ; sh:minCount 2 ; sh:message "two claims" ] .\n'
    )
    known = ontology.load([tmp_path])
    with Store.open(None, relations=known.relations) as store:
        store.add(EXTRACTIONS)
        found = violations(store, known)
        assert [(each.focus, each.path) for each in found] == [
            (VOCABULARY.article(SECOND.id), f"^{term('article').value}")
        ]
        assert violations_by_pyshacl(to_rdflib(store), known) == found


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("sh:targetClass gg:Fact ; sh:closed true", "sh:closed is not known"),
        ("sh:targetClass gg:Fact ; sh:property [ sh:path gg:date ; sh:uniqueLang true ]", "sh:uniqueLang is not known"),
        ("sh:targetClass gg:Fact ; sh:property [ sh:path ( gg:claim gg:quote ) ; sh:minCount 1 ]", "sh:path takes one"),
        ("sh:targetClass gg:Fact ; sh:nodeKind gg:Fact", "is none of SHACL"),
    ],
)  # fmt: skip
def test_shacl_that_is_not_known_is_an_error_and_never_passed_over(tmp_path: Path, shape: str, told: str) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix gg: <https://w3id.org/geograph/ns#> .\n"
        f"gg:OddShape a sh:NodeShape ; {shape} .\n"
    )
    with pytest.raises(OntologyError, match=told):
        checks_of(ontology.turtle(path))


def test_a_store_that_follows_decisions_has_no_fault() -> None:
    with Store.open(None, relations=KNOWN.relations) as store:
        store.add(EXTRACTIONS)
        first = EXTRACTIONS[0].claims[0]
        verdicts = (
            Judge(reference_to(first, FIRST), Judgement.REJECTED),
            Merge(("RUS", "PRK")),
            Hide("FRA"),
        )
        for verdict in verdicts:
            store.curate(Curation((Decision(verdict),)))
            assert check(store, KNOWN, deep=True).faults == ()
            assert check(store, KNOWN).faults == ()
