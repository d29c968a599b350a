"""The decisions that people take: verdicts on entities and claims, each with a note of who took it and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from geograph.model import Article, Claim, EntityType, Status, content_id

SHORT_ID = 8


class Judgement(StrEnum):
    """What a person found when holding a claim against its sentence."""

    REJECTED = "rejected"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Merge:
    """The entities with these keys are one, which goes by the first key."""

    keys: tuple[str, ...]

    def __str__(self) -> str:
        return f"merge {', '.join(self.keys[1:])} into {self.keys[0]}"


@dataclass(frozen=True, slots=True)
class Distinct:
    """The entities with these keys are all different ones, however alike they are called."""

    keys: tuple[str, ...]

    def __str__(self) -> str:
        return f"distinct {', '.join(self.keys)}"


@dataclass(frozen=True, slots=True)
class Rename:
    """The entity is called by this label; the names that articles use stay its aliases."""

    key: str
    label: str

    def __str__(self) -> str:
        return f"rename {self.key} to {self.label!r}"


@dataclass(frozen=True, slots=True)
class Retype:
    """The entity is of this type."""

    key: str
    type: EntityType

    def __str__(self) -> str:
        return f"retype {self.key} as {self.type}"


@dataclass(frozen=True, slots=True)
class Hide:
    """The entity is none, or none to show: it and all that is told of it leave the facts."""

    key: str

    def __str__(self) -> str:
        return f"hide {self.key}"


@dataclass(frozen=True, slots=True)
class ClaimReference:
    """A claim by its id, and by what finds it again when a new version of a reader cuts its sentence otherwise.

    `source` is the article's URL, else its document; `subject` and `object` are keys as read.
    """

    id: str
    source: str
    relation: str
    subject: str
    object: str
    status: Status
    quote: str
    date: str | None = None

    @property
    def place(self) -> tuple[str, str, str, str, Status]:
        """What must be the same in every claim that is meant."""
        return self.source, self.relation, self.subject, self.object, self.status

    def means(self, claim: Claim) -> bool:
        """Whether a claim of the same `place` is the one: its sentence is the same, or one holds the other."""
        mine, other = _plain(self.quote), _plain(claim.quote)
        short, long = sorted((mine, other), key=len)
        return short in long and 2 * len(short) >= len(long)


@dataclass(frozen=True, slots=True)
class Judge:
    """The claim is rejected, and counts in no fact; or confirmed, and is as sure as claims can be."""

    claim: ClaimReference
    judgement: Judgement

    def __str__(self) -> str:
        verb = "reject" if self.judgement is Judgement.REJECTED else "confirm"
        claim = self.claim
        return f"{verb} {claim.id}: {claim.subject} {claim.relation} {claim.object}, “{' '.join(claim.quote.split())}”"


Verdict = Merge | Distinct | Rename | Retype | Hide | Judge


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict, and what its author says of it: who (`by`), why, and on which day. No clock is asked."""

    verdict: Verdict
    by: str | None = None
    why: str | None = None
    on: date | None = None

    @property
    def id(self) -> str:
        """The first digits of the hash of the verdict."""
        return content_id(type(self.verdict).__name__, repr(self.verdict))[:SHORT_ID]


def reference_to(claim: Claim, article: Article) -> ClaimReference:
    """The reference by which the claim, and what newer readers make of its sentence, is found."""
    return ClaimReference(
        id=claim.id,
        source=source_of(article),
        relation=claim.relation,
        subject=claim.subject,
        object=claim.object,
        status=claim.status,
        quote=claim.quote,
        date=claim.date.edtf if claim.date else None,
    )


def source_of(article: Article) -> str:
    """The URL of an article, else the name of its document."""
    return article.url or article.document


def _plain(quote: str) -> str:
    return " ".join(quote.split()).casefold()
