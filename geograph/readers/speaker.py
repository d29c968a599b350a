"""On whose word a text rests an event: the nearest one who is quoted or reported as saying so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from geograph.model import Mention
from geograph.readers.clauses import climb, is_verb, keys
from geograph.readers.protocol import Frame, Reading

Words = Mapping[str, frozenset[str]]


def speaker_of(reading: Reading, frame: Frame, words: Words) -> Mention | None:
    """The one on whose word the text rests the event of `frame`; None where the text says so itself.

    The nearest speaker counts where they are nested. A speech act is told by the text: its speaker is its subject.
    """
    for source in _sources(frame.predicate, frozenset(t.i for t in frame.trigger), words):
        return _voice(reading, source, words)
    source = _quoted_elsewhere(frame.predicate, words)
    return _voice(reading, source, words) if source is not None else None


def _sources(predicate: Token, trigger: frozenset[int], words: Words) -> Iterator[Token]:
    """The words that head those who say so, the nearest first."""
    below: Token | None = None
    for node in climb(predicate):
        if below is not None and node.i not in trigger and is_verb(node) and below.dep_ in ("ccomp", "xcomp", "pcomp", "parataxis", "acl", "dep"):
            yield from _tellers(node, below, words)
        if below is not None and below.dep_ == "prep" and below.lower_ == "as" and _is("QUOTING", node, words):
            yield from _quoted(node)
        for child in node.children:
            if child == below or child.i in trigger:
                continue
            if child.dep_ in ("parataxis", "ccomp", "dep") and child.tag_ in ("VBD", "VBZ", "VBP", "VBN") and _is("REPORTING", child, words):
                if not any(grand.dep_ in ("ccomp", "dobj") for grand in child.children):
                    yield from _subjects(child)
            if _is("ACCORDING", child, words) and child.dep_ in ("prep", "advcl", "acl"):
                yield from _objects(child)
        below = node


def _is(family: str, token: Token, words: Words) -> bool:
    return any(key in words.get(family, ()) for key in keys(token))


def _tellers(verb: Token, clause: Token, words: Words) -> Iterator[Token]:
    """Who tells the clause under a verb of telling."""
    if not _is("REPORTING", verb, words) or clause.dep_ == "xcomp":
        return
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and _is("QUOTING", verb.head.head, words):
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
    if not _is("VOICE", source, words):
        return None
    for child in source.children:
        if child.dep_ in ("poss", "compound", "nmod", "amod", "appos"):
            if found := reading.mentions_at(child):
                return found[0]
        if child.dep_ in ("prep", "agent") and child.lower_ in ("of", "for", "from", "by", "at", "with"):
            for grand in child.children:
                if found := reading.mentions_at(grand):
                    return found[0]
    for child in source.children:
        if child.dep_ == "prep":
            for grand in child.children:
                for great in grand.children:
                    if great.lower_ == "by":
                        for name in great.children:
                            if found := reading.mentions_at(name):
                                return found[0]
    return None


def _quoted_elsewhere(predicate: Token, words: Words) -> Token | None:
    """The speaker of a quotation whose sentence does not name him: the sentence just before or after does."""
    doc, sentence = predicate.doc, predicate.sent
    if not _in_quotation(predicate):
        return None
    before = doc[sentence.start - 1].sent if sentence.start > 0 else None
    after = doc[sentence.end].sent if sentence.end < len(doc) else None
    for other in (before, after):
        if other is None or "\n\n" in doc.text[min(other.start_char, sentence.start_char) : max(other.start_char, sentence.start_char)]:
            continue
        for token in other:
            if is_verb(token) and _is("REPORTING", token, words) and not _in_quotation(token):
                for source in _subjects(token):
                    return source
    return None


def _in_quotation(token: Token) -> bool:
    """Whether an open quotation mark of the same paragraph stands before a token."""
    text = token.doc.text
    start = text.rfind("\n", 0, token.idx) + 1
    before = text[start : token.idx]
    typographic = before.count("“") - before.count("”")
    return typographic > 0 or before.count('"') % 2 == 1
