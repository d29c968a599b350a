"""Invented pages such as news sites serve, seeded, with what is known to be right of each."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta

ACTORS = ("Ruritania", "Graustark", "Syldavia", "Borduria", "Elbonia", "Zubrowka", "Freedonia", "Sylvania")
PUBLISHERS = ("The Strelsau Post", "Klow Daily", "Szohod Herald", "Lutz Observer")
DEEDS = (
    "The foreign minister of {a} said on Monday that talks with {b} had reached the stage of a draft of {n} pages.",
    "{a} and {b} agreed to lower tariffs on grain and steel by {n} percent, according to a statement of the ministry.",
    "Officials in {a} told reporters that the border with {b} would stay open for another {n} days during the harvest.",
    "The parliament of {b} voted by {n} to 12 for the treaty, which still has to be signed by the president of {a}.",
    "The last treaty between {a} and {b} was signed on July 12, 2019, and covered {n} goods from wool to lake salt.",
    "Analysts have said for months that {b} would seek the help of {a} in its quarrel over {n} islands of the lake.",
    "A spokesman for {a} declined to comment on reports that {n} of its trucks had been held at the frontier with {b}.",
)  # fmt: skip
ASIDES = (
    "Zembla shelled the harbour of Onhava on Sunday, and dozens of its people fled to the hills, officials there said.",
    "Sign up for our newsletter and read the morning briefing about Zembla before anyone else in the city does.",
    "The most read story of the week tells how Zembla lost a war that it had never wanted to fight at all.",
)
ASIDE = "Zembla"
"""The name that stands in what is beside a story, and in none."""


@dataclass(frozen=True)
class Page:
    """A page and its truth: the paragraphs of its story, title, day and publisher."""

    html: bytes
    title: str
    paragraphs: tuple[str, ...]
    published: date | None
    publisher: str | None


def page(seed: int) -> Page:
    """The page of that seed: one of six layouts, dates given in one of five ways or not at all."""
    random_ = random.Random(seed)
    a, b = random_.sample(ACTORS, 2)
    paragraphs = tuple(
        deed.format(a=a, b=b, n=random_.randint(20, 900)) for deed in random_.sample(DEEDS, random_.randint(4, 6))
    )
    title = f"{a} and {b} edge towards a treaty over trade number {seed}"
    day = date(2031, 1, 2) + timedelta(days=random_.randrange(360))
    publisher = random_.choice(PUBLISHERS)
    way = random_.choice(("json-ld", "meta", "time", "line", "none"))
    layout = random_.choice((_semantic, _divisions, _table, _main, _bare, _broken_lines))
    head = f'<meta charset="utf-8"><title>{title} | {publisher}</title>'
    head += f'<meta property="og:site_name" content="{publisher}">'
    if way == "json-ld":
        head += f'<script type="application/ld+json">{_linked(title, day, publisher)}</script>'
    if way == "meta":
        head += f'<meta property="article:published_time" content="{day}T08:30:00Z">'
    shown = {
        "time": f'<time datetime="{day}T08:30">{day.day} {day:%b}</time>',
        "line": f'<div class="published">Published {day:%B} {day.day}, {day.year}</div>',
    }.get(way, "")
    asides = random_.sample(ASIDES, 2)
    html = f"<!DOCTYPE html><html><head>{head}</head><body>{layout(title, shown, paragraphs, asides)}</body></html>"
    return Page(html.encode(), title, paragraphs, None if way == "none" else day, publisher)


def broken(seed: int) -> bytes:
    """A page that holds no article, in one of the ways in which saved pages are broken."""
    kinds = (
        b"",
        b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(256)),
        b"<html><head><title>403</title></head><body><script>document.location='/'</script></body></html>",
        b"<html><body><nav><a href='/'>Home</a></nav><footer>2031 Klow Daily</footer></body></html>",
        b"<!--" + b"x" * 500,
    )
    return kinds[seed % len(kinds)]


def _linked(title: str, day: date, publisher: str) -> str:
    found = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": publisher},
            {
                "@type": "NewsArticle",
                "headline": title,
                "datePublished": f"{day}T22:15:00+02:00",
                "author": [{"@type": "Person", "name": "Ana Quispe"}],
                "publisher": {"@type": "Organization", "name": publisher},
            },
        ],
    }
    return json.dumps(found)


def _told(paragraphs: tuple[str, ...]) -> str:
    return "\n".join(f"<p>{text}</p>" for text in paragraphs)


_NAVIGATION = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
_FOOTER = "<footer><p>Copyright 2031. All rights reserved.</p><a href='/terms'>Terms of use</a></footer>"


def _semantic(title: str, shown: str, paragraphs: tuple[str, ...], asides: list[str]) -> str:
    caption = "The lake at dusk, seen from the Zembla side. Photo: Jan Novak"
    figure = f"<figure><img src='a.jpg'><figcaption>{caption}</figcaption></figure>"
    return (
        f"<header>{_NAVIGATION}</header><article><h1>{title}</h1>{shown}{figure}{_told(paragraphs)}</article>"
        f"<aside><h3>Most read</h3><p>{asides[0]}</p></aside>{_FOOTER}"
    )


def _divisions(title: str, shown: str, paragraphs: tuple[str, ...], asides: list[str]) -> str:
    return (
        f"<div id='nav'>{_NAVIGATION}</div><div class='content'><h1>{title}</h1>{shown}{_told(paragraphs[:2])}"
        f"<div class='related-stories'><h4>Related</h4><ul><li><a href='/x'>{asides[0]}</a></li></ul></div>"
        f"{_told(paragraphs[2:])}</div><div class='sidebar'><p>{asides[1]}</p></div>{_FOOTER}"
    )


def _table(title: str, shown: str, paragraphs: tuple[str, ...], asides: list[str]) -> str:
    return (
        f"<table width='100%'><tr><td class='menu'><a href='/'>Home</a></td><td><h1>{title}</h1>{shown}"
        f"{_told(paragraphs)}</td><td class='sidebar'><p>{asides[0]}</p></td></tr></table>"
    )


def _main(title: str, shown: str, paragraphs: tuple[str, ...], asides: list[str]) -> str:
    return (
        f"{_NAVIGATION}<main><h1>{title}</h1><section>{shown}{_told(paragraphs)}</section>"
        f"<section class='newsletter-signup'><p>{asides[1]}</p></section></main>{_FOOTER}"
    )


def _bare(title: str, shown: str, paragraphs: tuple[str, ...], asides: list[str]) -> str:
    links = "".join(f"<li><a href='/{n}'>{text}</a></li>" for n, text in enumerate(asides))
    way = "<div class='c2'><a href='/'>Home</a> <a href='/w'>World</a></div>"
    return (
        f"<div class='c1'>{way}<div class='c3'><h2>{title}</h2>{shown}{_told(paragraphs)}</div>"
        f"<div class='c4'><ul>{links}</ul></div><div class='c5'>2031</div></div>"
    )


def _broken_lines(title: str, shown: str, paragraphs: tuple[str, ...], asides: list[str]) -> str:
    lines = "<br><br>\n".join(paragraphs)
    return (
        f"{_NAVIGATION}<h1>{title}</h1>{shown}<div class='story-body'>{lines}</div>"
        f"<div class='most-read'><p>{asides[0]}</p></div>"
    )
