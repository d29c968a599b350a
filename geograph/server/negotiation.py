"""Which format of an answer a client wants: the Accept header with its q-values (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class MediaType:
    """A format that an answer can have: its name here, the type it is asked for by, and the charset if it has one."""

    format: str
    type: str
    charset: bool = False

    @property
    def header(self) -> str:
        """The value of Content-Type."""
        return f"{self.type}; charset=utf-8" if self.charset else self.type


TABLES = (
    MediaType("json", "application/sparql-results+json"),
    MediaType("xml", "application/sparql-results+xml"),
    MediaType("csv", "text/csv", charset=True),
    MediaType("tsv", "text/tab-separated-values", charset=True),
    MediaType("json", "application/json"),
    MediaType("xml", "application/xml"),
)
"""What a SELECT and an ASK can be answered in, the preferred first."""

GRAPHS = (
    MediaType("turtle", "text/turtle", charset=True),
    MediaType("ntriples", "application/n-triples"),
    MediaType("jsonld", "application/ld+json"),
    MediaType("rdfxml", "application/rdf+xml"),
    MediaType("jsonld", "application/json"),
    MediaType("rdfxml", "application/xml"),
)
"""What a CONSTRUCT and a DESCRIBE can be answered in, the preferred first."""

HTML = MediaType("html", "text/html", charset=True)

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*(.*)", re.DOTALL)
_PARAMETER = re.compile(rf";\s*({_TOKEN})\s*=\s*(\"(?:[^\"\\]|\\.)*\"|{_TOKEN})")
_ITEM = re.compile(r'(?:[^",]|"(?:[^"\\]|\\.)*")+')
_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


def choose(accept: str | None, offers: Sequence[MediaType]) -> MediaType | None:
    """The offer that an Accept header likes best, the earlier of two liked alike; None where it takes none of them.

    No header takes anything. What cannot be read in it is passed over.
    """
    ranges = _ranges(accept) if accept is not None else []
    if not ranges:
        return offers[0] if not (accept or "").strip() else None
    weights = [_weight(offer, ranges) for offer in offers]
    best = max(weights)
    return offers[weights.index(best)] if best > 0 else None


def by_name(name: str, offers: Sequence[MediaType]) -> MediaType | None:
    """The offer with a format's name, None for an unknown one."""
    return next((offer for offer in offers if offer.format == name), None)


def _ranges(accept: str) -> list[tuple[str, str, float]]:
    found = []
    for item in _ITEM.findall(accept):
        if (match := _RANGE.fullmatch(item)) is None:
            continue
        parameters = {name.lower(): value.strip('"') for name, value in _PARAMETER.findall(match[3])}
        weight = parameters.get("q", "1")
        if _WEIGHT.fullmatch(weight) and parameters.get("charset", "utf-8").lower() == "utf-8":
            found.append((match[1].lower(), match[2].lower(), float(weight)))
    return found


def _weight(offer: MediaType, ranges: Sequence[tuple[str, str, float]]) -> float:
    """How much an offer is liked: what the closest range says counts."""
    kind, subtype = offer.type.split("/")
    closest = max(
        (((major == kind) + (minor == subtype), weight) for major, minor, weight in ranges
         if major in (kind, "*") and minor in (subtype, "*")),
        default=(0, 0.0),
    )  # fmt: skip
    return closest[1]
