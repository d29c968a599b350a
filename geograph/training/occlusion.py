"""Whether the word that a learned claim gives as its trigger carried it: every word that could be it is masked in turn.

python -m geograph.training.occlusion [--network FOLDER]

The word whose masking takes most from the score of the relation carried it (Li, Monroe and Jurafsky 2016,
https://arxiv.org/abs/1612.08220). Prints how often it is the trigger that the reader chose by what the pair looked at:
on held-out passages, among all verbs, nouns and adjectives of the sentence and among those near the path of the ends.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geograph.annotate import annotate, load_pipeline
from geograph.entities.gazetteer import load as load_gazetteer
from geograph.model import Article
from geograph.ontology import load
from geograph.pipeline import understand
from geograph.readers.events import trigger_span
from geograph.readers.learned.network import Network
from geograph.readers.learned.pieces import Pieces
from geograph.readers.learned.reader import LearnedReader, learned_reader
from geograph.readers.learned.trigger import tellers
from geograph.readers.learned.windows import Window, pairs_in, windows
from geograph.readers.protocol import Frame, Reading
from geograph.syntax import Token
from geograph.training.corpus import held_out, passages

_MASK = "[MASK]"


def claimed(reader: LearnedReader, reading: Reading) -> Iterator[Frame]:
    """The frames of the claims that the reader makes."""
    kept = {(c.relation, c.subject_span, c.object_span, c.trigger_span) for c in reader.read(reading)}
    for judged in reader.judge(reading):
        frame = judged.frame
        if (frame.relation, frame.subject.span, frame.object.span, trigger_span(frame)) in kept:
            yield frame


def losses(network: Network, reading: Reading, frame: Frame) -> dict[int, float]:
    """What masking each word that could be the trigger takes from the relation's score, in logits, by token index."""
    sentence = frame.predicate.sent
    window = next(
        window
        for window in windows(reading.doc, network.tokenizer)
        if any(span.start == sentence.start_char for span in window.sentences)
    )
    whole = _score(network, reading, window, frame)
    mask = network.tokenizer.get_vocab()[_MASK]
    found = tellers(reading, frame.subject.span, frame.object.span)
    return {token.i: whole - _score(network, reading, _masked(window, token, mask), frame) for token, _ in found}


def _masked(window: Window, token: Token, mask: int) -> Window:
    """The window with the pieces of a word replaced by `mask`; their case is not told either."""
    pieces, start = window.pieces, token.idx - window.start
    at = pieces.span(start, start + len(token))
    if at is None:
        return window
    hidden = range(at[0], at[1] + 1)
    ids = tuple(mask if i in hidden else id for i, id in enumerate(pieces.ids))
    cases = tuple(0 if i in hidden else case for i, case in enumerate(pieces.cases))
    return replace(window, pieces=Pieces(ids, pieces.offsets, cases))


def _score(network: Network, reading: Reading, window: Window, frame: Frame) -> float:
    pairs = pairs_in(reading, window)
    subject, object_ = (
        next(i for i, mentions in enumerate(pairs.ends) if end in mentions) for end in (frame.subject, frame.object)
    )
    (scores,) = network.score(network.encode([window]), [replace(pairs, pairs=((subject, object_),))])
    return float(scores.relations[0, network.relations.index(frame.relation)])


def _agreement(judged: Iterable[tuple[int, dict[int, float]]]) -> str:
    """How often the trigger is the word that lost most, of the claims that leave a choice, and by chance."""
    choices = [(trigger, lost) for trigger, lost in judged if len(lost) > 1 and trigger in lost]
    same = sum(trigger == max(lost, key=lambda i: (lost[i], -i)) for trigger, lost in choices)
    chance = sum(1 / len(lost) for _, lost in choices)
    share, guessed = (count / max(len(choices), 1) for count in (same, chance))
    return f"{same} of {len(choices)} ({share:.2f}; {guessed:.2f} by chance)"


def main() -> int:
    """Runs the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", type=Path, help="folder of a network; else the one that ships with geograph")
    given = parser.parse_args()
    ontology = load()
    reader, gazetteer = learned_reader(ontology, given.network), load_gazetteer(ontology)
    articles = [Article(passage.id, passage.text) for passage in passages() if held_out(passage)]
    every: list[tuple[int, dict[int, float]]] = []
    near: list[tuple[int, dict[int, float]]] = []
    for article, parsed in annotate(articles, load_pipeline()):
        reading = understand(article, parsed, gazetteer, ontology, reader)
        for frame in claimed(reader, reading):
            lost = losses(reader.network, reading, frame)
            close = {t.i for t, _ in tellers(reading, frame.subject.span, frame.object.span, near=True)}
            every.append((frame.predicate.i, lost))
            near.append((frame.predicate.i, {i: loss for i, loss in lost.items() if i in close}))
    print(f"{len(every)} claims; of those with several words to choose from, the trigger is the one that carried it:")
    print(f"    of all words of the sentence {_agreement(every)}")
    print(f"    of the words near the path between the ends {_agreement(near)}")
    carried = sum(lost[trigger] > 0 for trigger, lost in every)
    print(f"    masking the trigger lowers the score in {carried} of {len(every)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
