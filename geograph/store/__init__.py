"""The store: claims in, facts out; Oxigraph on disk or in memory."""

from geograph.store.base import STORE_VERSION, Added, Store
from geograph.store.folder import DEFAULT_FOLDER

__all__ = ["DEFAULT_FOLDER", "STORE_VERSION", "Added", "Store"]
