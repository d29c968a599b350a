"""The language-model reader without a network: settings, parts, what is asked, what the text must bear out, waiting."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from reading_factory import ONTOLOGY, make_reading
from spacy.language import Language

from geograph.errors import ReaderError
from geograph.model import Article, Claim, EntityType, Status
from geograph.pipeline import extract
from geograph.readers.checks import fault
from geograph.readers.llm import LlmReader, Settings, settings_from
from geograph.readers.llm.asking import Answer, NoAnswer, Question, ask_again
from geograph.readers.llm.cache import key_of
from geograph.readers.llm.parts import parts_of
from geograph.readers.llm.prompt import instructions, question
from geograph.readers.protocol import Reading
from geograph.readers.rules.reader import rule_reader

COUNTRIES = {"Norway": "NOR", "Kenya": "KEN", "Peru": "PER", "Chile": "CHL"}
ACTORS = {name: (key, EntityType.COUNTRY) for name, key in COUNTRIES.items()}


class Model:
    """Stands for an endpoint: answers each question with the claims given, and keeps what it was asked."""

    def __init__(self, *claims: Mapping[str, Any]) -> None:
        self.claims = claims
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        return Answer(json.dumps({"claims": self.claims}), 10, 5)


def _claim(relation: str, quote: str, words: str, **rest: Any) -> dict[str, Any]:
    given = {"relation": relation, "subject": 1, "object": 2, "status": "actual", "quote": quote, "words": words}
    return {**given, "item": None, **rest}


def _reader(model: Model, **settings: Any) -> LlmReader:
    return LlmReader(ONTOLOGY, Settings("http://127.0.0.1:9/v1", "invented", **settings), model)


@cache
def _reading_of(nlp: Language, text: str) -> Reading:
    return make_reading(nlp, text, ACTORS)


def _read(nlp: Language, text: str, *claims: Mapping[str, Any]) -> list[Claim]:
    return list(_reader(Model(*claims)).read(make_reading(nlp, text, ACTORS)))


# --- settings ------------------------------------------------------------------------------------------------------


def test_settings_come_from_options_and_then_from_the_environment() -> None:
    environ = {"GEOGRAPH_LLM_URL": "http://a/v1", "GEOGRAPH_LLM_MODEL": "m", "GEOGRAPH_LLM_KEY": "k\n", "HOME": "/x"}
    assert settings_from(environ) == Settings("http://a/v1", "m", "k")
    assert settings_from(environ, url="http://b/v1", model="n", key="l", tries=1) == Settings(
        "http://b/v1", "n", "l", tries=1
    )
    assert settings_from({"OPENAI_API_KEY": "other"}, url="http://b/v1", model="n").key is None


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({}, "no language model to ask; give --llm-url or set GEOGRAPH_LLM_URL"),
        ({"url": "http://a/v1"}, "give --llm-model or set GEOGRAPH_LLM_MODEL"),
        ({"url": "file:///etc/passwd", "model": "m"}, "is no URL"),
        ({"url": "http://[::1", "model": "m"}, "is no URL"),
        ({"url": "http://a:b/v1", "model": "m"}, "is no URL"),
        ({"url": "http://user:secret@a/v1", "model": "m"}, "give the key in GEOGRAPH_LLM_KEY"),
        ({"url": "http://a/v1?key=secret", "model": "m"}, "give the key in GEOGRAPH_LLM_KEY"),
        ({"url": "http://a/v1", "model": "m", "key": "secret\nHost: b"}, "signs that no key has"),
        ({"url": "http://a/v1", "model": "m", "cost_budget": 1.0}, "needs the prices"),
        ({"url": "http://a/v1", "model": "m", "token_budget": -1}, "less than nothing"),
        ({"url": "http://a/v1", "model": "m", "timeout": 0}, "give more than 0"),
        ({"url": "http://a/v1", "model": "m", "confidence": 2}, "at most 1"),
    ],
)
def test_settings_that_cannot_work_are_refused_in_one_line(options: dict[str, Any], reason: str) -> None:
    with pytest.raises(ReaderError, match=reason) as raised:
        settings_from({}, **options)
    assert "secret" not in str(raised.value) and "\n" not in str(raised.value)


def test_without_the_extra_the_core_works_and_the_reader_says_what_to_install() -> None:
    code = (
        "import sys\n"
        "sys.modules['pydantic_ai'] = None\n"
        "import geograph, geograph.cli, geograph.pipeline\n"
        "from geograph.readers.llm import Settings, llm_reader\n"
        "from geograph.ontology import load\n"
        "try: llm_reader(load(), Settings('http://127.0.0.1:9/v1', 'm'))\n"
        "except geograph.errors.GeographError as error: print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "pip install 'geograph[llm]'" in said and said.count("\n") == 1


def test_the_key_is_not_shown_with_the_settings() -> None:
    assert "sk-1" not in repr(Settings("http://a/v1", "m", "sk-1"))


# --- parts and questions -------------------------------------------------------------------------------------------


def test_a_long_article_is_asked_in_parts_of_whole_paragraphs(nlp: Language) -> None:
    paragraphs = [f"Norway met Kenya in year {number}. Peru met Chile then." for number in range(8)]
    reading = make_reading(nlp, "\n\n".join(paragraphs), ACTORS)
    parts = list(parts_of(reading, 150))
    texts = [part.span.of(reading.article.text).strip() for part in parts]
    assert len(parts) == 3
    assert "\n\n".join(texts) == reading.article.text
    assert all(text.split("\n\n")[0] in paragraphs for text in texts)


def test_only_a_paragraph_that_is_too_long_is_split_and_then_between_sentences(nlp: Language) -> None:
    sentences = [f"Norway met Kenya in {year}." for year in range(2001, 2007)]
    reading = make_reading(nlp, " ".join(sentences), ACTORS)
    texts = [part.span.of(reading.article.text).strip() for part in parts_of(reading, 60)]
    assert " ".join(texts) == reading.article.text
    assert all(text.endswith(".") and len(text) <= 60 for text in texts)


def test_a_part_that_names_fewer_than_two_is_not_asked_about(nlp: Language) -> None:
    model = Model()
    assert list(_reader(model).read(make_reading(nlp, "Norway is cold. Norway is north.", ACTORS))) == []
    assert model.asked == []


def test_numbers_mean_the_entities_of_their_own_part(nlp: Language) -> None:
    text = "Norway met Kenya on Monday.\n\nPeru met Chile on Monday."
    model = Model(_claim("meets", "Peru met Chile on Monday.", "met"))
    reader = _reader(model, part_length=30)
    found = list(reader.read(make_reading(nlp, text, ACTORS)))
    assert len(model.asked) == 2
    assert [(claim.subject, claim.object) for claim in found] == [("PER", "CHL")]
    assert dict(reader.report.dropped) == {"quote is not in the text": 1}


def test_the_catalogue_is_told_with_types_comment_and_example() -> None:
    told = instructions(ONTOLOGY.relations)
    for name, relation in ONTOLOGY.relations.items():
        assert f"\n- {name} (" in told and relation.examples[0] in told
    assert "- visits (Country|Group|Organization|Person -> " in told
    assert "the same both ways" in next(line for line in told.splitlines() if line.startswith("- meets "))


def test_an_answer_is_kept_for_what_it_depends_on(nlp: Language) -> None:
    reading = make_reading(nlp, "Norway met Kenya.", ACTORS)
    (part,) = parts_of(reading, 100)
    asked = question(part, reading.article, ONTOLOGY.relations, "told")
    key = key_of(asked, "m", "1")
    fewer = {name: relation for name, relation in ONTOLOGY.relations.items() if name != "meets"}
    titled = Article("test", reading.article.text, title="Talks")
    assert key == key_of(question(part, Article("other", reading.article.text), ONTOLOGY.relations, "told"), "m", "1")
    others = [
        key_of(asked, "n", "1"),
        key_of(asked, "m", "2"),
        key_of(question(part, reading.article, ONTOLOGY.relations, "told else"), "m", "1"),
        key_of(question(part, reading.article, fewer, "told"), "m", "1"),
        key_of(question(part, titled, ONTOLOGY.relations, "told"), "m", "1"),
    ]
    assert len({key, *others}) == 6


# --- from proposals to claims --------------------------------------------------------------------------------------


def test_white_space_may_differ_in_a_quote_and_nothing_else(nlp: Language) -> None:
    text = "Norway met\nKenya in Oslo."
    (claim,) = _read(nlp, text, _claim("meets", "Norway met Kenya in Oslo.", "met"))
    assert claim.quote == text
    assert _read(nlp, text, _claim("meets", "Norway met Kenya in oslo.", "met")) == []


def test_a_piece_of_a_sentence_proves_by_the_whole_sentence(nlp: Language) -> None:
    text = "In spring, Norway met Kenya in Oslo."
    (claim,) = _read(nlp, text, _claim("meets", "Norway met Kenya", "met"))
    assert (claim.quote, claim.span.start) == (text, 0)


def test_of_equal_quotes_the_one_whose_sentence_names_both_counts(nlp: Language) -> None:
    text = "Norway waited. There were talks with Kenya. There were talks with Kenya that Norway won."
    (claim,) = _read(nlp, text, _claim("meets", "There were talks with Kenya", "talks"))
    assert claim.quote == "There were talks with Kenya that Norway won."


def test_one_end_may_stand_in_the_sentence_before_but_not_both(nlp: Language) -> None:
    text = "Norway was firm. Sanctions were imposed on Kenya. Prices rose."
    sanctions = _claim("sanctions", "Sanctions were imposed on Kenya.", "Sanctions were imposed")
    (claim,) = _read(nlp, text, sanctions)
    assert (claim.subject, claim.object, claim.quote) == ("NOR", "KEN", sanctions["quote"])
    assert _read(nlp, text, _claim("sanctions", "Prices rose.", "rose")) == []


def test_ends_of_a_symmetric_relation_stand_as_in_the_text(nlp: Language) -> None:
    text = "Norway met Kenya in Oslo."
    (claim,) = _read(nlp, text, _claim("meets", text, "met", subject=2, object=1))
    assert (claim.subject, claim.object) == ("NOR", "KEN")


def test_words_that_are_half_a_sentence_are_no_trigger(nlp: Language) -> None:
    text = "Norway said after a long night in the old town hall of its capital that it had met Kenya."
    assert _read(nlp, text, _claim("meets", text, text.removesuffix(" Kenya."))) == []


def test_an_item_that_is_not_in_the_sentence_is_left_out(nlp: Language) -> None:
    text = "Norway supplied Kenya with rice."
    given, invented = (
        _read(nlp, text, _claim("supplies", text, "supplied", item=item))[0].item for item in ("rice", "gold")
    )
    assert (given, invented) == ("rice", None)


_words = st.sampled_from(
    ["Norway met Kenya.", "met", "Norway", "Peru met Chile", "\ud800", "", " ", "Kenya.\n\nPeru", "of"]
)
_anything = st.one_of(st.none(), st.booleans(), st.integers(-1, 6), st.floats(), _words, st.lists(_words, max_size=2))
_proposed = st.fixed_dictionaries(
    {
        "relation": st.sampled_from(["meets", "visits", "holdsOfficeIn", "befriends"]) | _anything,
        "subject": st.integers(0, 5) | _anything,
        "object": st.integers(0, 5) | _anything,
        "status": st.sampled_from(["actual", "denied", "certain"]) | _anything,
        "quote": _words | _anything,
        "words": _words | _anything,
        "item": _words | _anything,
    }
)


@given(answer=st.lists(_proposed | _anything, max_size=4))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_an_answer_holds_each_claim_is_proved_by_the_text(nlp: Language, answer: list[Any]) -> None:
    text = "Norway met Kenya. It was of note.\n\nPeru met Chile in Oslo."
    reader = _reader(Model(*answer))
    reading = _reading_of(nlp, text)
    found = list(reader.read(reading))
    for claim in found:
        assert fault(claim, reading.article, reading.entities, ONTOLOGY.relations) is None
        assert any(span is not None and claim.span.covers(span) for span in (claim.subject_span, claim.object_span))
    assert len(found) + reader.report.dropped.total() <= len(answer)


def test_the_same_claim_twice_is_one(nlp: Language) -> None:
    text = "Norway met Kenya in Oslo."
    claim = _claim("meets", text, "met")
    assert len(_read(nlp, text, claim, claim)) == 1


def test_what_is_told_as_done_before_its_date_is_dropped(nlp: Language) -> None:
    text = "Norway will meet Kenya on 4 March 2031."
    reading = make_reading(nlp, text, ACTORS, published=date(2031, 3, 1))
    reader = _reader(Model(_claim("meets", text, "meet")))
    assert list(reader.read(reading)) == []
    assert dict(reader.report.dropped) == {"told as done before its date": 1}


def test_an_office_told_by_a_title_is_read_as_the_rules_read_it(nlp: Language) -> None:
    text = "Former Peruvian Foreign Minister Ana Quispe spoke in Lima."

    class Office(Model):
        def __call__(self, question: Question) -> Answer:
            lines = question.text.splitlines()
            numbers = {name: int(line.split(".")[0]) for line in lines for name in ("Ana", "Peru ") if name in line[:9]}
            self.claims = (
                _claim("holdsOfficeIn", text, "Foreign Minister", subject=numbers["Ana"], object=numbers["Peru "]),
            )
            return super().__call__(question)

    articles = [Article("a", text)]
    by_rules, by_model = (
        next(iter(extract(articles, nlp=nlp, ontology=ONTOLOGY, readers=[reader]))).claims
        for reader in (rule_reader(ONTOLOGY), _reader(Office()))
    )
    assert [claim.id for claim in by_model] == [claim.id for claim in by_rules] != []
    assert (by_model[0].ended, by_model[0].reader) == (True, "llm")


def test_beside_the_rules_it_adds_and_never_takes_over(nlp: Language) -> None:
    text = "Peru met Chile in Lima. Peru gave Chile the cold shoulder."
    model = Model(
        _claim("meets", "Peru met Chile in Lima.", "met"),
        _claim("criticizes", "Peru gave Chile the cold shoulder.", "gave Chile the cold shoulder"),
    )
    readers = [rule_reader(ONTOLOGY), _reader(model)]
    (found,) = extract([Article("a", text)], nlp=nlp, ontology=ONTOLOGY, readers=readers)
    told = [(claim.relation, claim.reader.split("+")[0]) for claim in found.claims]
    assert told == [("meets", "rules"), ("criticizes", "llm")]
    assert found.claims[0].version == found.claims[1].version


def test_confidence_is_what_the_settings_say_for_names(nlp: Language) -> None:
    text = "Norway met Kenya in Oslo."
    model = Model(_claim("meets", text, "met"))
    (claim,) = _reader(model, confidence=0.7).read(make_reading(nlp, text, ACTORS))
    assert (claim.confidence, claim.status) == (0.7, Status.ACTUAL)


# --- waiting -------------------------------------------------------------------------------------------------------


def test_it_waits_longer_each_time_or_as_long_as_the_server_asks_but_never_for_ever() -> None:
    failures = [NoAnswer("busy", again=True, wait=wait) for wait in (None, None, 4.0, 3600.0, -1.0, float("nan"))]
    waits: list[float] = []

    def ask() -> Answer:
        if failures:
            raise failures.pop(0)
        return Answer("{}")

    assert ask_again(ask, 7, sleep=waits.append) == Answer("{}")
    assert waits == [0.5, 1.0, 4.0, 30.0, 0.0, 0.0]


def test_what_will_not_get_better_is_not_tried_again() -> None:
    waits: list[float] = []

    def ask() -> Answer:
        raise NoAnswer("refused")

    with pytest.raises(NoAnswer):
        ask_again(ask, 5, sleep=waits.append)
    assert waits == []
