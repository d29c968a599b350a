"""Who is meant by the names of persons: short forms joined to full names, titles read, the gazetteer asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from geograph.entities.cast import Cast
from geograph.entities.gazetteer import surname_forms
from geograph.entities.names import Word, keys
from geograph.entities.text import ReadText
from geograph.model import EntityType, Mention, Span


@dataclass
class Person:
    """One person of the article: the mentions by name, the longest first in `name`, and what titles say."""

    name: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    owners: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Title:
    """The words of a title beside a name and the key of the country or organisation that it names."""

    words: frozenset[str]
    owner: str | None


def link(cast: Cast, mentions: Sequence[Mention], actors: dict[Span, str]) -> dict[Mention, str]:
    """The entity keys of the mentions of persons by name. `actors` are the resolved countries and organisations."""
    named = [m for m in mentions if m.type is EntityType.PERSON]
    ends = {span.end: key for span, key in sorted(actors.items())}
    starts = {span.start: key for span, key in sorted(actors.items(), reverse=True)}
    found: dict[Mention, str] = {}
    for person in _persons(cast.read, named):
        for mention in person.mentions:
            title = title_of(cast.read, mention, ends, starts)
            person.titles |= title.words
            if title.owner is not None:
                person.owners.append(title.owner)
        key = _key(cast, person)
        cast.titles.setdefault(key, set()).update(person.titles)
        cast.genders.setdefault(key, _gender(cast, key, person))
        found.update(dict.fromkeys(person.mentions, key))
    return found


def _persons(read: ReadText, named: Sequence[Mention]) -> list[Person]:
    """The mentions put together by person, longer names first; a short form that fits two persons is left out."""
    by_name: dict[tuple[str, ...], list[Mention]] = {}
    for mention in named:
        by_name.setdefault(tuple(w.key for w in read.within(mention.span)), []).append(mention)
    people: list[Person] = []
    first_names = read.gazetteer.words["SURNAME_FIRST"]
    for name in sorted(by_name, key=lambda n: (-len(n), by_name[n][0].span.start)):
        fitting = [person for person in people if _short_for(name, person.name, first_names)]
        if not fitting:
            people.append(Person(name, list(by_name[name])))
        elif len(fitting) == 1:
            fitting[0].mentions.extend(by_name[name])
        else:
            _share_out(read, by_name[name], fitting)
    return people


def _share_out(read: ReadText, mentions: Sequence[Mention], fitting: Sequence[Person]) -> None:
    """Give each mention of a shared surname to the person whose full name came last before it, if within the paragraph."""
    for mention in mentions:
        before = [
            (other.span.start, person)
            for person in fitting
            for other in person.mentions
            if other.span.start < mention.span.start and "\n" not in read.gap(other.span.end, mention.span.start)
        ]
        if before:
            nearest = max(before, key=lambda item: item[0])[1]
            nearest.mentions.append(mention)


def _short_for(short: tuple[str, ...], full: tuple[str, ...], first_names: frozenset[str]) -> bool:
    """Whether a name is a shorter form of another: its last words, its family name, or its words without the middle."""
    if short == full:
        return True
    if len(short) >= len(full):
        return False
    if len(short) == 1:
        return short[0] in surname_forms(full, first_names) or short[0] == full[-1] or short[0] == full[0]
    rest = iter(full)
    return all(word in rest for word in short)


def title_of(read: ReadText, mention: Mention, ends: dict[int, str], starts: dict[int, str]) -> Title:
    """The title before a name or after it in apposition, with the country or organisation in it."""
    before = _before(read, mention, ends)
    if before.words or before.owner:
        if before.owner is None:
            after = _of(read, mention, starts)
            return Title(before.words, after)
        return before
    return _after(read, mention, ends, starts)


def _before(read: ReadText, mention: Mention, ends: dict[int, str]) -> Title:
    i = read.index(mention.span.start) - 1
    titles: list[str] = []
    edge = mention.span.start
    while i >= 0:
        word = read.words[i]
        between = read.gap(word.end, edge)
        if "\n" in between or not set(between) <= set(" -.,'’&") or (set(between) & set(".") and not read.is_abbreviation(word)):
            break
        comma = "," in between
        if word.end in ends and (titles or between.strip() in ("", "'", "’") or word.key == "s"):
            return Title(frozenset(titles), ends[word.end])
        if word.key == "s" and between == " ":
            i, edge = i - 1, word.start
            if i >= 0 and read.words[i].end in ends and read.gap(read.words[i].end, edge) in ("'", "’"):
                return Title(frozenset(titles), ends[read.words[i].end])
            break
        if comma and (titles or not read.is_in(word, "TITLE")):
            break
        if read.is_in(word, "TITLE") or read.is_in(word, "RANK") or (titles and _modifier(read, word)):
            titles.insert(0, word.key)
        elif word.key in ("of", "for", "to") and titles == []:
            break
        elif not titles and _owner_between(read, word, ends):
            break
        else:
            break
        i, edge = i - 1, word.start
    if not titles and i >= 0:
        return _office_of(read, mention, ends)
    return Title(frozenset(titles), None)


def _office_of(read: ReadText, mention: Mention, ends: dict[int, str]) -> Title:
    """The title in "President of Ukraine Volodymyr Z.": office, "of", country, name."""
    i = read.index(mention.span.start) - 1
    if i < 2 or read.words[i].end not in ends or read.gap(read.words[i].end, mention.span.start) != " ":
        return Title(frozenset(), None)
    owner = ends[read.words[i].end]
    for j in range(i - 1, max(-1, i - 6), -1):
        if read.words[j].key == "of" and j and read.is_in(read.words[j - 1], "TITLE"):
            return Title(frozenset({read.words[j - 1].key}), owner)
    return Title(frozenset(), None)


def _owner_between(read: ReadText, word: Word, ends: dict[int, str]) -> bool:
    return word.end in ends


def _modifier(read: ReadText, word: Word) -> bool:
    token = read.token(word.start)
    return token.pos_ in ("NOUN", "PROPN", "ADJ") or word.key in ("and", "of")


def _of(read: ReadText, mention: Mention, starts: dict[int, str]) -> str | None:
    """The country in "President X of Egypt"."""
    after = read.after(mention.span)
    if after is None or after.key != "of" or read.gap(mention.span.end, after.start) != " ":
        return None
    following = read.after(Span(after.start, after.end))
    if following is not None and following.key == "the":
        following = read.after(Span(following.start, following.end))
    return starts.get(following.start) if following else None


def _after(read: ReadText, mention: Mention, ends: dict[int, str], starts: dict[int, str]) -> Title:
    """The title in apposition after a name: ", the Russian foreign minister", ", a spokeswoman for the trade ministry of X"."""
    titles: set[str] = set()
    owner: str | None = None
    edge = mention.span.end
    for word in _following(read, mention, 9):
        between = read.gap(edge, word.start)
        if (edge == mention.span.end and between != ", ") or (edge != mention.span.end and set(between) - set(" '’-")):
            break
        if read.is_in(word, "TITLE"):
            titles.add(word.key)
        if owner is None and word.start in starts:
            owner = starts[word.start]
        token = read.token(word.start)
        if token.pos_ in ("VERB", "AUX", "PRON") and word.start not in starts:
            break
        edge = word.end
    return Title(frozenset(titles), owner) if titles else Title(frozenset(), None)


def _following(read: ReadText, mention: Mention, count: int) -> Iterator[Word]:
    i = read.index(mention.span.end)
    yield from read.words[i : i + count]


def _key(cast: Cast, person: Person) -> str:
    """The key of a person: from the gazetteer by full name, or by surname where title or country support it."""
    gazetteer = cast.read.gazetteer
    longest = max(person.mentions, key=lambda m: (len(cast.read.within(m.span)), -m.span.start))
    for mention in sorted(person.mentions, key=lambda m: (-len(m.text), m.span.start)):
        known = gazetteer.named(mention.text, "name")
        if known is not None and known.type is EntityType.PERSON:
            return cast.known(known.key)
    country = _country(cast, person)
    if len(person.name) == 1:
        candidates = _by_surname(cast, person, country)
        if len(candidates) == 1:
            return cast.known(candidates[0])
    key = cast.local(EntityType.PERSON, longest.text, country)
    return key


def _country(cast: Cast, person: Person) -> str | None:
    for owner in person.owners:
        return cast.country_of(owner)
    return None


def _by_surname(cast: Cast, person: Person, country: str | None) -> list[str]:
    gazetteer = cast.read.gazetteer
    name = person.name[0]
    candidates = list(gazetteer.surnames.get(name, ()))
    if country is not None:
        candidates = [key for key in candidates if gazetteer.entities[key].country == country]
    else:
        candidates = [key for key in candidates if gazetteer.entities[key].country in cast.countries or _office_fits(cast, key, person)]
    if not candidates:
        return []
    fitting = [key for key in candidates if _office_fits(cast, key, person)]
    if fitting:
        return fitting
    if name in gazetteer.words["COMMON_SURNAME"] and country is None:
        return []
    return candidates


def _office_fits(cast: Cast, key: str, person: Person) -> bool:
    """Whether the titles given name an office that the candidate held at the time of the article."""
    day = cast.article.published
    return any(
        set(keys(term.office)) <= person.titles and (day is None or term.covers(day)) for term in cast.read.gazetteer.terms_of(key)
    )


def _gender(cast: Cast, key: str, person: Person) -> str:
    known = cast.read.gazetteer.genders.get(key)
    if known:
        return known
    words = cast.read.gazetteer.words
    if person.titles & words["FEMALE_TITLE"]:
        return "female"
    return "male" if person.titles & words["MALE_TITLE"] else ""
