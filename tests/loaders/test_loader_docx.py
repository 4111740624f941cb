"""The Word loader: what a reader of the document sees, and one line for what is no such document."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import load, loader, loader_for
from scripts.make_document_samples import memo
from scripts.office_files import archive, docx, paragraph, table


def read(data: bytes, name: str = "a.docx", **more: object) -> list[Document | Rejection]:
    items = load(Raw(name, data, "2026-05-06T00:00:00Z", **more))  # type: ignore[arg-type]
    return [item for item in items if isinstance(item, Document | Rejection)]


def test_document_reads_as_word_shows_it() -> None:
    (document,) = read(memo())
    assert isinstance(document, Document)
    assert document.title == "Vesta Research takes the Old Tannery"
    assert document.text.split("\n\n") == [
        "Vesta Research takes the Old Tannery",
        "MEMO, May 6, 2026. Vesta Research leases 120 megawatts at the Old Tannery in Leeds from Ridgeline Digital.",
        "Who does what",
        "* Ridgeline Digital owns the site.\n* Marlow Construction builds the third hall.",
        "Hall | Tenant | MW\nA | Vesta Research | 60",
        "* Signed in April.",
    ]


def test_stated_title_counts_where_the_document_begins_with_it() -> None:
    body = paragraph("Sites & tenants".replace("&", "&amp;")) + paragraph("Vesta leases the Old Tannery.")
    for stated, title in (("Sites, tenants", "Sites, tenants"), ("Document1", "Sites & tenants")):
        (document,) = read(docx(body, title=stated))
        assert isinstance(document, Document)
        assert document.title == title


def test_parts_decide_and_the_name_does_not() -> None:
    raw = Raw("memo.txt", memo(), "2026-05-06T00:00:00Z")
    assert loader_for(raw) is loader("docx")
    sheet = archive({"[Content_Types].xml": "spreadsheetml.sheet.main+xml", "xl/workbook.xml": "<x/>"})
    assert loader_for(Raw("sheet.docx", sheet, "2026-05-06T00:00:00Z")) is not loader("docx")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (memo()[:-200], "binary: ZIP archive|a damaged office file"),
        (memo()[:100], "binary: ZIP archive|a damaged office file"),
        (docx("<w:p>"), "a damaged Word document"),
        (docx(""), "a Word document without text"),
        (docx("<w:p>" * 3000 + "</w:p>" * 3000), "a Word document nested too deeply"),
        (
            docx(paragraph("x")).replace(b"word/document.xml", b"word/dacument.xml"),
            "binary: ZIP archive, or a damaged office",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "binary: old office document"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.docx: ({reason})") as error:
        read(data)
    assert "\n" not in str(error.value)


def test_entities_are_refused_before_any_parser_sees_them() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">]>'
    for encoding in ("utf-8", "utf-16"):
        parts = {
            "[Content_Types].xml": "wordprocessingml.document.main+xml",
            "word/document.xml": bomb.encode(encoding),
        }
        with pytest.raises(InputError, match="declares a document type"):
            read(archive(parts))


def test_an_archive_that_swells_is_refused_by_its_stated_sizes() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "wordprocessingml.document.main+xml")
        with file.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(60):
                part.write(b" " * 1_000_000)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(InputError, match=r"word/document\.xml has 60 MB, more than 20 MB"):
        read(out.getvalue())


@given(
    st.integers(0, len(memo())), st.lists(st.tuples(st.integers(0, len(memo()) - 1), st.integers(0, 255)), max_size=6)
)
@settings(deadline=None, max_examples=60)
def test_damaged_files_give_a_document_or_one_line(end: int, damage: list[tuple[int, int]]) -> None:
    data = bytearray(memo())
    for place, byte in damage:
        data[place] = byte
    for raw in (bytes(data), bytes(data[:end])):
        for item in loader("docx").load(Raw("a.docx", raw, "2026-05-06T00:00:00Z")):
            assert isinstance(item, Document) or "\n" not in str(item)


cell = st.text("abcXYZ 0123456789", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(st.tuples(cell, cell, cell), min_size=2, max_size=6))
@settings(deadline=None, max_examples=30)
def test_rows_of_tables_are_lines(rows: list[tuple[str, str, str]]) -> None:
    (document,) = read(docx(table(rows)))
    assert isinstance(document, Document)
    assert document.text.split("\n") == [" | ".join(row) for row in rows]
