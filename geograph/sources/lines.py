"""Text -> its lines, each with the part that it plays on a page: prose, headline, dateline, caption, credit, noise.

A line is a paragraph: hard-wrapped text is unwrapped first. What only the page adds inside a line is taken out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from geograph.sources import dateline
from geograph.sources.phrases import Boilerplate

_SENTENCE_END = re.compile(r"[.!?…:;,][”\"’')\]]*$")
# A stop inside a line ends a sentence if the word before it is too long for an abbreviation ("U.S.", "Gov.").
_FULL_STOP = re.compile(r"[.;,:…][”\"’')\]]*$|[a-z]{4}[.][”\"’')]* +[A-Z“‘\"']")
_BYLINE = re.compile(
    r"(?:By|BY) (?:[A-Z][\w.'’-]*)(?: (?:de|van|von|al|bin|der|[A-Z][\w.'’-]*)){1,4}"
    r"(?:(?:,| and| &) (?:[A-Z][\w.'’-]*)(?: [A-Z][\w.'’-]*){0,4})*(?:,? (?:in|for) [A-Z][\w ]+| ?[|·•,].{0,60})?"
)
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d\b|\b(?:am|pm|a\.m\.|p\.m\.|gmt|utc|[a-z]{1,4}t|at|on|min|mins|minutes|read)\b", re.I
)
_GLUED_DATE = re.compile(r"[a-z][.!?](\w[\w .,]{8,18})$")
_WRAPPED = 100
_CREDIT = 600
_NOISE = 300


class Part(StrEnum):
    """What a line is on a page."""

    PROSE = "prose"
    HEADLINE = "headline"
    SHORT = "short"
    LABEL = "label"
    DATELINE = "dateline"
    CAPTION = "caption"
    SUMMARY = "summary"
    BYLINE = "byline"
    DATE = "date"
    AGE = "age"
    RECENT = "recent"
    CREDIT = "credit"
    TAIL = "tail"
    NOISE = "noise"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a page, without what the page added inside it. `agency` is the one that its end credits.

    The text of an age ("6 hours ago") is the publisher that stands before it on its line, if any.
    """

    part: Part
    text: str
    agency: str | None = None


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: its lines, or the blocks between empty lines where the lines are hard-wrapped."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if not _hard_wrapped(lines):
        return [line for line in lines if line]
    blocks = re.split(r"\n{2,}", "\n".join(lines))
    return [joined for block in blocks if (joined := " ".join(block.split()))]


def read_lines(text: str, phrases: Boilerplate) -> list[Line]:
    """Every line of the text with its part, in order."""
    return [line for paragraph in paragraphs(text) for line in _lines(paragraph, phrases)]


def _hard_wrapped(lines: list[str]) -> bool:
    filled = [line for line in lines if line]
    inner = [line for line, following in pairwise(lines) if line and following]
    if not inner or max(map(len, filled)) > _WRAPPED or not all(len(line) > 40 for line in inner):
        return False
    return sum(_SENTENCE_END.search(line) is None for line in inner) * 2 > len(inner)


def _lines(paragraph: str, phrases: Boilerplate) -> Iterator[Line]:
    if _is_noise(paragraph, phrases) or phrases.tail.fullmatch(paragraph):
        credit = phrases.agency_credit.search(paragraph)
        yield replace(_whole(paragraph, phrases), agency=credit["agency"] if credit else None)
        return
    text = re.sub(r" +([.,;:])(?=\s|$)", r"\1", phrases.phrase.sub("", paragraph)).strip()
    inner = dateline.find(text, phrases.agency)
    for piece in (text,) if inner is None else (text[:inner].strip(), text[inner:]):
        glued = _GLUED_DATE.search(piece)
        if glued and dateline.full_date(glued[1]):
            yield from _credited(piece[: glued.start(1)], phrases)
            yield Line(Part.DATE, glued[1])
        else:
            yield from _credited(piece, phrases)


def _credited(text: str, phrases: Boilerplate) -> Iterator[Line]:
    body = _without_credit(text, phrases)
    closing = text[len(body) :]
    body = body.rstrip(" -–—")
    start = 0
    for match in phrases.agency_credit.finditer(body):
        if match.end() == len(body) or _SENTENCE_END.search(body[max(0, match.start() - 3) : match.start()]):
            yield replace(_whole(body[start : match.start()].strip(), phrases), agency=match["agency"])
            start = match.end()
    if rest := body[start:].strip():
        yield _whole(rest, phrases)
    if closing:
        agency = re.search(rf"\b(?:{phrases.agency.pattern})\b", closing)
        yield Line(Part.CREDIT, closing.strip(), agency.group() if agency else None)


def _without_credit(text: str, phrases: Boilerplate) -> str:
    """The text up to the credits that close it. They stand at the end: a long line is not searched as a whole."""
    while text:
        window = max(0, len(text) - _CREDIT)
        credit = phrases.credit.search(text[window:])
        if credit is None or (window and credit.start() == 0):
            return text
        text = text[: window + credit.start()]
    return text


def _whole(text: str, phrases: Boilerplate) -> Line:
    if age := _age(text, phrases):
        part = Part.RECENT if phrases.within_a_day.fullmatch(age.group()) else Part.AGE
        return Line(part, text[: age.start()].strip(" -–—|·•"))
    return Line(_part(text, phrases), text)


def _age(text: str, phrases: Boilerplate) -> re.Match[str] | None:
    """The age at the end of a line that holds nothing else but a name: "The Sun 26 minutes ago"."""
    age = phrases.age.search(text) if len(text) < 60 and dateline.full_date(text) is None else None
    before = text[: age.start()].split() if age else []
    named = len(before) <= 5 and not any(word[0].islower() for word in before) and text.rstrip(".").endswith("ago")
    return age if named or not before else None


def _part(text: str, phrases: Boilerplate) -> Part:
    words = len(text.split())
    if phrases.tail.fullmatch(text):
        return Part.TAIL
    if _is_noise(text, phrases) or re.fullmatch(r"(?:#\w+[\s,]*)+|[\W_\d]*", text):
        return Part.NOISE
    if _is_date(text, phrases):
        return Part.DATE
    if _BYLINE.fullmatch(text):
        return Part.BYLINE
    if phrases.caption.match(text) or (words > 5 and phrases.caption_credit.search(text[-200:])):
        return Part.CAPTION
    if dateline.parse(text, phrases.agency):
        return Part.DATELINE
    if phrases.summary.match(text) and (words < 3 or not _FULL_STOP.search(text)):
        return Part.SUMMARY
    if words <= 6 and re.match(r"[-–—•|]\s", text) and not text.endswith("."):
        return Part.LABEL
    if _FULL_STOP.search(text) or len(text) > 150 or words > 22:
        return Part.PROSE
    if words < 4:
        return Part.SHORT
    return Part.HEADLINE if re.match(r"[“‘\"'$€£]?[A-ZÀ-Þ0-9]", text) else Part.PROSE


def _is_noise(text: str, phrases: Boilerplate) -> bool:
    return len(text) < _NOISE and phrases.noise.fullmatch(text) is not None


def _is_date(text: str, phrases: Boilerplate) -> bool:
    if len(text) > 100 or dateline.full_date(text) is None:
        return False
    rest = _CLOCK.sub("", phrases.age.sub("", dateline.without_dates(text)))
    labelled = phrases.date_label.match(text) or phrases.date_label.match(rest.strip(" -–—|·•/,"))
    return len(re.findall(r"[^\W\d]{2,}", rest)) <= (7 if labelled else 1)
