"""The country, organisation or place that an office is in: what stands around a title for it."""

from __future__ import annotations

from geograph.model import Entity, EntityType, Mention, Via
from geograph.readers.protocol import Reading
from geograph.readers.rules.titles import BODIES, Words, is_plural
from geograph.syntax import Token

POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def is_body(mention: Mention, holder: Mention) -> bool:
    """Whether a mention is of what the holder may have an office in."""
    return mention.type in BODIES and mention.entity is not None and mention.entity != holder.entity


def body_before(reading: Reading, index: int, holder: Mention) -> Mention | None:
    """The country, organisation or place whose last word stands right before token `index`."""
    if index == 0:
        return None
    token = reading.doc[index - 1]
    end = token.idx + len(token)
    for mention in reading.mentions:
        if mention.span.end == end and is_body(mention, holder):
            return mention
    return None


def start_of(reading: Reading, mention: Mention) -> int:
    """The index of the first token of a mention, an article before it included."""
    span = reading.tokens(mention.span)
    assert span is not None
    start = span.start
    return start - 1 if start > 0 and reading.doc[start - 1].lower_ == "the" else start


def body_after(reading: Reading, holder: Mention) -> Mention | None:
    """The body that follows the name: "President Ana Quispe of Peru"."""
    name = reading.tokens(holder.span)
    if name is None or name.end + 1 >= len(reading.doc) or reading.doc[name.end].lower_ != "of":
        return None
    start = name.end + 1 + (reading.doc[name.end + 1].lower_ == "the")
    for mention in reading.mentions:
        if start < len(reading.doc) and mention.span.start == reading.doc[start].idx and is_body(mention, holder):
            return mention
    return None


def bodies_before(reading: Reading, index: int, holder: Mention) -> list[Mention]:
    """The bodies right before a title, in text order: "Peruvian and Chilean"."""
    found: list[Mention] = []
    while (mention := body_before(reading, index, holder)) is not None:
        found.insert(0, mention)
        index = start_of(reading, mention)
        while index > 0 and reading.doc[index - 1].lower_ in {",", "and"}:
            index -= 1
    return found


def body_of(reading: Reading, head: Token, holder: Mention) -> Mention | None:
    """The body that an office noun names: its possessor, its demonym, or what follows "of", "for", "to" or "in"."""
    near = [child for child in head.children if child.dep_ in {"poss", "amod", "compound", "nmod"}]
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in {"of", "for", "to", "in", "at"}:
            near.extend(child for child in prep.children if child.dep_ == "pobj")
    for token in near:
        for mention in reading.mentions_at(token):
            if is_body(mention, holder):
                return mention
    return None


def inside_bodies(reading: Reading, head: Token, holder: Mention) -> frozenset[int]:
    """The tokens before an office noun that belong to the name of a body."""
    spans = [
        m.span for m in reading.mentions if m.type in BODIES and m.entity != holder.entity and m.via is not Via.NOMINAL
    ]
    return frozenset(t.i for t in head.lefts if any(span.start <= t.idx < span.end for span in spans))


def serves(heads: list[Token], body: Mention, words: Words) -> bool:
    """Whether such an office can be in such a body: "a Danish economist", "a Lima estate agent" have none there."""
    names = {token.lemma_.lower() for token in heads[-1:]}
    if body.type is not EntityType.ORGANIZATION and names & words["EMPLOYEE"]:
        return False
    return body.type is not EntityType.PLACE or names.isdisjoint(words["SERVANT"])


def seat_of(reading: Reading, body: Mention, title: list[Token], words: Words) -> str | None:
    """The body that an office is in: a senator "of Ohio" sits in the country's parliament."""
    national = any(token.lemma_.lower() in words["PARLIAMENT_SEAT"] for token in title)
    country = reading.entities[body.entity or ""].country if body.type is EntityType.PLACE and national else None
    return country or body.entity


def principals_country(reading: Reading, holder: Mention, title: list[Token], words: Words) -> str | None:
    """The country of the person whose aide the holder is: "President Ana Quispe's spokesman", "her deputy"."""
    if title[-1].lemma_.lower() not in words["AIDE_OFFICE"]:
        return None
    start = title[0].i
    while start > 0 and reading.doc[start - 1].text in POSSESSIVE:
        start -= 1
    if start == 0:
        return None
    last = reading.doc[start - 1]
    for mention in reading.mentions:
        ends_here = mention.span.end == last.idx + len(last)
        if ends_here and mention.type is EntityType.PERSON and mention.entity not in (None, holder.entity):
            return reading.entities[mention.entity or ""].country
    return None


def own_country(reading: Reading, holder: Mention, heads: list[Token], words: Words) -> str | None:
    """The holder's own country, where the title alone is a national office ("President Ana Quispe").

    "Council President" is of a body that the text names only by its kind: no office is read.
    """
    entity: Entity | None = reading.entities.get(holder.entity or "")
    if entity is None or entity.country is None or not heads:
        return None
    if any(token.lower_ in words["INSTITUTION_NOUN"] for token in heads[-1].doc[max(0, heads[0].i - 1) : heads[-1].i]):
        return None
    last = heads[-1].lower_.removesuffix("s") if is_plural(heads[-1], words) else heads[-1].lower_
    return entity.country if last in words["NATIONAL_OFFICE"] else None
