"""Words that refer back: phrases built on an actor, offices, pronouns, pairs, "the ministry".

Each rule looks at one article only and takes the nearest compatible candidate, subjects first; what stays doubtful stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from geograph.entities import backrefs, offices, quotations
from geograph.entities.cast import Cast
from geograph.entities.discourse import Discourse
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via


def resolve(cast: Cast, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with nominals resolved, and those added that only refer: pronouns, groups, nouns with an article."""
    settled = [nominal(cast, mention, mentions) for mention in mentions]
    discourse = Discourse(cast, settled)
    settled = [offices.settle(discourse, mention) for mention in settled]
    discourse = Discourse(cast, settled)
    added = [*backrefs.refer(discourse)]
    discourse.extend(added)
    added += quotations.speakers(discourse)
    return [*settled, *added, *transparent(discourse, [*settled, *added])]


def nominal(cast: Cast, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """A phrase built on an actor with that actor's entity: "Ukrainian forces" is Ukraine."""
    if mention.via is not Via.NOMINAL or mention.entity is not None:
        return mention
    for inner in mentions:
        if inner.entity is not None and mention.span.covers(inner.span) and inner.span != mention.span:
            key = inner.entity
            if cast.entities[key].type is EntityType.PLACE:
                country = cast.entities[key].country
                if country is None:
                    continue
                key = cast.known(country)
            return replace(mention, entity=key, type=cast.entities[key].type)
    return mention


def transparent(discourse: Discourse, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions widened over nouns that look through: "thousands of North Korean troops"."""
    read = discourse.read
    words = read.gazetteer.words["TRANSPARENT"]
    for mention in mentions:
        if mention.entity is None or mention.via is Via.PRONOUN:
            continue
        token = read.root(mention.span)
        if token.dep_ == "conj":
            token = next((a for a in token.ancestors if a.dep_ != "conj"), token)
        if token.dep_ != "pobj" or token.head.lower_ != "of":
            continue
        outer = token.head.head
        if singular(outer.lower_) in words and outer.idx < mention.span.start and outer.tag_ in ("NNS", "CD", "NN", "DT"):
            span = Span(outer.idx, mention.span.end)
            if outer.tag_ == "NN" and mention.type is EntityType.COUNTRY and outer.lower_ in read.gazetteer.words["PERSON_NOUN"]:
                continue
            yield read.at(span, mention.type, Via.NOMINAL, mention.entity)
