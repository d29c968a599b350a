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
from geograph.readers.learned.pieces import TYPES, tokenizer_of
from geograph.readers.learned.windows import Pairs, Window

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

FOLDER = Path(__file__).parent / "network"
_BATCH = 16
_MOST_LOOKS = 16_384
"""Pairs times pieces that are judged at once; each takes two kilobytes."""
_MOST_PADDED = 1.3
"""Longest window of a batch as a multiple of the shortest."""
_TYPE = {EntityType(name): i for i, name in enumerate(TYPES)}


@dataclass(frozen=True)
class Encoded:
    """What the encoder makes of a window: `hidden` (pieces, size), and `tags`, the scores of each piece's tags."""

    hidden: NDArray[np.float32]
    tags: NDArray[np.float32]


@dataclass(frozen=True)
class Scores:
    """What the judge says of the pairs of a window, before sigmoid and softmax.

    `relations` (pairs, relations), `statuses` (pairs, relations, statuses), `weights` (pairs, pieces).
    """

    relations: NDArray[np.float32]
    statuses: NDArray[np.float32]
    weights: NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """A loaded network. `name` is a hash of its description, which holds those of its files.

    The share of right ones among relations with a score is `sigmoid(slope * score + offset)`, by Platt's scaling.
    """

    encoder: Any
    judge: Any
    tokenizer: Tokenizer
    relations: tuple[str, ...]
    slope: float
    offsets: NDArray[np.float32]
    name: str

    def encode(self, windows: Sequence[Window]) -> list[Encoded]:
        """The windows of one article, encoded, in their order."""
        found: dict[int, Encoded] = {}
        for places in _alike([len(window.pieces.ids) for window in windows]):
            batch = [windows[i].pieces for i in places]
            shape = (len(batch), max(len(pieces.ids) for pieces in batch))
            texts = {name: np.zeros(shape, np.int64) for name in ("ids", "mask", "cases")}
            for row, pieces in enumerate(batch):
                texts["ids"][row, : len(pieces.ids)] = pieces.ids
                texts["mask"][row, : len(pieces.ids)] = 1
                texts["cases"][row, : len(pieces.ids)] = pieces.cases
            hidden, tags = self.encoder.run(("hidden", "tags"), texts)
            for row, i in enumerate(places):
                size = len(windows[i].pieces.ids)
                found[i] = Encoded(hidden[row, :size], tags[row, :size])
        return [found[i] for i in range(len(windows))]

    def score(self, encoded: Sequence[Encoded], pairs: Sequence[Pairs]) -> list[Scores]:
        """The scores of the pairs of each window, in their order; every window has a pair."""
        found: dict[int, Scores] = {}
        for places in _alike([len(window.hidden) for window in encoded]):
            longest = max(len(encoded[i].hidden) for i in places)
            hidden = np.zeros((len(places), longest, encoded[places[0]].hidden.shape[1]), np.float32)
            mask = np.zeros((len(places), longest), np.int64)
            for row, i in enumerate(places):
                hidden[row, : len(encoded[i].hidden)] = encoded[i].hidden
                mask[row, : len(encoded[i].hidden)] = 1
            rows = np.array([pair for row, i in enumerate(places) for pair in _rows(row, pairs[i])], np.int64)
            parts = [
                self.judge.run(("relations", "statuses", "weights"), {"hidden": hidden, "mask": mask, "pairs": some})
                for some in np.array_split(rows, -(-len(rows) * longest // _MOST_LOOKS))
            ]
            relations, statuses, weights = (np.concatenate(part) for part in zip(*parts, strict=True))
            end = 0
            for i in places:
                start, end = end, end + len(pairs[i].pairs)
                size = len(encoded[i].hidden)
                found[i] = Scores(relations[start:end], statuses[start:end], weights[start:end, :size])
        return [found[i] for i in range(len(encoded))]


def _rows(row: int, pairs: Pairs) -> Iterator[tuple[int, ...]]:
    """Row of the window, first and last piece and type of subject and object of each pair."""
    ends = [(*span, _TYPE[mentions[0].type]) for span, mentions in zip(pairs.spans, pairs.ends, strict=True)]
    yield from ((row, *ends[i], *ends[j]) for i, j in pairs.pairs)


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


def is_there(folder: Path | None = None) -> bool:
    """Whether a network can be loaded: its files (without `folder` those that ship with geograph) and its packages."""
    files = (folder or FOLDER) / "model.json"
    return files.exists() and all(find_spec(package) for package in ("onnxruntime", "tokenizers"))


@cache
def load(folder: Path | None = None) -> Network:
    """The network of a folder, else the one that ships with geograph. Raises ReaderError where it is damaged."""
    import onnxruntime

    place = folder or FOLDER
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # a second thread took half as much again of the processors and saved no time
    try:
        settings = json.loads((place / "model.json").read_text("utf-8"))
        relations, fitted = tuple(settings["relations"]), settings["calibration"]
        slope, offsets = float(fitted["slope"]), np.array([fitted["offsets"][name] for name in relations], np.float32)
        encoder, judge = (
            onnxruntime.InferenceSession(
                _checked(place / name, settings),
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # its kernel takes longer than the parts: a quarter of all
            )
            for name in ("encoder.onnx", "pairs.onnx")
        )
        tokenizer = tokenizer_of(_checked(place / "tokenizer.json", settings))
        name = sha256((place / "model.json").read_bytes()).hexdigest()[:12]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReaderError(f"{place}: no usable network ({error}); train it again or install geograph again") from error
    return Network(encoder, judge, tokenizer, relations, slope, offsets, name)


def _checked(path: Path, settings: dict[str, Any]) -> Path:
    """The path, if the file is the one that training wrote. Raises ValueError."""
    if sha256(path.read_bytes()).hexdigest() != settings["files"][path.name]:
        raise ValueError(f"{path.name} is not the file that model.json names")
    return path
