"""Answers that are kept: one small file each, named by the hash of everything that the answer depends on."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from geograph.errors import ReaderError
from geograph.readers.llm.asking import Answer, Question

_FORMAT = 1


def key_of(question: Question, model: str, prompt: str) -> str:
    """The hash of model, prompt version, instructions (the catalogue is in them), text with its entities, and schema.

    The endpoint and its key are no part of it: a model that moves keeps its answers.
    """
    content = [_FORMAT, prompt, model, question.instructions, question.text, question.schema]
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Cache:
    """A folder of answers. Several processes may use it at once."""

    folder: Path

    def get(self, key: str) -> Answer | None:
        """The answer kept under `key`; None where there is none, or a file that is damaged."""
        try:
            kept = json.loads(self._path(key).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(kept, dict) or (kept.get("format"), kept.get("key")) != (_FORMAT, key):
            return None
        text = kept.get("answer")
        return Answer(text) if isinstance(text, str) else None

    def put(self, key: str, answer: Answer, model: str) -> None:
        """Keep an answer. The file is there as a whole or not at all. Raises ReaderError."""
        kept = {
            "format": _FORMAT,
            "key": key,
            "model": model,
            "answer": answer.text,
            "input_tokens": answer.input_tokens,
            "output_tokens": answer.output_tokens,
        }
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(number, "w", encoding="utf-8") as file:
                    json.dump(kept, file, indent=1)
                os.replace(name, path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise ReaderError(f"{self.folder}: answers cannot be kept there ({error.strerror or error})") from error

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.json"
