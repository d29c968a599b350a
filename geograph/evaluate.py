"""Precision and recall of claims against hand-made gold.

Gold is one JSON file a document: `doc`, `entities` (id, name, type, country, aliases) and `facts` (s, r, o, date,
place, status, said_by, item, quote). A triple is right if relation and both ends agree and both sides call it actual.
Each entity of ours is taken for at most one of the gold's: equal names first, then most shared forms. Events and
states are counted apart; dyads are (PLOVER category, country, country), as political event data are used.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geograph.errors import SourceError
from geograph.export.jsonl import name_forms
from geograph.model import Entity, Extraction, Period, Status
from geograph.ontology import Relation
from geograph.store import Store

Triple = tuple[str, str, str]


@dataclass
class Tally:
    """Right, wrong and missed; from these precision, recall and F1."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __str__(self) -> str:
        found, wanted = self.right + self.wrong, self.right + self.missed
        precision, recall = self.right / found if found else 0.0, self.right / wanted if wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  ({counts})"


@dataclass(frozen=True)
class Said:
    """One statement of either side, its ends as gold ids or as our own names."""

    subject: str
    relation: str
    object: str
    status: Status
    date: str | None
    place: str | None
    speaker: str | None
    countries: tuple[str | None, str | None]
    quote: str

    def triple(self, relations: Mapping[str, Relation]) -> Triple:
        """The ends and relation; ends sorted where the relation is symmetric."""
        ends = (self.subject, self.object)
        if relations[self.relation].symmetric:
            ends = (min(ends), max(ends))
        return ends[0], self.relation, ends[1]


@dataclass
class Score:
    """The tallies over all documents, and the triples that were missed or wrong."""

    events: Tally = field(default_factory=Tally)
    states: Tally = field(default_factory=Tally)
    dyads: Tally = field(default_factory=Tally)
    date: Tally = field(default_factory=Tally)
    place: Tally = field(default_factory=Tally)
    speaker: Tally = field(default_factory=Tally)
    status_shared: int = 0
    status_either: int = 0
    documents: int = 0
    errors: list[str] = field(default_factory=list)


def report(store: Store, gold: Path, relations: Mapping[str, Relation], *, errors: int = 0) -> Iterator[str]:
    """The score as lines of text. Raises SourceError if `gold` holds no gold files."""
    score = evaluate(store.extractions(), gold, relations)
    yield f"{score.documents} documents"
    for name in ("events", "states", "dyads", "date", "place", "speaker"):
        yield f"{name:8} {getattr(score, name)}"
    accuracy = score.status_shared / score.status_either if score.status_either else 0.0
    yield f"status   accuracy {accuracy:.3f} of {score.status_either}"
    yield from score.errors[:errors]


def evaluate(extractions: Iterable[Extraction], gold: Path, relations: Mapping[str, Relation]) -> Score:
    """The score of all extractions whose document has a gold file in the folder `gold`."""
    files = {data["doc"]: data for data in map(_read, sorted(gold.glob("*.json"))) if "doc" in data and "facts" in data}
    if not files:
        raise SourceError(f"{gold}: no gold file (*.json with doc, entities and facts) in this folder")
    by_document: dict[str, list[Extraction]] = {}
    for extraction in extractions:
        by_document.setdefault(extraction.article.document, []).append(extraction)
    score = Score()
    for document, data in files.items():
        score.documents += 1
        _document(score, document, data, by_document.get(document, []), relations)
    return score


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(f"{path}: not a gold file ({error})") from error
    return data if isinstance(data, dict) else {}


def _document(
    score: Score,
    document: str,
    data: Mapping[str, Any],
    extractions: list[Extraction],
    relations: Mapping[str, Relation],
) -> None:
    gold_entities = {entity["id"]: entity for entity in data["entities"]}
    wanted = [_gold(fact, gold_entities) for fact in data["facts"] if fact["r"] in relations]
    claimed = [said for extraction in extractions for said in _ours(extraction, gold_entities)]
    claimed = [said for said in claimed if said.relation in relations]
    want, have = _by_triple(wanted, relations), _by_triple(claimed, relations)
    for triple in sorted(want.keys() | have.keys()):
        ours, theirs = have.get(triple, []), want.get(triple, [])
        tally = score.states if relations[triple[1]].is_state else score.events
        _count(score, tally, document, triple, ours, theirs)
        if ours and theirs:
            _attributes(score, ours, theirs, gold_entities)
    right, wrong, missed = _compare(_dyads(claimed, relations), _dyads(wanted, relations))
    score.dyads.right += right
    score.dyads.wrong += wrong
    score.dyads.missed += missed


def _count(score: Score, tally: Tally, document: str, triple: Triple, ours: list[Said], theirs: list[Said]) -> None:
    claimed, wanted = (any(said.status is Status.ACTUAL for said in side) for side in (ours, theirs))
    line = "\t".join((document, *triple, (theirs or ours)[0].quote))
    if claimed and wanted:
        tally.right += 1
    elif claimed:
        tally.wrong += 1
        score.errors.append(f"wrong\t{line}")
    elif wanted:
        tally.missed += 1
        score.errors.append(f"missed\t{line}")


