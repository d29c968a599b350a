"""The trigger grammar: what it accepts, what it refuses and how it says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from geograph import ontology
from geograph.errors import OntologyError
from geograph.readers.rules.lexicon import compile_lexicon
from geograph.readers.rules.triggers import (
    AnyNoun,
    AnyVerb,
    Fill,
    Recipient,
    Slot,
    That,
    Theme,
    Trigger,
    Word,
    parse,
)

BLOCK = """
@prefix gg: <https://w3id.org/geograph/ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
gg:befriends a gg:Relation , gg:Event ; rdfs:label "befriends" ;
  gg:trigger {trigger} .
"""


def ontology_with(folder: Path, *triggers: str, words: str = "") -> ontology.Ontology:
    """An ontology of one relation with these triggers, and word classes as Turtle."""
    (folder / "words").mkdir(exist_ok=True)
    quoted = " , ".join(f'"{trigger}"' for trigger in triggers)
    (folder / "relations.ttl").write_text(BLOCK.format(trigger=quoted), encoding="utf-8")
    (folder / "words" / "words.ttl").write_text(
        f"@prefix gg: <https://w3id.org/geograph/ns#> .\n{words}", encoding="utf-8"
    )
    return ontology.Ontology((folder,))


def test_a_verb_trigger_has_a_lead_a_verb_and_steps() -> None:
    trigger = parse("SUBJ impose|slap sanction on|against OBJ")
    assert trigger.is_verb
    assert trigger.lead == Fill((Slot.SUBJECT,))
    assert trigger.head == Word(frozenset({"impose", "slap"}))
    assert trigger.steps == (Word(frozenset({"sanction"})), Word(frozenset({"on", "against"})), Fill((Slot.OBJECT,)))


def test_a_noun_trigger_has_no_lead() -> None:
    trigger = parse("visit of SUBJ to OBJ")
    assert not trigger.is_verb
    assert trigger.lead is None
    assert trigger.head.lemmas == {"visit"}


def test_two_slots_joined_by_and_are_a_pair() -> None:
    assert parse("SUBJ and OBJ meet").lead == Fill((Slot.SUBJECT, Slot.OBJECT))
    assert parse("talk between SUBJ and OBJ").steps[-1] == Fill((Slot.SUBJECT, Slot.OBJECT))


def test_an_item_may_have_a_class() -> None:
    assert parse("SUBJ send ITEM:GOODS to OBJ").steps[0] == Fill((Slot.ITEM,), "GOODS")
    assert parse("SUBJ supply OBJ with ITEM").steps[-1] == Fill((Slot.ITEM,))


def test_an_end_may_have_a_class_or_a_kind() -> None:
    trigger = parse("SUBJ:TROOPS enter OBJ:Country")
    assert trigger.lead == Fill((Slot.SUBJECT,), word_class="TROOPS")
    assert trigger.steps == (Fill((Slot.OBJECT,), kind="Country"),)


def test_the_object_may_be_whose_the_subject_is() -> None:
    trigger = parse("SUBJ:Person of OBJ resign")
    assert trigger.lead == Fill((Slot.SUBJECT,), kind="Person")
    assert trigger.owner == Fill((Slot.OBJECT,))
    assert trigger.head == Word(frozenset({"resign"}))


def test_a_word_in_capitals_is_a_class_and_may_stand_beside_lemmas() -> None:
    assert parse("SUBJ hold TALKS|summit with OBJ").steps[0] == Word(frozenset({"summit"}), frozenset({"TALKS"}))


def test_that_and_verb_are_steps() -> None:
    assert parse("SUBJ demand that OBJ").steps == (That(), Fill((Slot.OBJECT,)))
    assert parse("SUBJ vow to VERB OBJ").steps == (Word(frozenset({"to"})), AnyVerb(), Fill((Slot.OBJECT,)))
    assert parse("SUBJ urge OBJ to VERB").steps[-1] == AnyVerb()


def test_any_noun_is_a_step() -> None:
    trigger = parse("SUBJ detain NOUN from OBJ")
    assert trigger.steps == (AnyNoun(), Word(frozenset({"from"})), Fill((Slot.OBJECT,)))
    assert parse("arrest of NOUN of|from OBJ by SUBJ").steps[1] == AnyNoun()


def test_a_copula_is_known_as_such() -> None:
    assert parse("SUBJ be member of OBJ").is_copula
    assert parse("SUBJ be|become member of OBJ").is_copula
    assert not parse("SUBJ meet OBJ").is_copula


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "one space"),
        ("SUBJ  meet OBJ", "one space"),
        (" SUBJ meet OBJ", "one space"),
        ("SUBJ OBJ", "a verb or noun"),
        ("SUBJ", "a verb or noun"),
        ("SUBJ meet", "OBJ is missing"),
        ("SUBJ see and meet OBJ", "cannot stand here"),
        ("OBJ be hurt", "SUBJ is missing"),
        ("SUBJ meet OBJ OBJ", "OBJ stands there twice"),
        ("SUBJ and SUBJ meet OBJ", "joins SUBJ and OBJ"),
        ("SUBJ and OBJ meet OBJ", "OBJ stands there twice"),
        ("SUBJ meet:GOODS OBJ", "neither a lemma"),
        ("SUBJ send OBJ:goods", "a class is written in capitals"),
        ("SUBJ send ITEM:goods to OBJ", "written in capitals"),
        ("SUBJ Meet OBJ", "neither a lemma"),
        ("SUBJ meet| OBJ", "neither a lemma"),
        ("SUBJ demand that", "OBJ is missing"),
        ("SUBJ tell OBJ that", "a slot or word must follow"),
        ("SUBJ demand VERB OBJ", "VERB must follow `to`"),
        ("visit SUBJ OBJ to house", "a preposition must stand"),
    ],
)
def test_a_broken_trigger_is_named_with_what_is_wrong(text: str, why: str) -> None:
    with pytest.raises(OntologyError) as error:
        parse(text)
    assert repr(text) in str(error.value)
    assert why in str(error.value)
    assert "\n" not in str(error.value)


@given(st.text(max_size=40))
def test_any_text_parses_or_is_refused_with_an_ontology_error(text: str) -> None:
    try:
        assert parse(text).text == text
    except OntologyError as error:
        assert repr(text) in str(error)


_LEMMA = st.text("abcdefghij", min_size=1, max_size=6)


@given(verbs=st.lists(_LEMMA, min_size=1, max_size=4, unique=True), words=st.lists(_LEMMA, max_size=3))
def test_lemmas_are_alternatives_and_words_keep_their_order(verbs: list[str], words: list[str]) -> None:
    trigger = parse(" ".join(["SUBJ", "|".join(verbs), *words, "OBJ"]))
    assert trigger.head.lemmas == set(verbs)
    assert [step.lemmas for step in trigger.steps if isinstance(step, Word)] == [{word} for word in words]


def test_the_lexicon_finds_a_trigger_by_each_of_its_lemmas(tmp_path: Path) -> None:
    lexicon = compile_lexicon(ontology_with(tmp_path, "SUBJ greet|hug OBJ", "hug between SUBJ and OBJ"))
    assert [entry.trigger.text for entry in lexicon.verbs["greet"]] == ["SUBJ greet|hug OBJ"]
    assert lexicon.verbs["greet"] == lexicon.verbs["hug"]
    assert [entry.relation for entry in lexicon.nouns["hug"]] == ["befriends"]
    assert "greet" not in lexicon.nouns


def test_a_copula_is_found_by_its_noun(tmp_path: Path) -> None:
    lexicon = compile_lexicon(ontology_with(tmp_path, "SUBJ be friend|ally of OBJ"))
    assert "be" not in lexicon.verbs
    assert set(lexicon.copulas) == {"friend", "ally"}


def test_word_classes_are_filled_in(tmp_path: Path) -> None:
    words = '[] a gg:WordClass ; gg:className "GIFT" ; gg:word "cake", "birthday card" .'
    triggers = ("SUBJ bring ITEM:GIFT for OBJ", "GIFT of SUBJ for OBJ")
    lexicon = compile_lexicon(ontology_with(tmp_path, *triggers, words=words))
    item = lexicon.verbs["bring"][0].trigger.steps[0]
    assert isinstance(item, Fill)
    assert item.words == {"cake", "birthday card"}
    assert set(lexicon.nouns) == {"cake", "card"}


def test_a_gift_to_somebody_also_shifts_before_the_gift(tmp_path: Path) -> None:
    lexicon = compile_lexicon(ontology_with(tmp_path, "SUBJ send ITEM to OBJ", "SUBJ give help to OBJ"))
    sent, given_ = lexicon.verbs["send"], lexicon.verbs["give"]
    assert [entry.trigger.steps[0] for entry in sent] == [Fill((Slot.ITEM,)), Recipient(Fill((Slot.OBJECT,)))]
    assert given_[1].trigger.steps == (Recipient(Fill((Slot.OBJECT,))), Theme(Word(frozenset({"help"}))))


def test_an_unknown_class_is_named_with_its_relation(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"gg:befriends: trigger 'SUBJ bring ITEM:GIFT to OBJ': no word class GIFT"):
        compile_lexicon(ontology_with(tmp_path, "SUBJ bring ITEM:GIFT to OBJ"))


def test_an_unknown_kind_is_named_with_its_relation(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"befriends.*no class of entities Planet"):
        compile_lexicon(ontology_with(tmp_path, "SUBJ visit OBJ:Planet"))


def test_a_broken_trigger_in_the_ontology_is_named_with_its_relation(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="gg:befriends: trigger 'SUBJ greet': OBJ is missing"):
        compile_lexicon(ontology_with(tmp_path, "SUBJ greet"))


def test_every_trigger_of_the_catalogue_parses() -> None:
    lexicon = compile_lexicon(ontology.load())
    assert len(lexicon.verbs) > 100
    assert len(lexicon.nouns) > 30


def _ways(trigger: Trigger) -> set[tuple[object, ...]]:
    """What a trigger takes, with one alternative of each word at a time."""
    steps = (step.word if isinstance(step, Theme) else step for step in (trigger.head, *trigger.steps))
    choices = (step.lemmas if isinstance(step, Word) else {step} for step in steps)
    return set(product({trigger.lead}, {trigger.owner}, {trigger.negated}, *choices))


def test_no_trigger_only_repeats_others_of_its_relation() -> None:
    lexicon = compile_lexicon(ontology.load())
    ways: dict[tuple[str, str], set[tuple[object, ...]]] = defaultdict(set)
    for index in (lexicon.verbs, lexicon.nouns, lexicon.copulas):
        for entry in {entry for entries in index.values() for entry in entries}:
            ways[entry.relation, entry.trigger.text] |= _ways(entry.trigger)
    told = Counter((relation, way) for (relation, _), found in ways.items() for way in found)
    repeats = [trigger for trigger, found in ways.items() if all(told[trigger[0], way] > 1 for way in found)]
    assert sorted(repeats) == []
