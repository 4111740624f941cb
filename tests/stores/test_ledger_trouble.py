"""What goes wrong around the ledger: other versions, other writers, full disks, names that mean several documents."""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from worlds import Told, difference, empty, graph, ledger, load

from kg.core.claim import Claim, EntityName, Evidence
from kg.core.document import Document
from kg.exceptions import StoreError, UsageError
from kg.schema.ontology import ontology
from kg.schema.registry import registry
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.ledger import Ledger
from kg.store.open import open_store
from kg.store.state import SCHEMA_VERSION, info


def told(number: int, *, address: str | None = None, text: str = "", **about: Any) -> Told:
    document = Document(f"Text {number}. {text}", address or f"notes/{number}.txt", **about)
    tenant, landlord = EntityName("Zed Compute", "Company"), EntityName(f"Landlord {number % 3}", "Company")
    evidence = Evidence("said", locator="somewhere")
    claim = Claim(document.address, document.id, tenant, "LEASES_FROM", evidence, object=landlord)
    return Told(document, (claim,))


# --- versions


def test_a_store_of_a_newer_version_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with EmbeddedStore(path, write=True, read_seconds=60) as store:
        load(store, [told(1)])
        newer = {"version": SCHEMA_VERSION + 1}
        store.write(lambda tx: tx.run("MATCH (s:KGStore) SET s.schema_version = $version", newer))
        with pytest.raises(StoreError, match=r"made by a newer version \(schema 2, this reads 1\); upgrade with: pip"):
            ledger(store)
    with pytest.raises(StoreError, match="made by a newer version"):
        open_store(str(path), write=False)


def test_a_database_of_somebody_else_is_left_alone(store: Store) -> None:
    store.write(lambda tx: tx.run("CREATE (:Text {id: 'theirs'})"))
    with pytest.raises(StoreError, match="holds 1 nodes that are not ours; give an empty one"):
        ledger(store)
    assert graph(store) == {"['Text'] theirs": {"id": "theirs"}}


def test_a_graph_derived_with_another_registry_is_derived_again(store: Store) -> None:
    load(store, [told(1), told(2)])
    before = graph(store)
    rows = "MATCH (s:KGStore) SET s.registry = 'an older one' WITH s MATCH (e:Company) SET e.name = 'stale'"
    store.write(lambda tx: tx.run(rows))
    seen: list[tuple[int, int]] = []
    book = Ledger(store, ontology(), registry())
    book.prepare(lambda done, total: seen.append((done, total)))
    assert seen == [(2, 2)]
    assert difference(graph(store), before) == {}
    book.prepare(lambda done, total: seen.append((done, total)))
    assert len(seen) == 1, "once is enough"
    found = info(store)
    assert found is not None
    assert (found.registry, found.rebuilding) == (registry().fingerprint, None)


# --- names of documents


NOTES = [
    told(1, address="/home/a/notes/deal.txt", url="https://example.com/deal"),
    told(2, address="/home/b/notes/deal.txt"),
    told(3, address="C:\\papers\\lease.txt"),
    told(4, address="wire.jsonl#1", file="feeds/wire.jsonl"),
    told(5, address="wire.jsonl#2", file="feeds/wire.jsonl"),
    told(6, address="mail.txt"),
]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (NOTES[0].document.id, [1]),
        (NOTES[0].document.id.removeprefix("doc:"), [1]),
        ("https://example.com/deal", [1]),
        ("/home/b/notes/deal.txt", [2]),
        ("a/notes/deal.txt", [1]),
        ("deal.txt", [1, 2]),
        ("./deal.txt", [1, 2]),
        ("lease.txt", [3]),
        ("wire.jsonl#2", [5]),
        ("wire.jsonl", [4, 5]),
        ("feeds/wire.jsonl", [4, 5]),
        ("/home/c/mail.txt", [6]),
    ],
)
def test_documents_are_found_by_id_address_and_file_name(store: Store, name: str, found: list[int]) -> None:
    load(store, NOTES)
    wanted = sorted(NOTES[number - 1].document.id for number in found)
    assert [row["id"] for row in ledger(store).find_documents(name)] == wanted


def test_one_document_is_meant_or_it_is_said_which_there_are(store: Store) -> None:
    load(store, NOTES)
    book = ledger(store)
    assert book.find_document("lease.txt")["address"] == "C:\\papers\\lease.txt"
    with pytest.raises(UsageError) as several:
        book.find_document("deal.txt")
    assert "\n" not in str(several.value)
    assert all(item.document.id in str(several.value) for item in NOTES[:2])
    for nothing in ("eal.txt", "", "  ", "ontology/registry"):
        with pytest.raises(UsageError, match="No document"):
            book.find_document(nothing)


# --- other writers


def test_writers_at_the_same_time_leave_the_graph_of_one_after_the_other(
    empty_store: Callable[[str], Store], neo4j_server: Any
) -> None:
    store = empty_store("neo4j")
    world = [told(number) for number in range(9)]
    load(store, world)
    expected = graph(store, moments=False)
    empty(store)
    ledger(store)

    def write(part: list[Told]) -> None:
        with neo4j_server.store() as own:
            for item in part:
                load(own, [item])

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, [world[0::3], world[1::3], world[2::3]]))
    assert difference(graph(store, moments=False), expected) == {}


def test_threads_of_one_program_take_turns(tmp_path: Path) -> None:
    world = [told(number) for number in range(9)]
    with EmbeddedStore(tmp_path / "one", write=True, read_seconds=60) as store:
        load(store, world)
        expected = graph(store, moments=False)
    with EmbeddedStore(tmp_path / "many", write=True, read_seconds=60) as store:
        book = ledger(store)
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda item: list(book.load([(item.document, item.claims)], "1")), world))
        assert difference(graph(store, moments=False), expected) == {}


# --- a full disk


@pytest.mark.skipif(sys.platform != "linux", reason="needs a small disk of its own")
def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        with EmbeddedStore(disk / "store", write=True, read_seconds=60) as store:
            load(store, [told(1)])
            before = graph(store)
            (disk / "filler").write_bytes(b"x" * _free(disk))
            large = told(2, text="word " * 1_000_000)
            with pytest.raises(StoreError, match="is full; nothing of this step was stored"):
                load(store, [large])
            assert difference(graph(store), before) == {}
            (disk / "filler").unlink()
            (stored,) = load(store, [large])
            assert stored.outcome == "new"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def _free(disk: Path) -> int:
    import shutil

    return shutil.disk_usage(disk).free - 500_000


def test_a_value_that_cannot_be_stored_stores_nothing_of_its_document(store: Store) -> None:
    load(store, [told(1)])
    before = graph(store)
    claim = told(2).claims[0]
    wrong = replace(claim, evidence=Evidence("x" * 2_000_000, locator="here"))
    with pytest.raises(StoreError, match="property quote: 2,000,000 bytes; at most 1,000,000"):
        load(store, [Told(told(2).document, (wrong,))])
    assert difference(graph(store), before) == {}
