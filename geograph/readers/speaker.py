"""On whose word a text rests an event: the nearest one who is quoted or reported as saying so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from spacy.tokens import Doc, Span as DocSpan, Token

from geograph.model import Mention
from geograph.readers.clauses import climb, is_in, is_verb
from geograph.readers.nominals import is_definite
from geograph.readers.protocol import Frame, Reading

Words = Mapping[str, frozenset[str]]
_PARAGRAPH = 5000
"""Characters before a word in which its quotation mark is looked for."""
_COMPLEMENTS = ("ccomp", "xcomp", "pcomp", "parataxis", "acl", "dep")


def speaker_of(reading: Reading, frame: Frame, words: Words) -> Mention | None:
    """The one on whose word the text rests the event of `frame`; None where the text says so itself.

    The nearest speaker counts where they are nested. A speech act is told by the text: its speaker is its subject. A
    long event that a speaker takes for granted ("as the war between them went on") rests on no one's word.
    """
    if (
        is_in(frame.predicate, "LONG_EVENT", words)
        and not is_verb(frame.predicate)
        and is_definite(frame.predicate, words)
    ):
        return None
    trigger = frozenset(token.i for token in frame.trigger)
    source = next(_sources(frame.predicate, trigger, words), None) or _quoted_elsewhere(frame.predicate, words)
    speaker = _voice(reading, source, words) if source is not None else None
    acts = any(is_in(token, "SPEECH_ACT", words) for token in (frame.predicate, *frame.trigger))
    if speaker is not None and speaker.entity == frame.subject.entity and acts:
        return None
    return speaker


def _sources(predicate: Token, trigger: frozenset[int], words: Words) -> Iterator[Token]:
    """The words that head those who say so, the nearest first."""
    below: Token | None = None
    for node in climb(predicate):
        if below is not None and node.i not in trigger and is_verb(node) and below.dep_ in _COMPLEMENTS:
            yield from _tellers(node, below, words)
        if below is not None and below.dep_ == "prep" and is_in(node, "ACCUSING", words) and node.i not in trigger:
            yield from _subjects(node)
        for child in node.children:
            if child == below or child.i in trigger:
                continue
            if _is_aside(child, words):
                yield from _subjects(child)
            if is_in(child, "ACCORDING", words) and child.dep_ in ("prep", "advcl", "acl"):
                yield from _objects(child)
        below = node


def _is_aside(verb: Token, words: Words) -> bool:
    """Whether a verb of telling stands aside from the clause that it tells: ", the ministry said,"."""
    as_told = verb.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)
    return (
        (as_told or verb.dep_ in ("parataxis", "ccomp", "dep"))
        and verb.tag_ in ("VBD", "VBZ", "VBP")
        and is_in(verb, "REPORTING", words)
        and not any(child.dep_ in ("ccomp", "dobj") for child in verb.children)
    )


def _tellers(verb: Token, clause: Token, words: Words) -> Iterator[Token]:
    """Who tells the clause under a verb of telling."""
    if not is_in(verb, "REPORTING", words) or clause.dep_ == "xcomp":
        return
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and is_in(verb.head.head, "QUOTING", words):
        yield from _quoted(verb.head.head)
        return
    yield from _subjects(verb)


def _quoted(verb: Token) -> Iterator[Token]:
    """Whom a verb of quoting quotes: its object, or its subject in the passive."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            yield child


def _subjects(verb: Token) -> Iterator[Token]:
    """The subject of a verb of telling, taken over from a governing verb where it has none of its own."""
    node = verb
    while True:
        own = [child for child in node.children if child.dep_ in ("nsubj", "agent")]
        if own:
            for child in own:
                yield from (child.children if child.dep_ == "agent" else (child,))
            return
        if node.dep_ in ("advcl", "xcomp", "conj") and is_verb(node.head):
            node = node.head
        elif node.dep_ in ("acl", "relcl"):
            yield node.head
            return
        else:
            return


def _objects(word: Token) -> Iterator[Token]:
    """What follows "according to"."""
    for child in word.children:
        if child.dep_ in ("pobj", "dobj"):
            yield child
        elif child.dep_ == "prep":
            yield from _objects(child)


def _voice(reading: Reading, source: Token, words: Words) -> Mention | None:
    """The mention that a word for a speaker stands for: itself, or the one whose spokesman or statement it is."""
    if found := reading.mentions_at(source):
        return found[0]
    if source.dep_ != "relcl" and source.lower_ in ("who", "which", "that") and source.head.dep_ == "relcl":
        found = reading.mentions_at(source.head.head)
        return found[0] if found else None
    if not is_in(source, "VOICE", words):
        return None
    return next((found[0] for token in _stands_for(source) if (found := reading.mentions_at(token))), None)


def _stands_for(noun: Token) -> Iterator[Token]:
    """The words for whom a voice may speak: the ministry's spokesman, a spokesman for it, a tweet on Monday by her."""
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod", "amod", "appos"):
            yield child
    for preposition in noun.subtree:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in ("of", "for", "from", "by", "at", "with"):
            yield from preposition.children


def _quoted_elsewhere(predicate: Token, words: Words) -> Token | None:
    """The speaker of a quotation whose sentence does not name him: the sentence just before or after does."""
    if not in_quotation(predicate):
        return None
    for other in _neighbours(predicate):
        if not any(token.is_quote or token.text == ":" for token in other):
            continue
        for token in other:
            if is_verb(token) and is_in(token, "REPORTING", words) and not in_quotation(token):
                for source in _subjects(token):
                    return source
    return None


def _neighbours(token: Token) -> Iterator[DocSpan]:
    """The sentences before and after that of a token, in its paragraph."""
    doc, sentence = token.doc, token.sent
    if sentence.start > 0 and "\n" not in doc[sentence.start - 1].text:
        yield doc[sentence.start - 1].sent
    if sentence.end < len(doc) and "\n" not in doc[sentence.end - 1].text:
        yield doc[sentence.end].sent


def in_quotation(token: Token) -> bool:
    """Whether an open quotation mark of the same paragraph stands before a token."""
    text = _text(token.doc)
    start = text.rfind("\n", max(0, token.idx - _PARAGRAPH), token.idx) + 1
    before = text[start or max(0, token.idx - _PARAGRAPH) : token.idx]
    typographic = before.count("“") - before.count("”")
    return typographic > 0 or before.count('"') % 2 == 1


# A Doc puts its text together anew whenever it is asked for it.
@lru_cache(maxsize=1)
def _text(doc: Doc) -> str:
    return doc.text
