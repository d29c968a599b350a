"""PDF, DOCX, e-mail, web archives, tables and JSON: what becomes of them, and of broken ones."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings, strategies as st
from page_factory import page
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from geograph import ontology, sources
from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.documents import unwrapped
from geograph.sources.isolated import Taker
from geograph.sources.records import columns

ONTOLOGY = ontology.load()
FIRST = "The foreign minister of Ruritania said on Monday that talks with Graustark had reached the stage of a draft."
SECOND = "Officials in Strelsau told reporters that the border would stay open for another forty days of harvest."
STORY = f"{FIRST}\n\n{SECOND}"
Write = Callable[[str, bytes], Path]


def read(*given: str | Path, named: dict[str, str] | None = None) -> tuple[list[Article], list[str]]:
    errors: list[SourceError] = []
    articles = list(sources.read(given, on_error=errors.append, ontology=ONTOLOGY, columns=named))
    assert all("\n" not in str(error) for error in errors)
    return articles, [str(error) for error in errors]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def file(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return file


def pdf(pages: Sequence[Sequence[str]], password: str | None = None) -> bytes:
    """A PDF with these lines on its pages."""
    writer = PdfWriter()
    font = DictionaryObject(
        {NameObject(key): NameObject(value) for key, value in (("/Type", "/Font"), ("/Subtype", "/Type1"))}
        | {NameObject("/BaseFont"): NameObject("/Helvetica")}
    )
    for lines in pages:
        sheet = writer.add_blank_page(612, 792)
        sheet[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        content = DecodedStreamObject()
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        content.set_data(f"BT /F1 11 Tf 14 TL 72 720 Td\n{shown}ET".encode())
        sheet[NameObject("/Contents")] = writer._add_object(content)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def docx(*paragraphs: str, title: str = "") -> bytes:
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = "Ana Quispe"
    document.core_properties.created = datetime(2031, 3, 5)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def warc(records: Sequence[tuple[str, str, bytes]], *, packed: bool) -> bytes:
    """A web archive of responses: address, status line, body."""
    found = b""
    for url, status, body in records:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-04-01T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        found += gzip.compress(record, mtime=0) if packed else record
    return found


LINES = [
    "Klow Daily",
    "Ministers edge towards a treaty",
    "The foreign minister of Ruritania said on Monday that talks with Graustark had reached",
    "the stage of a draft. He told reporters that the coopera-",
    "tion of both armies would go on, and that the cease-fire held.",
    "Officials in Strelsau told reporters that the border would stay open for another forty",
]


def test_a_pdf_is_read_as_paragraphs_without_its_running_heads(write: Write) -> None:
    pages = [
        [*LINES, "Page 1"],
        ["Klow Daily", "days of harvest, as the cease-", "fire allowed.", "Page 2"],
        ["Klow Daily", "The vote in Graustark is due in spring.", "Page 3"],
    ]
    [article], errors = read(write("a.pdf", pdf(pages)))
    assert not errors
    assert article.title == "Ministers edge towards a treaty"
    assert "Klow Daily" not in article.text and "Page" not in article.text
    assert "the cooperation of both armies would go on, and that the cease-fire held." in article.text
    assert "another forty days of harvest, as the cease-fire allowed." in article.text
    assert article.published is None


def test_lines_of_a_page_are_joined_to_paragraphs() -> None:
    wide = "word " * 18
    text = unwrapped([f"A heading\n{wide}\n{wide}\nshort end.\n{wide}\nand its end.", "Next one."])
    joined = " ".join(wide.split())
    assert text.split("\n\n") == ["A heading", f"{joined} {joined} short end.", f"{joined} and its end.", "Next one."]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (pdf([[FIRST]], "secret"), "encrypted with a password"),
        (pdf([[]]), "no text in it, only images"),
        (pdf([[FIRST]])[:300], "no PDF"),
        (b"%PDF-1.4\n" + b"1 0 obj <<" * 50_000, "no PDF"),
    ],
)
def test_a_pdf_that_cannot_be_read_is_named(write: Write, content: bytes, words: str) -> None:
    articles, [error] = read(write("a.pdf", content))
    assert not articles
    assert words in error and "a.pdf: " in error


def test_a_missing_package_is_named_with_the_extra_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("pypdf", "lxml"):
        (tmp_path / f"{package}.py").write_text(f"raise ModuleNotFoundError('gone', name='{package}')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    taker = Taker()
    try:
        assert taker.ask({"form": "pdf"}, b"") == "needs the package pypdf; pip install 'geograph[documents]'"
        assert taker.ask({"form": "html"}, b"x") == "needs the package lxml; pip install 'geograph[web]'"
    finally:
        taker.close()


def test_a_docx_gives_paragraphs_title_and_author_but_no_date(write: Write) -> None:
    [article], errors = read(write("a.docx", docx(FIRST, SECOND, title="Ministers edge towards a treaty")))
    assert not errors
    assert article.text == f"Ministers edge towards a treaty\n\n{STORY}"
    assert (article.title, article.published) == ("Ministers edge towards a treaty", None)
    assert dict(article.metadata) == {"author": "Ana Quispe"}


def test_a_document_that_unpacks_to_too_much_is_named(write: Write) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    _, [error] = read(write("a.docx", stream.getvalue()))
    assert "unpacks to over 50 MB" in error


def test_packed_text_is_unpacked_up_to_the_size_of_an_article(write: Write) -> None:
    good = write("a.txt.gz", gzip.compress(STORY.encode()))
    bomb = write("b.txt.gz", gzip.compress(b"word " * 20_000_000))
    [article], [error] = read(good, bomb)
    assert (article.document, article.text) == ("a", STORY)
    assert "b.txt.gz: over 2 MB" in error


HEADERS = (
    "From: =?utf-8?q?Klow_Daily?= <news@example.org>\r\nSubject: =?utf-8?q?Ministers_edge_towards_a_treaty?=\r\n"
    "Date: Wed, 05 Mar 2031 08:00:00 +0100\r\nMIME-Version: 1.0\r\n"
)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/plain; charset=utf-8", STORY),
        ("text/html; charset=utf-8", f"<table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td></tr></table>"),
    ],
)
def test_a_newsletter_gives_its_subject_sender_and_day(write: Write, kind: str, body: str) -> None:
    [article], errors = read(write("a.eml", f"{HEADERS}Content-Type: {kind}\r\n\r\n{body}".encode()))
    assert not errors
    assert (article.title, article.publisher) == ("Ministers edge towards a treaty", "Klow Daily")
    assert (article.published, dict(article.metadata)) == (date(2031, 3, 5), {"published_from": "mail Date"})
    assert article.text.endswith(STORY)


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive_gives_its_pages_and_names_those_without_article(write: Write, packed: bool) -> None:
    good = page(3)
    data = warc(
        [
            ("https://example.org/a", "200 OK", good.html),
            ("https://example.org/gone", "404 Not Found", good.html),
            ("https://example.org/empty", "200 OK", b"<html><body></body></html>"),
            ("https://example.org/b", "200 OK", page(4).html),
        ],
        packed=packed,
    )
    articles, [error] = read(write("news.warc.gz" if packed else "news.warc", data))
    assert [(a.url, a.title) for a in articles] == [
        ("https://example.org/a", good.title),
        ("https://example.org/b", page(4).title),
    ]
    assert dict(articles[0].metadata)["retrieved"] == "2031-04-01T10:00:00Z"
    assert articles[0].published == good.published
    assert "https://example.org/empty: no article" in error


def test_a_record_of_a_wrong_length_is_named_and_nothing_of_it_is_printed(
    write: Write, capfd: pytest.CaptureFixture[str]
) -> None:
    one = warc([("https://example.org/a", "200 OK", page(3).html)], packed=False)
    short = one.replace(b"Content-Length: 1", b"Content-Length: ", 1)
    _, errors = read(write("a.warc", short + one))
    assert any("a.warc: record" in error for error in errors)
    assert capfd.readouterr() == ("", "")


def test_a_web_archive_that_breaks_off_keeps_what_came_before(write: Write) -> None:
    one = ("https://example.org/a", "200 OK", page(3).html)
    data = warc([one, one], packed=False)
    articles, errors = read(write("a.warc", data[: len(data) // 2 + 50]))
    assert len(articles) >= 1
    assert all("a.warc: " in error for error in errors)


def test_a_table_is_an_article_a_row_and_bad_rows_are_named(write: Write) -> None:
    rows = [
        "ID,Headline,Body,PubDate,Source_URL,Source,desk",
        f'7,Talks go on,"{FIRST}\n\n{SECOND}",2031-03-05,https://example.org/a,Klow Daily,world',
        f'8,No day,"{FIRST}",2031-02-30,,,',
        "9,No text,,2031-03-05,,,",
        f"10,Cells too many,{FIRST},a,b,c,d,e,f",
        f'11,Second,"{SECOND}",20310306101500,javascript:x,,',
    ]
    data = b"\xef\xbb\xbf" + "\n".join(rows).encode()
    articles, errors = read(write("a.csv", data))
    assert [(a.document, a.title, a.published, a.url) for a in articles] == [
        ("7", "Talks go on", date(2031, 3, 5), "https://example.org/a"),
        ("11", "Second", date(2031, 3, 6), None),
    ]
    assert articles[0].publisher == "Klow Daily" and SECOND in articles[0].text
    assert dict(articles[0].metadata)["desk"] == "world"
    assert [error.split("a.csv:")[1].split(":")[0] for error in errors] == ["5", "6", "7"]


def test_a_stray_carriage_return_is_a_space_and_a_head_without_end_is_named(write: Write) -> None:
    [article], _ = read(write("a.csv", f"ti\rtle,text\r\nTalks\rgo on,{FIRST}\r\n".encode()))
    assert (article.title, article.text) == ("Talks go on", f"Talks go on\n\n{FIRST}")
    _, [error] = read(write("b.csv", b"x" * 2_000_100))
    assert "b.csv:1: " in error


def test_columns_are_named_where_their_heads_are_unusual(write: Write) -> None:
    path = write("a.tsv", f"x\ty\tz\n2031-03-05\tTalks\t{FIRST}\n".encode())
    articles, [error] = read(path)
    assert not articles and "--columns text=" in error
    [article], _ = read(path, named=columns("text=z, published=x"))
    assert (article.text, article.published, dict(article.metadata)) == (FIRST, date(2031, 3, 5), {"y": "Talks"})
    assert "no column 'w' for text" in read(path, named={"text": "w"})[1][0]
    with pytest.raises(SourceError, match="write text=COLUMN"):
        columns("txt=z")


def test_a_quote_that_never_closes_costs_its_row_only_or_ends_the_table(write: Write) -> None:
    wide = "\n".join(["text", f'"{FIRST}"', '"never closed', *["word " * 200] * 6_000, ""])
    articles, errors = read(write("a.csv", wide.encode()))
    assert [article.text for article in articles][:1] == [FIRST]
    assert errors and all("a.csv:" in error for error in errors)


@pytest.mark.parametrize("shape", ["list", "object"])
def test_a_json_file_is_a_list_of_articles_or_holds_one(write: Write, shape: str) -> None:
    records: list[object] = [
        {"headline": "Talks go on", "content": f"<p>{FIRST}</p><p>{SECOND}</p>", "source": {"name": "Klow Daily"}},
        {"content": None},
        4,
        {"content": SECOND, "publishedAt": "2031-03-05T10:00:00Z"},
    ]
    data = json.dumps(records if shape == "list" else {"status": "ok", "articles": records}).encode()
    articles, errors = read(write("a.json", data))
    assert articles[0].text.endswith(STORY) and articles[0].publisher == "Klow Daily"
    assert articles[1].published == date(2031, 3, 5)
    assert ["object 2" in errors[0], "object 3" in errors[1], len(errors)] == [True, True, 2]


def test_folders_give_documents_and_pages_but_no_tables(write: Write, tmp_path: Path) -> None:
    write("a.html", page(1).html)
    write("b.csv", b"text\nWords stand here.\n")
    write("c.json", b"{}")
    write("d.docx", docx(FIRST))
    write("saved", page(2).html)
    articles, errors = read(tmp_path)
    assert [article.document for article in articles] == ["a", "d"]
    assert not errors
    [article], _ = read(tmp_path / "saved")
    assert article.title == page(2).title


GOOD: dict[str, bytes] = {
    "a.pdf": pdf([LINES, LINES]),
    "a.docx": docx(FIRST, SECOND),
    "a.eml": f"{HEADERS}Content-Type: text/html; charset=utf-8\r\n\r\n<p>{FIRST}</p>".encode(),
    "a.warc": warc([("https://example.org/a", "200 OK", page(3).html)], packed=False),
    "a.warc.gz": warc([("https://example.org/a", "200 OK", page(3).html)], packed=True),
    "a.csv": f'title,text,date\nTalks,"{FIRST}",2031-03-05\n'.encode(),
    "a.json": json.dumps([{"text": FIRST}]).encode(),
    "a.jsonl": json.dumps({"text": FIRST}).encode(),
    "a.txt.gz": gzip.compress(STORY.encode()),
}


@pytest.mark.parametrize("name", GOOD)
def test_damaged_files_are_read_or_named(name: str, tmp_path: Path) -> None:
    path = tmp_path / name

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=12)), min_size=1, max_size=5))
    def holds(damages: list[tuple[float, int, bytes]]) -> None:
        data = GOOD[name]
        for place, length, put in damages:
            at = int(place * len(data))
            data = data[:at] + put + data[at + length :]
        path.write_bytes(data)
        articles, errors = read(path)
        assert articles or errors or name.startswith("a.warc")
        assert all(str(path) in error for error in errors)

    holds()
