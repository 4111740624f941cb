"""Registers in a store: ids join what names could not, and what the store knows is wanted from the next register."""

from collections.abc import Callable
from pathlib import Path

import pytest
from graphs import GoldExtractor

from kg import resources
from kg.pipeline import LoadReport, load
from kg.reading import Source
from kg.store.base import Row, Store
from kg.store.embedded import EmbeddedStore
from kg.store.names import company_names

HALCYRA = {"lei": "9990000HALCYRA000012", "cik": "9990001", "wikidata": "Q999000001"}
COMPANIES = "MATCH (c:Company) RETURN c.name AS name, c.lei AS lei, c.cik AS cik, c.wikidata AS wikidata ORDER BY name"


class Registers:
    """A store, and the samples of registers to load into it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self, *samples: str) -> LoadReport:
        paths = []
        for sample in samples:
            loader, _, name = sample.partition("/")
            paths.append(str(resources.folder("loaders") / loader / "sample" / name))
        return load(Source(tuple(paths), excerpt=True), self._open(), GoldExtractor())

    def read(self, cypher: str = COMPANIES) -> list[Row]:
        with self._open()() as store:
            return store.read(cypher)

    def names(self) -> tuple[str, ...]:
        with self._open()() as store:
            return company_names(store)

    def _open(self) -> Callable[[], Store]:
        return lambda: EmbeddedStore(self._path, write=True, read_seconds=60)


@pytest.fixture
def registers(tmp_path: Path) -> Registers:
    return Registers(tmp_path / "store")


def test_what_a_store_knows_is_wanted_from_a_register(registers: Registers) -> None:
    assert registers.names() == ()
    assert registers.load("gleif/lei-data.xml").claims == 0
    registers.load("sec_edgar/CIK0009990001.json")
    assert {"cik:9990001", "HALCYRA COMPUTE INC", "BLUE HERON MINING CORP"} <= set(registers.names())
    again = registers.load("gleif/lei-data.xml")
    assert (again.documents[0].outcome, again.claims) == ("changed", 6)
    assert registers.load("gleif/lei-data.xml").documents[0].outcome == "unchanged"


def test_ids_of_three_registers_meet_on_one_company(registers: Registers) -> None:
    registers.load(
        "sec_edgar/CIK0009990001.json", "gleif/lei-data.xml", "gleif/rr-data.xml", "wikidata/wbgetentities.json"
    )
    (halcyra,) = [row for row in registers.read() if row["cik"]]
    assert halcyra == HALCYRA | {"name": "Halcyra Compute, Inc."}
    parents = registers.read("MATCH (a:Company)-[:SUBSIDIARY_OF]->(b:Company) RETURN a.lei AS child, b.lei AS parent")
    assert {"child": "9990000CADDOBEND0034", "parent": HALCYRA["lei"]} in parents


def test_a_number_is_a_name_only_until_there_is_another(registers: Registers) -> None:
    registers.load("gleif/lei-records.json", "gleif/rr-data.xml")
    assert [row["name"] for row in registers.read()] == ["9990000CADDOBEND0034", "Halcyra Compute, Inc."]
    assert registers.read("MATCH (c:Company {lei: '9990000HALCYRA000012'}) RETURN c.id AS id") == [
        {"id": "company:halcyra-compute"}
    ]


def test_documents_read_before_do_not_depend_on_it(registers: Registers) -> None:
    first = registers.load("sec_edgar/CIK0009990001.json")
    assert registers.load("sec_edgar/CIK0009990001.json").documents[0].outcome == "unchanged"
    assert first.claims == registers.load("sec_edgar/CIK0009990001.json").claims == 9
