"""The sample on both engines, and on the embedded one alone."""

from collections.abc import Iterator

import pytest
from graphs import fill, filled_folder

from kg.store.base import Store
from kg.store.embedded import EmbeddedStore


@pytest.fixture(scope="module")
def sample() -> Iterator[Store]:
    """The sample in an embedded store that is open for reading; a process can open a folder only once."""
    with EmbeddedStore(filled_folder(), write=False, read_seconds=60) as opened:
        yield opened


@pytest.fixture(scope="module")
def sample_on_neo4j(request: pytest.FixtureRequest) -> Store:
    """The sample on Neo4j; tests of other modules empty the same database."""
    opened: Store = request.getfixturevalue("_neo4j")
    opened.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n"))
    fill(opened)
    return opened
