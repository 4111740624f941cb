"""Nodes and edges: what the store holds and what exports write, without a database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

Scalar = str | int | float | bool
Property = Scalar | list[str] | list[int] | list[float] | list[bool] | None
"""What a property may be on both engines: one scalar, or a list of one kind without gaps; None: no such property."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: id, the label beside ``Entity`` (or the only one, for records), properties without the id."""

    id: str
    label: str
    properties: Mapping[str, Property] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship: its own id, type, the ids of its ends, properties without the id."""

    id: str
    type: str
    source: str
    target: str
    properties: Mapping[str, Property] = field(default_factory=dict)


class GraphSource(Protocol):
    """A graph that can be read more than once, in a fixed order: nodes by id, then edges by id."""

    def nodes(self) -> Iterator[Node]:
        """Yield every node."""

    def edges(self) -> Iterator[Edge]:
        """Yield every edge; both its ends are among the nodes."""
