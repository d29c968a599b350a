"""Users' gazetteers: tables and FollowTheMoney lines, joined to geograph's own without mistaking one for another."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from spacy.language import Language

from geograph import ontology
from geograph.entities import joining
from geograph.entities.gazetteer import Gazetteer
from geograph.errors import GeographError, OntologyError, SourceError
from geograph.graph import Graph
from geograph.lists import Record, read_lists
from geograph.model import Article, Entity, EntityType, Listing
from geograph.readers.rules.reader import rule_reader

SCHEMAS = ontology.load().schemas


def records(path: Path) -> tuple[list[Record], list[str]]:
    """What a file holds, and what is said of its bad lines."""
    said: list[str] = []
    return list(read_lists([path], SCHEMAS, lambda error: said.append(str(error)))), said


def table(folder: Path, *rows: str, header: str = "name,type,country,wikidata", name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


def lines(folder: Path, *entities: object, name: str = "list.json") -> Path:
    path = folder / name
    path.write_text("".join(f"{json.dumps(each)}\n" for each in entities), "utf-8")
    return path


def person(id: str, name: str, **properties: list[object]) -> dict[str, object]:
    return {"id": id, "schema": "Person", "properties": {"name": [name], **properties}}


def sanction(of: str, authority: str, program: str, **properties: list[str]) -> dict[str, object]:
    said = {"entity": [of], "authority": [authority], "program": [program], **properties}
    return {"id": f"s-{of}-{program}", "schema": "Sanction", "properties": said}


def joined(*paths: Path) -> tuple[Gazetteer, list[str]]:
    """geograph's gazetteer with the lists, and what is said of the records that were left out."""
    said: list[str] = []
    return joining.load(ontology.load((), paths), lambda error: said.append(str(error))), said


def called(gazetteer: Gazetteer, name: str) -> Entity:
    found = gazetteer.named(name, "name")
    assert found is not None
    return found


# Tables


def test_a_table_gives_names_countries_ids_and_listings(tmp_path: Path):
    header = "Name;Type;Country;Aliases;Wikidata;Identifiers;Sanctioned;Authority;Program"
    row = 'Orlan Veshnyak;person;RU;"O. Veshnyak; Orlan Veshniak";http://www.wikidata.org/entity/Q999999999;lei:XY-1;yes;EU;EU-RUS'
    (found,), said = records(table(tmp_path, row, header=header))
    assert said == []
    assert found.names == ("Orlan Veshnyak",) and found.type is EntityType.PERSON
    assert found.aliases == ("O. Veshnyak", "Orlan Veshniak")
    assert found.identifiers == ("wikidata:Q999999999", "lei:XY-1")
    assert found.listings == (Listing("mine.csv", "EU", "EU-RUS"),)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("Orlan,Person", "cells"),
        ("Orlan,Alien,,", "Alien"),
        (",Person,,", "name"),
        ("Orlan,Person,,X12", "Wikidata"),
        ('"Orlan,Person,,', "quotes"),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_the_others_are_read(tmp_path: Path, row: str, word: str):
    found, said = records(table(tmp_path, "Ada Moran,Person,,", row, "Luc Tavernier,Person,,"))
    assert [each.names[0] for each in found] == ["Ada Moran", "Luc Tavernier"]
    (line,) = said
    assert line.startswith(f"{tmp_path / 'mine.csv'}:3: ") and word in line and "\n" not in line


def test_a_table_without_its_columns_or_of_another_encoding_is_refused_in_one_line(tmp_path: Path):
    with pytest.raises(SourceError, match="no column 'type'"):
        records(table(tmp_path, "Ada", header="name"))
    with pytest.raises(SourceError, match="unknown column 'colour'"):
        records(table(tmp_path, "Ada,Person,red", header="name,type,colour"))
    path = tmp_path / "latin.csv"
    path.write_bytes("name,type\nJosé,Person\n".encode("latin-1"))
    with pytest.raises(SourceError, match=r"latin\.csv:2: not UTF-8"):
        records(path)
    with pytest.raises(SourceError, match="JSON lines"):
        records(tmp_path / "list.xlsx")


# FollowTheMoney


def test_sanctions_give_their_target_authority_and_program(tmp_path: Path):
    (found,), said = records(
        lines(
            tmp_path,
            person("NK-1", "BRANDT, Marek", country=["ru"], topics=["sanction"], weakAlias=["Bear"], alias=["Mark B."]),
            sanction("NK-1", "Treasury", "SDGT"),
            sanction("NK-1", "Council", "EU-1"),
            sanction("NK-1", "Council", "OVER", endDate=["2020-01-01"]),
            {"id": "V-1", "schema": "Vessel", "properties": {"name": ["SEA STAR"]}},
        )
    )
    assert said == []
    assert found.names == ("Marek Brandt",) and found.aliases == ("Mark B.",)
    assert found.listings == (Listing("list.json", "Council", "EU-1"), Listing("list.json", "Treasury", "SDGT"))


def test_nested_sanctions_are_read_and_a_topic_alone_is_a_listing(tmp_path: Path):
    nested = {"id": "s", "schema": "Sanction", "properties": {"authority": ["Treasury"], "programId": ["US-1"]}}
    one = person("Q77", "Ada Moran", sanctions=[nested])
    other = person("NK-2", "Luc Tavernier", topics=["sanction"])
    third = person("NK-3", "Pak Seong Rim", topics=["sanction.linked"])
    found, _ = records(lines(tmp_path, one, other, third))
    assert [each.listings for each in found] == [
        (Listing("list.json", "Treasury", "US-1"),),
        (Listing("list.json"),),
        (),
    ]
    assert found[0].identifiers == ("wikidata:Q77", "ftm:Q77")


