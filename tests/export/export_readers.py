"""Reads every format back with code that is not ours, into one shape."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import networkx as nx
import rdflib
from rdflib import RDF, RDFS
from rdflib.namespace import DCTERMS, PROV, SKOS

from kg.export.words import phrase

KG = "urn:ai-compute-kg:"


@dataclass
class Found:
    """A graph as read: id → (label, properties); id → (type, source, target, properties)."""

    nodes: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    edges: dict[str, tuple[str, str, str, dict[str, Any]]] = field(default_factory=dict)


def read_jsonl(path: Path) -> Found:
    """Read JSON Lines."""
    found = Found()
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        row = json.loads(line)
        if row["kind"] == "node":
            found.nodes[row["id"]] = (row["label"], row["properties"])
        else:
            found.edges[row["id"]] = (row["type"], row["source"], row["target"], row["properties"])
    return found


def read_csv(path: Path) -> Found:
    """Read the tables; empty cells are no value, a leading apostrophe is taken off."""
    found = Found()
    for part in ("-nodes", "-claims"):
        for row in _rows(path.with_name(f"{path.stem}{part}.csv")):
            own, label = row.pop("id"), row.pop("type")
            found.nodes[own] = (label, {key: value for key, value in row.items() if not _is_ours(key)})
    for row in _rows(path.with_name(f"{path.stem}-edges.csv")):
        own, kind = row.pop("id"), row.pop("relation")
        ends = row.pop("source"), row.pop("target")
        found.edges[own] = (kind, *ends, {key: value for key, value in row.items() if key != "label"})
    return found


def _is_ours(column: str) -> bool:
    return column == "label" or column == "document" or column.startswith("document_")


def _rows(path: Path) -> Iterable[dict[str, str]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        head = [_bare(cell) for cell in next(rows)]
        for row in rows:
            cells = zip(head, row, strict=True)
            yield {key: _bare(cell) for key, cell in cells if cell != "" or key in ("id", "source", "target")}


def _bare(cell: str) -> str:
    return cell.removeprefix("'")


def read_graphml(path: Path) -> Found:
    """Read with networkx."""
    return _from_networkx(nx.read_graphml(path, edge_key_type=str, force_multigraph=True))


def read_gexf(path: Path) -> Found:
    """Read with networkx."""
    return _from_networkx(nx.read_gexf(path, version="1.3"))


def _from_networkx(graph: Any) -> Found:
    found = Found()
    for own, data in graph.nodes(data=True):
        rest = {key: value for key, value in data.items() if key not in ("label", "type", "viz")}
        found.nodes[own] = (data["type"], rest)
    multi = graph if graph.is_multigraph() else nx.MultiDiGraph(graph)
    for source, target, key, data in multi.edges(keys=True, data=True):
        ours = ("id", "label", "relation", "start", "end")
        rest = {key: value for key, value in data.items() if key not in ours}
        found.edges[data.get("id", key)] = (data["relation"], source, target, rest)
    return found


def read_cyjs(path: Path) -> Found:
    """Read as Cytoscape.js would."""
    found = Found()
    elements = json.loads(path.read_text(encoding="utf-8"))["elements"]
    for data in (element["data"] for element in elements["nodes"]):
        rest = {key: value for key, value in data.items() if key not in ("id", "type", "label")}
        found.nodes[data["id"]] = (data["type"], rest)
    for data in (element["data"] for element in elements["edges"]):
        assert data["label"] == phrase(data["interaction"])
        ours = ("id", "source", "target", "label", "interaction")
        rest = {key: value for key, value in data.items() if key not in ours}
        found.edges[data["id"]] = (data["interaction"], data["source"], data["target"], rest)
    return found


def read_turtle(path: Path) -> Found:
    """Read with rdflib."""
    return from_rdf(rdflib.Graph().parse(path, format="turtle"))


def read_jsonld(path: Path) -> Found:
    """Read with rdflib."""
    return from_rdf(rdflib.Graph().parse(path, format="json-ld"))


def from_rdf(graph: rdflib.Graph) -> Found:
    """Return what the triples say; the properties are sets of values."""
    found = Found()
    ids = {subject: str(value) for subject, value in graph.subject_objects(DCTERMS.identifier)}
    for subject, own in ids.items():
        if (subject, RDF.type, RDF.Statement) in graph:
            kind = unquote(str(graph.value(subject, RDF.predicate)).removeprefix(KG))
            ends = (ids[graph.value(subject, end)] for end in (RDF.subject, RDF.object))
            found.edges[own] = (kind, *ends, _said(graph, subject, {}))
        else:
            kinds = [kind for kind in graph.objects(subject, RDF.type) if str(kind).startswith(KG)]
            label = unquote(str(kinds[0]).removeprefix(KG))
            found.nodes[own] = (label, _said(graph, subject, _NAMES.get(label, _NAMES[""])))
    return found


_NAMES = {
    "Claim": {PROV.value: "quote"},
    "Document": {DCTERMS.title: "title", DCTERMS.publisher: "publisher", DCTERMS.issued: "published"},
    "": {RDFS.label: "name", SKOS.altLabel: "aliases"},
}


def _said(graph: rdflib.Graph, subject: Any, names: dict[Any, str]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for predicate, value in graph.predicate_objects(subject):
        if predicate == PROV.wasDerivedFrom and (subject, RDF.type, RDF.Statement) in graph:
            claim = unquote(str(value).removeprefix(f"{KG}id:"))
            said.setdefault("claims", set()).add(claim)
        elif isinstance(value, rdflib.Literal) and predicate != DCTERMS.identifier:
            name = names.get(predicate) or unquote(str(predicate).removeprefix(KG))
            said.setdefault(name, set()).add(str(value))
    return said


class _DataScript(HTMLParser):
    """Finds the text of the one script that holds the data."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.inside = False
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = ("id", "data") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text.append(data)


def parse_html(path: Path) -> tuple[dict[str, Any], list[tuple[str, dict[str, str | None]]]]:
    """Return the data of a page and its tags with attributes."""
    parser = _DataScript()
    parser.feed(path.read_text(encoding="utf-8"))
    parser.close()
    return json.loads("".join(parser.text)), parser.tags


def read_html(path: Path) -> Found:
    """Read the data of the page."""
    data, _ = parse_html(path)
    found = Found()
    for own, label, rest in data["nodes"]:
        found.nodes[own] = (label, rest)
    for own, kind, source, target, rest in data["edges"]:
        found.edges[own] = (kind, source, target, rest)
    return found


READERS = {
    "jsonl": read_jsonl,
    "csv": read_csv,
    "graphml": read_graphml,
    "gexf": read_gexf,
    "cyjs": read_cyjs,
    "turtle": read_turtle,
    "jsonld": read_jsonld,
    "html": read_html,
}
