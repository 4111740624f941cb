"""Large documents: stored in pieces, and yet all of it or nothing, wherever the program is killed."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from worlds import Told, difference, empty, graph, ledger, load

from kg.core.claim import Claim, EntityName, Evidence
from kg.core.document import Document
from kg.exceptions import InputError, StoreError, StoreLockedError
from kg.store import work
from kg.store.base import Store, Transaction
from kg.store.embedded import EmbeddedStore
from kg.store.state import LOADING, check_readable, info

T = TypeVar("T")
LIMIT = 4
TEXT = "Zed Compute leases from many. " * 20


def document(number: int = 1) -> Document:
    return Document(f"{TEXT}{number}", f"{number}.txt", published="2026-05-07")


def claim(told: Document, number: int, predicate: str = "LEASES_FROM") -> Claim:
    landlord = EntityName(f"Landlord {number % 7}", "Company", aliases=(f"no. {number % 3}",))
    evidence = Evidence(f"claim {number}", locator=f"line {number}")
    tenant = EntityName("Zed Compute", "Company")
    return Claim(
        told.address, told.id, tenant, predicate, evidence, object=landlord, qualifiers={"value_usd": 10**number}
    )


def many(told: Document, count: int = 11, start: int = 0) -> tuple[Claim, ...]:
    return tuple(claim(told, number) for number in range(start, start + count))


LARGE = document()
WORLD = [Told(document(2), many(document(2), 3)), Told(LARGE, many(LARGE))]


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_TRANSACTION_CLAIMS", str(LIMIT))


def as_one(store: Store, world: list[Told], monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Return the graph that a store has which takes each document at once."""
    with monkeypatch.context() as patched:
        patched.setenv("KG_TRANSACTION_CLAIMS", "1000")
        load(store, world)
        found = graph(store, moments=False)
        ledger(store).forget([item.document.id for item in world])
    assert graph(store) == {}
    return found