def _attributes(score: Score, ours: list[Said], theirs: list[Said], gold_entities: Mapping[str, Any]) -> None:
    mine, gold = {said.status for said in ours}, {said.status for said in theirs}
    score.status_shared += len(mine & gold)
    score.status_either += len(mine | gold)

    def same_place(a: str, b: str) -> bool:
        forms = [_forms(entity["name"], entity["aliases"]) for entity in gold_entities.values()]
        return _norm(a) == _norm(b) or any({_norm(a), _norm(b)} <= form for form in forms)

    for tally, got, want, agree in (
        (score.date, _finest(ours), _finest(theirs), _within),
        (
            score.place,
            sorted({s.place for s in ours if s.place}),
            sorted({s.place for s in theirs if s.place}),
            same_place,
        ),
        (
            score.speaker,
            sorted({s.speaker for s in ours if s.speaker}),
            sorted({s.speaker for s in theirs if s.speaker}),
            str.__eq__,
        ),
    ):
        left = list(want)
        for value in got:
            hit = next((other for other in left if agree(value, other)), None)
            if hit is None:
                tally.wrong += 1
            else:
                left.remove(hit)
                tally.right += 1
        tally.missed += len(left)


def _gold(fact: Mapping[str, Any], entities: Mapping[str, Any]) -> Said:
    subject, object_ = entities[fact["s"]], entities[fact["o"]]
    return Said(
        subject=fact["s"],
        relation=fact["r"],
        object=fact["o"],
        status=Status(fact["status"]),
        date=fact["date"],
        place=fact["place"],
        speaker=fact["said_by"],
        countries=(subject["country"], object_["country"]),
        quote=fact["quote"],
    )


def _ours(extraction: Extraction, gold_entities: Mapping[str, Any]) -> Iterator[Said]:
    forms = name_forms(extraction)
    entities = {entity.key: entity for entity in extraction.entities}
    taken = {key: _taken_for(entity, forms.get(key, ()), gold_entities) for key, entity in entities.items()}

    def country(key: str) -> str | None:
        found = gold_entities.get(taken[key])
        return found["country"] if found else entities[key].country

    for claim in extraction.claims:
        yield Said(
            subject=taken[claim.subject],
            relation=claim.relation,
            object=taken[claim.object],
            status=claim.status,
            date=claim.date.edtf if claim.date else None,
            place=claim.place,
            speaker=taken[claim.said_by] if claim.said_by else None,
            countries=(country(claim.subject), country(claim.object)),
            quote=" ".join(claim.quote.split()),
        )


def _taken_for(entity: Entity, forms: Iterable[str], gold_entities: Mapping[str, Any]) -> str:
    """The id of the gold entity that ours is taken for, else our own name."""
    mine = _forms(entity.label, forms)
    best = max(
        (
            (_norm(entity.label) == _norm(gold["name"]), len(mine & _forms(gold["name"], gold["aliases"])), -i, id)
            for i, (id, gold) in enumerate(gold_entities.items())
            if mine & _forms(gold["name"], gold["aliases"])
        ),
        default=None,
    )
    return best[3] if best else f"system:{_norm(entity.label)}"


def _by_triple(said: Iterable[Said], relations: Mapping[str, Relation]) -> dict[Triple, list[Said]]:
    groups: dict[Triple, list[Said]] = {}
    for one in said:
        groups.setdefault(one.triple(relations), []).append(one)
    return groups


def _dyads(said: Iterable[Said], relations: Mapping[str, Relation]) -> Counter[tuple[str, str, str]]:
    found: Counter[tuple[str, str, str]] = Counter()
    for one in said:
        category, (a, b) = relations[one.relation].plover, one.countries
        if one.status is Status.ACTUAL and category and a and b:
            found[category, a, b] = 1
            if relations[one.relation].symmetric:
                found[category, b, a] = 1
    return found


def _compare(ours: Counter[tuple[str, str, str]], theirs: Counter[tuple[str, str, str]]) -> tuple[int, int, int]:
    shared = (ours & theirs).total()
    return shared, ours.total() - shared, theirs.total() - shared


def _finest(said: Iterable[Said]) -> list[str]:
    """The dates given, without those that hold a finer one."""
    dates = sorted({one.date for one in said if one.date})
    return [date for date in dates if not any(date != other and _within(other, date) for other in dates)]


def _within(date: str, other: str) -> bool:
    try:
        return Period(other).covers(Period(date))
    except ValueError:
        return False


def _forms(name: str, aliases: Iterable[str]) -> set[str]:
    return {_norm(name), *map(_norm, aliases)} - {""}


def _norm(name: str) -> str:
    """A name for comparison: no accents, case, articles, possessive or punctuation.

    >>> _norm("The U.S.'s") == _norm("US")
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"'s?(?=\W|$)", "", plain.casefold().replace("’", "'")).replace(".", "")
    return " ".join(word for word in re.findall(r"\w+", plain) if word not in {"the", "a", "an"})
