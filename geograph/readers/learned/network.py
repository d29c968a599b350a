"""The trained network: an encoder of pieces and a judge of pairs, as ONNX files beside this module."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from geograph.errors import ReaderError
from geograph.model import EntityType
from geograph.readers.learned.pieces import TYPES
from geograph.readers.learned.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent / "network"
_BATCH = 16
_MOST_PADDED = 1.3
"""Longest window of a batch as a multiple of the shortest."""
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
    """A loaded network. `name` is a hash of its files.

    The share of right ones among relations with a score is `sigmoid(slope * score + offset)`, by Platt's scaling.
    """

    encoder: Any
    judge: Any
    tokenizer: Tokenizer
    relations: tuple[str, ...]
    slope: float
    offsets: NDArray[np.float32]
    name: str

    def scores(self, windows: Sequence[Window]) -> list[Scores]:
        """The scores of each window, in their order."""
        found: dict[int, Scores] = {}
        for places in _alike([len(window.pieces.ids) for window in windows]):
            batch = [windows[i] for i in places]
            texts = _texts(batch)
            (hidden,) = self.encoder.run(("hidden",), texts)
            pairs = {"hidden": hidden, "mask": texts["mask"], "pairs": _pairs(batch)}
            relations, statuses, weights = self.judge.run(("relations", "statuses", "weights"), pairs)
            end = 0
            for i, window in zip(places, batch, strict=True):
                begin_, end = end, end + len(window.pairs)
                size = len(window.pieces.ids)
                found[i] = Scores(relations[begin_:end], statuses[begin_:end], weights[begin_:end, :size])
        return [found[i] for i in range(len(windows))]


def _alike(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The places of windows of like length, so that little is computed for padding."""
    places: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: (lengths[i], i)):
        if places and (len(places) == _BATCH or lengths[i] > _MOST_PADDED * lengths[places[0]]):
            yield places
            places = []
        places.append(i)
    if places:
        yield places


def _texts(windows: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    shape = (len(windows), max(len(window.pieces.ids) for window in windows))
    ids, mask, cases = (np.zeros(shape, np.int64) for _ in range(3))
    for row, window in enumerate(windows):
        size = len(window.pieces.ids)
        ids[row, :size] = window.pieces.ids
        mask[row, :size] = 1
        cases[row, :size] = window.pieces.cases
    return {"ids": ids, "mask": mask, "cases": cases}


def _pairs(windows: Sequence[Window]) -> NDArray[np.int64]:
    """Row of the text, first and last piece and type of subject and object of each pair."""
    rows = []
    for row, window in enumerate(windows):
        ends = [(*span, _TYPE[mentions[0].type]) for span, mentions in zip(window.spans, window.ends, strict=True)]
        rows += [(row, *ends[i], *ends[j]) for i, j in window.pairs]
    return np.array(rows, np.int64)


def is_there(folder: Path | None = None) -> bool:
    """Whether a network can be loaded: its files (without `folder` those that ship with geograph) and its packages."""
    files = (folder or FOLDER) / "model.json"
    return files.exists() and all(find_spec(package) for package in ("onnxruntime", "tokenizers"))


@cache
def load(folder: Path | None = None) -> Network:
    """The network of a folder, else the one that ships with geograph. Raises ReaderError where it is damaged."""
    import onnxruntime
    from tokenizers import Tokenizer

    place = folder or FOLDER
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        settings = json.loads((place / "model.json").read_text("utf-8"))
        relations, fitted = tuple(settings["relations"]), settings["calibration"]
        offsets = np.array([fitted["offsets"][name] for name in relations], np.float32)
        encoder, judge = (
            onnxruntime.InferenceSession(_checked(place / name, settings), options, providers=["CPUExecutionProvider"])
            for name in ("encoder.onnx", "pairs.onnx")
        )
        tokenizer = Tokenizer.from_file(str(_checked(place / "tokenizer.json", settings)))
    except (OSError, ValueError, KeyError) as error:
        raise ReaderError(f"{place}: no usable network ({error}); train it again or install geograph again") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    name = sha256("".join(sorted(settings["files"].values())).encode()).hexdigest()[:12]
    return Network(encoder, judge, tokenizer, relations, fitted["slope"], offsets, name)


def _checked(path: Path, settings: dict[str, Any]) -> Path:
    """The path, if the file is the one that training wrote. Raises ValueError."""
    if sha256(path.read_bytes()).hexdigest() != settings["files"][path.name]:
        raise ValueError(f"{path.name} is not the file that model.json names")
    return path
