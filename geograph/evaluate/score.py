"""The measures: tallies over triples, dyads and attributes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geograph.errors import SourceError
from geograph.evaluate.matching import Said, Triple, forms_of, normal, said_by_us, said_in_gold
from geograph.model import Extraction, Period, Status
from geograph.ontology import Relation


@dataclass
class Tally:
    """Right, wrong and missed; from these precision, recall and F1."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right, 0 to 1; 0 where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """The share of what there is that was found, 0 to 1; 0 where there is nothing."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        counts = f"{self.right} right, {self.wrong} wrong, {self.missed} missed"
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  ({counts})"


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
    relations: dict[str, Tally] = field(default_factory=dict)
    reliability: list[tuple[float, bool]] = field(default_factory=list)
    """For each claim the confidence that it states, and whether the gold says the same with the same status."""
    errors: list[str] = field(default_factory=list)


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
    wanted = [said_in_gold(fact, gold_entities) for fact in data["facts"] if fact["r"] in relations]
    claimed = [said for extraction in extractions for said in said_by_us(extraction, gold_entities)]
    claimed = [said for said in claimed if said.relation in relations]
    want, have = _by_triple(wanted, relations), _by_triple(claimed, relations)
    for triple in sorted(want.keys() | have.keys()):
        ours, theirs = have.get(triple, []), want.get(triple, [])
        tally = score.states if relations[triple[1]].is_state else score.events
        per_relation = score.relations.setdefault(triple[1], Tally())
        _count(score, (tally, per_relation), document, triple, ours, theirs)
        score.reliability += [(said.confidence, said.status in {other.status for other in theirs}) for said in ours]
        if ours and theirs:
            _attributes(score, ours, theirs, gold_entities)
    right, wrong, missed = _compare(_dyads(claimed, relations), _dyads(wanted, relations))
    score.dyads.right += right
    score.dyads.wrong += wrong
    score.dyads.missed += missed


def _count(
    score: Score, tallies: Iterable[Tally], document: str, triple: Triple, ours: list[Said], theirs: list[Said]
) -> None:
    claimed, wanted = (any(said.status is Status.ACTUAL for said in side) for side in (ours, theirs))
    for tally in tallies:
        tally.right += claimed and wanted
        tally.wrong += claimed and not wanted
        tally.missed += wanted and not claimed
    if claimed != wanted:
        kind = "wrong" if claimed else "missed"
        score.errors.append("\t".join((kind, document, *triple, (theirs or ours)[0].quote)))


def _attributes(score: Score, ours: list[Said], theirs: list[Said], gold_entities: Mapping[str, Any]) -> None:
    mine, gold = {said.status for said in ours}, {said.status for said in theirs}
    score.status_shared += len(mine & gold)
    score.status_either += len(mine | gold)

    def same_place(a: str, b: str) -> bool:
        forms = [forms_of(entity["name"], entity["aliases"]) for entity in gold_entities.values()]
        return normal(a) == normal(b) or any({normal(a), normal(b)} <= form for form in forms)

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
