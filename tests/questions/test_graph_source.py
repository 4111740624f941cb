"""What exporters are given is the store's graph, whole and in order."""

import pytest

from kg.export.nx import to_networkx
from kg.questions.graph_source import StoredGraph
from kg.store.base import Store


@pytest.mark.parametrize("with_claims", [False, True])
def test_the_copy_holds_what_the_store_holds(sample: Store, with_claims: bool) -> None:
    labels = ["Entity", "Claim", "Document"] if with_claims else ["Entity"]
    query = "MATCH (n) WHERE any(label IN labels(n) WHERE label IN $labels) RETURN n.id AS id ORDER BY id"
    ids = [row["id"] for row in sample.read(query, {"labels": labels})]
    between = (
        "MATCH (a)-[x]->(b) WHERE any(l IN labels(a) WHERE l IN $labels) AND any(l IN labels(b) WHERE l IN $labels) "
        "RETURN x.id AS id ORDER BY id"
    )
    edges = [row["id"] for row in sample.read(between, {"labels": labels})]
    with StoredGraph(sample, with_claims=with_claims) as source:
        assert [node.id for node in source.nodes()] == sorted(ids)
        assert [edge.id for edge in source.edges()] == sorted(edges)
        assert list(source.nodes()) == list(source.nodes())
        known = {node.id for node in source.nodes()}
        assert all({edge.source, edge.target} <= known for edge in source.edges())
        graph = to_networkx(source)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(ids), len(edges))


def test_what_only_the_store_needs_stays_there(sample: Store) -> None:
    with StoredGraph(sample, with_claims=True) as source:
        names = {(node.label, name) for node in source.nodes() for name in node.properties}
    internal = {"key", "names", "name_counts", "forms", "form_counts", "group", "sketch", "sketch_0"}
    assert {name for _, name in names} & internal == set()
    assert {("Company", "aliases"), ("Claim", "quote"), ("Document", "publisher"), ("Deal", "claims")} <= names
