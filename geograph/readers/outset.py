"""How certain an event is by its own clause: a date to come, a journey under way, a mere game, nothing but talk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geograph.dates.tense import attachment
from geograph.model import Status
from geograph.readers.clauses import auxiliaries, is_in, is_present, is_verb
from geograph.readers.conditions import is_conditional
from geograph.readers.modality import effect_of, governed
from geograph.readers.protocol import Frame, Reading
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]


def outset(reading: Reading, frame: Frame, words: Words) -> Status | None:
    """The status with which a walk up from the event of `frame` begins; None where the words are no event."""
    node = frame.predicate
    nouns = [token for token in (*frame.trigger, frame.item) if token is not None and token != node]
    if (
        _is_mere_talk(node, words)
        or _is_game(frame, words)
        or _is_parting(frame, words)
        or _is_deed(reading, frame, words)
    ):
        return None
    ahead = (
        _is_ahead(node, frozenset(_dates_ahead(reading, frame)), words)
        or _is_under_way(node, words)
        or _is_on_way(frame)
    )
    status: Status | None = Status.PLANNED if ahead else Status.ACTUAL
    if any(child.dep_ == "det" and child.lower_ == "no" for noun in nouns for child in noun.children) or _is_excluded(
        reading, frame
    ):
        status = Status.DENIED
    if node.head == node and is_verb(node) and is_conditional(node, words):
        status = governed(status, "possible")  # "if only it had attacked"
    if is_in(node, "ANNOUNCE", words) and any(is_in(noun, "TAKES_PLACE", words) for noun in nouns):
        status = governed(status, "planned")  # "announced a visit": to be made
    return governed(status, headline) if (headline := _headline_verb(node, words)) else status


def _is_excluded(reading: Reading, frame: Frame) -> bool:
    """Whether the object of a frame stands behind "neither"."""
    tokens = reading.tokens(frame.object.span)
    heads = (tokens.root, tokens.root.head) if tokens is not None else ()
    return any(child.lower_ == "neither" and child.i > frame.predicate.i for head in heads for child in head.children)


def _dates_ahead(reading: Reading, frame: Frame) -> Iterator[int]:
    """The words by which dates after the publication hang on the sentence of a frame."""
    published, sentence = reading.article.published, frame.predicate.sent
    for date in reading.dates:
        if published is None or date.period is None or date.period.earliest <= published:
            continue
        tokens = reading.tokens(date.span) if sentence.start_char <= date.span.start < sentence.end_char else None
        if tokens is not None:
            yield attachment(tokens).i


def _is_ahead(verb: Token, dates: frozenset[int], words: Words) -> bool:
    """Whether a verb in the present has a date to come: flies there tomorrow, is meeting them on Friday."""
    present = is_verb(verb) and (is_present(verb) or verb.dep_ == "conj")
    return present and any(
        child.i in dates or (child.i > verb.i and is_in(child, "SOON", words)) or _counts_from_now(child, words)
        for child in verb.children
    )


def _counts_from_now(phrase: Token, words: Words) -> bool:
    """Whether a phrase says when by counting from now: in two weeks, in the coming days."""
    if phrase.dep_ == "npadvmod" and any(child.lower_ in ("later", "next") for child in phrase.children):
        return True
    if phrase.dep_ != "prep" or phrase.lower_ not in ("in", "within", "over"):
        return False
    for noun in phrase.children:
        coming = any(is_in(child, "MODIFIER.planned", words) for child in noun.children)
        counted = any(child.dep_ == "nummod" for child in noun.children) and phrase.lower_ != "over"
        if is_in(noun, "TIME_SPAN", words) and (coming or counted):
            return True
    return False


def _is_under_way(verb: Token, words: Words) -> bool:
    """Whether a verb tells of a journey that is not over: are heading to, troops flying to; not: arrives, visited."""
    return (
        verb.tag_ == "VBG"
        and is_in(verb, "JOURNEY", words)
        and (verb.dep_ == "acl" or any(helper.lemma_ == "be" for helper in auxiliaries(verb)))
        and not any(child.dep_ == "dobj" for child in verb.children)
    )


def _is_on_way(frame: Frame) -> bool:
    """Whether the words of an event say that somebody is on the way."""
    return frame.predicate.lemma_ == "be" and any(token.lower_ in ("way", "route") for token in frame.trigger)


def _is_mere_talk(noun: Token, words: Words) -> bool:
    """Whether a noun of talking has a topic: talk of war between two countries is no talks between them."""
    return (
        not is_verb(noun)
        and noun.tag_ == "NN"
        and is_in(noun, "MERE_TALK", words)
        and any(child.dep_ == "prep" and child.lower_ in ("of", "about") for child in noun.children)
    )


def _is_game(frame: Frame, words: Words) -> bool:
    """Whether an act of force is played: bombed a mock base, attacked it in a drill."""
    verb = frame.predicate
    if not is_in(verb, "FORCE", words) or any(child.lower_ == "part" for child in verb.children):
        return False  # "took part in drills" is no play
    things = (child for child in verb.children if child.dep_ in ("dobj", "nsubjpass", "prep"))
    near = [child for thing in things for noun in (thing, *thing.children) for child in noun.children]
    if any(is_in(child, "MOCK", words) for child in near if child.dep_ in ("amod", "compound")):
        return True
    return any(
        is_in(_antecedent(noun), "PLAYED_IN", words)
        for phrase in verb.children
        if phrase.dep_ == "prep" and phrase.lower_ in ("in", "during")
        for noun in phrase.children
    )


def _antecedent(noun: Token) -> Token:
    """The word that a relative pronoun stands for, as far as its place tells: the drill, in which; else itself."""
    before = noun.i - 2 if noun.tag_ == "WDT" else noun.i
    before -= before != noun.i and before > noun.sent.start and noun.doc[before].text == ","
    return noun.doc[max(before, noun.sent.start)]


def _is_parting(frame: Frame, words: Words) -> bool:
    """Whether what is agreed is to part: agreed to cut ties with it, agreed to disagree."""
    verb = frame.predicate
    agreed = verb.lemma_ == "agree" and is_verb(verb)
    return agreed and any(is_in(child, "SEVERS", words) for child in verb.children if child.dep_ == "xcomp")


def _is_deed(reading: Reading, frame: Frame, words: Words) -> bool:
    """Whether a gerund before the object makes it its own: backed expelling its envoys."""
    tokens = reading.tokens(frame.object.span)
    if tokens is None:
        return False
    noun = tokens.root if tokens.root.dep_ not in ("amod", "compound", "nmod", "poss") else tokens.root.head
    before = (child for child in noun.children if child.dep_ == "amod" and child.i < tokens.start)
    return any(
        child.tag_ == "VBG" and child not in frame.trigger and is_in(child, "DONE_TO", words) for child in before
    )


def _headline_verb(noun: Token, words: Words) -> str | None:
    """What a verb of a headline that the parser took for a noun makes of the event: Norway eyes pact with Chile."""
    root = noun.sent.root
    if is_verb(noun) or is_verb(root):
        return None
    for token in noun.sent:
        taken = token.tag_ == "NNS" and token.dep_ in ("compound", "nmod", "appos")
        if taken and noun.sent.start < token.i < noun.i and token.nbor(-1).pos_ == "PROPN":
            return effect_of(token, ("HEADLINE",), words)
    return None
