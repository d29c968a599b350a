"""Noun phrases built on a known actor: its people and forces, its institutions, its unnamed office holders.

"North Korean troops" are the country, "Russia's defence ministry" is an organisation of Russia, "the Russian president"
is a person to be found. The span runs from the actor's name to the head noun, so that the head noun is its root.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from geograph.entities.names import Word
from geograph.entities.text import ReadText, singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token

_ACTORS = (EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP, EntityType.PLACE)
_LONGEST = 7


def national(read: ReadText, names: Sequence[Mention]) -> Iterator[Mention]:
    """The phrases that begin or end with an actor among `names`."""
    starts = {m.span.start: m for m in names if m.via is not Via.DEMONYM}
    yield from _factions(read)
    yield from _led(read, names)
    built: dict[int, Mention] = {}
    for mention in reversed(names):
        if mention.type is EntityType.PERSON:
            yield from _of_ruler(read, mention)
        elif mention.type in _ACTORS:
            for phrase in (*_leading(read, mention, starts), *_joint(read, mention, names, built)):
                if phrase.via is Via.NOMINAL:
                    built[mention.span.start] = phrase
                yield phrase
            yield from _trailing(read, mention)


def _of_ruler(read: ReadText, ruler: Mention) -> Iterator[Mention]:
    """The government called by who leads it: "the Moran administration", "Moran's government"."""
    i = read.index(ruler.span.end)
    possessive = i < len(read.words) and read.words[i].key == "s" and read.text[ruler.span.end] in "'’"
    i += possessive
    if i < len(read.words) and read.words[i].key in read.gazetteer.words["RULE_NOUN"] and read.joined(i - 1):
        yield read.at(Span(ruler.span.start, read.words[i].end), EntityType.COUNTRY, Via.NOMINAL)


def _joint(read: ReadText, actor: Mention, names: Sequence[Mention], built: dict[int, Mention]) -> Iterator[Mention]:
    """The phrase that begins with a nationality joined to that of another phrase: "Iraqi and Kuwaiti soldiers"."""
    if actor.via is not Via.DEMONYM and actor.type is not EntityType.COUNTRY:
        return
    after = read.after(actor.span)
    if after is None or read.gap(actor.span.end, after.start) not in (" ", ", "):
        return
    if after.key == "and" and read.gap(actor.span.end, after.start) == " ":
        following = read.after(Span(after.start, after.end))
    else:
        following = after if read.gap(actor.span.end, after.start) == ", " else None
    phrase = built.get(following.start) if following is not None else None
    if phrase is not None and phrase.type is EntityType.COUNTRY:
        yield read.at(Span(actor.span.start, phrase.span.end), EntityType.COUNTRY, Via.NOMINAL)


def _factions(read: ReadText) -> Iterator[Mention]:
    """Groups called by what they are for or against: "the pro-democracy camp", "pro-Russian separatists"."""
    for i, word in enumerate(read.words[:-2]):
        if word.key in ("pro", "anti") and read.gap(word.end, read.words[i + 1].start) == "-":
            noun = read.words[i + 2]
            if noun.key in read.gazetteer.words["FACTION_NOUN"] and read.gap(read.words[i + 1].end, noun.start) == " ":
                yield read.at(Span(word.start, noun.end), EntityType.GROUP, Via.NAME)


def _led(read: ReadText, names: Sequence[Mention]) -> Iterator[Mention]:
    """Those whom a country leads, for whose acts it stands: "the Saudi-led military coalition"."""
    for actor in names:
        i = read.index(actor.span.end)
        run = read.words[i : i + 4]
        if (
            actor.type is not EntityType.COUNTRY
            or not run
            or run[0].key != "led"
            or read.gap(actor.span.end, run[0].start) != "-"
        ):
            continue
        for left, word in pairwise(run):
            if read.gap(left.end, word.start) != " ":
                break
            if word.key in read.gazetteer.words["LED_NOUN"]:
                yield read.at(Span(actor.span.start, word.end), EntityType.COUNTRY, Via.NOMINAL)
                break


def _leading(read: ReadText, actor: Mention, starts: dict[int, Mention]) -> Iterator[Mention]:
    """Phrases that begin with the actor: "Ukrainian forces", "Russia's defence ministry", "the Russian president"."""
    run, possessive, follower = _run(read, actor, starts)
    if not run:
        return
    if actor.via is not Via.DEMONYM and not possessive and not _modifies(read, actor, run):
        return
    official = read.is_in(run[-1], "INSTITUTION_NOUN") or read.is_in(run[-1], "GROUP_NOUN")
    if actor.type is EntityType.PLACE and not possessive and not official:
        return
    body = _institution(read, run, actor)
    if body and actor.type in (EntityType.COUNTRY, EntityType.PLACE):
        yield read.at(Span(actor.span.start, run[body - 1].end), EntityType.ORGANIZATION, Via.NAME)
        if body == len(run):
            return
    head = run[-1]
    span = Span(actor.span.start, head.end)
    plural = read.token(head.start).tag_ in ("NNS", "NNPS")
    if _is_office(read, head) and not plural:
        if follower is None:
            yield read.at(span, EntityType.PERSON, Via.TITLE)
    elif actor.type is EntityType.COUNTRY and head.key in read.gazetteer.words["FACTION_NOUN"]:
        yield read.at(span, EntityType.GROUP, Via.NAME)
    elif body < len(run) and _stands_for_actor(read, run, actor, plural):
        yield read.at(span, actor.type, Via.NOMINAL)


def _run(read: ReadText, actor: Mention, starts: dict[int, Mention]) -> tuple[list[Word], bool, Mention | None]:
    """The adjectives and nouns after the actor; whether a possessive parts them; the name that follows."""
    i = read.index(actor.span.end)
    possessive = False
    if i < len(read.words) and read.words[i].key == "s" and read.gap(actor.span.end, read.words[i].start) in ("'", "’"):
        possessive = True
        i += 1
    elif read.text[actor.span.end : actor.span.end + 2] in ("' ", "’ ") and actor.text.endswith("s"):
        possessive = True
    run: list[Word] = []
    follower = None
    end = read.words[i - 1].end if i else 0
    for word in read.words[i : i + _LONGEST]:
        between = read.gap(end, word.start)
        if set(between) - set(" '’-") or (between == "-" and not run):
            break
        if word.start in starts and not _is_body(read, starts[word.start]):
            follower = starts[word.start]
            break
        token = read.token(word.start)
        modifier = token.pos_ in ("ADJ", "NUM") or token.dep_ in ("amod", "compound", "nummod")
        if word.key == "s" and between in ("'", "’"):
            if run and run[-1].key == "prosecutor":
                run.append(word)
                end = word.end
                continue
            break
        if not (modifier or token.pos_ in ("NOUN", "PROPN")):
            break
        run.append(word)
        end = word.end
    while run and read.token(run[-1].start).pos_ not in ("NOUN", "PROPN") and not read.is_in(run[-1], "GROUP_NOUN"):
        run.pop()
        follower = None
    return run, possessive, follower


def _is_body(read: ReadText, mention: Mention) -> bool:
    """Whether a name is a plain institution that wants its country: "Defense Ministry"."""
    last = read.within(mention.span)[-1]
    return mention.type is EntityType.ORGANIZATION and last.key in read.gazetteer.words["INSTITUTION_NOUN"]


def _modifies(read: ReadText, actor: Mention, run: Sequence[Word]) -> bool:
    """Whether a name without possessive modifies the nouns after it ("US troops")."""
    token = read.root(actor.span)
    return token.dep_ in ("compound", "nmod", "amod", "poss") or read.is_in(run[0], "GROUP_NOUN")


def _institution(read: ReadText, run: Sequence[Word], actor: Mention) -> int:
    """How many words of the run make the name of an institution; 0 if none do."""
    for length in range(len(run), 0, -1):
        word = run[length - 1]
        members = read.gazetteer.words["INSTITUTION_NOUN"]
        pair = f"{run[length - 2].key} {word.key}" if length > 1 else ""
        if word.key not in members and pair not in members:
            continue
        if (
            not word.capital
            and singular(word.key) != word.key
            and singular(word.key) in read.gazetteer.words["GROUP_NOUN"]
        ):
            continue
        bare = length == 1 and actor.type is not EntityType.PLACE
        if bare and word.key in read.gazetteer.words["NEEDS_QUALIFIER"]:
            continue
        if not any(read.token(w.start).pos_ in ("NOUN", "PROPN", "ADJ") for w in run[:length]):
            continue
        return length
    return 0


def _is_office(read: ReadText, head: Word) -> bool:
    return head.key in read.gazetteer.words["PERSON_NOUN"] or head.key == "counterpart"


def _stands_for_actor(read: ReadText, run: Sequence[Word], actor: Mention, plural: bool) -> bool:
    """Whether the head noun of the run is one of those that act, or suffer, for the actor."""
    head = run[-1]
    pair = f"{run[-2].key} {singular(head.key)}" if len(run) > 1 else ""
    classes = read.gazetteer.words
    if actor.type is not EntityType.COUNTRY and singular(head.key) in classes["STATE_NOUN"]:
        return False
    if not plural and actor.type not in (EntityType.COUNTRY, EntityType.GROUP):
        return False
    nouns = ["GROUP_NOUN", "ASSET_NOUN", *(["FIGHTER_NOUN"] if actor.type is not EntityType.COUNTRY else [])]
    if any(singular(head.key) in classes[name] or head.key in classes[name] for name in nouns):
        return True
    plural_body = head.key not in classes["INSTITUTION_NOUN"] and singular(head.key) in classes["INSTITUTION_NOUN"]
    return plural_body or pair in classes["ASSET_NOUN"]


def _trailing(read: ReadText, actor: Mention) -> Iterator[Mention]:
    """Phrases that end with the actor: "the government of Iraq", "the authorities in Kyiv"."""
    i = read.index(actor.span.start) - 1
    if i >= 0 and read.words[i].key == "the":
        i -= 1
    if i < 1 or read.words[i].key not in ("of", "in") or actor.via is Via.DEMONYM:
        return
    link = read.words[i].key
    j = _head_before(read, i)
    if j is None:
        return
    head = read.words[j]
    classes = read.gazetteer.words
    first = j
    while first > 0 and read.joined(first - 1) and _qualifies(read, read.words[first - 1]):
        first -= 1
    span = Span(read.words[first].start, actor.span.end)
    if link == "of" and (j < i - 1 or head.key in classes["INSTITUTION_NOUN"]) and actor.type is EntityType.COUNTRY:
        if head.capital and (head.key not in classes["NEEDS_QUALIFIER"] or first < j or j < i - 1):
            yield read.at(span, EntityType.ORGANIZATION, Via.NAME)
        return
    if link == "in" and head.key not in classes["SEATED"]:
        return
    if singular(head.key) in classes["GROUP_NOUN"] and not (_is_office(read, head)) and j == i - 1:
        kind = EntityType.COUNTRY if actor.type is EntityType.PLACE else actor.type
        yield read.at(span, kind, Via.NOMINAL)


def _head_before(read: ReadText, i: int) -> int | None:
    """The number of the noun that the preposition `i` belongs to: the word before, or an institution further back."""
    if not read.joined(i - 1):
        return None
    for j in range(i - 1, max(-1, i - 8), -1):
        word = read.words[j]
        if (
            j < i - 1
            and word.key in read.gazetteer.words["INSTITUTION_NOUN"]
            and word.capital
            and read.words[j + 1].key in ("of", "for")
        ):
            return j
        if not read.joined(j) or not (word.capital or word.key in ("of", "and", "for", "the")):
            break
    return i - 1


def _qualifies(read: ReadText, word: Word) -> bool:
    token: Token = read.token(word.start)
    return token.pos_ in ("NOUN", "PROPN", "ADJ") and not read.is_in(word, "TITLE")
