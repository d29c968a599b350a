"""The real command line, in processes of their own, over the samples and over bad input."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language

from geograph import cli
from geograph.samples import sample_paths

ARTICLE = "France imposed sanctions on Iran on Monday. Japan did not impose sanctions on Iran."


def geograph(
    *args: str | Path, cwd: Path, stdin: str | bytes = b"", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs `geograph` in `cwd` and gives what it printed."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "geograph", *map(str, args)],
        cwd=cwd,
        input=data,
        capture_output=True,
        timeout=300,
        env={**os.environ, **(env or {})},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def assert_one_line_error(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The run failed with one line that holds every one of `words`, and no traceback."""
    assert done.returncode != 0, done.stdout
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `geograph build --sample` was run."""
    folder = tmp_path_factory.mktemp("sample")
    done = geograph("build", "--sample", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "exports/graph.html" in done.stdout and "exports/graph.ttl" in done.stdout
    return folder


def test_build_of_the_samples_writes_page_turtle_and_store(sample: Path) -> None:
    assert (sample / "exports/graph.html").read_text().startswith("<!DOCTYPE html>")
    assert "gg:meets" in (sample / "exports/graph.ttl").read_text()


def test_one_line_query_knows_the_prefixes(sample: Path) -> None:
    done = geograph("query", "SELECT ?a ?b { ?a gg:sanctions ?b }", "--format", "csv", cwd=sample)
    assert done.returncode == 0, done.stderr
    header, *rows = done.stdout.splitlines()
    assert header == "a,b" and rows


def test_every_quote_of_the_samples_is_the_text_at_its_offsets(sample: Path) -> None:
    texts = {a["article"]: a["text"] for a in _lines(geograph("export", "-f", "articles", cwd=sample).stdout)}
    claims = _lines(geograph("export", "-f", "jsonl", cwd=sample).stdout)
    assert claims
    for claim in claims:
        text = texts[claim["article"]]
        assert text[claim["start"] : claim["end"]] == claim["quote"]
        for span in ("subject_span", "object_span", "trigger_span", "date_span"):
            if claim[span]:
                assert 0 <= claim[span][0] < claim[span][1] <= len(text)


def test_check_finds_no_fault_in_the_samples(sample: Path) -> None:
    done = geograph("check", cwd=sample)
    assert done.returncode == 0, done.stdout
    assert "no fault" in done.stdout


def test_the_samples_keep_the_shapes(sample: Path) -> None:
    done = geograph("check", "--shapes", cwd=sample)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "format", ["turtle", "trig", "nquads", "jsonld", "rdfxml", "csv", "graphml", "gexf", "mentions"]
)
def test_every_format_is_written(sample: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "out"
    done = geograph("export", "--format", format, "--out", out, cwd=sample)
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size > 1000


def test_show_prints_a_dossier_with_sources(sample: Path) -> None:
    rows = geograph("query", "SELECT ?name { ?x a gg:Person ; rdfs:label ?name }", "-f", "csv", cwd=sample).stdout
    name = rows.splitlines()[1].strip('"')
    done = geograph("show", name, cwd=sample)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(name)


def test_show_of_an_unknown_entity_names_it(sample: Path) -> None:
    assert_one_line_error(geograph("show", "Zzyzx Qwfp", cwd=sample), "Zzyzx Qwfp")


def test_unknown_relation_format_and_query_are_named(sample: Path) -> None:
    assert_one_line_error(geograph("relations", "sanctionss", cwd=sample), "sanctionss", "sanctions")
    assert_one_line_error(geograph("export", "--format", "xls", cwd=sample), "xls", "turtle")
    assert_one_line_error(geograph("query", "SELECT ?a { ?a gg:meets", cwd=sample), "query")
    assert_one_line_error(geograph("query", "who-met-hoom", cwd=sample), "who-met-hoom")


def test_query_that_fetches_from_elsewhere_is_refused(sample: Path) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    assert_one_line_error(geograph("query", query, cwd=sample), "SERVICE")


def test_missing_store_says_build_first(tmp_path: Path) -> None:
    for command in (["query", "SELECT * { ?s ?p ?o }"], ["show", "France"], ["export"], ["view"], ["check"]):
        assert_one_line_error(geograph(*command, cwd=tmp_path), "exports/store", "build")


def test_sources_that_cannot_be_read_are_left_out_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(f"---\ntitle: Good\ndate: 2025-07-16\n---\n\n{ARTICLE}\n")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\xff" * 100)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "broken.txt").write_text("---\ntitle: [unclosed\n---\nText.\n")
    (tmp_path / "impossible.txt").write_text("---\ndate: 2025-02-30\n---\nText.\n")
    (tmp_path / "huge.txt").write_text("France met Iran. " * 130_000)
    (tmp_path / "empty-folder").mkdir()
    names = [
        "good.txt",
        "binary.txt",
        "empty.txt",
        "broken.txt",
        "impossible.txt",
        "huge.txt",
        "empty-folder",
        "none.txt",
    ]
    done = geograph("build", *names, "--store", tmp_path / "store", cwd=tmp_path)
    assert done.returncode == cli.LEFT_OUT, done.stderr
    for name in names[1:]:
        told = [line for line in done.stderr.splitlines() if name in line]
        assert len(told) == 1, (name, done.stderr)
    assert "7 left out" in done.stderr
    claims = _lines(geograph("export", "-f", "jsonl", "--store", tmp_path / "store", cwd=tmp_path).stdout)
    assert {(c["subject"]["label"], c["relation"], c["object"]["label"], c["status"], c["date"]) for c in claims} == {
        ("France", "sanctions", "Iran", "actual", "2025-07-14"),
        ("Japan", "sanctions", "Iran", "denied", None),
    }


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    line = json.dumps({"id": "a-17", "text": ARTICLE, "published": "2025-07-16", "publisher": "Kestrel Wire"})
    done = geograph("build", "-", cwd=tmp_path, stdin=line + "\n")
    assert done.returncode == 0, done.stderr
    claims = _lines(geograph("export", "-f", "jsonl", cwd=tmp_path).stdout)
    assert {claim["document"] for claim in claims} == {"a-17"}


def test_an_article_can_be_removed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE.replace("Monday", f"Monday, report {name} said"))
    assert geograph("build", tmp_path, cwd=tmp_path).returncode == 0
    done = geograph("remove", "one", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {claim["document"] for claim in _lines(geograph("export", "-f", "jsonl", cwd=tmp_path).stdout)} == {"two"}
    assert_one_line_error(geograph("remove", "one", cwd=tmp_path), "one")
    assert_one_line_error(geograph("remove", "one", "--store", "nowhere", cwd=tmp_path), "nowhere")


def test_samples_never_mix_with_real_articles(sample: Path, tmp_path: Path) -> None:
    article = tmp_path / "real.txt"
    article.write_text(ARTICLE)
    assert_one_line_error(geograph("build", article, cwd=sample), "sample", "--new")


def test_unknown_model_is_named(tmp_path: Path) -> None:
    done = geograph("build", "--sample", "--model", "no_such_pipeline", cwd=tmp_path)
    assert_one_line_error(done, "no_such_pipeline")


def test_wrong_use_exits_with_2(tmp_path: Path) -> None:
    for args in (
        ["build"],
        ["query"],
        ["nonsense"],
        ["export", "--nonsense"],
        ["query", "timeline", "-p", "no-equals"],
    ):
        assert geograph(*args, cwd=tmp_path).returncode == 2


def test_help_of_every_command_tells_its_examples(sample: Path) -> None:
    for command in cli.app.registered_commands:
        name = command.callback.__name__ if command.callback else ""
        text = geograph(name, "--help", cwd=sample).stdout
        assert "Examples:" in text and f"$ geograph {name}" in text


_RUN = {"query", "export", "view", "show", "relations", "check"}


def _examples() -> list[str]:
    found = []
    for command in cli.app.registered_commands:
        found += re.findall(r"^\$ (geograph .*)$", command.epilog or "", flags=re.MULTILINE)
    return [line for line in found if shlex.split(line)[1] in _RUN]


@pytest.mark.parametrize("example", _examples())
def test_examples_of_the_help_run(sample: Path, tmp_path: Path, example: str) -> None:
    args = shlex.split(example)[1:]
    args = [str(tmp_path / arg) if args[i - 1] in {"--out", "-o"} else arg for i, arg in enumerate(args)]
    done = geograph(*args, cwd=sample)
    assert done.returncode == 0, done.stderr


def test_the_small_sample_of_the_exports_is_what_a_build_gives(tmp_path: Path, nlp: Language) -> None:
    if nlp.meta["name"] != "core_web_md":
        pytest.skip("exports/sample.ttl shows what the md pipeline reads (Python 3.12 or newer)")
    article = next(path for path in sample_paths() if path.stem == "2031-03-05-wind-power-deal")
    assert geograph("build", article, "--store", tmp_path / "store", cwd=tmp_path).returncode == 0

    def timeless(path: Path) -> list[str]:
        """The lines but for the versions of what read them."""
        return [line for line in path.read_text("utf-8").splitlines() if "gg:version" not in line]

    shown = Path(__file__).resolve().parents[1] / "exports" / "sample.ttl"
    assert timeless(tmp_path / "graph.ttl") == timeless(shown), "make sample writes it anew"


def test_the_query_of_the_readme_gives_the_answer_of_the_readme(sample: Path, nlp: Language) -> None:
    if nlp.meta["name"] != "core_web_md":
        pytest.skip("the README shows what the md pipeline reads (Python 3.12 or newer)")
    readme = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")
    block = readme.split("```console\n$ ", 1)[1].split("```", 1)[0]
    command, answer = block.split("\n", 1)
    assert geograph(*shlex.split(command)[1:], cwd=sample).stdout == answer


def _lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_explain_tells_what_it_reads_and_why(tmp_path: Path) -> None:
    done = geograph("explain", "Norway will sanction Ghana on Friday.", "--date", "2031-07-16", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Norway sanctions Ghana" in done.stdout and "planned" in done.stdout and "2031-07-18" in done.stdout
    piped = geograph("explain", "-", cwd=tmp_path, stdin="Norway sanctioned Ghana.")
    assert "actual" in piped.stdout


@pytest.mark.parametrize(
    ("args", "words"), [(("Norway met Ghana.", "--date", "soon"), ("--date", "'soon'")), ((" ",), ("sentence",))]
)
def test_explain_names_the_option_that_is_wrong(args: tuple[str, ...], words: tuple[str, ...], tmp_path: Path) -> None:
    done = geograph("explain", *args, cwd=tmp_path)
    assert done.returncode == 2
    assert all(word in done.stderr for word in words) and "Traceback" not in done.stderr
