"""DOCX -> its paragraphs, title and author. Runs in the process of `geograph.sources.worker`."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from geograph.errors import SourceError

_LIMIT = 50_000_000
"""The largest document after decompression, in bytes."""


def document(data: bytes) -> dict[str, Any]:
    """The `paragraphs`, `title` and `author` of a document. Its dates tell when a file was made, not when published.

    Raises SourceError for a file that is broken, another kind of document, or unpacks to more than 50 MB.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    broken = SourceError("broken, or no DOCX document; open it in a word processor and save it again")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_size(archive)
        found = Document(io.BytesIO(data))
        properties = found.core_properties
        return {
            "title": properties.title,
            "author": properties.author,
            "paragraphs": [paragraph.text for paragraph in found.paragraphs],
        }
    except (
        zipfile.BadZipFile,
        OpcError,
        LxmlError,
        EOFError,
        LookupError,
        AttributeError,
        TypeError,
        ValueError,
        OSError,
    ):
        raise broken from None
    except (NotImplementedError, RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise broken from None


def _check_size(archive: zipfile.ZipFile) -> None:
    """Raises SourceError for an archive that unpacks to more than the limit, whatever its list of contents claims."""
    total = 0
    for member in archive.infolist():
        with archive.open(member) as stream:
            while part := stream.read(1 << 20):
                total += len(part)
                if total > _LIMIT:
                    raise SourceError(f"unpacks to over {_LIMIT // 1_000_000} MB; save the text of the article")
