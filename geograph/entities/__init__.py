"""Mentions -> entities: who or what each mention refers to, within one article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geograph.entities import coreference, linking, persons
from geograph.entities.cast import Cast
from geograph.entities.gazetteer import Gazetteer
from geograph.entities.names import words
from geograph.entities.text import ReadText
from geograph.model import Article, Entity, Mention, Via

if TYPE_CHECKING:
    from geograph.syntax import Doc


def resolve(
    article: Article, doc: Doc, mentions: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[tuple[Mention, ...], dict[str, Entity]]:
    """The mentions with their entities, sorted, and every entity used, by key.

    Only this article and the gazetteer are looked at. Pronouns, office holders and groups are added. Words that refer
    to several are several mentions of one span; what stays open keeps `entity` None.
    """
    read = ReadText(article.text, words(article.text), doc, gazetteer)
    cast = Cast(article, read)
    linking.count_countries(cast, mentions)
    linked = linking.by_name(cast, mentions)
    actors = {mention.span: key for mention, (key, _) in linked.items()}
    people = persons.link(cast, [m for m in mentions if m.via is Via.NAME], actors)
    resolved: list[Mention] = []
    for mention in mentions:
        key, via = linked.get(mention, (people.get(mention), mention.via))
        kind = cast.entities[key].type if key else mention.type
        resolved.append(Mention(mention.span, mention.text, kind, via, key))
    resolved = coreference.resolve(cast, resolved)
    used = {mention.entity for mention in resolved if mention.entity}
    unique = {mention.sort_key: mention for mention in resolved}
    return tuple(sorted(unique.values(), key=lambda m: m.sort_key)), cast.complete(sorted(used))
