"""What holds between the nodes of a store, and no shape can say: quotes, counts, shortcuts, graphs.

All facts and claims are looked at, but nothing is derived again: whole columns are read, each by one query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pyoxigraph import QuerySolutions

from geograph.check.columns import Columns
from geograph.ontology import Relation
from geograph.store import Store


def invariant_faults(columns: Columns, relations: Mapping[str, Relation]) -> Iterator[tuple[str, str]]:
    """Each node that breaks an invariant, by its IRI, and what is wrong with it.

    Every quote is its article's text at its offsets. Every claim lies in the graph of its article and tells of one
    fact. A fact's counts and days of report are those of its claims' articles, and its ends have names. There is a
    shortcut wherever a fact happened, is undisputed and not over, and nowhere else.
    """
    article_of = columns.one("gg:article")
    claims_of = columns.all("gg:claim")
    facts = columns.nodes("gg:Fact")
    yield from _quotes(columns, article_of)
    yield from _homes(columns, facts, claims_of, relations)
    yield from _counts(columns, facts, claims_of, article_of)
    yield from _names(columns)
    yield from _shortcuts(columns, relations)


def _quotes(columns: Columns, article_of: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    texts = columns.one("gg:text")
    starts, ends = columns.one("gg:start"), columns.one("gg:end")
    for claim, quote in columns.pairs("gg:quote"):
        span = slice(_number(starts.get(claim)), _number(ends.get(claim)))
        text = texts.get(article_of.get(claim, ""))
        if text is None:
            yield claim, "its article has no text"
        elif not quote.strip() or span.start is None or span.stop is None or text[span] != quote:
            yield claim, "its quote is not the article's text at its offsets"


def _homes(
    columns: Columns, facts: frozenset[str], claims_of: Mapping[str, set[str]], relations: Mapping[str, Relation]
) -> Iterator[tuple[str, str]]:
    for (claim,) in columns.rows(
        "SELECT ?claim { GRAPH ?graph { ?claim gg:article ?article } FILTER(?graph != ?article) }"
    ):
        yield claim, "lies in the graph of another article"
    told = Counter(claim for fact in facts for claim in claims_of.get(fact, ()))
    for claim in columns.nodes("gg:Claim"):
        if told[claim] > 1:
            yield claim, f"{told[claim]} facts rest on it, not one"
        elif not told[claim] and not _is_left_out(columns.store, claim, relations):
            yield claim, "no fact rests on it"


def _is_left_out(store: Store, claim: str, relations: Mapping[str, Relation]) -> bool:
    """Whether people decided that the claim counts in no fact."""
    if not store.curation.decisions:
        return False
    rows = store.query(f"SELECT ?article {{ <{claim}> gg:article ?article }}")
    assert isinstance(rows, QuerySolutions)
    extractions = (store.extraction(store.vocabulary.local(row[0].value)) for row in rows)
    return any(
        store.curation.counted(each, extraction.article, relations.get(each.relation)) is None
        for extraction in extractions
        if extraction is not None
        for each in extraction.claims
        if store.vocabulary.claim(each.id) == claim
    )


def _counts(
    columns: Columns, facts: frozenset[str], claims_of: Mapping[str, set[str]], article_of: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    issued = columns.one("dcterms:issued")
    stored = {
        name: columns.one(f"gg:{name}")
        for name in ("sourceCount", "independentSourceCount", "firstReported", "lastReported")
    }
    for fact in facts:
        articles = {article_of.get(claim, claim) for claim in claims_of.get(fact, ())}
        days = sorted(issued[article] for article in articles if article in issued)
        expected = {
            "sourceCount": str(len(articles)),
            "firstReported": days[0] if days else None,
            "lastReported": days[-1] if days else None,
        }
        if len(articles) == 1:
            expected["independentSourceCount"] = "1"
        for name, value in expected.items():
            found = stored[name].get(fact)
            if found != value:
                yield fact, f"gg:{name} is {found or 'missing'}; its claims make {value or 'none'}"


def _names(columns: Columns) -> Iterator[tuple[str, str]]:
    named = {node for node, _ in columns.pairs("rdfs:label")}
    for fact, _, *ends in columns.facts():
        for end in ends:
            if end not in named:
                yield fact, f"its end {columns.store.vocabulary.local(end)} has no name"


def _shortcuts(columns: Columns, relations: Mapping[str, Relation]) -> Iterator[tuple[str, str]]:
    vocabulary = columns.store.vocabulary
    symmetric = {vocabulary.term(each.name) for each in relations.values() if each.symmetric}
    happened = {fact for (fact,) in columns.rows('SELECT ?fact { ?fact gg:status "actual" }')}
    barred = {
        fact for name in ("disputed", "ended") for (fact,) in columns.rows(f"SELECT ?fact {{ ?fact gg:{name} true }}")
    }
    allowed: dict[tuple[str, str, str], str] = {}
    for fact, relation, subject, object in sorted(columns.facts()):
        if fact in happened and fact not in barred:
            allowed[subject, relation, object] = fact
            if relation in symmetric:
                allowed[object, relation, subject] = fact
    used = {relation for _, relation, _, _ in columns.facts()}
    there = {
        (subject, relation, object)
        for relation in used | {vocabulary.term(name) for name in relations}
        for subject, object in columns.pairs(f"<{relation}>")
    }
    for triple in sorted(allowed.keys() - there):
        yield allowed[triple], f"its shortcut {_triple(columns, triple)} is missing"
    for triple in sorted(there - allowed.keys()):
        yield triple[0], f"the shortcut {_triple(columns, triple)} follows from no fact"


def _triple(columns: Columns, triple: tuple[str, str, str]) -> str:
    local = columns.store.vocabulary.local
    return f"{local(triple[0])} gg:{local(triple[1])} {local(triple[2])}"


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdecimal() else None
