"""Network, map, time and table in a real browser: the same facts and filters, each in its own way, and play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import view_factory
from test_page import HOSTILE, hostile_world, pair, summary
from view_factory import World, add_fact

from geograph.model import Entity, EntityType, Status

VIEWS = ("graph", "map", "time", "table")


@pytest.fixture(scope="module")
def pair_page(write_page: Callable[..., Path]) -> Path:
    return write_page(pair(), "modes-pair")


@pytest.fixture(scope="module")
def distant(write_page: Callable[..., Path]) -> Path:
    """Two countries whose shorter way crosses the Pacific, one that cannot be placed, and one undated fact."""
    world = World(relations=view_factory.relations())
    world.add(
        Entity("JPN", EntityType.COUNTRY, "Japan", "JPN"),
        Entity("USA", EntityType.COUNTRY, "United States", "USA"),
        Entity("organization.Halden_Institute", EntityType.ORGANIZATION, "Halden Institute"),
    )
    add_fact(world, "JPN", "agreesWith", "USA", when="2025-03-04", item="a pact")
    add_fact(world, "USA", "criticizes", "organization.Halden_Institute", number=1)
    return write_page(world, "distant")


def shown(page: Any) -> str:
    return str(page.evaluate("document.body.dataset.view"))


def point_at(page: Any, canvas: str, words: str, half: str = "") -> tuple[float, float]:
    """A place on the canvas where the pointer is told of `words`; the search itself runs in the page, to be quick."""
    found = page.evaluate(
        """([canvas, words, half]) => {
          const [element, hover] = [document.querySelector(canvas), document.getElementById("hover")];
          const { left, top, width, height } = element.getBoundingClientRect();
          const kind = canvas.startsWith("#time") ? "pointermove" : "mousemove";
          for (let y = 5; y < height - 4; y += 7) {
            for (let x = 5; x < width - 4; x += 7) {
              const at = { clientX: left + x, clientY: top + y, bubbles: true };
              element.dispatchEvent(kind === "mousemove" ? new MouseEvent(kind, at) : new PointerEvent(kind, at));
              if (half && (x > width / 2) !== (half === "right")) continue;
              if (!hover.hidden && hover.innerText.includes(words)) return [left + x, top + y];
            }
          }
          return null;
        }""",
        [canvas, words, half],
    )
    assert found is not None, f"nothing on {canvas} tells of {words}"
    page.mouse.move(*found)
    return float(found[0]), float(found[1])


def ink(page: Any, canvas: str) -> int:
    """The number of colours on a canvas."""
    return int(
        page.evaluate(
            """(canvas) => {
              const source = document.querySelector(canvas);
              const { data } = source.getContext("2d").getImageData(0, 0, source.width, source.height);
              const seen = new Set();
              for (let i = 0; i < data.length; i += 4) seen.add(data.slice(i, i + 3).join());
              return seen.size;
            }""",
            canvas,
        )
    )


# Switching


def test_four_buttons_switch_the_view_and_the_address_keeps_it(visit: Any, demo: Path) -> None:
    page = visit(demo)
    for view in ("map", "time", "table", "graph"):
        page.locator(f"#show-{view}").click()
        assert shown(page) == view
        assert [page.get_attribute(f"#show-{v}", "aria-checked") for v in VIEWS] == [
            str(v == view).lower() for v in VIEWS
        ]
        assert (f"view={view}" in page.url) == (view != "graph")
        assert summary(page) == "40 of 41 actors · 85 of 95 facts"


def test_number_keys_and_arrow_keys_switch_the_view(visit: Any, demo: Path) -> None:
    page = visit(demo)
    for key, view in (("2", "map"), ("3", "time"), ("4", "table"), ("t", "time"), ("1", "graph")):
        page.keyboard.press(key)
        assert shown(page) == view
    page.locator("#show-graph").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == "map" and page.evaluate("document.activeElement.id") == "show-map"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert shown(page) == "table"
    assert page.locator("#views [tabindex='0']").count() == 1


@pytest.mark.parametrize("view", VIEWS)
def test_filters_mean_the_same_in_every_view(visit: Any, demo: Path, view: str) -> None:
    page = visit(demo, f"#view={view}&without=memberOf,holdsOfficeIn&status=actual,planned&from=2025-03&sources=2")
    assert summary(page) == "28 of 41 actors · 34 of 95 facts"
    page.locator("[data-key='type:Person']").uncheck()
    assert "notype=Person" in page.url and summary(page) != "28 of 41 actors · 34 of 95 facts"


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, True), (360, 720, False)])
def test_every_view_fits_small_and_large_screens(
    visit: Any, demo: Path, view: str, width: int, height: int, dark: bool
) -> None:
    page = visit(demo, f"#view={view}", width=width, height=height, dark=dark)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    if view != "table":
        assert ink(page, "#time canvas" if view == "time" else "#picture canvas") > 40


@pytest.mark.parametrize("view", ["map", "time"])
def test_an_empty_graph_has_an_empty_view(visit: Any, write_page: Callable[..., Path], view: str) -> None:
    page = visit(write_page(World(), f"empty-{view}"), f"#view={view}")
    assert "No facts yet" in page.inner_text("#notice")
    page.keyboard.press("+")
    page.keyboard.press("0")
    page.keyboard.press(" ")
    assert summary(page) == "0 actors · 0 facts · 0 articles"


# Map


def test_a_line_on_the_map_leads_to_its_evidence(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page, "#view=map")
    page.mouse.click(*point_at(page, "#picture canvas", "supplies →"))
    assert page.locator("#panel h3").first.inner_text() == "Austria supplies Chile"
    assert page.url.endswith("#view=map&edge=AUT,CHL")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_both_halves_of_a_line_over_the_pacific_are_that_line(visit: Any, distant: Path) -> None:
    page = visit(distant, "#view=map")
    page.locator("#zoom-out").click()
    middle = page.viewport_size["width"] / 2
    for half in ("left", "right"):
        x, _ = point_at(page, "#picture canvas", "Japan – United States", half=half)
        assert (x < middle) == (half == "left")


def test_actors_without_a_place_stand_in_the_tray(visit: Any, distant: Path) -> None:
    page = visit(distant, "#view=map")
    assert page.inner_text("#tray").startswith("1 actor without a place")
    assert "Natural Earth" in page.inner_text("#credit")
    page.mouse.click(*point_at(page, "#picture canvas", "Halden Institute\nOrganisation"))
    assert page.locator("#panel h2").inner_text().strip() == "Halden Institute"
    page.locator("#show-graph").click()
    assert page.locator("#tray").is_hidden() and page.locator("#credit").is_hidden()


def test_arrow_keys_go_from_actor_to_actor_on_the_map(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=map&node=USA")
    page.locator("#picture").focus()
    page.keyboard.press("ArrowRight")
    east = page.locator("#panel h2").inner_text().strip()
    page.keyboard.press("ArrowLeft")
    assert east != "United States"
    assert "node=" in page.url and "view=map" in page.url


def test_coming_back_finds_the_network_as_it_was_left(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page)
    box = page.locator("#picture").bounding_box()
    at = box["x"] + box["width"] / 2 + 20, box["y"] + box["height"] / 2
    page.keyboard.press("2")
    page.keyboard.press("+")
    page.keyboard.press("1")
    page.mouse.move(*at)
    page.wait_for_selector("#hover:not([hidden])")
    assert page.inner_text("#hover").startswith("Austria – Chile")


# Time


def test_a_mark_in_time_leads_to_the_evidence_of_its_fact(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=time&node=PRK")
    page.mouse.click(*point_at(page, "#time canvas", "North Korea supplies Russia\n18 June 2025"))
    assert page.locator("#panel .fact.chosen h3").inner_text() == "North Korea supplies Russia"
    assert page.locator("#panel .fact.chosen .when .date").inner_text() == "18 June 2025"
    assert "edge=PRK,RUS&fact=" in page.url
    again = visit(demo, "#" + page.url.split("#")[1])
    assert again.locator("#panel .fact.chosen .when .date").inner_text() == "18 June 2025"


def test_what_is_known_to_the_month_is_told_of_along_the_whole_month(visit: Any, pair_page: Path) -> None:
    page = visit(pair_page, "#view=time")
    x, y = point_at(page, "#time canvas", "July 2025")
    page.mouse.move(x + 300, y)
    page.wait_for_selector("#hover:not([hidden])")
    assert page.inner_text("#hover").split("\n") == ["Austria supplies Chile", "July 2025 · 2 independent sources"]


def test_undated_facts_are_listed_apart_with_their_number(visit: Any, distant: Path) -> None:
    page = visit(distant, "#view=time")
    assert page.inner_text(".undated-count") == "1 undated"
    page.locator(".undated-fact").click()
    assert page.locator("#panel h3").first.inner_text() == "United States criticizes Halden Institute"
    page.keyboard.press("Escape")
    page.evaluate("location.hash = '#view=time&from=2025-01-01'")
    page.locator(".time-foot", has_text="1 undated fact left out").wait_for()


def test_lanes_are_the_selected_actor_and_its_neighbours(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=time&node=BRA")
    assert sorted(text.strip() for text in page.locator(".lane-names button").all_inner_texts()) == [
        "Argentina",
        "Brazil",
    ]
    page.locator(".lane-names button", has_text="Argentina").click()
    assert page.locator("#panel h2").inner_text().strip() == "Argentina"
    assert page.locator(".lane-names button").count() == 3


def test_lanes_follow_the_path(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=time&path=Wonsan-1877449,XKX")
    lanes = [text.strip() for text in page.locator(".lane-names button").all_inner_texts()]
    assert lanes[0] == "Wonsan" and lanes[-1] == "Kosovo" and len(lanes) == 5


def test_more_lanes_can_be_asked_for(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=time")
    assert page.locator(".lane-names button").count() == 16
    page.locator(".time-foot button", has_text="More lanes").click()
    assert page.locator(".lane-names button").count() == 32 and "lanes=32" in page.url


def test_the_keyboard_goes_through_the_facts_in_the_order_of_time(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=time")
    page.locator("#time canvas").focus()
    dates = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        dates.append(page.locator("#panel .fact.chosen .when .date").inner_text())
        assert dates[-1] in page.inner_text("#announce")
    assert len(set(dates)) > 2
    page.keyboard.press("ArrowLeft")
    assert page.locator("#panel .fact.chosen .when .date").inner_text() == dates[-2]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "CANVAS"


def test_the_stretch_of_time_that_is_seen_stands_in_the_address(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=time")
    page.locator("#zoom-in").click()
    page.wait_for_url("**span=**")
    again = visit(demo, "#" + page.url.split("#")[1])
    assert again.url == page.url
    page.locator("#zoom-fit").click()
    assert "span=" not in page.url
    page.locator(".earlier").click()
    page.wait_for_selector(".earlier", state="hidden")


def test_planned_and_denied_facts_are_drawn_only_when_asked_for(visit: Any, write_page: Callable[..., Path]) -> None:
    world = pair(status=Status.DENIED)
    page = visit(write_page(world, "denied-pair"), "#view=time")
    assert "Nothing matches the filters" in page.inner_text("#notice")
    page.locator("[data-key='status:denied']").check()
    assert point_at(page, "#time canvas", "denied")


# Play


def test_play_grows_the_period_until_it_is_paused(visit: Any, demo: Path) -> None:
    page = visit(demo)
    page.locator("#play-speed").select_option("4")
    page.locator("#play").click()
    page.wait_for_selector("body.playing")
    first = page.inner_text(".period-words")
    page.locator(".period-words").filter(has_not_text=first).wait_for()
    assert "to=" not in page.url  # Only what one stops at becomes a link.
    page.locator("#play").click()
    page.wait_for_selector("body:not(.playing)")
    assert "to=202" in page.url and "from=" not in page.url
    assert summary(visit(demo, "#" + page.url.split("#")[1])) == summary(page)


def test_space_plays_and_pauses_and_stops_at_the_end(visit: Any, distant: Path, demo: Path) -> None:
    page = visit(demo, "#view=map&to=2025-07-05")
    page.locator("#play-speed").select_option("4")
    page.locator("#picture").focus()
    page.keyboard.press(" ")
    page.wait_for_selector("body.playing")
    page.wait_for_selector("body:not(.playing)", state="attached")
    assert summary(page).endswith("63 of 95 facts") and "Paused" in page.inner_text("#announce")
    assert visit(distant).locator("#play").count() == 0  # One day has no steps.


@pytest.mark.parametrize("view", VIEWS)
def test_comma_and_point_step_through_time(visit: Any, demo: Path, view: str) -> None:
    page = visit(demo, f"#view={view}&to=2025-03-16")
    before = summary(page)
    page.keyboard.press(".")
    assert summary(page) != before and "to=2025-03-23" in page.url
    page.keyboard.press(",")
    assert summary(page) == before


def test_a_chosen_window_keeps_its_length_while_it_moves(visit: Any, demo: Path) -> None:
    page = visit(demo, "#from=2025-03-03&to=2025-03-16")
    page.locator("#play-kind").select_option("moving")
    page.keyboard.press("Escape")
    page.locator("#picture").focus()
    page.keyboard.press(".")
    assert "from=2025-03-10&to=2025-03-23" in page.url


# Safety


@pytest.mark.parametrize("view", ["map", "time"])
def test_hostile_names_do_nothing_on_map_and_time(visit: Any, write_page: Callable[..., Path], view: str) -> None:
    world = hostile_world()
    for i, key in enumerate(sorted(world.entities)[:12]):
        world.entities[key] = replace(
            world.entities[key], country=("RUS", "FRA", HOSTILE[i % len(HOSTILE)], "__proto__")[i % 4]
        )
    page = visit(write_page(world, f"hostile-{view}"), f"#view={view}&fact={HOSTILE[0]}&span={HOSTILE[1]},x&lanes=-3")
    assert summary(page) == "26 actors · 13 facts · 13 articles"
    if view == "time":
        page.locator("#time canvas").focus()
        for _ in range(13):
            page.keyboard.press("ArrowRight")
        assert page.locator("#panel blockquote").count() == 1
    page.keyboard.press("4")
    page.keyboard.press("2")
    assert page.evaluate("window.pwned ?? null") is None
    assert page.evaluate("document.scripts.length") == 4
    assert page.evaluate("document.querySelectorAll('img, iframe, object, embed, b').length") == 0


def test_the_pictures_of_map_and_time_can_be_saved(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=map")
    visit.allow("blob:")
    for view, name in (("map", "map.png"), ("time", "time.png")):
        page.locator(f"#show-{view}").click()
        with page.expect_download() as picture:
            page.locator("#save-png").click()
        assert picture.value.suggested_filename == name
        assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")


def test_time_prints_with_all_lanes_and_their_names(visit: Any, demo: Path) -> None:
    page = visit(demo, "#view=time&lanes=40")
    before = page.evaluate("document.querySelector('#time canvas').height")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("document.querySelector('#time canvas').height") > 3 * before
    page.emulate_media(media="print")
    assert not page.locator(".lane-names").is_visible() and page.locator("#time canvas").is_visible()
