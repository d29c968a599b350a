"""Training passages: invented text with its mentions and relations, in a light markup.

A passage is written as lines:

    @wire
    {a:PN|Foreign Minister Ada Moran} told {b:CD|Kenyan} officials that {c:CN|Norway} would not attack {b2:CR|it}.
    > a contacts b
    > c attacks b2 denied

`{id:TF|words}` is a mention: `id` is a letter for the entity and, from its second mention on, a number; T is the type
(P person, C country, O organization, G group, L place), F the form (N name, T title, R pronoun, X other noun phrase,
D demonym, M metonym). Mentions may hold others. `> subject relation object [status]` is a relation of the catalogue
between two mentions, its status planned, possible or denied unless it is actual. The register is one of REGISTERS.

In a corpus file each passage is one JSON object a line: id, register, text (with markup) and relations.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from geograph.errors import GeographError

REGISTERS = ("wire", "headline", "official", "commentary", "background")
TYPES = {"P": "Person", "C": "Country", "O": "Organization", "G": "Group", "L": "Place"}
FORMS = {"N": "name", "T": "title", "R": "pronoun", "X": "nominal", "D": "demonym", "M": "metonym"}
STATUSES = ("actual", "planned", "possible", "denied")

_OPEN = re.compile(r"\{([a-z])(\d*):([A-Z])([A-Z])\|")
_RELATION = re.compile(r"([a-z]\d*) (\w+) ([a-z]\d*)(?: (\w+))?\Z")


class PassageError(GeographError):
    """A passage that breaks the rules of the markup."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mention of a passage: `text[start:end]`; mentions of one `entity` mean the same."""

    id: str
    entity: str
    type: str
    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Related:
    """A relation between two mentions, by their ids."""

    subject: str
    relation: str
    object: str
    status: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One to four invented sentences with their mentions, in text order, and relations."""

    id: str
    register: str
    text: str
    mentions: tuple[Marked, ...]
    relations: tuple[Related, ...]


def parse(id: str, register: str, marked: str, relations: Iterable[str], catalogue: Mapping[str, object]) -> Passage:
    """The passage that the markup writes. Raises PassageError that says what is wrong with it."""
    if register not in REGISTERS:
        raise PassageError(f"{id}: no register {register!r}")
    text, mentions = _mentions(id, marked)
    known = {mention.id: mention for mention in mentions}
    if len(known) != len(mentions):
        raise PassageError(f"{id}: a mention id stands there twice")
    found = []
    for line in relations:
        match = _RELATION.match(line.strip())
        if match is None:
            raise PassageError(f"{id}: {line!r} is not `subject relation object [status]`")
        subject, relation, object_, status = match.group(1), match.group(2), match.group(3), match.group(4) or "actual"
        for end in (subject, object_):
            if end not in known:
                raise PassageError(f"{id}: no mention {end!r}")
        if relation not in catalogue:
            raise PassageError(f"{id}: no relation {relation!r}")
        if status not in STATUSES:
            raise PassageError(f"{id}: no status {status!r}")
        if known[subject].entity == known[object_].entity:
            raise PassageError(f"{id}: {line!r} relates one entity with itself")
        found.append(Related(subject, relation, object_, status))
    if len({(r.subject, r.relation, r.object) for r in found}) != len(found):
        raise PassageError(f"{id}: a relation stands there twice")
    return Passage(id, register, text, tuple(mentions), tuple(found))


def _mentions(id: str, marked: str) -> tuple[str, list[Marked]]:
    text: list[str] = []
    length, position = 0, 0
    begun: list[tuple[str, str, str, str, int]] = []
    mentions: list[Marked] = []
    while position < len(marked):
        match = _OPEN.match(marked, position)
        if match:
            entity, number, type, form = match.groups()
            if type not in TYPES or form not in FORMS:
                raise PassageError(f"{id}: unknown type or form in {match.group()!r}")
            begun.append((entity + number, entity, TYPES[type], FORMS[form], length))
            position = match.end()
        elif marked[position] == "}" and begun:
            mention, entity, type, form, start = begun.pop()
            mentions.append(Marked(mention, entity, type, form, start, length))
            position += 1
        elif marked[position] in "{}|":
            raise PassageError(f"{id}: stray {marked[position]!r} near {marked[position : position + 30]!r}")
        else:
            text.append(marked[position])
            length += 1
            position += 1
    if begun:
        raise PassageError(f"{id}: mention {begun[-1][0]!r} is not closed")
    return "".join(text), sorted(mentions, key=lambda mention: (mention.start, -mention.end))


def drafts(path: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Register, marked text and relation lines of each passage of a draft; the next `@` ends a passage."""
    register = ""
    text: list[str] = []
    relations: list[str] = []
    for line in (*path.read_text("utf-8").splitlines(), "@"):
        if line.startswith("@"):
            if register:
                yield register, " ".join(text), relations
            register, text, relations = line[1:].strip(), [], []
        elif line.startswith(">"):
            relations.append(line[1:].strip())
        elif line.strip() and not line.startswith("#"):
            text.append(line.strip())


def read(path: Path, catalogue: Mapping[str, object]) -> Iterator[Passage]:
    """The passages of a corpus file, one JSON object a line. Raises PassageError."""
    for number, line in enumerate(path.read_text("utf-8").rstrip("\n").split("\n"), 1):
        try:
            record = json.loads(line)
            yield parse(record["id"], record["register"], record["text"], record["relations"], catalogue)
        except PassageError as error:
            raise PassageError(f"{path}, line {number}: {error}") from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise PassageError(f"{path}, line {number}: no passage ({error}); see training/GUIDELINES.md") from error
