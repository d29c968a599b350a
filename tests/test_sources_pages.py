"""Saved pages: several stories become several articles, and nothing else of the page becomes one."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path

import pytest

from geograph import ontology, sources
from geograph.model import Article
from geograph.sources import dateline

ONTOLOGY = ontology.load()
AGENCIES = re.compile("Reuters|AFP|AP|dpa")


def read(page: str) -> list[Article]:
    def fail(error: Exception) -> None:
        raise AssertionError(error)

    return list(sources.read(["-"], on_error=fail, ontology=ONTOLOGY, stdin=io.BytesIO(page.encode())))


THREE_STORIES = """\
Skip to main content
Home
World
Envoys of Norland and Sudland open talks in Hafen
Summary Norland envoy Ida Brandt opens talks with Sudland
Talks in Hafen to last two days
Item 1 of 2 Norland envoy Ida Brandt and Sudland minister Otto Falk shake hands in Hafen, March 4, 2031. REUTERS/Jan Doe
HAFEN, March 4 (Reuters) - Norland envoy Ida Brandt met Sudland minister Otto Falk in Hafen on Tuesday, officials said.
Sign up here.
The two will meet again in May , opens new tab in the capital of Norland, the ministry said in a statement.
Reporting by Jane Roe in Hafen; Editing by Max Muster
Our Standards: The Kestrel Wire Charter of Trust. , opens new tab
Sudland parliament backs a treaty on fishing with Norland
By Jane Roe
HAFEN, March 3 (Reuters) – The parliament of Sudland backed a treaty on fishing with Norland on Monday by a wide margin.
FILE PHOTO: A fishing boat leaves the port of Hafen in Sudland, June 9, 2019. REUTERS/Jan Doe
“We have waited for this for years,” minister Otto Falk said.
(Reporting by Jane Roe)
Norland sends trucks to Ostland after the flood in the east
OSTSTADT (AFP) – Norland sent 40 trucks with tents to Ostland, where a flood had driven thousands from their homes.
The trucks arrived on Sunday, according to the ministry of Ostland, and more of them are on the way.
(Reporting by the staff of Oststadt)
Most Read
Westland threatens Norland with a war over butter
Minister of Westland resigns
3 hours ago
Westland threatened Norland with a war, said nobody.
"""


def test_three_stories_and_a_sidebar_are_three_articles() -> None:
    talks, treaty, trucks = read(THREE_STORIES)
    assert talks.title == "Envoys of Norland and Sudland open talks in Hafen"
    assert treaty.title == "Sudland parliament backs a treaty on fishing with Norland"
    assert trucks.title == "Norland sends trucks to Ostland after the flood in the east"
    assert [article.publisher for article in (talks, treaty, trucks)] == ["Reuters", "Reuters", "AFP"]
    assert dict(treaty.metadata)["author"] == "Jane Roe"
    for article in (talks, treaty, trucks):
        for noise in ("Westland", "Sign up", "opens new tab", "Reporting by", "Skip to", "Item 1", "REUTERS", "(AFP)"):
            assert noise not in article.text


def test_the_text_is_body_points_and_captions() -> None:
    assert read(THREE_STORIES)[0].text.split("\n\n") == [
        "Norland envoy Ida Brandt opens talks with Sudland",
        "Talks in Hafen to last two days",
        "Norland envoy Ida Brandt met Sudland minister Otto Falk in Hafen on Tuesday, officials said.",
        "The two will meet again in May in the capital of Norland, the ministry said in a statement.",
        "Norland envoy Ida Brandt and Sudland minister Otto Falk shake hands in Hafen, March 4, 2031.",
    ]


def test_a_dateline_takes_the_year_that_the_page_gives_and_the_weekday_allows() -> None:
    talks, treaty, trucks = read(THREE_STORIES)
    assert (talks.published, dict(talks.metadata)["published_from"]) == (
        date(2031, 3, 4),
        "dateline, year from caption",
    )
    assert (treaty.published, dict(treaty.metadata)["published_from"]) == (date(2031, 3, 3), "dateline, year from page")
    assert trucks.published is None


def test_a_year_that_the_weekday_contradicts_is_not_taken() -> None:
    talks = read(THREE_STORIES.replace("on Tuesday", "on Friday"))[0]
    assert talks.published is None


def test_a_story_told_twice_is_one_article_with_what_each_telling_adds() -> None:
    headline = "Norland and Sudland sign a treaty on rivers"
    body = [
        "Norland envoy Ida Brandt and Sudland minister Otto Falk signed a treaty on rivers in Hafen, officials said.",
        "The treaty took nine years to write, and both parliaments still have to approve it.",
    ]
    page = "\n".join(
        [
            headline,
            headline,
            "Norland envoy Ida Brandt and Sudland minister Otto Falk signed a treaty on rivers in Hafen.",
            "HAFEN, March 4, 2031 (Reuters) - " + body[0],
            body[1],
            "Reporting by Jane Roe",
            headline,
            body[1],
            "Ostland watches the treaty with concern, its foreign ministry said.",
        ]
    )
    [article] = read(page)
    assert article.title == headline
    assert article.text.split("\n\n") == [*body, "Ostland watches the treaty with concern, its foreign ministry said."]
    assert article.published == date(2031, 3, 4)


RELATED = """\
Norland opens an embassy in Oststadt
The embassy was opened on a quiet street near the port, and the flag of Norland was raised by its envoy Ida Brandt.
Hashtags
#Norland #Ostland
Comments
No comments yet...
Related Articles


