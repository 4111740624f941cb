"""Reading: plain rows, clear errors, and nothing that changes the store."""

import os
import signal
import sys
import threading
import time
from itertools import islice

import pytest

from kg.exceptions import QueryError, ReadOnlyError
from kg.graph.elements import Edge, Node
from kg.store import cypher
from kg.store.base import Store, Transaction

WRITES = [
    "CREATE (:Entity {id: 'new'})",
    "MERGE (n:Entity {id: 'new'}) RETURN n",
    "INSERT (:Entity {id: 'new'})",
    "FOREACH (i IN [1, 2] | CREATE (:Entity))",
    "DROP INDEX entity_name",
    "CREATE CONSTRAINT c FOR (n:Claim) REQUIRE n.quote IS UNIQUE",
    "CREATE INDEX i FOR (n:Claim) ON (n.quote)",
    "MATCH (n) SET n.x = 1",
    "MATCH (n) SET n += {x: 1} RETURN n.id",
    "MATCH (n) SET n:Person",
    "MATCH (n) REMOVE n.name",
    "MATCH (n) REMOVE n:Company",
    "MATCH (n) DETACH DELETE n",
    "MATCH ()-[x]->() DELETE x",
    "MATCH (n) WHERE false SET n.x = 1 RETURN n.id",
    "MATCH (n) WITH n LIMIT 1 CREATE (n)-[:OWNS]->(:Entity {id: 'new'})",
    "MATCH (a), (b) MERGE (a)-[x:OWNS]->(b) RETURN count(x)",
    "MATCH (n) FOREACH (i IN [1] | SET n.x = i)",
    "MATCH (n) CALL (n) { SET n.x = 1 } RETURN n.id",
    "MATCH (n) CALL { WITH n DETACH DELETE n }",
    "CALL { CREATE (:Entity {id: 'new'}) } RETURN 1 AS one",
    "UNWIND [1] AS i CALL (i) { CREATE (:Entity) } IN TRANSACTIONS OF 10 ROWS",
    "RETURN 1 AS one UNION CREATE (n:Entity {id: 'new'}) RETURN 1 AS one",
    "WITH 1 AS one CREATE (:Entity) RETURN one",
]
NOT_TO_BE_SENT = [
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "MATCH (n) LOAD CSV WITH HEADERS FROM 'http://127.0.0.1/' AS line RETURN line",
    "SHOW USERS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "USE system MATCH (n) RETURN n",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE CREATE (n) RETURN n",
    "CYPHER 5 MATCH (n) RETURN n",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "CALL dbms.listConfig() YIELD name RETURN name",
    "MATCH (n) CALL apoc.cypher.runWrite('CREATE ()', {}) YIELD value RETURN value",
    "CALL db.createLabel('Made')",
]

NOT_UNDERSTOOD = [
    "MATCH (n RETURN n",
    "RETURN nosuchfunction(1) AS x",
    "RETURN $missing AS x",
    "RETURN date('no date') AS x",
    "RETURN 1 AS x; RETURN 2 AS x",
    "RETURN 1 + {a: 1} AS x",
    "CALL db.index.fulltext.queryNodes('no_such_index', 'x') YIELD node RETURN node.id",
    "",
    "   // nothing",
    "Who leases from whom?",
]

ENDLESS = "MATCH (a:Entity), (b:Entity), (c:Entity) WHERE a.name + b.name = c.name RETURN count(*) AS n"
"""With 700 nodes it takes minutes."""


@pytest.fixture
def filled(store: Store) -> Store:
    def work(tx: Transaction) -> None:
        companies = [Node("a", "Company", {"name": "A"}), Node("b", "Company")]
        cypher.upsert_nodes(tx, "Company", companies)
        cypher.upsert_edges(tx, "OWNS", [])
        cypher.upsert_edges(tx, "LEASES_FROM", [Edge("1", "LEASES_FROM", "a", "b", {"mw": 5})])

    store.write(work)
    return store


def everything(store: Store) -> list[dict[str, object]]:
    return store.read("MATCH (n) OPTIONAL MATCH (n)-[x]->() RETURN n, x ORDER BY n.id")


def test_a_query_cannot_write(filled: Store) -> None:
    before = everything(filled)
    for query in WRITES:
        with pytest.raises((ReadOnlyError, QueryError)):
            filled.read(query)
        with pytest.raises((ReadOnlyError, QueryError)):
            list(filled.stream(query))
        assert everything(filled) == before, query


