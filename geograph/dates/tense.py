"""Whether the clause of a date tells of the past or of what is to come: it decides which Friday is meant."""

from __future__ import annotations

from collections.abc import Mapping

from geograph.dates.context import Tense
from geograph.syntax import Span as DocSpan, Token

_NONE: frozenset[str] = frozenset()
_TOLD_NOW = ("REPORTING", "CAPTION_VERB")
"""Verbs whose present does not tell of what is to come: says on Friday, shakes hands on Friday."""
_AHEAD_CLASSES = ("OVER.planned", "OVER_TO.planned", "OVER.possible", "OVER_TO.possible")


def attachment(tokens: DocSpan) -> Token:
    """The word from which a date hangs on its sentence: the preposition before it, else its own head.

    The parser takes some dates for a part of the name that follows ("said on Saturday France would"); the preposition
    is right even then.
    """
    first = tokens[0]
    if first.i > first.sent.start:
        before = first.nbor(-1)
        if before.dep_ == "prep" and before.head != tokens.root:
            return before
    return tokens.root


def tense_at(tokens: DocSpan, words: Mapping[str, frozenset[str]]) -> Tense:
    """The tense of the nearest clause above a date: a word of planning or a modal makes it future."""
    ahead = words.get("AHEAD", frozenset())
    announces = words.get("ANNOUNCE", frozenset())
    modals = words.get("MODAL.planned", frozenset()) | words.get("MODAL.possible", frozenset())
    node, weekday = attachment(tokens), _is_weekday(tokens, words)
    while True:
        if _forms(node) & ahead and not (node.tag_ in ("VBD", "VBZ", "VBP") and not _is_passive(node)):
            return Tense.FUTURE
        if node.lower_ == "for" and _forms(node.head) & announces:
            return Tense.FUTURE  # "announced a visit for May"
        if any(_forms(child) & ahead for child in node.children if child.dep_ in ("amod", "compound", "acomp", "oprd")):
            return Tense.FUTURE
        if node.pos_ in ("VERB", "AUX"):
            if _is_infinitive(node):
                if node.head == node or node.dep_ == "relcl" or _plans(node.head, words):
                    return Tense.FUTURE
            elif node.dep_ == "advcl" and node.tag_ in ("VBZ", "VBP") and _is_future(node.head, modals):
                return Tense.FUTURE  # "when it meets them in May, it will"
            elif (found := _of_verb(node, modals)) is not None:
                coming = (
                    weekday and found is Tense.OPEN and not any(_forms(node) & words.get(c, _NONE) for c in _TOLD_NOW)
                )
                return Tense.FUTURE if coming else found  # "meets them on Friday"
        if node.head == node:
            return Tense.OPEN
        node = node.head


def _is_weekday(tokens: DocSpan, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a date is the name of a day of the week and no more."""
    name = tokens.root.lower_
    return any(name == word.lower() for i in range(1, 8) for word in words.get(f"WEEKDAY.{i}", ())) and not any(
        token.like_num for token in tokens
    )


def _forms(token: Token) -> set[str]:
    forms = {token.lower_, token.lemma_.lower()}
    return forms | {token.lower_[:-1]} if token.tag_ == "VBZ" else forms  # spaCy takes "hopes" for a form of "hop"


def _plans(governor: Token, words: Mapping[str, frozenset[str]]) -> bool:
    return any(_forms(governor) & words.get(name, frozenset()) for name in _AHEAD_CLASSES)


def _of_verb(verb: Token, modals: frozenset[str]) -> Tense | None:
    """The tense of a verb by its own form and its auxiliaries, None where that lies with its governor."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(helper.lower_ in modals for helper in helpers):
        return Tense.PAST if any(helper.lower_ == "have" for helper in helpers) else Tense.FUTURE
    if verb.tag_ in ("VBD", "VBN") or any(helper.tag_ == "VBD" or helper.lemma_ == "have" for helper in helpers):
        return Tense.PAST
    if verb.tag_ in ("VBZ", "VBP") or any(helper.tag_ in ("VBZ", "VBP") for helper in helpers):
        return Tense.OPEN
    return None


def _is_future(verb: Token, modals: frozenset[str]) -> bool:
    return _of_verb(verb, modals) is Tense.FUTURE


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.children)


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)
