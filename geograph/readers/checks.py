"""What every claim must fulfil, whoever read it; a claim that does not is left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from geograph.model import Article, Claim, Entity, Status
from geograph.ontology import Relation


def fault(
    claim: Claim, article: Article, entities: Mapping[str, Entity], relations: Mapping[str, Relation]
) -> str | None:
    """What is wrong with `claim`, in a few words, or None if it may be kept."""
    if claim.article != article.id:
        return "belongs to another article"
    if not claim.quote.strip() or claim.span.of(article.text) != claim.quote:
        return "quote is not the text at its offsets"
    relation = relations.get(claim.relation)
    if relation is None:
        return f"unknown relation {claim.relation}"
    if claim.subject == claim.object:
        return "subject is object"
    if _is_too_early(claim, article):
        return "told as done before its date"
    subject, object_ = entities.get(claim.subject), entities.get(claim.object)
    if subject is None or object_ is None:
        return "an end is not resolved"
    if subject.type not in relation.domain or object_.type not in relation.range:
        return f"{claim.relation} does not take {subject.type} and {object_.type}"
    if any(key is not None and key not in entities for key in (claim.said_by, claim.place_entity)):
        return "speaker or place is not resolved"
    return None


def _is_too_early(claim: Claim, article: Article) -> bool:
    """Whether a claim tells as done what its date puts after the article; a day of grace is for other time zones."""
    if claim.status is not Status.ACTUAL or claim.date is None or article.published is None:
        return False
    return claim.date.earliest > article.published + timedelta(days=1)
