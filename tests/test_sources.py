"""Sources: what becomes an article, and what is named and left out."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from geograph import ontology, sources
from geograph.errors import SourceError
from geograph.model import Article

ONTOLOGY = ontology.load()
SENTENCE = "The envoy of Ruritania met the minister of Graustark in Strelsau on Monday."


def read(*given: str | Path, stdin: bytes | None = None) -> tuple[list[Article], list[str]]:
    errors: list[SourceError] = []
    stream = io.BytesIO(stdin) if stdin is not None else None
    articles = list(sources.read(given, on_error=errors.append, ontology=ONTOLOGY, stdin=stream))
    assert all("\n" not in str(error) for error in errors)
    return articles, [str(error) for error in errors]


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return file


def test_a_text_file_is_one_article(write: Write) -> None:
    [article], errors = read(write("talks.txt", f"Envoys meet in Strelsau for talks\n\n{SENTENCE}\n"))
    assert (article.document, article.title, article.text) == ("talks", "Envoys meet in Strelsau for talks", SENTENCE)
    assert article.published is None
    assert not errors


def test_front_matter_says_what_the_article_is(write: Write) -> None:
    head = (
        'title: "Envoys: talks"\ndate: 2025-07-12\npublisher: Example Wire\nurl: https://example.org/a\n'
        "agency: EW\nsample: true\nlicence: CC0\ntags: [a, b]\n"
    )
    [article], errors = read(write("a.md", f"---\n{head}---\n\n{SENTENCE}\n"))
    assert article.text == SENTENCE
    assert article.title == "Envoys: talks"
    assert article.published == date(2025, 7, 12)
    assert (article.publisher, article.agency, article.url) == ("Example Wire", "EW", "https://example.org/a")
    assert article.sample
    assert article.metadata == (("licence", "CC0"), ("tags", '["a", "b"]'))
    assert not errors


@pytest.mark.parametrize("day", ["2025-07-12", "2025-07-12T23:10:00Z", "July 12, 2025", "12 July 2025", "'2025-07-12'"])
def test_dates_are_read_as_people_write_them(write: Write, day: str) -> None:
    [article], _ = read(write("a.txt", f"---\ndate: {day}\n---\n{SENTENCE}"))
    assert article.published == date(2025, 7, 12)


@pytest.mark.parametrize("day", ["2025-02-30", "July 32, 2025", "soon", "2025-07"])
def test_an_impossible_date_is_named(write: Write, day: str) -> None:
    articles, [error] = read(write("a.txt", f"---\ndate: {day}\n---\n{SENTENCE}"))
    assert not articles
    assert day in error
    assert "a.txt" in error


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("title: one: two\n", 2),
        ("date: 2025-07-12\ntitle: [never closed\n", None),
        ("- a\n- b\n", 2),
        ("a: &x 1\nb: *x\n", 2),
        ("a: " + "[" * 50 + "]" * 50 + "\n", 2),
    ],
)
def test_broken_front_matter_is_named_with_its_line(write: Write, head: str, line: int | None) -> None:
    articles, [error] = read(write("a.txt", f"---\n{head}---\n{SENTENCE}"))
    assert not articles
    assert "a.txt:" in error
    assert "front matter" in error
    if line:
        assert f"a.txt:{line}:" in error


def test_front_matter_that_does_not_end_is_named(write: Write) -> None:
    _, [error] = read(write("a.txt", f"---\ntitle: a\n{SENTENCE}"))
    assert "a.txt:1: the front matter does not end" in error


def test_a_url_that_is_none_stays_metadata(write: Write) -> None:
    [article], _ = read(write("a.txt", f"---\nurl: 'javascript:alert(1)'\n---\n{SENTENCE}"))
    assert article.url is None
    assert article.metadata == (("url", "javascript:alert(1)"),)


def test_a_dateline_gives_agency_and_date_and_leaves_the_text(write: Write) -> None:
    [article], _ = read(write("a.txt", f"STRELSAU, July 12, 2025 (Reuters) - {SENTENCE}"))
    assert article.text == SENTENCE
    assert (article.published, article.agency, article.publisher) == (date(2025, 7, 12), "Reuters", "Reuters")
    assert dict(article.metadata)["dateline"] == "STRELSAU, July 12, 2025 (Reuters)"


def test_json_lines_are_articles_and_bad_lines_are_named(write: Write) -> None:
    lines = [
        json.dumps({"id": "a-17", "title": "T", "text": SENTENCE, "published": "2025-07-12", "desk": 4}),
        "{broken",
        json.dumps({"title": "no text"}),
        "",
        json.dumps({"text": SENTENCE, "published": "2025-02-30"}),
        json.dumps([1]),
        json.dumps({"text": "Another sentence stands here."}),
    ]
    articles, errors = read(write("batch.jsonl", "\n".join(lines)))
    assert [article.document for article in articles] == ["a-17", "batch"]
    assert articles[0].metadata == (("desk", "4"),)
    assert articles[0].published == date(2025, 7, 12)
    assert [error.split("batch.jsonl:")[1].split(":")[0] for error in errors] == ["2", "3", "5", "6"]


def test_standard_input_is_text_or_json_lines() -> None:
    [article], _ = read("-", stdin=SENTENCE.encode())
    assert (article.document, article.text) == ("stdin", SENTENCE)
    [article], _ = read("-", stdin=b"\n" + json.dumps({"text": SENTENCE}).encode())
    assert article.text == SENTENCE
    assert "no article" in read("-", stdin=b"")[1][0]


def test_folders_and_patterns_are_read_sorted_and_each_file_once(write: Write, tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.md", "three.txt", "b/notes.csv", ".hidden/four.txt"):
        write(name, f"{SENTENCE} {name}")
    articles, errors = read(tmp_path, tmp_path / "three.txt", str(tmp_path / "*" / "*.txt"))
    assert [article.document for article in articles] == ["one", "two", "three"]
    assert not errors


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "no article"),
        ("a.txt", b" \n\n", "no article"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "not a text file"),
        ("a.txt", bytes(range(1, 32)) * 9, "not a text file"),
        ("a.txt", bytes(range(192, 256)) * 9, "not a text file"),
        ("a.txt", b"\xff\xfe\x00", "not a text file"),
        ("a.txt", b"word " * 500_000, "over 2 MB"),
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\0\0\n\0\n", "not JSON lines"),
        ("a.html", b"", "not an HTML page"),
        ("a.html", b"<html><script>alert(1)</script>", "no article"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0\0", "not an HTML page"),
        ("a.pdf", b"%PDF-1.7 and no more", "no PDF"),
        ("a.docx", b"PK no archive", "no DOCX"),
        ("a.eml", b"", "no text in this message"),
        ("a.warc", b"WARC/9", "no WARC archive"),
        ("a.json", b"{broken", "broken JSON"),
        ("a.csv", b"", "no head"),
        ("a.csv", b"text,title\n", "no row"),
        ("a.txt.gz", b"\x1f\x8b no gzip", "broken gzip"),
    ],
)
def test_what_is_no_article_is_named_in_one_line(write: Write, name: str, content: bytes, words: str) -> None:
    articles, [error] = read(write(name, content), write("good.txt", SENTENCE))
    assert [article.document for article in articles] == ["good"]
    assert words in error
    assert name in error


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    given = [tmp_path / "none.txt", tmp_path / "empty", tmp_path / "*.md", "", "https://example.org/a", "-"]
    articles, errors = read(*given, tmp_path / "loop.txt")
    assert not articles
    for words in ("no such file", "no article in this folder", "no file matches", "web addresses", "standard input"):
        assert any(words in error for error in errors)
    assert any("loop.txt" in error for error in errors)
    assert len(errors) == len(given) + 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_named(write: Write) -> None:
    path = write("a.txt", SENTENCE)
    path.chmod(0)
    assert "no permission" in read(path)[1][0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_give_the_same_text(write: Write, encoding: str) -> None:
    text = "The “envoy” of Zürich met the minister in Strelsau – twice."
    [article], _ = read(write("a.txt", text.encode(encoding)))
    assert article.text == text


def test_text_is_as_the_reader_sees_it(write: Write) -> None:
    [article], _ = read(write("a.txt", "The envoy\u00a0of Zu\u0308rich\u200b met\u202e him.\r\nHe\x07 left.\r"))
    assert article.text == "The envoy of Zürich met him.\n\nHe left."


def test_hard_wrapped_paragraphs_are_joined(write: Write) -> None:
    text = (
        "The envoy of Ruritania met the minister of Graustark in the\n"
        "capital on Monday, his office said in a statement that was\n"
        "sent to reporters.\n\nThe talks lasted for two hours."
    )
    [article], _ = read(write("a.txt", text))
    assert article.text.split("\n\n") == [" ".join(text.split("\n\n")[0].split()), "The talks lasted for two hours."]


def test_markdown_marks_leave_the_text(write: Write) -> None:
    [article], _ = read(
        write("a.md", "# Envoys meet in the capital\n\nThe *envoy* met [the minister](http://x.y) **twice**.")
    )
    assert article.title == "Envoys meet in the capital"
    assert article.text == "The envoy met the minister twice."


def test_a_headline_given_beside_the_text_is_read_as_its_first_paragraph(write: Write) -> None:
    headline = "Envoys of Norway and Ghana meet"
    [article], _ = read(write("a.md", f"---\ntitle: {headline}\n---\n\n{SENTENCE}\n"))
    assert (article.title, article.text) == (headline, f"{headline}\n\n{SENTENCE}")
    [again], _ = read(write("b.md", f"---\ntitle: {headline}\n---\n\n{headline}\n\n{SENTENCE}\n"))
    assert again.text == article.text
    record = json.dumps({"title": headline, "text": SENTENCE})
    [line], _ = read(write("c.jsonl", record))
    assert line.text == article.text


def test_a_plain_article_is_never_cut(write: Write) -> None:
    text = "\n\n".join(
        [
            "The envoy of Ruritania met the minister of Graustark on Monday.",
            "Background",
            "What the two sides said before the talks",
            "MINISTER: The talks were good.",
            "ENVOY: The talks were long.",
            "“Where were you?” the minister asked. “At home,” the envoy said.",
            "A list of the towns follows",
        ]
    )
    [article], _ = read(write("a.txt", f"---\ntitle: T\n---\n{text}"))
    assert article.text == text


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.one_of(st.binary(max_size=400), st.text(max_size=400).map(str.encode)),
    kind=st.sampled_from(["-", "txt", "md", "jsonl"]),
)
def test_any_bytes_give_articles_or_errors(tmp_path: Path, data: bytes, kind: str) -> None:
    if kind == "-":
        articles, errors = read("-", stdin=data)
    else:
        path = tmp_path / f"any.{kind}"
        path.write_bytes(data)
        articles, errors = read(path)
    assert articles or errors
    assert all(article.text.strip() and article.document for article in articles)


WORDS = st.sampled_from(
    [
        "Sign up here.",
        "SEOUL, July 12 (Reuters) – ",
        "Reporting by A B; Editing by C D",
        "26 minutes ago",
        "The Sun",
        "- The Sun",
        "Summary ",
        "Related Articles",
        "Headline of the day in words",
        SENTENCE,
        "July 12, 2025",
        "Item 1 of 3 ",
        "REUTERS/A B",
        "\n",
        "\n\n",
        " ",
        "(AP) — ",
        ", opens new tab",
        "Our Standards: all",
        "By A B",
        "---\n",
        "…",
        "“",
        "(Reuters) -",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_any_page_gives_articles_or_errors_and_twice_the_same(text: str) -> None:
    articles, errors = read("-", stdin=text.encode())
    assert articles or errors
    assert all(article.text.strip() for article in articles)
    assert len({article.id for article in articles}) == len(articles)
    assert read("-", stdin=text.encode()) == (articles, errors)


PLAIN = st.text(st.characters(codec="ascii", categories=["L", "N", "P"]), min_size=1, max_size=40).filter(
    lambda text: text.lower() not in ("null", "none", "~")
)


@settings(max_examples=100, deadline=None)
@given(title=PLAIN, publisher=PLAIN, day=st.dates())
def test_front_matter_comes_back_as_written(title: str, publisher: str, day: date) -> None:
    head = "\n".join(f"{key}: {json.dumps(value)}" for key, value in {"title": title, "publisher": publisher}.items())
    [article], errors = read("-", stdin=f"---\n{head}\ndate: {day.isoformat()}\n---\n{SENTENCE}".encode())
    assert (article.title, article.publisher, article.published) == (title, publisher, day)
    assert not errors


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(order=st.permutations(["a.txt", "b.md", "c.jsonl", "d/e.txt"]))
def test_the_order_of_sources_does_not_matter(tmp_path: Path, order: list[str]) -> None:
    (tmp_path / "d").mkdir(exist_ok=True)
    for name in order:
        body = json.dumps({"text": f"{SENTENCE} {name}"}) if name.endswith("jsonl") else f"{SENTENCE} {name}"
        (tmp_path / name).write_text(body)
    assert read(*(tmp_path / name for name in order)) == read(tmp_path)
