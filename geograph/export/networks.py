"""GraphML and GEXF of the network of facts, for Gephi, yEd, Cytoscape and other network programs."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def graphml(network: MultiDiGraph[str]) -> bytes:
    """The network as GraphML, UTF-8."""
    import networkx as nx

    out = BytesIO()
    nx.write_graphml_xml(network, out)
    return out.getvalue()


def gexf(network: MultiDiGraph[str]) -> bytes:
    """The network as GEXF 1.2, UTF-8, without the date of writing."""
    import networkx as nx

    out = BytesIO()
    nx.write_gexf(network, out)
    return b"\n".join(line for line in out.getvalue().split(b"\n") if b"lastmodifieddate" not in line)
