"""The steps of `benchmarks/store.py`, each run in a process of its own: `store_steps.py STEP FOLDER QUADS SEED`.

A step prints one JSON object. Times are the process's own over all threads, so that others on the machine disturb
little; the elapsed time is given beside it.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pyoxigraph
from invented import invent

from geograph import Graph, ontology
from geograph.model import Extraction, content_id
from geograph.store import Store

QUADS_PER_ARTICLE = 170
DOCUMENTS = 20
ROUNDS, PATIENCE = 3, 10.0
OXIGRAPH = (pyoxigraph.NamedNode, pyoxigraph.Literal)
GG = "https://w3id.org/geograph/ns#"
PREFIXES = f"""PREFIX gg: <{GG}> PREFIX id: <https://w3id.org/geograph/id/> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
COUNTING = """SELECT ?fact (COUNT(DISTINCT ?article) AS ?sources) { ?fact a gg:Fact ; gg:claim/gg:article ?article }
GROUP BY ?fact HAVING (COUNT(DISTINCT ?article) >= 2)"""
STORED = "SELECT ?fact ?sources { ?fact gg:sourceCount ?sources FILTER(?sources >= 2) }"
QUERIES = {
    "entity": """SELECT ?relation ?object ?date { ?fact a gg:Fact ; gg:subject id:XAB ; gg:relation ?relation ;
        gg:object ?object OPTIONAL { ?fact gg:date ?date } }""",
    "met in range": """SELECT ?one ?other ?first ?last { ?fact a gg:Fact ; gg:relation gg:meets ; gg:status "actual" ;
        gg:subject ?one ; gg:object ?other ; gg:earliest ?first ; gg:latest ?last
        FILTER(?first >= "2019-01-01"^^xsd:date && ?last <= "2019-12-31"^^xsd:date) }""",
    "top ten": """SELECT ?actor (COUNT(?fact) AS ?facts) { ?fact a gg:Fact ; gg:subject ?actor }
        GROUP BY ?actor ORDER BY DESC(?facts) ?actor LIMIT 10""",
    "two hops": "SELECT DISTINCT ?there { id:XAB gg:meets/gg:visits ?there }",
    "two sources": STORED,
    "by month": """SELECT ?month (COUNT(?fact) AS ?facts) { ?fact a gg:Fact ; gg:earliest ?day
        BIND(SUBSTR(STR(?day), 1, 7) AS ?month) } GROUP BY ?month""",
    "text search": 'SELECT ?claim { ?claim gg:quote ?quote FILTER(CONTAINS(LCASE(?quote), "radar systems")) }',
    "path": "SELECT DISTINCT ?member { ?member gg:memberOf+ id:organization.1 }",
}