The Hafen Times
26 minutes ago
- The Hafen Times
Drone falls on a field in Ostland
OSTSTADT: A drone fell on a field in Ostland, its army said. Nobody was hurt, according to the governor, \
and the army is looking into where it came from. - AFP The fall came a day after Norland announced talks.


Hafen Post
an hour ago
- Politics
- Hafen Post
U.S. Court of Sudland rules on the bridge
The bridge of Hafen stands in the evening in Hafen, Sudland, March 4, 2031. REUTERS/Jan Doe \
HAFEN (Reuters) -Sudland may build its bridge, the court ruled on Tuesday. The court said that no law stood \
against it and that Norland had been heard. (Reporting by Jane Roe, editing by Max Muster)


Hafen Post
2 hours ago
- Hafen Post
Butter falls for a third day in Sudland
Butter fell on Tuesday in Sudland after the minister said that there was enough of it. Traders said they \
expected more of the same during the rest of the week, and the ministry declined to comment. - Reuters


Hafen Post
3 hours ago
- Hafen Post
A teaser without its story
Read what happened.
"""


def test_blocks_of_publisher_and_age_are_articles_of_their_own() -> None:
    articles = read(RELATED)
    assert [(article.title, article.publisher, article.agency) for article in articles] == [
        ("Norland opens an embassy in Oststadt", None, None),
        ("Drone falls on a field in Ostland", "The Hafen Times", "AFP"),
        ("U.S. Court of Sudland rules on the bridge", "Hafen Post", "Reuters"),
        ("Butter falls for a third day in Sudland", "Hafen Post", "Reuters"),
    ]
    assert "AFP" not in articles[1].text


def test_undated_stories_stay_undated_unless_their_weekday_agrees_with_the_day_of_the_page() -> None:
    embassy, drone, court, butter = read(RELATED)
    assert embassy.published is None
    assert drone.published is None
    assert (court.published, dict(court.metadata)["published_from"]) == (date(2031, 3, 4), "caption, weekday agrees")
    assert (butter.published, dict(butter.metadata)["published_from"]) == (
        date(2031, 3, 4),
        "date of the page, weekday agrees",
    )


def test_a_list_inside_a_story_does_not_end_it() -> None:
    page = (
        "Norland sends an envoy to Ostland\nUpdated 1:12 PM, March 4, 2031\n"
        "HAFEN (AP) — Norland sent its envoy Ida Brandt to Ostland on Tuesday, her office said.\n"
        "RELATED STORIES\nWestland resigns from the world\nAnother headline of another day\n"
        "She will stay for two days and meet the governor of the region.\n"
        "Associated Press writer Jane Roe contributed to this report.\n"
    )
    [article] = read(page)
    assert "Westland" not in article.text
    assert article.text.endswith("She will stay for two days and meet the governor of the region.")
    assert (article.published, article.agency) == (date(2031, 3, 4), "AP")


def test_dates_above_headlines_belong_to_what_follows() -> None:
    page = (
        "17 Jul 2019 | 1:34 PM\nNorland sends an envoy to Ostland\n"
        "HAFEN (Reuters) - Norland sent its envoy to Ostland on Tuesday, an official in Hafen said, without a reason.\n"
        "12 Jul 2019 | 6:07 AM\nSudland calls its envoy home at once\n"
        "HAFEN (Reuters) - Sudland called its envoy home on Thursday, an official in Hafen said, without a reason.\n"
    )
    assert [article.published for article in read(page)] == [date(2019, 7, 17), date(2019, 7, 12)]


def test_a_headline_that_alone_names_someone_stays_in_the_text() -> None:
    body = "The two met in the port of Hafen and spoke for an hour, her office said in a short statement."
    [article] = read(f"Norland envoy Ida Brandt meets Otto Falk\n{body}")
    assert article.text == f"{article.title}\n\n{body}"


def test_a_headline_that_turns_to_another_matter_begins_a_story_on_a_page_of_several() -> None:
    page = THREE_STORIES.replace(
        "Most Read\n",
        "Minister of Farland leaves for a voyage to Inselland\n"
        "The minister of Farland left for Inselland by ship and will stay away for all of April, her office said.\n"
        "Nobody knew the reason, and the crew of the ship declined to speak to the reporters who had come.\n"
        "Baker of Inselland opens a school for cooks\n"
        "A baker opened a school for cooks in Inselland, where nobody had ever learned to cook.\n"
        "Many people came to the first day of it and brought their own pots and spoons.\n"
        "Most Read\n",
    )
    assert [article.title for article in read(page)[3:]] == [
        "Minister of Farland leaves for a voyage to Inselland",
        "Baker of Inselland opens a school for cooks",
    ]


@pytest.mark.parametrize(
    "paragraph",
    [
        "The statement was sent via TASS.",
        "He stood in a photo by the gate and read more.",
        "3 of 5 envoys left the talks in Hafen early.",
        "Highlights of the talks were shown on television.",
        "Copyright law was the matter of the talks.",
        "Norland sent its envoy to Ostland two days ago.",
        "The article was written by the minister.",
        "Talks ended. The envoy said so to Reuters.",
        "She told AFP that the envoy had signed up here.",
    ],
)
def test_prose_that_sounds_like_boilerplate_stays(paragraph: str) -> None:
    text = f"The envoy of Norland met the minister of Sudland in Hafen on Monday, officials said.\n\n{paragraph}"
    assert read(text)[0].text == text


def test_speakers_of_a_transcript_are_no_places() -> None:
    text = "BRANDT: We met in Hafen.\n\nFALK: It was a good meeting."
    assert read(text)[0].text == text


@pytest.mark.parametrize(
    ("words", "place", "agency", "day"),
    [
        ("SEOUL, July 12 (Reuters) – ", "SEOUL", "Reuters", (7, 12, None)),
        ("BERLIN (Reuters) -", "BERLIN", "Reuters", (None, None, None)),
        ("WIESBADEN, Germany, July 17 (Reuters) - ", "WIESBADEN, Germany", "Reuters", (7, 17, None)),
        ("NEW YORK/LONDON, Jan. 5 (AP) — ", "NEW YORK/LONDON", "AP", (1, 5, None)),
        ("KYIV, Ukraine (AP) — ", "KYIV, Ukraine", "AP", (None, None, None)),
        ("Berlin, 3 Sept 2024 (dpa) -- ", "Berlin", "dpa", (9, 3, 2024)),
        ("New Delhi [India], July 12 (Any Wire): ", "New Delhi [India]", "Any Wire", (7, 12, None)),
        ("NEW DELHI, MARCH 2: ", "NEW DELHI", None, (3, 2, None)),
        ("July 12 (Reuters) - ", None, "Reuters", (7, 12, None)),
        ("(Reuters) - ", None, "Reuters", (None, None, None)),
        ("MOSCOW: ", "MOSCOW", None, (None, None, None)),
        ("Washington (AFP) – ", "Washington", "AFP", (None, None, None)),
        ("MOSCOW, July 12. /dpa/. ", "MOSCOW", "dpa", (7, 12, None)),
        ("LONDON — ", "LONDON", None, (None, None, None)),
    ],
)
def test_datelines_are_parsed(words: str, place: str | None, agency: str | None, day: tuple[int | None, ...]) -> None:
    found = dateline.parse(f"{words}The envoy left.", AGENCIES, weak=True)
    assert found is not None
    assert found[1] == "The envoy left."
    assert (found[0].place, found[0].agency) == (place, agency)
    assert (found[0].month, found[0].day, found[0].year) == day


@pytest.mark.parametrize(
    "text",
    [
        "The envoy left Berlin (Reuters) - nobody knew.",
        "NATO – which has 32 members – met on Monday.",
        "Berlin, the capital, is large.",
        "The Shanghai Cooperation Organisation (SCO) met.",
        "UNITED NATIONS (UN) - The council met.",
        "On July 12 (Saturday) the envoy left.",
        "A. He left.",
    ],
)
def test_other_openings_are_no_datelines(text: str) -> None:
    assert dateline.parse(text, AGENCIES, weak=True) is None


def test_dates_that_do_not_exist_are_left_out() -> None:
    assert list(dateline.full_dates("On July 32, 2025, on 30 February 2025, on 2025-07-12")) == [date(2025, 7, 12)]


def test_gold_quotes_are_in_the_texts(gold: Path) -> None:
    texts: dict[str, str] = {}
    given = list(sources.read([gold / "dev"], on_error=lambda error: pytest.fail(str(error)), ontology=ONTOLOGY))
    for article in given:
        texts[article.document] = "\n".join((texts.get(article.document, ""), article.title or "", article.text))
    for path in sorted((gold / "dev").glob("*.json")):
        quotes = [fact["quote"] for fact in json.loads(path.read_text(encoding="utf-8"))["facts"]]
        missing = [quote for quote in quotes if quote not in texts[path.stem]]
        assert not missing, path.stem


def test_saved_gold_pages_give_four_stories_each(gold: Path) -> None:
    given = list(sources.read([gold / "dev"], on_error=lambda error: pytest.fail(str(error)), ontology=ONTOLOGY))
    counts = {article.document: 0 for article in given}
    for article in given:
        counts[article.document] += 1
    assert {name: count for name, count in counts.items() if count != 1} == {"seed-000": 4, "seed-001": 4}
