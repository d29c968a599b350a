"""Who is meant by the names of persons: short forms joined to full names, titles read, the gazetteer asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from geograph.entities.cast import Cast
from geograph.entities.gazetteer import surname_forms
from geograph.entities.names import keys
from geograph.entities.text import ReadText
from geograph.entities.titles import Actors, title_of
from geograph.model import EntityType, Mention, Span


@dataclass
class Person:
    """One person of the article: the mentions by name, and what the titles beside them say."""

    name: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    phrases: set[frozenset[str]] = field(default_factory=set)
    owners: list[str] = field(default_factory=list)

    @property
    def titles(self) -> set[str]:
        """All words of the titles."""
        return {word for phrase in self.phrases for word in phrase}


def link(cast: Cast, mentions: Sequence[Mention], actors: dict[Span, str]) -> dict[Mention, str]:
    """The entity keys of the mentions of persons by name. `actors` are the resolved countries and organisations."""
    people = _persons(cast.read, [m for m in mentions if m.type is EntityType.PERSON])
    _read_titles(cast.read, people, Actors(actors))
    found: dict[Mention, str] = {}
    for person in people:
        key = _key(cast, person)
        if key is None:
            continue
        cast.titles.setdefault(key, set()).update(person.phrases)
        cast.genders.setdefault(key, _gender(cast, key, person))
        if person.owners:
            cast.serves.setdefault(key, person.owners[0])
        found.update(dict.fromkeys(person.mentions, key))
    return found


def person_called(cast: Cast, name: str, titles: set[str], country: str | None) -> str:
    """The key of a person by a name and titles from outside the text: known to the article, the gazetteer, else new."""
    called = keys(name)
    first_names = cast.read.gazetteer.words["SURNAME_FIRST"]
    for key, entity in cast.entities.items():
        if entity.type is EntityType.PERSON and is_short_for(called, keys(entity.label), first_names):
            return key
    known = cast.read.gazetteer.named(name, "name")
    if known is not None and known.type is EntityType.PERSON:
        return cast.known(known.key)
    person = Person(called, phrases={frozenset(titles)})
    candidates = _by_surname(cast, person, country) if len(called) == 1 else []
    return cast.known(candidates[0]) if len(candidates) == 1 else cast.local(EntityType.PERSON, name, country)


def _read_titles(read: ReadText, people: Sequence[Person], actors: Actors) -> None:
    """Note the titles beside the names; Y serves with X in "Greek president X and energy minister Y"."""
    heads: dict[int, Person] = {}
    for person in people:
        for mention in person.mentions:
            heads[read.root(mention.span).i] = person
            title = title_of(read, mention, actors)
            if title.words:
                person.phrases.add(title.words)
            if title.owner is not None:
                person.owners.append(title.owner)
    for i, person in sorted(heads.items()):
        token = read.doc[i]
        before = heads.get(token.head.i) if token.dep_ == "conj" else None
        if (
            before is not None
            and not person.owners
            and before.owners
            and person.titles & read.gazetteer.words["DOMESTIC_TITLE"]
        ):
            person.owners.append(before.owners[0])


def _persons(read: ReadText, named: Sequence[Mention]) -> list[Person]:
    """The mentions by person, longer names first; a short form that fits two persons goes to the nearest."""
    by_name: dict[tuple[str, ...], list[Mention]] = {}
    for mention in sorted(named, key=lambda m: m.sort_key):
        by_name.setdefault(tuple(w.key for w in read.within(mention.span)), []).append(mention)
    people: list[Person] = []
    first_names = read.gazetteer.words["SURNAME_FIRST"]
    for name in sorted(by_name, key=lambda n: (-len(n), by_name[n][0].span.start)):
        fitting = [person for person in people if is_short_for(name, person.name, first_names)]
        if not fitting:
            people.append(Person(name, list(by_name[name])))
        elif len(fitting) == 1:
            fitting[0].mentions.extend(by_name[name])
        else:
            _share_out(read, by_name[name], fitting)
    return people


def _share_out(read: ReadText, mentions: Sequence[Mention], fitting: Sequence[Person]) -> None:
    """Give each mention of a shared surname to the person whose name came last before it in the paragraph, if any."""
    for mention in mentions:
        before = [
            (other.span.start, person)
            for person in fitting
            for other in person.mentions
            if other.span.start < mention.span.start and "\n" not in read.gap(other.span.end, mention.span.start)
        ]
        if before:
            max(before, key=lambda item: item[0])[1].mentions.append(mention)


def is_short_for(short: tuple[str, ...], full: tuple[str, ...], first_names: frozenset[str]) -> bool:
    """Whether a name is the same as another but for spelling, or a shorter form of it.

    A shorter form is the family name, the last words, or the name without middle words or initials.
    """
    if short == full:
        return True
    if len(short) == len(full):
        return len(short) > 1 and _spelt_alike(short, full)
    if len(short) > len(full):
        return False
    if len(short) == 1:
        return short[0] in (*surname_forms(full, first_names), full[0])
    if full[-len(short) :] == short:
        return True
    return short[0] == full[0] and _is_within(short, full)


def _spelt_alike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names differ in one long word by a letter or two, as transliterations do."""
    different = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(different) != 1 or left[0] != right[0]:
        return False
    one, other = different[0]
    return min(len(one), len(other)) >= 5 and DamerauLevenshtein.distance(one, other) <= (
        1 if min(len(one), len(other)) < 7 else 2
    )


