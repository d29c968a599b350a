"""Reads `ontologies/`: relations, word classes, prefixes and the gazetteer's Turtle. Nothing else reads it.

Relations are data: one Turtle block in `relations.ttl` is all that a relation needs. Further folders given to
`load` add blocks, or replace those of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from geograph.errors import OntologyError
from geograph.model import EntityType
from geograph.vocabulary import BASE, STANDARD_PREFIXES

GG = f"{BASE}ns#"
FTM = "https://w3id.org/ftm#"
_RDF_TYPE = STANDARD_PREFIXES["rdf"] + "type"
_RDFS = STANDARD_PREFIXES["rdfs"]
_SKOS = STANDARD_PREFIXES["skos"]

ACTOR_TYPES = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP})


@dataclass(frozen=True)
class Relation:
    """One relation of the catalogue. `name` is its local name, as in `gg:meets`.

    `score` is its conflict-cooperation score from -10 (conflict) to +10 (cooperation), None for states.
    `family` groups relations for colour and legend. `accompanies` names relations that the same sentence may tell too.
    `tells_of` is the class of events that facts of several relations tell of together.
    """

    name: str
    label: str
    comment: str
    domain: frozenset[EntityType]
    range: frozenset[EntityType]
    kind: str
    symmetric: bool
    inverse: str | None
    plover: str | None
    cameo: str | None
    score: float | None
    colour: str
    family: str
    triggers: tuple[str, ...]
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    accompanies: frozenset[str]
    tells_of: str | None = None

    @property
    def is_state(self) -> bool:
        """Whether it holds over a time (office, membership, control) rather than happens."""
        return self.kind == "state"


def default_folder() -> Path:
    """The ontologies that ship with geograph: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "ontologies"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "ontologies"


@dataclass(frozen=True)
class Ontology:
    """What the folders say, read on demand. The later folder wins where two describe the same relation.

    `gazetteers` are files of users with further entities (`geograph.lists`).
    """

    folders: tuple[Path, ...]
    gazetteers: tuple[Path, ...] = ()

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """Every relation by name, sorted."""
        classes = self.classes
        found: dict[str, Relation] = {}
        for path in self._files("*.ttl"):
            found.update((relation.name, relation) for relation in _relations(path, classes))
        if not found:
            raise OntologyError(f"{self.folders[-1]}: no relation found; give a folder with a relations.ttl")
        return dict(sorted(found.items()))

    @cached_property
    def classes(self) -> Mapping[str, frozenset[EntityType]]:
        """The entity types that each class below `gg:Entity` joins: what a domain or range can name."""
        below: dict[str, set[str]] = {}
        for path in self._files("*.ttl"):
            for triple in turtle(path):
                if triple.predicate.value == _RDFS + "subClassOf" and _text(triple.object).startswith(GG):
                    below.setdefault(_local(triple.object), set()).add(_local(triple.subject))
        return {name: _types(name, below) for name in ("Entity", *sorted(_under("Entity", below)))}

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """Every word class (`gg:WordClass`) by its name in capitals; classes of one name are joined."""
        found: dict[str, set[str]] = {}
        for path in self._files("words/*.ttl"):
            names: dict[str, str] = {}
            words: dict[str, set[str]] = {}
            for triple in turtle(path):
                subject, predicate, value = str(triple.subject), _local(triple.predicate), _text(triple.object)
                if predicate == "className":
                    names[subject] = value
                elif predicate == "word":
                    words.setdefault(subject, set()).add(value)
            for subject, name in names.items():
                found.setdefault(name, set()).update(words.get(subject, ()))
        return {name: frozenset(words) for name, words in sorted(found.items())}

    @cached_property
    def schemas(self) -> Mapping[str, EntityType]:
        """The FollowTheMoney schemas that are read from users' lists, with the types that they are aligned with."""
        matches = {_SKOS + name for name in ("closeMatch", "narrowMatch")}
        return {
            _text(triple.object).removeprefix(FTM): EntityType(_local(triple.subject))
            for path in self._files("*.ttl")
            for triple in turtle(path)
            if triple.predicate.value in matches
            and _text(triple.object).startswith(FTM)
            and _local(triple.subject) in list(EntityType)
        }

    @cached_property
    def quad_classes(self) -> Mapping[str, int]:
        """The quad class (1 to 4) of each PLOVER category, by its notation, such as "SANCTION"."""
        said = self._said(GG + "quadClass", _SKOS + "notation")
        return {each[_SKOS + "notation"]: int(each[GG + "quadClass"]) for each in said.values() if len(each) == 2}

    @cached_property
    def ftm_schemata(self) -> Mapping[str, str]:
        """The FollowTheMoney schema that comes closest to each of our classes and relations, by local names."""
        said = self._said(_SKOS + "closeMatch", below=FTM)
        return {name: each[_SKOS + "closeMatch"].removeprefix(FTM) for name, each in said.items()}

    def _said(self, *predicates: str, below: str = "") -> dict[str, dict[str, str]]:
        """What is said of each of our terms with some predicates, where the value begins with `below`."""
        found: dict[str, dict[str, str]] = {}
        for path in self._files("*.ttl"):
            for triple in turtle(path):
                if triple.predicate.value in predicates and _text(triple.object).startswith(below):
                    found.setdefault(_local(triple.subject), {})[triple.predicate.value] = _text(triple.object)
        return dict(sorted(found.items()))

    def gazetteer_files(self) -> tuple[Path, ...]:
        """The Turtle files of the gazetteer, in reading order."""
        return tuple(self._files("gazetteer/*.ttl"))

    @cached_property
    def version(self) -> str:
        """The first 12 digits of the hash of every file: what a claim's `version` says of the ontology."""
        digest = sha256()
        for path in self._files("**/*.ttl"):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        for content in sorted(path.read_bytes() for path in self.gazetteers):
            digest.update(content)
        return digest.hexdigest()[:12]

    def _files(self, pattern: str) -> Iterator[Path]:
        for folder in self.folders:
            yield from sorted(folder.glob(pattern))


