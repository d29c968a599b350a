"""Takes pictures of a page for the documentation: `python tests/browser/screenshots.py PAGE FOLDER [HASH]`.

Writes graph.png (light), graph-dark.png, evidence.png (the given HASH, such as `#edge=PRK,RUS`), table.png and
phone.png into FOLDER, at twice the pixel density. `docs/view.md` says which of them the documentation uses.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WIDE, PHONE = (1280, 800), (390, 800)


def main(page_file: Path, folder: Path, hash: str = "") -> None:
    """Writes the pictures."""
    shots = {
        "graph": (WIDE, "light", ""),
        "graph-dark": (WIDE, "dark", ""),
        "evidence": (WIDE, "light", hash),
        "table": (WIDE, "light", "#view=table"),
        "phone": (PHONE, "light", hash),
    }
    path = next(found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name)))
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, ((width, height), scheme, where) in shots.items():
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
