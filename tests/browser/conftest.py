"""A real Chromium for the page: every visit records requests, console messages and errors, and allows none."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import view_factory
from view_factory import World

from geograph import view

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

Visit = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = next((found for name in _NAMES if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip(f"no Chromium on this machine ({', '.join(_NAMES)})")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def write_page(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the page of a world and gives its path."""
    folder = tmp_path_factory.mktemp("pages")

    def write(world: World, name: str, title: str = "An invented summer", **options: Any) -> Path:
        path = folder / f"{name}.html"
        html = view.render(
            world.facts, world.claims, world.entities, world.articles, world.relations, title=title, **options
        )
        path.write_text(html, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def demo(write_page: Callable[..., Path]) -> Path:
    """The page of the small world."""
    return write_page(view_factory.demo(), "demo")


@pytest.fixture(scope="session")
def contexts(browser: Any) -> dict[tuple[int, int, bool], Any]:
    """Browser contexts by width, height and darkness; starting one takes longer than opening a page."""
    return {}


@pytest.fixture
def visit(browser: Any, contexts: dict[tuple[int, int, bool], Any]) -> Iterator[Visit]:
    """Opens a page from disk; afterwards, nothing may have been requested, logged or thrown."""
    pages: list[Any] = []
    noise: list[str] = []
    allowed: list[str] = []

    def open_(path: Path, hash: str = "", *, width: int = 1280, height: int = 800, dark: bool = False) -> Any:
        look = (width, height, dark)
        if look not in contexts:
            contexts[look] = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
            )
        page = contexts[look].new_page()
        pages.append(page)
        page.set_default_timeout(10_000)
        page.on("console", lambda message: noise.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("response", lambda answer: None if _own(answer, path) else noise.append(f"response: {answer.url}"))
        page.on("request", lambda request: None if _own(request, path) else noise.append(f"request: {request.url}"))
        page.goto(path.as_uri() + hash)
        page.wait_for_selector("html[data-ready=true]", state="attached")
        return page

    open_.allow = allowed.append  # type: ignore[attr-defined]
    yield open_
    for page in pages:
        page.close()
    assert [line for line in noise if not any(words in line for words in allowed)] == []


def _own(message: Any, path: Path) -> bool:
    return bool(message.url.split("#")[0] == path.as_uri())
