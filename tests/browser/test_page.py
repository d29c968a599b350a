"""The page in a real browser: what an analyst does with it, and what an attacker cannot."""

from __future__ import annotations

import csv
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
import view_factory
from view_factory import World, add_fact

from geograph.model import Article, Claim, Entity, EntityType, Fact, Period, Span, Status

ALL = "status=actual,planned,possible,denied"


def summary(page: Any) -> str:
    return str(page.inner_text("#summary"))


def pair(**options: Any) -> World:
    """Two actors and one fact: drawn with the edge through the middle of the stage."""
    world = World(relations=view_factory.relations())
    world.add(Entity("AUT", EntityType.COUNTRY, "Austria", "AUT"), Entity("CHL", EntityType.COUNTRY, "Chile", "CHL"))
    add_fact(world, "AUT", "supplies", "CHL", when="2025-07", item="turbines", sources=2, **options)
    return world


@pytest.fixture(scope="module")
def pair_page(write_page: Callable[..., Path]) -> Path:
    return write_page(pair(), "pair")


def click_stage(page: Any, dx: float = 0, dy: float = 0) -> None:
    box = page.locator("#picture").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2 + dx, box["y"] + box["height"] / 2 + dy)


# Opening


def test_opens_from_disk_without_a_request_or_a_message(visit: Any, demo: Path) -> None:
    page = visit(demo)
    assert page.title() == "An invented summer"
    assert summary(page) == "40 of 41 actors · 85 of 95 facts"
    assert page.locator("#picture canvas").count() == 1


def test_the_picture_has_ink(visit: Any, demo: Path) -> None:
    page = visit(demo)
    colours = page.evaluate(
        """() => {
          const canvas = document.querySelector("#picture canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          const seen = new Set();
          for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] > 250) seen.add(data.slice(i, i + 3).join());
          }
          return seen.size;
        }"""
    )
    assert colours > 50


def test_an_empty_graph_says_so(visit: Any, write_page: Callable[..., Path]) -> None:
    page = visit(write_page(World(), "empty"))
    assert "No facts yet" in page.inner_text("#notice")
    page.keyboard.press("t")
    assert summary(page) == "0 actors · 0 facts · 0 articles"


def test_the_policy_stops_inline_script(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page)
    visit.allow("Content Security Policy")
    visit.allow("request: https://example.org/")  # Asked for and stopped: no response may come.
    violations = page.evaluate(
        """async () => {
          const blocked = [];
          document.addEventListener("securitypolicyviolation", (event) => blocked.push(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          const button = document.createElement("button");
          button.setAttribute("onclick", "window.ran = true");
          const image = document.createElement("img");
          image.src = "https://example.org/x.png";
          document.body.append(script, button, image);
          button.click();
          await fetch("https://example.org/").catch(() => {});
          await new Promise((done) => setTimeout(done, 100));
          return blocked.sort();
        }"""
    )
    assert violations == ["connect-src", "img-src", "script-src-attr", "script-src-elem"]
    assert page.evaluate("window.ran ?? null") is None
    policy = page.get_attribute("meta[http-equiv=Content-Security-Policy]", "content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "http" not in policy


# Evidence


def test_clicking_an_edge_shows_the_sentences_that_prove_it(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page)
    click_stage(page)
    panel = page.locator("#panel")
    assert "1 fact from 2 articles" in panel.inner_text()
    assert panel.locator("h3").first.inner_text() == "Austria supplies Chile"
    text = panel.inner_text()
    for part in ("July 2025", "turbines", "actual", "2, independent of each other", "Confidence"):
        assert part in text
    quotes = panel.locator("blockquote")
    assert quotes.all_inner_texts() == [  # The first report comes first.
        "Austria shipped turbines to Chile in July 2025.",
        "Austria supplied Chile with turbines in July 2025, officials said.",
    ]
    shipped = quotes.filter(has_text="shipped")
    marks = {
        kind: shipped.locator(f"mark.{kind}").all_inner_texts() for kind in ("subject", "trigger", "object", "date")
    }
    assert marks == {"subject": ["Austria"], "trigger": ["shipped"], "object": ["Chile"], "date": ["July 2025"]}


def test_hovering_tells_what_a_line_stands_for(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page)
    box = page.locator("#picture").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 20, box["y"] + box["height"] / 2)
    page.wait_for_selector("#hover:not([hidden])")
    assert page.inner_text("#hover").split("\n") == ["Austria – Chile", "supplies →"]
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.wait_for_selector("#hover", state="hidden")


