"""Offices without a name: "the Russian president", "his North Korean counterpart"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse
from geograph.entities.names import fold
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from spacy.tokens import Token


def settle(discourse: Discourse, mention: Mention) -> Mention:
    """An office phrase with its holder: named beside it, known by title in the article, or holder at the article's date."""
    if mention.via is not Via.TITLE or mention.entity is not None:
        return mention
    read, cast = discourse.read, discourse.cast
    token = read.root(mention.span)
    beside = named_beside(discourse, token, mention.span)
    if beside is not None:
        return replace(mention, entity=beside)
    owner = owner_of(discourse, mention.span)
    office = " ".join(fold(w.text) for w in read.within(mention.span) if not _inside_owner(discourse, mention.span, w.start))
    office = office.removeprefix("s ").strip()
    if office == "counterpart" or office.endswith(" counterpart"):
        return mention if owner is None else replace(mention, entity=owner, type=discourse.entity_type(owner), via=Via.NOMINAL)
    if owner is None:
        return mention
    head = fold(token.text)
    country = cast.country_of(owner) or owner
    for said in discourse.before(token, 40):
        if discourse.entity_type(said.key) is EntityType.PERSON and head in cast.titles.get(said.key, ()) and cast.country_of(said.key) == country:
            if _portfolio_fits(office, cast.titles[said.key]):
                return replace(mention, entity=said.key)
    holders = cast.read.gazetteer.holders(office, owner, cast.article.published) if cast.article.published else ()
    if len(holders) == 1:
        return replace(mention, entity=cast.known(holders[0]))
    return replace(mention, entity=owner, type=discourse.entity_type(owner), via=Via.NOMINAL)


def _portfolio_fits(office: str, titles: set[str]) -> bool:
    words = set(office.split())
    marks = {"vice", "deputy", "former", "foreign", "defence", "defense", "interior", "finance", "prime", "trade", "energy"}
    return (words & marks) == (titles & marks)


def named_beside(discourse: Discourse, token: Token, span: Span) -> str | None:
    """The person named in apposition to an office noun: "her host, Nadia Brenk" or "Nadia Brenk, the envoy"."""
    read = discourse.read
    persons = {
        said.token: said.key for said in discourse.said if discourse.entity_type(said.key) is EntityType.PERSON
    }
    for child in token.children:
        if child.dep_ == "appos" and child.i in persons:
            return persons[child.i]
    if token.dep_ == "appos" and token.head.i in persons:
        return persons[token.head.i]
    after = read.after(span)
    if after is not None and read.gap(span.end, after.start) in (", ", " "):
        for said in discourse.said:
            if said.mention.span.start == after.start and said.token in persons:
                return said.key
    return None


def owner_of(discourse: Discourse, span: Span) -> str | None:
    """The key of the actor inside a phrase."""
    for said in discourse.said:
        if span.covers(said.mention.span) and said.mention.span != span:
            return said.key
    return None


def _inside_owner(discourse: Discourse, span: Span, offset: int) -> bool:
    return any(
        span.covers(said.mention.span) and said.mention.span.start <= offset < said.mention.span.end
        for said in discourse.said
        if said.mention.span != span
    )
