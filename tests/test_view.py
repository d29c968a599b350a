"""The page as text: one safe file, the same for the same facts. `browser/` tests what it does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
import view_factory
from hypothesis import given, strategies as st
from view_factory import World, add_fact, demo

from geograph import view
from geograph.model import Claim, Entity, EntityType, Fact, Period, Span, Status
from geograph.view import inline, palette
from geograph.view.contents import contents, pieces, safe_url
from geograph.view.inline import inert_json
from geograph.view.wording import date_words


def rendered(world: World, title: str = "An invented summer", **options: int) -> str:
    return view.render(
        world.facts, world.claims, world.entities, world.articles, world.relations, title=title, **options
    )


@pytest.fixture(scope="module")
def page() -> str:
    return rendered(demo())


def data(page: str, name: str) -> dict[str, object]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    value: dict[str, object] = json.loads(found[1])
    return value


# Dates in words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-07-12", "12 July 2025"),
        ("2025-07", "July 2025"),
        ("2024", "2024"),
        ("2025-07/2025-08", "July–August 2025"),
        ("2025-07-11/2025-07-13", "11–13 July 2025"),
        ("2025-07-30/2025-08-02", "30 July – 2 August 2025"),
        ("2024-12/2025-01", "December 2024 – January 2025"),
        ("2024-12-30/2025-01-02", "30 December 2024 – 2 January 2025"),
        ("2024/2025", "2024–2025"),
        ("2024/2025-03", "2024 – March 2025"),
        ("2025-07/2025-08-03", "July 2025 – 3 August 2025"),
        ("2025-07-12/2025-07-12", "12 July 2025"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(edtf: str, words: str) -> None:
    assert date_words(Period(edtf)) == words


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert date_words(None) == "date unknown"


# One file


def test_the_page_asks_for_nothing(page: str) -> None:
    assert not re.search(r"<(link|img|iframe|object|embed|base)\b", page)
    assert not re.search(r"<script[^>]*\bsrc=", page)
    assert "@import" not in page and "url(" not in inline.own_style()
    assert "sourceMappingURL" not in page and "cdn" not in page.replace(inline.vis_network(), "")


def test_the_policy_names_just_the_scripts_and_styles_of_the_page(page: str) -> None:
    def source(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(scripts) == 2 and len(styles) == 1
    assert policy[1].replace("&#39;", "'") == (
        f"default-src 'none'; script-src {' '.join(map(source, scripts))}; style-src {source(styles[0])}; "
        "base-uri 'none'; form-action 'none'"
    )


def test_the_script_of_the_page_parses_no_markup() -> None:
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser", "srcdoc"):
        assert word not in inline.own_script()
    assert not re.search(r'setAttribute\("(on|style)', inline.own_script())


def test_every_script_file_is_used() -> None:
    assert sorted(inline.SCRIPTS) == sorted(path.name for path in (inline.FOLDER / "script").iterdir())


def test_a_changed_vis_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from geograph.errors import GeographError

    inline.vis_network.cache_clear()
    monkeypatch.setattr(inline, "_VIS_NETWORK_SHA256", "0" * 64)
    with pytest.raises(GeographError, match=r"not the vis-network of pyvis 0\.3\.2"):
        inline.vis_network()


def test_the_same_facts_give_the_same_page_in_every_process_and_order(page: str) -> None:
    world = demo()
    backwards = World(
        world.facts[::-1],
        dict(reversed(world.claims.items())),
        dict(reversed(world.entities.items())),
        dict(reversed(world.articles.items())),
        dict(reversed(world.relations.items())),
    )
    assert rendered(backwards) == page
    code = (
        "import hashlib, view_factory as v; from geograph import view; w = v.demo();"
        "h = view.render(w.facts, w.claims, w.entities, w.articles, w.relations, title='An invented summer');"
        "print(hashlib.sha256(h.encode()).hexdigest())"
    )
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": f"{root}:{root}/tests"}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == sha256(page.encode()).hexdigest()


def test_three_hundred_actors_with_their_evidence_stay_small() -> None:
    assert len(rendered(view_factory.many(300, 750)).encode()) < 1_200_000


def test_above_the_limit_the_most_central_come_first() -> None:
    nodes = data(rendered(view_factory.many(60, 120), limit=20), "drawing")["nodes"]
    assert isinstance(nodes, list)
    assert sum(node["first"] for node in nodes) == 20


def test_an_edge_stands_for_all_facts_between_two(page: str) -> None:
    edges = data(page, "drawing")["edges"]
    facts = data(page, "contents")["facts"]
    assert isinstance(edges, list) and isinstance(facts, list)
    assert sorted(i for edge in edges for i in edge["facts"]) == list(range(len(facts)))
    pairs = [(edge["from"], edge["to"]) for edge in edges]
    assert len(set(pairs)) == len(pairs) and all(a <= b for a, b in pairs)


# Untrusted text


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_inert_json_says_the_same_and_cannot_end_its_element(value: object) -> None:
    text = str(inert_json(value))
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029") and text.isascii()


@pytest.mark.parametrize(
    "title",
    ["</title><script>alert(1)</script>", "{{ 7 * 7 }}", '"><img src=x onerror=alert(1)>', "lone \ud800 surrogate"],
)
def test_a_hostile_title_is_only_text(title: str) -> None:
    page = rendered(demo(), title=title)
    assert page.encode("utf-8")
    assert "<script>alert" not in page and "<img" not in page and "49" not in page.split("</title>")[0]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://news.example/a?b=c#d", "https://news.example/a?b=c#d"),
        (" http://news.example ", "http://news.example"),
        ("javascript:alert(1)", None),
        ("JavaScript://news.example/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("//news.example", None),
        ("https:", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, safe: str | None) -> None:
    assert safe_url(url) == safe


def test_only_proper_identifiers_become_links() -> None:
    world = World(relations=view_factory.relations())
    world.add(
        Entity(
            "A",
            EntityType.PERSON,
            "A",
            identifiers=("wikidata:Q42", "wikidata:Q4\n2", "wikidata:x", "geonames:12", "odd"),
        ),
        Entity("B", EntityType.PERSON, "B"),
    )
    add_fact(world, "A", "meets", "B")
    shown = contents(world.facts, world.claims, world.entities, world.articles, world.relations)
    entities = shown["entities"]
    assert isinstance(entities, list)
    assert [i.get("url") for i in entities[0]["ids"]] == [
        "https://www.wikidata.org/wiki/Q42",
        None,
        None,
        "https://www.geonames.org/12",
        None,
    ]


# Highlights


def claim(quote: str, **spans: Span | None) -> Claim:
    """A claim whose sentence begins at 10."""
    return Claim(
        "article", "meets", "A", "B", Status.ACTUAL, Span(10, 10 + len(quote)), quote, "met",
        spans.get("trigger", Span(10, 10)) or Span(10, 10),
        date_span=spans.get("date"), subject_span=spans.get("subject"), object_span=spans.get("object"),
    )  # fmt: skip


def test_the_quote_is_cut_into_subject_trigger_and_object() -> None:
    found = pieces(claim("Ana met Ben.", subject=Span(10, 13), trigger=Span(14, 17), object=Span(18, 21)))
    assert found == [["Ana", "subject"], [" "], ["met", "trigger"], [" "], ["Ben", "object"], ["."]]


def test_a_trigger_around_its_object_shows_both() -> None:
    found = pieces(claim("A put on B new curbs", trigger=Span(12, 30), object=Span(19, 20)))
    assert found == [["A "], ["put on ", "trigger"], ["B", "object"], [" new curbs", "trigger"]]


def test_spans_outside_the_sentence_are_left_out() -> None:
    assert pieces(claim("He met Ben.", subject=Span(0, 4), object=Span(17, 400))) == [["He met Ben."]]


@given(st.text(min_size=1), st.data())
def test_the_pieces_are_always_the_quote(quote: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(quote) + 20)
    spans = {
        kind: Span(*sorted((data.draw(ends), data.draw(ends)))) for kind in ("subject", "object", "trigger", "date")
    }
    assert "".join(piece[0] for piece in pieces(claim(quote, **spans))) == quote


# Colours


def test_a_colour_that_is_none_becomes_grey() -> None:
    assert palette.checked("red;}</style>") == palette.checked("") == palette.NEUTRAL
    assert palette.checked("#B3261E") == "#b3261e"


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_can_be_read_on_dark_ground(number: int) -> None:
    channels = [int(palette.for_dark(f"#{number:06x}")[i : i + 2], 16) for i in (1, 3, 5)]
    assert palette.contrast(tuple(channels), (0x22, 0x2A, 0x34)) >= 4.5


def test_every_type_has_its_own_shape() -> None:
    assert len(set(palette.SHAPES.values())) == len(EntityType)


def test_a_relation_that_the_ontology_lacks_is_shown_by_its_name() -> None:
    world = demo()
    del world.relations["supplies"]
    shown = data(rendered(world), "contents")["relations"]
    assert isinstance(shown, dict)
    assert shown["byName"]["supplies"] == {"label": "supplies", "family": "other"}
    assert shown["families"]["other"]["colour"] == palette.NEUTRAL


def test_missing_evidence_is_refused() -> None:
    world = demo()
    with pytest.raises(KeyError):
        view.render([*world.facts, Fact("meets", "RUS", "CHN", Status.ACTUAL, ("gone",))], world.claims, world.entities,
                    world.articles, world.relations, title="x")  # fmt: skip