def _is_within(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    rest = iter(full)
    return all(word in rest for word in short)


def _key(cast: Cast, person: Person) -> str | None:
    """The key of a person: from the gazetteer by full name, or by surname where title or country support it."""
    gazetteer = cast.read.gazetteer
    by_length = sorted(person.mentions, key=lambda m: (-len(cast.read.within(m.span)), -len(m.text), m.span.start))
    for mention in by_length:
        known = gazetteer.named(mention.text, "name")
        if known is not None and known.type is EntityType.PERSON:
            return cast.known(known.key)
    private = person.titles & gazetteer.words["PRIVATE_TITLE"]
    served = [key for key in person.owners if not (private and cast.entities[key].type is EntityType.ORGANIZATION)]
    country = next((cast.country_of(owner) for owner in served), None)
    if len(person.name) == 1:
        candidates = _by_surname(cast, person, country)
        if len(candidates) == 1:
            return cast.known(candidates[0])
        if person.name[0] in gazetteer.words["COMMON_SURNAME"] and not person.titles:
            return None
    if country is None and not person.owners and person.titles & gazetteer.words["DOMESTIC_TITLE"]:
        country = cast.home
    return cast.local(EntityType.PERSON, by_length[0].text, country)


def _by_surname(cast: Cast, person: Person, country: str | None) -> list[str]:
    gazetteer = cast.read.gazetteer
    name = person.name[0]
    candidates = list(gazetteer.surnames.get(name, ()))
    if country is not None:
        candidates = [key for key in candidates if gazetteer.entities[key].country == country]
    else:
        candidates = [
            key
            for key in candidates
            if gazetteer.entities[key].country in cast.countries or _office_fits(cast, key, person)
        ]
    fitting = [key for key in candidates if _office_fits(cast, key, person)]
    if fitting:
        return fitting
    if country is not None and len(candidates) > 1 and cast.article.published is not None:
        return _serving(cast, candidates, cast.article.published)
    if name in gazetteer.words["COMMON_SURNAME"] and country is None:
        return []
    return candidates


def _serving(cast: Cast, candidates: Sequence[str], day: date) -> list[str]:
    """Those who held an office on a day; the one of them who led the country, if there is one."""
    gazetteer = cast.read.gazetteer
    held = {key: {term.office for term in gazetteer.terms_of(key) if term.covers(day)} for key in candidates}
    for heads in (gazetteer.words["HEAD_OFFICE"], gazetteer.words["GOVERNMENT_OFFICE"]):
        leading = [key for key, offices in held.items() if offices & heads]
        if leading:
            return leading
    return [key for key, offices in held.items() if offices]


def _office_fits(cast: Cast, key: str, person: Person) -> bool:
    """Whether the titles given name an office that the candidate held at the time of the article."""
    day = cast.article.published
    return any(
        set(keys(term.office)) <= person.titles and (day is None or term.covers(day))
        for term in cast.read.gazetteer.terms_of(key)
    )


def _gender(cast: Cast, key: str, person: Person) -> str:
    known = cast.read.gazetteer.genders.get(key)
    if known:
        return known
    words = cast.read.gazetteer.words
    first = person.name[0] if len(person.name) > 1 else ""
    if first in words["SURNAME_FIRST"]:
        first = "-".join(person.name[1:])
    for gender in ("female", "male"):
        if person.titles & words[f"{gender.upper()}_TITLE"]:
            return gender
    for gender in ("female", "male"):
        if first in words[f"{gender.upper()}_NAME"]:
            return gender
    return ""
