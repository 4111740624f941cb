"""Documents read side by side say what they say when they are read one after the other."""

import os
from pathlib import Path

import pytest

from kg.core.claim import Claim
from kg.core.document import Document
from kg.pipeline import default_extractor, extract, load
from kg.reading import Source
from kg.store.open import open_store
from kg.workers import ENOUGH, Workers, usual_jobs

SAMPLE = Path(__file__).parents[2] / "kg" / "sample"


class Whole:
    """An extractor of one's own, for a process to be sent: it claims nothing, and says where it did so."""

    version = "whole 1"

    def extract(self, document: Document) -> "Where":
        """Return which process read the document."""
        return Where(os.getpid(), len(document.text))


class Where:
    """What is claimed of a document, and where."""

    claims: tuple[Claim, ...] = ()

    def __init__(self, process: int, length: int) -> None:
        self.process = process
        self.length = length


def documents(many: int, size: int) -> list[Document]:
    """Return documents of different texts."""
    return [Document(f"{n} " * size, f"{n}.txt") for n in range(many)]


def test_documents_are_read_in_other_processes_if_they_are_worth_it() -> None:
    some = documents(6, ENOUGH)
    with Workers(Whole(), 2) as workers:
        workers.ahead(some)
        found = [workers.extract(document) for document in some]
    assert [where.length for where in found] == [len(document.text) for document in some]
    assert os.getpid() not in {where.process for where in found}


@pytest.mark.parametrize(
    ("many", "size", "jobs"), [(6, ENOUGH, 1), (1, ENOUGH, 2), (6, 10, 2)], ids=["one job", "one document", "few words"]
)
def test_what_is_not_worth_it_is_read_here(many: int, size: int, jobs: int) -> None:
    some = documents(many, size)
    with Workers(Whole(), jobs) as workers:
        workers.ahead(some)
        assert {workers.extract(document).process for document in some} == {os.getpid()}


def test_a_document_that_nobody_announced_is_read_here() -> None:
    some = documents(3, ENOUGH)
    with Workers(Whole(), 2) as workers:
        workers.ahead(some[1:])
        assert workers.extract(some[0]).process == os.getpid()


def test_the_claims_are_the_same_side_by_side(tmp_path: Path) -> None:
    source = Source((str(SAMPLE),))
    one, two = (
        [c.to_json() for c in extract(source, default_extractor(), rejected=print, jobs=jobs)] for jobs in (1, 2)
    )
    assert one == two
    assert one


def test_a_load_after_a_store_was_opened_is_the_same(tmp_path: Path) -> None:
    """The engine runs threads by then, so that processes begin from nothing."""
    source, first, second = Source((str(SAMPLE),)), f"{tmp_path}/one", f"{tmp_path}/two"
    reports = [load(source, lambda s=s: open_store(s, write=True), jobs=jobs) for s, jobs in ((first, 1), (second, 2))]
    assert [d.claims for d in reports[0].documents] == [d.claims for d in reports[1].documents]


def test_as_many_as_cores_but_few() -> None:
    assert 1 <= usual_jobs() <= 4
