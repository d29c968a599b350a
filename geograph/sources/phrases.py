"""The phrases of `ontologies/words/boilerplate.ttl` as patterns, and the table of them that pages are read with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geograph.errors import OntologyError
from geograph.ontology import Ontology

_NAME = r"(?-i:[A-ZÀ-Þ][\w.&'’-]*(?: (?:[A-ZÀ-Þ][\w.&'’-]*|of|the|de|van|al|and)){0,5})"


@dataclass(frozen=True)
class Boilerplate:
    """Patterns of what a page holds beside the news, those of whole lines from start to end; and English words."""

    agency: re.Pattern[str]
    credit: re.Pattern[str]
    noise: re.Pattern[str]
    tail: re.Pattern[str]
    phrase: re.Pattern[str]
    summary: re.Pattern[str]
    caption: re.Pattern[str]
    caption_credit: re.Pattern[str]
    age: re.Pattern[str]
    within_a_day: re.Pattern[str]
    date_label: re.Pattern[str]
    agency_credit: re.Pattern[str]
    function_words: frozenset[str]


@lru_cache(maxsize=4)
def boilerplate(ontology: Ontology) -> Boilerplate:
    """The patterns that the word classes of the ontology give; a class that it lacks matches nothing."""
    agencies = _alternatives(ontology.words.get("AGENCY", frozenset()), "(?!)")

    def words(name: str) -> str:
        return _alternatives(ontology.words.get(name, frozenset()), agencies)

    def line(name: str) -> re.Pattern[str]:
        return re.compile(rf"(?:{words(name)})[\s.:!…]*", re.IGNORECASE)

    return Boilerplate(
        agency=re.compile(rf"{agencies}"),
        credit=re.compile(
            rf"(?:^|(?<=[.!?”\"’')…])[ \-–—]+)\(?(?:{words('STORY_CREDIT')})\)?[\s.\-–—]*$", re.IGNORECASE
        ),
        noise=line("PAGE_NOISE"),
        tail=line("PAGE_TAIL"),
        phrase=re.compile(rf"\s*(?<!\w)(?:{words('PAGE_PHRASE')})(?!\w)", re.IGNORECASE),
        summary=re.compile(rf"(?:{words('SUMMARY_LABEL')})(?::\s*|\s+(?=(?-i:[A-Z‘“\"']))|\s*$)", re.IGNORECASE),
        caption=re.compile(rf"(?:{words('CAPTION_START')})(?!\w)\s*", re.IGNORECASE),
        caption_credit=re.compile(
            rf"(?:(?:^|(?<=[.!?…”\"’')\]]) *)(?:{words('CAPTION_CREDIT')})|(?<= )(?:{words('CAPTION_SOURCE')}))[\s.]*$",
            re.IGNORECASE,
        ),
        age=re.compile(rf"(?:(?<![\w.])|(?<=[a-z])(?=[\d]))(?:{words('TIME_AGO')})[\s.]*$", re.IGNORECASE),
        within_a_day=line("WITHIN_A_DAY"),
        date_label=re.compile(rf"(?:{words('DATE_LABEL')})(?!\w)\s*:?\s*", re.IGNORECASE),
        agency_credit=re.compile(rf"(?<=[.!?”\"’'\w])\s+[-–—]+\s*(?P<agency>{agencies})(?=\s*$|\s+[A-Z“‘\"'])"),
        function_words=ontology.words.get("FUNCTION_WORD", frozenset()),
    )


def _alternatives(phrases: frozenset[str], agencies: str) -> str:
    # The longest first: an alternation takes the first that matches.
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_pattern(phrase, agencies) for phrase in ordered) or "(?!)"


def _pattern(phrase: str, agencies: str) -> str:
    pattern, begun = "", False
    words = phrase.split()
    for number, word in enumerate(words, start=1):
        optional = word.startswith("[") and word.endswith("]")
        part = _word(word[1:-1] if optional else word, agencies, ".*" if number == len(words) else "[^.!?]*")
        if optional:
            pattern += f"(?: +{part})?" if begun else f"(?:{part} +)?"
        else:
            pattern += f" +{part}" if begun else part
            begun = True
    if not begun:
        raise OntologyError(f"the phrase {phrase!r} has no word that must be there; write one without [ ]")
    return pattern


def _word(word: str, agencies: str, anything: str) -> str:
    if "|" in word:
        return "(?:" + "|".join(_word(part, agencies, anything) for part in word.split("|")) + ")"
    pattern = ""
    for part in re.split(r"(NAME|AGENCY|#|…)", word):
        meaning = {"NAME": _NAME, "AGENCY": f"(?:{agencies})", "#": r"\d+", "…": anything}
        pattern += meaning.get(part, re.escape(part))
    return pattern
