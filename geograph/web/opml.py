"""Lists of feeds (OPML 2.0): what readers of feeds export."""

from __future__ import annotations

from geograph.errors import FetchError
from geograph.web.addresses import joined
from geograph.web.entries import Entry, Named
from geograph.web.xml import walk


def read_opml(data: bytes, url: str, name: str) -> Named:
    """The feeds that the list at `url` names. Raises FetchError that begins with `name` for one that is broken."""
    feeds: list[Entry] = []
    faults: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        address = next((value for key, value in attributes.items() if key.lower() == "xmlurl"), None)
        if tag.lower() == "outline" and address is not None:
            try:
                feeds.append(Entry(joined(url, address)))
            except FetchError as error:
                faults.append(str(error))

    walk(data, name, start, lambda tag, text: None)
    return Named(documents=tuple(feeds), faults=tuple(faults))
