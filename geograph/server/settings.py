"""What a server is told: its store, its bounds, and who may ask."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from geograph.errors import GeographError


@dataclass(frozen=True)
class Settings:
    """How to serve one store. Times are seconds, `memory` is MiB a worker (0: as much as there is), sizes are bytes.

    A query that runs longer than `quick` counts as heavy, and one worker is always kept free of these. Of the requests
    that find every worker busy, `queue` wait, each `patience` long.
    """

    store: Path
    ontology: tuple[Path, ...] = ()
    timeout: float = 30.0
    workers: int = 4
    memory: int = 2048
    max_rows: int = 100_000
    max_bytes: int = 64 * 1024 * 1024
    quick: float = 1.0
    queue: int = 64
    patience: float = 10.0
    cors: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    quiet: bool = False

    def __post_init__(self) -> None:
        if self.workers < 2:
            raise GeographError("--workers must be 2 or more: one is kept for light queries")
        if self.timeout <= 0 or self.max_rows < 1 or self.memory < 0:
            raise GeographError("--timeout and --max-rows must be above 0, --memory 0 or more")

    def to_json(self) -> str:
        """The settings as the argument of a worker process."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Settings:
        """The settings that `to_json` wrote."""
        values = json.loads(text)
        values["store"] = Path(values["store"])
        values["ontology"] = tuple(map(Path, values["ontology"]))
        values["cors"], values["allowed_hosts"] = tuple(values["cors"]), tuple(values["allowed_hosts"])
        return cls(**values)
