"""The examples of the relation catalogue through the whole chain: what each says, and what each must not say.

A `gg:example` gives an actual claim of its relation, and none of a relation that it does not accompany. A
`gg:counterExample` gives no actual claim of its relation; a denied, planned or possible one may stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from spacy.language import Language

from geograph import ontology
from geograph.model import Article, Claim, Extraction, Status
from geograph.ontology import Ontology
from geograph.pipeline import extract
from geograph.readers.rules.reader import rule_reader

RELATIONS = ontology.load().relations
EXAMPLES = [(each.name, sentence) for each in RELATIONS.values() for sentence in each.examples]
COUNTER_EXAMPLES = [(each.name, sentence) for each in RELATIONS.values() for sentence in each.counter_examples]


def read(sentences: list[str], nlp: Language, known: Ontology) -> dict[str, Extraction]:
    """What each sentence says, read as an article of its own published on 14 July 2025."""
    articles = [Article(sentence, sentence, published=date(2025, 7, 14)) for sentence in sentences]
    return {
        found.article.text: found for found in extract(articles, nlp=nlp, ontology=known, readers=[rule_reader(known)])
    }


@pytest.fixture(scope="session")
def catalogue(nlp: Language) -> Mapping[str, Extraction]:
    """Every example and counter-example of the catalogue, read in one run."""
    return read([sentence for _, sentence in EXAMPLES + COUNTER_EXAMPLES], nlp, ontology.load())


def actual(extraction: Extraction) -> dict[str, list[str]]:
    """The actual claims by relation, as "subject > object"."""
    found: dict[str, list[str]] = {}
    for claim in extraction.claims:
        if claim.status is Status.ACTUAL:
            found.setdefault(claim.relation, []).append(f"{claim.subject} > {claim.object} ({claim.trigger})")
    return found


@pytest.mark.parametrize(("name", "sentence"), EXAMPLES)
def test_an_example_tells_its_relation(catalogue: Mapping[str, Extraction], name: str, sentence: str) -> None:
    assert name in actual(catalogue[sentence])


@pytest.mark.parametrize(("name", "sentence"), EXAMPLES)
def test_an_example_tells_no_other_relation(catalogue: Mapping[str, Extraction], name: str, sentence: str) -> None:
    allowed = RELATIONS[name].accompanies | {name}
    assert {other: ends for other, ends in actual(catalogue[sentence]).items() if other not in allowed} == {}


@pytest.mark.parametrize(("name", "sentence"), COUNTER_EXAMPLES)
def test_a_counter_example_does_not_tell_it(catalogue: Mapping[str, Extraction], name: str, sentence: str) -> None:
    assert actual(catalogue[sentence]).get(name, []) == []


def test_what_the_catalogue_tells_fits_its_relations(catalogue: Mapping[str, Extraction]) -> None:
    for extraction in catalogue.values():
        types = {entity.key: entity.type for entity in extraction.entities}
        for claim in extraction.claims:
            relation = RELATIONS[claim.relation]
            assert types[claim.subject] in relation.domain
            assert types[claim.object] in relation.range


# --- a relation more, by Turtle alone --------------------------------------------------------------------------------

MEDIATES = """
@prefix gg: <https://w3id.org/geograph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

gg:mediatesFor a gg:Relation , gg:Event ;
  rdfs:label "mediates for"@en ;
  rdfs:domain gg:Actor ; rdfs:range gg:Actor ;
  gg:trigger "SUBJ mediate|arbitrate for|between OBJ" , "SUBJ play UMPIRE for OBJ" , "mediation of SUBJ for OBJ" .

gg:wordsUmpire a gg:WordClass ; gg:className "UMPIRE" ; gg:word "umpire" , "referee" .
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Ontology:
    """The shipped ontology with a relation and a word class more, from a folder."""
    folder = tmp_path_factory.mktemp("ontology")
    (folder / "words").mkdir()
    (folder / "mediation.ttl").write_text(MEDIATES, encoding="utf-8")
    (folder / "words" / "umpires.ttl").write_text(MEDIATES, encoding="utf-8")
    return ontology.load([folder])


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Oman mediated for Yemen in May.", Status.ACTUAL),
        ("Norway, which mediated between Colombia and Venezuela, said nothing.", Status.ACTUAL),
        ("Kenya played the referee for Uganda.", Status.ACTUAL),
        ("Switzerland will mediate for Armenia next month.", Status.PLANNED),
        ("Qatar has not mediated for Sudan.", Status.DENIED),
    ],
)
def test_one_turtle_block_makes_a_relation(nlp: Language, extended: Ontology, sentence: str, status: Status) -> None:
    claims = read([sentence], nlp, extended)[sentence].claims
    assert {claim.status for claim in mediations(claims)} == {status}


def test_a_new_relation_leaves_other_sentences_alone(nlp: Language, extended: Ontology) -> None:
    sentence = "Oman met Yemen in May."
    assert mediations(read([sentence], nlp, extended)[sentence].claims) == []


def test_without_the_block_there_is_no_relation(nlp: Language) -> None:
    sentence = "Oman mediated for Yemen in May."
    assert mediations(read([sentence], nlp, ontology.load())[sentence].claims) == []


def test_a_relation_can_be_replaced(nlp: Language, tmp_path: Path) -> None:
    (tmp_path / "meets.ttl").write_text(
        MEDIATES.replace("mediatesFor", "meets").replace("mediate|arbitrate", "mediate"), encoding="utf-8"
    )
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "umpires.ttl").write_text(MEDIATES, encoding="utf-8")
    found = read(["Oman mediated for Yemen.", "Oman met Yemen."], nlp, ontology.load([tmp_path]))
    assert [claim.relation for claim in found["Oman mediated for Yemen."].claims] == ["meets"]
    assert found["Oman met Yemen."].claims == ()


def mediations(claims: tuple[Claim, ...]) -> list[Claim]:
    return [claim for claim in claims if claim.relation == "mediatesFor"]
