"""A saved or pasted page -> its stories, each with its own headline, dateline, date and credits.

A page is cut only where something says clearly that another story begins: the credit line that closed the one
before, a headline that the page repeats, a second dateline, or a block of publisher and age ("26 minutes ago"). Texts
without such signs stay one story. Sections with the same headline (a summary, a second telling) are one story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geograph.sources.lines import Line, Part

_PROSE = (Part.PROSE, Part.DATELINE)
_AGES = (Part.AGE, Part.RECENT)
_SKIPPED = (Part.NOISE, Part.BYLINE, Part.DATE, *_AGES)
_DROPPED = (Part.NOISE, Part.BYLINE, Part.CREDIT, Part.TAIL, Part.LABEL, *_AGES)
_PAGE_SIGNS = frozenset(
    {Part.NOISE, Part.BYLINE, Part.DATE, Part.CREDIT, Part.TAIL, Part.CAPTION, Part.AGE, Part.RECENT}
)
_REACH = 8
_FEWEST_WORDS = 25


@dataclass(frozen=True)
class Story:
    """One story of a page. Each telling is the lines of one section below its headline, noise left out.

    `recent` says that the page calls it less than a day old. `agency` is the one of its closing credit.
    """

    title: str | None
    tellings: tuple[tuple[Line, ...], ...]
    publisher: str | None = None
    agency: str | None = None
    author: str | None = None
    recent: bool = False


def stories(lines: Sequence[Line]) -> list[Story]:
    """The stories of a page in order of first appearance; a plain article gives one."""
    starts = sorted({0, *_after_header(lines), *_after_credit(lines), *_repeated(lines)})
    starts = sorted({*starts, *_before_dateline(lines, starts)})
    if len(starts) > 2:
        starts = sorted({*starts, *_new_topics(lines, starts)})
    starts = sorted({_with_date(lines, start) for start in starts})
    sections = [lines[start:end] for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    saved = len(sections) > 1 or any(line.part in _PAGE_SIGNS for line in lines)
    merged: dict[str, Story] = {}
    for number, section in enumerate(sections):
        story = _story(section, saved=saved)
        key = _key(story.title) if story.title else f"#{number}"
        merged[key] = _merge(merged[key], story) if key in merged else story
    told = [story for story in merged.values() if _words(story)]
    if not told and not saved:
        return single(lines)  # A line or two without a full stop.
    return [story for place, story in enumerate(told) if place == 0 or not _is_teaser(story)]


def single(lines: Sequence[Line], title: str | None = None) -> list[Story]:
    """The text as one story without a headline of its own, for an article whose front matter says what it is.

    A first line that repeats the `title` is left out.
    """
    repeats = bool(title and lines and _key(lines[0].text) == _key(title))
    story = _body(lines[1:] if repeats else lines)
    return [story] if story.tellings else []


def _header(lines: Sequence[Line], index: int) -> tuple[int, int, str] | None:
    """Start, end and publisher of the block around the age at `index`; None if no publisher or no headline is there."""
    publisher, start, end = lines[index].text, index, index + 1
    if not publisher and index and lines[index - 1].part in (Part.SHORT, Part.HEADLINE):
        publisher, start = lines[index - 1].text, index - 1
    while end < min(len(lines), index + _REACH) and lines[end].part in (Part.LABEL, Part.NOISE, *_AGES):
        end += 1
    follows = end < len(lines) and lines[end].part == Part.HEADLINE
    return (start, end, publisher) if follows and publisher and len(publisher.split()) <= 6 else None


def _with_date(lines: Sequence[Line], start: int) -> int:
    """The start of a story moved up to a date above its headline, unless the date closes a headline above it."""
    if start and lines[start].part == Part.HEADLINE and lines[start - 1].part == Part.DATE:
        above = lines[start - 2].part if start > 1 else Part.NOISE
        return start if above in (Part.HEADLINE, Part.BYLINE) else start - 1
    return start


def _after_header(lines: Sequence[Line]) -> Iterator[int]:
    for index, line in enumerate(lines):
        if line.part in _AGES and (block := _header(lines, index)):
            yield block[0]


def _after_credit(lines: Sequence[Line]) -> Iterator[int]:
    closed = False
    for index, line in enumerate(lines):
        if line.part == Part.CREDIT:
            closed = True
        elif line.part not in _SKIPPED:
            if closed and line.part == Part.HEADLINE:
                yield index
            closed = False


def _repeated(lines: Sequence[Line]) -> Iterator[int]:
    seen: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        if line.part == Part.HEADLINE:
            seen.setdefault(_key(line.text), []).append(index)
    for indices in seen.values():
        if len(indices) > 1:
            yield from indices


def _before_dateline(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[int]:
    """Where the story of a dateline begins, if the one before it is told: at its headline, else at the dateline."""
    floor = 0
    for index, line in enumerate(lines):
        if line.part != Part.DATELINE:
            continue
        begun = max(start for start in (floor, *starts) if start <= index)
        headline = _headline_before(lines, begun, index)
        before = [part.part for part in lines[begun : index if headline is None else headline]]
        if Part.DATELINE in before or (headline is not None and before.count(Part.PROSE) > 1):
            floor = index if headline is None else headline
            yield floor


def _new_topics(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[int]:
    """On a page of several stories: the headlines amid prose that tell of what follows and not of what went before."""
    begun = 0
    for index, line in enumerate(lines[:-1]):
        begun = index if index in starts else begun
        if line.part != Part.HEADLINE or index == begun or lines[index + 1].part not in _PROSE:
            continue
        words = _content(line.text)
        before = frozenset(
            word for other in lines[begun:index] if other.part in _PROSE for word in _content(other.text)
        )
        after = frozenset(word for other in lines[index + 1 : index + 3] for word in _content(other.text))
        if len(words) > 3 and before and len(words & after) * 2 >= len(words) > len(words & before) * 3:
            begun = index
            yield index


def _headline_before(lines: Sequence[Line], floor: int, index: int) -> int | None:
    """The first of the nearest headlines above a dateline, points of a summary aside; None if there is none near."""
    found: int | None = None
    for at in range(index - 1, max(floor, index - _REACH) - 1, -1):
        part = lines[at].part
        if part == Part.HEADLINE:
            found = at
        elif part == Part.SUMMARY:
            found = None
        elif found is not None and part not in _SKIPPED:
            break
    return found


def _story(section: Sequence[Line], *, saved: bool) -> Story:
    first = _first_prose(section)
    age = next((i for i, line in enumerate(section[:first]) if line.part in _AGES), None)
    block = _header(section, age) if age is not None else None
    publisher = block[2] if block else _publisher(section, age)
    rest = section[block[1] :] if block else section
    first = _first_prose(rest)
    title = _title(rest, first)
    if title is None:
        body = _body(rest)
    else:
        # What stands above the headline is the way to it; what stands below may sum the story up.
        told = {word for line in rest[first:] if line.part in _PROSE for word in _content(line.text)}
        above = [line for line in rest[:title] if line.part in (Part.DATE, Part.CAPTION, Part.BYLINE)]
        points = [line for line in _points(rest[title + 1 : first], told) if line != rest[title]]
        after = [line for line in rest[first:] if not (saved and line.part in (Part.HEADLINE, Part.SHORT))]
        body = _body([*above, *points, *after])
    recent = block is not None and age is not None and section[age].part == Part.RECENT
    return replace(body, title=None if title is None else rest[title].text, publisher=publisher, recent=recent)


def _first_prose(lines: Sequence[Line]) -> int:
    return next((i for i, line in enumerate(lines) if line.part in _PROSE), len(lines))


def _publisher(lines: Sequence[Line], age: int | None) -> str | None:
    """The publisher that stands on the line of an age or above it, as below the headline of a page's own story."""
    if age is None:
        return None
    above = lines[age - 1] if age else None
    return lines[age].text or (above.text if above and above.part == Part.SHORT else None)


