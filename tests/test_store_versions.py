"""A new version of a document takes the place of the old one; what only looks alike stays beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest
from claim_factory import RELATIONS, article, claim, extraction
from hypothesis import given, strategies as st

from geograph.model import Extraction
from geograph.ontology import load
from geograph.sources import read
from geograph.store import Store, base

MORNING, EVENING = datetime(2025, 7, 12, 8, 0, 0, tzinfo=UTC), datetime(2025, 7, 12, 20, 30, 5, tzinfo=UTC)
PAGE = "\n\n".join(f"The envoys of Chile and Peru met in Lima on Monday, and {'again ' * n}talked." for n in range(3))


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None, relations=RELATIONS) as fresh:
        yield fresh


def build(store: Store, *sources: Path) -> dict[str, int]:
    """Adds what `sources` hold, each article with one claim; what became of them."""
    errors: list[Exception] = []
    articles = list(read(sources, on_error=errors.append, ontology=load()))
    added = store.add(extraction(each, [claim(each, when="2025-07-12")]) for each in articles)
    assert not errors
    return {"new": added.new, "replaced": added.replaced, "unchanged": added.unchanged}


def texts(store: Store) -> list[str]:
    return sorted(each.text for each in store.articles())


def content(store: Store) -> list[str]:
    return [str(quad) for quad in store.dataset_quads()]


# Files


def test_a_changed_file_takes_the_place_of_what_it_held_before(store: Store, tmp_path: Path):
    file, other = tmp_path / "talks.txt", tmp_path / "other.txt"
    file.write_text("Chile and Peru met in Lima.")
    other.write_text("Chile and Peru met, others say.")
    assert build(store, tmp_path) == {"new": 2, "replaced": 0, "unchanged": 0}
    file.write_text("Chile and Peru met in Quito.")
    assert build(store, tmp_path) == {"new": 0, "replaced": 1, "unchanged": 1}
    assert texts(store) == ["Chile and Peru met in Quito.", "Chile and Peru met, others say."]
    assert [fact.source_count for fact in store.facts()] == [2]
    with Store.open(None, relations=RELATIONS) as fresh:
        build(fresh, tmp_path)
        assert content(fresh) == content(store)


def test_a_file_whose_old_text_comes_back_holds_the_old_text(store: Store, tmp_path: Path):
    file = tmp_path / "talks.txt"
    for text in ("Chile met Peru.", "Chile met Ecuador.", "Chile met Peru."):
        file.write_text(text)
        build(store, file)
        assert texts(store) == [text]


def test_a_file_given_by_another_path_is_the_same_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = tmp_path / "talks.txt"
    file.write_text("Chile met Peru.")
    build(store, file)
    file.write_text("Chile met Ecuador.")
    monkeypatch.chdir(tmp_path)
    build(store, Path("talks.txt"))
    assert texts(store) == ["Chile met Ecuador."]


def test_same_named_files_of_two_folders_stay_side_by_side_and_change_each_for_itself(store: Store, tmp_path: Path):
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talks.txt").write_text(f"Chile met Peru, says the {folder}.")
    build(store, tmp_path)
    assert len(texts(store)) == 2
    (tmp_path / "west" / "talks.txt").write_text("Chile met nobody.")
    build(store, tmp_path / "west")
    assert texts(store) == ["Chile met Peru, says the east.", "Chile met nobody."]


def test_a_text_that_two_files_hold_goes_when_neither_holds_it_any_more(store: Store, tmp_path: Path):
    for folder in ("east", "west"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talks.txt").write_text("Chile met Peru.")
    build(store, tmp_path)
    assert texts(store) == ["Chile met Peru."]
    (tmp_path / "west" / "talks.txt").write_text("Chile met Ecuador.")
    build(store, tmp_path)
    assert texts(store) == ["Chile met Ecuador.", "Chile met Peru."]
    (tmp_path / "east" / "talks.txt").write_text("Chile met Bolivia.")
    build(store, tmp_path)
    assert texts(store) == ["Chile met Bolivia.", "Chile met Ecuador."]


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_all_articles_of_one_file_stay_and_those_that_it_holds_no_more_go(
    store: Store, batch: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(base, "BATCH", batch)

    def held(*names: str) -> list[Extraction]:
        return [extraction(replace(article(name), document="page", origin="file")) for name in names]

    def names() -> str:
        return "".join(sorted(each.text.split()[1][0] for each in store.articles()))

    store.add([*held("a", "b", "c"), extraction(article("z"))])
    assert names() == "abcz"
    store.add([*held("b", "d"), extraction(article("y"))])
    assert names() == "bdyz"


def test_lines_of_a_file_are_known_by_their_id_and_stay_when_the_file_is_exchanged(store: Store, tmp_path: Path):
    file = tmp_path / "today.jsonl"
    file.write_text("".join(json.dumps({"id": id, "text": f"Chile met Peru {id}."}) + "\n" for id in "ab"))
    build(store, file)
    file.write_text("".join(json.dumps({"id": id, "text": f"Chile met Bolivia {id}."}) + "\n" for id in "bc"))
    build(store, file)
    assert texts(store) == ["Chile met Bolivia b.", "Chile met Bolivia c.", "Chile met Peru a."]


# URLs


def versions() -> list[Extraction]:
    """Five versions of one page, from several files, the first the one that stays."""
    told = [
        ("2025-07-14", "Short."),
        ("2025-07-13", "The longest of all the versions of the page."),
        ("2025-07-13", "A shorter one."),
        ("2025-07-13", "An older one."),
        (None, "Without a date."),
    ]
    found = []
    for number, (published, text) in enumerate(told):
        of = article(
            f"n{number}", published=published, text=text, url="https://news.example/x", origin=f"file {number}"
        )
        found.append(extraction(of, [claim(of, when="2025-07-12")]))
    return found


@given(st.permutations(versions()), st.lists(st.integers(1, 4), min_size=5))
def test_of_versions_of_one_url_the_one_published_last_stays_in_whatever_order_they_come(
    found: list[Extraction], sizes: list[int]
):
    with Store.open(None, relations=RELATIONS) as store, Store.open(None, relations=RELATIONS) as once:
        for size in sizes:
            store.add(found[:size])
            found = found[size:]
        once.add(versions()[:1])
        assert content(store) == content(once)


def test_of_versions_of_one_day_the_longer_stays():
    for found in permutations(versions()[1:]):
        with Store.open(None, relations=RELATIONS) as store:
            store.add(found)
            assert texts(store) == ["The longest of all the versions of the page."]


def test_a_file_with_a_url_holds_what_it_holds_now_whatever_its_date(store: Store):
    later, earlier = versions()[:2]
    store.add([later])
    store.add([extraction(replace(earlier.article, origin="file 0"))])
    assert texts(store) == [earlier.article.text]


# When they came


def test_an_article_keeps_the_moment_when_it_was_first_seen(tmp_path: Path):
    moments = iter([MORNING, EVENING])
    of = article()
    with Store.open(tmp_path / "s", relations=RELATIONS, clock=lambda: next(moments)) as store:
        store.add([extraction(of)])
        store.add([extraction(of, [claim(of)])])
        store.add([extraction(article("b"))])
        assert store.first_seen(of.id) == MORNING
        assert store.first_seen(article("b").id) == EVENING
        assert store.first_seen("unknown") is None


def test_when_an_article_was_first_seen_is_in_no_export_unless_asked_for(tmp_path: Path):
    found = []
    for moment in (MORNING, EVENING):
        path = tmp_path / f"{moment:%H}"
        with Store.open(path, relations=RELATIONS, clock=lambda moment=moment: moment) as store:
            store.add([extraction(article(origin=str(moment)))])
            found.append((content(store), list(store.graph_triples())))
        with Store.open(path, read_only=True, first_seen=True) as store:
            for quads in (store.graph_triples(), store.dataset_quads()):
                said = [quad.object.value for quad in quads if quad.predicate.value.endswith("#firstSeen")]
                assert said == [f"{moment:%Y-%m-%dT%H:%M:%SZ}"]
    assert found[0] == found[1]
