"""Doc and publication date -> date expressions."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from geograph.dates import periods
from geograph.dates.context import Context, Tense
from geograph.dates.expression import DateExpression
from geograph.dates.lexicon import SPACE, Lexicon, lexicon
from geograph.dates.patterns import Core, cores, joined
from geograph.dates.resolve import resolve
from geograph.dates.tense import tense_at
from geograph.model import Period, Span
from geograph.ontology import Ontology
from geograph.sources.dateline import parse as parse_dateline
from geograph.syntax import Doc, Span as DocSpan

# Names that hold a date word without telling when: a person called May, a resolution of a number.
_NAMES = frozenset({"PERSON", "ORG", "FAC", "GPE", "LOC", "NORP", "LAW", "PRODUCT", "WORK_OF_ART"})
_ANY_AGENCY = re.compile(r".+")
_LEAD = 120
"""Characters of a paragraph within which its dateline may stand."""
_DEADLINES = ("by", "end", "until", "asof")


def find_dates(doc: Doc, published: date | None, ontology: Ontology) -> tuple[DateExpression, ...]:
    """The date expressions of a text, in text order, each with the period that it means.

    Relative ones are read against `published`; without it they stay unknown (period None), as does what is too vague.
    Ages and durations are no date expressions. The date of a dateline is left out: it dates the article.
    """
    words = lexicon(ontology)
    return tuple(_expressions(doc, published, words, ontology))


def _expressions(doc: Doc, published: date | None, words: Lexicon, ontology: Ontology) -> Iterator[DateExpression]:
    text, sentences = doc.text, [sentence.start_char for sentence in doc.sents]
    told: list[tuple[int, Period]] = []
    end = 0
    accepted = (core for core in cores(text, ontology) if _tells_when(core, doc, words))
    for group in joined(accepted, text):
        first, last = group[0], group[-1]
        tokens = doc.touched(first.start, last.end)
        if tokens is None or _in_dateline(text, first.start):
            continue
        start, bound = _bound(text, end, first.start, ontology)
        tense = tense_at(tokens, words.classes)
        if tense is Tense.OPEN and bound in _DEADLINES:
            tense = Tense.FUTURE
        anchors = tuple(period for place, period in reversed(told) if _near(text, sentences, place, first.start))
        lead = text[max(0, start - _LEAD) : start].rpartition("\n")[2].split()[-1:]
        period = resolve(group, Context(words, published, tense, anchors, lead[0].casefold() if lead else ""))
        period = _bounded(period, bound, published, tense) if period is not None else None
        if period is not None and bound is None:
            told = [*told[-3:], (first.start, period)]
        end = last.end
        yield DateExpression(Span(start, end), text[start:end], period, bound)


def _tells_when(core: Core, doc: Doc, words: Lexicon) -> bool:
    """Whether the words are a date here: not a name, a verb or a number that looks like one."""
    tokens = doc.touched(core.start, core.end)
    if tokens is None:
        return False
    if core.kind in ("calendar", "weekday") and len(tokens) == 1 and not core.part("year"):
        return _names_a_time(tokens, core)
    if core.kind == "ahead" and core.part("lead"):
        return tense_at(tokens, words.classes) is Tense.FUTURE  # "met in three days" tells how long it took
    if core.kind == "year":
        return _is_year(tokens, words)
    return True


def _names_a_time(tokens: DocSpan, core: Core) -> bool:
    token = tokens[0]
    short = len(core.part("month") or core.part("weekday") or "") <= 4
    if token.pos_ in ("VERB", "AUX") or (short and token.lower_ not in ("may", "june", "july")):
        return token.pos_ not in ("VERB", "AUX") and token.text.endswith(".")
    return token.ent_type_ not in _NAMES


def _is_year(tokens: DocSpan, words: Lexicon) -> bool:
    token = tokens[0]
    before = token.nbor(-1) if token.i > 0 else None
    counts = token.head.i == token.i + 1 and token.head.tag_ in ("NNS", "NNPS")
    if counts and (before is None or before.dep_ != "det"):
        return False  # "2000 soldiers", but "the 2012 strikes"
    if token.ent_type_ == "DATE":
        return True
    if token.head.i == token.i + 1 and token.head.lemma_.lower() in words.classes["EVENT_NOUN"]:
        return before is not None and before.dep_ in ("det", "poss", "case")  # "the 2015 agreement"
    return before is not None and before.lower_ in words.classes["YEAR_LEAD"]


def _in_dateline(text: str, start: int) -> bool:
    """Whether a place lies in the dateline of its paragraph: "SEOUL, July 12 (Reuters) -" dates the article."""
    line = text.rfind("\n", 0, start) + 1
    if start - line > _LEAD:
        return False
    paragraph = text[line : line + 2 * _LEAD]
    found = parse_dateline(paragraph, _ANY_AGENCY)
    return found is not None and start < line + len(paragraph) - len(found[1])


@lru_cache(maxsize=8)
def _before(ontology: Ontology) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words, article = lexicon(ontology), rf"(?:{SPACE}the)?"
    return (
        re.compile(rf"(?i:(?<!\w){words.any_of('PART_OF')}{article})(?:{SPACE}|(?<=-))\Z"),
        re.compile(rf"(?<!\w)(?i:{words.any_of('BOUND')}{article}){SPACE}\Z"),
    )


def _bound(text: str, floor: int, start: int, ontology: Ontology) -> tuple[int, str | None]:
    """Where the expression begins with its words before it (from `floor` on), and how these bound it."""
    part, bound = _before(ontology)
    words = lexicon(ontology)
    reach = max(floor, start - 40)
    found = bound.search(text[reach:start])
    if found is None:
        inner = part.search(text[reach:start])
        if inner is not None:
            start = reach + inner.start()
            reach = max(floor, start - 40)
            found = bound.search(text[reach:start])
    if found is None:
        return start, None
    lead = " ".join(found.group().split())
    return reach + found.start(), words.value("BOUND", lead) or words.value("BOUND", lead.rsplit(" ", 1)[0])


def _bounded(period: Period, bound: str | None, published: date | None, tense: Tense) -> Period | None:
    """The period that "since", "by", "until", "before" or "after" makes of another one."""
    if bound in (None, "end"):
        return period
    if bound in ("eve", "morrow"):
        single = period.earliest == period.latest
        return periods.day(period.earliest + timedelta(days=1 if bound == "morrow" else -1)) if single else None
    if bound == "asof":
        return period if tense is Tense.FUTURE else None
    if bound == "unknown":
        return None
    if published is None:
        return None
    now = periods.at(published, periods.unit_of(period))
    ahead = period.latest >= published
    if bound in ("since", "after"):
        return periods.span([period, now]) if period.earliest <= published and tense is not Tense.FUTURE else None
    if not ahead:
        return None
    return periods.span([now, period])


def _near(text: str, sentences: list[int], earlier: int, later: int) -> bool:
    """Whether a place is at most four sentences (told by where they start) and one paragraph after another."""
    apart = bisect_right(sentences, later) - bisect_right(sentences, earlier)
    return apart <= 4 and text.count("\n\n", earlier, later) <= 1
