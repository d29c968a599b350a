"""The words of a title: where it begins and ends, what it is called, whether it is over or still to come."""

from __future__ import annotations

from collections.abc import Mapping

from geograph.model import EntityType, Mention, Via
from geograph.readers.protocol import Reading
from geograph.syntax import Token

BODIES = frozenset({EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.PLACE})
_TITLE_POS = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
_LINKS = frozenset({"of", "for", "and", "the", "-"})
_CASES = frozenset({"of", "for"})
_LONGEST_TITLE = 8

Words = Mapping[str, frozenset[str]]


def is_office(token: Token, words: Words) -> bool:
    """Whether a word is the head of an office: minister, ambassador."""
    forms = {token.lemma_.lower(), token.lower_}
    forms.add(token.lower_.removesuffix("s"))
    return not forms.isdisjoint(words["OFFICE_HEAD"])


def heads_office(token: Token, words: Words) -> bool:
    """Whether a word heads a title, be it the last of "prime minister-designate"."""
    before = (child for child in token.lefts if child.dep_ in {"compound", "nmod"})
    return is_office(token, words) or (token.lower_ in words["COMING"] and any(is_office(t, words) for t in before))


def is_plural(token: Token, words: Words) -> bool:
    """Whether the head of an office is a plural, whatever the tagger says of "Ministers"."""
    name = token.lower_
    return token.tag_ in {"NNS", "NNPS"} or (name not in words["OFFICE_HEAD"] and name[:-1] in words["OFFICE_HEAD"])


def title_before(reading: Reading, end: int, words: Words) -> list[Token]:
    """The words of a title that ends right before token `end`: "Deputy Foreign Minister", "President-elect"."""
    tokens: list[Token] = []
    for token in reversed(reading.doc[max(0, end - _LONGEST_TITLE) : end]):
        inside = token.pos_ in _TITLE_POS or token.lower_ in words["OFFICE_TERM"] or (token.lower_ in _LINKS and tokens)
        if not inside or _closes_body(reading, token, words):
            break
        tokens.insert(0, token)
        if token.is_sent_start:
            break
    # "last month Senator X", "a carrier for Senator X": it begins after the date and the link.
    cuts = [i + 1 for i, token in enumerate(tokens) if _is_dated(reading, token)]
    cuts += [
        i
        for i, token in enumerate(tokens)
        if token.lower_ in _CASES and not any(is_office(t, words) for t in tokens[:i])
    ]
    tokens = tokens[max(cuts, default=0) :]
    while tokens and tokens[0].lower_ in _LINKS:
        tokens.pop(0)
    heads = [i for i, token in enumerate(tokens) if is_office(token, words)]
    if not heads:
        return []
    # The title must run on to the name: "minister", "secretary of state", never "minister in the cabinet".
    rest = tokens[heads[-1] + 1 :]
    runs_on = not rest or rest[0].lower_ in {"of", "for"} or (len(rest) == 1 and rest[0].lower_ == "general")
    return tokens if runs_on or rest[-1].lower_ in words["COMING"] else []


def _is_dated(reading: Reading, token: Token) -> bool:
    return any(date.span.start <= token.idx < date.span.end for date in reading.dates)


def parted(title: list[Token], words: Words) -> list[list[Token]]:
    """A title parted at an "and" that stands between two offices."""
    for i, token in enumerate(title):
        before, after = title[:i], title[i + 1 :]
        if token.lower_ == "and" and before and is_office(before[-1], words) and after[0].i > 0:
            return [before, after]
    return [title]


def title_of(head: Token, words: Words, inside: frozenset[int]) -> list[Token]:
    """The words of the title that an office noun heads in apposition, without those `inside` the body's name."""
    found: dict[int, Token] = {}
    for token in (*head.lefts, head):
        part = token.dep_ in {"compound", "amod", "nmod"} or token.lower_ in words["OFFICE_TERM"] or token == head
        if token.i in inside or not part:
            continue
        first = token.i
        while first > 1 and head.doc[first - 1].text == "-" and first - 2 not in inside:
            first -= 2  # "long-serving leader", "minister-designate"
        before = [word for word in head.doc[first].lefts if first < token.i and word.dep_ in {"compound", "amod"}]
        found |= {word.i: word for word in (*before, *head.doc[first : token.i + 1])}
    return [found[i] for i in sorted(found)]


def name_of(title: list[Token], words: Words) -> str:
    """The title in words, as one holder's."""
    # Words of the body may stand between those of the title: "former Peruvian security official".
    name = " ".join("".join(token.text_with_ws for token in title).split())
    return name.removesuffix("s") if is_plural(title[-1], words) else name


def marked(reading: Reading, title: list[Token], body_start: int | None, words: frozenset[str]) -> Token | None:
    """The word of `words` in a title or right before its body: "former Peruvian President", "President-elect"."""
    near = list(title)
    if body_start is not None:
        near.extend(reading.doc[max(0, body_start - 1) : body_start])
    return next((token for token in near if token.lower_ in words), None)


def _closes_body(reading: Reading, token: Token, words: Words) -> bool:
    """Whether `token` is the last word of a country, organisation or place."""
    end = token.idx + len(token)
    return any(
        mention.span.end == end
        and _names_body(mention)
        and not (mention.via is Via.NOMINAL and is_office(token, words))
        for mention in reading.mentions
    )


def _names_body(mention: Mention) -> bool:
    return mention.type in BODIES and mention.entity is not None and mention.via is not Via.PRONOUN