def load(folders: Iterable[Path] = (), gazetteers: Iterable[Path] = ()) -> Ontology:
    """The ontology of geograph, with the blocks of further `folders` and the entities of `gazetteers` added.

    Raises OntologyError for a missing folder or file.
    """
    extra = tuple(folders)
    for folder in extra:
        if not folder.is_dir():
            raise OntologyError(f"{folder}: no such folder; --ontology takes a folder with Turtle files")
    lists = tuple(gazetteers)
    for file in lists:
        if not file.is_file():
            raise OntologyError(f"{file}: no such file; --gazetteer takes a CSV file or FollowTheMoney JSON lines")
    return Ontology((default_folder(), *extra), lists)


def turtle(path: Path) -> Iterator[Triple]:
    """The triples of a Turtle file. Raises OntologyError naming file and line."""
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            yield quad.triple
    except (OSError, SyntaxError, ValueError) as error:
        raise OntologyError(f"{path}: {error}") from error


def _local(node: object) -> str:
    iri = node.value if isinstance(node, NamedNode) else ""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def _text(node: object) -> str:
    return node.value if isinstance(node, (Literal, NamedNode)) else str(node)


def _under(name: str, below: Mapping[str, set[str]], seen: frozenset[str] = frozenset()) -> set[str]:
    direct = below.get(name, set()) - seen
    return direct.union(*(_under(child, below, seen | {name}) for child in direct))


def _types(name: str, below: Mapping[str, set[str]]) -> frozenset[EntityType]:
    named = _under(name, below) | {name}
    return frozenset(kind for kind in EntityType if kind in named)


def _relations(path: Path, classes: Mapping[str, frozenset[EntityType]]) -> Iterator[Relation]:
    blocks: dict[str, dict[str, list[str]]] = {}
    kinds: dict[str, set[str]] = {}
    for triple in turtle(path):
        subject = _text(triple.subject)
        if not subject.startswith(GG):
            continue
        predicate = triple.predicate.value
        if predicate == _RDF_TYPE:
            kinds.setdefault(subject, set()).add(_local(triple.object))
        else:
            key = predicate.removeprefix(GG).removeprefix(_RDFS)
            blocks.setdefault(subject, {}).setdefault(key, []).append(_text(triple.object))
    for subject, types in kinds.items():
        if "Relation" in types:
            yield _relation(path, subject, types, blocks.get(subject, {}), classes)


def _relation(
    path: Path,
    iri: str,
    types: set[str],
    block: Mapping[str, list[str]],
    classes: Mapping[str, frozenset[EntityType]],
) -> Relation:
    name = iri.removeprefix(GG)

    def one(key: str) -> str | None:
        values = block.get(key, [])
        if len(values) > 1:
            raise OntologyError(f"{path}: gg:{name} has {len(values)} values of {key}; give one")
        return values[0] if values else None

    def needed(key: str) -> str:
        value = one(key)
        if value is None:
            raise OntologyError(f"{path}: gg:{name} lacks {key}; add it to its block")
        return value

    def ends(key: str) -> frozenset[EntityType]:
        found: set[EntityType] = set()
        for value in block.get(key, [GG + "Entity"]):
            local = value.removeprefix(GG)
            if local not in classes:
                raise OntologyError(
                    f"{path}: gg:{name} has the unknown {key} gg:{local}; use one of {', '.join(classes)}"
                )
            found |= classes[local]
        return frozenset(found)

    def names(key: str) -> list[str]:
        return [value.removeprefix(GG) for value in block.get(key, [])]

    score = one("score")
    inverse = one("inverse")
    return Relation(
        name=name,
        label=needed("label"),
        comment=one("comment") or "",
        domain=ends("domain"),
        range=ends("range"),
        kind="state" if "State" in types else "event",
        symmetric="Symmetric" in types,
        inverse=inverse,
        plover=one("plover"),
        cameo=one("cameo"),
        score=float(score) if score is not None else None,
        colour=one("colour") or "#667085",
        family=one("family") or "other",
        triggers=tuple(sorted(block.get("trigger", []))),
        examples=tuple(sorted(block.get("example", []))),
        counter_examples=tuple(sorted(block.get("counterExample", []))),
        accompanies=frozenset(names("accompanies")),
        tells_of=next(iter(names("tellsOf")), None),
    )
