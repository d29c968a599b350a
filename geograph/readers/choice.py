"""Which readers read: by name, and which of them by default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from geograph.errors import ReaderError
from geograph.ontology import Ontology
from geograph.readers.protocol import Reader
from geograph.readers.rules.reader import rule_reader

BOTH = "rules+learned"


def default_readers(ontology: Ontology, network: Path | None = None) -> tuple[Reader, ...]:
    """The readers that together score best of what is installed: rules, and beside them the learned reader.

    Raises ReaderError where a `network` of your own cannot be read.
    """
    from geograph.readers.learned.network import is_there

    return readers_of(BOTH if network is not None or is_there() else "rules", ontology, network=network)


def readers_of(
    names: str,
    ontology: Ontology,
    others: Mapping[str, Callable[[], Reader]] | None = None,
    *,
    network: Path | None = None,
) -> tuple[Reader, ...]:
    """The readers of "rules", "learned", "both" or names joined by "+", in that order.

    `others` makes those that need more than an ontology, such as `llm`; `network` is the folder of a network of your
    own. Raises ReaderError for a name that is none, and for a reader whose packages or files are missing.
    """
    known: dict[str, Callable[[], Reader]] = {
        "rules": lambda: rule_reader(ontology),
        "learned": lambda: _learned(ontology, network),
        **(others or {}),
    }
    wanted = [name for part in names.split("+") for name in (BOTH if part == "both" else part).split("+")]
    for name in wanted:
        if name not in known:
            raise ReaderError(f"{name!r} is no reader; give {', '.join(known)}, both, or several joined by +")
    return tuple(known[name]() for name in dict.fromkeys(wanted))


def _learned(ontology: Ontology, network: Path | None) -> Reader:
    from geograph.readers.learned.network import is_there
    from geograph.readers.learned.reader import learned_reader

    if not is_there(network):
        where = f"no trained network in {network}" if network else "its network or packages are not installed"
        raise ReaderError(
            f"the learned reader cannot read: {where}; train one with `geograph train`, or give --reader rules"
        )
    return learned_reader(ontology, network)
