"""The plain tree of an article says of every word and stretch what spaCy says."""

from __future__ import annotations

import pytest
from spacy.language import Language

from geograph.annotate import parse
from geograph.syntax import Doc

TEXTS = (
    "",
    "  \n ",
    "Norway's envoy, who 2 days ago met the ministers of Peru and Chile, left.\n\n“We agreed,” she said.",
    "OSLO, July 3 - It isn't so: A, B and C (the “three”) have signed and  ratified it; he won't. Will they?",
)
_PLAIN = (
    *("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "whitespace_", "text_with_ws"),
    *("is_sent_start", "is_alpha", "is_space", "is_quote", "like_num"),
)


@pytest.mark.parametrize("text", TEXTS)
def test_words_are_those_of_spacy(nlp: Language, text: str) -> None:
    parsed = parse(text, nlp)
    doc = Doc(parsed)
    assert doc.text == parsed.text and len(doc) == len(parsed)
    for token, word in zip(doc, parsed, strict=True):
        assert {name: getattr(token, name) for name in _PLAIN} == {name: getattr(word, name) for name in _PLAIN}
        assert len(token) == len(word)
        for name in ("head", "left_edge", "right_edge"):
            assert getattr(token, name).i == getattr(word, name).i
        for name in ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts", "sent"):
            assert [t.i for t in getattr(token, name)] == [t.i for t in getattr(word, name)]


@pytest.mark.parametrize("text", TEXTS)
def test_stretches_are_those_of_spacy(nlp: Language, text: str) -> None:
    parsed = parse(text, nlp)
    doc = Doc(parsed)
    assert [(s.start, s.end, s.text) for s in doc.sents] == [(s.start, s.end, s.text) for s in parsed.sents]
    assert [tuple(name) for name in doc.ents] == [(e.label_, e.start_char, e.end_char) for e in parsed.ents]
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            span, other = doc[start:end], parsed[start:end]
            assert (span.text, span.root.i, len(span)) == (other.text, other.root.i, len(other))
            found = doc.touched(span.start_char, span.end_char)
            assert found is not None and (found.start, found.end) == (start, end)


def test_no_words_outside_the_text(nlp: Language) -> None:
    doc = Doc(parse("They met.", nlp))
    assert doc.touched(-1, 4) is doc.touched(4, 40) is doc.touched(0, 0) is None
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[2].nbor()
