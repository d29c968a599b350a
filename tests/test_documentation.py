"""The documents keep up with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

import geograph
from geograph.cli import app
from geograph.export import FORMATS

DOCS = Path(__file__).resolve().parents[1] / "docs"
REFERENCE = (DOCS / "reference.md").read_text("utf-8")


def test_reference_describes_every_command_and_option() -> None:
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"### {name}\n" in REFERENCE
        section = REFERENCE.split(f"### {name}\n", 1)[1].split("\n### ", 1)[0]
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in section, f"{name} {option}"


def test_reference_describes_every_public_name_and_format() -> None:
    for name in (*geograph.__all__, *FORMATS):
        assert f"`{name}`" in REFERENCE, name


@pytest.mark.parametrize("path", sorted([*DOCS.glob("*.md"), DOCS.parent / "README.md"]), ids=lambda p: p.name)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_documents_named_in_documents_exist() -> None:
    for path in DOCS.glob("*.md"):
        for name in re.findall(r"`docs/([\w./-]+)`", path.read_text("utf-8")):
            assert (DOCS / name).exists(), f"{path.name}: docs/{name}"
