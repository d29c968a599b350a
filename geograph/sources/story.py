"""A story of a page -> Article: its text once, its date where the page gives one, with a note of where from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geograph.model import Article
from geograph.sources import dateline
from geograph.sources.dateline import Dateline
from geograph.sources.front_matter import Fields
from geograph.sources.lines import Line, Part
from geograph.sources.page import Story
from geograph.sources.phrases import Boilerplate

_SENTENCE = re.compile(r"(?<=[.!?…])[”\"’')\]]*\s+")
_ALIKE = 0.8
_COMPARED = 50
_CAPTION_WORDS = 6
_HEADLINE_WORDS = 3
"""Fewer tell of no two actors."""
_LEAD = 400
_FILED = timedelta(days=3)
"""Stories are put on a page within so many days of their dateline."""
_CREDIT = 200
_FILE = re.compile(r"\bfile\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Draft:
    """A story taken apart: paragraphs, captions and every sign of its date."""

    story: Story
    paragraphs: tuple[str, ...]
    dateline: Dateline | None
    lead: str
    captions: tuple[str, ...]
    dates: tuple[date, ...]
    caption_dates: tuple[date, ...]

    @property
    def text(self) -> str:
        return "\n\n".join((*self.paragraphs, *self.captions))


def articles(stories: Sequence[Story], fields: Fields, document: str, phrases: Boilerplate) -> Iterator[Article]:
    """One article for each story that has words, in order. What `fields` say of it goes before what the page says."""
    every = [_draft(story, fields.title, phrases) for story in stories]
    drafts = list({draft.text: draft for draft in every if draft.text}.values())
    page = _page_dates(drafts)
    dated = [_dated(draft, page, fields.page_date) for draft in drafts]
    for draft, (published, source) in zip(drafts, _same_day(drafts, dated), strict=True):
        agency = (draft.dateline.agency if draft.dateline else None) or draft.story.agency
        found = {
            "author": draft.story.author,
            "dateline": draft.dateline.words if draft.dateline else None,
            "published_from": source if published and not fields.published else None,
        }
        metadata = {key: value for key, value in found.items() if value} | dict(fields.metadata)
        yield Article(
            document=fields.document or document,
            text=draft.text,
            title=fields.title or draft.story.title,
            published=fields.published or published,
            publisher=fields.publisher or draft.story.publisher or agency,
            url=fields.url,
            agency=fields.agency or agency,
            sample=fields.sample,
            metadata=tuple(sorted(metadata.items())),
        )


def _draft(story: Story, headline: str | None, phrases: Boilerplate) -> _Draft:
    found: Dateline | None = None
    lead = ""
    told: list[tuple[str, bool]] = []
    for number, telling in enumerate(story.tellings):
        texts, opening, at = _without_dateline(telling, phrases)
        if opening and not found:
            found, lead = opening, texts[at]
        # A summary above the dateline and a second telling may repeat the story; the story itself stays whole.
        told += [(text, number == 0 and place >= at) for place, text in enumerate(texts)]
    lines = [line for telling in story.tellings for line in telling]
    captions = [line.text for line in lines if line.part == Part.CAPTION]
    shown = [_caption(text, phrases) for text in captions]
    paragraphs = list(_without_repeats(told))
    if headline and paragraphs and len(headline.split()) >= _HEADLINE_WORDS:
        # A headline given beside the text is read like its first paragraph: it may be the only one to name somebody.
        paragraphs.insert(0, " ".join(headline.split()))
    elif story.title and _names_more(story.title, (*paragraphs, *shown)):
        paragraphs.insert(0, story.title)
    return _Draft(
        story=story,
        paragraphs=tuple(paragraphs),
        dateline=found,
        lead=(lead or next((text for text, firm in told if firm), ""))[:_LEAD],
        captions=tuple(dict.fromkeys(text for text in shown if len(text.split()) >= _CAPTION_WORDS)),
        dates=tuple(day for line in lines if line.part == Part.DATE for day in dateline.full_dates(line.text)),
        caption_dates=tuple(day for text in captions if not _FILE.search(text) for day in dateline.full_dates(text)),
    )


def _without_dateline(telling: Iterable[Line], phrases: Boilerplate) -> tuple[list[str], Dateline | None, int]:
    """The paragraphs of a telling, its dateline, and the number of the paragraph that it opened (else 0)."""
    lines = [line for line in telling if line.part not in (Part.CAPTION, Part.DATE)]
    texts: list[str] = []
    found: Dateline | None = None
    at = 0
    # "MOSCOW:" opens a story once; capitals before several paragraphs are the speakers of a transcript.
    weak = sum(re.match(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]+:", line.text) is not None for line in lines) < 2
    for line in lines:
        text = line.text
        if line.part == Part.SUMMARY:
            text = phrases.summary.sub("", text, count=1)
        parsed = None
        if found is None and line.part in (Part.PROSE, Part.DATELINE):
            parsed = dateline.parse(text, phrases.agency, weak=weak)
            weak = False
        if parsed:
            found, text = parsed
            at = len(texts)
        if text:
            texts.append(text)
    return texts, found, at


def _caption(text: str, phrases: Boilerplate) -> str:
    text = phrases.caption.sub("", text, count=1)
    while match := phrases.caption_credit.search(text, max(0, len(text) - _CREDIT)):
        text = text[: match.start()].rstrip()
    return text


def _without_repeats(told: Sequence[tuple[str, bool]]) -> Iterator[str]:
    """The paragraphs in order without those, not firm, of which others tell each sentence already."""
    known: dict[str, list[list[str]]] = {}
    for text, firm in told:
        if firm:
            _remember(known, text)
    for text, firm in told:
        if firm:
            yield text
        elif not all(_is_told(sentence, known) for sentence in _sentences(text)):
            _remember(known, text)
            yield text


def _sentences(text: str) -> list[list[str]]:
    return [words for part in _SENTENCE.split(text) if (words := re.findall(r"\w+", part))]


def _remember(known: dict[str, list[list[str]]], text: str) -> None:
    for words in _sentences(text):
        for word in dict.fromkeys(words):
            known.setdefault(word, []).append(words)


def _is_told(short: list[str], known: Mapping[str, list[list[str]]]) -> bool:
    """Whether one known sentence holds all names and numbers of this one, and most of its words in their order."""
    needed = {word for word in short if word[0].isupper() or word[0].isdigit()}
    candidates = min((known.get(word, []) for word in sorted(needed)), key=len, default=[])
    return any(needed <= set(full) and _in_order(short, full) for full in candidates[:_COMPARED])


def _in_order(short: list[str], full: list[str]) -> bool:
    lower, at, found = [word.lower() for word in full], 0, 0
    for word in short:
        if word.lower() in lower[at:]:
            at = lower.index(word.lower(), at) + 1
            found += 1
    return found >= _ALIKE * len(short)


def _names_more(title: str, texts: Iterable[str]) -> bool:
    """Whether the headline names someone or something that the texts below it never do."""
    title = _joined(title)
    words = re.findall(r"\w+", title)
    if sum(word[0].isupper() for word in words) * 4 > len(words) * 3:
        return False  # Every Word Has a Capital: they say nothing of names.
    # "Russian" tells as much as "Russia"; the word that begins a sentence or follows a colon has a capital anyway.
    told = {word.lower()[:4] for text in texts for word in re.findall(r"\w+", _joined(text))}
    inner = re.findall(r"\w+", re.sub(r"(^|[:;.?!–—]\s|\s-)\W*\w+", " ", title))
    return any(word[0].isupper() and word.lower()[:4] not in told and not dateline.weekdays(word) for word in inner)


def _joined(text: str) -> str:
    """The text with "U.S." written "US"."""
    return re.sub(r"\b([A-Z])\.", r"\1", text)


def _page_dates(drafts: Sequence[_Draft]) -> dict[str, tuple[date, ...]]:
    """The full dates of the whole page, by where they stand, in order of trust."""
    firm = [day for draft in drafts for day in (*draft.caption_dates, *draft.dates)]
    firm += [day for draft in drafts if draft.dateline and (day := draft.dateline.dated)]
    text = [day for draft in drafts for day in dateline.full_dates(draft.text)]
    return {"page": tuple(dict.fromkeys(firm)), "text": tuple(dict.fromkeys(text))}


def _dated(
    draft: _Draft, page: Mapping[str, tuple[date, ...]], page_date: tuple[date, str] | None
) -> tuple[date | None, str]:
    """The day of publication and where the page says it; `(None, "")` where it does not."""
    found = draft.dateline
    if found and found.dated:
        return found.dated, "dateline"
    if found and found.day:
        if page_date and (day := _near(found, page_date[0])):
            return day, f"dateline, year from {page_date[1]}"
        for name, evidence in {"caption": draft.caption_dates, "date line": draft.dates, **page}.items():
            if day := dateline.with_year(found, evidence, draft.lead, confirmed=name == "text"):
                return day, f"dateline, year from {name}"
        return None, ""
    for day in draft.caption_dates:
        if day.weekday() in dateline.weekdays(draft.lead):
            return day, "caption, weekday agrees"
    return page_date or ((draft.dates[0], "date line") if draft.dates else (None, ""))


def _near(found: Dateline, day: date) -> date | None:
    """The dateline's day next to a day of publication that the page's own data names; None if it is not near."""
    candidates = (found.in_year(year) for year in (day.year - 1, day.year, day.year + 1))
    return next((known for known in candidates if known and abs(known - day) <= _FILED), None)


def _same_day(drafts: Sequence[_Draft], dated: Sequence[tuple[date | None, str]]) -> Iterator[tuple[date | None, str]]:
    """The dates, with those of stories that the page calls as recent as a dated one, if their own weekday agrees."""
    today = {day for draft, (day, _) in zip(drafts, dated, strict=True) if draft.story.recent and day}
    for draft, (day, source) in zip(drafts, dated, strict=True):
        agreeing = [known for known in sorted(today) if known.weekday() in dateline.weekdays(draft.lead)]
        if day is None and draft.story.recent and not (draft.dateline and draft.dateline.day) and len(agreeing) == 1:
            yield agreeing[0], "date of the page, weekday agrees"
        else:
            yield day, source
