"""Takes pictures of a page for the documentation: `python tests/browser/screenshots.py PAGE FOLDER [HASH]`.

Writes into FOLDER, at twice the pixel density, network, map and time in light, dark and on a phone (`map.png`,
`map-dark.png`, `map-phone.png`), table.png, and for a HASH, such as `#edge=PRK,RUS`, each of the three with what it
selects (`evidence.png`, `map-evidence.png`, `time-evidence.png`). `docs/view.md` says which of them it shows.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDE, PHONE = (1280, 800), (390, 800)
Shot = tuple[tuple[int, int], str, str]


def shots(selection: str) -> dict[str, Shot]:
    """The pictures by name: size of the window, colour scheme and the hash of the address."""
    found: dict[str, Shot] = {"table": (WIDE, "light", "#view=table")}
    for name, view in (("graph", "view=graph"), ("map", "view=map"), ("time", "view=time")):
        found[name] = (WIDE, "light", f"#{view}")
        found[f"{name}-dark"] = (WIDE, "dark", f"#{view}")
        found[f"{name}-phone"] = (PHONE, "light", f"#{view}")
        if selection:
            found["evidence" if name == "graph" else f"{name}-evidence"] = (WIDE, "light", f"#{view}&{selection}")
    return found


def main(page_file: Path, folder: Path, hash: str = "") -> None:
    """Writes the pictures."""
    path = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, ((width, height), scheme, where) in shots(hash.removeprefix("#")).items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                reduced_motion="reduce",
                device_scale_factor=2,
            )
            page.goto(page_file.resolve().as_uri() + where)
            page.wait_for_selector("html[data-ready=true]", state="attached")
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
