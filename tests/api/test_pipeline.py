"""The pipeline: nothing is extracted twice, nothing half done, and what was left out is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from graphs import SAMPLE, GoldExtraction, GoldExtractor

from kg.core.document import Document
from kg.exceptions import InputError
from kg.pipeline import CHUNK, extract, load
from kg.reading import Source
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore


@pytest.fixture
def opener(tmp_path: Path) -> Callable[[], Store]:
    return lambda: EmbeddedStore(tmp_path / "store", write=True, read_seconds=60)


def sample(*names: str) -> Source:
    return Source(tuple(str(SAMPLE / name) for name in names))


def notes(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number:04}.txt").write_text(f"Note number {number} of a long series.", encoding="utf-8")
    return folder


def test_a_stored_document_is_not_extracted_again(opener: Callable[[], Store]) -> None:
    extractor = GoldExtractor()
    first = load(sample("hyperion.txt", "memphis-local.txt"), opener, extractor)
    second = load(sample("hyperion.txt", "memphis-local.txt", "abilene-blog.md"), opener, extractor)
    assert [Path(address).name for address in extractor.read] == [
        "hyperion.txt",
        "memphis-local.txt",
        "abilene-blog.md",
    ]
    assert [document.outcome for document in second.documents] == ["unchanged", "unchanged", "new"]
    assert [d.claims for d in second.documents][:2] == [d.claims for d in first.documents]
    assert str(second) == (
        f"3 documents: 1 new, 2 unchanged, 0 rejected; {second.claims} claims, {second.documents[2].claims} new"
    )


def test_addresses_begin_at_the_base_if_one_is_given(opener: Callable[[], Store]) -> None:
    paths = (str(SAMPLE / "hyperion.txt"), str(SAMPLE / "abilene-blog.md"))
    report = load(Source(paths, base=SAMPLE.parent), opener, GoldExtractor())
    assert [document.address for document in report.documents] == ["sample/hyperion.txt", "sample/abilene-blog.md"]
    elsewhere = load(Source(paths, base=SAMPLE / "hyperion.txt" / "no"), opener, GoldExtractor())
    assert {document.outcome for document in elsewhere.documents} == {"unchanged"}


def test_another_version_of_the_extractor_reads_it_again(opener: Callable[[], Store]) -> None:
    class Newer(GoldExtractor):
        version = "gold-2"

    load(sample("hyperion.txt"), opener, GoldExtractor())
    again = load(sample("hyperion.txt"), opener, Newer())
    assert [(d.outcome, d.new_claims) for d in again.documents] == [("changed", 0)]
    assert "1 changed" in str(again)


def test_the_same_text_under_two_names_is_one_document(opener: Callable[[], Store], tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    for name in ("a.txt", "b.txt"):
        (copies / name).write_bytes((SAMPLE / "hyperion.txt").read_bytes())
    report = load(Source((str(copies),)), opener, GoldExtractor())
    assert [document.outcome for document in report.documents] == ["new", "unchanged"]


def test_many_documents_are_stored_in_chunks(opener: Callable[[], Store], tmp_path: Path) -> None:
    folder = notes(tmp_path / "notes", CHUNK + 5)
    seen: list[int] = []
    report = load(Source((str(folder),)), opener, GoldExtractor(), progress=lambda done, _address: seen.append(done))
    assert len(report.documents) == CHUNK + 5
    assert seen == list(range(1, CHUNK + 6))


def test_an_error_keeps_the_chunks_before_it(opener: Callable[[], Store], tmp_path: Path) -> None:
    class Failing(GoldExtractor):
        def extract(self, document: Document) -> GoldExtraction:
            if len(self.read) == CHUNK + 2:
                raise InputError("broken")
            return super().extract(document)

    folder = notes(tmp_path / "notes", CHUNK + 5)
    with pytest.raises(InputError):
        load(Source((str(folder),)), opener, Failing())
    report = load(Source((str(folder),)), opener, GoldExtractor())
    assert (report.count("unchanged"), report.count("new")) == (CHUNK, 5)


def test_bad_input_opens_no_store(tmp_path: Path) -> None:
    def never() -> Store:
        raise AssertionError("the store was opened")

    with pytest.raises(InputError):
        load(Source((str(tmp_path / "nothing.txt"),)), never, GoldExtractor())
    (tmp_path / "junk").mkdir()
    (tmp_path / "junk" / "a.bin").write_bytes(b"\0\1\2")
    report = load(Source((str(tmp_path / "junk"),)), never, GoldExtractor())
    assert (report.documents, len(report.rejected)) == ([], 1)


def test_extracting_tells_what_was_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.bin").write_bytes(b"\0\1\2")
    (folder / "hyperion.txt").write_bytes((SAMPLE / "hyperion.txt").read_bytes())
    left_out: list[str] = []
    source = Source((str(folder),))
    claims = list(extract(source, GoldExtractor(), rejected=lambda item: left_out.append(Path(item.where).name)))
    assert {claim.document for claim in claims} == {(folder / "hyperion.txt").as_posix()}
    assert left_out == ["a.bin"]
