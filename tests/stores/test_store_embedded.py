"""The embedded store: its folder, its lock, and what happens to it."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from kg.exceptions import StoreError, StoreLockedError
from kg.graph.elements import Node
from kg.store import cypher
from kg.store.embedded import EmbeddedStore
from kg.store.folder import SHARED_LOCKS

CHILD = """
import sys
from pathlib import Path
from kg.graph.elements import Node
from kg.store import cypher
from kg.store.embedded import EmbeddedStore

store = EmbeddedStore(Path(sys.argv[1]), write=sys.argv[2] == "write", read_seconds=60)
print("open", flush=True)
for number in range(int(sys.argv[3])):
    nodes = [Node(f"{number}-{n}", "Company", {"name": f"n{n}"}) for n in range(50)]
    store.write(lambda tx: cypher.upsert_nodes(tx, "Company", nodes))
    print(number, flush=True)
if len(sys.argv) < 5:
    sys.stdin.read()
    store.close()
"""

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}


def opened(path: Path, *, write: bool = True, lock_seconds: float = 0.3) -> EmbeddedStore:
    return EmbeddedStore(path, write=write, read_seconds=60, lock_seconds=lock_seconds)


def fill(path: Path, count: int = 30) -> None:
    with opened(path) as store:
        store.schema(cypher.schema_statements(["Entity"], []))
        nodes = [Node(f"c{n}", "Company", {"name": f"n{n}"}) for n in range(count)]
        store.write(lambda tx: cypher.upsert_nodes(tx, "Company", nodes))


def count(path: Path) -> int:
    with opened(path, write=False) as store:
        return int(store.read("MATCH (n) RETURN count(n) AS n")[0]["n"])


@contextmanager
def child(path: Path, mode: str, transactions: int = 0, *more: str) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has the store open, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), mode, str(transactions), *more],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_what_was_written_is_there_after_closing(path: Path) -> None:
    fill(path, 30)
    assert count(path) == 30
    assert sorted(item.name for item in path.iterdir()) == ["graph", "lock", "store.json"]


def test_closing_twice_is_no_error_and_a_closed_store_says_so(path: Path) -> None:
    store = opened(path)
    store.close()
    store.close()
    for use in (lambda: store.read("RETURN 1 AS x"), lambda: store.write(lambda tx: None), lambda: store.schema(["x"])):
        with pytest.raises(StoreError, match="is closed"):
            use()


def test_a_reader_does_not_write(path: Path) -> None:
    fill(path)
    with opened(path, write=False) as store:
        for change in (lambda: store.write(lambda tx: None), lambda: store.schema(["CREATE INDEX i"])):
            with pytest.raises(StoreError, match="opened for reading only"):
                change()


def test_writing_within_writing_is_a_mistake(path: Path) -> None:
    with opened(path) as store:
        with pytest.raises(RuntimeError, match="within"):
            store.write(lambda tx: store.write(lambda inner: None))
        assert store.write(lambda tx: 1) == 1


def test_a_writer_keeps_all_others_out(path: Path) -> None:
    fill(path)
    with child(path, "write"):
        for write in (True, False):
            with pytest.raises(StoreLockedError, match="another kg command, notebook or program has it open"):
                opened(path, write=write)
    with opened(path), pytest.raises(StoreLockedError):
        opened(path, write=False)


@pytest.mark.skipif(not SHARED_LOCKS, reason="readers cannot share a lock on this system")
def test_readers_share_and_keep_a_writer_out(path: Path) -> None:
    fill(path)
    with child(path, "read"):
        assert count(path) == 30
        with pytest.raises(StoreLockedError):
            opened(path)


def test_a_store_that_is_let_go_in_time_is_waited_for(path: Path) -> None:
    fill(path)
    with child(path, "write") as other:
        assert other.stdin is not None
        threading.Timer(0.5, other.stdin.close).start()
        with opened(path, lock_seconds=60) as store:
            assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 30}]


def test_a_killed_writer_leaves_whole_transactions(path: Path) -> None:
    fill(path, 1)
    with child(path, "write", 1000) as other:
        assert other.stdout is not None
        stored = [other.stdout.readline() for _ in range(5)][-1]
        time.sleep(0.02)
        other.kill()
        other.wait()
        stored = (other.stdout.read().split() or [stored])[-1]
    found = count(path) - 1
    assert found % 50 == 0
    assert int(stored) + 1 <= found // 50 <= int(stored) + 2
    with opened(path) as store:
        rows = store.read("MATCH (n:Entity) RETURN count(n) AS n, count(DISTINCT n.id) AS ids, count(n.name) AS names")
        assert rows == [{"n": found + 1, "ids": found + 1, "names": found + 1}]


def test_a_store_left_open_at_the_end_of_a_program_is_whole(path: Path) -> None:
    fill(path, 1)
    with child(path, "write", 3, "leave") as other:
        assert other.wait(60) == 0
    assert count(path) == 151


def test_a_program_killed_while_making_a_store_leaves_room_for_another(path: Path) -> None:
    path.mkdir()
    (path / "lock").touch()
    (path / "graph.part").mkdir()
    (path / "graph.part" / "half").touch()
    with pytest.raises(StoreError, match="No store at"):
        opened(path, write=False)
    fill(path)
    assert count(path) == 30


@pytest.mark.parametrize("content", ["notes.txt", "graph"])
def test_what_is_no_store_is_left_alone(path: Path, content: str) -> None:
    path.mkdir()
    (path / content).touch()
    for write in (True, False):
        with pytest.raises(StoreError, match="exists and is not a store"):
            opened(path, write=write)
    assert [item.name for item in path.iterdir()] == [content]
    with pytest.raises(StoreError, match="exists and is not a store"):
        opened(path / content)


def test_an_empty_folder_becomes_a_store(path: Path) -> None:
    path.mkdir()
    fill(path)
    assert count(path) == 30


@pytest.mark.parametrize("lost", ["schema*.json", "Company%7EEntity_0.*", "*"])
def test_lost_files_are_noticed(path: Path, lost: str) -> None:
    fill(path)
    found = list((path / "graph").glob(lost))
    assert found
    for file in found:
        file.unlink()
    for write in (True, False, True):
        with pytest.raises(StoreError, match=r"lost or damaged|failed|cannot be opened"):
            opened(path, write=write)


def test_a_folder_without_the_engines_files_is_noticed(path: Path) -> None:
    fill(path)
    shutil.rmtree(path / "graph")
    with pytest.raises(StoreError):
        opened(path)
    with pytest.raises(StoreError):
        opened(path, write=False)


def test_a_damaged_note_and_one_from_the_future_are_said(path: Path) -> None:
    fill(path)
    note = path / "store.json"
    future = json.loads(note.read_text()) | {"format": 99}
    note.write_text(json.dumps(future))
    with pytest.raises(StoreError, match="newer version"):
        opened(path)
    note.write_text("{")
    with pytest.raises(StoreError, match="cannot be read"):
        opened(path, write=False)


def test_a_copy_of_the_folder_is_a_store(path: Path, tmp_path: Path) -> None:
    fill(path)
    shutil.copytree(path, tmp_path / "copy")
    assert count(tmp_path / "copy") == 30


def test_names_with_spaces_and_letters(tmp_path: Path) -> None:
    fill(tmp_path / "Größe & Co 图" / "a b")
    assert count(tmp_path / "Größe & Co 图" / "a b") == 30


@pytest.mark.skipif(sys.platform == "win32", reason="no permission bits on Windows")
def test_a_place_where_nothing_may_be_made_is_said(tmp_path: Path) -> None:
    for place in (Path("/proc/store"), tmp_path / "file" / "store"):
        (tmp_path / "file").touch()
        with pytest.raises(StoreError) as error:
            opened(place)
        assert str(place) in str(error.value)


def test_a_query_that_nothing_stops_does_not_break_the_end_of_the_program(path: Path) -> None:
    """It computes without touching the store, so closing the engine does not reach it."""
    fill(path, 1)
    program = f"""
