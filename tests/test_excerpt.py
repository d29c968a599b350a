"""A part of the graph on a page of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geograph.cli import app
from geograph.excerpt import Excerpt
from geograph.model import Fact, Period, Status


def fact(subject: str, relation: str, object: str, when: str | None = None, sources: int = 1) -> Fact:
    period = Period(when) if when else None
    return Fact(relation, subject, object, Status.ACTUAL, (), period, independent_source_count=sources)


FACTS = [
    fact("RUS", "meets", "PRK", "2025-07-12"),
    fact("PRK", "visits", "CHN", "2025-08", 2),
    fact("CHN", "supplies", "FRA"),
]


def taken(excerpt: Excerpt) -> list[str]:
    return [f"{each.subject} {each.relation} {each.object}" for each in excerpt.of(FACTS)]


def test_without_a_choice_all_is_taken() -> None:
    assert Excerpt().of(FACTS) == FACTS


@pytest.mark.parametrize(
    ("hops", "expected"),
    [
        (0, []),
        (1, ["RUS meets PRK"]),
        (2, ["RUS meets PRK", "PRK visits CHN"]),
        (9, ["RUS meets PRK", "PRK visits CHN", "CHN supplies FRA"]),
    ],
)
def test_around_an_actor_so_many_steps(hops: int, expected: list[str]) -> None:
    assert taken(Excerpt(frozenset({"RUS"}), hops)) == expected


def test_a_period_takes_what_may_have_happened_in_it_and_nothing_undated() -> None:
    assert taken(Excerpt(first=date(2025, 8, 31))) == ["PRK visits CHN"]
    assert taken(Excerpt(last=date(2025, 7, 31))) == ["RUS meets PRK"]


def test_relations_and_independent_sources_choose() -> None:
    assert taken(Excerpt(relations=frozenset({"supplies"}))) == ["CHN supplies FRA"]
    assert taken(Excerpt(least_sources=2)) == ["PRK visits CHN"]


def test_the_command_line_writes_a_page_of_a_part_or_none(tmp_path: Path) -> None:
    run, store, page = CliRunner().invoke, str(tmp_path / "store"), tmp_path / "part.html"
    article = tmp_path / "a.txt"
    article.write_text("France imposed sanctions on Iran on 3 March 2025. Norway criticized Ghana.", "utf-8")
    assert run(app, ["build", str(article), "--store", store, "--out", str(tmp_path)]).exit_code == 0
    done = run(app, ["view", "--entity", "Norway", "--store", store, "--out", str(page)])
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert "Ghana" in text and "Iran" not in text
    page.unlink()
    assert run(app, ["view", "--from", "2031-01-01", "--store", store, "--out", str(page)]).exit_code == 1
    assert not page.exists()
