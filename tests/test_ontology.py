"""The ontology files and their reader: the vocabulary, the catalogue's fields, alignments and shapes."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from geograph import ontology
from geograph.errors import OntologyError
from geograph.model import EntityType
from geograph.ontology import Ontology, Relation
from geograph.readers.rules.lexicon import compile_lexicon
from geograph.readers.rules.triggers import parse

FAMILIES = ("diplomacy", "agreement", "support", "material", "pressure", "coercion", "conflict", "state")
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FILES = sorted(ontology.default_folder().glob("**/*.ttl"))
RELATIONS = ontology.load().relations


@pytest.fixture(scope="module")
def shipped() -> Ontology:
    return ontology.load()


@pytest.fixture(params=RELATIONS.values(), ids=list(RELATIONS))
def relation(request: pytest.FixtureRequest) -> Relation:
    found = request.param
    assert isinstance(found, Relation)
    return found


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_turtle(path: Path) -> None:
    assert list(ontology.turtle(path))


def described(path: Path) -> dict[str, dict[str, list[str]]]:
    """What a Turtle file says of each subject, by predicate IRI."""
    found: dict[str, dict[str, list[str]]] = {}
    for triple in ontology.turtle(path):
        values = found.setdefault(ontology._text(triple.subject), {}).setdefault(triple.predicate.value, [])
        values.append(ontology._text(triple.object))
    return found


def vocabulary_terms() -> set[str]:
    folder = ontology.default_folder()
    return {
        iri.removeprefix(ontology.GG)
        for name in ("geograph.ttl", "relations.ttl", "alignments.ttl", "shapes.ttl")
        for iri in described(folder / name)
        if iri.startswith(ontology.GG)
    }


def test_classes_and_properties_are_described() -> None:
    terms = described(ontology.default_folder() / "geograph.ttl")
    kinds = {OWL + kind for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")} | {
        RDFS + "Class"
    }
    for iri, block in terms.items():
        types = set(block.get(RDF_TYPE, ()))
        if types & kinds:
            assert len(block[RDFS + "label"]) == 1, iri
            assert len(block[RDFS + "comment"]) == 1, iri
        if types & {OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty"}:
            assert len(block[RDFS + "domain"]) == len(block[RDFS + "range"]) == 1, iri


def test_the_vocabulary_has_a_version_and_a_licence() -> None:
    block = described(ontology.default_folder() / "geograph.ttl")[ontology.GG.removesuffix("#")]
    assert block[OWL + "versionIRI"][0].endswith(block[OWL + "versionInfo"][0])
    assert block["http://purl.org/dc/terms/license"] == ["https://www.apache.org/licenses/LICENSE-2.0"]


@pytest.mark.parametrize("name", ["alignments.ttl", "shapes.ttl", "relations.ttl"])
def test_terms_of_ours_that_a_file_uses_are_defined(name: str) -> None:
    used = {
        node.value.removeprefix(ontology.GG)
        for triple in ontology.turtle(ontology.default_folder() / name)
        for node in (triple.subject, triple.predicate, triple.object)
        if isinstance(node, NamedNode) and node.value.startswith(ontology.GG)
    }
    assert used <= vocabulary_terms()


def test_terms_that_the_named_queries_use_are_defined() -> None:
    folder = Path(ontology.__file__).parent / "queries"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.rq")))
    assert set(re.findall(r"\bgg:(\w+)", text)) <= vocabulary_terms()


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_the_catalogue_is_that_of_the_gold(shipped: Ontology, gold: Path) -> None:
    expected = json.loads((gold / "relations.json").read_text(encoding="utf-8"))
    assert {
        name: (found.symmetric, found.plover, found.cameo, found.kind) for name, found in shipped.relations.items()
    } == {name: (each["symmetric"], each["plover"], each["cameo"], each["kind"]) for name, each in expected.items()}


def test_there_are_33_relations() -> None:
    assert len(RELATIONS) == 33


def test_a_relation_is_complete(relation: Relation) -> None:
    assert relation.label and relation.comment.endswith(".")
    assert relation.domain and relation.range
    assert relation.family in FAMILIES
    assert re.fullmatch(r"#[0-9A-F]{6}", relation.colour)
    assert len(relation.triggers) >= 6
    assert len(relation.examples) >= 6
    assert len(relation.counter_examples) >= 3
    assert relation.accompanies <= RELATIONS.keys() - {relation.name}
    assert (relation.inverse is None) == relation.symmetric


def test_events_have_codes_and_a_score_and_states_have_none(relation: Relation) -> None:
    values = (relation.plover, relation.cameo, relation.score)
    assert all(value is None for value in values) if relation.is_state else None not in values


def test_symmetric_relations_take_the_same_ends_on_both_sides(relation: Relation) -> None:
    assert not relation.symmetric or relation.domain == relation.range


def test_the_score_is_that_of_the_cameo_code() -> None:
    scores: dict[str | None, set[float | None]] = {}
    for relation in RELATIONS.values():
        scores.setdefault(relation.cameo, set()).add(relation.score)
    assert all(len(found) == 1 for found in scores.values())
    assert all(-10 <= score <= 10 for found in scores.values() for score in found if score is not None)


def test_a_trigger_parses(relation: Relation) -> None:
    for trigger in relation.triggers:
        parse(trigger)


def test_the_triggers_make_a_lexicon(shipped: Ontology) -> None:
    compile_lexicon(shipped)


def test_no_trigger_tells_of_two_relations() -> None:
    owners: dict[str, list[str]] = {}
    for relation in RELATIONS.values():
        for trigger in relation.triggers:
            owners.setdefault(trigger, []).append(relation.name)
    assert {trigger: names for trigger, names in owners.items() if len(names) > 1} == {}


def test_no_sentence_stands_twice() -> None:
    sentences = [s for r in RELATIONS.values() for s in (*r.examples, *r.counter_examples)]
    assert len(sentences) == len(set(sentences))
    assert all(s.endswith(".") for s in sentences)


def test_word_classes_have_a_name_and_words() -> None:
    for path in sorted((ontology.default_folder() / "words").glob("*.ttl")):
        for iri, block in described(path).items():
            assert len(block[ontology.GG + "className"]) == 1, iri
            assert block[ontology.GG + "word"], iri


def test_the_word_classes_of_triggers_say_what_they_are_for() -> None:
    for iri, block in described(ontology.default_folder() / "words" / "classes.ttl").items():
        assert block.get(RDFS + "comment"), iri


# --- colours ---------------------------------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes (2009), severity 1: how linear RGB looks without one kind of cone.
DEFICIENCIES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> tuple[float, ...]:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)


def lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    matrix = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    ratios = [sum(m * c for m, c in zip(row, rgb, strict=True)) / w for row, w in zip(matrix, white, strict=True)]
    x, y, z = (r ** (1 / 3) if r > 0.008856 else 7.787 * r + 16 / 116 for r in ratios)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_colours_of_the_families_stay_apart(deficiency: str) -> None:
    seen = {}
    for family, colour in sorted({(r.family, r.colour) for r in RELATIONS.values()}):
        rgb = linear(colour)
        mixed = (sum(m * c for m, c in zip(row, rgb, strict=True)) for row in DEFICIENCIES[deficiency])
        seen[family] = lab(tuple(min(1.0, max(0.0, channel)) for channel in mixed))
    assert len(seen) == len(FAMILIES)
    for one, other in combinations(seen, 2):
        distance = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert distance >= 10, (one, other, round(distance, 1))


def test_a_family_has_one_colour_that_shows_on_white() -> None:
    pairs = {(relation.family, relation.colour) for relation in RELATIONS.values()}
    assert len(pairs) == len({family for family, _ in pairs}) == len({colour for _, colour in pairs})
    for family, colour in pairs:
        luminance = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))
        assert 1.05 / (luminance + 0.05) >= 3, family  # WCAG 2.2, 1.4.11


# --- alignments ------------------------------------------------------------------------------------------------------

SEM = {"Event", "EventType", "Actor", "Place", "eventType", "hasActor", "hasPlace", "accordingTo",
       "hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp"}  # fmt: skip
FTM = {
    "Company",
    "PublicBody",
    "Person",
    "Organization",
    "Article",
    "Event",
    "Occupancy",
    "Position",
    "Membership",
    "Sanction",
}
OA = {"Annotation", "exact", "start", "end", "hasSource"}


def test_the_terms_that_alignments_name_exist() -> None:
    from rdflib import namespace

    closed = {
        "http://www.w3.org/ns/prov#": namespace.PROV,
        "http://www.w3.org/ns/org#": namespace.ORG,
        "http://xmlns.com/foaf/0.1/": namespace.FOAF,
        "http://www.w3.org/2006/time#": namespace.TIME,
        "http://schema.org/": namespace.SDO,
    }
    defined = {
        **{base: {re.split("[#/]", str(term))[-1] for term in dir(terms)} for base, terms in closed.items()},
        "http://semanticweb.cs.vu.nl/2009/11/sem/": SEM,
        "https://w3id.org/ftm#": FTM,
        "http://www.w3.org/ns/oa#": OA,
    }
    seen = set()
    for triple in ontology.turtle(ontology.default_folder() / "alignments.ttl"):
        assert isinstance(triple.subject, NamedNode)
        target = triple.object
        if isinstance(target, NamedNode) and not target.value.startswith(
            (ontology.GG, "http://www.w3.org/2004/02/skos")
        ):
            base = next(each for each in defined if target.value.startswith(each))
            assert target.value.removeprefix(base) in defined[base], target.value
            seen.add(base)
    assert seen == defined.keys()


def test_the_plover_categories_of_the_relations_are_aligned(shipped: Ontology) -> None:
    notation = "http://www.w3.org/2004/02/skos/core#notation"
    terms = described(ontology.default_folder() / "alignments.ttl")
    notations = {value for block in terms.values() for value in block.get(notation, ())}
    for relation in shipped.relations.values():
        if relation.plover is not None and relation.cameo is not None:
            assert {relation.plover, relation.cameo[:2]} <= notations


# --- shapes ----------------------------------------------------------------------------------------------------------

PREFIXES = """
@prefix gg: <https://w3id.org/geograph/ns#> . @prefix id: <https://w3id.org/geograph/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> . @prefix : <https://w3id.org/geograph/x/> .
"""
ENTITIES = """
id:KEN a gg:Country ; rdfs:label "Kenya" ; gg:country id:KEN ; gg:iso3166 "KEN" .
id:UGA a gg:Country ; rdfs:label "Uganda" ; gg:country id:UGA ; gg:iso3166 "UGA" .
:article a gg:Article ; gg:document "a-1" ; gg:mentions id:KEN , id:UGA .
"""
CLAIM = """
:claim a gg:Claim ; gg:relation gg:meets ; gg:subject id:KEN ; gg:object id:UGA ; gg:status "actual" ;
  gg:date "2025-07"^^edtf:EDTF ; gg:earliest "2025-07-01"^^xsd:date ; gg:latest "2025-07-31"^^xsd:date ;
  gg:quote "Kenya met Uganda." ; gg:start 0 ; gg:end 17 ; gg:trigger "met" ; gg:reader "rules" ; gg:confidence 0.9 ;
  gg:article :article .
