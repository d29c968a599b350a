"""The one file of decisions, `curation.toml` beside the store: TOML that people read, edit and keep in version control.

geograph adds a block at the end or takes one out, and leaves every other byte, comments included, as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from geograph.curation.conflicts import conflict
from geograph.curation.curation import Curation
from geograph.curation.decisions import (
    ClaimReference,
    Decision,
    Distinct,
    Hide,
    Judge,
    Judgement,
    Merge,
    Rename,
    Retype,
    Verdict,
)
from geograph.errors import CurationError
from geograph.model import EntityType, Status

FILE_NAME = "curation.toml"
HEADING = """\
# What people decided about the graph of the store beside this file. The order of the blocks does not matter.
# After editing: geograph curate apply
"""
_BLOCK = re.compile(r"\s*\[\[\s*decision\s*\]\]\s*(#.*)?")
_KEY = re.compile(r'[^\s/#<>"{}|\\^`\x00-\x1f]+')
_VERBS = ("merge", "distinct", "rename", "retype", "hide", "reject", "confirm")
_JUDGEMENTS = {"reject": Judgement.REJECTED, "confirm": Judgement.CONFIRMED}
_NOTES = ("by", "why", "on")
_FIELDS = {
    "rename": ("label",),
    "retype": ("type",),
    "reject": ("source", "relation", "subject", "object", "status", "date", "quote"),
    "confirm": ("source", "relation", "subject", "object", "status", "date", "quote"),
}


def file_beside(store: Path) -> Path:
    """Where the decisions on the store in a folder are kept."""
    return store.parent / FILE_NAME


def read_file(path: Path) -> tuple[str, Curation]:
    """The text of a file and the decisions in it; nothing where there is no file. Raises CurationError."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return "", Curation()
    except UnicodeDecodeError as error:
        raise CurationError(f"{path}: is not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except OSError as error:
        raise CurationError(f"{path}: cannot be read ({error.strerror}); mend its permissions") from error
    return text, parse(text, str(path))


def write_file(path: Path, text: str) -> None:
    """Writes the file whole or not at all. Raises CurationError where it cannot be written."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(text.encode())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CurationError(f"{path}: cannot be written ({error.strerror}); nothing was changed") from error


def render(curation: Curation) -> str:
    """The decisions as a whole file, each a block, its fields in a fixed order."""
    return HEADING + "".join(map(_block, curation.decisions))


def appended(text: str, decision: Decision) -> str:
    """The text of a file with one more block at its end."""
    if not text.strip():
        text = HEADING
    return text + ("" if text.endswith("\n") else "\n") + _block(decision)


def without(text: str, number: int) -> str:
    """The text of a file without its block of that number, from 0; comments around the block stay."""
    kept = [*parse(text).decisions]
    del kept[number]
    lines, starts = text.split("\n"), list(_starts(text))
    if len(starts) == len(kept) + 1:
        first, last = starts[number], [*starts, len(lines)][number + 1]
        while last > first + 1 and lines[last - 1].lstrip()[:1] in ("", "#"):
            last -= 1
        if first and not lines[first - 1].strip():
            first -= 1
        shorter = "\n".join(lines[:first] + lines[last:])
        if parse(shorter).decisions == tuple(kept):
            return shorter
    return render(Curation(tuple(kept)))


def parse(text: str, name: str = FILE_NAME) -> Curation:
    """The decisions in the text of a file. Raises CurationError, which names the line and what to do."""
    import tomllib

    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CurationError(f"{name}: {error}; mend that line, every other stays as it is") from error
    starts = list(_starts(text))
    blocks = content.pop("decision", [])
    if content or not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        raise CurationError(
            f"{name}: holds {', '.join(content) or 'no blocks'}; every decision begins with [[decision]]"
        )
    lines = [start + 1 for start in starts] if len(starts) == len(blocks) else [0] * len(blocks)
    decisions = []
    for block, line in zip(blocks, lines, strict=True):
        try:
            decisions.append(_decision(block))
        except ValueError as error:
            raise CurationError(f"{name}, line {line}: {error}; mend the block or delete it") from error
    if (found := conflict(decisions)) is not None:
        first, second = lines[found.first], lines[found.second]
        raise CurationError(f"{name}, lines {first} and {second}: {found.reason}; delete one of the two blocks")
    return Curation(tuple(decisions))


def _starts(text: str) -> Iterator[int]:
    return (number for number, line in enumerate(text.split("\n")) if _BLOCK.fullmatch(line))


# Reading a block


def _decision(block: Mapping[str, Any]) -> Decision:
    verbs = [verb for verb in _VERBS if verb in block]
    if len(verbs) != 1:
        raise ValueError(f"a decision has one of {', '.join(_VERBS)}" + (f", not {len(verbs)}" if verbs else ""))
    (verb,) = verbs
    known = (verb, *_FIELDS.get(verb, ()), *_NOTES)
    if unknown := [name for name in block if name not in known]:
        raise ValueError(f"{unknown[0]!r} is no field of {verb}; use {', '.join(known[1:])}")
    on = block.get("on")
    if on is not None and type(on) is not date:
        raise ValueError(f"on is a day without quotes, such as 2025-07-16, not {on!r}")
    return Decision(_verdict(verb, block), by=_text(block, "by"), why=_text(block, "why"), on=on)


def _verdict(verb: str, block: Mapping[str, Any]) -> Verdict:
    match verb:
        case "merge" | "distinct":
            keys = block[verb]
            if not isinstance(keys, list) or len(keys) < 2 or len(set(map(str, keys))) < len(keys):
                raise ValueError(f'{verb} takes two different keys or more: {verb} = ["KEY", "KEY"]')
            found = tuple(_key(key, verb) for key in keys)
            return Merge(found) if verb == "merge" else Distinct(found)
        case "rename":
            label = _needed(block, "label")
            if not label.strip() or not label.isprintable():
                raise ValueError("label must be a name on one line")
            return Rename(_key(block[verb], verb), label)
        case "retype":
            kind = _needed(block, "type")
            if kind not in list(EntityType):
                raise ValueError(f"type is one of {', '.join(EntityType)}, not {kind!r}")
            return Retype(_key(block[verb], verb), EntityType(kind))
        case "hide":
            return Hide(_key(block[verb], verb))
    status = _needed(block, "status")
    if status not in list(Status):
        raise ValueError(f"status is one of {', '.join(Status)}, not {status!r}")
    claim = ClaimReference(
        id=_key(block[verb], verb),
        source=_needed(block, "source"),
        relation=_key(block.get("relation"), "relation"),
        subject=_key(block.get("subject"), "subject"),
        object=_key(block.get("object"), "object"),
        status=Status(status),
        quote=_needed(block, "quote"),
        date=_text(block, "date"),
    )
    return Judge(claim, _JUDGEMENTS[verb])


def _key(value: object, name: str) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise ValueError(f"{name} takes a key such as person.Ana_Quispe, not {value!r}")
    return value


def _needed(block: Mapping[str, Any], name: str) -> str:
    text = _text(block, name)
    if text is None:
        raise ValueError(f"{name} is missing")
    return text


def _text(block: Mapping[str, Any], name: str) -> str | None:
    value = block.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is text in quotes, not {value!r}")
    return value


# Writing a block


def _block(decision: Decision) -> str:
    fields = [*_fields(decision.verdict), ("by", decision.by), ("why", decision.why), ("on", decision.on)]
    return "\n[[decision]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in fields if value is not None)


def _fields(verdict: Verdict) -> Iterator[tuple[str, object]]:
    match verdict:
        case Merge(keys):
            yield "merge", keys
        case Distinct(keys):
            yield "distinct", keys
        case Rename(key, label):
            yield from (("rename", key), ("label", label))
        case Retype(key, type):
            yield from (("retype", key), ("type", str(type)))
        case Hide(key):
            yield "hide", key
        case Judge(claim, judgement):
            yield next(verb for verb in _JUDGEMENTS if _JUDGEMENTS[verb] is judgement), claim.id
            yield from ((name, getattr(claim, name)) for name in _FIELDS["reject"])


def _toml(value: object) -> str:
    """The value as TOML. A basic string escapes as JSON does, and DEL besides."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    text = str(value).encode("utf-8", errors="replace").decode()
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
