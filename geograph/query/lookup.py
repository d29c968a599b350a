"""Which entity or relation a word means; where none, the nearest are named."""

from __future__ import annotations

from collections.abc import Iterable

from geograph.errors import QueryError
from geograph.model import Entity
from geograph.ontology import load
from geograph.store import Store


def find_entity(store: Store, name: str) -> str:
    """The key of the entity with this key, IRI, label or alias; capitals do not matter where none fits exactly.

    Raises QueryError for a name that none has, with the nearest labels, and for one that several have.
    """
    key = name.removeprefix(store.vocabulary.entity("")).removeprefix("id:")
    entities = {entity.key: entity for entity in store.entities()}
    if key in entities:
        return key
    wanted = " ".join(name.split())
    for fold in (str, str.casefold):
        for forms in (_labels, _aliases):
            found = [entity for entity in entities.values() if fold(wanted) in map(fold, forms(entity))]
            if len(found) == 1:
                return found[0].key
            if found:
                keys = ", ".join(f"{entity.key} ({entity.label})" for entity in found[:8])
                raise QueryError(f"{name!r} may be {keys}; give one of these keys")
    raise QueryError(f"no entity {name!r} in the store{_or_nearest(name, entities.values())}")


def _labels(entity: Entity) -> tuple[str, ...]:
    return (entity.label,)


def _aliases(entity: Entity) -> tuple[str, ...]:
    return entity.aliases


def _or_nearest(name: str, entities: Iterable[Entity]) -> str:
    from rapidfuzz import fuzz, process

    forms = {form: entity.label for entity in entities for form in (entity.label, *entity.aliases)}
    near = process.extract(name, sorted(forms), scorer=fuzz.WRatio, limit=12, score_cutoff=60, processor=str.casefold)
    labels = list(dict.fromkeys(forms[form] for form, _, _ in near))[:3]
    return f"; did you mean {' or '.join(labels)}?" if labels else ""


def find_relation(store: Store, name: str) -> str:
    """The name of a relation of the catalogue or the store. Raises QueryError with the nearest for any other."""
    from rapidfuzz import fuzz, process

    wanted = name.removeprefix(store.vocabulary.ns).removeprefix("gg:")
    known = sorted(load().relations.keys() | store.relation_names())
    for fold in (str, str.casefold):
        for each in known:
            if fold(each) == fold(wanted):
                return each
    near = [each for each, _, _ in process.extract(wanted, known, scorer=fuzz.WRatio, limit=3, score_cutoff=60)]
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    raise QueryError(f"no relation {name!r}{hint or '; `geograph relations` lists them'}")
