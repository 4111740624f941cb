"""Writing: the same statements on both engines, run again without harm."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.exceptions import StoreError
from kg.graph.elements import Edge, Node
from kg.store import cypher
from kg.store.base import Store, Transaction


def company(id_: str, **properties: object) -> Node:
    return Node(id_, "Company", properties)  # type: ignore[arg-type]


def put(store: Store, label: str, *nodes: Node) -> int:
    return store.write(lambda tx: cypher.upsert_nodes(tx, label, nodes))


def link(store: Store, kind: str, *edges: Edge) -> int:
    return store.write(lambda tx: cypher.upsert_edges(tx, kind, edges))


def nodes(store: Store) -> dict[str, dict[str, object]]:
    rows = store.read("MATCH (n) RETURN n {.*, labels: labels(n)} AS n")
    return {row["n"]["id"]: row["n"] | {"labels": sorted(row["n"]["labels"])} for row in rows}


def edges(store: Store) -> list[tuple[str, str, dict[str, object], str]]:
    rows = store.read("MATCH (a)-[x]->(b) RETURN a.id AS a, type(x) AS t, x {.*} AS x, b.id AS b ORDER BY x.id, a, b")
    return [(row["a"], row["t"], row["x"], row["b"]) for row in rows]


def test_node_has_exactly_the_properties_given(store: Store) -> None:
    assert put(store, "Company", company("a", name="Ä", n=1, f=1.5, yes=True, tags=["x", "y"], none=None)) == 1
    first = {"id": "a", "name": "Ä", "n": 1, "f": 1.5, "yes": True, "tags": ["x", "y"], "labels": ["Company", "Entity"]}
    assert nodes(store) == {"a": first}
    put(store, "Company", company("a", name="B", other=2), company("b"))
    assert nodes(store) == {
        "a": {"id": "a", "name": "B", "other": 2, "labels": ["Company", "Entity"]},
        "b": {"id": "b", "labels": ["Company", "Entity"]},
    }
    assert store.read("MATCH (n:Entity {name: $name}) RETURN n.id AS id", {"name": "Ä"}) == []
    assert store.read("MATCH (n:Entity {name: $name}) RETURN n.id AS id", {"name": "B"}) == [{"id": "a"}]


def test_writing_again_changes_nothing(store: Store) -> None:
    def work() -> None:
        put(store, "Company", company("a", n=1), company("b"))
        put(store, "Document", Node("d", "Document", {"address": "x"}))
        link(store, "LEASES_FROM", Edge("1", "LEASES_FROM", "a", "b", {"mw": 300}))

    work()
    before = nodes(store), edges(store)
    work()
    assert (nodes(store), edges(store)) == before


def test_edges_are_found_by_id_and_replaced(store: Store) -> None:
    put(store, "Company", *map(company, "abc"))
    kind = "LEASES_FROM"
    parallel = [Edge("1", kind, "a", "b", {"mw": 1}), Edge("2", kind, "a", "b"), Edge("3", kind, "c", "c")]
    assert link(store, kind, *parallel) == 3
    assert link(store, kind, Edge("1", kind, "a", "b", {"usd": 2}), Edge("1", kind, "a", "b", {"usd": 3})) == 1
    assert edges(store) == [
        ("a", kind, {"id": "1", "usd": 3}, "b"),
        ("a", kind, {"id": "2"}, "b"),
        ("c", kind, {"id": "3"}, "c"),
    ]


def test_every_structure_joins_the_labels_it_says(store: Store) -> None:
    put(store, "Company", company("c"))
    put(store, "Deal", Node("deal", "Deal"))
    for label in ("Document", "Text", "Claim"):
        put(store, label, Node(label.lower(), label))
    joined = {
        "HAS_TEXT": ("document", "text"),
        "MENTIONS": ("document", "c"),
        "SUBJECT": ("claim", "c"),
        "OBJECT": ("claim", "c"),
        "STATED_IN": ("claim", "document"),
        "ABOUT": ("claim", "deal"),
        "AT": ("claim", "c"),
        "OF": ("claim", "c"),
        "PARTY_TO": ("c", "deal"),
        "COVERS": ("deal", "c"),
    }
    for kind, (source, target) in joined.items():
        assert link(store, kind, Edge(kind, kind, source, target)) == 1
    assert {t: (a, b) for a, t, _, b in edges(store)} == joined


def test_a_missing_end_is_an_error_and_nothing_is_stored(store: Store) -> None:
    put(store, "Company", company("a"), company("b"))
    with pytest.raises(StoreError, match=r"LEASES_FROM 2: there is no Entity 'gone' for its target"):
        link(store, "LEASES_FROM", Edge("1", "LEASES_FROM", "a", "b"), Edge("2", "LEASES_FROM", "a", "gone"))
    assert edges(store) == []


def test_an_id_belongs_to_one_label(store: Store) -> None:
    put(store, "Company", company("x", name="as it was"))
    with pytest.raises(StoreError, match="Person x: a Company has this id already"):
        put(store, "Person", Node("new", "Person"), Node("x", "Person", {"name": "changed"}))
    assert nodes(store) == {"x": {"id": "x", "name": "as it was", "labels": ["Company", "Entity"]}}


def test_a_kind_changes_by_deleting_first(store: Store) -> None:
    put(store, "Company", company("x"))

    def change(tx: Transaction) -> None:
        cypher.delete_nodes(tx, "Company", ["x"])
        cypher.upsert_nodes(tx, "Person", [Node("x", "Person")])  # type: ignore[arg-type]

    store.write(change)
    assert nodes(store) == {"x": {"id": "x", "labels": ["Entity", "Person"]}}


def test_deleting_counts_what_there_was(store: Store) -> None:
    put(store, "Company", *map(company, "abcd"))
    kind = "LEASES_FROM"
    link(store, kind, *(Edge(str(n), kind, a, b) for n, (a, b) in enumerate(["ab", "ab", "ba", "ac", "cd"])))
    given = [("0", "a", "b"), ("1", "a", "b"), ("3", "a", "b"), ("9", "a", "c")]
    assert store.write(lambda tx: cypher.delete_edges(tx, kind, given, few="target")) == 2
    assert [(a, x["id"], b) for a, _, x, b in edges(store)] == [("b", "2", "a"), ("a", "3", "c"), ("c", "4", "d")]
    assert store.write(lambda tx: cypher.delete_nodes(tx, "Person", ["a"])) == 0
    assert store.write(lambda tx: cypher.delete_nodes(tx, "Company", ["a", "a", "gone"])) == 1
    assert [x["id"] for _, _, x, _ in edges(store)] == ["4"]
    assert store.write(lambda tx: cypher.delete_nodes(tx, "Company", [])) == 0


def test_batches_are_invisible(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cypher, "MAX_ROWS", 7)
    monkeypatch.setattr(cypher, "MAX_BATCH_BYTES", 300)
    many = [company(f"c{n}", name="x" * (n % 90)) for n in range(40)]
    kind = "SUPPLIES"
    assert put(store, "Company", *many) == 40
    assert link(store, kind, *(Edge(f"e{n}", kind, "c0", f"c{n}") for n in range(40))) == 40
    assert store.write(lambda tx: cypher.delete_nodes(tx, "Company", [f"c{n}" for n in range(1, 40)])) == 39
    assert len(edges(store)) == 1


def test_text_of_a_document_fits(store: Store) -> None:
    text = "Öl 🛢 " * 40_000
    put(store, "Text", *(Node(f"d:{n}", "Text", {"text": text, "start": n}) for n in range(3)))
    assert store.read("MATCH (t:Text) RETURN t.text AS text LIMIT 1") == [{"text": text}]


def test_names_come_from_the_ontology_only(store: Store) -> None:
    with pytest.raises(StoreError, match="no label"):
        put(store, "Company`) DETACH DELETE (n", company("a"))
    with pytest.raises(StoreError, match="no relationship type"):
        link(store, "OWNED`]->() DELETE x //", Edge("1", "OWNED", "a", "b"))
    with pytest.raises(StoreError, match="it is a Person"):
        put(store, "Company", Node("p", "Person"))
    with pytest.raises(StoreError, match="cannot be the name"):
        cypher.schema_statements([], [("Entity", "name) OPTIONS")])


def test_an_exception_stores_nothing_and_is_raised(store: Store) -> None:
    put(store, "Company", company("a"))

    def work(tx: Transaction) -> None:
        cypher.upsert_nodes(tx, "Company", [company("b")])
        cypher.delete_nodes(tx, "Company", ["a"])
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        store.write(work)
    assert list(nodes(store)) == ["a"]


def test_the_result_of_the_work_comes_back_and_it_sees_what_it_wrote(store: Store) -> None:
    def work(tx: Transaction) -> list[dict[str, object]]:
        cypher.upsert_nodes(tx, "Company", [company("a", n=1)])
        return tx.run("MATCH (n:Company) RETURN n.n AS n")

    assert store.write(work) == [{"n": 1}]


def test_ids_are_unique_per_label_and_a_clash_is_one_line(store: Store) -> None:
    put(store, "Company", company("a"))
    put(store, "Claim", Node("a", "Claim"))
    with pytest.raises(StoreError) as error:
        store.write(lambda tx: tx.run("CREATE (:Entity:Person {id: 'a'})"))
    assert "\n" not in str(error.value)
    assert len(nodes(store)) == 1  # by id: the claim and the company share it
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 2}]


def test_concurrent_writers_lose_nothing(store: Store) -> None:
    put(store, "Company", company("hot", n=0))

    def count_up(_: int) -> None:
        store.write(lambda tx: tx.run("MATCH (n:Entity {id: 'hot'}) SET n.n = n.n + 1"))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(count_up, range(30)))
    assert nodes(store)["hot"]["n"] == 30


def test_concurrent_upserts_of_the_same_nodes_make_each_once(store: Store) -> None:
    def upsert(worker: int) -> None:
        for start in range(0, 60, 20):
            put(store, "Company", *(company(f"c{n}", by=worker) for n in range(start, start + 20)))

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(upsert, range(3)))
    assert store.read("MATCH (n:Entity) RETURN count(n) AS all, count(DISTINCT n.id) AS ids") == [
        {"all": 60, "ids": 60}
    ]


def test_schema_again_changes_nothing(store: Store) -> None:
    statements = cypher.schema_statements(["Entity", "Claim"], [("Entity", "name"), ("Claim", "group")])
    store.schema(statements)
    store.schema(statements)
    put(store, "Claim", Node("c", "Claim", {"group": "g"}))
    assert store.read("MATCH (c:Claim {group: 'g'}) RETURN c.id AS id") == [{"id": "c"}]
