"""The forms of date expressions: regular expressions over the words of the ontology, each with a kind.

A match is a `Core`: a kind with named parts. What it means is the business of `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from geograph.dates.lexicon import SPACE, Lexicon, lexicon
from geograph.ontology import Ontology


@dataclass(frozen=True)
class Core:
    """One date form in the text, with its parts as they are written."""

    start: int
    end: int
    kind: str
    parts: Mapping[str, str]

    def part(self, name: str) -> str | None:
        """A part as written, None where the form lacks it."""
        return self.parts.get(name)

    def given(self, **parts: str | None) -> Core:
        """The same with further parts."""
        return replace(self, parts={**self.parts, **{k: v for k, v in parts.items() if v is not None}})


# A clock time or a part of one follows a number that is no year.
NO_CLOCK = rf"(?!{SPACE}(?:UTC|GMT|hours|hrs|[ap]\.?m\b))"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d)"
YEAR = r"(?:19|20)\d\d(?![\w%]|[.,]\d)"
# A year that stands alone: not in 1.2014, $2014, S-2014 or 12/2014.
LONE_YEAR = r"(?:(?<![\w$€£.,/#–-])|(?<=\b[Mm]id-))" + YEAR + NO_CLOCK
_REACH = 40
"""Characters before and after the sign of a date within which its form lies."""
DASH = r"[^\S\n]?(?:-|–|—)[^\S\n]?"


def _forms(words: Lexicon) -> Iterator[tuple[str, str]]:
    def some(*families: str) -> str:
        return f"(?i:{words.any_of(*families)})"

    s = SPACE
    month, weekday = rf"(?P<month>{words.name_of('MONTH')})", rf"(?P<weekday>{words.name_of('WEEKDAY')})"
    step, unit = rf"(?P<step>{some('STEP')})", rf"(?P<unit>{some('UNIT')})"
    number = rf"(?P<number>{some('NUMBER')}|\d{{1,3}})"
    year = rf"(?P<year>{YEAR})"
    days = rf"(?P<day>{DAY})(?:(?:{DASH}|{s}(?:to|and|or){s})(?P<last>{DAY}))?"
    daypart = rf"(?:{s}{some('DAYPART')})?"
    on = rf"(?:{weekday}{daypart}(?:,{s}|{s}(?:on{s})?(?:the{s})?|{s}?\())?"

    yield "fixed", rf"\b(?P<word>{words.any_of('DATE')})"
    yield "calendar", r"(?<![\w/.-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-2]\d|3[01])(?![\w/-])"
    yearstep = rf"(?P<yearstep>{some('STEP')}){s}(?i:year)\b"
    of_year = rf"(?:(?:,|{s}of|,{s}of)?{s}(?:{year}|{yearstep}))?"
    yield "calendar", rf"\b{on}{month}{s}{days}{of_year}"
    yield "calendar", rf"\b{on}{days}(?:{s}of)?{s}{month}{of_year}"
    yield "calendar", rf"\b{yearstep},?{s}(?:on{s})?{month}{s}{days}(?!,?{s}{YEAR})"
    yield "calendar", rf"\b{month},?{s}(?:of{s})?{year}"
    yield "calendar", rf"\b{month}(?:{s}of)?{s}{yearstep}"
    yield "calendar", rf"\b{step}{s}{month}"
    yield "calendar", rf"\b{month}"
    yield (
        "monthday",
        (
            rf"\b(?i:on){s}the{s}(?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))"
            rf"(?:{s}of{s}(?:{step}|the){s}month)?(?![^\S\n]*\w)"
        ),
    )
    yield "weekday", rf"\b(?:{step}{s})?{weekday}{daypart}(?:{s}(?P<week>{some('STEP')}){s}week\b)?"
    yield "weekday", rf"\b(?P<week>{some('STEP')}){s}week(?:{s}on|,{s}on){s}{weekday}"
    yield "years", rf"(?<![\w$€£.,/#-])(?P<year>(?:19|20)\d\d){DASH}(?P<until>(?:19|20)\d\d|\d\d)(?![\w%-]|[.,/]\d)"
    yield "decade", r"(?<![\w$])(?P<year>(?:19|20)\d0)s\b"
    yield "year", rf"(?P<year>{LONE_YEAR})"
    yield (
        "ago",
        (
            rf"\b(?:(?P<hedge>{some('LESS_THAN', 'MORE_THAN', 'ROUGHLY')}){s})?"
            rf"(?:{number}|(?P<vague>{some('VAGUE_NUMBER')}|(?=(?i:{words.any_of('UNIT')}){s}ago))){s}?{unit}{s}(?i:ago)\b"
        ),
    )
    yield "later", rf"\b{number}{s}{unit}{s}(?P<way>(?i:later|earlier|afterwards|previously))\b"
    yield "past", rf"\b(?:(?i:the|these|this){s})?{step}{s}{number}(?:{s}|-){unit}\b"
    yield "day", rf"\b(?P<word>{some('DAY')})\b"
    yield "overnight", rf"\b(?P<word>{some('OVERNIGHT')})\b"
    for which in ("DAY", "MONTH", "YEAR"):
        yield f"that_{which.lower()}", rf"\b(?P<word>{some('THAT_' + which)})\b"
    yield "unit", rf"\b(?:(?P<the>(?i:the|this)){s})?{step}{s}{unit}\b"
    yield "unit", rf"\b(?i:early|late|earlier|later){s}(?:(?i:on){s})?in{s}the{s}{unit}\b"
    yield "weekend", rf"\b(?:{step}|(?i:the)){s}{some('WEEKEND')}\b"
    yield "season", rf"\b{step}{s}(?P<season>{some('SEASON')})\b"
    yield "season", rf"\b(?P<season>{some('SEASON')})(?:{s}of)?{s}{year}"
    yield (
        "season",
        (rf"\b(?i:in|during){s}(?:the{s})?(?:(?i:early|late){s})?(?P<season>{some('SEASON')})\b(?!{s}(?:of|\d))"),
    )
    yield "part", rf"\b(?P<part>{some('PART')})(?:(?:{s}of)?{s}(?:{year}|{step}{s}(?i:year)\b))?"
    yield "feast", rf"\b(?P<word>{words.any_of('FEAST')})(?:,?{s}{year})?"


@lru_cache(maxsize=8)
def _compiled(ontology: Ontology) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(form)) for kind, form in _forms(lexicon(ontology)))


@lru_cache(maxsize=8)
def _signs(ontology: Ontology) -> re.Pattern[str]:
    """The words of which every date form holds one."""
    words = lexicon(ontology)
    names, plain = (
        words.name_of("MONTH", "WEEKDAY"),
        words.any_of("UNIT", "WEEKEND", "SEASON", "PART", "DAY", "OVERNIGHT"),
    )
    days = words.any_of("THAT_DAY", "FEAST", "DATE")
    return re.compile(rf"\b(?:{names}|(?i:{plain}|{days})\b|\d{{4}}|\d\d?(?:st|nd|rd|th)\b)")


def _windows(text: str, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """The stretches of text that may hold date forms: some words around each sign of one."""
    start = end = 0
    for match in _signs(ontology).finditer(text):
        if match.start() - _REACH > end:
            if end:
                yield start, end
            start = max(0, match.start() - _REACH)
        end = match.end() + _REACH
    if end:
        yield start, end


def cores(text: str, ontology: Ontology) -> Iterator[Core]:
    """The date forms in text order; where two overlap, the one that begins first, then the longer."""
    found = [
        Core(match.start(), match.end(), kind, {k: v for k, v in match.groupdict().items() if v})
        for start, end in _windows(text, ontology)
        for kind, form in _compiled(ontology)
        for match in form.finditer(text, start, end)
    ]
    end = 0
    for core in sorted(found, key=lambda c: (c.start, -c.end)):
        if core.start >= end:
            yield core
            end = core.end


_LINK = re.compile(rf"(?:,?{SPACE}(?:and|or|to|through|until|till){SPACE}|{DASH})\Z")
_JOINABLE = {"calendar", "weekday", "year"}


def joined(cores: Iterator[Core], text: str) -> Iterator[tuple[Core, ...]]:
    """The cores, with those that one link joins ("July or August", "2014 to 2018") taken together."""
    group: list[Core] = []
    for core in cores:
        if group and not (
            core.kind == group[-1].kind
            and core.kind in _JOINABLE
            and _LINK.match(text[group[-1].end : core.start])
            and bool(core.part("day")) == bool(group[-1].part("day"))
        ):
            yield tuple(group)
            group = []
        group.append(core)
    if group:
        yield tuple(group)
