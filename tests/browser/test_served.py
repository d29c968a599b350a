"""The server's pages in a real browser: what an analyst does with them, and that they ask nothing of other machines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from claim_factory import RELATIONS
from server_process import Server, serving
from summer_news import world
from test_server_pages import HOSTILE, hostile

from geograph.store import Store

Open = Any


def filled(folder: Path, *extractions: Any) -> Path:
    with Store.open(folder, relations=RELATIONS) as fresh:
        fresh.add(extractions)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(filled(tmp_path_factory.mktemp("served") / "store", *world()), "--workers", "2") as running:
        yield running


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """Opens a page of a server; afterwards nothing may have been asked of others, blocked, logged or thrown."""
    context = browser.new_context()
    noise: list[str] = []
    allowed: list[str] = []

    def open_(server: Server, path: str) -> Any:
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: noise.append(f"console {message.type}: {message.text}"))
        page.on("pageerror", lambda error: noise.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (noise.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith((server.url, "data:", "blob:"))
                else noise.append(f"request: {request.url}"))  # fmt: skip
        page.goto(server.url + path)
        return page

    open_.allow = allowed.append  # type: ignore[attr-defined]
    yield open_
    context.close()
    assert [line for line in noise if not any(words in line for words in allowed)] == []


def editor(open_page: Open, server: Server, hash: str = "") -> Any:
    page = open_page(server, f"query{hash}")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    return page


def ask(page: Any, query: str) -> None:
    page.evaluate("query => document.querySelector('.yasqe .CodeMirror').CodeMirror.setValue(query)", query)
    page.click(".tabPanel.active .yasqe_queryButton")


def test_the_editor_asks_and_shows_a_table(open_page: Open, server: Server) -> None:
    page = editor(open_page, server)
    ask(page, "SELECT ?name { ?x a gg:Person ; rdfs:label ?name } ORDER BY ?name")
    page.wait_for_selector(".yasr_results table td")
    shown = page.inner_text(".yasr_results")
    assert all(name in shown for name in ("Luc Tavernier", "Orlan Veshnyak", "Pak Seong Rim"))


def test_the_editor_takes_the_prefixes_that_the_endpoint_knows_for_right(open_page: Open, server: Server) -> None:
    page = editor(open_page, server)
    for example in ("", "timeline", "dyad-score"):
        page.select_option("#example", example)
        assert page.locator(".parseErrorIcon").count() == 0
    assert page.locator("#yasgui .controlbar").is_hidden()


def test_the_examples_are_the_named_queries(open_page: Open, server: Server) -> None:
    page = editor(open_page, server)
    page.select_option("#example", "who-met-whom")
    assert "Meetings that took place" in page.inner_text("#about")
    page.click(".tabPanel.active .yasqe_queryButton")
    page.wait_for_selector(".yasr_results table td")
    assert "Orlan Veshnyak" in page.inner_text(".yasr_results")


def test_a_shared_link_brings_its_query_but_no_endpoint(open_page: Open, server: Server) -> None:
    page = editor(open_page, server, "#query=ASK%20%7B%7D&endpoint=https%3A%2F%2Fevil.example%2Fsparql")
    with page.expect_request("**/sparql") as asked:
        page.click(".tabPanel.active .yasqe_queryButton")
    assert asked.value.url == f"{server.url}sparql"
    page.wait_for_selector(".yasr_results")


def test_an_analyst_walks_from_the_start_to_the_proof(open_page: Open, server: Server) -> None:
    page = open_page(server, "")
    page.fill("input[name=name]", "russia")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entity/RUS")
    assert page.inner_text("h1") == "Russia"
    page.get_by_role("link", name="Orlan Veshnyak").first.click()
    assert page.inner_text("h1") == "Orlan Veshnyak"
    assert page.locator("blockquote").count() > 0
    page.get_by_role("link", name="Questions").click()
    page.get_by_role("link", name="Timeline of an actor").click()
    page.fill("#p-actor", "Russia")
    page.get_by_role("button", name="Ask").click()
    page.wait_for_selector("td")
    with page.expect_download() as table:
        page.get_by_role("link", name="CSV").click()
    assert Path(table.value.path()).read_text().startswith("date,subject")


def test_the_live_view_works_under_the_servers_headers(open_page: Open, server: Server) -> None:
    page = open_page(server, "view")
    page.wait_for_selector("html[data-ready=true]", state="attached")
    assert page.locator("#picture canvas").count() == 1


def test_nothing_hostile_runs_on_any_page(open_page: Open, tmp_path: Path) -> None:
    with serving(filled(tmp_path / "store", hostile()), "--workers", "2") as server:
        for path in ("", "view", "entity/bad", "queries/timeline?actor=RUS", "queries/articles"):
            page = open_page(server, path)
            assert page.evaluate("window.pwned ?? null") is None
        assert HOSTILE in open_page(server, "entity/bad").inner_text("h1")
        # The editor reads markup in a document that runs nothing, to clean it; Chromium tells of that all the same.
        open_page.allow("Executing inline event handler violates")
        page = editor(open_page, server)
        ask(
            page,
            "SELECT ?x ?l ?u { ?x rdfs:label|dcterms:title|dcterms:publisher ?l OPTIONAL { ?x dcterms:source ?u } }",
        )
        page.wait_for_selector(".yasr_results table td")
        assert "onerror" in page.inner_text(".yasr_results")
        assert page.evaluate("window.pwned ?? null") is None
        assert page.locator(".yasr_results img").count() == 0
