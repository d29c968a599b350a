"""The interactive page: one HTML file that works from disk and asks nothing of the network."""

from geograph.view.page import render

__all__ = ["render"]
