"""How well words that refer back are resolved: the gold passages of tests/coreference, read and scored.

A gold file holds passages; each begins with a line `## name, date: title` (the title may be absent). In the text
`{she=Ada Moran}` marks words with whom they mean, `{they=Norway + Peru}` words that mean several, and `{it=-}` words
that must stay open: they mean nobody the article names, or a reader could not tell. An entity goes by a name that its
passage uses, or by its label.

    python tests/coreference_score.py [-v]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entity_factory import Resolved

    from geograph.model import Mention

GOLD = Path(__file__).parent / "coreference"
HELD_OUT = "held-out"

_HEAD = re.compile(r"## (?P<name>\S+), (?P<date>\d{4}-\d\d-\d\d)(?:: (?P<title>.+))?\n")
_MARK = re.compile(r"\{([^{}=]+)=([^{}=]+)\}")
_PRONOUNS = {
    "he, she": {"he", "him", "his", "himself", "she", "her", "hers", "herself"},
    "it": {"it", "its", "itself"},
    "they": {"they", "them", "their", "theirs", "themselves"},
    "I": {"i", "me", "my", "mine", "myself"},
    "we": {"we", "us", "our", "ours", "ourselves"},
}
_NOUNS = {
    "several": {"two", "three", "pair", "leaders", "countries", "sides", "parties", "ministers", "side"},
    "country": {"country", "nation", "kingdom", "north", "republic"},
    "body": {"group", "bloc", "alliance", "agency", "ministry", "fund", "organisation", "watchdog", "company"},
    "counterpart": {"counterpart"},
}


@dataclass(frozen=True)
class Anaphor:
    """Words that refer back and the names of those they mean, none where they must stay open."""

    start: int
    end: int
    words: str
    meant: frozenset[str]

    @property
    def kind(self) -> str:
        """The kind of words, as the table lists it."""
        lower = self.words.lower().split()
        if len(lower) == 1:
            for kind, members in _PRONOUNS.items():
                if lower[0] in members:
                    return kind
        for kind, members in _NOUNS.items():
            if members & set(lower):
                return kind
        return "office" if lower[0] == "the" and not self.words.split()[-1].isupper() else "name"


@dataclass(frozen=True)
class Passage:
    """A text of the gold without its marks, and what was marked."""

    name: str
    text: str
    published: date
    title: str | None
    anaphors: tuple[Anaphor, ...]


def passages(*names: str) -> Iterator[Passage]:
    """The gold passages of the files so named; without names all but the held-out ones."""
    for path in sorted(GOLD.glob("*.txt")):
        if path.stem in names or (not names and path.stem != HELD_OUT):
            yield from parse(path.read_text(encoding="utf-8"))


def parse(source: str) -> Iterator[Passage]:
    """The passages of one gold file.

    >>> [passage] = parse("## a-1, 2031-01-01\\nNorway said {it=Norway} left.\\n")
    >>> passage.text, passage.anaphors[0].words, passage.anaphors[0].start
    ('Norway said it left.', 'it', 12)
    """
    heads = list(_HEAD.finditer(source))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        marked = source[head.end() : following.start() if following else None].strip()
        text, anaphors = "", []
        edge = 0
        for mark in _MARK.finditer(marked):
            text += marked[edge : mark.start()]
            meant = frozenset(name.strip() for name in mark[2].split("+")) - {"-"}
            anaphors.append(Anaphor(len(text), len(text) + len(mark[1]), mark[1], meant))
            text += mark[1]
            edge = mark.end()
        day = date.fromisoformat(head["date"])
        yield Passage(head["name"], text + marked[edge:], day, head["title"], tuple(anaphors))


@dataclass
class Score:
    """How many words were resolved rightly, wrongly or not at all; those to stay open apart."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    open_kept: int = 0
    open_filled: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(*(getattr(self, name) + getattr(other, name) for name in vars(self)))

    @property
    def precision(self) -> float:
        """The share of right ones among all that were resolved, also those that were to stay open."""
        resolved = self.right + self.wrong + self.open_filled
        return self.right / resolved if resolved else 1.0

    @property
    def recall(self) -> float:
        """The share of right ones among all that mean somebody."""
        meaning = self.right + self.wrong + self.missed
        return self.right / meaning if meaning else 1.0


@dataclass
class Scores:
    """The scores by kind of words, and what went wrong, to be read."""

    kinds: dict[str, Score] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    @property
    def total(self) -> Score:
        """The score over all kinds."""
        return sum(self.kinds.values(), Score())

    def note(self, passage: Passage, anaphor: Anaphor, found: frozenset[str], meant: frozenset[str]) -> None:
        """Count one marked stretch of words."""
        score = self.kinds.setdefault(anaphor.kind, Score())
        if anaphor.meant:
            outcome = "missed" if not found else "right" if found == meant else "wrong"
        else:
            outcome = "open_filled" if found else "open_kept"
        setattr(score, outcome, getattr(score, outcome) + 1)
        if outcome not in ("right", "open_kept"):
            around = passage.text[max(0, anaphor.start - 50) : anaphor.start]
            around += f"[{anaphor.words}]" + passage.text[anaphor.end : anaphor.end + 25]
            said, wanted = "+".join(sorted(found)) or "-", "+".join(sorted(meant)) or "-"
            self.errors.append(f"{passage.name} {outcome}: {said}, not {wanted}: {' '.join(around.split())}")

    def table(self) -> str:
        """The scores as a table, one kind a line."""
        lines = [f"{'kind':12}{'right':>7}{'wrong':>7}{'missed':>7}{'kept':>7}{'filled':>7}{'P':>7}{'R':>7}"]
        for kind, score in [*sorted(self.kinds.items()), ("all", self.total)]:
            counts = "".join(f"{number:7}" for number in vars(score).values())
            lines.append(f"{kind:12}{counts}{score.precision:7.3f}{score.recall:7.3f}")
        return "\n".join(lines)


def score(gold: Iterable[Passage], read: Callable[..., Resolved]) -> Scores:
    """The scores of a reader over gold passages."""
    scores = Scores()
    for passage in gold:
        resolved = read(passage.text, passage.published, passage.title)
        for anaphor in passage.anaphors:
            meant = frozenset(_key(resolved, name) for name in anaphor.meant)
            scores.note(passage, anaphor, _found(resolved.mentions, anaphor), meant)
    return scores


def _key(resolved: Resolved, name: str) -> str:
    """The key of the entity of a name: as the passage first uses it, else by label; the name itself if none has it."""
    for mention in resolved.mentions:
        if mention.text == name and mention.entity and mention.via in ("name", "demonym", "metonym"):
            return mention.entity
    return next((key for key, entity in sorted(resolved.entities.items()) if entity.label == name), name)


def _found(mentions: Iterable[Mention], anaphor: Anaphor) -> frozenset[str]:
    """What the longest mention says that lies within the words and ends as they do."""
    inside = [
        m for m in mentions if m.entity and anaphor.start <= m.span.start < anaphor.end and m.span.end == anaphor.end
    ]
    first = min((m.span.start for m in inside), default=0)
    return frozenset(m.entity for m in inside if m.span.start == first and m.entity)


def main(*arguments: str) -> None:
    """Print the tables of the passages for tuning and of the held-out ones; with -v also each error of the former."""
    from entity_factory import reader

    from geograph.annotate import load_pipeline

    read = reader(load_pipeline())
    for name, chosen in (("for tuning", ()), ("held out", (HELD_OUT,))):
        found = score(passages(*chosen), read)
        print(f"{name}\n{found.table()}\n")
        if "-v" in arguments and not chosen:
            print("\n".join(found.errors), end="\n\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
