"""What an HTML page says of its articles in data meant for programs: JSON-LD, meta elements, links, time elements.

Dates are taken only where the page calls them the day of publication, never from copyright lines, images or the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from geograph.sources.dateline import full_date
from geograph.sources.front_matter import WEB_ADDRESS

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ARTICLE = re.compile(
    r"(?:\w*News|Blog|Scholarly|Tech|Report|Opinion|Review|Analysis|LiveBlog)*(?:Article|Posting|Report)"
)
_META_DATES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "parsely-pub-date", "sailthru.date", "pubdate",
    "publish-date", "publish_date", "publication_date", "publishdate", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_META_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_META_PUBLISHERS = ("og:site_name", "dc.publisher", "application-name", "publisher")
_PATH_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-]|$)")
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|published|pubdate|publish|timestamp|posted|byline|post-meta)(?:$|[\s_-])", re.I
)
_UPDATED = re.compile(r"updated|modified|edited", re.IGNORECASE)
_FIRST_YEAR = 1971
"""Systems that know no date write that of their clock's zero."""
_MOST = 10_000


@dataclass(frozen=True)
class PageData:
    """What the page says of one article. `published_from` names the element that the day was taken from."""

    title: str | None = None
    published: date | None = None
    published_from: str | None = None
    modified: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    text: str | None = None


def of_page(tree: HtmlElement, url: str | None) -> PageData:
    """What the page says of itself: of its first article in JSON-LD, else in its meta elements.

    The address is the one that the page was fetched from (`url`) where the canonical one lies on another host.
    """
    linked = next(iter(json_articles(tree)), PageData())
    meta = _meta(tree)
    canonical = web_address(next(iter(tree.xpath("//link[@rel='canonical']/@href")), None) or meta.get("og:url"), url)
    if url and (canonical is None or urlsplit(canonical).hostname != urlsplit(url).hostname):
        canonical = url
    address = canonical or web_address(linked.url, None)
    publisher = linked.publisher or _first(meta, _META_PUBLISHERS)
    published, source = linked.published, linked.published_from
    if published is None:
        published, source = _meta_date(meta) or (None, None)
    return PageData(
        title=_without_publisher(linked.title or meta.get("og:title") or _heading(tree), publisher),
        published=published,
        published_from=source,
        modified=linked.modified or meta.get("article:modified_time"),
        publisher=publisher,
        author=linked.author or _first(meta, _META_AUTHORS),
        url=address,
    )


def with_shown_date(data: PageData, tree: HtmlElement) -> PageData:
    """The data with the day that the page shows, or that its address has, where it gives none to programs."""
    found = None if data.published else in_element(tree) or _path_date(data.url)
    return replace(data, published=found[0], published_from=found[1]) if found else data


def json_articles(tree: HtmlElement) -> list[PageData]:
    """The articles that the JSON-LD of a page describes, in order; those of a live blog instead of the blog itself."""
    found: list[PageData] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            loaded = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        items = [item for item in _objects(loaded) if _ARTICLE.fullmatch(_type(item))]
        posts = [item for item in items if _type(item) != "LiveBlogPosting"]
        found += [_json_article(item) for item in posts or items]
    return list(dict.fromkeys(found))


def in_element(tree: HtmlElement) -> tuple[date, str] | None:
    """The day that a time element or a date line names; None where there is none, or several that differ."""
    marked = tree.xpath(".//*[@itemprop='datePublished' or @pubdate]")
    times = [element for element in tree.xpath(".//time[@datetime]") if not _about_update(element)]
    for elements, source in ((marked, "datePublished element"), (times, "time element")):
        days = {
            _day(element.get("datetime") or element.get("content") or element.text_content()) for element in elements
        }
        if len(days) == 1 and (day := days.pop()):
            return day, source
    lines = [
        text
        for element in tree.xpath(".//*[@class]")[:_MOST]
        if _DATE_CLASS.search(element.get("class")) and len(text := " ".join(element.text_content().split())) < 100
    ]
    written = {day for text in lines if not _UPDATED.search(text) and (day := full_date(text))}
    return (written.pop(), "date line") if len(written) == 1 else None