"""
FACT = """
:fact a gg:Fact ; gg:relation gg:meets ; gg:subject id:KEN ; gg:object id:UGA ; gg:status "actual" ; gg:confidence 0.9 ;
  gg:claim :claim ; gg:sourceCount 1 ; gg:independentSourceCount 1 ; gg:disputed false ; gg:ended false .
"""


def violations(*parts: str) -> list[str]:
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(data=PREFIXES + "".join(parts), format="turtle")
    shapes = rdflib.Graph().parse(ontology.default_folder() / "shapes.ttl")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return sorted({str(message) for message in report.objects(None, sh.resultMessage)})


def test_a_sound_graph_conforms_to_the_shapes() -> None:
    assert violations(ENTITIES, CLAIM, FACT) == []


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((ENTITIES, CLAIM.replace('"actual"', '"certain"')), "a status: actual, planned, possible or denied"),
        ((ENTITIES, CLAIM.replace("gg:object id:UGA", "gg:object id:KEN")), "one subject, which is not the object"),
        ((ENTITIES, CLAIM.replace('gg:quote "Kenya met Uganda." ;', "")), "a claim has its quote"),
        ((ENTITIES, CLAIM.replace("gg:end 17", "gg:end 0")), "a quote starts at or after 0 and before its end"),
        ((ENTITIES, CLAIM.replace("2025-07-31", "2025-06-30")), "the earliest day does not follow the latest"),
        ((ENTITIES, CLAIM.replace('"2025-07"', '"July 2025"')), "at most one date: a day, month or year, or a/b"),
        ((ENTITIES, CLAIM.replace("0.9", "1.2")), "a confidence from 0 to 1"),
        ((ENTITIES, CLAIM.replace("gg:article :article", "gg:article :nothing")), "a claim is made by one article"),
        ((ENTITIES, FACT), "a fact rests on at least one claim"),
        ((ENTITIES, CLAIM, FACT.replace("1 ; gg:disp", "2 ; gg:disp")), "no more independent sources than sources"),
        ((ENTITIES.replace('rdfs:label "Kenya" ;', ""),), "an entity has one label"),
        ((ENTITIES.replace('gg:iso3166 "KEN"', 'gg:iso3166 "ke"'),), "an ISO 3166-1 code has three capitals"),
        ((ENTITIES.replace('gg:document "a-1" ;', ""),), "an article names its document once"),
    ],
)  # fmt: skip
def test_the_shapes_find_what_is_wrong(parts: tuple[str, ...], message: str) -> None:
    assert message in violations(*parts)


# --- the reader ------------------------------------------------------------------------------------------------------

BLOCK = """
@prefix gg: <https://w3id.org/geograph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
gg:%s a gg:Relation , gg:Event ; %s .
"""


def folder_with(tmp_path: Path, name: str, rest: str) -> Path:
    (tmp_path / "more.ttl").write_text(BLOCK % (name, rest), encoding="utf-8")
    return tmp_path


def test_a_folder_adds_a_relation(tmp_path: Path) -> None:
    found = ontology.load([folder_with(tmp_path, "adopts", 'rdfs:label "adopts"')]).relations
    assert found.keys() == RELATIONS.keys() | {"adopts"}
    assert found["adopts"].range == frozenset(EntityType)
    assert found["adopts"].score is None


def test_a_folder_replaces_a_relation(tmp_path: Path) -> None:
    found = ontology.load([folder_with(tmp_path, "meets", 'rdfs:label "encounters"')]).relations
    assert found["meets"].label == "encounters"
    assert found["meets"].triggers == ()


def test_a_folder_can_name_a_class_of_ends(tmp_path: Path) -> None:
    border = "gg:Border rdfs:subClassOf gg:Entity . gg:Place rdfs:subClassOf gg:Border"
    rest = f'rdfs:label "crosses" ; rdfs:range gg:Border . {border}'
    found = ontology.load([folder_with(tmp_path, "crosses", rest)]).relations
    assert found["crosses"].range == {EntityType.PLACE}


def test_a_folder_joins_word_classes(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    words = 'gg:w a gg:WordClass ; gg:className "TARIFF" ; gg:word "toll" .'
    text = f"@prefix gg: <{ontology.GG}> . {words}"
    (tmp_path / "words" / "more.ttl").write_text(text, encoding="utf-8")
    assert {"toll", "tariff"} <= ontology.load([tmp_path]).words["TARIFF"]


@pytest.mark.parametrize(
    ("rest", "message"),
    [
        ('rdfs:comment "no label"', "gg:odd lacks label"),
        ('rdfs:label "one" , "two"', "gg:odd has 2 values of label"),
        ('rdfs:label "odd" ; rdfs:domain gg:Planet', "gg:odd has the unknown domain gg:Planet; use one of"),
    ],
)
def test_a_broken_block_is_named(tmp_path: Path, rest: str, message: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(message)):
        assert ontology.load([folder_with(tmp_path, "odd", rest)]).relations


def test_broken_turtle_is_named(tmp_path: Path) -> None:
    (tmp_path / "relations.ttl").write_text("gg:odd a", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"relations\.ttl"):
        assert ontology.load([tmp_path]).relations


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such folder"):
        ontology.load([tmp_path / "nowhere"])


def test_the_version_follows_the_files(tmp_path: Path, shipped: Ontology) -> None:
    extended = ontology.load([folder_with(tmp_path, "adopts", 'rdfs:label "adopts"')])
    assert ontology.load().version == shipped.version != extended.version
