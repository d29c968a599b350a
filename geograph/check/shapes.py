"""`shapes.ttl` -> SPARQL: for each shape the queries that find what breaks it. Pure functions.

A query gives the focus nodes at fault. All values of one property are tested in one query, because SHACL gives them
the same message. What this module does not know of SHACL is an error, never passed over: the queries find what an
engine of SHACL Core would find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from geograph.errors import OntologyError
from geograph.vocabulary import STANDARD_PREFIXES

SH = "http://www.w3.org/ns/shacl#"
_RDF, _XSD = STANDARD_PREFIXES["rdf"], STANDARD_PREFIXES["xsd"]
_TARGETS: Mapping[str, str] = {
    "targetClass": f"?focus <{_RDF}type> {{}}",
    "targetSubjectsOf": "?focus {} ?any",
    "targetObjectsOf": "?any {} ?focus",
    "targetNode": "VALUES ?focus {{ {} }}",
}
_KINDS: Mapping[str, str] = {
    "IRI": "isIRI(?value)",
    "Literal": "isLiteral(?value)",
    "BlankNode": "isBlank(?value)",
    "BlankNodeOrIRI": "!isLiteral(?value)",
    "IRIOrLiteral": "!isBlank(?value)",
    "BlankNodeOrLiteral": "!isIRI(?value)",
}
_CAST = frozenset(f"{_XSD}{name}" for name in ("boolean", "date", "dateTime", "decimal", "double", "float", "integer"))
_BOUNDS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
_PAIRS = {"lessThan": "<", "lessThanOrEquals": "<="}
_SAID = frozenset({"message", "name", "description", "order", "path", "property", *_TARGETS})

Node = NamedNode | BlankNode | Literal
_Shape = dict[str, list[Node]]
"""What is said of one shape, by local name in SHACL."""


@dataclass(frozen=True, order=True)
class Check:
    """A query for the focus nodes that break one constraint, what is at fault there, and in which property.

    `path` is the property's IRI, after a `^` if it is read backwards; None where the node itself is at fault.
    """

    message: str
    path: str | None
    sparql: str


def checks_of(triples: Iterable[Triple]) -> tuple[Check, ...]:
    """The checks that the shapes in `triples` ask for, sorted. Raises OntologyError for SHACL unknown here."""
    said: dict[object, dict[str, list[Node]]] = {}
    for triple in triples:
        said.setdefault(triple.subject, {}).setdefault(triple.predicate.value, []).append(_node(triple.object))
    shapes = {
        node: {predicate.removeprefix(SH): values for predicate, values in found.items() if predicate.startswith(SH)}
        for node, found in said.items()
    }
    found: list[Check] = []
    for node, shape in shapes.items():
        for target in _targets(shape):
            found += _checks(str(node), shape, target, None, said)
            for each in shape.get("property", ()):
                found += _property_checks(shapes.get(each, {}), target, said)
    return tuple(sorted(set(found)))


def _targets(shape: _Shape) -> Iterator[str]:
    """The patterns that bind the focus nodes of a shape; classes are joined in one."""
    classes = sorted(str(each) for each in shape.get("targetClass", ()))
    if classes:
        yield (
            f"VALUES ?class {{ {' '.join(classes)} }} ?focus <{_RDF}type> ?class ."
            if len(classes) > 1
            else (f"{_TARGETS['targetClass'].format(classes[0])} .")
        )
    for name in ("targetSubjectsOf", "targetObjectsOf", "targetNode"):
        yield from (f"{_TARGETS[name].format(each)} ." for each in shape.get(name, ()))


def _property_checks(shape: _Shape, target: str, said: Mapping[object, dict[str, list[Node]]]) -> Iterator[Check]:
    (path,) = shape.get("path", [None])
    inverse = said.get(path, {}).get(f"{SH}inversePath", [])
    if isinstance(path, NamedNode):
        yield from _checks(f"the shape of {path}", shape, target, str(path), said)
    elif len(inverse) == 1 and isinstance(inverse[0], NamedNode):
        yield from _checks(f"the shape of ^{inverse[0]}", shape, target, f"^{inverse[0]}", said)
    else:
        raise OntologyError(f"shapes: sh:path takes one property or the inverse of one, not {path}")


def _checks(
    name: str, shape: _Shape, target: str, path: str | None, said: Mapping[object, dict[str, list[Node]]]
) -> Iterator[Check]:
    message = _one(shape, "message", name).value if "message" in shape else f"breaks {name}"
    value = f"?focus {path} ?value ." if path is not None else "BIND(?focus AS ?value)"
    held: list[str] = []
    for component, arguments in sorted(shape.items()):
        if component in _SAID or (component == "maxCount" and path is not None):
            continue
        known = _VALUES.get(component)
        if component == "in":
            held.append(f"({' || '.join(f'sameTerm(?value, {each})' for each in _listed(arguments[0], said))})")
        elif known is not None:
            held += [known(argument) for argument in arguments]
        elif path is None or component not in _PATTERNS:
            raise OntologyError(f"shapes: {name}: sh:{component} is not known to geograph; leave it out")
        else:
            for argument in arguments:
                pattern = _PATTERNS[component](target, value, argument)
                yield Check(message, _iri(path), f"SELECT DISTINCT ?focus {{ {pattern} }}")
    holds = f"COALESCE({' && '.join(held)}, false)" if held else "true"
    if path is None:
        yield Check(message, None, f"SELECT DISTINCT ?focus {{ {target} {value} FILTER(!{holds}) }}")
    elif held or "maxCount" in shape:
        yield Check(message, _iri(path), f"SELECT DISTINCT ?focus {{ {_at_fault(value, holds, shape)} {target} }}")


def _at_fault(value: str, holds: str, shape: _Shape) -> str:
    """The nodes with a value at fault or with too many. These are found before targets: they are few, targets many."""
    if "maxCount" not in shape:
        return f"{{ SELECT DISTINCT ?focus {{ {value} FILTER(!{holds}) }} }}"
    most = min(int(count.value) for count in shape["maxCount"])
    wrong = f"COUNT(DISTINCT ?value) > {most} || SUM(IF({holds}, 0, 1)) > 0"
    return f"{{ SELECT ?focus {{ {value} }} GROUP BY ?focus HAVING ({wrong}) }}"


def _iri(path: str) -> str:
    """The property's IRI, after a `^` if it is read backwards."""
    return path.replace("<", "").replace(">", "")


