"""Neo4j: a server that is not there, does not let us in, or goes away."""

import contextlib
import select
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kg.exceptions import StoreError, StoreUnavailableError
from kg.graph.elements import Node
from kg.store import cypher
from kg.store.neo4j import Neo4jStore

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The message of the Bolt protocol."""


def connect(address: str) -> Neo4jStore:
    return Neo4jStore(address, username="a", password="b", database=None, write=True, read_seconds=5, connect_seconds=1)


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port of this machine where ``answer`` takes each connection in a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def speak_http(connection: socket.socket) -> None:
    with connection:
        connection.recv(100)
        connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def stay_silent(connection: socket.socket) -> None:
    with connection:
        time.sleep(20)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+ssc"])
def test_nobody_listens(scheme: str) -> None:
    address = f"{scheme}://127.0.0.1:{free_port()}"
    with pytest.raises(StoreUnavailableError, match=r"Cannot reach Neo4j at .* Is it running") as error:
        connect(address)
    assert address in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert error.value.exit_code == 4


def test_a_name_that_does_not_exist() -> None:
    with pytest.raises(StoreUnavailableError, match=r"Cannot reach Neo4j at bolt://no-such-host\.invalid"):
        connect("bolt://no-such-host.invalid:7687")


@pytest.mark.parametrize("answer", [stay_silent, speak_http])
def test_a_port_of_something_else(answer: Callable[[socket.socket], None]) -> None:
    with listening(answer) as port:
        with pytest.raises(StoreUnavailableError, match="not Neo4j's Bolt port"):
            connect(f"bolt://127.0.0.1:{port}")
        with pytest.raises(StoreUnavailableError, match="No encrypted connection"):
            connect(f"bolt+s://127.0.0.1:{port}")
        with pytest.raises(StoreUnavailableError):  # version 5 of the driver does not say why it found no route
            connect(f"neo4j://127.0.0.1:{port}")


def test_a_server_without_encryption(neo4j_server: Any) -> None:
    encrypted = neo4j_server.uri.replace("bolt://", "bolt+s://").replace("neo4j://", "neo4j+s://")
    with pytest.raises(StoreUnavailableError, match="for a server without encryption"):
        connect(encrypted)


def test_a_stranger_is_not_let_in_and_no_password_is_shown(neo4j_server: Any) -> None:
    for options in ({"username": "stranger", "password": "hush"}, {"password": None}):
        with pytest.raises(StoreUnavailableError, match="set NEO4J_USERNAME and NEO4J_PASSWORD") as error:
            neo4j_server.store(**options)
        assert "hush" not in str(error.value)


def test_a_database_that_does_not_exist(neo4j_server: Any) -> None:
    with pytest.raises(StoreUnavailableError, match="has no database 'nowhere'; set NEO4J_DATABASE"):
        neo4j_server.store(database="nowhere")


def test_the_default_database_has_a_name_and_routing_works(neo4j_server: Any, empty_store: Any) -> None:
    empty_store("neo4j")
    routed = neo4j_server.store(uri=neo4j_server.uri.replace("bolt://", "neo4j://"), database="neo4j")
    with routed as store:
        store.write(lambda tx: cypher.upsert_nodes(tx, "Company", [Node("a", "Company")]))
        assert store.read("MATCH (n:Entity) RETURN n.id AS id") == [{"id": "a"}]


def test_a_reader_does_not_write(neo4j_server: Any) -> None:
    with neo4j_server.store(write=False) as store:
        for change in (lambda: store.write(lambda tx: None), lambda: store.schema(["CREATE INDEX i"])):
            with pytest.raises(StoreError, match="opened for reading only"):
                change()


def test_closing_twice_is_no_error_and_a_closed_store_says_so(neo4j_server: Any) -> None:
    store = neo4j_server.store()
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.read("RETURN 1 AS x")


def test_a_connection_lost_while_storing_is_made_up_for(neo4j_server: Any, empty_store: Any) -> None:
    """The server stores, but we never hear of it: the work is done again, and nothing is there twice."""
    direct = empty_store("neo4j")
    host, _, port = neo4j_server.uri.partition("://")[2].partition(":")
    cuts: list[bool] = []

    def forward(client: socket.socket) -> None:
        with client, socket.create_connection((host, int(port))) as server:
            while True:
                for source in select.select([client, server], [], [])[0]:
                    data = source.recv(65536)
                    if not data:
                        return
                    (server if source is client else client).sendall(data)
                    if source is client and COMMIT in data and not cuts:
                        cuts.append(True)
                        server.recv(65536)
                        return

    done: list[int] = []

    def work(tx: Any) -> None:
        done.append(cypher.upsert_nodes(tx, "Company", [Node("a", "Company", {"n": len(done)})]))

    with listening(forward) as proxy, neo4j_server.store(uri=f"bolt://127.0.0.1:{proxy}") as store:
        store.write(work)
    assert cuts == [True]
    assert done == [1, 1]
    assert direct.read("MATCH (n) RETURN n.id AS id, n.n AS n") == [{"id": "a", "n": 1}]
