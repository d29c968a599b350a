"""Several files as one: a zip archive whose bytes depend on the files alone."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that the format can hold; no clock may show in an export."""
UNIX = 3


def archive(files: Mapping[str, bytes]) -> bytes:
    """The files, sorted by name, in a zip archive."""
    out = BytesIO()
    with ZipFile(out, "w") as zipped:
        for name, content in sorted(files.items()):
            info = ZipInfo(name, LONG_AGO)
            info.create_system = UNIX
            info.external_attr = 0o644 << 16
            zipped.writestr(info, content, ZIP_DEFLATED, 6)
    return out.getvalue()
