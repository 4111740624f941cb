"""JSON Lines: one node or edge per line, nodes first, every value in its own type. Nothing is lost but gaps."""

import json

from kg.export.base import Counts, clean_edges, clean_nodes
from kg.export.target import Target
from kg.graph.elements import GraphSource

_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def render(source: GraphSource, target: Target, _title: str) -> Counts:
    """Write ``{"kind": "node", "id", "label", "properties"}`` and then ``{"kind": "edge", "id", "type", …}`` lines."""
    nodes = edges = 0
    out = target.open()
    for node in clean_nodes(source):
        line = {"kind": "node", "id": node.id, "label": node.label, "properties": node.properties}
        out.write(_write(line) + "\n")
        nodes += 1
    for edge in clean_edges(source):
        ends = {"kind": "edge", "id": edge.id, "type": edge.type, "source": edge.source, "target": edge.target}
        out.write(_write(ends | {"properties": edge.properties}) + "\n")
        edges += 1
    return Counts(nodes, edges)
