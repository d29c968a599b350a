"""The training corpus: drafts in, JSON lines out, and what makes it a good one, checked and counted.

python -m geograph.training.corpus draft FILE...                what is wrong with drafts
python -m geograph.training.corpus import FILE... --to NAME     sound drafts appended to corpus/NAME.jsonl
python -m geograph.training.corpus check [--gold FOLDER]        all passages against each other and gold texts; counts
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from geograph.ontology import load
from geograph.training.passages import Passage, PassageError, drafts, parse, read

_INSIDE = Path(__file__).parent / "corpus"
CORPUS = _INSIDE if _INSIDE.is_dir() else Path(__file__).parents[2] / "training" / "corpus"
"""The passages that ship with geograph: inside the installed package, or beside it in a checkout."""
_GRAM = 8
_NEAR = 0.5
"""Share of four-word runs in common from which two passages are the same again."""
SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])")


def passages(folder: Path = CORPUS) -> Iterator[Passage]:
    """All passages of the corpus, in the order of their files. Raises PassageError."""
    catalogue = load().relations
    for path in sorted(folder.glob("*.jsonl")):
        yield from read(path, catalogue)


def held_out(passage: Passage) -> bool:
    """Whether a passage is kept for measuring: a tenth of all, by id."""
    return int(passage.id[:4], 16) % 10 == 0


def given(path: Path) -> Iterator[Passage]:
    """The passages of a user's file: a draft, or JSON lines. Raises PassageError and OSError."""
    catalogue = load().relations
    try:
        if path.suffix == ".jsonl":
            yield from read(path, catalogue)
            return
        written = list(drafts(path))
    except UnicodeDecodeError as error:
        raise PassageError(f"{path}: not UTF-8; save it as UTF-8") from error
    if not written:
        raise PassageError(f"{path}: no passage begins with @wire or another register; see training/GUIDELINES.md")
    for number, (register, text, relations) in enumerate(written, 1):
        try:
            yield parse(sha256(text.encode()).hexdigest()[:12], register, text, relations, catalogue)
        except PassageError as error:
            raise PassageError(f"{path}, passage {number}: {error}") from error


def sentences(passage: Passage) -> int:
    """How many sentences a passage has, by its full stops."""
    return len(SENTENCE_END.split(passage.text))


def frame(passage: Passage) -> str:
    """The passage without its names: what is left is the way of saying it."""
    parts, end = [], 0
    for mention in passage.mentions:
        if mention.start >= end:
            parts += [passage.text[end : mention.start], mention.type]
            end = mention.end
    return " ".join(_words("".join((*parts, passage.text[end:]))))


def faults(found: Iterable[Passage], gold: Iterable[str] = ()) -> Iterator[str]:
    """What makes passages unfit beside each other: the same again, the same frame, eight words of a gold text."""
    known_grams = {gram for text in gold for gram in _grams(text, _GRAM)}
    frames: dict[str, str] = {}
    by_gram: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for passage in found:
        if passage.id in sizes:
            yield f"{passage.id}: the id stands there twice"
            continue
        if not known_grams.isdisjoint(_grams(passage.text, _GRAM)):
            yield f"{passage.id}: shares {_GRAM} words with a gold text"
        if (other := frames.setdefault(frame(passage), passage.id)) != passage.id:
            yield f"{passage.id}: the same frame as {other}"
        grams = set(_grams(passage.text, 4))
        shared = Counter(other for gram in grams for other in by_gram.get(gram, ()))
        for other, count in shared.most_common(1):
            if count >= _NEAR * min(len(grams), sizes[other]):
                yield f"{passage.id}: nearly {other}"
        for gram in grams:
            by_gram[gram].append(passage.id)
        sizes[passage.id] = max(len(grams), 1)


def counts(found: Iterable[Passage]) -> Iterator[str]:
    """How much of what the corpus holds, as lines: passages, sentences, mentions, relations, statuses, registers."""
    everything = list(found)
    relations: Counter[str] = Counter()
    ways: dict[str, set[str]] = defaultdict(set)
    statuses: Counter[str] = Counter()
    for passage in everything:
        for name in {related.relation for related in passage.relations}:
            relations[name] += 1
        for related in passage.relations:
            statuses[related.status] += 1
            ways[related.relation].add(_between(passage, related.subject, related.object))
    yield f"{len(everything)} passages, {sum(map(sentences, everything))} sentences, "
    yield f"{sum(len(p.mentions) for p in everything)} mentions, {sum(len(p.relations) for p in everything)} relations"
    yield f"without a relation: {sum(not p.relations for p in everything) / max(len(everything), 1):.0%}"
    yield "registers: " + ", ".join(f"{n} {c}" for n, c in Counter(p.register for p in everything).most_common())
    yield "statuses: " + ", ".join(f"{name} {count}" for name, count in statuses.most_common())
    for name, count in relations.most_common():
        yield f"  {name:18} {count:5} passages  {len(ways[name]):5} ways"


def _between(passage: Passage, subject: str, object: str) -> str:
    """The words between the two ends of a relation, without names: its way of saying it."""
    spans = {mention.id: mention for mention in passage.mentions}
    first, last = sorted((spans[subject], spans[object]), key=lambda mention: mention.start)
    return f"{first.id == subject} {' '.join(_words(passage.text[first.end : last.start]))}"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _grams(text: str, length: int) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    return zip(*(words[i:] for i in range(length)), strict=False)


def _drafted(
    paths: Iterable[Path], catalogue: Mapping[str, object]
) -> Iterator[tuple[Passage, dict[str, object]] | str]:
    """Each passage of drafts with its record, or what is wrong with it."""
    for path in paths:
        for number, (register, text, relations) in enumerate(drafts(path), 1):
            id = sha256(text.encode()).hexdigest()[:12]
            try:
                passage = parse(id, register, text, relations, catalogue)
            except PassageError as error:
                yield f"{path}, passage {number} ({text[:50]} …): {error}"
                continue
            yield passage, {"id": id, "register": register, "text": text, "relations": relations}


def main() -> int:
    """Runs the command line; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("draft", "import"):
        command = commands.add_parser(name)
        command.add_argument("files", nargs="+", type=Path)
        if name == "import":
            command.add_argument("--to", required=True)
    commands.add_parser("check").add_argument("--gold", type=Path)
    given = parser.parse_args()
    if given.command == "check":
        found = list(passages())
        gold = [path.read_text("utf-8") for path in sorted(given.gold.glob("*.txt"))] if given.gold else []
        wrong = list(faults(found, gold))
        print("\n".join((*counts(found), *wrong)))
        return bool(wrong)
    catalogue = load().relations
    results = list(_drafted(given.files, catalogue))
    wrong = [result for result in results if isinstance(result, str)]
    good = [result for result in results if not isinstance(result, str)]
    if given.command == "draft":
        wrong += faults(passage for passage, _ in good)
        print("\n".join((*counts(passage for passage, _ in good), *wrong)))
        return bool(wrong)
    unfit = {line.split(":")[0]: line for line in faults([*passages(), *(passage for passage, _ in good)])}
    CORPUS.mkdir(exist_ok=True)
    with (CORPUS / f"{given.to}.jsonl").open("a", encoding="utf-8") as file:
        for passage, record in good:
            if passage.id not in unfit:
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    print("\n".join((*wrong, *unfit.values())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
