"""What a host's robots.txt allows, by the Robots Exclusion Protocol (RFC 9309), with Crawl-delay besides.

The longest pattern that fits decides, and allowing goes before forbidding; `*` stands for any characters, `$` for the
end. The parser of the standard library takes the first rule that fits and knows no patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

LIMIT = 500 * 1024
_MOST_RULES = 10_000
_PERCENT = re.compile(r"%[0-9a-fA-F]{2}")


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host for one crawler: (pattern, allowed), and the seconds between requests it asks for."""

    rules: tuple[tuple[str, bool], ...] = ()
    delay: float | None = None

    def allows(self, target: str) -> bool:
        """Whether path and query may be asked for."""
        wanted = _normal(target)
        found = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, wanted)]
        return max(found)[1] if found else True


@dataclass
class _Group:
    agents: set[str] = field(default_factory=set)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float | None = None


ALL = Robots()
NOTHING = Robots((("/", False),))


def parse(text: str, agent: str) -> Robots:
    """The rules for the crawler `agent` (its name, in any case), else those for all; what is no rule is passed over."""
    groups = list(_groups(text))
    name = agent.lower()
    chosen = [group for group in groups if name in group.agents] or [group for group in groups if "*" in group.agents]
    rules = [rule for group in chosen for rule in group.rules][:_MOST_RULES]
    return Robots(tuple(rules), max((group.delay for group in chosen if group.delay is not None), default=None))


def _groups(text: str) -> Iterator[_Group]:
    group, begun = _Group(), False
    for line in text[:LIMIT].lstrip("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            if begun:
                yield group
                group, begun = _Group(), False
            group.agents.add(value.split("/")[0].strip().lower())
        elif key in ("allow", "disallow"):
            begun = True
            if value:
                group.rules.append((_normal(value), key == "allow"))
        elif key == "crawl-delay":
            begun = True
            if re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
                group.delay = float(value)
    yield group


def _normal(path: str) -> str:
    """The path with everything percent-encoded in one way, so that `/a%3Cb` and `/a<b` are the same."""
    text = _PERCENT.sub(lambda match: _recoded(match.group()), path)
    return quote(text, safe="/%*$:@!&'()+,;=~-._?")


def _recoded(code: str) -> str:
    letter = unquote(code, errors="strict") if int(code[1:], 16) < 128 else ""
    return letter if letter.isalnum() or letter in tuple("-._~") else code.upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether the pattern fits the beginning of the path; in time proportional to the two lengths' product at most."""
    ends = pattern.endswith("$")
    pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if len(pieces) == 1:
        return not ends or at == len(path)
    last = pieces[-1]
    if ends:
        return len(path) - len(last) >= at and path.endswith(last)
    return path.find(last, at) >= 0
