"""Readings and frames made by hand from a sentence, for tests of what reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from spacy.language import Language

from geograph import ontology
from geograph.dates import find_dates
from geograph.model import Article, Entity, EntityType, Mention, Span, Via
from geograph.readers.protocol import Frame, Reading
from geograph.syntax import Doc, Token

ONTOLOGY = ontology.load()
Actors = Mapping[str, tuple[str, EntityType]]


def make_reading(
    nlp: Language, text: str, actors: Actors, published: date | None = None, title: str | None = None
) -> Reading:
    """The reading of `text` in which each name of `actors` is a mention of the entity that it maps to."""
    doc = Doc(nlp(text))
    found: list[Mention] = []
    entities: dict[str, Entity] = {}
    for name, (key, kind) in actors.items():
        country = key if kind is EntityType.COUNTRY else None
        entities.setdefault(key, Entity(key, kind, name, country))
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            span = Span(match.start(), match.end())
            if not any(other.span.covers(span) for other in found):
                via = Via.PRONOUN if name.lower() == "it" else Via.NAME
                found.append(Mention(span, name, kind, via, key))
    mentions = tuple(sorted(found, key=lambda m: m.sort_key))
    article = Article("test", text, title=title, published=published)
    return Reading(article, doc, mentions, entities, find_dates(doc, published, ONTOLOGY))


def make_frame(
    reading: Reading,
    relation: str,
    predicate: str,
    subject: str,
    object: str,
    item: str | None = None,
    trigger: tuple[str, ...] = (),
) -> Frame:
    """The frame whose predicate, trigger words and item head are the words given, the first of each in the text.

    A word may say which of several it means: "met#2" is the second "met".
    """
    head = token(reading, predicate)
    words = {head, *(token(reading, word) for word in trigger)}
    return Frame(
        relation,
        head,
        mention(reading, subject),
        mention(reading, object),
        tuple(sorted(words, key=lambda t: t.i)),
        f"SUBJ {predicate} OBJ",
        token(reading, item) if item is not None else None,
    )


def token(reading: Reading, word: str) -> Token:
    """The token with the text `word`; "word#2" is the second one."""
    text, _, count = word.partition("#")
    return [t for t in reading.doc if t.text == text][int(count or 1) - 1]


def mention(reading: Reading, name: str) -> Mention:
    """The first mention with the text `name`; "name#2" is the second one."""
    text, _, count = name.partition("#")
    return [m for m in reading.mentions if m.text == text][int(count or 1) - 1]
