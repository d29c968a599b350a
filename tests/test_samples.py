"""The sample articles: well-formed, marked as invented, about nobody real, and telling of everything geograph reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from pyoxigraph import Literal, NamedNode
from spacy.language import Language

from geograph.errors import SourceError
from geograph.model import Article, Extraction, Status
from geograph.ontology import load, turtle
from geograph.pipeline import extract
from geograph.samples import sample_paths
from geograph.sources import read
from geograph.vocabulary import BASE

PATHS = sample_paths()


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """Every sample as it is read, by the stem of its file."""
    left_out: list[SourceError] = []
    found = {article.document: article for article in read(PATHS, on_error=left_out.append, ontology=load())}
    assert left_out == []
    return found


def test_there_are_enough_of_them_each_one_article(articles: dict[str, Article]) -> None:
    assert len(articles) == len(PATHS) >= 18
    assert set(articles) == {path.stem for path in PATHS}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_sample_says_that_it_is_invented(path: Path) -> None:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = yaml.safe_load(head)
    assert set(fields) == {"title", "date", "publisher", "url", "sample", "note"}
    assert fields["sample"] is True
    assert "imaginary" in fields["note"]
    assert path.name.startswith(f"{fields['date']:%Y-%m-%d}-")
    assert fields["url"].startswith("https://example.org/")
    assert 150 <= len(body.split()) <= 350


def test_an_article_that_was_read_is_still_marked(articles: dict[str, Article]) -> None:
    assert all(article.sample and article.published and article.publisher for article in articles.values())


def test_the_events_lie_in_an_imaginary_year(articles: dict[str, Article]) -> None:
    """No office holder of today can be meant by a title."""
    assert {article.published.year for article in articles.values() if article.published} == {2031}


def test_nobody_real_is_named(articles: dict[str, Article]) -> None:
    people: set[str] = set()
    for path in load().gazetteer_files():
        triples = list(turtle(path))
        persons = {t.subject for t in triples if t.object == NamedNode(f"{BASE}ns#Person")}
        people |= {t.object.value for t in triples if t.subject in persons and isinstance(t.object, Literal)}
    full_names = {name for name in people if " " in name}
    assert len(full_names) > 100
    text = "\n".join(article.text for article in articles.values())
    assert {name for name in full_names if name in text} == set()


@pytest.fixture(scope="module")
def extractions(articles: dict[str, Article], nlp: Language) -> dict[str, Extraction]:
    """What geograph reads in each sample."""
    return {found.article.document: found for found in extract(articles.values(), nlp=nlp, ontology=load())}


def test_between_them_they_tell_of_every_relation(extractions: dict[str, Extraction]) -> None:
    told = {claim.relation for found in extractions.values() for claim in found.claims}
    assert set(load().relations) - told == set()


def test_between_them_they_use_every_status_and_what_claims_can_hold(extractions: dict[str, Extraction]) -> None:
    claims = [claim for found in extractions.values() for claim in found.claims]
    assert {claim.status for claim in claims} == set(Status)
    assert any(claim.said_by for claim in claims)
    assert any(claim.item for claim in claims)
    assert any(claim.place for claim in claims)
    precisions = {len(claim.date.edtf) for claim in claims if claim.date}
    assert {4, 7, 10} <= precisions, "a year, a month, a day"
    assert any(claim.date and "/" in claim.date.edtf for claim in claims)


def test_two_publishers_tell_of_one_meeting_and_a_copy_tells_nothing_new(extractions: dict[str, Extraction]) -> None:
    ends = {"person.Ingrid_Solvaag", "person.Josphat_Wekulo"}
    telling = {
        name: {
            claim.status
            for claim in found.claims
            if claim.relation == "meets" and {claim.subject, claim.object} == ends
        }
        for name, found in extractions.items()
    }
    assert {name for name, statuses in telling.items() if Status.ACTUAL in statuses} >= {
        "2031-03-04-norway-kenya-visit",
        "2031-03-05-norway-kenya-visit-copy",
        "2031-03-05-wind-power-deal",
    }