from pathlib import Path
from kg.exceptions import QueryError
from kg.store.embedded import EmbeddedStore

with EmbeddedStore(Path({str(path)!r}), write=False, read_seconds=0.2) as store:
    try:
        store.read("RETURN reduce(s = 0, i IN range(1, 99999) | s + reduce(t = 0, j IN range(1, 99999) | t + 1)) AS s")
    except QueryError as error:
        print(error)
raise SystemExit(7)
"""
    ended = subprocess.run(
        [sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stderr) == (7, "")
    assert ended.stdout.startswith("The query took longer than 0.2 seconds")


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs a small disk, which only root can make")
def test_a_full_disk_is_said_and_nothing_is_half_stored(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], check=False)
    if made.returncode:
        pytest.skip("this root may not mount a small disk")
    try:
        fill(disk / "store", 1)
        with opened(disk / "store") as store:
            stored = 0

            def fill_up() -> None:
                nonlocal stored
                for stored in range(400):
                    texts = [Node(f"t{stored}", "Text", {"text": "x" * 100_000})]
                    store.write(partial(cypher.upsert_nodes, label="Text", nodes=texts))

            with pytest.raises(StoreError, match="is full; nothing of this step was stored"):
                fill_up()
            assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": stored + 1}]
        assert stored
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
