"""Datelines and dates of publication: "SEOUL, July 12 (Reuters) – ", "BERLIN (dpa) -", "MOSCOW: "."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NEAR = timedelta(days=45)

_MONTH = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<day{n}>\d{{1,2}})(?:st|nd|rd|th)?"
_DAY_MONTH = rf"(?:(?P<month1>{_MONTH}) {_DAY.format(n=1)}|{_DAY.format(n=2)} (?P<month2>{_MONTH}))"
_FULL = re.compile(rf"\b(?:{_DAY_MONTH}(?:,? (?P<year>(?:19|20)\d\d))|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+(?:(?:, ?|/| |, and | & )(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+|St\.))*"
_WORDS = r"[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){0,3}"
_REGION = rf"(?:, (?!{_MONTH} \d){_WORDS}| \[{_WORDS}\])?"
_PLACE = rf"(?P<place>(?:{_CAPITALS}|{_WORDS}){_REGION})"
_UPPER = rf"(?P<place>(?:{_CAPITALS}){_REGION})"
_CREDIT = r"[(\[/](?P<agency>[A-Za-z][^()\[\]/]{1,40})[)\]/]"
_DASH = r"\s*(?:[-–—]{1,3}|:| _(?= ))\s*"
_OPENING = r"(?=[A-ZÀ-Þ0-9“‘\"'$€£])"
_DATE = rf"{_DAY_MONTH}(?:,? (?P<year>(?:19|20)\d\d))?"

# Strong forms name a date or an agency; only they can show where a story begins.
_STRONG = (
    re.compile(rf"(?:{_PLACE}[,.] )?{_DATE}[,.]? {_CREDIT}(?:{_DASH}|\.?\s+){_OPENING}"),
    re.compile(rf"{_UPPER}, {_DATE}{_DASH}{_OPENING}"),
)
_AGENCY_ONLY = (
    re.compile(rf"(?:{_UPPER},? )?{_CREDIT}(?:{_DASH}|\s+){_OPENING}"),
    re.compile(rf"{_PLACE} {_CREDIT}{_DASH}{_OPENING}"),
)
_WEAK = re.compile(rf"{_UPPER}(?:\s+(?:[-–—]|--)\s+|\s*[–—]\s*|:\s+){_OPENING}")
_CREDIT_DASH = re.compile(_CREDIT + _DASH)
_PLACE_BEFORE = re.compile(rf"(?:{_CAPITALS}{_REGION}(?:, {_DATE})?,?) \Z")
_CAPTION = 2000
"""Captions end within so many characters."""


@dataclass(frozen=True)
class Dateline:
    """Where a story was filed, when and by whom, as far as its first words say."""

    words: str
    place: str | None = None
    agency: str | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None

    @property
    def dated(self) -> date | None:
        """The day, where the dateline gives the year too and the day exists."""
        return self.in_year(self.year) if self.year is not None else None

    def in_year(self, year: int) -> date | None:
        """The day in `year`; None without day, or if there is no such day."""
        return _date(year, self.month, self.day) if self.month and self.day else None


def parse(paragraph: str, agencies: re.Pattern[str], *, weak: bool = False) -> tuple[Dateline, str] | None:
    """The dateline at the start of a paragraph and the words after it; None where there is none.

    A dateline without date must name one of `agencies`. With `weak`, a place in capitals and a dash or colon will do.
    """
    head = paragraph[:200]
    for pattern in _STRONG:
        if match := pattern.match(head):
            return _dateline(match), paragraph[match.end() :]
    for pattern in _AGENCY_ONLY:
        if (match := pattern.match(head)) and agencies.fullmatch(match["agency"].strip()):
            return _dateline(match), paragraph[match.end() :]
    if weak and (match := _WEAK.match(head)) and len(match["place"]) > 2:
        return _dateline(match), paragraph[match.end() :]
    return None


def find(paragraph: str, agencies: re.Pattern[str]) -> int | None:
    """Where a dateline with an agency begins inside a paragraph, as after the caption of a photo; None for nowhere."""
    for credit in _CREDIT_DASH.finditer(paragraph, 0, _CAPTION):
        if not agencies.fullmatch(credit["agency"].strip()):
            continue
        before = paragraph[max(0, credit.start() - 60) : credit.start()]
        place = _PLACE_BEFORE.search(before)
        if place:
            start = max(0, credit.start() - 60) + place.start()
            if start and parse(paragraph[start:], agencies):
                return start
    return None


def full_date(text: str) -> date | None:
    """The first date with day, month and year in the text; None where there is none."""
    return next(full_dates(text), None)


def full_dates(text: str) -> Iterator[date]:
    """Every date with day, month and year in the text, in order; dates that do not exist are left out."""
    for match in _FULL.finditer(text):
        if match["iso"]:
            year, month, day = (int(part) for part in match["iso"].split("-"))
            found = _date(year, month, day)
        else:
            found = _date(int(match["year"]), *_month_day(match))
        if found is not None:
            yield found


def weekdays(text: str) -> frozenset[int]:
    """The days of the week that a text names, Monday as 0."""
    return frozenset(WEEKDAYS.index(match[1].lower()) for match in _WEEKDAY.finditer(text))


def with_year(dateline: Dateline, evidence: Iterable[date], lead: str, *, confirmed: bool = False) -> date | None:
    """The day of a dateline in the year of dates nearby; None where none fits or the lead's weekday speaks against it.

    A date of the page counts if it lies within 45 days. A lead tells of its own day or of the day before; with
    `confirmed` it must name the very weekday.
    """
    named = weekdays(lead)
    for known in evidence:
        candidates = [day for year in (known.year - 1, known.year, known.year + 1) if (day := dateline.in_year(year))]
        for day in sorted(candidates, key=lambda day: abs(day - known)):
            agrees = day.weekday() in named or (not confirmed and (day.weekday() - 1) % 7 in named)
            if abs(day - known) <= _NEAR and (agrees or not (named or confirmed)):
                return day
    return None


def _dateline(match: re.Match[str]) -> Dateline:
    groups = match.groupdict()
    month, day = _month_day(match) if "day1" in groups else (None, None)
    return Dateline(
        words=match.group().rstrip(" -–—:\t"),
        place=groups.get("place"),
        agency=agency.strip() if (agency := groups.get("agency")) else None,
        month=month,
        day=day,
        year=int(groups["year"]) if groups.get("year") else None,
    )


def _month_day(match: re.Match[str]) -> tuple[int, int] | tuple[None, None]:
    name, day = match["month1"] or match["month2"], match["day1"] or match["day2"]
    return (_MONTHS.index(name[:3].lower()) + 1, int(day)) if name else (None, None)


def _date(year: int, month: int | None, day: int | None) -> date | None:
    try:
        return date(year, month, day) if month and day else None
    except ValueError:
        return None


def without_dates(text: str) -> str:
    """The text without its full dates and weekdays."""
    return _WEEKDAY.sub("", _FULL.sub("", text))
