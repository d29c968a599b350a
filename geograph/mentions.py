"""Doc -> mentions: names over the whole article, demonyms, national groups and institutions. Typed, not yet resolved.

Several finders propose spans: the gazetteer, spaCy's tagger, titles before names, the last words of bodies. The longest
wins, the gazetteer before the others. A full name anywhere in the article makes every "Moran" in it a person; a name
that the tagger saw once, and an acronym that the article introduces, are found wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from geograph.entities import acronyms, again, bodies, people, phrases, places, tagged
from geograph.entities.names import words
from geograph.entities.text import ReadText, Sighting
from geograph.model import Article, EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.entities.gazetteer import Gazetteer
    from geograph.syntax import Doc


def find_mentions(
    article: Article, doc: Doc, gazetteer: Gazetteer, sightings: Sequence[Sighting] = ()
) -> list[Mention]:
    """The mentions of an article in text order, the longer first; their `entity` is still None.

    `sightings` are names that a trained tagger saw; they mend the types of spaCy's names.
    """
    seen = {sighting.span: sighting for sighting in sightings}
    read = ReadText(article.text, words(article.text), doc, gazetteer, seen)
    known = list(_known(read))
    titled = list(people.titled(read, known))
    names = _chosen([known, titled, tagged.names(read, known), list(bodies.named(read))])
    names = _chosen([list(people.short_forms(read, names, known)), names])
    names = _chosen([list(bodies.short_forms(read, names)), names])
    names = _chosen([list(places.named(read, names)), list(acronyms.named(read, names)), names])
    names = _chosen([names, list(again.named(read, names))])
    built = list(phrases.national(read, names))
    longer = [m.span for m in built if m.type is EntityType.ORGANIZATION and m.via is Via.NAME]
    whole = [m for m in names if m.type is not EntityType.ORGANIZATION or not any(_is_part(m, span) for span in longer)]
    found = {m.sort_key: m for m in (*whole, *built)}
    return sorted(found.values(), key=lambda m: m.sort_key)


def _known(read: ReadText) -> Iterator[Mention]:
    """The names and demonyms that the gazetteer knows."""
    for match in read.gazetteer.index.matches(read.text, read.words):
        piece = read.words[match.first : match.last + 1]
        if _is_attitude(read, match.first):
            continue
        roles = {sense.role for sense in match.senses}
        kinds = {read.gazetteer.entities[sense.key].type for sense in match.senses}
        if len(piece) == 1 and not _is_name_here(read, piece[0].start, kinds):
            continue
        adjective = "demonym" in roles and ("name" not in roles or _is_adjective(read, piece[0].start))
        if adjective or "people" in roles:
            yield read.mention(piece, kinds.pop() if len(kinds) == 1 else EntityType.COUNTRY, Via.DEMONYM)
        elif roles == {"seat"}:
            yield read.mention(piece, EntityType.PLACE, Via.NAME)
        else:
            named = {
                read.gazetteer.entities[sense.key].type for sense in match.senses if sense.role in ("name", "localName")
            }
            yield read.mention(piece, min(named), Via.NAME)


def _is_attitude(read: ReadText, i: int) -> bool:
    """Whether the word is the second half of "pro-Russian", "anti-NATO": then it names no actor."""
    before = read.words[i - 1] if i else None
    return (
        before is not None and before.key in ("pro", "anti", "non") and read.gap(before.end, read.words[i].start) == "-"
    )


def _is_name_here(read: ReadText, offset: int, kinds: Iterable[EntityType]) -> bool:
    """Whether a capitalised word is a name: a sentence may begin with a common word ("Labour costs rose")."""
    token = read.token(offset)
    word = read.words[read.index(offset)]
    if EntityType.COUNTRY in kinds or token.text.isupper() or word.key not in read.gazetteer.words["AMBIGUOUS_NAME"]:
        return True
    return token.pos_ == "PROPN" or token.ent_type_ != "" or people.starts_no_sentence(read, word)


def _is_adjective(read: ReadText, offset: int) -> bool:
    token = read.token(offset)
    return token.dep_ in ("amod", "compound", "nmod") and token.head.i > token.i


def _is_part(mention: Mention, body: Span) -> bool:
    """Whether a name is only a piece of an institution's name: "Defence Ministry" of "Latvia's Defence Ministry"."""
    return mention.span != body and body.covers(mention.span)


def _chosen(groups: Sequence[Sequence[Mention]]) -> list[Mention]:
    """Of mentions that overlap the longest, of equal ones that of the earlier group."""
    ranked = [(-(m.span.end - m.span.start), rank, m.span.start, m) for rank, group in enumerate(groups) for m in group]
    taken: list[Mention] = []
    covered: set[int] = set()
    for _, _, _, mention in sorted(ranked, key=lambda item: (*item[:3], item[3].sort_key)):
        offsets = range(mention.span.start, mention.span.end)
        if covered.isdisjoint(offsets):
            covered.update(offsets)
            taken.append(mention)
    return sorted(taken, key=lambda m: m.sort_key)
