"""The domain: articles, mentions, entities, claims and facts, as frozen values.

Standard library only. Every other module speaks in these types; none of them knows of
spaCy, RDF or files. Offsets count Unicode code points of `Article.text`; an end is exclusive.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256


class EntityType(StrEnum):
    """What kind of thing an entity is."""

    PERSON = "Person"
    COUNTRY = "Country"
    PLACE = "Place"
    ORGANIZATION = "Organization"
    GROUP = "Group"


class Status(StrEnum):
    """How certain the text is that something happened."""

    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Via(StrEnum):
    """The kind of words by which a mention refers."""

    NAME = "name"
    TITLE = "title"
    PRONOUN = "pronoun"
    DEMONYM = "demonym"
    METONYM = "metonym"
    NOMINAL = "nominal"


def content_id(*parts: object) -> str:
    """The first 20 hexadecimal digits of the SHA-256 of `parts`: the same for the same content, anywhere."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return sha256(joined.encode("utf-8")).hexdigest()[:20]


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of an article's text: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end


_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A time as precisely as it is known, and no more: an EDTF day, month or year, or `a/b`.

    Source: Extended Date/Time Format, ISO 8601-2:2019, level 0. `a/b` means "some time within a to b".

    >>> Period("2024-02").latest
    datetime.date(2024, 2, 29)
    """

    edtf: str

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise ValueError(f"period ends before it begins: {self.edtf}")

    @property
    def earliest(self) -> date:
        """The first day that the period may mean."""
        year, month, day = self._parts(self.edtf.split("/")[0])
        return date(year, month or 1, day or 1)

    @property
    def latest(self) -> date:
        """The last day that the period may mean."""
        year, month, day = self._parts(self.edtf.split("/")[-1])
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1])

    def covers(self, other: Period) -> bool:
        """Whether `other` lies wholly within this period."""
        return self.earliest <= other.earliest and other.latest <= self.latest

    @staticmethod
    def _parts(text: str) -> tuple[int, int | None, int | None]:
        match = _EDTF.match(text)
        if match is None:
            raise ValueError(f"not an EDTF date: {text!r}")
        year, month, day = match.groups()
        return int(year), int(month) if month else None, int(day) if day else None


@dataclass(frozen=True, slots=True)
class Article:
    """One news text with what is known of its publication. The unit of graphs, counts and removal.

    `origin` names the file that it was read from by the hash of its path, None where there is none or a line of the
    file stands for itself. It is no content: articles that differ in nothing else are equal.
    """

    document: str
    text: str
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    agency: str | None = None
    sample: bool = False
    metadata: tuple[tuple[str, str], ...] = ()
    origin: str | None = field(default=None, compare=False, repr=False)

    @property
    def id(self) -> str:
        """The hash of the source key (the URL, else the document's name) and the text."""
        return content_id(self.url or self.document, self.text)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names or refers to an actor or place.

    `entity` is the key of what it refers to, None where that stayed open. Words that refer to several
    ("the two leaders") are several mentions of one span.
    """

    span: Span
    text: str
    type: EntityType
    via: Via
    entity: str | None = None

    @property
    def sort_key(self) -> tuple[int, int, str, str]:
        """Text order, the longer first, then by entity."""
        return (self.span.start, -self.span.end, self.entity or "", self.via)


@dataclass(frozen=True, slots=True)
class Listing:
    """That a list names an entity as sanctioned: the list's file name, whose sanctions, and under which programme."""

    list: str
    authority: str | None = None
    program: str | None = None

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """By authority, programme and list; what is not known comes first."""
        return self.authority or "", self.program or "", self.list


@dataclass(frozen=True, order=True, slots=True)
class Entity:
    """Who or what a mention refers to.

    `key` is the local name of its IRI; it never holds a slash. `country` is ISO 3166-1 alpha-3.
    `identifiers` are CURIEs such as `wikidata:Q159`, `iso3166:RUS`, `geonames:2013348`.
    `rule` says by which rule the link was made where it was not by name ("capital for its government").
    `listings` are those of the sanctions lists that the user gave.
    """

    key: str
    type: EntityType
    label: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    coordinates: tuple[float, float] | None = None
    rule: str | None = None
    listings: tuple[Listing, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What ONE sentence says: subject, relation, object, when, where, status, speaker and item, with the quote.

    `article` is the article's id; `subject`, `object`, `place_entity` and `said_by` are entity keys. `ended` is true
    where the words say that a state is over ("former president").
    `reader`, `version` and `confidence` annotate the claim and are no part of its id.
    """

    article: str
    relation: str
    subject: str
    object: str
    status: Status
    span: Span
    quote: str
    trigger: str
    trigger_span: Span
    date: Period | None = None
    date_span: Span | None = None
    place: str | None = None
    place_entity: str | None = None
    said_by: str | None = None
    item: str | None = None
    ended: bool = False
    subject_span: Span | None = None
    object_span: Span | None = None
    confidence: float = 1.0
    reader: str = "rules"
    version: str = ""

    @property
    def id(self) -> str:
        """The hash of article, relation, subject, object, span, status, date and item."""
        return content_id(
            self.article,
            self.relation,
            self.subject,
            self.object,
            self.span.start,
            self.span.end,
            self.status,
            self.date.edtf if self.date else None,
            self.item,
        )


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that reading one article gave: entities and mentions (sorted), and the claims (sorted by span)."""

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Fact:
    """Claims of the same subject, relation and object that tell of the same event, taken together.

    `claims` are claim ids, sorted. `first_reported` and `last_reported` are publication dates.
    `ended` is true for a state (office, membership, control) that is known to be over.
    """

    relation: str
    subject: str
    object: str
    status: Status
    claims: tuple[str, ...]
    date: Period | None = None
    place: str | None = None
    place_entity: str | None = None
    item: str | None = None
    confidence: float = 1.0
    source_count: int = 1
    independent_source_count: int = 1
    first_reported: datetime.date | None = None
    last_reported: datetime.date | None = None
    disputed: bool = False
    ended: bool = False

    @cached_property
    def id(self) -> str:
        """The hash of subject, relation, object and period; it may change when claims are added."""
        return content_id(self.subject, self.relation, self.object, self.date.edtf if self.date else None)
