"""The store: claims in, facts out; Oxigraph on disk or in memory."""

from geograph.store.adding import Added
from geograph.store.base import Store
from geograph.store.folder import DEFAULT_FOLDER
from geograph.store.version import STORE_VERSION

__all__ = ["DEFAULT_FOLDER", "STORE_VERSION", "Added", "Store"]
