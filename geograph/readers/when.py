"""When an event happened: the date expression that belongs to it and not to another one."""

from __future__ import annotations

from collections.abc import Mapping

from geograph.dates import DateExpression
from geograph.dates.tense import attachment
from geograph.model import Period, Span, Status
from geograph.readers.carriers import Carriers, carriers, is_setting, path_up
from geograph.readers.clauses import auxiliaries, climb, is_in, is_present, is_verb, subject_of
from geograph.readers.nominals import is_definite
from geograph.readers.protocol import Frame, Reading
from geograph.readers.quotation import in_quotation
from geograph.readers.status import status_of
from geograph.syntax import Span as DocSpan, Token

Words = Mapping[str, frozenset[str]]
_DEADLINES = frozenset({"by", "end", "until", "before"})
_PRENOMINAL = frozenset({"compound", "nummod", "amod", "nmod", "poss"})


def event_date(reading: Reading, frame: Frame, words: Words) -> DateExpression | None:
    """The date expression of the event of `frame`: in its own clause or beside its noun; None where none belongs to it.

    A date of the verb of telling ("said on Thursday") is not the event's. A deadline dates only what is planned.
    What a statement does by saying so ("we condemn") it does on the day of its publication.
    """
    sentence, event = frame.predicate.sent, carriers(frame, words)
    found: list[tuple[int, bool, int, DateExpression]] = []
    for date in reading.dates:
        if date.period is None or not sentence.start_char <= date.span.start < sentence.end_char:
            continue
        tokens = reading.tokens(date.span)
        if tokens is None:
            continue
        rank = _rank(attachment(tokens), frame, event, words)
        if date.bound in ("after", "before") and _modifies(tokens):
            continue  # "after the July 3 flood" tells of the flood
        if date.bound == "since" and not _goes_on(frame):
            continue  # "attacked it for the first time since 2011"
        if rank is not None:
            found.append((rank, _is_above(tokens, frame), abs(tokens.root.i - frame.predicate.i), date))
    ranked = [(rank, date) for rank, _, _, date in sorted(found, key=lambda f: f[:3])]
    for rank, date in ranked:
        if date.bound not in _DEADLINES or status_of(reading, frame, words) in (Status.PLANNED, Status.POSSIBLE):
            # "earlier this month, on July 3": the finer one says more.
            return next((other for at, other in ranked if at == rank and _is_finer(other, date)), date)
    return _performed(reading, frame, words)


