"""What is written is read back by others: the same nodes and edges everywhere, and every value."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from export_hostile import graphs, hostile
from export_readers import READERS, Found
from export_sample import Sample, sample
from hypothesis import HealthCheck, given, settings

from kg.export.base import as_text, clean_edges, clean_nodes, display_name
from kg.export.clean import clean_properties
from kg.export.columns import NODE_NAMES, Columns, survey
from kg.export.formats import FORMATS
from kg.export.nx import to_networkx

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader

Expect = Callable[[dict[str, Any], Columns], dict[str, Any]]


def native(properties: dict[str, Any], columns: Columns) -> dict[str, Any]:
    """JSON Lines and the page keep every value as it is."""
    return properties


def typed(properties: dict[str, Any], columns: Columns) -> dict[str, Any]:
    """Columns have one type; lists are one text, and an empty text is as good as none."""
    fitted = {columns.title(name): value for name, value in columns.fitted(properties).items()}
    texts = {name: as_text(value) if isinstance(value, list) else value for name, value in fitted.items()}
    return {name: value for name, value in texts.items() if value != ""}


def celled(properties: dict[str, Any], columns: Columns) -> dict[str, Any]:
    """A CSV cell is the text of that."""
    return {name: as_text(value) for name, value in typed(properties, columns).items()}


def listed(properties: dict[str, Any], columns: Columns) -> dict[str, Any]:
    """Cytoscape keeps lists."""
    return {columns.title(name): value for name, value in columns.fitted(properties).items()}


def triples(properties: dict[str, Any], columns: Columns) -> dict[str, Any]:
    """RDF has a set of values per property; numbers are compared as they are written."""
    sets = {n: {_written(item) for item in (v if isinstance(v, list) else [v])} for n, v in properties.items()}
    return {name: values for name, values in sets.items() if values}


def _written(value: Any) -> str:
    return as_text(value)


CITED = ["document", "document_title", "document_publisher", "document_published", "document_url"]

EXPECT: dict[str, Expect] = {
    "jsonl": native,
    "html": native,
    "csv": celled,
    "graphml": typed,
    "gexf": typed,
    "cyjs": listed,
    "turtle": triples,
    "jsonld": triples,
}


def expected(source: Sample, name: str) -> Found:
    """Return what a reader must find."""
    shape = survey(source)
    claims, others = Columns(NODE_NAMES | set(CITED)), Columns(NODE_NAMES)
    for node in clean_nodes(source):
        (claims if node.label == "Claim" else others).see(node.properties)
    found = Found()
    for node in clean_nodes(source):
        apart = claims if name == "csv" and node.label == "Claim" else others if name == "csv" else shape.nodes
        properties = EXPECT[name](dict(node.properties), apart)
        if name == "cyjs":
            properties["name"] = display_name(node)
        found.nodes[node.id] = (node.label, properties)
    for edge in clean_edges(source):
        properties = EXPECT[name](dict(edge.properties), shape.edges)
        found.edges[edge.id] = (edge.type, edge.source, edge.target, properties)
    return found


def without_empty(found: Found) -> Found:
    """Drop empty texts, which some readers do not tell from nothing."""
    nodes = {key: (label, _filled(data)) for key, (label, data) in found.nodes.items()}
    return Found(nodes, {key: (*edge[:3], _filled(edge[3])) for key, edge in found.edges.items()})


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value != ""}


def check(source: Sample, name: str, folder: Path) -> None:
    path = folder / f"graph{FORMATS[name].suffixes[0]}"
    counts = FORMATS[name].write(source, path, title='A <title> & "more" \x00')
    found, wanted = READERS[name](path), expected(source, name)
    assert (counts.nodes, counts.edges) == (len(source.node_list), len(source.edge_list))
    assert (len(found.nodes), len(found.edges)) == (counts.nodes, counts.edges)
    if EXPECT[name] in (typed, celled):
        found, wanted = without_empty(found), without_empty(wanted)
    assert found.nodes == wanted.nodes
    assert found.edges == wanted.edges


@pytest.mark.parametrize("name", list(FORMATS))
@pytest.mark.parametrize("make", [sample, hostile, Sample], ids=["sample", "hostile", "empty"])
def test_every_format_reads_back(name: str, make: Callable[[], Sample], tmp_path: Path) -> None:
    check(make(), name, tmp_path)


@pytest.mark.parametrize("name", list(FORMATS))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=graphs())
def test_any_graph_reads_back(name: str, source: Sample, tmp_path: Path) -> None:
    check(source, name, tmp_path)


@given(source=graphs())
@settings(max_examples=20, deadline=None)
def test_networkx_holds_every_edge_under_its_id(source: Sample) -> None:
    graph = to_networkx(source)
    assert set(graph.nodes) == {node.id for node in clean_nodes(source)}
    keyed = {key: (a, b, data["type"]) for a, b, key, data in graph.edges(keys=True, data=True)}
    assert keyed == {edge.id: (edge.source, edge.target, edge.type) for edge in clean_edges(source)}


def test_networkx_keeps_values_and_parallel_edges() -> None:
    source = sample()
    graph = to_networkx(source)
    told = {node.id: clean_properties(node.properties) for node in source.nodes()}
    assert {own: {k: v for k, v in data.items() if k != "label"} for own, data in graph.nodes(data=True)} == told
    assert graph.number_of_edges("company:halcyon-ai", "company:northwind-compute") == 2
