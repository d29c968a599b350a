"""Where date forms stand in a text: each a `Core`, a kind with named parts. What it means, `resolve` says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from geograph.dates.forms import DASH, forms
from geograph.dates.lexicon import SPACE, lexicon
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


_REACH = 40
"""Characters before and after the sign of a date within which its form lies."""


@lru_cache(maxsize=8)
def _compiled(ontology: Ontology) -> tuple[tuple[str, re.Pattern[str], frozenset[str] | None], ...]:
    """The kinds with their expressions, and words of which a text holds one where the form stands; None for any."""
    words = lexicon(ontology)
    # No form that has one of these parts, the first of them, can do without it.
    parts = {
        f"(?P<month>{words.name_of('MONTH')})": "MONTH",
        f"(?P<weekday>{words.name_of('WEEKDAY')})": "WEEKDAY",
        f"(?P<unit>(?i:{words.any_of('TIME_UNIT')}))": "TIME_UNIT",
        f"(?P<season>(?i:{words.any_of('SEASON')}))": "SEASON",
    }
    signs = {part: _longest(words.of(family)) for part, family in parts.items()}
    return tuple(
        (kind, re.compile(form), next((signs[part] for part in parts if part in form), None))
        for kind, form in forms(words)
    )


def _longest(expressions: Iterable[str]) -> frozenset[str]:
    """The words, of an expression of several the longest."""
    return frozenset(max(_WORD.findall(expression.casefold()), key=len) for expression in expressions)


@lru_cache(maxsize=8)
def _signs(ontology: Ontology) -> tuple[frozenset[str], frozenset[str]]:
    """Words of which every date form without figures holds one: names as they are written, others in lower case.

    Of an expression of several words the longest is its sign.
    """
    words = lexicon(ontology)
    names = {word for word in words.of("MONTH", "WEEKDAY")}
    families = ("TIME_UNIT", "WEEKEND", "SEASON", "PART", "DAY", "OVERNIGHT", "THAT_DAY", "FEAST", "DATE", "DECADE")
    return frozenset(names | {name.upper() for name in names}), _longest(words.of(*families))


_WORD = re.compile(r"\w+")
_FIGURES = re.compile(r"\d{4}s?|\d\d?(?:st|nd|rd|th)|\d0s")


def _windows(text: str, ontology: Ontology) -> Iterator[tuple[int, int]]:
    """The stretches of text that may hold date forms: some words around each sign of one."""
    names, plain = _signs(ontology)
    start = end = 0
    for match in _WORD.finditer(text):
        word = match.group()
        if not (word in names or word.casefold() in plain or (word[0].isdecimal() and _FIGURES.fullmatch(word))):
            continue
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
        for here in ({word.casefold() for word in _WORD.findall(text[start:end])},)
        for kind, form, signs in _compiled(ontology)
        if signs is None or not signs.isdisjoint(here)
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
