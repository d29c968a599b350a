"""On whose word a text rests an event: the nearest one who is quoted or reported as saying so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geograph.model import EntityType, Mention, Via
from geograph.readers.clauses import climb, is_in, is_verb
from geograph.readers.nominals import is_definite
from geograph.readers.protocol import Frame, Reading
from geograph.readers.quotation import in_quotation, quoted_speaker, spoken_by_name, text_read
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]
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
    speaker: Mention | None = None
    for source in _sources(frame.predicate, trigger, words):
        speaker = _voice(reading, source, words)
        asks = is_in(source.head, "REQUESTING", words)
        if not (asks and (speaker is None or speaker.entity == frame.subject.entity)):
            break  # whoever asks for his own act tells it no further
        speaker = None
    else:
        quoted = quoted_speaker(frame.predicate, words)
        speaker = _voice(reading, quoted, words) if quoted is not None else _by_colon(reading, frame.predicate)
    acts = any(is_in(token, "SPEECH_ACT", words) for token in (frame.predicate, *frame.trigger))
    own = speaker is not None and speaker.entity == frame.subject.entity
    # "We condemn it," she said: who says "we" does what is said.
    if acts and (own or frame.subject.text.lower() in words.get("FIRST_PERSON", ())):
        return None
    return speaker


def _by_colon(reading: Reading, predicate: Token) -> Mention | None:
    """Whom a colon makes the speaker; a country before a colon may be the topic of a headline, if nobody is quoted."""
    for clause in climb(predicate):
        name = spoken_by_name(reading.doc, clause)
        found = reading.mentions_at(name) if name is not None else ()
        if name is not None and found:
            topic = found[0].type in (EntityType.COUNTRY, EntityType.PLACE) and name.i < predicate.i
            return None if topic and not in_quotation(predicate) else found[0]
    return None


def _sources(predicate: Token, trigger: frozenset[int], words: Words) -> Iterator[Token]:
    """The words that head those who say so, the nearest first."""
    below: Token | None = None
    quoted = in_quotation(predicate)
    if not quoted and any(_is_added(token) for token in predicate.children if token.i in trigger):
        return
    for node in climb(predicate):
        if below is not None and not quoted and _is_added(below):
            return
        if below is not None and node.i not in trigger and is_verb(node) and below.dep_ in _COMPLEMENTS:
            yield from _tellers(node, below, words)
        if below is not None and node.i not in trigger and _asks_for(node, below, words):
            yield from _subjects(node)
        if (
            below is not None
            and node.i not in trigger
            and below.dep_ in ("dobj", "xcomp")
            and _reports(node, below, words)
        ):
            yield from _subjects(node)
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


def _is_added(part: Token) -> bool:
    """Whether a part of a speaker's sentence is the reporter's own: ", which joined early,", ", after attacking it"."""
    comma = part.left_edge.i > part.sent.start and part.left_edge.nbor(-1).text == ","
    if part.dep_ == "relcl":
        return comma and any(token.tag_ in ("WDT", "WP") for token in part.doc[part.left_edge.i : part.i])
    clause = part.dep_ == "advcl" or any(child.dep_ == "pcomp" for child in part.children)
    return clause and comma and part.left_edge.lower_ == "after" and part.i > part.head.i


def _asks_for(verb: Token, matter: Token, words: Words) -> bool:
    """Whether a verb asks for what another is to do: urged it to withdraw, called for sanctions by it."""
    if not (is_verb(verb) and is_in(verb, "REQUESTING", words)):
        return False
    if any(is_in(child, "QUESTION", words) for child in matter.children):
        return False  # "asked whether it attacked"
    return matter.dep_ in ("ccomp", "xcomp", "dobj") or (matter.dep_ == "prep" and matter.i > verb.i)


def _reports(verb: Token, matter: Token, words: Words) -> bool:
    """Whether a verb tells of an act by its noun or gerund: reported an attack, denied attacking."""
    gerund = matter.dep_ == "xcomp" and matter.tag_ == "VBG"
    return (gerund or matter.dep_ == "dobj") and is_in(verb, "REPORTS_ACT", words)


def _is_aside(verb: Token, words: Words) -> bool:
    """Whether a verb of telling stands aside from the clause that it tells: ", the ministry said,"."""
    as_told = verb.dep_ == "advcl" and any(child.dep_ == "mark" and child.lower_ == "as" for child in verb.children)
    # "It attacked, the ministry said on Monday": the parser may join the two.
    joined = verb.dep_ == "conj" and verb.nbor(-1).dep_ != "cc" and not any(t.dep_ == "cc" for t in verb.head.children)
    return (
        (as_told or verb.dep_ in ("parataxis", "ccomp", "dep") or (joined and bool(list(_own(verb)))))
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
    text = text_read(verb, words)
    yield from (text,) if text is not None else _subjects(verb)


def _own(verb: Token) -> Iterator[Token]:
    """The subjects of a verb itself."""
    return (child for child in verb.children if child.dep_ == "nsubj")


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
        elif node.dep_ == "pcomp" and is_verb(node.head.head):
            node = node.head.head
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
    if is_in(source, "NOBODY", words) and all(m.via is not Via.NAME for m in reading.mentions_at(source)):
        names = (child for child in source.children if child.dep_ == "appos")  # "the newspaper El Comercio"
        return next((found[0] for name in names if (found := reading.mentions_at(name))), None)
    if is_in(source, "PRESS", words) and any(is_in(child, "INDEPENDENT", words) for child in source.children):
        return None
    if found := reading.mentions_at(source):
        return found[0]
    if source.dep_ != "relcl" and source.lower_ in ("who", "which", "that") and source.head.dep_ == "relcl":
        found = reading.mentions_at(source.head.head)
        return found[0] if found else None
    if not is_in(source, "VOICE", words):
        return None
    own = next((found[0] for token in _stands_for(source) if (found := reading.mentions_at(token))), None)
    return own or (_author(reading, source, words) if is_definite(source, words) else None)


def _author(reading: Reading, text: Token, words: Words) -> Mention | None:
    """Whose statement "the statement" is: the nearest one before that somebody issued, or in which somebody spoke."""
    if not is_in(text, "UTTERANCE", words):
        return None
    for other in reversed(reading.doc[: text.i]):
        if other.lemma_ != text.lemma_ or other.pos_ != "NOUN":
            continue
        for token in (*_stands_for(other), *_issuers(other)):
            if found := reading.mentions_at(token):
                return found[0]
        return None
    return None


def _issuers(text: Token) -> Iterator[Token]:
    """The subject of the verb by which a text is issued or in which it says something: said in a statement."""
    verb = text.head.head if text.dep_ == "pobj" and text.head.lower_ in ("in", "with") else text.head
    if is_verb(verb) and text.dep_ in ("dobj", "pobj"):
        yield from _subjects(verb)


def _stands_for(noun: Token) -> Iterator[Token]:
    """The words for whom a voice may speak: the ministry's spokesman, a spokesman for it, a tweet on Monday by her."""
    for child in noun.children:
        if child.dep_ in ("poss", "compound", "nmod", "amod", "appos"):
            yield child
    for preposition in noun.subtree:
        if preposition.dep_ in ("prep", "agent") and preposition.lower_ in (
            "of",
            "for",
            "from",
            "by",
            "at",
            "with",
            "in",
        ):
            yield from preposition.children