def test_most_writes_are_named_as_such(filled: Store) -> None:
    for query in (query for query in WRITES if query.startswith(("CREATE", "MERGE", "MATCH (n) SET", "MATCH (n) DET"))):
        with pytest.raises(ReadOnlyError):
            filled.read(query)


def test_a_query_reads_the_graph_and_nothing_else(store: Store) -> None:
    for query in NOT_TO_BE_SENT:
        with pytest.raises((ReadOnlyError, QueryError)):
            store.read(query)


def test_a_query_that_is_not_understood_is_one_line(store: Store) -> None:
    for query in NOT_UNDERSTOOD:
        with pytest.raises(QueryError) as error:
            store.read(query)
        line = str(error.value)
        assert len(line) < 400, line
        for noise in ("\n", "Exception", "com.arcadedb", "neo4j_code"):
            assert noise not in line


def test_rows_hold_plain_values(filled: Store) -> None:
    query = """
        MATCH (a {id: 'a'})-[x]->(b)
        RETURN a, x, b, [a, 1, null] AS list, {inner: b} AS map, date('2026-05-07') AS day,
               datetime('2026-05-07T08:09:10Z') AS time, duration('P1D') AS length, 1.5 AS number, true AS yes,
               'Ä' AS text
    """
    a = {"id": "a", "name": "A", "labels": ["Company", "Entity"]}
    b = {"id": "b", "labels": ["Company", "Entity"]}
    expected = {
        "a": a,
        "x": {"id": "1", "mw": 5, "type": "LEASES_FROM"},
        "b": b,
        "list": [a, 1, None],
        "map": {"inner": b},
        "day": "2026-05-07",
        "time": "2026-05-07T08:09:10Z",
        "length": "P1D",
        "number": 1.5,
        "yes": True,
        "text": "Ä",
    }
    assert filled.read(query) == [expected]
    assert list(filled.stream(query)) == [expected]


def test_columns_keep_their_order_and_parameters_arrive(store: Store) -> None:
    given = {"t": 'it\'s "quoted" \\ `so`', "n": 2**62, "l": ["a", "b"], "m": {"k": [1, 2]}, "none": None, "unused": 1}
    rows = store.read("RETURN $t AS t, $n AS n, $l AS l, $m.k AS k, $none AS none", given)
    assert rows == [{"t": given["t"], "n": 2**62, "l": ["a", "b"], "k": [1, 2], "none": None}]
    assert list(rows[0]) == ["t", "n", "l", "k", "none"]


def test_harmless_procedures_can_be_called(filled: Store) -> None:
    assert {row["label"] for row in filled.read("CALL db.labels() YIELD label RETURN label")} >= {"Entity", "Company"}
    assert filled.read(
        "CALL db.relationshipTypes() YIELD relationshipType AS t WITH t WHERE t = 'LEASES_FROM' RETURN t"
    )


def test_a_stream_comes_as_it_is_read_and_can_be_left(store: Store) -> None:
    query = "UNWIND range(1, $n) AS i RETURN i, toString(i) AS text"
    assert [row["i"] for row in store.stream(query, {"n": 5000})] == list(range(1, 5001))
    assert list(store.stream(query, {"n": 0})) == []
    unfinished = store.stream(query, {"n": 1_000_000})
    assert [row["i"] for row in islice(unfinished, 3)] == [1, 2, 3]
    unfinished.close()  # type: ignore[attr-defined]  # a generator
    assert store.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_query_that_takes_too_long_is_stopped_and_the_store_goes_on(store: Store) -> None:
    many = [Node(f"c{n}", "Company", {"name": f"n{n}"}) for n in range(700)]
    store.write(lambda tx: cypher.upsert_nodes(tx, "Company", many))
    began = time.monotonic()
    with pytest.raises(QueryError, match=r"longer than 0\.5 seconds"):
        store.read(ENDLESS, timeout=0.5)
    assert time.monotonic() - began < 50  # far below the minutes that it would take
    assert store.read("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 700}]
    store.write(lambda tx: cypher.delete_nodes(tx, "Company", ["c0"]))
    assert store.read("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 699}]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_ends_a_query(store: Store) -> None:
    many = [Node(f"c{n}", "Company", {"name": f"n{n}"}) for n in range(700)]
    store.write(lambda tx: cypher.upsert_nodes(tx, "Company", many))
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        store.read(ENDLESS, timeout=5)
    assert store.read("MATCH (n:Entity) RETURN count(n) AS n") == [{"n": 700}]