def web_address(text: str | None, base: str | None) -> str | None:
    """The address if it is one of the web (http or https), made absolute; None for anything else."""
    try:
        address = urljoin(base or "", (text or "").strip())
        known = urlsplit(address).hostname
    except ValueError:
        return None
    return address if known and WEB_ADDRESS.fullmatch(address) else None


def line(text: object) -> str | None:
    """The text on one line; None for what is no text or empty."""
    return " ".join(text.split()) or None if isinstance(text, str) else None


def _objects(loaded: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON text that may be an article, outer ones first, in order."""
    waiting, seen = [loaded], 0
    while waiting and seen < _MOST:
        item = waiting.pop()
        seen += 1
        if isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, dict):
            yield item
            inner = ("@graph", "mainEntity", "mainEntityOfPage", "liveBlogUpdate", "itemListElement", "item", "hasPart")
            waiting += [item[key] for key in reversed(inner) if isinstance(item.get(key), (list, dict))]


def _type(item: dict[str, Any]) -> str:
    types = item.get("@type")
    names = types if isinstance(types, list) else [types]
    return next((name for name in names if isinstance(name, str) and _ARTICLE.fullmatch(name)), "")


def _json_article(item: dict[str, Any]) -> PageData:
    published = _day(item.get("datePublished"))
    body = item.get("articleBody")
    return PageData(
        title=line(item.get("headline")) or line(item.get("name")),
        published=published,
        published_from="JSON-LD datePublished" if published else None,
        modified=line(item.get("dateModified")),
        publisher=_name(item.get("publisher")) or _name(item.get("sourceOrganization")),
        author=_name(item.get("author")) or _name(item.get("creator")),
        url=web_address(line(item.get("url")), None),
        text=body if isinstance(body, str) and body.strip() else None,
    )


def _name(value: object) -> str | None:
    """The name of a person or organisation, or the names of several."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for part in value[:20] if (name := _name(part)))) or None
    found = line(value.get("name") if isinstance(value, dict) else value)
    return None if found and WEB_ADDRESS.fullmatch(found) else found


def _meta(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and (content := line(element.get("content"))):
            found.setdefault(key.strip().lower(), content)
    return found


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str | None:
    values = (meta[name] for name in names if name in meta)
    return next((value for value in values if not WEB_ADDRESS.fullmatch(value)), None)


def _meta_date(meta: dict[str, str]) -> tuple[date, str] | None:
    for name in _META_DATES:
        if day := _day(meta.get(name)):
            return day, f"meta {name}"
    return None


def _path_date(url: str | None) -> tuple[date, str] | None:
    match = _PATH_DATE.search(urlsplit(url).path) if url else None
    day = _day("-".join((match[1], match[2].zfill(2), match[3].zfill(2)))) if match else None
    return (day, "address") if day else None


def _heading(tree: HtmlElement) -> str | None:
    headings = [found for element in tree.xpath("//h1") if (found := line(element.text_content()))]
    return headings[0] if len(headings) == 1 else line(tree.findtext(".//title"))


def _without_publisher(title: str | None, publisher: str | None) -> str | None:
    title = line(title)
    if title and publisher:
        shorter = re.sub(rf"\s+[|\-–—·»:]\s+{re.escape(publisher)}$", "", title, flags=re.IGNORECASE)
        return shorter or title
    return title


def _about_update(element: HtmlElement) -> bool:
    names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.text_content()[:60]}"
    return _UPDATED.search(names) is not None


def _day(value: object) -> date | None:
    """The day as written, in the zone of the writer. Numbers such as 03/05/2031, which may mean two days, are none."""
    text = line(value) or ""
    try:
        day = datetime.fromisoformat(text).date() if re.match(r"\d{4}-?\d\d-?\d\d", text) else full_date(text)
    except ValueError:
        day = full_date(text[:10])
    return day if day and day.year >= _FIRST_YEAR else None
