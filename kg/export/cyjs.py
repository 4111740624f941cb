"""Cytoscape JSON: what Cytoscape opens and Cytoscape.js takes as ``elements``."""

import json
from collections.abc import Mapping

from kg.export.base import Counts, clean_edges, clean_nodes, display_name
from kg.export.columns import Columns, survey
from kg.export.target import Target
from kg.export.words import phrase
from kg.graph.elements import GraphSource, Property

_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def render(source: GraphSource, target: Target, title: str) -> Counts:
    """Write nodes (``id``, ``name``, ``label``, ``type``), edges (``id``, ends, ``label``, ``interaction``: the type).

    Each column has one type in the whole file, because Cytoscape takes the first value's.
    """
    shape = survey(source)
    out = target.open()
    head = {"name": title, "generated_by": "ai-compute-kg"}
    out.write(f'{{"format_version":"1.0","data":{_write(head)},\n"elements":{{"nodes":[')
    for number, node in enumerate(clean_nodes(source)):
        name = display_name(node)
        own = {"id": node.id, "name": name, "label": name, "type": node.label}
        data = _titled(shape.nodes, node.properties) | own
        out.write(f'{"," if number else ""}\n{{"data":{_write(data)}}}')
    out.write('\n],"edges":[')
    for number, edge in enumerate(clean_edges(source)):
        own = {"id": edge.id, "source": edge.source, "target": edge.target, "label": phrase(edge.type)}
        own["interaction"] = edge.type
        out.write(f'{"," if number else ""}\n{{"data":{_write(_titled(shape.edges, edge.properties) | own)}}}')
    out.write("\n]}}\n")
    return shape.counts


def _titled(columns: Columns, properties: Mapping[str, Property]) -> dict[str, Property]:
    return {columns.title(name): value for name, value in columns.fitted(properties).items()}