def _among(target: str, fault: str) -> str:
    return f"{{ SELECT DISTINCT ?focus {{ {fault} }} }} {target}"


# What a value must fulfil; an error of SPARQL means that it does not.


def _datatype(datatype: Node) -> str:
    is_of = f"DATATYPE(?value) = {datatype}"
    if isinstance(datatype, NamedNode) and datatype.value in _CAST:
        return f"{is_of} && sameTerm({datatype}(?value), {datatype}(?value))"
    return is_of


def _kind(kind: Node) -> str:
    name = kind.value.removeprefix(SH)
    if name not in _KINDS:
        raise OntologyError(f"shapes: sh:nodeKind {kind} is none of SHACL; use one of sh:{', sh:'.join(_KINDS)}")
    return _KINDS[name]


def _bound(sign: str) -> Callable[[Node], str]:
    return lambda bound: f"?value {sign} {bound}"


_VALUES: Mapping[str, Callable[[Node], str]] = {
    "datatype": _datatype,
    "nodeKind": _kind,
    "pattern": lambda pattern: f"!isBlank(?value) && REGEX(STR(?value), {pattern})",
    "minLength": lambda length: f"!isBlank(?value) && STRLEN(STR(?value)) >= {length}",
    "maxLength": lambda length: f"!isBlank(?value) && STRLEN(STR(?value)) <= {length}",
    **{name: _bound(sign) for name, sign in _BOUNDS.items()},
}


# What the values of a property must fulfil together or beside those of another.


def _fewest(target: str, value: str, count: Node) -> str:
    if int(count.value) == 1:
        return f"{target} MINUS {{ {value} }}"
    few = f"GROUP BY ?focus HAVING (COUNT(DISTINCT ?value) < {count})"
    return f"{{ SELECT ?focus {{ {target} OPTIONAL {{ {value} }} }} {few} }}"


def _compared(sign: str) -> Callable[[str, str, Node], str]:
    def pattern(target: str, value: str, other: Node) -> str:
        return _among(target, f"{_both(value, other)} FILTER(!COALESCE(?value {sign} ?other, false))")

    return pattern


def _disjoint(target: str, value: str, other: Node) -> str:
    return _among(target, f"{_both(value, other)} FILTER(sameTerm(?value, ?other))")


def _class(target: str, value: str, kind: Node) -> str:
    return _among(target, f"{value} MINUS {{ ?value <{_RDF}type> {kind} }}")


def _both(value: str, other: Node) -> str:
    """The values of two properties of one node, each read once and joined by hashing, not looked up one by one."""
    return f"{{ SELECT ?focus ?value {{ {value} }} }} {{ SELECT ?focus ?other {{ ?focus {other} ?other }} }}"


_PATTERNS: Mapping[str, Callable[[str, str, Node], str]] = {
    "minCount": _fewest,
    "class": _class,
    "disjoint": _disjoint,
    **{name: _compared(sign) for name, sign in _PAIRS.items()},
}


def _listed(head: Node, said: Mapping[object, dict[str, list[Node]]]) -> Iterator[Node]:
    """The members of an RDF list."""
    while isinstance(head, BlankNode):
        yield said[head][f"{_RDF}first"][0]
        head = said[head][f"{_RDF}rest"][0]


def _one(shape: _Shape, key: str, name: str) -> Node:
    if len(shape[key]) > 1:
        raise OntologyError(f"shapes: {name} has {len(shape[key])} values of sh:{key}; give one")
    return shape[key][0]


def _node(term: object) -> Node:
    assert isinstance(term, Node), "shapes are written without quoted triples"
    return term
