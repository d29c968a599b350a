"""What makes one safe file: vis-network from the installed pyvis, inert JSON, and a content security policy.

Nothing that comes from an article can become markup or script: data is JSON inside an inert script element, the
policy lets run only the scripts whose hashes it names, and it forbids every request.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from markupsafe import Markup

from geograph.errors import GeographError

FOLDER = Path(__file__).parent
SCRIPTS = (
    "data.js", "state.js", "filter.js", "elements.js",
    "views.js", "labels.js", "picture.js", "camera.js", "pointer.js",
    "land.js", "spread.js", "map.js",
    "evidence.js", "dossier.js", "path.js",
    "search.js", "legend.js", "narrow.js", "chips.js", "period.js", "axis.js", "play.js", "table.js",
    "lanes.js", "marks.js", "time.js", "chart.js", "travel.js",
    "save.js", "keys.js",
    "main.js",
)  # fmt: skip
"""The page's own scripts, in loading order; they share one scope."""

_VIS_NETWORK = Path("lib", "vis-9.1.2", "vis-network.min.js")
_VIS_NETWORK_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def inert_json(value: object) -> Markup:
    """The value as JSON that cannot end a script element: ASCII, keys sorted, without `<`, `>` and `&`."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).translate(_ESCAPES)
    return Markup(text)


@cache
def vis_network() -> str:
    """The source of vis-network 9.1.2 (MIT or Apache-2.0) as pyvis 0.3.2 carries it.

    Its style sheet is left out: it dresses buttons, tooltips and editors, of which the page uses none.
    Raises GeographError if pyvis is missing or carries another file.
    """
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise GeographError("pyvis is not installed; the page needs it: pip install pyvis==0.3.2")
    path = Path(spec.origin).parent / _VIS_NETWORK
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != _VIS_NETWORK_SHA256:
        raise GeographError(f"{path}: not the vis-network of pyvis 0.3.2; pip install --force-reinstall pyvis==0.3.2")
    lines = content.decode("utf-8").replace("\r\n", "\n").split("\n")
    # Browsers would look for the source map.
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


@cache
def own_script() -> str:
    """The page's own scripts as one, without indentation and comment lines."""
    parts = [_lean((FOLDER / "script" / name).read_text(encoding="utf-8"), "//") for name in SCRIPTS]
    return f'"use strict";\n(() => {{\n{"".join(parts)}}})();\n'


@cache
def own_style() -> str:
    """The page's style sheet."""
    return _lean((FOLDER / "style.css").read_text(encoding="utf-8"), "/*")


def _lean(source: str, comment: str) -> str:
    lines = (line.strip() for line in source.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith(comment))


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """The content security policy that lets just these inline scripts and styles work, and no request."""
    return (
        "default-src 'none'; "
        f"script-src {' '.join(map(_source, scripts))}; style-src {' '.join(map(_source, styles))}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