def _performed(reading: Reading, frame: Frame, words: Words) -> DateExpression | None:
    """The date of an act that the text itself performs, its verb in the present being the words that say when."""
    verb, published = frame.predicate, reading.article.published
    performs = (
        published is not None
        and verb.tag_ in ("VBP", "VBZ")
        and is_in(verb, "SPEECH_ACT", words)
        and not any(helper.tag_ in ("MD", "TO") for helper in auxiliaries(verb))
        and (verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT"))
    )
    if not performs or in_quotation(verb) or not _is_statement(reading, words):
        return None
    span = Span(verb.idx, verb.idx + len(verb))
    return DateExpression(span, verb.text, Period(published.isoformat())) if published is not None else None


def _is_statement(reading: Reading, words: Words) -> bool:
    """Whether a text speaks in its own voice: by its title, or with an "I" or "we" outside quotations."""
    title = (reading.article.title or "").casefold()
    if any(title.startswith(opening) for opening in words.get("STATEMENT_TITLE", frozenset())):
        return True
    first = words.get("FIRST_PERSON", frozenset())
    return any(token.dep_ == "nsubj" and token.lower_ in first and not in_quotation(token) for token in reading.doc)


def _is_above(date: DocSpan, frame: Frame) -> bool:
    """Whether a date belongs to a verb above that of the frame: said on Friday it condemned."""
    verb = next((node for node in climb(attachment(date)) if is_verb(node)), frame.predicate)
    return verb != frame.predicate and any(node == verb for node in climb(frame.predicate.head))


def _modifies(date: DocSpan) -> bool:
    """Whether the last word of a date stands before a noun that it belongs to."""
    last = date[-1]
    while last.dep_ in ("nummod", "case") and last.head in date:
        last = last.head
    return last.dep_ in _PRENOMINAL and last.head.i >= date.end


def _is_finer(date: DateExpression, other: DateExpression) -> bool:
    """Whether a plain date lies within another one."""
    if date.period is None or other.period is None or date.bound is not None or date.period == other.period:
        return False
    return other.period.covers(date.period)


def _goes_on(frame: Frame) -> bool:
    """Whether a frame tells of what lasts up to now: has sanctioned, sanctions; not attacked, not a first attack."""
    if not is_verb(frame.predicate):
        return not any(child.tag_ in ("JJS", "RBS") or child.lower_ == "first" for child in frame.predicate.children)
    verbs = [node for node in climb(frame.predicate) if is_verb(node)]
    return any(is_present(verb) or any(helper.lower_ == "had" for helper in auxiliaries(verb)) for verb in verbs[:2])


def _rank(date: Token, frame: Frame, event: Carriers, words: Words) -> int | None:
    """How closely a date belongs to the event, 0 the closest; None for not at all."""
    if not is_verb(frame.predicate) and _follows(date, frame.predicate):
        return 0
    nouns = path_up(date, event, words)
    if date.dep_ in _PRENOMINAL and nouns and nouns[0].pos_ == "NOUN" and not is_in(nouns[0], "EVENT_NOUN", words):
        return None  # "a 2015 report", "its July proposal"
    if nouns and is_in(nouns[0], "LONG_EVENT", words) and is_in(nouns[0].head, "DURING", words):
        # "in the 1973 war", "during the war of 1973": named by its time, it holds what happened in it.
        return 2 if len(nouns) == 1 and (date.dep_ in _PRENOMINAL or date.lower_ == "of") else None
    if date.lower_ == "of" and nouns and not is_setting(nouns[0], words):
        return None  # "the quake of July 13"
    if nouns is not None:
        if not nouns and (behind := _follows_phrase(date, words)) is not None and not event.holds(behind):
            nouns = [behind]
        others = [noun for noun in nouns if is_in(noun, "EVENT_NOUN", words) and not _is_means(noun, words)]
        if not others:
            return 1
        # "in a speech on Friday": the date of the setting; "the war that", "an attack last year": of another event.
        return 2 if len(others) == 1 and is_setting(others[0], words) else None
    return 3 if _shared(date, frame.predicate) else None


def _is_means(noun: Token, words: Words) -> bool:
    """Whether a noun is the means of its verb, not an event known before: threatened it with sanctions on Friday."""
    return noun.head.lower_ == "with" and is_verb(noun.head.head) and not is_definite(noun, words)


def _follows(date: Token, noun: Token) -> bool:
    """Whether a date stands right behind the noun's phrase, whatever the parser hung it on."""
    end, first = noun.right_edge.i, date.left_edge.i
    return noun.i < first == end + 1 and date.head.i <= first


def _follows_phrase(date: Token, words: Words) -> Token | None:
    """The event noun of a prepositional phrase that an adverbial date stands right behind: for an attack last year."""
    if date.dep_ not in ("npadvmod", "advmod") or date.left_edge.i == 0:
        return None
    for node in climb(date.nbor(-(date.i - date.left_edge.i + 1))):
        if node.right_edge.i >= date.left_edge.i:
            return None
        if node.dep_ == "pobj" and is_in(node, "EVENT_NOUN", words):
            return node
    return None


def _shared(date: Token, verb: Token) -> bool:
    """Whether a date in front of the first of several joined verbs holds for this one too."""
    node = verb
    while node.dep_ == "conj" and is_verb(node.head) and subject_of(node) is None:
        node = node.head
        if date.i < node.i and any(step == node for step in _within_clause(date)):
            return True
    return False


def _within_clause(token: Token) -> list[Token]:
    """The words from a token up to its verb."""
    steps: list[Token] = []
    for node in climb(token):
        steps.append(node)
        if node != token and is_verb(node):
            break
    return steps
