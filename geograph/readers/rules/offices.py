"""Offices told by title or apposition: "Peruvian Foreign Minister Ana Quispe", "Ana Quispe, the mayor of Lima".

Sentences that say it with a verb ("Ana Quispe is the president of Peru") are the business of the triggers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from geograph.model import Entity, EntityType, Mention, Span, Via
from geograph.readers.protocol import Reading

_BODIES = frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.PLACE})
_TITLE_POS = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
_LONGEST_TITLE = 8
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})

Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Office:
    """A person's office in a body, as the text names it. `former` is true where the words say that it is over."""

    holder: Mention
    body: str
    body_span: Span | None
    title: str
    span: Span
    head: Token
    former: bool


def find_offices(reading: Reading, words: Words) -> Iterator[Office]:
    """The offices that titles before a name and appositions beside it tell, in text order."""
    for mention in reading.mentions:
        if mention.type is not EntityType.PERSON or mention.via is not Via.NAME or mention.entity is None:
            continue
        found = _before(reading, mention, words) or _shared(reading, mention, words) or _beside(reading, mention, words)
        yield from (office for office in found if office.body != mention.entity)


def _before(reading: Reading, holder: Mention, words: Words) -> list[Office]:
    """What the title right before the name tells, after the body where one is named."""
    name = reading.tokens(holder.span)
    if name is None:
        return []
    end, body = name.start, None
    near = _ends_at(reading, name.start, holder)
    link = reading.doc[_start(reading, near) - 1] if near is not None and _start(reading, near) > 0 else None
    if link is not None and link.lower_ in {"of", "to"}:
        # "President of Peru Ana Quispe"; an ambassador "to Peru" is not Peru's.
        end, body = link.i, near if link.lower_ == "of" else None
    title = _title(reading, end, words)
    if not title:
        return []
    left = title[0].i
    while left > 0 and reading.doc[left - 1].text in _POSSESSIVE:
        left -= 1
    body = body or _ends_at(reading, left, holder)
    *others, last = _parted(title, words)
    # "Green Party leader and Prime Minister Ana Quispe": the party is not the minister's.
    last_body = body if not others else None
    told = [_office(reading, holder, body, part, words) for part in others]
    told.append(_office(reading, holder, last_body or _after(reading, holder), last, words))
    return [office for office in told if office is not None]


def _parted(title: list[Token], words: Words) -> list[list[Token]]:
    """A title parted at an "and" that stands between two offices."""
    for i, token in enumerate(title):
        before, after = title[:i], title[i + 1 :]
        if token.lower_ == "and" and before and _is_office(before[-1], words) and after[0].i > 0:
            return [before, after]
    return [title]


def _shared(reading: Reading, holder: Mention, words: Words) -> list[Office]:
    """The plural title before the first of several names: "Presidents Ana Quispe of Peru and Luis Rojo of Chile"."""
    name = reading.tokens(holder.span)
    if name is None or name.root.dep_ != "conj":
        return []
    first = name.root
    while first.dep_ == "conj":
        first = first.head
    for mention in reading.mentions_at(first):
        span = reading.tokens(mention.span)
        title = _title(reading, span.start, words) if span is not None else []
        if title and _is_plural(title[-1]):
            office = _office(reading, holder, _after(reading, holder), title, words)
            return [office] if office is not None else []
    return []


def _after(reading: Reading, holder: Mention) -> Mention | None:
    """The body that follows the name: "President Ana Quispe of Peru"."""
    name = reading.tokens(holder.span)
    if name is None or name.end + 1 >= len(reading.doc) or reading.doc[name.end].lower_ != "of":
        return None
    start = name.end + 1 + (reading.doc[name.end + 1].lower_ == "the")
    for mention in reading.mentions:
        if start < len(reading.doc) and mention.span.start == reading.doc[start].idx and _is_body(mention, holder):
            return mention
    return None


def _beside(reading: Reading, holder: Mention, words: Words) -> list[Office]:
    """The office in apposition: "Ana Quispe, Peru's foreign minister", "the foreign minister of Peru, Ana Quispe"."""
    name = reading.tokens(holder.span)
    if name is None:
        return []
    root = name.root
    near = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos":
        near.append(root.head)
    for head in near:
        if not _is_office(head, words) or _is_plural(head) or _is_other(reading, head, holder):
            continue
        title = [t for t in head.lefts if t.dep_ in {"compound", "amod", "nmod"} and not _in_body(reading, t, holder)]
        office = _office(reading, holder, _body_of(reading, head, holder), [*title, head], words)
        return [office] if office is not None else []
    return []


def _is_other(reading: Reading, head: Token, holder: Mention) -> bool:
    there = reading.mentions_at(head)
    return bool(there) and all(
        mention.entity != holder.entity and mention.type is EntityType.PERSON and mention.via is Via.NAME
        for mention in there
    )


def _is_office(token: Token, words: Words) -> bool:
    forms = {token.lemma_.lower(), token.lower_}
    if _is_plural(token):
        forms.add(token.lower_.removesuffix("s"))
    return not forms.isdisjoint(words["OFFICE_HEAD"])


