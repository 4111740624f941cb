"""The graph in networkx, for analysis in Python."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.export.base import clean_edges, clean_nodes
from kg.graph.elements import GraphSource, Property

if TYPE_CHECKING:
    import networkx


def to_networkx(source: GraphSource) -> "networkx.MultiDiGraph[str]":
    """Return the graph as a ``MultiDiGraph`` with edges keyed by their own id, so that parallel facts stay apart.

    Nodes carry ``label`` (the type), edges ``type``; a property of that name is kept as ``property_label`` or
    ``property_type``. The whole graph is held in memory.
    """
    import networkx  # noqa: PLC0415  half a second that only this function needs

    graph = networkx.MultiDiGraph()
    for node in clean_nodes(source):
        graph.add_nodes_from([(node.id, _with("label", node.label, node.properties))])
    for edge in clean_edges(source):
        data = _with("type", edge.type, edge.properties)
        graph.add_edges_from([(edge.source, edge.target, edge.id, data)])
    return graph


def _with(own: str, value: str, properties: Mapping[str, Property]) -> dict[str, object]:
    """Return the data of a node or edge: the properties, and its own kind under a name that is ours."""
    if own in properties:
        properties = {**properties, f"property_{own}": properties[own]}
    return {**properties, own: value}
