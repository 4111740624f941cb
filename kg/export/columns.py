"""Columns for formats with a fixed set of them: one type each, and names that no reader takes for its own."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from kg.export.base import Counts, as_text
from kg.export.clean import clean_properties
from kg.graph.elements import GraphSource, Property

NODE_NAMES = frozenset({"id", "label", "type", "viz", "pid", "parent", "parents", "spells", "selected", "suid"})
"""Names that a reader of some format takes for a node's own id, look or place, in any case."""

EDGE_NAMES = frozenset(
    {"id", "source", "target", "label", "type", "relation", "interaction", "kind", "key", "weight", "directed"}
    | {"start", "end", "spells", "slices", "viz", "selected", "suid", "networkx_key"}
)
"""The same for edges."""

_EXACT = 2**53
"""Whole numbers beyond this are not exact everywhere; their column is text."""


class Columns:
    """The columns of the nodes or of the edges: property name → type (boolean, long, double, string or list)."""

    def __init__(self, reserved: frozenset[str]) -> None:
        """Start empty; ``reserved`` are the names that the format needs itself."""
        self.types: dict[str, str] = {}
        self._reserved = re.compile(rf"(property_)*({'|'.join(sorted(reserved))})", re.IGNORECASE)

    def see(self, properties: Mapping[str, Property]) -> None:
        """Widen the columns so that they hold these properties."""
        types = self.types
        for name, value in properties.items():
            found = _type_of(value)
            known = types.get(name)
            if known != found:
                types[name] = found if known is None else _wider(known, found)

    def title(self, name: str) -> str:
        """Return the name that a property has in the file: ``type`` → ``property_type``; different names stay so."""
        return f"property_{name}" if self._reserved.fullmatch(name) else name

    def titles(self) -> dict[str, str]:
        """Return the columns by the name that they have in the file, sorted, with their types."""
        return {self.title(name): self.types[name] for name in sorted(self.types)}

    def fitted(self, properties: Mapping[str, Property]) -> dict[str, Property]:
        """Return the properties as values of their columns' types."""
        return {name: _fitted(value, self.types[name]) for name, value in properties.items()}

    def texts(self, properties: Mapping[str, Property]) -> Iterator[tuple[str, str]]:
        """Yield each property's name and its value as text of its column's type."""
        for name, value in properties.items():
            yield name, as_text(_fitted(value, self.types[name]))


@dataclass(frozen=True, slots=True)
class Shape:
    """What a first pass over a source finds."""

    nodes: Columns
    edges: Columns
    counts: Counts


def survey(source: GraphSource) -> Shape:
    """Read the whole source once and return its columns and counts; memory grows with the columns only."""
    nodes, edges = Columns(NODE_NAMES), Columns(EDGE_NAMES)
    node_count = edge_count = 0
    for node in source.nodes():
        nodes.see(clean_properties(node.properties))
        node_count += 1
    for edge in source.edges():
        edges.see(clean_properties(edge.properties))
        edge_count += 1
    return Shape(nodes, edges, Counts(node_count, edge_count))


def _type_of(value: Property) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "long" if -_EXACT <= value <= _EXACT else "string"
    if isinstance(value, float):
        return "double"
    return "list" if isinstance(value, list) else "string"


def _wider(one: str, other: str) -> str:
    return "double" if {one, other} == {"long", "double"} else "string"


def _fitted(value: Property, kind: str) -> Property:
    if kind == "double":
        return float(cast("float", value))
    return as_text(value) if kind == "string" else value
