"""Folders of the run's own, and stores to test on: both engines, the real ones."""

import atexit
import importlib.util
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
import pytest


def _leave_the_user_alone() -> None:
    """Keep the user's settings from tests and from what they start, and keep tests out of the user's folders.

    Done before anything of ours is imported, since collecting the tests reads the compiled ontology already. Only the
    jars of the test server stay in the user's cache folder: they are 120 MB.
    """
    for name in [name for name in os.environ if name.startswith(("KG_", "NEO4J_"))]:
        if not name.startswith("NEO4J_TEST_"):
            del os.environ[name]
    own = Path(tempfile.mkdtemp(prefix="kg-tests-"))
    atexit.register(shutil.rmtree, own, ignore_errors=True)
    os.environ["KG_DATA"], os.environ["KG_CACHE"] = str(own / "data"), str(own / "cache")


_leave_the_user_alone()

# What a shell starts in the background ignores Ctrl-C, and so does every process that tests start from there.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long an example may take says nothing on a machine that others use, too. CI tries the same examples each time, so
# that what it says is about the change; everybody else's runs look for new ones.
hypothesis.settings.register_profile("kg", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("kg")

from kg.settings import settings  # noqa: E402  the environment comes first
from kg.store import cypher, meta  # noqa: E402  as above
from kg.store.base import Store  # noqa: E402  as above

SCHEMA = cypher.schema_statements(meta.UNIQUE, meta.INDEXES)


@dataclass(frozen=True)
class Neo4jServer:
    """A server that tests may empty."""

    uri: str
    username: str
    password: str = field(repr=False)

    def store(self, **options: Any) -> Store:
        from kg.store.neo4j import Neo4jStore

        given = {
            "username": self.username,
            "password": self.password,
            "database": None,
            "write": True,
            "read_seconds": 60,
        }
        return Neo4jStore(options.pop("uri", self.uri), **(given | options))


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Neo4jServer]:
    """NEO4J_TEST_URI if set, else a server from Maven, else one in Docker; without any, skip, but fail in CI."""
    uri = os.environ.get("NEO4J_TEST_URI")
    if uri:
        name = os.environ.get("NEO4J_TEST_USERNAME", "neo4j")
        yield Neo4jServer(uri, name, os.environ.get("NEO4J_TEST_PASSWORD", ""))
        return
    missing = []
    for attempt in (_from_maven, _from_docker):
        try:
            running = attempt()
            server = next(running)
        except Exception as error:  # noqa: BLE001  whatever it is, the next way is tried
            missing.append(str(error) or type(error).__name__)
            continue
        yield server
        next(running, None)
        return
    reason = f"no Neo4j to test on: {'; '.join(missing)}"
    if settings().ci:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def _embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    from kg.store.embedded import EmbeddedStore

    with EmbeddedStore(tmp_path_factory.mktemp("embedded") / "store", write=True, read_seconds=60) as opened:
        opened.schema(SCHEMA)
        yield opened


@pytest.fixture(scope="session")
def _neo4j(neo4j_server: Neo4jServer) -> Iterator[Store]:
    with neo4j_server.store() as opened:
        opened.schema(SCHEMA)
        yield opened


@pytest.fixture
def empty_store(request: pytest.FixtureRequest) -> Callable[[str], Store]:
    """Return an open, empty store of the engine named, with the schema; the same one for the whole session."""

    def get(engine: str) -> Store:
        opened: Store = request.getfixturevalue(f"_{engine}")
        opened.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n"))
        return opened

    return get


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest, empty_store: Callable[[str], Store]) -> Store:
    """An open, empty store: every test that takes it runs on both engines."""
    return empty_store(request.param)


def _from_maven() -> Iterator[Neo4jServer]:
    path = Path(__file__).parents[1] / "scripts" / "neo4j" / "server.py"
    spec = importlib.util.spec_from_file_location("neo4j_server_script", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    with script.running() as server:
        yield Neo4jServer(server.uri, server.username, server.password)


def _from_docker() -> Iterator[Neo4jServer]:
    from testcontainers.neo4j import Neo4jContainer

    with Neo4jContainer("neo4j:5-community") as container:
        yield Neo4jServer(container.get_connection_url(), container.username, container.password)