def test_pieces_make_the_same_graph(store: Store, small_limit: None, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = as_one(store, WORLD, monkeypatch)
    stored = load(store, WORLD)
    assert [(item.outcome, item.claims, item.new) for item in stored] == [("new", 3, 3), ("new", 11, 11)]
    assert difference(graph(store, moments=False), whole) == {}
    assert [(item.outcome, item.new) for item in load(store, WORLD)] == [("unchanged", 0)] * 2
    assert ledger(store).rebuild() == 2
    assert difference(graph(store, moments=False), whole) == {}
    assert ledger(store).forget([LARGE.id]).gone_claims == 11
    assert difference(graph(store, moments=False), as_one_after(store, monkeypatch)) == {}


def as_one_after(store: Store, monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    ledger(store).forget([WORLD[0].document.id])
    found = as_one(store, WORLD[:1], monkeypatch)
    load(store, WORLD[:1])
    return found


def test_another_reading_of_a_large_document(store: Store, small_limit: None, monkeypatch: pytest.MonkeyPatch) -> None:
    again = [Told(LARGE, many(LARGE, 9, start=5))]
    whole = as_one(store, again, monkeypatch)
    load(store, [WORLD[1]])
    (stored,) = load(store, again, version="2")
    assert (stored.outcome, stored.claims, stored.new) == ("changed", 9, 3)
    found = graph(store, moments=False)
    assert (
        difference({key: value for key, value in found.items() if LARGE.id != value.get("id")}, without_document(whole))
        == {}
    )


def without_document(found: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in found.items() if value.get("id") != LARGE.id}  # type: ignore[attr-defined]


def test_no_transaction_holds_more_than_its_limit(tmp_path: Path, small_limit: None) -> None:
    sizes: list[int] = []

    class Watching(EmbeddedStore):
        def write(self, work: Callable[[Transaction], T]) -> T:
            before = self.read("MATCH (n) WHERE n:Claim OR n:Staged RETURN count(n) AS n")[0]["n"]
            result = super().write(work)
            after = self.read("MATCH (n) WHERE n:Claim OR n:Staged RETURN count(n) AS n")[0]["n"]
            sizes.append(abs(after - before))
            return result

    def endless() -> Iterator[Claim]:
        for number in range(60):
            taken.append(number)
            assert len(taken) <= sum(sizes) + 2 * LIMIT + 1, "claims are stored as they come"
            yield claim(LARGE, number)

    taken: list[int] = []
    with Watching(tmp_path / "store", write=True, read_seconds=60) as store:
        list(ledger(store).load([(LARGE, endless())], "1"))
        ledger(store).forget([LARGE.id])
    assert max(sizes) <= LIMIT


# --- what goes wrong


def test_a_document_whose_claims_end_in_an_error_leaves_nothing(store: Store, small_limit: None) -> None:
    def torn() -> Iterator[Claim]:
        yield from many(LARGE)
        raise InputError("line 12 is torn")

    load(store, WORLD[:1])
    before = graph(store)
    with pytest.raises(InputError, match="torn"):
        list(ledger(store).load([(LARGE, torn())], "1"))
    assert difference(graph(store), before) == {}
    load(store, WORLD[1:])
    assert len(graph(store)) > len(before)


def test_an_error_in_another_reading_leaves_the_first(store: Store, small_limit: None) -> None:
    def torn() -> Iterator[Claim]:
        yield from many(LARGE, start=3)
        raise InputError("line 12 is torn")

    load(store, WORLD)
    before = graph(store)
    with pytest.raises(InputError, match="torn"):
        list(ledger(store).load([(LARGE, torn())], "2"))
    assert difference(graph(store), before) == {}


class DeadError(BaseException):
    """Nothing runs after it: a program that is killed does not clean up."""


class Dying:
    """A store under a program that is killed after so many transactions."""

    def __init__(self, store: Store, transactions: int) -> None:
        self._store = store
        self.left = transactions

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def write(self, work: Callable[[Transaction], T]) -> T:
        if self.left == 0:
            raise DeadError
        self.left -= 1
        return self._store.write(work)


STEPS: dict[str, Callable[[Store], object]] = {
    "load": lambda store: load(store, WORLD[1:]),
    "read again": lambda store: load(store, [Told(LARGE, many(LARGE, 9, start=5))], version="2"),
    "forget": lambda store: ledger(store).forget([LARGE.id]),
    "rebuild": lambda store: ledger(store).rebuild(),
}


@pytest.mark.parametrize("what", STEPS)
def test_a_program_that_is_killed_leaves_all_or_nothing(
    what: str, empty_store: Callable[[str], Store], small_limit: None
) -> None:
    """After each of its transactions in turn; on the embedded engine, since the steps are the same on both."""
    store = empty_store("embedded")
    step = STEPS[what]
    world = WORLD[:1] if what == "load" else WORLD

    def begin() -> None:
        ledger(empty(store))
        load(store, world)

    begin()
    before = graph(store, moments=False)
    step(store)
    after = graph(store, moments=False)
    for transactions in count(1):
        begin()
        dying = Dying(store, transactions)
        with contextlib.suppress(DeadError):
            step(dying)  # type: ignore[arg-type]
        ended = dying.left > 0
        _check_readable(store)
        ledger(store)
        check_readable(store)
        found = graph(store, moments=False)
        assert not difference(found, before) or not difference(found, after)
        step(store)
        assert difference(graph(store, moments=False), after) == {}
        if ended:
            break
    assert transactions > 4, "it was killed in the middle"


def test_what_another_program_is_doing_on_a_server_is_left_to_it(empty_store: Callable[[str], Store]) -> None:
    store = empty_store("neo4j")
    load(store, WORLD[:1])
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("KG_TRANSACTION_CLAIMS", str(LIMIT))
        for what, transactions in (("load", 3), ("rebuild", 2)):
            with contextlib.suppress(DeadError):
                STEPS[what](Dying(store, transactions))  # type: ignore[arg-type]
            if what == "load":
                ledger(store)
                assert store.read("MATCH (s:Staged) RETURN count(s) AS n")[0]["n"] > 0
        with pytest.raises(StoreLockedError, match="Another program is rebuilding"):
            ledger(store)
        patched.setattr(work, "STALE_MINUTES", -1)
        ledger(store)
        assert store.read("MATCH (s:Staged) RETURN count(s) AS n")[0]["n"] == 0


def _check_readable(store: Store) -> None:
    """What can be seen half done is refused in one line; what is still being loaded cannot be seen."""
    found = info(store)
    assert found is not None
    if found.rebuilding or any(not step.startswith(LOADING) for step in found.steps):
        with pytest.raises(StoreError, match=r"is half done: .* finish it with: kg rebuild") as raised:
            check_readable(store)
        assert "\n" not in str(raised.value)
    else:
        check_readable(store)


KILLED = """
import os, signal, sys
sys.path[:0] = {path!r}
from pathlib import Path
from kg.store.embedded import EmbeddedStore
from test_ledger_large import LARGE, claim
from worlds import ledger

def claims():
    for number in range(90):
        if number == 60:
            os.kill(os.getpid(), signal.SIGKILL)
        yield claim(LARGE, number)

with EmbeddedStore(Path(sys.argv[1]), write=True, read_seconds=60) as store:
    list(ledger(store).load([(LARGE, claims())], "1"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_process_that_is_really_killed_leaves_nothing(tmp_path: Path, small_limit: None) -> None:
    path = tmp_path / "store"
    with EmbeddedStore(path, write=True, read_seconds=60) as store:
        load(store, WORLD[:1])
        before = graph(store)
    command = [sys.executable, "-c", KILLED.format(path=sys.path), str(path)]
    assert subprocess.run(command, check=False, env={**os.environ}).returncode == -signal.SIGKILL
    with EmbeddedStore(path, write=False, read_seconds=60) as store:
        check_readable(store)
        assert store.read("MATCH (s:Staged) RETURN count(s) AS n")[0]["n"] > 40
        assert store.read("MATCH (:Claim {document: $id}) RETURN 1 AS one", {"id": LARGE.id}) == []
    with EmbeddedStore(path, write=True, read_seconds=60) as store:
        ledger(store)
        assert difference(graph(store), before) == {}
