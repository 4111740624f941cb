"""CSV tables for spreadsheets: NAME-nodes.csv, NAME-edges.csv and, where there are claims, NAME-claims.csv."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TextIO

from kg.export.base import Counts, as_text, clean_edges, clean_nodes, display_name
from kg.export.columns import EDGE_NAMES, NODE_NAMES, Columns
from kg.export.target import Target
from kg.export.words import phrase
from kg.graph.elements import GraphSource, Property

Row = tuple[Sequence[Property], Mapping[str, Property]]
"""The fixed cells of a row, and the properties for the others."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
_CITED = ("title", "publisher", "published", "url")
_SOURCE = ("document", *(f"document_{name}" for name in _CITED))


def render(source: GraphSource, target: Target, _title: str) -> Counts:
    """Write the tables; all of them appear together or none does.

    Claims stand in a table of their own, each with the document that states it; together with NAME-nodes.csv it holds
    every node. An older NAME-claims.csv is emptied when this export has no claims, lest the tables contradict
    each other. Of claims and documents the citation is kept in memory; everything else streams.
    """
    found = _survey(source)
    _write_nodes(source, target.open("-nodes"), found.nodes)
    _write_edges(source, target.open("-edges"), found.edges)
    if found.has_claims or target.sibling("-claims").exists():
        _write_claims(source, target.open("-claims"), found)
    return Counts(found.nodes_seen, found.edges_seen)


def guarded(value: Property) -> str:
    """Return a value as the text of a cell that no spreadsheet runs as a formula.

    Text that starts with ``= + - @``, a tab, a carriage return or an apostrophe gets one apostrophe before it. So
    nothing is lost: of a text cell that starts with an apostrophe, take that one away. Numbers are left alone.
    """
    text = as_text(value)
    unsafe = isinstance(value, (str, list)) and text.startswith(_FORMULA)
    return f"'{text}" if unsafe else text


@dataclass(slots=True)
class _Found:
    """What the first pass finds: columns, counts, documents, and which of them states a claim."""

    nodes: Columns = field(default_factory=lambda: Columns(NODE_NAMES))
    edges: Columns = field(default_factory=lambda: Columns(EDGE_NAMES))
    claims: Columns = field(default_factory=lambda: Columns(NODE_NAMES | set(_SOURCE)))
    nodes_seen: int = 0
    edges_seen: int = 0
    has_claims: bool = False
    documents: dict[str, list[Property]] = field(default_factory=dict)
    stated_in: dict[str, str] = field(default_factory=dict)


def _survey(source: GraphSource) -> _Found:
    found = _Found()
    for node in clean_nodes(source):
        found.nodes_seen += 1
        found.has_claims = found.has_claims or node.label == "Claim"
        (found.claims if node.label == "Claim" else found.nodes).see(node.properties)
        if node.label == "Document":
            found.documents[node.id] = [node.properties.get(name) for name in _CITED]
    for edge in clean_edges(source):
        found.edges_seen += 1
        found.edges.see(edge.properties)
        if edge.type == "STATED_IN":
            found.stated_in.setdefault(edge.source, edge.target)
    return found


def _write_nodes(source: GraphSource, out: TextIO, columns: Columns) -> None:
    rows = (
        ([node.id, display_name(node), node.label], node.properties)
        for node in clean_nodes(source)
        if node.label != "Claim"
    )
    _write_table(out, ["id", "label", "type"], columns, rows)


def _write_edges(source: GraphSource, out: TextIO, columns: Columns) -> None:
    rows = (
        ([edge.id, edge.source, edge.target, edge.type, phrase(edge.type)], edge.properties)
        for edge in clean_edges(source)
    )
    _write_table(out, ["id", "source", "target", "relation", "label"], columns, rows)


def _write_claims(source: GraphSource, out: TextIO, found: _Found) -> None:
    def cited(claim: str) -> list[Property]:
        document = found.stated_in.get(claim)
        return [document, *found.documents.get(document or "", [None] * len(_CITED))]

    rows = (
        ([node.id, display_name(node), node.label, *cited(node.id)], node.properties)
        for node in clean_nodes(source)
        if node.label == "Claim"
    )
    _write_table(out, ["id", "label", "type", *_SOURCE], found.claims, rows)


def _write_table(out: TextIO, fixed: list[str], columns: Columns, rows: Iterable[Row]) -> None:
    names = sorted(columns.types)
    writer = csv.writer(_Lines(out), lineterminator="\r\n")
    writer.writerow([*fixed, *(guarded(columns.title(name)) for name in names)])
    for own, properties in rows:
        values = columns.fitted(properties)
        cells = [*own, *(values.get(name) for name in names)]
        writer.writerow(["" if value is None else guarded(value) for value in cells])


class _Lines:
    """Ends rows with a plain newline; the writer is told otherwise, or it would not quote carriage returns in cells."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, row: str) -> None:
        """Write one row."""
        self._out.write(row[:-2] + "\n")