def _is_plural(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"}


def _is_body(mention: Mention, holder: Mention) -> bool:
    return mention.type in _BODIES and mention.entity is not None and mention.entity != holder.entity


def _title(reading: Reading, end: int, words: Words) -> list[Token]:
    """The words of a title that ends right before token `end`: "Deputy Foreign Minister", "Secretary of State"."""
    tokens: list[Token] = []
    for token in reversed(reading.doc[max(0, end - _LONGEST_TITLE) : end]):
        inside = token.pos_ in _TITLE_POS or (token.lower_ in {"of", "for", "and", "the", "-"} and tokens)
        if not inside or (token.is_sent_start and not inside) or _closes_body(reading, token):
            break
        tokens.insert(0, token)
        if token.is_sent_start:
            break
    while tokens and tokens[0].lower_ in {"of", "for", "and", "the", "-"}:
        tokens.pop(0)
    heads = [i for i, token in enumerate(tokens) if _is_office(token, words)]
    if not heads:
        return []
    # The title must run on to the name: "minister", "secretary of state", never "minister in the cabinet".
    rest = tokens[heads[-1] + 1 :]
    return (
        tokens
        if not rest or rest[0].lower_ in {"of", "for"} or (len(rest) == 1 and rest[0].lower_ == "general")
        else []
    )


def _closes_body(reading: Reading, token: Token) -> bool:
    """Whether `token` is the last word of a country, organisation or place."""
    end = token.idx + len(token)
    return any(
        m.span.end == end and m.type in _BODIES and m.entity and m.via is not Via.PRONOUN for m in reading.mentions
    )


def _ends_at(reading: Reading, index: int, holder: Mention) -> Mention | None:
    """The country, organisation or place whose last word stands right before token `index`."""
    if index == 0:
        return None
    token = reading.doc[index - 1]
    end = token.idx + len(token)
    for mention in reading.mentions:
        if mention.span.end == end and _is_body(mention, holder):
            return mention
    return None


def _start(reading: Reading, mention: Mention) -> int:
    """The index of the first token of a mention, an article before it included."""
    span = reading.tokens(mention.span)
    assert span is not None
    start = span.start
    return start - 1 if start > 0 and reading.doc[start - 1].lower_ == "the" else start


def _in_body(reading: Reading, token: Token, holder: Mention) -> bool:
    return any(
        mention.span.start <= token.idx < mention.span.end and mention.type in _BODIES
        for mention in reading.mentions
        if mention.entity != holder.entity
    )


def _body_of(reading: Reading, head: Token, holder: Mention) -> Mention | None:
    """The body that an office noun names: its possessor, its demonym, or what follows "of", "for", "to" or "in"."""
    near = [child for child in head.children if child.dep_ in {"poss", "amod", "compound", "nmod"}]
    for prep in head.children:
        if prep.dep_ == "prep" and prep.lower_ in {"of", "for", "to", "in", "at"}:
            near.extend(child for child in prep.children if child.dep_ == "pobj")
    for token in near:
        for mention in reading.mentions_at(token):
            if _is_body(mention, holder):
                return mention
    return None


def _office(reading: Reading, holder: Mention, body: Mention | None, title: list[Token], words: Words) -> Office | None:
    former = _former(reading, title, body, words)
    heads = [token for token in title if _is_office(token, words)]
    key = body.entity if body is not None else None
    key = key or _principal_s(reading, holder, title, words) or _own_country(reading, holder, heads, words)
    if key is None:
        return None
    span = Span(title[0].idx, title[-1].idx + len(title[-1]))
    # Words of the body may stand between those of the title: "former Peruvian security official".
    name = " ".join("".join(token.text_with_ws for token in title).split())
    if _is_plural(title[-1]):
        name = name.removesuffix("s")
    return Office(
        holder=holder,
        body=key,
        body_span=body.span if body is not None else None,
        title=name if former is None or former in title else f"{former.lower_} {name}",
        span=span,
        head=title[-1],
        former=former is not None,
    )


def _former(reading: Reading, title: list[Token], body: Mention | None, words: Words) -> Token | None:
    """The word that says the office is over, in the title or before the body ("former Peruvian President")."""
    near = list(title)
    if body is not None:
        start = _start(reading, body)
        near.extend(reading.doc[max(0, start - 1) : start])
    return next((token for token in near if token.lower_ in words["FORMER"]), None)


def _principal_s(reading: Reading, holder: Mention, title: list[Token], words: Words) -> str | None:
    """The country of the person whose aide the holder is: "President Ana Quispe's spokesman", "her deputy"."""
    if title[-1].lemma_.lower() not in words["AIDE_OFFICE"]:
        return None
    start = title[0].i
    while start > 0 and reading.doc[start - 1].text in _POSSESSIVE:
        start -= 1
    if start == 0:
        return None
    last = reading.doc[start - 1]
    for mention in reading.mentions:
        ends_here = mention.span.end == last.idx + len(last)
        if ends_here and mention.type is EntityType.PERSON and mention.entity not in (None, holder.entity):
            return reading.entities[mention.entity or ""].country
    return None


def _own_country(reading: Reading, holder: Mention, heads: list[Token], words: Words) -> str | None:
    """The holder's own country, where the title alone is a national office ("President Ana Quispe").

    "Council President" is of a body that the text names only by its kind: no office is read.
    """
    entity: Entity | None = reading.entities.get(holder.entity or "")
    if entity is None or entity.country is None or not heads:
        return None
    if any(token.lower_ in words["INSTITUTION_NOUN"] for token in heads[-1].doc[max(0, heads[0].i - 1) : heads[-1].i]):
        return None
    last = heads[-1].lower_.removesuffix("s") if _is_plural(heads[-1]) else heads[-1].lower_
    return entity.country if last in words["NATIONAL_OFFICE"] else None