def test_a_source_is_a_safe_link_to_its_article(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page)
    click_stage(page)
    link = page.locator(".source a").first
    assert link.get_attribute("href").startswith("https://news.example/0000/")
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert "Harbour Wire" in page.inner_text(".quotes") and "2025" in page.inner_text(".quotes")


def test_facts_stand_newest_first_and_hidden_ones_are_told_of(visit: Any, demo: Path) -> None:
    page = visit(demo, "#edge=PRK,RUS")
    dates = page.locator("#panel > .cards .when .date").all_inner_texts()
    assert dates == ["18 June 2025", "May 2025", "March 2025", "20 January 2025"]
    hidden = page.locator(".hidden-facts")
    assert hidden.locator("summary").inner_text() == "1 fact hidden by filters"
    hidden.locator("summary").click()
    hidden.locator(".when .date", has_text="August 2025").wait_for()
    assert "possible" in hidden.inner_text()


def test_many_sentences_are_shown_on_demand(visit: Any, write_page: Callable[..., Path]) -> None:
    world = World(relations=view_factory.relations())
    world.add(Entity("AUT", EntityType.COUNTRY, "Austria", "AUT"), Entity("CHL", EntityType.COUNTRY, "Chile", "CHL"))
    add_fact(world, "AUT", "meets", "CHL", sources=9)
    page = visit(write_page(world, "many-sentences"), "#edge=AUT,CHL")
    assert page.locator("#panel blockquote").count() == 5
    page.locator("button", has_text="Show 4 more sentences").click()
    assert page.locator("#panel blockquote").count() == 9


def test_clicking_an_actor_opens_its_dossier(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page)
    click_stage(page, dx=-94)
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text().strip() == "Austria"
    page.locator(".neighbours .actor").click()
    assert panel.locator("h2").inner_text().strip() == "Chile"
    page.locator(".timeline .link").click()
    assert panel.locator("blockquote").count() == 2
    page.locator("#panel .panel-head button[aria-label=Close]").click()
    assert panel.is_hidden()


def test_a_dossier_has_aliases_identifiers_relations_and_neighbours(visit: Any, demo: Path) -> None:
    page = visit(demo, "#node=TUR")
    text = page.inner_text("#panel")
    for part in ("Türkiye", "Ankara", "is a member of", "Emre Talu", "date unknown"):
        assert part in text
    assert page.locator("#panel .identity a").get_attribute("href") == "https://www.wikidata.org/wiki/Q43"


def test_the_page_works_inside_a_notebook(visit: Any, browser: Any, demo: Path, tmp_path: Path) -> None:
    frame = escape(demo.read_text(encoding="utf-8"), quote=True)
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f'<iframe srcdoc="{frame}" width="900" height="600" sandbox="allow-scripts"></iframe>')
    outer = browser.new_page(viewport={"width": 1000, "height": 700})
    errors: list[str] = []
    outer.on("pageerror", lambda error: errors.append(str(error)))
    outer.goto(notebook.as_uri())
    page = outer.frames[1]
    page.wait_for_selector("html[data-ready=true]", state="attached")
    page.fill("#search", "Kyiv")
    page.press("#search", "Enter")
    assert page.inner_text("#panel h2").strip() == "Ukraine"
    outer.close()
    assert errors == []


# Finding


