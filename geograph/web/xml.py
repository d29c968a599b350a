"""XML that somebody else wrote -> its elements, one after another; entity declarations are refused.

Standard library only. An entity may stand for other entities many times over (a billion laughs), or for a file of this
machine; no sitemap, list of feeds or feed needs one.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from geograph.errors import FetchError

_DEEPEST = 100
_ENTITIES = "declares XML entities, which no feed or sitemap needs"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str, str], None]


class _Stop(Exception):
    """The document holds what is refused; the message says what."""


def refuse_entities(data: bytes, name: str) -> None:
    """Raises FetchError that begins with `name` if the document declares an entity. It need not be well-formed.

    The words are looked for in any encoding that holds ASCII, two and four bytes wide too.
    """
    if b"<!entity" in data.replace(b"\0", b"").lower():
        raise FetchError(f"{name}: {_ENTITIES}; leave it out")


def walk(data: bytes, name: str, start: Start, end: End) -> None:
    """Calls `start` with the name and attributes of each element, `end` with its name and own text.

    A name is the namespace, a space and the local name; without namespace the local name alone.

    Raises FetchError that begins with `name` for what is no XML, nests too deeply or declares entities.
    """
    parser = _parser()
    texts: list[list[str]] = []

    def started(tag: str, attributes: dict[str, str]) -> None:
        texts.append([])
        if len(texts) > _DEEPEST:
            raise _Stop("is nested too deeply")
        start(tag, attributes)

    def ended(tag: str) -> None:
        end(tag, "".join(texts.pop()).strip())

    def data_came(text: str) -> None:
        if texts:
            texts[-1].append(text)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = data_came
    try:
        parser.Parse(data, True)
    except _Stop as error:
        raise FetchError(f"{name}: {error}; leave it out") from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FetchError(f"{name}: is broken XML ({error}); tell its publisher") from error


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def declared(*_: object) -> None:
        raise _Stop(_ENTITIES)

    parser.EntityDeclHandler = declared
    return parser
