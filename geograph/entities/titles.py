"""Titles beside names: "Danish Foreign Minister X", "President of Peru X", "X, a spokeswoman for the ministry"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geograph.entities.names import Word
from geograph.entities.text import ReadText, singular
from geograph.model import Mention, Span

_LONGEST_APPOSITION = 10


@dataclass(frozen=True)
class Title:
    """The words of a title and the key of the country or organisation that it names, None where it names none."""

    words: frozenset[str] = frozenset()
    owner: str | None = None


@dataclass(frozen=True)
class Actors:
    """The resolved actors of an article by where they begin and end; of several the longest."""

    spans: Mapping[Span, str]
    starts: dict[int, Span] = field(default_factory=dict)
    ends: dict[int, Span] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for span in sorted(self.spans, key=lambda s: s.end - s.start):
            self.starts[span.start] = span
            self.ends[span.end] = span


def title_of(read: ReadText, mention: Mention, actors: Actors) -> Title:
    """The title before a name, else after it in apposition."""
    before = _before(read, mention, actors)
    if before.owner is not None:
        return before
    owner = _owner_after(read, mention, actors)
    return Title(before.words, owner) if before.words or owner is not None else _after(read, mention, actors)


def _before(read: ReadText, mention: Mention, actors: Actors) -> Title:
    found: list[str] = []
    i = read.index(mention.span.start) - 1
    edge = mention.span.start
    owner: str | None = None
    while i >= 0:
        word = read.words[i]
        between = read.gap(word.end, edge)
        if between == ", " and word.end in actors.ends:
            return _office_of(read, actors, actors.ends[word.end], found)
        if not _adjoins(read, word, between, at_name=edge == mention.span.start):
            break
        possessive = (
            word.key == "s"
            and i > 0
            and read.words[i - 1].end in actors.ends
            and read.gap(read.words[i - 1].end, word.start) in "'’"
        )
        span = actors.ends.get(read.words[i - 1].end if possessive else word.end)
        if span is not None:
            link = read.before(span)
            linked = (
                link is not None and not found and not possessive and read.gap(link.end, span.start) in (" ", " the ")
            )
            if linked and link is not None and link.key in ("of", "to", "for"):
                owner = actors.spans[span] if link.key != "to" else None
                i, edge = read.index(link.start) - 1, link.start
                continue
            if owner is None and (found or possessive or _is_demonym(read, span)):
                owner = actors.spans[span]
            break
        title_before = i > 0 and _is_title(read, read.words[i - 1])
        if found and word.key in ("of", "for") and title_before:
            i, edge = i - 1, word.start
            continue
        if not (_is_title(read, word) or (found and word.key == "and" and title_before) or _is_noun(read, word)):
            break
        found.insert(0, singular(word.key) if read.is_in(word, "TITLE") else word.key)
        i, edge = i - 1, word.start
    return Title(frozenset(found), owner if found or owner is not None else None)


def _office_of(read: ReadText, actors: Actors, span: Span, found: Sequence[str]) -> Title:
    """The title in "the director of Northlight Media, Dr X": office, "of", actor, comma, name."""
    link = read.before(span)
    if link is not None and link.key == "the":
        link = read.before(Span(link.start, link.end))
    office = read.before(Span(link.start, link.end)) if link is not None and link.key == "of" else None
    if office is None or not _is_title(read, office):
        return Title(frozenset(found))
    return Title(frozenset((*found, office.key)), actors.spans[span])


def _adjoins(read: ReadText, word: Word, between: str, *, at_name: bool) -> bool:
    if "\n" in between or set(between) - set(" -.,'’"):
        return False
    if "," in between:
        return at_name and read.is_in(word, "TITLE")
    return "." not in between or read.is_abbreviation(word)


def _is_title(read: ReadText, word: Word) -> bool:
    return read.is_in(word, "TITLE") or read.is_in(word, "RANK")


def _is_noun(read: ReadText, word: Word) -> bool:
    token = read.token(word.start)
    if word.capital and word.key in read.gazetteer.words["PORTFOLIO"]:
        return True
    return token.pos_ in ("NOUN", "ADJ") or (token.pos_ == "PROPN" and token.dep_ == "compound")


def _is_demonym(read: ReadText, span: Span) -> bool:
    return any(sense.role == "demonym" for sense in read.gazetteer.senses(span.of(read.text)))


def _owner_after(read: ReadText, mention: Mention, actors: Actors) -> str | None:
    """The country in "President X of Egypt"."""
    after = read.after(mention.span)
    if after is None or after.key != "of" or read.gap(mention.span.end, after.start) != " ":
        return None
    following = read.after(Span(after.start, after.end))
    if following is not None and following.key == "the":
        following = read.after(Span(following.start, following.end))
    span = actors.starts.get(following.start) if following else None
    return actors.spans[span] if span else None


def _after(read: ReadText, mention: Mention, actors: Actors) -> Title:
    """The title in apposition after a name, up to its end; the first actor in it is whom the person serves."""
    found: set[str] = set()
    owner: str | None = None
    edge = mention.span.end
    i = read.index(mention.span.end)
    for word in read.words[i : i + _LONGEST_APPOSITION]:
        between = read.gap(edge, word.start)
        first = edge == mention.span.end
        if (first and between not in (", ", " (")) or (not first and set(between) - set(" '’-")):
            break
        if first and _of_another(read, word, actors):
            break
        token = read.token(word.start)
        if token.pos_ in ("VERB", "AUX", "PRON", "SCONJ") and word.start not in actors.starts:
            break
        if _is_title(read, word):
            found.add(word.key)
        span = actors.starts.get(word.start)
        if owner is None and span is not None:
            owner = actors.spans[span]
        edge = word.end
    return Title(frozenset(found), owner) if found else Title()


def _of_another(read: ReadText, word: Word, actors: Actors) -> bool:
    """Whether what follows the comma begins with an actor and a title before another name: an enumeration."""
    span = actors.starts.get(word.start)
    i = read.index(span.end if span else word.start)
    for k in range(i, min(i + 6, len(read.words) - 1)):
        follower = read.words[k]
        if not _is_title(read, follower) and follower.key != "s":
            return follower.capital and k > i and read.token(follower.start).pos_ == "PROPN"
    return False
