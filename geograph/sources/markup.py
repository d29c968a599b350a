"""HTML -> the articles of a page, each with its paragraphs and what the page says of it.

trafilatura finds the text of a page, with precision before recall. A page that marks several articles, such as a live
blog, is cut at its marks first. Runs in the process of `geograph.sources.worker`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from geograph.errors import SourceError
from geograph.sources.charset import html_text
from geograph.sources.page_data import PageData, in_element, json_articles, line, of_page, web_address, with_shown_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:related|recommended|recirc|sidebar|most-?(?:read|popular)|trending|read-?(?:more|next)|more-?(?:on|from)"
    r"|promo|teasers?|newsletter|subscribe|sign-?up|share|social|comments?|cookies?|consent|breadcrumbs?|captions?|credit"
    r"|advert(?:isement)?|ads?|sponsored|tags|nav|navigation|menu|footer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_TEXT = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video",
    "picture", "figure", "figcaption", "form", "button", "select", "textarea", "dialog", "nav", "aside", "footer",
    "menu",
)  # fmt: skip
_BLOCKS = ("p", "li", "blockquote", "pre", "h2", "h3", "h4")
_FEWEST_WORDS = 25
"""An article element with fewer is the teaser of an article elsewhere."""


def pieces(data: bytes, encoding: str | None, url: str | None) -> list[dict[str, Any]]:
    """The articles of a page as JSON objects: the fields of PageData, dates as text, and `paragraphs`.

    Raises SourceError for what is no page, or a page without an article.
    """
    tree = _parsed(html_text(data, encoding))
    page = of_page(tree, url)
    linked = json_articles(tree)
    _prune(tree)
    found = [_json(data, texts) for data, texts in _marked(tree, page, linked)]
    if not found and sum(article.text is not None for article in linked) > 1:
        found = [_json(_with_page(article, page), (article.text or "").splitlines()) for article in linked]
    if not found:
        # Looked for before the text is: trafilatura takes the tree apart.
        page = with_shown_date(page, tree)
        found = [_json(page, texts)] if (texts := _main_text(tree)) else []
    if not found:
        raise SourceError("no article in it; give the page of an article, or its text")
    return found


def _parsed(text: str) -> HtmlElement:
    from lxml import etree, html  # type: ignore[import-untyped]

    # The parser stops at a depth of 256 elements by itself: no page can exhaust the stack.
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise SourceError("not an HTML page; check the file") from None
    return tree


def _prune(tree: HtmlElement) -> None:
    """Takes out what is no text, and what the page marks as something beside the story."""
    from lxml import etree

    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    for table in tree.xpath("//table[.//p or .//div or .//h1 or .//h2 or .//table or @role='presentation']"):
        # A table that holds paragraphs is layout, as in newsletters.
        for element in (table, *table.iter("thead", "tbody", "tr", "td", "th")):
            element.tag = "div"
    hidden = (
        "//body//*[@hidden or @aria-hidden='true' or @role='navigation' or @role='complementary' or @role='dialog']"
    )
    named = [element for element in tree.xpath("//body//*[@class or @id]") if _ASIDE.search(_names(element))]
    size = len(tree.text_content())
    for element in [*tree.xpath(hidden), *named]:
        if element.tag not in ("html", "body", "article", "main") and not _holds_story(element, size):
            element.drop_tree()


def _holds_story(element: HtmlElement, size: int) -> bool:
    """Whether it is the element around the story, which may be called anything: "with-sidebar", "share-area"."""
    if element.getparent() is None or element.xpath(".//h1 | .//main"):
        return True
    return "comment" not in _names(element).lower() and len(element.text_content()) * 2 > size


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _marked(tree: HtmlElement, page: PageData, linked: list[PageData]) -> Iterator[tuple[PageData, list[str]]]:
    """The articles of a page that marks two or more, each with its own headline; none for any other page."""
    # The posts of a live blog lie in one article: the innermost elements count.
    elements = [element for element in tree.xpath("//article") if not element.xpath(".//article")]
    told = [(element, title, texts) for element in elements if (title := _title(element)) and (texts := _text(element))]
    told = [part for part in told if sum(len(text.split()) for text in part[2]) >= _FEWEST_WORDS]
    if len(told) < 2:
        return
    known = {article.title: article for article in linked if article.title}
    for element, title, texts in told:
        found = known.get(title, PageData(title=title))
        if found.published is None and (dated := in_element(element)):
            found = replace(found, published=dated[0], published_from=dated[1])
        if found.url is None:
            href = next(iter(element.xpath("(.//h1|.//h2|.//h3)[1]//a/@href")), None)
            found = replace(found, url=web_address(href, page.url))
        yield _with_page(found, page), [text for text in texts if text != title]


def _with_page(article: PageData, page: PageData) -> PageData:
    """The article with what the page says of all: publisher and address. Its day is the article's own or none."""
    return replace(article, publisher=article.publisher or page.publisher, url=article.url or page.url)


def _title(element: HtmlElement) -> str | None:
    headings = element.xpath(".//h1|.//h2|.//h3")
    return line(headings[0].text_content()) if headings else None


def _text(element: HtmlElement) -> list[str]:
    """The paragraphs of an element that is known to be an article."""
    found = (
        line(block.text_content())
        for block in element.iter(*_BLOCKS)
        if not any(parent.tag in _BLOCKS for parent in block.iterancestors())
    )
    return [text for text in found if text]


def _main_text(tree: HtmlElement) -> list[str]:
    """The paragraphs of the main text: as trafilatura finds them, else those of the one element marked as the text."""
    from trafilatura.core import bare_extraction

    found = bare_extraction(
        tree,
        favor_precision=True,
        include_comments=False,
        include_tables=False,
        include_images=False,
        include_links=False,
    )
    text = getattr(found, "text", None)
    if isinstance(text, str) and text.strip():
        return [part for part in map(line, text.splitlines()) if part]
    for path in ("//*[@itemprop='articleBody']", "//article", "//main"):
        elements = tree.xpath(path)
        if len(elements) == 1 and (texts := _text(elements[0])):
            return texts
    return []


def _json(data: PageData, texts: list[str]) -> dict[str, Any]:
    published = data.published.isoformat() if data.published else None
    return {**asdict(data), "text": None, "published": published, "paragraphs": texts}
