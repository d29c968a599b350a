"""`timeline`, `path`, `diff` and `--as-of` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli import assert_one_line_error, geograph, sample

__all__ = ["sample"]


def test_a_timeline_a_path_and_a_diff_of_the_samples(sample: Path) -> None:
    line, *_ = geograph("timeline", "Mauritania", "Portugal", "--from", "2031-03-19", cwd=sample).stdout.splitlines()
    assert line.startswith("2031-03-19  Mauritania seizes Portugal (1 article, 1 independent: 2031-03-21-")
    first, *_ = geograph("path", "Norway", "Ethiopia", cwd=sample).stdout.splitlines()
    assert first == "Norway – Josphat Wekulo – Ethiopia"
    done = geograph("diff", "--from", "2031-04-03", "--to", "2031-05-16", "--format", "json", cwd=sample)
    turned = json.loads(done.stdout)["turned"]
    assert [[actor["label"] for actor in each["actors"]] for each in turned] == [["Mauritania", "Portugal"]]
    assert done.stderr.splitlines() == [
        "as of 2031-04-03: 6 articles, 16 published later left out",
        "as of 2031-05-16: 11 articles, 11 published later left out",
    ]


@pytest.mark.parametrize(
    "command",
    [
        ["query", "articles", "-f", "csv"],
        ["show", "Norway"],
        ["export", "-f", "csv"],
        ["timeline", "-f", "csv"],
        ["path", "Norway", "Kenya"],
    ],
    ids=lambda command: command[0],
)
def test_as_of_a_day_what_came_later_is_not_there(sample: Path, command: list[str]) -> None:
    done = geograph(*command, "--as-of", "2031-03-05", cwd=sample)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "as of 2031-03-05: 3 articles, 19 published later left out\n"
    assert "2031-03-04-norway" in done.stdout or "Norwegian" in done.stdout or "Norway" in done.stdout
    assert "Mauritania" not in done.stdout


def test_a_page_as_of_a_day(sample: Path, tmp_path: Path) -> None:
    done = geograph("view", "--as-of", "2031-03-05", "--out", tmp_path / "page.html", cwd=sample)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "page.html").read_text()
    assert "Norway" in page and "Mauritania" not in page


def test_two_stores_can_be_compared(sample: Path) -> None:
    done = geograph("diff", "exports/store", "exports/store", cwd=sample)
    assert (done.returncode, done.stdout) == (0, "nothing changed\n")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["diff", "--from", "2031-04-03", "--format", "xls"], ("xls", "json")),
        (["timeline", "Norwai"], ("Norwai", "Norway")),
        (["timeline", "--relation", "meet"], ("meet", "meets")),
        (["path", "Norway", "Norway"], ("Norway",)),
        (["path", "Norway", "Kenya", "--format", "csv"], ("csv", "json")),
        (["query", "articles", "--format", "xls"], ("xls", "json")),
    ],
)
def test_what_is_wrong_is_named_in_one_line(sample: Path, args: list[str], words: tuple[str, ...]) -> None:
    assert_one_line_error(geograph(*args, cwd=sample), *words)


@pytest.mark.parametrize(
    "args",
    [
        ["diff"],
        ["diff", "exports/store"],
        ["diff", "--from", "2031-02-30"],
        ["diff", "--from", "2031-05-01", "--to", "2031-04-01"],
        ["timeline", "--status", "likely"],
        ["timeline", "Norway", "Kenya", "Peru"],
        ["show", "Norway", "--as-of", "yesterday"],
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2(sample: Path, args: list[str]) -> None:
    assert geograph(*args, cwd=sample).returncode == 2