def _title(lines: Sequence[Line], first: int) -> int | None:
    """The headline before the first prose that shares most words with what follows it; the first of equals."""
    before = next((i for i, line in enumerate(lines[:first]) if line.part == Part.SUMMARY), first)
    candidates = [i for i in range(before) if lines[i].part == Part.HEADLINE]
    told = {word for line in lines[first : first + 6] for word in _content(line.text)}
    return max(candidates, key=lambda i: (len(told & _content(lines[i].text)), -i), default=None)


def _points(lines: Sequence[Line], told: set[str]) -> Iterator[Line]:
    """The lines between headline and story, without headlines that share less than half of their words with it."""
    summary = False
    for line in lines:
        summary = summary or line.part == Part.SUMMARY
        words = _content(line.text)
        if line.part == Part.SHORT:
            continue
        if line.part != Part.HEADLINE or summary or len(words & told) * 2 > len(words):
            yield line


def _body(lines: Sequence[Line]) -> Story:
    """The lines as one telling, up to the credit that closes it or the heading of what else the page holds.

    A credit further down shows that such a heading stood inside the story.
    """
    first = _first_prose(lines)
    credits = [i for i, line in enumerate(lines) if i > first and line.part == Part.CREDIT]
    tails = [i for i, line in enumerate(lines) if i > first and line.part == Part.TAIL]
    end = min((credits or tails)[:1], default=len(lines))
    authors = [line.text[len("By ") :].strip() for line in lines[:end] if line.part == Part.BYLINE]
    agencies = [line.agency for line in lines if line.agency]
    kept = tuple(line for line in lines[:end] if line.part not in _DROPPED)
    return Story(None, (kept,) if kept else (), agency=next(iter(agencies), None), author=next(iter(authors), None))


def _merge(first: Story, second: Story) -> Story:
    return Story(
        first.title,
        first.tellings + second.tellings,
        first.publisher or second.publisher,
        first.agency or second.agency,
        first.author or second.author,
        first.recent or second.recent,
    )


def _words(story: Story) -> int:
    return sum(len(line.text.split()) for telling in story.tellings for line in telling if line.part in _PROSE)


def _is_teaser(story: Story) -> bool:
    """Whether it is a few words, without dateline, of a story that stands elsewhere."""
    filed = any(line.part == Part.DATELINE for telling in story.tellings for line in telling)
    return not filed and _words(story) < _FEWEST_WORDS


def _key(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.lower()))


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"\w+", text.lower()) if len(word) > 3)
