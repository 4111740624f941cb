"""The PDF loader on files as they come: locked, scanned, damaged, wrongly named, long."""

import re
import zlib
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import KG, resources
from kg.core.claim import Claim, EntityName, Evidence
from kg.core.document import Document
from kg.core.place import boxes, shown
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import load
from kg.render.cells import cite
from scripts.make_document_samples import SAMPLES, brief
from scripts.pdf_pages import Page, Text, pdf

TEXT = Page([Text(72, 700, "Halcyra Compute leases Caddo Bend.")])
SCAN = Page(picture=True)


def read(data: bytes, name: str = "a.pdf", **more: object) -> list[Document | Rejection]:
    items = load(Raw(name, data, "2026-05-06T00:00:00Z", **more))  # type: ignore[arg-type]
    return [item for item in items if isinstance(item, Document | Rejection)]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_samples_are_what_their_script_makes(name: str) -> None:
    assert (resources.folder("loaders") / name).read_bytes() == SAMPLES[name]()


def test_content_decides_and_the_name_does_not() -> None:
    for data in (brief(), b"\r\n" + brief()):
        (document,) = read(data, "brief.txt")
        assert isinstance(document, Document)
        assert (document.title, document.published) == ("Halcyra fills Caddo Bend", "2026-05-06")
        assert document.areas
    with pytest.raises(InputError, match=r"^a\.pdf: "):
        read(b"\x89PNG\r\n\x1a\n\0", "a.pdf")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([TEXT], locked=True), "a PDF locked with a password"),
        (pdf([SCAN, SCAN]), "a PDF of scanned pages without text"),
        (pdf([Page()]), "a PDF without text"),
        (pdf([]), "a damaged PDF"),
        (b"%PDF-1.7", "a damaged PDF"),
        (b"%PDF-1.7\n" + b"\0" * 5000, "a damaged PDF"),
    ],
)
def test_a_file_without_text_to_read_is_refused_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.pdf: {reason}") as error:
        read(data)
    assert "\n" not in str(error.value)
    (rejection,) = read(data, named=False)
    assert isinstance(rejection, Rejection)


def test_scanned_pages_among_others_are_named() -> None:
    document, rejection = read(pdf([TEXT, SCAN, TEXT, SCAN, SCAN, Page()]))
    assert isinstance(document, Document)
    assert isinstance(rejection, Rejection)
    assert rejection.reason.startswith("pages 2, 4-5 not read: pictures without text")


@given(
    st.integers(0, len(brief())), st.lists(st.tuples(st.integers(0, len(brief()) - 1), st.integers(0, 255)), max_size=9)
)
@settings(deadline=None, max_examples=80)
def test_truncated_and_damaged_files_give_a_document_or_one_line(end: int, damage: list[tuple[int, int]]) -> None:
    data = bytearray(brief())
    for place, byte in damage:
        data[place] = byte
    for item in read(bytes(data[:end]), named=False):
        text = item.text if isinstance(item, Document) else str(item)
        assert text.strip()
        assert isinstance(item, Document) or "\n" not in text


def test_a_thousand_pages_are_read_to_the_end() -> None:
    pages = [
        Page([Text(72, 700, f"Hall {n} is let to Vesta."), Text(300, 30, f"Page {n} of 1000", 8)])
        for n in range(1, 1001)
    ]
    (document,) = read(pdf(pages))
    assert isinstance(document, Document)
    assert document.text.endswith("Hall 1000 is let to Vesta.")
    assert document.areas[-1].page == 1000
    assert document.aside == "Page 1 of 1000"


def test_a_page_with_far_too_many_characters_is_refused() -> None:
    with pytest.raises(InputError, match=r"^a\.pdf: a PDF with more characters on page 2"):
        read(pdf([TEXT, Page([Text(10, 10 + n, "a b " * 250, 1) for n in range(400)])]))


def test_hundreds_of_columns_end_well() -> None:
    lines = [Text(10 + 14 * x, 700 - 9 * y, "word", 3) for x in range(400) for y in range(5)]
    (document,) = read(pdf([Page(lines)]))
    assert isinstance(document, Document)
    assert document.text.count("word") == 2000


def test_a_stream_that_swells_is_read_within_bounds() -> None:
    swollen = zlib.compress(b"BT /F 10 Tf 1 0 0 1 72 700 Tm (Halcyra) Tj ET " + b" " * 100_000_000, 9)
    plain = pdf([Page([Text(72, 700, "Halcyra")])])
    start = plain.index(b"<< /Length")
    end = plain.index(b"endstream", start)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\n" % (len(swollen), swollen)
    (item,) = read(plain[:start] + stream + plain[end:], named=False)
    assert isinstance(item, Document | Rejection)


class Leases:
    """Reads one lease out of the sample, and says where."""

    version = "test"

    def extract(self, document: Document) -> SimpleNamespace:
        def said(words: str) -> Evidence:
            start = document.text.index(words)
            end = document.text.index(".", start) + 1
            return Evidence(document.text[start:end], start, end)

        lease = Claim(
            document.address,
            document.id,
            EntityName("Halcyra Compute", "Company"),
            "LEASES_FROM",
            said("Halcyra Compute has leased"),
            EntityName("Ridgeline Digital", "Company"),
            also=(said("The utility will build"),),
        )
        return SimpleNamespace(claims=(lease,))


def test_evidence_names_page_and_box_from_the_file_to_the_answer(tmp_path: Path) -> None:
    kg = KG(str(tmp_path / "store"), extractor=Leases())
    kg.load(str(resources.folder("loaders") / "pdf" / "sample" / "caddo-bend-brief.pdf"))
    (row,) = kg.ask("leases", tenant="Halcyra Compute", evidence=True)
    cited = sorted(shown(entry["locator"]) for entry in row.evidence)
    assert cited == ["p. 1", "p. 1-2"]
    assert all(cite(entry).endswith(("brief.pdf, p. 1", "brief.pdf, p. 1-2")) for entry in row.evidence)
    for entry in row.evidence:
        letters = "".join(re.findall(r"\w", entry["quote"]))
        cut = ""
        with pypdfium2.PdfDocument(brief()) as document:
            for page, box in boxes(entry["locator"]):
                cut += "".join(re.findall(r"\w", document[page - 1].get_textpage().get_text_bounded(*box)))
        assert not Counter(letters) - Counter(cut)
    kg.export(tmp_path / "graph.jsonl", with_claims=True)
    exported = (tmp_path / "graph.jsonl").read_text(encoding="utf-8")
    assert "p. 1 [" in exported
