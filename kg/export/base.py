"""What all exporters share: counts, and the elements of a source made safe to write."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.exceptions import InputError
from kg.export.clean import clean_id, clean_properties, clean_text
from kg.graph.elements import Edge, GraphSource, Node

TITLE = "AI compute knowledge graph"
"""The title of an export that was given none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes and edges an export holds: the same numbers in every format."""

    nodes: int
    edges: int

    def __str__(self) -> str:
        """Say it as commands print it."""
        return f"{self.nodes:,} nodes, {self.edges:,} edges"


def clean_nodes(source: GraphSource) -> Iterator[Node]:
    """Yield every node with an id, label and properties that any text format can hold.

    Raises InputError if a node comes twice: readers would merge the two without a word.
    """
    last = None
    for node in source.nodes():
        if node.id == last:
            raise InputError(f"Node {node.id!r} comes twice; no format could tell the two apart")
        last = node.id
        yield Node(clean_id(node.id), clean_text(node.label), clean_properties(node.properties))


def clean_edges(source: GraphSource) -> Iterator[Edge]:
    """Yield every edge with ids, type and properties that any text format can hold.

    Raises InputError if an edge comes twice.
    """
    last = None
    for edge in source.edges():
        if edge.id == last:
            raise InputError(f"Edge {edge.id!r} comes twice; no format could tell the two apart")
        last = edge.id
        ends = clean_id(edge.source), clean_id(edge.target)
        yield Edge(clean_id(edge.id), clean_text(edge.type), *ends, clean_properties(edge.properties))


def display_name(node: Node) -> str:
    """Return what a reader should see at a node: its name, its title, what it claims, or else its id."""
    properties = node.properties
    for key in ("name", "title"):
        text = as_text(properties.get(key, ""))
        if text:
            return text
    if properties.get("subject_name") and properties.get("predicate"):
        said = [properties["subject_name"], properties["predicate"], properties.get("object_name", "")]
        return " ".join(as_text(part) for part in said).strip()
    return node.id


def as_text(value: object) -> str:
    """Return a clean value as one text: true and false in lower case, the items of a list joined by "; "."""
    if isinstance(value, list):
        return "; ".join(as_text(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
