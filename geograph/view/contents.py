"""Facts and their evidence as the plain values that the page's script reads.

Names in JSON are the script's contract (`script/data.js`); what is unknown or usual is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from geograph.model import Article, Claim, Entity, EntityType, Fact, Period, Span, Status
from geograph.ontology import Relation
from geograph.view import atlas, palette
from geograph.view.wording import date_words

Json = dict[str, object]

_IDENTIFIER_LINKS = {
    "wikidata": (re.compile(r"Q[1-9]\d*\Z", re.ASCII), "https://www.wikidata.org/wiki/"),
    "geonames": (re.compile(r"[1-9]\d*\Z", re.ASCII), "https://www.geonames.org/"),
}

_NO_FAMILY = "other"
_KINDS = ("", "trigger", "date", "object", "subject")
_RUN = re.compile(rb"(.)\1*", re.DOTALL)


def contents(
    facts: Sequence[Fact],
    claims: Mapping[str, Claim],
    entities: Mapping[str, Entity],
    articles: Mapping[str, Article],
    relations: Mapping[str, Relation],
) -> Json:
    """All that the page shows, but for the drawing; facts speak of entities and articles by their place in the lists.

    `facts` must be in the order in which the drawing counts them.
    """
    told = {id: claims[id] for fact in facts for id in fact.claims}
    used_articles = sorted({claim.article for claim in told.values()})
    keys = _used_entities(facts, told.values(), entities)
    entity_at = {key: i for i, key in enumerate(keys)}
    article_at = {id: i for i, id in enumerate(used_articles)}
    return {
        "types": [str(kind) for kind in EntityType],
        "statuses": [str(status) for status in Status],
        "relations": _relations(facts, relations),
        "entities": [_entity(entities[key], entities) for key in keys],
        "facts": [
            {
                **_fact(fact, entity_at),
                "claims": [
                    _claim(claim, fact, entity_at, article_at)
                    for claim in sorted((told[id] for id in fact.claims), key=lambda claim: _telling(claim, articles))
                ],
            }
            for fact in facts
        ],
        "articles": [_article(articles[id]) for id in used_articles],
        "world": atlas.world(),
    }


def _used_entities(facts: Sequence[Fact], claims: Iterable[Claim], entities: Mapping[str, Entity]) -> list[str]:
    """The ends of facts, sorted, then those that are only spoken of, sorted."""
    ends = {end for fact in facts for end in (fact.subject, fact.object)}
    spoken = {key for fact in facts if (key := fact.place_entity)}
    spoken |= {key for claim in claims if (key := claim.said_by)}
    return sorted(ends) + sorted(key for key in spoken - ends if key in entities)


def _relations(facts: Sequence[Fact], relations: Mapping[str, Relation]) -> Json:
    """The relations in use by name, with their families; one that the ontology lacks goes by its name, in grey."""
    used = {name: relations.get(name) for name in sorted({fact.relation for fact in facts})}
    families = sorted({relation.family if relation else _NO_FAMILY for relation in used.values()})
    return {
        "families": {family: _family([r for r in relations.values() if r.family == family]) for family in families},
        "byName": {
            name: _known(label=r.label, comment=r.comment, family=r.family, symmetric=r.symmetric, state=r.is_state)
            if r
            else {"label": name, "family": _NO_FAMILY}
            for name, r in used.items()
        },
    }


def _family(members: Sequence[Relation]) -> Json:
    """A family's colours, those that most of its relations have, and its mean conflict-cooperation score."""
    colours = Counter(palette.checked(relation.colour) for relation in members)
    colour = min(colours, key=lambda value: (-colours[value], value), default=palette.NEUTRAL)
    scores = [relation.score for relation in members if relation.score is not None]
    return _known(
        colour=colour,
        light=palette.for_light(colour),
        dark=palette.for_dark(colour),
        score=round(sum(scores) / len(scores), 2) if scores else None,
    )


def _entity(entity: Entity, entities: Mapping[str, Entity]) -> Json:
    country = entity.country if entity.country != entity.key else None
    return _known(
        key=entity.key,
        label=entity.label,
        type=str(entity.type),
        code=entity.country if entity.type is EntityType.COUNTRY else None,
        country=entities[country].label if country and country in entities else country,
        aliases=list(entity.aliases),
        ids=[_identifier(curie) for curie in entity.identifiers],
        **_standing(entity),
    )


