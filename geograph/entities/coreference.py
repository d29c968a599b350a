"""Words that refer back: phrases built on an actor, offices, pronouns, pairs, "the ministry".

Each rule looks at one article only. What stays doubtful stays open: a missing link is better than a wrong one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geograph.entities import definites, first_person, offices, pronouns
from geograph.entities.cast import Cast
from geograph.entities.discourse import Discourse, conjuncts
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token


def resolve(cast: Cast, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with nominals resolved, and those added that only refer: pronouns, pairs, nouns with an article."""
    starts = [mention.span.start for mention in mentions]
    settled: list[Mention] = []
    for mention in mentions:
        inside = mentions[bisect_left(starts, mention.span.start) : bisect_left(starts, mention.span.end)]
        settled += _nominal(cast, mention, inside)
    discourse = Discourse(cast, settled)
    opened = [mention for mention in settled if mention.entity is None]
    settled = [mention for mention in settled if mention.entity is not None]
    settled += [offices.settle(discourse, mention) for mention in opened if "counterpart" not in mention.text]
    discourse = Discourse(cast, settled)
    added = [*_referring(discourse)]
    late = [offices.settle(discourse, mention) for mention in opened if "counterpart" in mention.text]
    discourse.extend(late)
    return [*settled, *late, *added, *_widened(discourse, [*settled, *late])]


def _nominal(cast: Cast, mention: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """A phrase built on actors with their entities.

    "Ukrainian forces" is Ukraine, "the authorities in Wels" Austria, "Iraqi and Kuwaiti soldiers" two mentions.
    """
    if mention.via is not Via.NOMINAL or mention.entity is not None:
        return [mention]
    keys: list[str] = []
    edge = mention.span.start
    for inner in mentions:
        if inner.entity is None or inner.span == mention.span or not mention.span.covers(inner.span):
            continue
        if keys and cast.read.gap(edge, inner.span.start).strip() not in ("and", ","):
            continue
        key: str | None = inner.entity
        if key is not None and cast.entities[key].type in (EntityType.PLACE, EntityType.PERSON):
            key = cast.nation(cast.entities[key].country)
        if key is None:
            continue
        edge = inner.span.end
        keys.append(key)
    return [replace(mention, entity=key, type=cast.entities[key].type) for key in dict.fromkeys(keys)] or [mention]


def _referring(discourse: Discourse) -> Iterator[Mention]:
    """The mentions that words which refer back make, in text order; each is known to those after it."""
    taken = {said.token for said in discourse.said if not said.is_modifier}
    for said in discourse.said:
        if said.mention.via is Via.NAME:
            taken.update(discourse.read.token(word.start).i for word in discourse.read.within(said.mention.span))
    signer = first_person.signer(discourse)
    words = [token for token in discourse.read.doc if token.i not in taken]
    for token in words:
        found: list[Mention] = []
        if token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$"):
            found = list(pronouns.third_person(discourse, token))
            _note_country(discourse, token, found)
        elif token.pos_ in ("NOUN", "PROPN", "NUM"):
            found = list(definites.definite(discourse, token))
        if found:
            discourse.extend(found)
            yield from found
    for token in filter(first_person.is_first_person, words):
        found = list(first_person.first_person(discourse, token, signer))
        found += _our_own(discourse, token, found)
        discourse.extend(found)
        yield from found


def _our_own(discourse: Discourse, token: Token, found: Sequence[Mention]) -> list[Mention]:
    """The noun after "my" or "our", once it is known whose: "my administration"."""
    if not found or token.dep_ != "poss":
        return []
    discourse.extend(found)
    return list(definites.definite(discourse, token.head))


def _note_country(discourse: Discourse, token: Token, found: Sequence[Mention]) -> None:
    """Learn where a person belongs from "his deputy Ada Moran": where he does."""
    words = discourse.read.gazetteer.words
    if token.dep_ != "poss" or len(found) != 1 or found[0].entity is None or token.i + 1 >= len(token.doc):
        return
    title = token.nbor().lower_
    if title in words["TITLE"] and title not in words["OTHER_SIDE"]:
        for key in discourse.at(token.head):
            if discourse.type_of(key) is EntityType.PERSON and key != found[0].entity:
                discourse.cast.belongs(key, discourse.cast.country_of(found[0].entity))
                discourse.cast.serves.setdefault(key, found[0].entity)


def _widened(discourse: Discourse, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions widened over nouns that look through: "thousands of Polish troops", "envoys of Mali and Niger"."""
    read = discourse.read
    done: set[tuple[Span, str]] = set()
    for mention in mentions:
        if mention.entity is None or mention.type is EntityType.PLACE:
            continue
        token = read.root(mention.span)
        members = conjuncts(token)
        outer = _outer(discourse, members[0])
        if outer is None or outer.idx >= mention.span.start:
            continue
        held = [said for member in members for said in discourse.said_at(member) if said.key in discourse.at(member)]
        if not held or any(discourse.type_of(said.key) is EntityType.PERSON for said in held):
            continue
        span = Span(outer.idx, max(said.mention.span.end for said in held))
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
