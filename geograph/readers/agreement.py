"""What several readers say of one sentence, taken together: each thing once, surer where they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from geograph.model import Claim, Span
from geograph.ontology import Relation

_Key = tuple[str, Span, str, str]


def agreed(claims: Iterable[Claim], relations: Mapping[str, Relation]) -> list[Claim]:
    """The claims of all readers, given in the order of the readers, in which no two readers say the same.

    Two claims say the same if sentence, relation and ends are the same. The claim of the reader who comes first stays:
    it names the others in `reader` ("rules+learned"), and is surer if they give it the same status. As the readers
    share what is known of ends and status, another's agreement takes only half of its confidence from the doubt.
    Where a reader tells an event of two actors, later readers tell no other event of these two in that sentence: most
    often it is the same one, misread.
    """
    said: dict[_Key, list[Claim]] = {}
    tellers: dict[_Key, str] = {}
    for claim in claims:
        teller = tellers.setdefault(_matter(claim, relations), claim.reader)
        key = _key(claim, relations)
        if teller == claim.reader or relations[claim.relation].is_state or key in said:
            said.setdefault(key, []).append(claim)
    found: list[Claim] = []
    for same in said.values():
        first = same[0].reader
        others = [claim for claim in same if claim.reader != first]
        found += [_joined(claim, others) for claim in same if claim.reader == first]
    return found


def _key(claim: Claim, relations: Mapping[str, Relation]) -> _Key:
    a, b = claim.subject, claim.object
    if relations[claim.relation].symmetric and b < a:
        a, b = b, a
    return claim.relation, claim.span, a, b


def _matter(claim: Claim, relations: Mapping[str, Relation]) -> _Key:
    """The sentence and the two of whom it tells an event; of a state, the state."""
    a, b = sorted((claim.subject, claim.object))
    return claim.relation if relations[claim.relation].is_state else "", claim.span, a, b


def _joined(claim: Claim, others: list[Claim]) -> Claim:
    agreeing = {other.reader: other for other in others if (other.status, other.ended) == (claim.status, claim.ended)}
    if not agreeing:
        return claim
    wrong = 1 - claim.confidence
    for other in agreeing.values():
        wrong *= 1 - other.confidence / 2
    return replace(
        claim,
        reader="+".join((claim.reader, *sorted(agreeing))),
        version="; ".join(each.version for each in (claim, *agreeing.values()) if each.version),
        confidence=round(min(1 - wrong, 0.99), 2),
    )
