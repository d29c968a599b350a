"""Words that refer back: phrases built on an actor, offices, pronouns, pairs, "the ministry".

Each rule looks at one article only. What stays doubtful stays open: a missing link is better than a wrong one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geograph.entities import definites, first_person, offices, pronouns
from geograph.entities.cast import Cast
from geograph.entities.discourse import Discourse, conjuncts
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from spacy.tokens import Token


def resolve(cast: Cast, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with nominals resolved, and those added that only refer: pronouns, pairs, nouns with an article."""
    settled = [_nominal(cast, mention, mentions) for mention in mentions]
    discourse = Discourse(cast, settled)
    opened = [mention for mention in settled if mention.entity is None]
    settled = [mention for mention in settled if mention.entity is not None]
    settled += [offices.settle(discourse, mention) for mention in opened if "counterpart" not in mention.text]
    discourse = Discourse(cast, settled)
    added = [*_referring(discourse)]
    late = [offices.settle(discourse, mention) for mention in opened if "counterpart" in mention.text]
    discourse.extend(late)
    return [*settled, *late, *added, *_widened(discourse, [*settled, *late])]


def _nominal(cast: Cast, mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """A phrase built on an actor with that actor's entity: "Ukrainian forces" is Ukraine, "the authorities in Wels" Austria."""
    if mention.via is not Via.NOMINAL or mention.entity is not None:
        return mention
    for inner in mentions:
        if inner.span.start > mention.span.end:
            break
        if inner.entity is not None and mention.span.covers(inner.span) and inner.span != mention.span:
            key = inner.entity
            if cast.entities[key].type is EntityType.PLACE:
                country = cast.entities[key].country
                if country is None:
                    continue
                key = cast.known(country)
            return replace(mention, entity=key, type=cast.entities[key].type)
    return mention


def _referring(discourse: Discourse) -> Iterator[Mention]:
    """The mentions that words which refer back make, in text order; each is known to those after it."""
    taken = {said.token for said in discourse.said if not said.is_modifier}
    signer = first_person.signer(discourse)
    for token in discourse.read.doc:
        if token.i in taken:
            continue
        found: list[Mention] = []
        if token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$"):
            found = [*pronouns.third_person(discourse, token), *first_person.first_person(discourse, token, signer)]
        elif token.pos_ in ("NOUN", "PROPN"):
            found = list(definites.definite(discourse, token))
        discourse.extend(found)
        yield from found


def _widened(discourse: Discourse, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions widened over nouns that look through: "thousands of North Korean troops", "envoys of Mali and Niger"."""
    read = discourse.read
    done: set[tuple[Span, str]] = set()
    for mention in mentions:
        if mention.entity is None:
            continue
        token = read.root(mention.span)
        members = conjuncts(token)
        outer = _outer(discourse, members[0])
        if outer is None or outer.idx >= mention.span.start:
            continue
        held = [said for member in members for said in discourse.said_at(member) if said.key in discourse.at(member)]
        if any(discourse.type_of(said.key) is EntityType.PERSON for said in held):
            continue
        end = max(said.mention.span.end for said in held)
        span = Span(outer.idx, end)
        if "\n" in span.of(read.text) or (span, mention.entity) in done or token.i not in [m.i for m in members]:
            continue
        done.add((span, mention.entity))
        yield read.at(span, mention.type, Via.NOMINAL, mention.entity)


def _outer(discourse: Discourse, token: Token) -> Token | None:
    """The noun that looks through to a token after "of" or "from"."""
    words = discourse.read.gazetteer.words
    if token.dep_ != "pobj" or token.head.lower_ not in ("of", "from"):
        return None
    outer = token.head.head
    noun = singular(outer.lower_)
    if token.head.lower_ == "from" and noun not in words["DELEGATE_NOUN"]:
        return None
    if outer.tag_ in ("NNS", "NNPS", "CD", "DT"):
        return outer if noun in words["TRANSPARENT"] or outer.lower_ in words["TRANSPARENT"] else None
    return outer if outer.tag_ in ("NN", "NNP") and noun in words["COLLECTIVE"] else None
