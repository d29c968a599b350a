"""Date expressions: what they mean against a Saturday, 12 July 2025, and what is no date at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from reading_factory import ONTOLOGY
from spacy.language import Language

from geograph.dates import find_dates
from geograph.model import Period
from geograph.syntax import Doc

SATURDAY = date(2025, 7, 12)


def read(nlp: Language, text: str, published: date | None = SATURDAY) -> list[tuple[str, str | None]]:
    found = find_dates(Doc(nlp(text)), published, ONTOLOGY)
    assert all(e.span.of(text) == e.text for e in found)
    assert [e.span for e in found] == sorted(e.span for e in found)
    return [(e.text, e.period.edtf if e.period is not None else None) for e in found]


ABSOLUTE = [
    ("They met on 12 July 2024.", "12 July 2024", "2024-07-12"),
    ("They met on July 12, 2024.", "July 12, 2024", "2024-07-12"),
    ("They met on July 12 2024.", "July 12 2024", "2024-07-12"),
    ("They met on the 12th of July, 2024.", "12th of July, 2024", "2024-07-12"),
    ("They met on Friday, July 12, 2024.", "Friday, July 12, 2024", "2024-07-12"),
    ("They met on 2024-07-12.", "2024-07-12", "2024-07-12"),
    ("They met on Feb. 29, 2024.", "Feb. 29, 2024", "2024-02-29"),
    ("They met in July 2024.", "July 2024", "2024-07"),
    ("They met in JULY 2024.", "JULY 2024", "2024-07"),
    ("They met in early July 2024.", "early July 2024", "2024-07"),
    ("They met at the end of July 2024.", "the end of July 2024", "2024-07"),
    ("They met in 2014.", "2014", "2014"),
    ("They met in late 2014.", "late 2014", "2014"),
    ("They met in mid-2014.", "mid-2014", "2014"),
    ("They met in the 1990s.", "1990s", "1990/1999"),
    ("They met from 2014 to 2018.", "2014 to 2018", "2014/2018"),
    ("They met in the years 2014-2018.", "2014-2018", "2014/2018"),
    ("They met in 2014–15.", "2014–15", "2014/2015"),
    ("They met on July 10-12, 2024.", "July 10-12, 2024", "2024-07-10/2024-07-12"),
    ("They met on 10–12 July 2024.", "10–12 July 2024", "2024-07-10/2024-07-12"),
    ("They met between March and May 2024.", "March and May 2024", "2024-03/2024-05"),
    ("They met in spring 2024.", "spring 2024", "2024-03/2024-05"),
    ("They met in the second half of 2024.", "second half of 2024", "2024-07/2024-12"),
    ("They met in the second quarter of 2024.", "second quarter of 2024", "2024-04/2024-06"),
    ("They met in the first half of 2024.", "first half of 2024", "2024-01/2024-06"),
    ("The 9/11 attacks killed thousands.", "9/11", "2001-09-11"),
    ("They met on 25/12/2024.", "25/12/2024", "2024-12-25"),
    ("They met on 12/25/2024.", "12/25/2024", "2024-12-25"),
    ("They met on 3.2.2024.", "3.2.2024", "2024-02-03"),
    ("They met on 2024/12/25.", "2024/12/25", "2024-12-25"),
    ("They met in the first week of May 2024.", "the first week of May 2024", "2024-05-01/2024-05-07"),
    ("They met in the early nineties.", "the early nineties", "1990/1999"),
    ("They met in the '80s.", "the '80s", "1980/1989"),
    ("They met in the winter of 2023-24.", "winter of 2023-24", "2023-12/2024-02"),
    ("They met in fiscal 2024.", "fiscal 2024", "2023/2024"),
    ("They met between 30 May and 2 June 2025.", "30 May and 2 June 2025", "2025-05-30/2025-06-02"),
]

RELATIVE = [
    # Weekdays by tense
    ("They met on Saturday.", "Saturday", "2025-07-12"),
    ("They met on Friday.", "Friday", "2025-07-11"),
    ("They met on Sunday.", "Sunday", "2025-07-06"),
    ("They will meet on Sunday.", "Sunday", "2025-07-13"),
    ("They will meet on Friday.", "Friday", "2025-07-18"),
    ("They have met since Friday.", "since Friday", "2025-07-11/2025-07-12"),
    ("The minister is due to arrive on Monday.", "Monday", "2025-07-14"),
    ("The minister plans to leave on Monday.", "Monday", "2025-07-14"),
    ("The summit is scheduled for Monday and Tuesday.", "Monday and Tuesday", "2025-07-14/2025-07-15"),
    ("They met on Monday and Tuesday.", "Monday and Tuesday", "2025-07-07/2025-07-08"),
    ("The minister agreed on Monday to leave.", "Monday", "2025-07-07"),
    ("Minister to visit the capital on Monday", "Monday", "2025-07-14"),
    ("They met on Monday night.", "Monday night", "2025-07-07"),
    ("They met early on Monday.", "early on Monday", "2025-07-07"),
    ("They met last Thursday.", "last Thursday", "2025-07-03"),
    ("They will meet next Thursday.", "next Thursday", "2025-07-17"),
    ("They met on Monday last week.", "Monday last week", "2025-06-30"),
    ("He said on Friday that they would meet on Monday.", "Friday", "2025-07-11"),
    ("Monday's attack killed two.", "Monday", "2025-07-07"),
    # Days
    ("They met yesterday.", "yesterday", "2025-07-11"),
    ("They met today.", "today", "2025-07-12"),
    ("They will meet tomorrow.", "tomorrow", "2025-07-13"),
    ("They met last night.", "last night", "2025-07-11"),
    ("Drones fell overnight.", "overnight", "2025-07-11/2025-07-12"),
    ("They met the day before yesterday.", "the day before yesterday", "2025-07-10"),
    ("They met over the weekend.", "the weekend", "2025-07-12/2025-07-13"),
    ("They met last weekend.", "last weekend", "2025-07-05/2025-07-06"),
    ("They met on the 5th.", "on the 5th", "2025-07-05"),
    # Weeks, months, years
    ("They met last week.", "last week", "2025-06-30/2025-07-06"),
    ("They met earlier this week.", "earlier this week", "2025-07-07/2025-07-13"),
    ("They will meet next week.", "next week", "2025-07-14/2025-07-20"),
    ("They met last month.", "last month", "2025-06"),
    ("They met earlier in the month.", "earlier in the month", "2025-07"),
    ("They met last year.", "last year", "2024"),
    ("They will meet later this year.", "later this year", "2025"),
    ("They met in the past year.", "the past year", "2024/2025"),
    ("They met last July.", "last July", "2024-07"),
    ("They will meet next March.", "next March", "2026-03"),
    ("They met in July last year.", "July last year", "2024-07"),
    ("They met on December 22, last year.", "December 22, last year", "2024-12-22"),
    ("They met last summer.", "last summer", "2024-06/2024-08"),
    ("They met in the second quarter.", "second quarter", "2025-04/2025-06"),
    # Months and days without a year, by tense
    ("They met in May.", "May", "2025-05"),
    ("They met in November.", "November", "2024-11"),
    ("They will meet in November.", "November", "2025-11"),
    ("They will meet in March.", "March", "2026-03"),
    ("They met on November 27.", "November 27", "2024-11-27"),
    ("They will meet on November 27.", "November 27", "2025-11-27"),
    ("They may meet in July or August.", "July or August", "2025-07/2025-08"),
    ("They met in November or December.", "November or December", "2024-11/2024-12"),
    ("They met in December or January.", "December or January", "2024-12/2025-01"),
    ("A summit is expected in late July.", "late July", "2025-07"),
    # Ago
    ("They met three days ago.", "three days ago", "2025-07-09"),
    ("They met two weeks ago.", "two weeks ago", "2025-06-23/2025-06-29"),
    ("They met a month ago.", "a month ago", "2025-06"),
    ("They met two years ago.", "two years ago", "2023"),
    ("They met nearly a year ago.", "nearly a year ago", "2024"),
    ("They met more than two years ago.", "more than two years ago", "2022/2023"),
    ("They met twenty-five years ago.", "twenty-five years ago", "2000"),
    ("They met hours ago.", "hours ago", "2025-07-11/2025-07-12"),
    ("They met less than a week ago.", "less than a week ago", "2025-07-05/2025-07-12"),
    ("They met two decades ago.", "two decades ago", "2005"),
    ("They fought over the past three days.", "the past three days", "2025-07-10/2025-07-12"),
    ("They have met over the past decade.", "the past decade", "2015/2025"),
    ("They met in the past three days.", "the past three days", "2025-07-09/2025-07-12"),
    ("They have worked over these last 72 hours.", "these last 72 hours", "2025-07-10/2025-07-12"),
    ("They met within the last 24 hours.", "the last 24 hours", "2025-07-11/2025-07-12"),
    ("They met the week before last.", "the week before last", "2025-06-23/2025-06-29"),
    ("They met the year before last.", "the year before last", "2023"),
    ("They met this past Friday.", "this past Friday", "2025-07-11"),
    ("They will meet this coming Friday.", "this coming Friday", "2025-07-18"),
    ("They met on Friday the 11th.", "Friday the 11th", "2025-07-11"),
    ("They met at the start of the month.", "the start of the month", "2025-07"),
    ("They must leave by the end of the year.", "by the end of the year", "2025"),
    ("They met this spring.", "this spring", "2025-03/2025-05"),
    ("They met this winter.", "this winter", "2024-12/2025-02"),
    ("They will meet in the fall.", "in the fall", "2025-09/2025-11"),
    # Pieces of months
    ("They met in the first week of May.", "the first week of May", "2025-05-01/2025-05-07"),
    ("They met in the last week of May.", "the last week of May", "2025-05-25/2025-05-31"),
    ("They met in the second half of May.", "the second half of May", "2025-05-16/2025-05-31"),
    ("They met on the last weekend of May.", "the last weekend of May", "2025-05-31/2025-06-01"),
    ("They met on the last day of May.", "the last day of May", "2025-05-31"),
    ("They will meet on the first Monday of August.", "the first Monday of August", "2025-08-04"),
    ("They met in the week of July 7.", "the week of July 7", "2025-07-07/2025-07-13"),
    ("They met in the week beginning 30 June.", "the week beginning 30 June", "2025-06-30/2025-07-06"),
    ("They met on the weekend of July 5.", "the weekend of July 5", "2025-07-05/2025-07-06"),
    ("They met on the eve of July 4.", "on the eve of July 4", "2025-07-03"),
    ("They met the day after July 4.", "the day after July 4", "2025-07-05"),
    # To come
    ("They will meet in two weeks.", "in two weeks", "2025-07-21/2025-07-27"),
    ("They will meet in three days' time.", "in three days' time", "2025-07-15"),
    ("They will meet three days from now.", "three days from now", "2025-07-15"),
    ("They will leave within two weeks.", "within two weeks", "2025-07-12/2025-07-26"),
    ("As of Monday, tariffs will apply.", "As of Monday", "2025-07-14"),
    # Days with names
    ("They met on May Day.", "May Day", "2025-05-01"),
    ("They met on the Fourth of July.", "Fourth of July", "2025-07-04"),
    ("They met on Armistice Day.", "Armistice Day", "2024-11-11"),
    # Bounds
    ("They have met since 2011.", "since 2011", "2011/2025"),
    ("They must leave by the end of January.", "by the end of January", "2026-01"),
    ("They must leave by Friday.", "by Friday", "2025-07-12/2025-07-18"),
    ("They must leave by 2030.", "by 2030", "2025/2030"),
    ("They will stay until Friday.", "until Friday", "2025-07-12/2025-07-18"),
    ("They left before 2014.", "before 2014", None),
    ("They left after 2014.", "after 2014", "2014/2025"),
    # Too vague
    ("They met several years ago.", "several years ago", None),
    ("They will meet in the coming days.", "the coming days", None),
    ("They met three days earlier.", "three days earlier", None),
    ("They met decades ago.", "decades ago", None),
    ("In recent days they met.", "recent days", None),
    ("As of Monday, they had met twice.", "As of Monday", None),
    ("They met weeks after July 4.", "weeks after July 4", None),
    ("They left at the end of the year.", "the end of the year", None),
    ("They met in the third quarter of fiscal 2025.", "third quarter of fiscal 2025", None),
    ("They met on 03/02/2024.", "03/02/2024", None),
    ("They met the following day.", "the following day", None),
]

NO_DATE = [
    "The army spoke to Tessa May.",
    "They may march to the capital.",
    "The visit lasted three days.",
    "She is 45 years old.",
    "2000 soldiers and 1999 tanks left.",
    "The Su-2014 cost $2014.",
    "It was the last of many.",
    "They will march on.",
    "They met in three days.",
    "They won in two weeks of fighting.",
    "The fall of the government surprised them.",
    "She is in her 90s.",
    "The last government resigned.",
    "The second half of the match was dull for the current administration.",
    "Sat down, they read resolution 12/2014.",
    "The crash happened at 1930 GMT.",
    "SEOUL, July 12 (Orsova Press) - The army left.",
    "SEOUL/TOKYO, Jan. 5, 2025 (Orsova Press) – The army left.",
    "LIMA, 12 July (OP) -- The army left.",
    "July 12 (Orsova Press) - The army left.",
]


@pytest.mark.parametrize(("text", "words", "expected"), ABSOLUTE + RELATIVE)
def test_expression_and_what_it_means(nlp: Language, text: str, words: str, expected: str | None) -> None:
    assert (words, expected) in read(nlp, text)


@pytest.mark.parametrize("text", NO_DATE)
def test_no_date(nlp: Language, text: str) -> None:
    assert read(nlp, text) == []


@pytest.mark.parametrize(("text", "words", "expected"), RELATIVE)
def test_relative_expressions_stay_unknown_without_a_publication_date(
    nlp: Language, text: str, words: str, expected: str | None
) -> None:
    found = dict(read(nlp, text, None))
    assert all(period is None for period in found.values())


@pytest.mark.parametrize(("text", "words", "expected"), ABSOLUTE)
def test_absolute_expressions_need_no_publication_date(nlp: Language, text: str, words: str, expected: str) -> None:
    assert (words, expected) in read(nlp, text, None)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Troops left in 2011. They returned three years later.", "three years later", "2014"),
        ("They met on July 3. The next day they left.", "The next day", "2025-07-04"),
        ("They met on July 3. That night a bomb fell.", "That night", "2025-07-03"),
        (
            "They left on July 3, two days after a bomb fell. A week earlier they had met.",
            "A week earlier",
            "2025-06-23/2025-06-29",
        ),
        ("They met in July. The next day they left.", "The next day", None),
        ("They met on July 3.\n\nEarlier that day they had left.", "Earlier that day", "2025-07-03"),
        (
            "They met on July 3. They ate. They sang. They slept. They left. They cried. That day it rained.",
            "That day",
            None,
        ),
        ("They must leave by July 20. That day they met.", "That day", None),
        ("They met on July 3. The previous week they had left.", "The previous week", "2025-06-23/2025-06-29"),
        ("They met in March. The next month they left.", "The next month", "2025-04"),
        ("They met on July 3. They had left three days before.", "three days before", "2025-06-30"),
    ],
)
def test_dates_counted_from_the_one_told_before(nlp: Language, text: str, words: str, expected: str | None) -> None:
    assert (words, expected) in read(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "They met on July 3. The day after the vote they left.",
        "They met on July 3. The day before his visit they left.",
        "They met on July 3. The week after Iran's vote they left.",
    ],
)
def test_days_counted_from_an_event_are_not_counted_from_the_date_before(nlp: Language, text: str) -> None:
    assert read(nlp, text) == [("July 3", "2025-07-03")]


def test_impossible_days_stay_unknown(nlp: Language) -> None:
    assert read(nlp, "They met on February 30, 2024.") == [("February 30, 2024", None)]


DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))
RELAXED = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def only(nlp: Language, text: str, published: date | None) -> Period:
    (found,) = find_dates(Doc(nlp(text)), published, ONTOLOGY)
    assert found.period is not None
    return found.period


@RELAXED
@given(published=DAYS, day=DAYS)
def test_a_written_day_is_that_day_whenever_it_was_published(nlp: Language, published: date, day: date) -> None:
    period = only(nlp, f"They met on {day.day} {day:%B %Y}.", published)
    assert period.earliest == period.latest == day


@RELAXED
@given(published=DAYS, back=st.integers(0, 6))
def test_a_weekday_of_the_past_is_the_nearest_one(nlp: Language, published: date, back: int) -> None:
    day = published - timedelta(days=back)
    assert only(nlp, f"They met on {day:%A}.", published) == Period(day.isoformat())


@RELAXED
@given(published=DAYS, ahead=st.integers(0, 6))
def test_a_weekday_to_come_is_the_nearest_one(nlp: Language, published: date, ahead: int) -> None:
    day = published + timedelta(days=ahead)
    assert only(nlp, f"They will meet on {day:%A}.", published) == Period(day.isoformat())


@RELAXED
@given(published=DAYS, words=st.sampled_from(["last week", "last month", "last year", "this week", "this year"]))
def test_a_unit_is_told_whole_and_holds_the_day_that_it_counts_from(nlp: Language, published: date, words: str) -> None:
    period = only(nlp, f"They met {words}.", published)
    days = (period.latest - period.earliest).days + 1
    assert days in {"week": {7}, "month": {28, 29, 30, 31}, "year": {365, 366}}[words.split()[1]]
    if words.startswith("this"):
        assert period.earliest <= published <= period.latest
    else:
        assert period.latest < published


@RELAXED
@given(published=DAYS, number=st.integers(1, 40), unit=st.sampled_from(["days", "weeks", "months", "years"]))
def test_ago_is_never_finer_than_its_unit(nlp: Language, published: date, number: int, unit: str) -> None:
    period = only(nlp, f"They met {number} {unit} ago.", published)
    days = (period.latest - period.earliest).days + 1
    assert days >= {"days": 1, "weeks": 7, "months": 28, "years": 365}[unit]
    assert period.earliest <= published


@RELAXED
@given(text=st.text(st.sampled_from("July May 12,2025-31st Monday last next year ago two .–/")), published=DAYS)
def test_any_text_is_read_without_error(nlp: Language, text: str, published: date) -> None:
    read(nlp, text, published)
