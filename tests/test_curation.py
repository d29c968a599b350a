"""Decisions by themselves: what they come to, which cannot hold together, their file, and who looks the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from claim_factory import article, claim
from hypothesis import given, strategies as st

from geograph.curation import (
    Curation,
    Decision,
    Distinct,
    Hide,
    Judge,
    Judgement,
    Merge,
    Rename,
    Retype,
    appended,
    parse,
    read_file,
    reference_to,
    render,
    without,
)
from geograph.curation.suggestions import sound, suggestions
from geograph.errors import CurationError
from geograph.model import Entity, EntityType, Fact, Status


def decided(*verdicts: object) -> Curation:
    return Curation(tuple(Decision(verdict) for verdict in verdicts))


def judged(judgement: Judgement = Judgement.REJECTED) -> Judge:
    of = article("a")
    return Judge(reference_to(claim(of, when="2025-07"), of), judgement)


# What they come to


def test_merges_follow_one_another_to_the_key_that_stays():
    curation = decided(Merge(("B", "C")), Merge(("A", "B")))
    assert [curation.key(key) for key in "ABCD"] == ["A", "A", "A", "D"]
    assert curation.members("A") == ("A", "B", "C") and curation.members("D") == ("D",)


def test_a_decision_holds_for_all_that_are_merged():
    curation = decided(Merge(("A", "B")), Rename("B", "New"), Hide("B"))
    assert curation.label("A") == "New" and curation.is_hidden("A") and curation.is_hidden("B")


@pytest.mark.parametrize(
    ("verdicts", "reason"),
    [
        ((Merge(("A", "B")), Distinct(("A", "B"))), "merged and said to be distinct"),
        ((Merge(("A", "B")), Merge(("B", "C")), Distinct(("A", "C"))), "merged and said to be distinct"),
        ((Merge(("A", "B")), Merge(("B", "A"))), "circle"),
        ((Merge(("A", "B")), Merge(("B", "C")), Merge(("C", "A"))), "circle"),
        ((Merge(("A", "B")), Merge(("C", "B"))), "B is merged into A and into C"),
        ((Rename("A", "One"), Rename("A", "Two")), "two labels"),
        ((Merge(("A", "B")), Rename("A", "One"), Rename("B", "Two")), "two labels"),
        ((Retype("A", EntityType.PERSON), Retype("A", EntityType.GROUP)), "two types"),
        ((Hide("A"), Hide("A")), "twice"),
        ((judged(), judged(Judgement.CONFIRMED)), "rejected and confirmed"),
    ],
)
def test_what_cannot_hold_together_is_named_in_whatever_order(verdicts: tuple[object, ...], reason: str):
    with pytest.raises(ValueError, match=reason):
        decided(*verdicts)
    with pytest.raises(ValueError):
        decided(*reversed(verdicts))


def test_a_rejection_holds_for_every_date_and_a_confirmation_for_its_own():
    of = article("a")
    other_date = claim(of, when="2025-08")
    assert decided(judged()).judgement(other_date, of) is Judgement.REJECTED
    assert decided(judged(Judgement.CONFIRMED)).judgement(other_date, of) is None
    assert decided(judged(Judgement.CONFIRMED)).judgement(claim(of, when="2025-07"), of) is Judgement.CONFIRMED


def test_a_judgement_means_no_other_status_sentence_or_article():
    curation, of = decided(judged()), article("a")
    assert curation.judgement(claim(of, when="2025-07", status=Status.PLANNED), of) is None
    assert curation.judgement(claim(of, when="2025-07", at=60), of) is None
    other = article("b", text=of.text)
    assert curation.judgement(claim(other, when="2025-07"), other) is None


# The file

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,8}", fullmatch=True)
VERDICTS = st.one_of(
    st.lists(KEYS, min_size=2, max_size=4, unique=True).map(lambda keys: Merge(tuple(keys))),
    st.lists(KEYS, min_size=2, max_size=4, unique=True).map(lambda keys: Distinct(tuple(keys))),
    st.builds(Rename, KEYS, TEXT.filter(lambda text: text.strip() and text.isprintable())),
    st.builds(Retype, KEYS, st.sampled_from(list(EntityType))),
    st.builds(Hide, KEYS),
    st.builds(
        lambda text, judgement: Judge(
            reference_to(claim(of := article("a", text=f"x{text}"), when="2025"), of), judgement
        ),
        st.text(st.characters(exclude_categories=["Cs"]), min_size=10),
        st.sampled_from(list(Judgement)),
    ),
)
DECISIONS = st.builds(
    Decision,
    VERDICTS,
    by=st.none() | TEXT,
    why=st.none() | TEXT,
    on=st.none() | st.dates(),
)


@given(decision=DECISIONS, other=DECISIONS)
def test_a_decision_comes_back_from_the_file_as_it_was_taken(decision: Decision, other: Decision):
    assert parse(render(Curation((decision,)))).decisions == (decision,)
    try:
        both = Curation((other, decision))
    except ValueError:
        return
    text = render(Curation((other,)))
    longer = appended(text, decision)
    assert parse(longer) == both
    assert without(longer, 1) == text


def test_comments_of_people_stay_when_blocks_come_and_go():
    text = (
        "# mine\n\n# about Ada\n[[decision]] # first\nhide = 'A'\n# inside\n\n\n"
        "# about Ben\n[[ decision ]]\nhide = 'B'\nwhy = '''\n[[decision]] or not\n'''\n"
    )
    longer = appended(text, Decision(Hide("C"), on=date(2025, 7, 16)))
    assert longer.startswith(text) and without(longer, 2) == text
    shorter = without("# mine\n[[decision]]\nhide = 'A'\n\n# about Ben\n[[decision]]\nhide = 'B'\n", 0)
    assert shorter == "# mine\n\n# about Ben\n[[decision]]\nhide = 'B'\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[decision]]\nhide = A\n", "line 2"),
        ("[[decision]]\nhide = 'A'\n\n[[decision]]\nretype = 'A'\n", "line 4: type is missing"),
        ("[[decision]]\nretype = 'A'\ntype = 'Alien'\n", "line 1: type is one of Person"),
        ("[[decision]]\nhide = 'A'\ncolour = 'red'\n", "line 1: 'colour' is no field of hide"),
        ("[[decision]]\nhide = 'A'\nrename = 'B'\n", "line 1: a decision has one of"),
        ("[[decision]]\nmerge = ['A']\n", "line 1: merge takes two"),
        ("[[decision]]\nhide = 'a b'\n", "line 1: hide takes a key"),
        ("[[decision]]\nhide = 'A'\non = '2025-07-16'\n", "line 1: on is a day without quotes"),
        ("[[decision]]\nmerge=['A','B']\n[[decision]]\ndistinct=['B','A']\n", "lines 1 and 3"),
        ("[decision]\nhide = 'A'\n", r"\[\[decision\]\]"),
        ("hide = 'A'\n", r"\[\[decision\]\]"),
    ],
)
def test_a_broken_file_names_the_line_and_what_to_do(tmp_path: Path, text: str, words: str):
    path = tmp_path / "curation.toml"
    path.write_text(text)
    with pytest.raises(CurationError, match=words) as caught:
        read_file(path)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)
    assert path.read_text() == text


@given(st.text(max_size=80))
def test_whatever_stands_in_the_file_is_read_or_told_in_one_line(text: str):
    try:
        parse(text)
    except CurationError as error:
        assert "\n" not in str(error)


# Suggestions


def person(name: str, country: str | None = None, *aliases: str, ids: tuple[str, ...] = ()) -> Entity:
    key = f"person.{name.replace(' ', '_')}"
    return Entity(key, EntityType.PERSON, name, country=country, aliases=aliases, identifiers=ids)


def body(name: str, country: str | None = None, *aliases: str) -> Entity:
    return Entity(name.replace(" ", "_"), EntityType.ORGANIZATION, name, country=country, aliases=aliases)


def fact(subject: Entity, relation: str, object: Entity, item: str | None = None) -> Fact:
    return Fact(relation, subject.key, object.key, Status.ACTUAL, ("c",), item=item)


def pairs(*entities: Entity, facts: tuple[Fact, ...] = (), curation: Curation | None = None) -> list[set[str]]:
    found = suggestions(entities, facts, curation or Curation())
    return [{each.keep.label, each.merge.label} for each in found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Luc Tavernier"), person("L. Tavernier")),
        (person("Orlan Veshnyak"), person("Orlan Veshniak")),
        (person("Muammar Qadhafi"), person("Moammar Kaddafi", "LBY", ids=())),
        (person("Pak Seong Rim"), person("Seong Rim Pak")),
        (person("Carla Ruiz Moran"), person("Carla Moran")),
        (person("Luc Tavernier", "FRA"), person("Lucien Tavernier", "FRA")),
        (person("Ada Moran", ids=("wikidata:Q1",)), person("Adeline Moran-Testa", ids=("wikidata:Q1",))),
        (body("World Grain Programme", "KEN", "World Grain Program"), body("WGP", "KEN")),
        (body("Al-Testa Front"), body("Altesta Front")),
    ],
)
def test_likely_the_same(one: Entity, other: Entity):
    assert pairs(one, other) == [{one.label, other.label}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Luc Tavernier"), person("Anne Tavernier")),
        (person("Luc Tavernier", "FRA"), person("L. Tavernier", "BEL")),
        (person("Ada Moran", ids=("wikidata:Q1",)), person("Adda Moran", ids=("wikidata:Q2",))),
        (body("Northern Command"), body("Southern Command")),
        (body("UNAMA"), body("UNAMI")),
        (
            Entity("Springfield-1", EntityType.PLACE, "Springfield", identifiers=("geonames:1",)),
            Entity("Springfield-2", EntityType.PLACE, "Springfield", identifiers=("geonames:2",)),
        ),
    ],
)
def test_likely_different(one: Entity, other: Entity):
    assert pairs(one, other) == []


def test_company_tells_and_who_meets_somebody_is_not_that_one():
    one, other, third = person("Tavernier", "FRA"), person("Luc Tavernier", "FRA"), body("France")
    assert pairs(one, other) == []
    offices = (fact(one, "holdsOfficeIn", third, "minister"), fact(other, "holdsOfficeIn", third, "Minister"))
    assert pairs(one, other, facts=offices) == [{"Tavernier", "Luc Tavernier"}]
    assert pairs(one, other, facts=(*offices, fact(one, "meets", other))) == []


def test_what_was_said_to_be_distinct_is_not_suggested_again():
    one, other = person("Luc Tavernier"), person("L. Tavernier")
    assert pairs(one, other, curation=decided(Distinct((other.key, one.key)))) == []


def test_the_better_known_is_kept_and_the_likeliest_comes_first():
    known = person("L. Tavernier", ids=("wikidata:Q1",))
    found = suggestions([person("Luc Tavernier"), known, person("Ada Moran"), body("Ada Moran")], [], Curation())
    assert [each.keep for each in found if "Tavernier" in each.keep.label] == [known]
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_spellings_of_one_sound_are_one():
    for one, other in (("Zelenskyy", "Zelensky"), ("Dmitriy", "Dmitri"), ("Kharkhov", "Harhov")):
        assert sound(one) == sound(other)


def test_ten_thousand_entities_are_compared_by_blocks(monkeypatch: pytest.MonkeyPatch):
    from geograph.curation import suggestions as module

    compared = 0

    def counted(*args: object) -> None:
        nonlocal compared
        compared += 1

    monkeypatch.setattr(module, "_compared", counted)
    names = [f"{chr(97 + i % 26)}ra{i % 97}k {chr(98 + i % 23)}o{i % 89}m{i}" for i in range(10_000)]
    suggestions([person(name.title()) for name in names], [], Curation())
    assert compared < 40 * len(names)
