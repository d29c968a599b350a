"""Which readers read: by name, and which of them by default."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from geograph.errors import ReaderError
from geograph.ontology import Ontology
from geograph.readers.protocol import Reader
from geograph.readers.rules.reader import rule_reader

BOTH = "rules+learned"


def default_readers(ontology: Ontology) -> tuple[Reader, ...]:
    """The readers that together score best of what is installed: rules, and beside them the learned reader."""
    from geograph.readers.learned.network import is_there

    return readers_of(BOTH if is_there() else "rules", ontology)


def readers_of(
    names: str, ontology: Ontology, others: Mapping[str, Callable[[], Reader]] | None = None
) -> tuple[Reader, ...]:
    """The readers of "rules", "learned", "both" or names joined by "+", in that order.

    `others` makes those that need more than an ontology, such as `llm`. Raises ReaderError for a name that is none,
    and for a reader whose packages or files are missing.
    """
    known: dict[str, Callable[[], Reader]] = {
        "rules": lambda: rule_reader(ontology),
        "learned": lambda: _learned(ontology),
        **(others or {}),
    }
    wanted = (BOTH if names == "both" else names).split("+")
    for name in wanted:
        if name not in known:
            raise ReaderError(f"{name!r} is no reader; give {', '.join(known)}, both, or several joined by +")
    return tuple(known[name]() for name in dict.fromkeys(wanted))


def _learned(ontology: Ontology) -> Reader:
    from geograph.readers.learned.network import is_there
    from geograph.readers.learned.reader import learned_reader

    if not is_there():
        raise ReaderError("the learned reader is not installed; run `pip install onnxruntime tokenizers`")
    return learned_reader(ontology)
