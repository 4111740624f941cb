"""Documents read side by side say what they say when they are read one after the other."""

import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kg.core.claim import Claim
from kg.core.document import Document
from kg.exceptions import InputError
from kg.extractors import default_extractor
from kg.pipeline import AHEAD, extract, load
from kg.reading import Source
from kg.store.open import open_store
from kg.workers import ENOUGH, USUAL, Workers, usual_jobs

SAMPLE = Path(__file__).parents[2] / "kg" / "sample"


@dataclass(frozen=True)
class Where:
    """What is claimed of a document, which is nothing, and where it was read."""

    process: int
    address: str
    claims: tuple[Claim, ...] = ()


class Finder:
    """An extractor of one's own that says where it was used."""

    version = "finder 1"

    def extract(self, document: Document) -> Where:
        """Return which process read the document."""
        return Where(os.getpid(), document.address)


class Mortal(Finder):
    """One whose process is ended while it reads, as when memory is short; not the one that the tests run in."""

    def __init__(self) -> None:
        self.home = os.getpid()

    def extract(self, document: Document) -> Where:
        """End the process."""
        if os.getpid() != self.home:
            os.kill(os.getpid(), signal.SIGTERM)
        return super().extract(document)


class Refusing(Finder):
    """One that cannot read."""

    def extract(self, document: Document) -> Where:
        """Raise an error that names the document."""
        raise InputError(f"{document.address} is not for me")


class Kept(Finder):
    """One that cannot be sent to another process."""

    def __init__(self) -> None:
        self.unsendable = lambda: None


def documents(many: int, size: int) -> list[Document]:
    """Return documents of different texts."""
    return [Document(f"{n} " * size, f"{n}.txt") for n in range(many)]


def read(workers: Workers, some: list[Document]) -> list[Where]:
    """Return where documents were read, in their order."""
    found = [workers.extract(document) for document in some]
    return [where for where in found if isinstance(where, Where)]


def test_documents_are_read_in_other_processes_if_they_are_worth_it() -> None:
    some = documents(6, ENOUGH)
    with Workers(Finder(), 2) as workers:
        workers.ahead(some)
        found = read(workers, some)
    assert [where.address for where in found] == [document.address for document in some]
    assert os.getpid() not in {where.process for where in found}


def test_documents_add_up_until_they_are_worth_it() -> None:
    some = documents(8, ENOUGH // 8)
    with Workers(Finder(), 2) as workers:
        for document in some:
            workers.ahead([document])
        assert os.getpid() not in {where.process for where in read(workers, some)}


@pytest.mark.parametrize(
    ("many", "size", "jobs"), [(6, ENOUGH, 1), (1, ENOUGH, 2), (6, 10, 2)], ids=["one job", "one document", "few words"]
)
def test_what_is_not_worth_it_is_read_here(many: int, size: int, jobs: int) -> None:
    some = documents(many, size)
    with Workers(Finder(), jobs) as workers:
        workers.ahead(some)
        assert {where.process for where in read(workers, some)} == {os.getpid()}


def test_a_document_that_nobody_announced_is_read_here() -> None:
    some = documents(3, ENOUGH)
    with Workers(Finder(), 2) as workers:
        workers.ahead(some[1:])
        assert read(workers, some[:1])[0].process == os.getpid()


def test_two_copies_of_a_text_stay_two_documents() -> None:
    first = documents(1, ENOUGH)[0]
    copies = [first, replace(first, address="copy.txt")]
    assert copies[0].id == copies[1].id
    with Workers(Finder(), 2) as workers:
        workers.ahead(copies)
        assert [where.address for where in read(workers, copies)] == ["0.txt", "copy.txt"]


def test_what_an_ended_process_leaves_is_read_here() -> None:
    some = documents(4, ENOUGH)
    with Workers(Mortal(), 2) as workers:
        workers.ahead(some)
        assert [where.process for where in read(workers, some)] == [os.getpid()] * len(some)


def test_an_extractor_that_cannot_be_sent_reads_here() -> None:
    some = documents(4, ENOUGH)
    with Workers(Kept(), 2) as workers:
        workers.ahead(some)
        assert {where.process for where in read(workers, some)} == {os.getpid()}


def test_an_error_of_another_process_is_that_of_this_one() -> None:
    some = documents(4, ENOUGH)
    with Workers(Refusing(), 2) as workers:
        workers.ahead(some)
        with pytest.raises(InputError, match=r"0\.txt is not for me"):
            workers.extract(some[0])


def claims(source: Source, jobs: int) -> Iterator[dict[str, object]]:
    """Yield the claims of the package's extractor, as they are printed."""
    found: list[object] = []
    yield from (claim.to_json() for claim in extract(source, default_extractor(), rejected=found.append, jobs=jobs))
    assert not found


def test_the_claims_are_the_same_side_by_side() -> None:
    one, two = (list(claims(Source((str(SAMPLE),)), jobs)) for jobs in (1, 2))
    assert one == two
    assert one


@pytest.mark.parametrize("many", [3, AHEAD + 2])
def test_what_stands_before_an_error_is_given(tmp_path: Path, many: int) -> None:
    """Documents are taken from their source before they are asked for, and an error may come early."""
    source = "Meta leases 20 MW at Lakeside Hall from Crusoe Energy."
    paths = [tmp_path / f"{n}.txt" for n in range(many)]
    for n, path in enumerate(paths):
        path.write_text(f"{source} It is the lease number {n}.", encoding="utf-8")
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 and nothing else")
    found: dict[object, None] = {}
    with pytest.raises(InputError, match="bad"):
        found.update((claim["document"], None) for claim in claims(Source((*map(str, paths), str(bad))), 2))
    assert list(found) == [str(path) for path in paths]


def test_a_load_after_a_store_was_opened_is_the_same(tmp_path: Path) -> None:
    """The engine runs threads by then, so that processes begin from nothing."""
    source, first, second = Source((str(SAMPLE),)), f"{tmp_path}/one", f"{tmp_path}/two"
    reports = [load(source, lambda s=s: open_store(s, write=True), jobs=jobs) for s, jobs in ((first, 1), (second, 2))]
    assert [d.claims for d in reports[0].documents] == [d.claims for d in reports[1].documents]


def test_as_many_as_cores_but_few() -> None:
    assert 1 <= usual_jobs() <= USUAL
