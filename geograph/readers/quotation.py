"""What stands in quotation marks, and who is quoted: a quotation may run over sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from geograph.readers.clauses import is_in, is_verb, subject_of
from geograph.syntax import Doc, Span as DocSpan, Token

Words = Mapping[str, frozenset[str]]
_PARAGRAPH = 5000
"""Characters before a word in which its quotation mark is looked for."""
_SENTENCES = 12
"""Sentences over which the speaker of a quotation is looked for, either way."""


def in_quotation(token: Token) -> bool:
    """Whether an open quotation mark of the same paragraph stands before a token."""
    return _is_open(_text(token.doc), token.idx)


def quoted_speaker(token: Token, words: Words) -> Token | None:
    """The word for whom a token is quoted from whose own sentence names nobody; None outside a quotation.

    Where the quotation runs on, the sentence that closes it names the speaker; else the nearest before it does, in the
    paragraph or in those before that a quotation fills.
    """
    if not in_quotation(token):
        return None
    for sentence in _following(token.sent):
        if (tellers := list(_tellers(sentence, words))) and _is_quoting(sentence):
            return tellers[0]
    for sentence in _preceding(token.sent):
        if (tellers := list(_tellers(sentence, words))) and _is_quoting(sentence):
            return tellers[-1]
    return None


def _is_quoting(sentence: DocSpan) -> bool:
    return any(t.is_quote or t.text in (":", "‘", "’") for t in sentence)


def _tellers(sentence: DocSpan, words: Words) -> Iterator[Token]:
    """The subjects of the verbs of telling of a sentence that stand outside its quotations."""
    for verb in sentence:
        if not (is_verb(verb) and is_in(verb, "REPORTING", words)) or in_quotation(verb):
            continue
        subject = subject_of(verb) or text_read(verb, words)
        if subject is None and verb.dep_ in ("advcl", "xcomp", "conj"):
            subject = subject_of(verb.head)
        if subject is not None and not in_quotation(subject):
            yield subject


def text_read(verb: Token, words: Words) -> Token | None:
    """The text that says what stands before it: “…,” read the statement. A parser takes it for what somebody reads."""
    if verb.lower_ not in ("read", "reads") or verb.i == verb.sent.start or not verb.nbor(-1).is_quote:
        return None
    if subject_of(verb) is not None:
        return None
    return next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and is_in(c, "VOICE", words)), None)


def _following(sentence: DocSpan) -> Iterator[DocSpan]:
    """The sentences after one, as long as its quotation stays open."""
    doc = sentence.doc
    for _ in range(_SENTENCES):
        if (
            sentence.end >= len(doc)
            or "\n" in doc[sentence.end - 1].text
            or not _is_open(_text(doc), sentence.end_char)
        ):
            return
        sentence = doc[sentence.end].sent
        yield sentence


def _preceding(sentence: DocSpan) -> Iterator[DocSpan]:
    """The sentences before one: of its paragraph, and of those before as long as a quotation opens each next one."""
    doc = sentence.doc
    for _ in range(_SENTENCES):
        if sentence.start == 0 or (_begins_paragraph(sentence) and not _begins_with_mark(sentence)):
            return
        sentence = doc[sentence.start - 1].sent
        yield sentence


def _begins_paragraph(sentence: DocSpan) -> bool:
    return "\n" in sentence.doc[sentence.start - 1].text or sentence.text.startswith("\n")


def _begins_with_mark(sentence: DocSpan) -> bool:
    return sentence.text.lstrip()[:1] in ("“", '"', "‘", "'")


def _is_open(text: str, end: int) -> bool:
    """Whether a quotation mark is open before a place of a text."""
    start = text.rfind("\n", max(0, end - _PARAGRAPH), end) + 1
    before = text[start or max(0, end - _PARAGRAPH) : end].replace("''", '"')
    if before.count("“") > before.count("”") or before.count('"') % 2 == 1:
        return True
    return ("‘" in before or "'" in before) and _is_open_single(before, text[end : end + 1])


def _is_open_single(text: str, after: str) -> bool:
    """Whether a single quotation mark is open at the end of a text; an apostrophe inside or after a word is none."""
    is_open = False
    for i, mark in enumerate(text):
        if mark not in "‘’'":
            continue
        left, right = text[i - 1 : i] if i else "", text[i + 1 : i + 2] or after
        if is_open and mark != "‘" and not right.isalnum() and (left in ".,!?…" or not _is_plural(text[:i])):
            is_open = False
        elif not is_open and mark != "’" and not left.isalnum() and (right.isalnum() or right in '“"['):
            is_open = True
    return is_open


def _is_plural(text: str) -> bool:
    """Whether a text ends with an s that an apostrophe may follow: the ministers’ plan."""
    return text[-1:] == "s"


def spoken_by_name(doc: Doc, clause: Token) -> Token | None:
    """The word for whoever a colon puts before or behind what he says: "Minister: …", "…: ministry"."""
    sentence = clause.sent
    if clause == sentence.root and not is_verb(clause) and clause.i + 1 < sentence.end and clause.nbor(1).text == ":":
        return clause
    for child in clause.children:
        last = child.right_edge
        behind, before = last.i + (last.text != ":"), child.left_edge.i - 1
        if child.dep_ not in ("dep", "npadvmod", "nsubj", "appos", "parataxis") or is_verb(child):
            continue
        if child.left_edge.i == sentence.start and behind < sentence.end and doc[behind].text == ":":
            return child
        if before > sentence.start and doc[before].text == ":" and child.right_edge.i >= sentence.end - 2:
            return child
    return None


# A Doc puts its text together anew whenever it is asked for it.
@lru_cache(maxsize=1)
def _text(doc: Doc) -> str:
    return doc.text