@given(st.lists(st.one_of(st.binary(max_size=40), st.text(max_size=40).map(str.encode)), max_size=6))
@settings(max_examples=60)
def test_whatever_a_list_holds_is_read_or_told_in_one_line(rows: list[bytes]):
    import tempfile

    good = json.dumps(person("NK-1", "Ada Moran")).encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.json"
        path.write_bytes(good + b"\n" + b"\n".join(rows))
        found, said = records(path)
        assert [each.names[0] for each in found] == ["Ada Moran"]
        assert all("\n" not in line and str(path) in line for line in said)
        path = Path(folder) / "list.csv"
        path.write_bytes(b"name,type\nAda Moran,Person\n" + b"\n".join(rows))
        try:
            found, said = records(path)
        except SourceError as error:
            said = [str(error)]
        assert all("\n" not in line and str(path) in line for line in said)


# Joining


def test_a_common_wikidata_id_joins_a_record_whatever_its_name(tmp_path: Path):
    gazetteer, said = joined(table(tmp_path, "Władimir Putin,Person,,Q7747"))
    assert said == []
    assert called(gazetteer, "Władimir Putin").key == called(gazetteer, "Vladimir Putin").key


def test_a_common_name_joins_where_country_and_type_are_the_same(tmp_path: Path):
    row = "Sergei Lavrov,Person,RU,,yes,EU"
    gazetteer, said = joined(table(tmp_path, row, header="name,type,country,wikidata,sanctioned,authority"))
    assert said == []
    assert called(gazetteer, "Sergei Lavrov").listings == (Listing("mine.csv", "EU"),)


def test_a_name_that_may_mean_a_known_entity_is_told_and_left_out(tmp_path: Path):
    row = "Sergei Lavrov,Person,,,yes"
    gazetteer, said = joined(table(tmp_path, row, header="name,type,country,wikidata,sanctioned"))
    assert "mine.csv:2" in said[0] and "Sergei_Lavrov" in said[0]
    assert called(gazetteer, "Sergei Lavrov").listings == ()


def test_a_namesake_of_another_country_is_another_and_the_name_alone_means_neither(tmp_path: Path):
    gazetteer, said = joined(table(tmp_path, "Sergei Lavrov,Person,KEN,"))
    assert said == []
    assert gazetteer.named("Sergei Lavrov", "name") is None


def test_a_wikidata_id_of_another_type_is_told(tmp_path: Path):
    _, said = joined(table(tmp_path, "Big Works,Organization,,Q7747"))
    assert "Vladimir_Putin" in said[0]


def test_one_word_of_a_list_is_no_name_where_it_may_be_anything(tmp_path: Path):
    path = lines(
        tmp_path,
        person("NK-1", "Ada Moran-Testowa", alias=["Ada"]),
        {"id": "NK-2", "schema": "Company", "properties": {"name": ["Paris"]}},
        {"id": "NK-3", "schema": "Company", "properties": {"name": ["Zorbexal"]}},
    )
    gazetteer, _ = joined(path)
    assert gazetteer.senses("Ada") == () and called(gazetteer, "Zorbexal").type is EntityType.ORGANIZATION
    assert {sense.key for sense in gazetteer.senses("Paris")} == {"FRA"}


def test_lists_give_the_same_gazetteer_in_whatever_order(tmp_path: Path):
    one = table(tmp_path, "Ada Quorle,Person,KEN,Q999999991", "Ben Quorle,Person,KEN,")
    other = table(tmp_path, "Ada Quorle,Person,KEN,", "Ben Quorle,Person,NOR,", name="other.csv")
    said: list[str] = []
    plain = ontology.load()
    found = []
    for paths in ((one, other), (other, one)):
        pinned = joining.gazetteers._read(replace(plain, gazetteers=paths))
        found.append(joining.joined(pinned, read_lists(paths, SCHEMAS, print), lambda e: said.append(str(e))).entities)
    assert found[0] == found[1] and said == []
    assert len([each for each in found[0].values() if each.label.endswith("Quorle")]) == 3


def test_a_missing_list_is_named(tmp_path: Path):
    with pytest.raises(OntologyError, match="--gazetteer"):
        ontology.load((), [tmp_path / "none.csv"])


# In the graph


def test_the_graph_shows_who_is_sanctioned_by_whom(tmp_path: Path, nlp: Language):
    path = lines(tmp_path, person("NK-1", "Marek Brandt", country=["ru"]), sanction("NK-1", "Treasury", "SDGT"))
    known = ontology.load((), [path])
    with Graph.open(None, ontology=known) as graph:
        graph.add([Article("a", "Marek Brandt met Luc Tavernier in Minsk.")], readers=[rule_reader(known)])
        (entity,) = (each for each in graph.entities().values() if each.listings)
        assert entity.label == "Marek Brandt" and entity.listings == (Listing("list.json", "Treasury", "SDGT"),)
        from geograph.dossier import lines as printed

        assert "  sanctioned: Treasury, SDGT (list list.json)" in list(printed(graph.dossier("Marek Brandt")))
        found = graph.query(
            "SELECT ?name ?by ?under { ?who gg:sanctioned true ; rdfs:label ?name ; gg:listing ?l . "
            "?l gg:authority ?by ; gg:program ?under }"
        )
        assert len(found.rows) == 1
        assert "Treasury" in str(found.rows[0])
        assert graph.remove("a") == 1
        assert [str(quad) for quad in graph.store.dataset_quads()] == []


def test_without_the_callback_the_first_bad_line_is_raised(tmp_path: Path):
    path = table(tmp_path, "Ada,Alien,,", name="bad.csv")
    with pytest.raises(GeographError, match=r"bad\.csv:2"):
        joining.load(ontology.load((), [path]))
