"""Facts after any changes are those of all claims consolidated at once, as the rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from claim_factory import RELATIONS, article, claim
from consolidation_reference import reference_facts
from hypothesis import given, settings, strategies as st

from geograph.facts import Key, Memory, consolidate, reports_of, sketch, update
from geograph.model import Article, Claim, Fact, Status

Reading = tuple[Article, tuple[Claim, ...]]

DAYS = st.dates(date(2025, 6, 25), date(2025, 7, 8))
PERIODS = st.one_of(
    st.none(),
    DAYS.map(str),
    st.sampled_from(
        [
            "2025",
            "2025-06",
            "2025-07",
            "2020",
            "2022",
            "2024",
            "2024/2026",
            "2025-07-01/2025-07-31",
            "2025-01-01/2025-12-31",
        ]
    ),
    st.tuples(DAYS, DAYS).map(lambda pair: "/".join(map(str, sorted(pair)))),
)
SLIDING = [" ".join(f"word{i}" for i in range(start, start + 90)) for start in range(0, 90, 18)]
TEXTS = [*SLIDING, *(f"{{n}}: {text}" for text in SLIDING), "a report {n} of its own {n}", "", "short"]


class Facts:
    """The facts of some readings, kept up to date key by key."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}
        self.held: set[Key] = set()
        self.texts: dict[str, str] = {}
        self._shelves: defaultdict[Key, defaultdict[str, Memory]] = defaultdict(lambda: defaultdict(dict))

    def change(self, leaving: Iterable[Reading], coming: Iterable[Reading]) -> None:
        old, new = self._reports(leaving), self._reports(coming)
        for key in sorted({*old, *new}):
            shelf = self._shelves[key]
            change = update(
                key, old.get(key, []), new.get(key, []), RELATIONS, shelf.__getitem__, lambda id: sketch(self.texts[id])
            )
            assert change.held == (key in self.held)
            (self.held.add if change.holds else self.held.discard)(key)
            arriving = {}
            for each in change.facts:
                before = self.facts.pop(each.before.id) if each.before else None
                assert (replace(before, claims=()) if before else None) == each.before
                if each.after:
                    claims = set(before.claims if before else ()) if each.before else set()
                    assert each.lost <= claims or each.before is None
                    arriving[each.after.id] = replace(
                        each.after, claims=tuple(sorted(claims - each.lost | each.gained))
                    )
            assert not arriving.keys() & self.facts.keys()
            self.facts.update(arriving)

    def _reports(self, readings: Iterable[Reading]) -> dict[Key, list]:
        found: dict[Key, list] = {}
        for of, claims in readings:
            self.texts[of.id] = of.text
            for key, report in reports_of(of, claims, RELATIONS).items():
                found.setdefault(key, []).append(report)
        return found


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    found = []
    for number in range(draw(st.integers(1, 10))):
        of = article(
            f"n{number}",
            published=draw(st.one_of(st.none(), DAYS.map(str), st.just("2025-08-30"))),
            text=draw(st.sampled_from(TEXTS)).format(n=number),
            agency=draw(st.sampled_from([None, None, None, "Northwire"])),
        )
        claims = [
            replace(
                claim(
                    of,
                    "RUS",
                    draw(st.sampled_from(["meets", "meets", "memberOf"])),
                    "PRK",
                    when=draw(PERIODS),
                    status=draw(st.sampled_from([Status.ACTUAL, *Status])),
                    at=at,
                    confidence=draw(st.sampled_from([0.0, 0.5, 0.7, 0.8, 0.95])),
                    item=draw(st.sampled_from([None, "oil", "tanks"])),
                    place=draw(st.sampled_from([None, "Wonsan", "Busan"])),
                    place_entity=draw(st.sampled_from([None, "PRK"])),
                ),
                ended=draw(st.booleans()),
            )
            for at in range(draw(st.integers(1, 3)))
        ]
        found.append((of, tuple(claims)))
    return found


def at_once(readings: Iterable[Reading], how: Callable[..., Iterable[Fact]]) -> list[Fact]:
    readings = list(readings)
    return list(
        how([claim for _, claims in readings for claim in claims], {of.id: of for of, _ in readings}, RELATIONS)
    )


@given(readings())
@settings(max_examples=300)
def test_consolidation_is_what_its_rules_say(found: list[Reading]):
    assert at_once(found, consolidate) == at_once(found, reference_facts)


@given(readings(), st.data())
@settings(max_examples=300)
def test_any_additions_changes_and_removals_give_the_facts_of_what_is_left(found: list[Reading], data: st.DataObject):
    kept = Facts()
    there: dict[str, Reading] = {}
    for _ in range(data.draw(st.integers(1, 6))):
        batch = data.draw(st.lists(st.sampled_from(found), unique_by=lambda reading: reading[0].id, max_size=5))
        leaving = [there.pop(of.id) for of, _ in batch if of.id in there]
        coming = []
        for of, claims in batch:
            claims = claims[: data.draw(st.integers(0, 3))]
            if claims:
                there[of.id] = (of, claims)
                coming.append((of, claims))
        kept.change(leaving, coming)
        expected = at_once(there.values(), reference_facts)
        assert sorted(kept.facts.values(), key=lambda fact: fact.id) == sorted(expected, key=lambda fact: fact.id)


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_who_is_whose_copy_depends_on_publication_and_not_on_arrival(arrival: list[int], publication: list[int]):
    """Each text resembles its neighbours and not those farther away."""
    found = []
    for number, text in enumerate(SLIDING):
        of = article(f"n{number}", text=text, published=f"2025-07-{12 + publication[number]}")
        found.append((of, (claim(of, when="2025-07-12"),)))
    kept = Facts()
    for number in arrival:
        kept.change([], [found[number]])
    assert list(kept.facts.values()) == at_once(found, reference_facts)


def test_a_fact_that_many_tell_reads_no_more_of_its_memory_for_one_more():
    """What is read and written for the last of many articles is what it was for one of the first."""
    touched = []
    shelf: defaultdict[str, Counting] = defaultdict(Counting)
    for number in range(600):
        of = article(f"n{number:04}", published=f"2025-07-{12 + number // 300}", agency=f"agency {number}")
        (report,) = reports_of(of, [claim(of, when="2025-07-12", place="Wonsan")], RELATIONS).values()
        update(("meets", "PRK", "RUS"), (), [report], RELATIONS, shelf.__getitem__, lambda id: ())
        touched.append(sum(memory.taken() for memory in shelf.values()))
    assert max(touched[500:]) <= max(touched[:20])


class Counting(dict):
    """A memory that counts how often it is asked and told."""

    count = 0

    def get(self, name, default=None):
        self.count += 1
        return super().get(name, default)

    def __getitem__(self, name):
        self.count += 1
        return super().__getitem__(name)

    def __setitem__(self, name, value):
        self.count += 1
        super().__setitem__(name, value)

    def items(self):
        self.count += len(self)
        return super().items()

    def taken(self) -> int:
        taken, self.count = self.count, 0
        return taken
