"""Offices with their country but without a name: "the Russian president", "his North Korean counterpart"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse
from geograph.entities.names import fold
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token


def settle(discourse: Discourse, mention: Mention) -> Mention:
    """An office phrase with the person it means.

    Named beside it, else known by title in the article, else the holder at the article's date; else it stands for its
    country or organisation, as unnamed national actors do.
    """
    if mention.via is not Via.TITLE or mention.entity is not None:
        return mention
    read, cast = discourse.read, discourse.cast
    token = read.root(mention.span)
    beside = named_beside(discourse, token, mention.span)
    if beside is not None:
        return replace(mention, entity=beside)
    owner = _owner(discourse, mention.span)
    if owner is None:
        return mention
    key, inner = owner
    office = " ".join(
        fold(w.text) for w in read.within(mention.span) if not inner.start <= w.start < inner.end and w.key != "s"
    )
    country = cast.country_of(key) or key
    if office.split()[-1:] == ["counterpart"]:
        found = _counterpart(discourse, token, country)
        if found is None and cast.entities[key].type is not EntityType.COUNTRY:
            return mention
    else:
        marks = set(office.split()) - {fold(token.text)}
        held = [k for k in cast.titles if cast.country_of(k) == country and cast.holds(k, fold(token.text), marks)]
        held = held or [
            k for k in read.gazetteer.holders(office, key, cast.article.published) if cast.article.published
        ]
        found = held[0] if len(held) == 1 else None
    if found is not None:
        return replace(mention, entity=cast.known(found) if found not in cast.entities else found)
    if cast.entities[key].type is EntityType.PLACE:
        return mention
    return replace(mention, entity=key, type=discourse.type_of(key), via=Via.NOMINAL)


def _counterpart(discourse: Discourse, token: Token, country: str) -> str | None:
    """The one who holds in a country the office that the possessor holds in his: "his Turkish counterpart"."""
    cast = discourse.cast
    possessor = next((child for child in token.lefts if child.dep_ == "poss"), None)
    verb = next((a for a in token.ancestors if a.pos_ == "VERB"), None)
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None) if verb is not None else None
    keys = discourse.at(possessor) if possessor is not None else []
    if not keys and subject is not None:
        keys = discourse.at(subject)
    if len(keys) != 1:
        return None
    if (met := _opposite(discourse, token, keys[0], country)) is not None:
        return met
    if cast.article.published is None:
        return None
    offices = {t.office for t in cast.read.gazetteer.terms_of(keys[0]) if t.covers(cast.article.published)}
    offices |= {" ".join(sorted(phrase)) for phrase in cast.titles.get(keys[0], ())}
    found = {
        term.holder
        for term in cast.read.gazetteer.terms.get(country, ())
        if term.covers(cast.article.published)
        and (term.office in offices or " ".join(sorted(term.office.split())) in offices)
    }
    return next(iter(found)) if len(found) == 1 else None


def _opposite(discourse: Discourse, token: Token, key: str, country: str) -> str | None:
    """The one person of a country of whom the article has spoken by name and, if there are several, by a like title."""
    cast = discourse.cast
    named = {
        said.key: cast.title_words(said.key)
        for said in discourse.said
        if said.token < token.i
        and said.mention.via is Via.NAME
        and discourse.type_of(said.key) is EntityType.PERSON
        and said.key != key
        and cast.country_of(said.key) == country
    }
    alike = [other for other, titles in named.items() if titles & cast.title_words(key)]
    found = alike or list(named)
    return found[0] if len(found) == 1 else None


def named_beside(discourse: Discourse, token: Token, span: Span) -> str | None:
    """The person named in apposition to an office noun ("her host, Nadia Brenk") or right after it."""
    read = discourse.read

    def person(other: Token) -> str | None:
        keys = discourse.at(other)
        return keys[0] if len(keys) == 1 and discourse.type_of(keys[0]) is EntityType.PERSON else None

    for child in token.children:
        if child.dep_ == "appos" and (found := person(child)) is not None:
            return found
    if token.dep_ == "appos" and (found := person(token.head)) is not None:
        return found
    for other in token.subtree:
        far = other.dep_ == "appos" and other.i > token.i and token.dep_ in ("nsubj", "nsubjpass", "pobj", "dobj")
        if far and not _is_person(discourse, other.head) and other.head.pos_ == "PROPN" and (found := person(other)):
            return found
    i = read.index(span.end)
    edge = span.end
    for word in read.words[i : i + 6]:
        between = read.gap(edge, word.start)
        if between not in (" ", ", ") or (between == ", " and edge != span.end):
            return None
        if (found := _person_from(discourse, word.start)) is not None:
            return found
        links = word.key in ("and", "of", "to") or word.key in read.gazetteer.words["PORTFOLIO"]
        if not (
            links or read.is_in(word, "TITLE") or read.is_in(word, "RANK") or discourse.said_at(read.token(word.start))
        ):
            return None
        edge = word.end
    return None


def _is_person(discourse: Discourse, token: Token) -> bool:
    return any(discourse.type_of(key) is EntityType.PERSON for key in discourse.at(token))


def _person_from(discourse: Discourse, offset: int) -> str | None:
    """The person whose name begins at an offset."""
    token = discourse.read.token(offset)
    for member in (token, *token.ancestors):
        for said in discourse.said_at(member):
            if said.mention.span.start == offset and discourse.type_of(said.key) is EntityType.PERSON:
                return said.key
        if member.i - token.i > 6:
            break
    return None


def _owner(discourse: Discourse, span: Span) -> tuple[str, Span] | None:
    """The actor inside a phrase, with its span."""
    for said in discourse.within(span):
        if said.mention.span != span and discourse.type_of(said.key) is not EntityType.PERSON:
            return said.key, said.mention.span
    return None
