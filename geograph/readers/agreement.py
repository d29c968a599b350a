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
    it names the others in `reader` ("rules+learned"), and is surer if they give it the same status: what both of two
    independent readers get wrong is the product of what each gets wrong.
    """
    said: dict[_Key, list[Claim]] = {}
    for claim in claims:
        said.setdefault(_key(claim, relations), []).append(claim)
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


def _joined(claim: Claim, others: list[Claim]) -> Claim:
    agreeing = {other.reader: other.confidence for other in others if other.status is claim.status}
    if not agreeing:
        return claim
    wrong = 1 - claim.confidence
    for confidence in agreeing.values():
        wrong *= 1 - confidence
    return replace(claim, reader="+".join((claim.reader, *sorted(agreeing))), confidence=round(min(1 - wrong, 0.99), 2))