def _standing(entity: Entity) -> Json:
    """Where the entity stands on the map; `guest` if that is only its country's place."""
    site = atlas.site(entity)
    if site is None:
        return {}
    return _known(at=atlas.project(*site), guest=entity.coordinates is None and entity.country != entity.key)


def _identifier(curie: str) -> Json:
    scheme, _, value = curie.partition(":")
    pattern, base = _IDENTIFIER_LINKS.get(scheme, (None, ""))
    return _known(scheme=scheme, value=value, url=base + value if pattern and pattern.match(value) else None)


def _fact(fact: Fact, entity_at: Mapping[str, int]) -> Json:
    period = fact.date
    return _known(
        id=fact.id,
        relation=fact.relation,
        subject=entity_at[fact.subject],
        object=entity_at[fact.object],
        status=str(fact.status) if fact.status is not Status.ACTUAL else None,
        when=date_words(period) if period is None or period.earliest != period.latest else None,
        earliest=period.earliest.isoformat() if period else None,
        latest=period.latest.isoformat() if period and period.latest != period.earliest else None,
        place=fact.place,
        placeEntity=entity_at.get(fact.place_entity) if fact.place_entity else None,
        item=fact.item,
        confidence=round(fact.confidence, 2),
        sources=fact.source_count,
        independent=fact.independent_source_count if fact.independent_source_count != fact.source_count else None,
        reported=_reported(fact),
        disputed=fact.disputed,
        ended=fact.ended,
    )


def _reported(fact: Fact) -> str | None:
    """When articles told of the fact, in words."""
    first, last = fact.first_reported, fact.last_reported
    return date_words(Period(f"{first}/{last}")) if first and last else None


def _telling(claim: Claim, articles: Mapping[str, Article]) -> tuple[date, float, str, Span]:
    """Who told first comes first, of one day the surer sentence; articles without a date come last."""
    return (articles[claim.article].published or date.max, -claim.confidence, claim.article, claim.span)


def _claim(claim: Claim, fact: Fact, entity_at: Mapping[str, int], article_at: Mapping[str, int]) -> Json:
    """The claim's sentence, what it says otherwise than the fact, and its reader if no rule reads it."""
    return _known(
        article=article_at[claim.article],
        quote=pieces(claim),
        saidBy=entity_at.get(claim.said_by) if claim.said_by else None,
        status=str(claim.status) if claim.status is not fact.status else None,
        when=date_words(claim.date) if claim.date and claim.date != fact.date else None,
        reader=claim.reader if "rules" not in claim.reader.split("+") else None,
    )


def _article(article: Article) -> Json:
    return _known(
        title=article.title or article.document,
        published=article.published.isoformat() if article.published else None,
        publisher=article.publisher,
        url=safe_url(article.url),
        sample=article.sample,
    )


def pieces(claim: Claim) -> list[list[str]]:
    """The quote cut into pieces of one kind each: `["Russia", "subject"]`, or `[" and "]` between.

    The ends lie above the date, and that above the trigger: a trigger's words may reach around its object. Cut here,
    because offsets count code points, which JavaScript's strings do not.
    """
    start, length = claim.span.start, len(claim.quote)
    painted = bytearray(length)
    spans = (claim.trigger_span, claim.date_span, claim.object_span, claim.subject_span)
    for colour, span in enumerate(spans, 1):
        if span is not None and claim.span.covers(span):
            first, last = span.start - start, min(span.end - start, length)
            painted[first:last] = bytes((colour,)) * (last - first)
    found = []
    for run in _RUN.finditer(painted):
        text, kind = claim.quote[run.start() : run.end()], _KINDS[painted[run.start()]]
        found.append([text, kind] if kind else [text])
    return found


def safe_url(url: str | None) -> str | None:
    """The address if it is an http or https one with a host, else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme in ("http", "https") and parts.hostname else None


def _known(**values: object) -> Json:
    """The values that say something: neither None, nor False, nor an empty list."""
    return {name: value for name, value in values.items() if value is not None and value is not False and value != []}
