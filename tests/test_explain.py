"""`geograph explain`: what is read in a sentence and why, and why a trigger stays silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from spacy.language import Language

from geograph.explain import explain
from geograph.ontology import load

DAY = date(2031, 7, 16)  # a Wednesday


@pytest.fixture(scope="module")
def told(nlp: Language) -> Callable[..., str]:
    """Explains a text published on DAY, as one string."""

    def told(text: str, *, every: bool = False) -> str:
        return "\n".join(explain(text, nlp=nlp, ontology=load(), published=DAY, every=every))

    return told


def _block(text: str, begin: str) -> list[str]:
    """The lines of the claim that begins with the line `begin`."""
    lines = text.splitlines()
    start = lines.index(f"  {begin}")
    block = []
    for line in lines[start + 1 :]:
        if not line.startswith("    "):
            break
        block.append(line.strip())
    return block


def test_a_claim_is_told_with_trigger_roles_status_date_and_confidence(told: Callable[..., str]) -> None:
    block = _block(told("Norway imposed sanctions on Ghana on Monday."), "Norway sanctions Ghana")
    assert [line.split()[0] for line in block] == [
        "trigger",
        "subject",
        "object",
        "status",
        "date",
        "item",
        "confidence",
    ]
    assert "“imposed" in block[0] and " OBJ" in block[0]
    assert "“Norway”, a name" in block[1] and "“Ghana”, a name" in block[2]
    assert "actual" in block[3]
    assert "2031-07-14" in block[4] and "Monday" in block[4]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Norway will sanction Ghana.", "planned"),
        ("Norway did not sanction Ghana.", "denied"),
        ("Norway may sanction Ghana.", "possible"),
    ],
)
def test_a_status_that_the_clause_itself_settles_names_the_clause(
    told: Callable[..., str], text: str, status: str
) -> None:
    assert f"status      {status}: {status} by the clause of “sanction” itself" in _block(
        told(text), "Norway sanctions Ghana"
    )


@pytest.mark.parametrize(
    ("text", "claim", "changes"),
    [
        ("Norway plans to sanction Ghana.", "Norway sanctions Ghana", "planned at “plans”"),
        ("Norway agreed to sanction Ghana.", "Norway sanctions Ghana", "planned at “agreed”"),
        ("Norway called for a meeting with Ghana.", "Norway meets Ghana", "possible at “called”"),
        ("Norway was barred from attacking Ghana.", "Norway attacks Ghana", "denied at “barred”"),
        ("Norway denied that it had attacked Ghana.", "Norway attacks Ghana", "denied at “denied”"),
        ("Norway won the war without attacking Ghana.", "Norway attacks Ghana", "denied at “without”"),
        ("Peru will protest if Norway attacks Ghana.", "Norway attacks Ghana", "possible at “if”"),
        (
            "Norway is considering plans to sanction Ghana.",
            "Norway sanctions Ghana",
            "planned at “plans”; then possible at “considering”",
        ),
    ],
)
def test_the_word_that_changes_the_status_is_named(
    told: Callable[..., str], text: str, claim: str, changes: str
) -> None:
    line = next(line for line in _block(told(text), claim) if line.startswith("status"))
    assert line.partition(" itself; then ")[2] == changes


def test_what_an_unknown_date_rests_on(told: Callable[..., str]) -> None:
    block = _block(told("Norway attacked Ghana."), "Norway attacks Ghana")
    assert any(line.startswith("date") and "unknown" in line for line in block)


def test_a_question_is_read_but_not_claimed(told: Callable[..., str]) -> None:
    text = told("Did Norway sanction Ghana?")
    assert "claims: none" in text
    assert "read but not claimed" in text and "Norway sanctions Ghana" in text


@pytest.mark.parametrize(
    ("text", "miss"),
    [
        ("Norway sanctioned the plan in Ghana.", "sanctions, “sanctioned”: to whom (OBJ"),
        ("The plan was to sanction Ghana.", "sanctions, “sanction”: who does it (SUBJ"),
        ("Norway imposed its will on Ghana.", "imposesTariffsOn, “imposed”: the thing (ITEM)"),
    ],
)
def test_a_trigger_that_stays_silent_says_what_it_lacked(told: Callable[..., str], text: str, miss: str) -> None:
    assert miss in told(text, every=True)


def test_a_word_that_fires_misses_nothing_of_its_relation(told: Callable[..., str]) -> None:
    text = told("Norway sanctioned Ghana.", every=True)
    assert "Norway sanctions Ghana" in text
    assert "sanctions, “sanctioned”" not in text


def test_a_text_without_names_says_so(told: Callable[..., str]) -> None:
    text = told("It rained all day.")
    assert "mentions: none" in text and "claims: none" in text


def test_a_few_misses_unless_all_are_asked_for(told: Callable[..., str]) -> None:
    text = "Norway agreed to help Ghana to impose and lift a ban on exports of arms after talks on trade with Peru."
    short, whole = told(text), told(text, every=True)
    assert len(short.splitlines()) < len(whole.splitlines())
    assert " more" in short.splitlines()[-1]
