"""The server's pages: the live view, dossiers, named queries, health. All of the store as it is now."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
import pytest
from claim_factory import RELATIONS, article, claim, extraction
from server_process import Answered, Server, serving
from summer_news import world
from test_named_queries import SUMMER

import geograph.server
from geograph.model import Entity, EntityType, Extraction
from geograph.query import named
from geograph.store import Store

STATIC = Path(geograph.server.__file__).parent / "static"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store", relations=RELATIONS) as fresh:
        fresh.add(world())
    return tmp_path / "store"


@pytest.fixture
def changing(folder: Path) -> Iterator[Server]:
    """A server whose store the test may change."""
    with serving(folder, "--workers", "2") as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("pages") / "store"
    with Store.open(path, relations=RELATIONS) as fresh:
        fresh.add(world())
    with serving(path, "--workers", "2") as running:
        yield running


def add_an_article(folder: Path) -> None:
    late = article("late", published="2025-08-09", title="A late report")
    with Store.open(folder, relations=RELATIONS) as writing:
        writing.add([extraction(late, [claim(late, "FRA", "visits", "CHN", when="2025-08-08")])])


def page(server: Server, path: str) -> Answered:
    return server.get(path, Accept=BROWSER)


def test_health_tells_version_and_counts(changing: Server, folder: Path) -> None:
    told = changing.get("/health").json()
    assert told.pop("version") and told.pop("status") == "ok"
    with Store.open(folder, read_only=True) as store:
        assert told == store.counts()
    add_an_article(folder)
    assert changing.get("/health").json()["articles"] == told["articles"] + 1


def test_the_start_page_leads_to_all_others(server: Server) -> None:
    text = page(server, "/").text
    for link in ("view", "queries", "query"):
        assert f'href="./{link}"' in text and page(server, f"/{link}").status == 200
    assert "5 articles" in text


def test_the_view_is_that_of_geograph_view_and_of_the_store_as_it_is_now(changing: Server, folder: Path) -> None:
    from geograph.graph import Graph

    before = page(changing, "/view")
    with Graph.open(folder, read_only=True) as graph:
        assert before.text == graph.html()
    tag = before.headers["etag"]
    unchanged = changing.get("/view", If_None_Match="")
    assert unchanged.headers["etag"] == tag
    assert changing.request("GET", "/view", headers={"If-None-Match": tag}).status == 304
    add_an_article(folder)
    after = changing.request("GET", "/view", headers={"If-None-Match": tag})
    assert after.status == 200 and after.headers["etag"] != tag and "A late report" in after.text


def test_a_dossier_is_a_page_or_triples(server: Server) -> None:
    shown = page(server, "/entity/person.Orlan_Veshnyak")
    assert shown.status == 200 and "Orlan Veshnyak" in shown.text and "Two ministers meet" in shown.text
    assert 'href="RUS"' in shown.text
    for accept, format in (
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ):
        answer = server.get("/entity/person.Orlan_Veshnyak", Accept=accept)
        triples = list(pyoxigraph.parse(answer.body, format=format))
        assert any(each.subject.value.endswith("id/person.Orlan_Veshnyak") for each in triples)
        assert any(each.predicate.value.endswith("#claim") for each in triples)
        assert answer.headers["etag"] != shown.headers["etag"]
    assert server.get("/entity/RUS?format=turtle").type.startswith("text/turtle")
    assert server.get("/entity/RUS", Accept="image/png").status == 406


def test_what_is_planned_or_disputed_says_so_in_a_dossier(server: Server) -> None:
    text = page(server, "/entity/person.Luc_Tavernier").text
    assert '<span class="mark">planned</span>' in text
    assert '<span class="mark">disputed</span>' in page(server, "/entity/PRK").text


def test_an_entity_is_found_by_name(server: Server) -> None:
    for name in ("Russia", "russia", " RUS "):
        answer = page(server, f"/entity?name={quote(name)}")
        assert (answer.status, answer.headers["location"]) == (303, "./entity/RUS")
    missing = page(server, "/entity?name=Rusia")
    assert missing.status == 404 and "did you mean Russia?" in missing.text
    assert (
        page(server, "/entity/nobody").status == 404
        and server.get("/entity/nobody", Accept="text/turtle").status == 404
    )
    assert page(server, "/entity").status == 400


@pytest.mark.parametrize("name", [each.name for each in named()])
def test_every_named_query_has_a_page_and_each_format(server: Server, name: str) -> None:
    given = "&".join(f"{key}={quote(value)}" for key, value in SUMMER.get(name, [{}])[0].items())
    shown = page(server, f"/queries/{name}?{given}")
    assert shown.status == 200 and "<td" in shown.text
    rows = list(csv.reader(io.StringIO(server.get(f"/queries/{name}?{given}", Accept="text/csv").text)))
    assert len(rows) - 1 == shown.text.count("<tr>") - 1
    assert server.get(f"/queries/{name}?{given}&format=json").json()["head"]["vars"] == rows[0]


def test_a_named_query_asks_for_what_it_needs(server: Server) -> None:
    form = page(server, "/queries/timeline")
    assert form.status == 200 and 'name="actor"' in form.text and "required" in form.text and "<td" not in form.text
    assert server.get("/queries/timeline", Accept="text/csv").status == 400
    wrong = page(server, "/queries/timeline?actor=Rusia")
    assert wrong.status == 400 and "did you mean Russia?" in wrong.text and 'value="Rusia"' in wrong.text
    unknown = page(server, "/queries/timeline?actor=Russia&colour=red")
    assert unknown.status == 400 and "no parameter" in unknown.text
    assert page(server, "/queries/nothing-of-this-name").status == 404


def test_the_list_of_named_queries_is_a_page_or_json(server: Server) -> None:
    listed = server.get("/queries", Accept="application/json").json()
    assert listed["prefixes"]["gg"] == "https://w3id.org/geograph/ns#"
    assert [each["name"] for each in listed["queries"]] == [each.name for each in named()]
    text = page(server, "/queries").text
    assert all(f'href="queries/{each.name}"' in text for each in named())


def test_links_are_relative_so_that_a_proxy_may_serve_below_a_folder(server: Server) -> None:
    for path in ("/", "/queries", "/queries/who-met-whom", "/entity/RUS", "/query"):
        text = page(server, path).text
        assert 'href="/' not in text and 'action="/' not in text and 'src="/' not in text


HOSTILE = '<img src=x onerror="window.pwned=1">\'"><script>window.pwned=1</script>{{7*7}}'


def hostile() -> Extraction:
    """An article in which everything that may come from outside tries to run."""
    told = article("a\"><script>1</script>", title=HOSTILE, publisher=HOSTILE, url="javascript:window.pwned=1",
                   text=f"{HOSTILE} hit {HOSTILE}.")  # fmt: skip
    said = claim(told, "bad", "visits", "RUS", place=HOSTILE, item=HOSTILE)
    made = extraction(told, [said])
    entities = [each for each in made.entities if each.key != "bad"]
    return Extraction(
        told, tuple(sorted([*entities, Entity("bad", EntityType.GROUP, HOSTILE, aliases=(HOSTILE,))])), (), (said,)
    )


def test_what_comes_from_articles_and_requests_is_text(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store", relations=RELATIONS) as fresh:
        fresh.add([hostile()])
    with serving(tmp_path / "store", "--workers", "2") as server:
        asked = quote(HOSTILE, safe="")
        for path in ("/entity/bad", f"/entity/{asked}", f"/entity?name={asked}", "/queries/timeline?actor=RUS",
                     f"/queries/timeline?actor={asked}", "/queries/articles", f"/queries/{asked}"):  # fmt: skip
            answer = page(server, path)
            if answer.body.startswith(b"<!DOCTYPE html>"):
                assert "<script>window" not in answer.text and "<img" not in answer.text, path
                assert 'href="javascript' not in answer.text and "49" not in answer.text.split("<main>")[1], path


def test_the_editor_is_the_one_that_its_notes_name() -> None:
    from hashlib import sha256

    notes = (STATIC / "yasgui" / "README.md").read_text("utf-8")
    for name in ("yasgui.min.js", "yasgui.min.css"):
        assert sha256((STATIC / "yasgui" / name).read_bytes()).hexdigest() in notes
    assert "MIT" in (STATIC / "yasgui" / "LICENSE").read_text("utf-8")
