"""Fixtures that several test modules share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from spacy.language import Language

# A loaded machine is no failure.
settings.register_profile("geograph", deadline=None)
settings.load_profile("geograph")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The spaCy pipeline that geograph picks on this machine."""
    from geograph.annotate import load_pipeline

    return load_pipeline()


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder with hand-made gold, beside the checkout; tests that need it skip where it is absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "gold"
    if not folder.is_dir():
        pytest.skip("no gold documents beside this checkout (../shared/gold)")
    return folder
