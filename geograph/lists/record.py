"""One entity of a user's gazetteer, whatever format it came in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geograph.model import EntityType, Listing

WIKIDATA_ID = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)
_IDENTIFIER = re.compile(r"[a-z0-9]+:\S+")


@dataclass(frozen=True, slots=True)
class Record:
    """Who it is: main names, further names, countries as the file writes them, identifiers, and what lists it.

    `at` is file and line, for messages. `identifiers` are CURIEs such as `wikidata:Q159`.
    """

    at: str
    type: EntityType
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    sanctioned: bool = False
    listings: tuple[Listing, ...] = ()

    @property
    def content(self) -> tuple[object, ...]:
        """What the record says, wherever it stands: the same for the same lists in whatever order."""
        listings = tuple((each.list, each.authority or "", each.program or "") for each in self.listings)
        return self.names, self.type, self.countries, self.identifiers, self.aliases, self.sanctioned, listings


def plain(text: str) -> str:
    """The text on one line, without what no name holds: control characters and lone surrogates."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def identifier_fault(identifier: str) -> str | None:
    """What is wrong with an identifier, None if it is a CURIE such as `geonames:2013348`."""
    scheme, _, value = identifier.partition(":")
    if not _IDENTIFIER.fullmatch(identifier) or not identifier.isprintable():
        return f"{identifier!r} is no identifier such as geonames:2013348"
    if scheme == "wikidata" and not WIKIDATA_ID.fullmatch(value):
        return f"{value!r} is no Wikidata id such as Q159"
    return None