def load(folder: Path, quads: int, seed: int) -> dict[str, Any]:
    """Adds the extractions to a store on disk; making them up is not counted. Then its quads are written to a file."""
    making = [0.0, 0.0]

    def made(known: Iterator[Extraction]) -> Iterator[Extraction]:
        while True:
            used, start = process_time(), perf_counter()
            extraction = next(known, None)
            making[0] += process_time() - used
            making[1] += perf_counter() - start
            if extraction is None:
                return
            yield extraction

    relations = ontology.load().relations
    found = invent(max(1, quads // QUADS_PER_ARTICLE), relations, seed)
    used, start = process_time(), perf_counter()
    with Store.open(folder / "store", relations=relations) as store:
        store.add(made(found))
        taken = {"cpu": process_time() - used - making[0], "elapsed": perf_counter() - start - making[1]}
        counts = store.counts()
    peak = _peak()
    written = pyoxigraph.Store.read_only(str(folder / "store"))
    written.dump(str(folder / "all.nq"), pyoxigraph.RdfFormat.N_QUADS)
    return {**taken, "peak MB": peak, "quads": len(written), **counts}


def rdflib_load(folder: Path, quads: int, seed: int) -> dict[str, Any]:
    """Parses the same quads into an rdflib Dataset, whose default graph is the union, and asks it the queries."""
    import rdflib

    dataset = rdflib.Dataset(default_union=True)
    used, start = process_time(), perf_counter()
    dataset.parse(folder / "all.nq", format="nquads")
    taken = {"cpu": process_time() - used, "elapsed": perf_counter() - start, "peak MB": _peak()}
    asked = {**QUERIES, "two sources": COUNTING}
    return {**taken, "quads": len(list(dataset.quads())), **_asked(asked, lambda q: list(dataset.query(PREFIXES + q)))}


def queries(folder: Path, quads: int, seed: int) -> dict[str, Any]:
    """Asks the store on disk the same. As rdflib does, it gives bare rows: labels are not looked up for them."""
    with Graph.open(folder / "store", read_only=True) as graph:
        return _asked(QUERIES, lambda query: [tuple(row) for row in graph.store.query(query)])  # type: ignore[union-attr]


def _asked(asked: dict[str, str], ask: Callable[[str], list[Any]]) -> dict[str, Any]:
    times, rows, answers = {}, {}, {}
    for name, query in asked.items():
        taken: list[float] = []
        while len(taken) < ROUNDS and sum(taken) < PATIENCE:
            found, used = _timed(lambda query=query: ask(query))
            taken.append(used)
        times[name], rows[name] = statistics.median(taken), len(found)
        answers[name] = content_id(*sorted("\t".join(map(_text, row)) for row in found))
    return {"times": times, "rows": rows, "answers": answers}


def exports(folder: Path, quads: int, seed: int) -> dict[str, Any]:
    """Writes Turtle and TriG of a store of about 100,000 triples on disk."""
    relations = ontology.load().relations
    with Store.open(folder / "small", relations=relations) as store:
        store.add(invent(max(1, min(quads, 105_000) // QUADS_PER_ARTICLE), relations, seed))
    with Graph.open(folder / "small", read_only=True) as graph:
        (folder / "small.ttl").write_bytes(graph.export("turtle"))
        (folder / "small.nq").write_bytes(graph.export("nquads"))
        return {name: _middle(lambda name=name: graph.export(name)) for name in ("turtle", "trig")}


def rdflib_exports(folder: Path, quads: int, seed: int) -> dict[str, Any]:
    """The same by rdflib, with the prefixes bound."""
    import rdflib

    with Graph.open(folder / "small", read_only=True) as graph:
        prefixes = graph.store.vocabulary.prefixes()
    plain, dataset = rdflib.Graph(), rdflib.Dataset()
    for prefix, namespace in prefixes.items():
        plain.bind(prefix, namespace)
        dataset.bind(prefix, namespace)
    plain.parse(folder / "small.ttl", format="turtle")
    dataset.parse(folder / "small.nq", format="nquads")
    return {
        "triples": len(plain),
        "turtle": _middle(lambda: plain.serialize(format="turtle")),
        "trig": _middle(lambda: dataset.serialize(format="trig")),
    }


def adding(folder: Path, quads: int, seed: int) -> dict[str, Any]:
    """Adds documents one by one, each to the full store and to an empty one, in turns: medians."""
    known = ontology.load().relations
    found: dict[str, list[float]] = {"full": [], "empty": []}
    documents = list(invent(DOCUMENTS, known, seed + 1))
    with Store.open(folder / "store", relations=known) as full:
        for number, document in enumerate(documents):
            with Store.open(folder / f"empty{number}", relations=known) as empty:
                for name, store in (("full", full), ("empty", empty)):
                    found[name].append(_timed(lambda store=store, document=document: store.add([document]))[1])
        for document in documents:
            full.remove(document.article.id)
    return {name: statistics.median(times) for name, times in found.items()}


def check(folder: Path, quads: int, seed: int) -> dict[str, Any]:
    """Checks the integrity of the full store."""
    from geograph.check import check

    start = perf_counter()
    with Graph.open(folder / "store", read_only=True) as graph:
        report, used = _timed(lambda: check(graph.store, graph.ontology))
    return {"cpu": used, "elapsed": perf_counter() - start, "faults": len(report.faults), "checked": report.checked}


def _text(term: Any) -> str:
    return term.value if isinstance(term, OXIGRAPH) else str(term)


def _middle(work: Callable[[], object]) -> float:
    return statistics.median(_timed(work)[1] for _ in range(ROUNDS))


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = process_time()
    done = work()
    return done, process_time() - start


def _peak() -> int:
    """The most memory that the process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


STEPS = {
    "load": load,
    "rdflib load": rdflib_load,
    "queries": queries,
    "exports": exports,
    "rdflib exports": rdflib_exports,
    "adding": adding,
    "check": check,
}

if __name__ == "__main__":
    step, folder, quads, seed = sys.argv[1:]
    print(json.dumps(STEPS[step](Path(folder), int(quads), int(seed))))
