"""HTML pages: what is the story, what is beside it, when it was published, and what no page can do to the reader."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from page_factory import ASIDE, broken, page

from geograph import ontology
from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.front_matter import Fields
from geograph.sources.html import read_html
from geograph.sources.isolated import Taker
from geograph.sources.phrases import boilerplate

PHRASES = boilerplate(ontology.load())
FIRST = "The foreign minister of Ruritania said on Monday that talks with Graustark had reached the stage of a draft."
SECOND = "Officials in Strelsau told reporters that the border would stay open for another forty days of harvest."
THIRD = "The parliament of Graustark voted for the treaty, which has yet to be signed by the president of Ruritania."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"


def read(html: str | bytes, url: str | None = None, known: Fields | None = None) -> list[Article]:
    data = html if isinstance(html, bytes) else html.encode()
    return list(read_html(data, name="a.html", document="a", phrases=PHRASES, url=url, known=known))


def only(html: str | bytes, url: str | None = None, known: Fields | None = None) -> Article:
    [article] = read(html, url, known)
    return article


def test_a_page_gives_its_story_and_nothing_beside_it() -> None:
    article = only(
        f"<html><head><title>Talks near a draft | Klow Daily</title><meta property='og:site_name' content='Klow Daily'>"
        f"<script>var p = 'Zembla attacks';</script><style>p {{ color: red }}</style></head><body>"
        f"<nav><p>World news from Zembla and elsewhere for you</p></nav><h1>Talks near a draft</h1>"
        f"<figure><img><figcaption>The envoy of Zembla in Onhava. Photo: Jan Novak</figcaption></figure><p>{FIRST}</p>"
        f"<div class='related-articles'><p>Zembla shelled the harbour of Onhava on Sunday, officials said.</p></div>"
        f"<p>{SECOND}</p><p>Sign up here.</p><p>{THIRD}</p><p>Reporting by Ana Quispe; Editing by Jan Novak</p>"
        f"<aside><p>Most read: Zembla lost the war that it never wanted to fight at all.</p></aside></body></html>"
    )
    assert article.text == f"Talks near a draft\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert (article.title, article.publisher) == ("Talks near a draft", "Klow Daily")
    assert article.published is None


@pytest.mark.parametrize("name", ["page with-sidebar", "share-area", "content-ad related-topics"])
def test_the_element_around_a_story_may_have_any_name(name: str) -> None:
    comments = "<p>I read of Zembla in the morning, and I think that it is all true.</p>" * 20
    inner = f"<div class='{name}'>{STORY}</div>"
    for html in (f"<div class='{name}'><h1>Talks</h1>{STORY}</div>", f"<h1>Talks</h1>{inner}"):
        assert only(f"<html><body>{html}</body></html>").text.endswith(THIRD)
    article = only(f"<html><body><h1>Talks</h1><div>{STORY}</div><div id='comments'>{comments}</div></body></html>")
    assert article.text.endswith(THIRD) and ASIDE not in article.text


@pytest.mark.parametrize(
    ("head", "body", "source"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2031-03-05T23:30-05:00"}</script>',
         "", "JSON-LD datePublished"),
        ('<meta property="article:published_time" content="2031-03-05T01:00Z">', "", "meta article:published_time"),
        ('<meta name="DC.date.issued" content="2031-03-05">', "", "meta dc.date.issued"),
        ("", '<span itemprop="datePublished" content="2031-03-05">5 March</span>', "datePublished element"),
        ("", '<time datetime="2031-03-05">Wednesday</time>', "time element"),
        ("", '<p class="post-date">March 5, 2031</p>', "date line"),
        ('<link rel="canonical" href="https://example.org/2031/03/05/talks">', "", "address"),
    ],
)  # fmt: skip
def test_the_day_is_taken_where_the_page_calls_it_so(head: str, body: str, source: str) -> None:
    article = only(f"<html><head>{head}</head><body><h1>Talks near a draft</h1>{body}{STORY}</body></html>")
    assert article.published == date(2031, 3, 5)
    assert dict(article.metadata)["published_from"] == source


@pytest.mark.parametrize(
    "body",
    [
        "<footer>© 2031 Klow Daily</footer>",
        "<footer>Copyright 2031-01-01</footer>",
        "<img src='/2031/03/05/lake.jpg'>",
        "<p>The pact of 2019-07-12 stays in force, and that of July 13, 2019, the ministry said in a statement.</p>",
        "<div class='date'>03/05/2031</div>",
        "<div class='related'><time datetime='2030-02-02'>2 Feb</time></div>",
        "<time datetime='2030-02-02'>a</time><time datetime='2030-02-03'>b</time>",
        "<meta property='article:modified_time' content='2031-03-05'>",
        "<meta name='date' content='1970-01-01'>",
        '<script type=\'application/ld+json\'>{"@type":"NewsArticle","datePublished":"2031-02-30"}</script>',
    ],
)
def test_a_day_is_never_guessed(body: str) -> None:
    assert only(f"<html><body><h1>Talks near a draft</h1>{STORY}{body}</body></html>").published is None


def test_a_dateline_goes_before_the_data_of_the_page_and_takes_its_year() -> None:
    told = f"<p>STRELSAU, March 4 (Reuters) - {FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
    head = '<meta property="article:published_time" content="2031-03-05">'
    article = only(f"<html><head>{head}</head><body><h1>Talks near a draft</h1>{told}</body></html>")
    assert (article.published, article.agency) == (date(2031, 3, 4), "Reuters")
    assert dict(article.metadata)["published_from"] == "dateline, year from meta article:published_time"
    late = head.replace("2031-03-05", "2031-11-05")
    assert only(f"<html><head>{late}</head><body><h1>Talks near a draft</h1>{told}</body></html>").published is None


def test_a_page_that_marks_several_articles_gives_each_with_its_own_day() -> None:
    posts = "".join(
        f"<article><h2>{title}</h2><time datetime='{day}'>now</time><p>{text}</p><p>{SECOND}</p></article>"
        for title, day, text in (("Ministers meet", "2031-03-05", FIRST), ("Vote is held", "2031-03-06", THIRD))
    )
    teaser = "<article><h3><a href='/z'>Zembla shelled Onhava</a></h3><p>It was on Sunday.</p></article>"
    first, second = read(f"<html><body><main><h1>Live: the treaty</h1>{posts}{teaser}</main></body></html>")
    assert [(a.title, a.published) for a in (first, second)] == [
        ("Ministers meet", date(2031, 3, 5)),
        ("Vote is held", date(2031, 3, 6)),
    ]
    assert FIRST in first.text and FIRST not in second.text
    assert ASIDE not in first.text + second.text


def test_articles_that_only_the_linked_data_holds_are_read_from_it() -> None:
    graph = [
        {"@type": "BlogPosting", "headline": f"Post {text[:9]}", "datePublished": day, "articleBody": text}
        for text, day in ((FIRST, "2031-03-05"), (THIRD, "2031-03-06"))
    ]
    linked = json.dumps({"@type": "LiveBlogPosting", "headline": "Live", "liveBlogUpdate": graph})
    found = read(f'<html><head><script type="application/ld+json">{linked}</script></head><body></body></html>')
    assert [article.published for article in found] == [date(2031, 3, 5), date(2031, 3, 6)]


def test_several_stories_in_one_text_are_cut_as_on_a_pasted_page() -> None:
    html = (
        f"<h1>Talks near a draft</h1><p>STRELSAU, March 4, 2031 (Reuters) - {FIRST}</p><p>{SECOND}</p>"
        f"<p>Reporting by Ana Quispe</p><p>Vote for the treaty is held in Graustark</p>"
        f"<p>TARLENHEIM, March 6, 2031 (AFP) - {THIRD}</p><p>It was held in the afternoon, the speaker said.</p>"
    )
    found = read(f"<html><body><div>{html}</div></body></html>")
    assert [(article.agency, article.published) for article in found] == [
        ("Reuters", date(2031, 3, 4)),
        ("AFP", date(2031, 3, 6)),
    ]


@pytest.mark.parametrize(
    ("url", "canonical", "known"),
    [
        (None, "https://example.org/a", "https://example.org/a"),
        (None, "javascript:alert(1)", None),
        (None, "/a", None),
        ("https://example.org/b?utm=1", "/a", "https://example.org/a"),
        ("https://example.org/b", "https://else.example/a", "https://example.org/b"),
        ("https://example.org/b", "", "https://example.org/b"),
        (None, "http://[::1", None),
    ],
)
def test_an_address_is_one_of_the_web_and_of_the_host_that_served_the_page(
    url: str | None, canonical: str, known: str | None
) -> None:
    html = f"<html><head><link rel='canonical' href='{canonical}'></head><body><h1>Talks</h1>{STORY}</body></html>"
    assert only(html, url).url == known


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "cp1252", "mac-roman"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "mac-roman", "no-such-charset", "rot13"])
def test_letters_survive_any_encoding_that_is_declared_or_shows(encoding: str, declared: str) -> None:
    if encoding == "mac-roman" != declared:
        pytest.skip("nothing tells it from Windows-1252")
    if declared == "mac-roman" and encoding in ("iso-8859-1", "cp1252"):
        pytest.skip("declared wrongly, and valid as declared")
    head = f"<html><head><meta charset='{declared}'></head>"
    html = (
        f"{head}<body><h1>Café talks</h1>{STORY}<p>Señor Peña of São Paulo, a négociateur, said so.</p></body></html>"
    )
    assert "Señor Peña of São Paulo, a négociateur" in only(html.encode(encoding)).text


def test_entities_are_letters_and_markup_in_them_stays_text() -> None:
    article = only(
        f"<html><body><h1>Talks</h1>{STORY}<p>The lake &amp; its isles cost &euro;5 &lt;b&gt; said X.</p></body></html>"
    )
    assert "The lake & its isles cost €5 <b> said X." in article.text


def test_what_is_known_from_a_feed_goes_before_what_the_page_says() -> None:
    html = f"<html><head><meta property='og:site_name' content='B'></head><body><h1>Talks</h1>{STORY}</body></html>"
    article = only(html, known=Fields(title="Talks go on", published=date(2031, 3, 5), publisher="A"))
    assert (article.title, article.published, article.publisher) == ("Talks go on", date(2031, 3, 5), "A")


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + FIRST,
        "<a><b>" * 50_000 + FIRST,
        "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c SYSTEM 'file:///etc/passwd'>]><html>&c;&a;</html>",
        "<html>" + "<p" * 100_000,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        "<p>" + "&amp" * 100_000,
        "<html><body><table>" * 5_000,
        "\ud800<p>".encode("utf-8", "surrogatepass"),
    ],
)
def test_a_page_made_to_break_readers_is_read_or_named(html: str | bytes) -> None:
    try:
        found = read(html)
    except SourceError as error:
        assert str(error).startswith("a.html: ") and "\n" not in str(error)
    else:
        assert not any("root:" in article.text for article in found)


def test_pages_over_the_limit_are_named() -> None:
    with pytest.raises(SourceError, match="over 10 MB"):
        read(b"<p>" + b"x" * 10_000_001)


def test_a_file_that_takes_too_long_is_left_out_and_the_next_is_read() -> None:
    taker = Taker(seconds=0)
    try:
        deep = b"<html><body>" + b"<div class='a'><p>x y z</p>" * 300_000
        assert "takes over" in str(taker.ask({"form": "html"}, deep))
    finally:
        taker.close()
    assert only(f"<html><body>{STORY}</body></html>").text


def test_articles_in_other_languages_are_named_and_left_out() -> None:
    german = (
        "Der Außenminister von Ruritanien sagte am Montag, die Gespräche mit Graustark seien weit gediehen. "
        "Beamte in Strelsau erklärten, die Grenze bleibe während der Ernte noch vierzig Tage lang offen."
    )
    errors: list[SourceError] = []
    data = f"<html><body><h1>Gespräche</h1><p>{german}</p><p>{german}</p></body></html>".encode()
    assert not list(read_html(data, name="a.html", document="a", phrases=PHRASES, on_error=errors.append))
    assert "not English" in str(errors[0])
    with pytest.raises(SourceError, match="not English"):
        list(read_html(data, name="a.html", document="a", phrases=PHRASES))


def _errors(count: int) -> tuple[list[int], list[int]]:
    """The numbers of good pages that were not read as they are, and of broken ones that were not named."""
    wrong, unnamed = [], []
    for seed in range(count):
        if seed % 10 == 9:
            try:
                read(broken(seed // 10))
                unnamed.append(seed)
            except SourceError:
                continue
        else:
            known = page(seed)
            article = only(known.html)
            told = tuple(text for text in article.text.split("\n\n") if text != known.title)
            if (told, article.title, article.published) != (known.paragraphs, known.title, known.published):
                wrong.append(seed)
    return wrong, unnamed


def test_every_good_page_of_many_is_read_and_each_broken_one_named() -> None:
    assert _errors(1000) == ([], [])


BYTES = st.binary(max_size=20)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 50), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 200), BYTES), min_size=1, max_size=6))
def test_a_damaged_page_is_read_or_named(seed: int, damages: list[tuple[float, int, bytes]]) -> None:
    data = page(seed).html
    for place, length, put in damages:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    try:
        read(data)
    except SourceError as error:
        assert str(error).startswith("a.html: ") and "\n" not in str(error)
