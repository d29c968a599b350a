"""The trained network: one ONNX file that scores windows, with its relations and calibration inside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geograph.model import EntityType
from geograph.readers.learned.pieces import TYPES
from geograph.readers.learned.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

MODEL = Path(__file__).parent / "model.onnx"
VOCABULARY = Path(__file__).parent / "tokenizer.json"
_BATCH = 16
_TYPE = {EntityType(name): i for i, name in enumerate(TYPES)}


@dataclass(frozen=True)
class Scores:
    """What the network says of a window, before sigmoid and softmax.

    `relations` (pairs, relations), `statuses` (pairs, relations, statuses), `weights` (pairs, pieces).
    """

    relations: NDArray[np.float32]
    statuses: NDArray[np.float32]
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """A loaded network. `settings` is what training wrote beside the weights."""

    session: Any
    tokenizer: Tokenizer
    relations: tuple[str, ...]
    settings: dict[str, Any]

    def scores(self, windows: Sequence[Window]) -> list[Scores]:
        """The scores of each window, in their order."""
        order = sorted(range(len(windows)), key=lambda i: (len(windows[i].pieces.ids), i))
        found: list[Scores | None] = [None] * len(windows)
        for begin in range(0, len(order), _BATCH):
            places = order[begin : begin + _BATCH]
            tensors = _tensors([windows[i] for i in places])
            relations, statuses, weights = self.session.run(("relations", "statuses", "weights"), tensors)
            for row, i in enumerate(places):
                pairs, pieces = len(windows[i].pairs), len(windows[i].pieces.ids)
                found[i] = Scores(relations[row, :pairs], statuses[row, :pairs], weights[row, :pairs, :pieces])
        return [scores for scores in found if scores is not None]


def _tensors(windows: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    length = max(len(window.pieces.ids) for window in windows)
    mentions = max(len(window.spans) for window in windows)
    pairs = max(len(window.pairs) for window in windows)
    tensors = {
        "ids": np.zeros((len(windows), length), np.int64),
        "mask": np.zeros((len(windows), length), np.int64),
        "cases": np.zeros((len(windows), length), np.int64),
        "spans": np.zeros((len(windows), mentions, 2), np.int64),
        "types": np.zeros((len(windows), mentions), np.int64),
        "pairs": np.zeros((len(windows), pairs, 2), np.int64),
    }
    for row, window in enumerate(windows):
        size = len(window.pieces.ids)
        tensors["ids"][row, :size] = window.pieces.ids
        tensors["mask"][row, :size] = 1
        tensors["cases"][row, :size] = window.pieces.cases
        tensors["spans"][row, : len(window.spans)] = window.spans
        tensors["types"][row, : len(window.ends)] = [_TYPE[ends[0].type] for ends in window.ends]
        tensors["pairs"][row, : len(window.pairs)] = window.pairs
    return tensors


def is_there() -> bool:
    """Whether the network can be loaded: its files and the packages that it needs."""
    return MODEL.exists() and all(find_spec(package) for package in ("onnxruntime", "tokenizers"))


@cache
def load(model: Path = MODEL, vocabulary: Path = VOCABULARY) -> Network:
    """The network of a file, ready to score. Raises ImportError and OSError."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(vocabulary))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    written = session.get_modelmeta().custom_metadata_map
    return Network(session, tokenizer, tuple(written["relations"].split()), json.loads(written.get("settings", "{}")))