def test_search_knows_names_aliases_and_letters_without_accents(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.keyboard.press("/")
    page.keyboard.type("gdansk")
    assert page.locator("#suggestions li").first.inner_text().startswith("Gdańsk")
    page.fill("#search", "Kyiv")
    assert "Ukraine" in page.locator("#suggestions li").first.inner_text()
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text().strip() == "Ukraine"
    assert page.url.endswith("#node=UKR")


def test_search_suggestions_follow_the_arrow_keys(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.fill("#search", "ko")
    first, second = page.locator("#suggestions [data-actor] bdi:first-child").all_inner_texts()[:2]
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#search", "aria-activedescendant")
    assert second in page.inner_text(f"#{active}") and first != second
    page.keyboard.press("Escape")
    assert page.locator("#suggestions").is_hidden()
    page.fill("#search", "no such name")
    assert "No actor of that name" in page.inner_text("#suggestions")


def test_the_legend_filters_families_relations_types_and_statuses(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.locator("[data-key='family:state']").uncheck()
    assert "of 95 facts" in summary(page) and "without=holdsOfficeIn,memberOf" in page.url
    page.locator("[data-key='status:planned']").check()
    page.locator("[data-key='type:Person']").uncheck()
    fewer = summary(page)
    page.locator("[data-key='open:diplomacy']").click()
    page.locator("[data-key='relation:visits']").uncheck()
    assert summary(page) == fewer  # Only people visit in this world.
    assert page.locator("[data-key='family:diplomacy']").evaluate("box => box.indeterminate")
    page.locator("[data-key=reset]").click()
    assert summary(page) == "40 of 41 actors · 85 of 95 facts"


def test_the_source_filter_asks_for_independent_reports(visit: Any, demo: Path) -> None:
    page = visit(demo)
    slider = page.locator("[data-key=sources]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "sources=3" in page.url
    assert slider.evaluate("element => element === document.activeElement")


def test_facts_can_be_narrowed_by_country_publisher_and_confidence(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.locator("[data-key=country]").select_option("Brazil")
    assert summary(page) == "3 of 41 actors · 3 of 95 facts"
    page.locator("[data-key=publisher]").select_option("Polis Daily")
    assert "country=Brazil&publisher=Polis%20Daily" in page.url
    page.locator("[data-key=reset]").click()
    page.locator("[data-key=confidence]").focus()
    page.keyboard.press("End")
    assert "Nothing matches the filters" in page.inner_text("#notice")


def test_the_period_cuts_out_a_stretch_and_leaves_out_what_has_no_date(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.get_by_label("From", exact=True).focus()
    page.keyboard.press("End")
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    assert "from=2025-07" in page.url
    assert page.inner_text(".period-words") == "Jul 2025 – Sep 2025"
    assert "undated facts left out" in page.inner_text("#period")
    page.locator(".chip", has_text="Jul 2025").click()
    assert summary(page) == "40 of 41 actors · 85 of 95 facts"


def test_focus_shows_the_neighbours_alone(visit: Any, demo: Path) -> None:
    page = visit(demo, "#node=BRA")
    page.locator("#panel button", has_text="Only neighbours").click()
    assert summary(page) == "3 of 41 actors · 3 of 95 facts"
    assert "focus=BRA,1" in page.url
    page.locator(".chip", has_text="Brazil").click()
    assert summary(page) == "40 of 41 actors · 85 of 95 facts"


def test_filters_that_leave_nothing_say_so(visit: Any, demo: Path) -> None:
    page = visit(demo, "#status=none")
    assert "Nothing matches the filters" in page.inner_text("#notice")
    page.locator("#notice button").click()
    assert page.locator("#notice").is_hidden()


def test_a_large_graph_opens_on_its_backbone(visit: Any, write_page: Callable[..., Path]) -> None:
    page = visit(write_page(view_factory.many(60, 120), "large", limit=40))
    assert page.inner_text("#show-all") == "40 most central actors of 60 · show all"
    assert int(summary(page).split()[0]) <= 40
    page.fill("#search", "Actor 59")
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text().strip() == "Actor 59"
    page.keyboard.press("Escape")
    page.locator("#show-all").click()
    assert int(summary(page).split()[0]) > 40 and "all=1" in page.url


def test_a_path_is_a_chain_of_sentences(visit: Any, demo: Path) -> None:
    page = visit(demo, "#node=Wonsan-1877449")
    page.locator("#panel button", has_text="Path to").click()
    assert "Path from Wonsan" in page.inner_text("#chips")
    page.keyboard.type("Kosovo")
    page.keyboard.press("Enter")
    assert page.url.endswith("#path=Wonsan-1877449,XKX")
    stops = [stop.strip() for stop in page.locator(".chain .stop").all_inner_texts()]
    assert stops[0] == "Arkady Belorin" and stops[-1] == "Kosovo" and len(stops) == 4
    assert page.locator(".chain blockquote").count() == 4
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_no_path_between_unconnected_actors_is_said(visit: Any, demo: Path) -> None:
    assert "do not connect" in visit(demo, "#path=BRA,RUS").inner_text("#panel")


def test_actors_can_be_coloured_by_community(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.locator("[data-key='colour:community']").click()
    assert "around Russia" in page.inner_text(".communities") and "colour=community" in page.url


def test_force_can_be_switched_on_and_off(visit: Any, demo: Path) -> None:
    page = visit(demo)
    button = page.locator("#physics")
    button.click()
    page.wait_for_timeout(200)
    button.click()
    assert button.get_attribute("aria-pressed") == "false"


# Taking away


def test_what_is_shown_can_be_saved(visit: Any, demo: Path) -> None:
    page = visit(demo, "#without=memberOf,holdsOfficeIn&status=denied")
    visit.allow("blob:")
    with page.expect_download() as picture:
        page.locator("#save-png").click()
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")
    with page.expect_download() as table:
        page.locator("#save-csv").click()
    with Path(table.value.path()).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["subject"], row["relation"], row["object"]) for row in rows] == [
        ("Dana Whitcombe", "meets", "Lin Quanyi"),
        ("Iran", "supplies", "Russia"),
    ]
    assert rows[1]["date"] == "February 2025" and rows[1]["latest"] == "2025-02-28"


# Table


def test_the_table_sorts_and_leads_to_the_evidence(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.locator("#show-table").click()
    assert page.locator("tbody tr").count() == 85
    assert page.locator("tbody tr").first.locator("td.date").inner_text() == "20 July 2025"
    assert page.locator("tbody tr").last.locator("td.date").inner_text() == "date unknown"
    page.locator("th.subject button").click()
    subjects = [text.strip() for text in page.locator("td.subject").all_inner_texts()]
    assert subjects == sorted(subjects, key=str.casefold)
    assert page.get_attribute("th.subject", "aria-sort") == "ascending"
    page.locator("tbody tr td.relation").first.click()
    assert page.locator("#panel blockquote").count() > 0


# State


def test_the_address_restores_what_was_seen(visit: Any, demo: Path) -> None:
    first = visit(demo, "#edge=RUS,UKR&without=meets,visits&status=actual,planned&from=2025-03&sources=2")
    again = visit(demo, "#" + first.url.split("#")[1])
    assert summary(first) == summary(again) != "40 of 41 actors · 85 of 95 facts"
    assert again.locator("#panel h3").first.inner_text() == "Russia attacks Ukraine"
    assert not again.locator("[data-key='relation:meets']").is_checked()


def test_back_undoes(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.keyboard.press("/")
    page.keyboard.type("Japan")
    page.keyboard.press("Enter")
    page.locator("[data-key='type:Place']").uncheck()
    page.go_back()
    assert page.locator("[data-key='type:Place']").is_checked()
    page.go_back()
    assert page.locator("#panel").is_hidden()


@pytest.mark.parametrize(
    "hash",
    ["#node=%E0%A4%A&edge=x", "#edge=RUS", "#node=__proto__&sort=constructor", "#sources=-5&from=9999-99-99", "#===&&"],
)
def test_a_broken_address_opens_the_page_all_the_same(visit: Any, demo: Path, hash: str) -> None:
    assert "facts" in summary(visit(demo, hash))


# Keyboard and small screens


def test_the_keyboard_reaches_everything(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()
    page.locator("#picture").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#panel h2").inner_text().strip() == "Russia"
    page.keyboard.press("ArrowUp")
    assert page.locator("#panel h2").inner_text().strip() != "Russia"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("f")
    assert "focus=" in page.url
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden() and "focus=" not in page.url
    page.keyboard.press("t")
    assert page.locator("#table").is_visible()


def test_every_control_has_a_name(visit: Any, demo: Path) -> None:
    page = visit(demo, "#node=RUS&view=table")
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, input, a[href]")]
             .filter((e) => !(e.ariaLabel || e.textContent.trim() || e.labels?.[0]?.textContent.trim()))
             .map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_dark_mode_follows_the_system(visit: Any, demo: Path) -> None:
    grounds = [
        visit(demo, dark=dark).evaluate("getComputedStyle(document.body).backgroundColor") for dark in (False, True)
    ]
    assert grounds == ["rgb(248, 249, 251)", "rgb(18, 22, 28)"]


@pytest.mark.parametrize("hash", ["", "#edge=PRK,RUS", "#node=RUS"])
def test_a_phone_shows_everything_without_scrolling_sideways(visit: Any, demo: Path, hash: str) -> None:
    page = visit(demo, hash, width=360, height=720)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    if not hash:
        assert not page.locator("#filters").is_visible()
        page.locator("#filters-button").click()
        page.locator("[data-key='family:conflict']").uncheck()
        assert "without=attacks" in page.url
        page.keyboard.press("Escape")
        page.wait_for_function("getComputedStyle(document.querySelector('#filters')).visibility === 'hidden'")


def test_print_keeps_the_evidence_and_drops_the_controls(visit: Any, demo: Path) -> None:
    page = visit(demo, "#edge=PRK,RUS")
    page.emulate_media(media="print")
    assert page.locator("#panel blockquote").first.is_visible()
    assert not page.locator("#filters").is_visible() and not page.locator("#search").is_visible()


# Hostile input

HOSTILE = [
    "<script>window.pwned=1</script>",
    "</script><script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "\"'><svg onload=window.pwned=1>",
    "{{7*7}}{% raw %}{#comment",
    "<!--<script>",
    "a\u202egnp.exe\u2066\u200f",
    "\u2028\u2029\x00\x1f\ufeff",
    "href=javascript:window.pwned=1",
    "__proto__",
    "=HYPERLINK(1)",
    "🇰🇵 \U0001d518nicode " + "x" * 4000,
    "\ud83d lone",
]


def hostile_world() -> World:
    world = World(relations=view_factory.relations())
    bad = view_factory.relation(
        "evil</script>", "does <b>evil</b>", "<script>window.pwned=1</script>", "red;}</style><script>", score=-1
    )
    world.relations[bad.name] = bad
    world.relations["__proto__"] = view_factory.relation("__proto__", "constructor", "__proto__", "#12")
    for i, label in enumerate(HOSTILE):
        text = label.encode("utf-8", "replace").decode("utf-8")  # Ids cannot be made of a lone surrogate.
        for end in "ab":
            world.add(
                Entity(
                    f"person.{end}{i}{text[:30]}",
                    EntityType.PERSON,
                    label,
                    text[:9],
                    (text,),
                    (f"wikidata:{text}", f"geonames:{text}", text),
                )
            )
        url = (
            "javascript:window.pwned=1",
            "data:text/html,<script>1</script>",
            " JaVaScRiPt:alert(1)",
            "http://[broken",
            "//x",
            "https:",
            text,
        )[i % 7]
        quote = f"{text} hit {text}."
        article = Article(f"doc{text}", quote, text, None, text, url, text)
        n = len(text)
        claim = Claim(
            article.id,
            bad.name if i % 2 else "__proto__",
            f"person.a{i}{text[:30]}",
            f"person.b{i}{text[:30]}",
            Status.ACTUAL,
            Span(0, len(quote)),
            quote,
            "hit",
            Span(n + 1, n + 4),
            place=text,
            item=text,
            said_by=f"person.a0{HOSTILE[0][:30]}",
            subject_span=Span(0, n),
            object_span=Span(n + 5, 2 * n + 5),
        )
        world.articles[article.id] = article
        world.claims[claim.id] = claim
        world.facts.append(
            Fact(
                claim.relation,
                claim.subject,
                claim.object,
                Status.ACTUAL,
                (claim.id,),
                Period("2025"),
                place=text,
                item=text,
            )
        )
    return world


def test_hostile_names_quotes_titles_and_addresses_do_nothing(visit: Any, write_page: Callable[..., Path]) -> None:
    world = hostile_world()
    path = write_page(world, "hostile", title=f"</title>{''.join(HOSTILE)}")
    page = visit(path)
    assert summary(page) == "26 actors · 13 facts · 13 articles"
    shown = []
    for fact in world.facts:
        page.evaluate(
            "edge => { location.hash = 'edge=' + edge.map(encodeURIComponent).join(',') }", [fact.subject, fact.object]
        )
        page.wait_for_selector(f"[data-fact='{fact.id}']")
        shown += page.locator("#panel blockquote").all_text_contents()
        assert page.locator("#panel .source a").count() == 0
        page.locator("#panel h2 button").first.click()
        assert page.locator("#panel .identity a").count() == 0
    assert shown[0] == f"{HOSTILE[0]} hit {HOSTILE[0]}."
    assert f"{HOSTILE[1]} hit {HOSTILE[1]}." in shown
    page.keyboard.press("t")
    with page.expect_download() as table:
        page.locator("#save-csv").click()
    visit.allow("blob:")
    with Path(table.value.path()).open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any(cell.startswith("'=") for cell in cells) and not any(cell.startswith("=") for cell in cells)
    page.fill("#search", "script")
    assert page.evaluate("window.pwned ?? null") is None
    assert page.evaluate("document.scripts.length") == 4
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, b').length") == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
