"""Excel workbooks: what openpyxl writes is read as a person sees it; what is damaged is said with its row."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.core.claim import Claim
from kg.core.document import Document
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.excel_book import Merge, scan
from kg.tables.excel_forms import form
from kg.tables.mapped import Mapped
from kg.tables.mapping_file import parse
from kg.tables.numbers import amount
from kg.tables.sheet import headers, sheets
from scripts.office_files import archive

HEAD = ("Site", "Owner", "MW")
HALL = ("Caddo Bend", "Halcyra", "300")
DAY = datetime(2026, 5, 6)  # noqa: DTZ001  spreadsheets know no time zones


def written(rows: list[tuple[Any, ...]], *, merged: tuple[str, ...] = (), **forms: str) -> bytes:
    """Return a workbook of one sheet; ``forms`` are number forms by cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    for cell, code in forms.items():
        sheet[cell].number_format = code
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raw(data: bytes) -> Raw:
    return Raw("a.xlsx", data, "2026-05-06T00:00:00Z")


def rows(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    (found,) = [[(number, tuple(cells)) for number, cells in sheet.rows] for sheet in sheets(raw(data))]
    return found


def one(value: Any, code: str = "General") -> str:
    return rows(written([("Name", "Value"), ("x", value)], B2=code))[0][1][1]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (300, "General", "300"),
        (300.0, "#,##0.00", "300"),
        (0.1 + 0.2, "General", "0.3"),
        (2e11, "0.00E+00", "200000000000"),
        (1.35742e21, "General", "1.35742e+21"),
        (0.07, "0%", "7%"),
        (0.125, "0.00%", "12.5%"),
        (4.1e9, "$#,##0", "4100000000"),
        (4.1e9, '$#,##0.0,,"M"', "4100 M"),
        (4.1e9, "#,##0,,", "4100"),
        (4.1e9, '[$€-2] #,##0.0,,," bn"', "€4.1 bn"),
        (4.1e9, "[$€-2] #,##0", "€4100000000"),
        (4.1e9, "#,##0 [$GBP]", "£4100000000"),
        (1.2, '0.0" GW"', "1.2 GW"),
        (1200, '0.0," GW"', "1.2 GW"),
        (5, "[Red]0;[Blue]-0", "5"),
        (True, "General", "TRUE"),
        ("=1+1", "@", None),
        ("a\nb", "General", "a\nb"),
        ("#N/A", "General", "#N/A"),
        (DAY, "yyyy-mm-dd", "2026-05-06"),
        (DAY, "d/m/yy", "2026-05-06"),
        (DAY.replace(hour=10, minute=30), "m/d/yy h:mm", "2026-05-06T10:30:00"),
        (DAY.replace(day=1), "mmm-yy", "2026-05"),
        (DAY.replace(month=1, day=1), "yyyy", "2026"),
        (DAY, "d mmm", "2026-05-06"),
        (DAY, '"Week of" d. mmmm yyyy', "2026-05-06"),
        (0.4375, "h:mm", "10:30:00"),
        (12.5, "[h]:mm", "12.5"),
        (-4, "yyyy-mm-dd", "-4"),
    ],
)
def test_numbers_and_dates_read_as_their_cells_show_them(value: Any, code: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(InputError, match=r"a\.xlsx: sheet Sheet: 1 formulas without a stored result"):
            one(value, code)
    else:
        assert one(value, code) == text


@given(st.integers(1, 10**9), st.sampled_from(["", "K", "M", "mio", " bn", "millions"]), st.integers(0, 3))
def test_a_form_with_a_size_says_the_number_that_it_shows(stored: int, word: str, commas: int) -> None:
    text = form(164, f'$#,##0.0{"," * commas}"{word}"')(str(stored), False)
    factor = {"": 1, "K": 1e3, "M": 1e6, "mio": 1e6, " bn": 1e9, "millions": 1e6}[word]
    found = amount(text)
    assert found is not None
    assert found.value == pytest.approx(stored / 1000**commas * factor)
    assert found.scaled == bool(word)


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!"])
def test_a_cell_that_was_never_computed_is_no_company(error: str) -> None:
    subject, site = {"name": "Loom", "type": "Company"}, {"column": "Site", "type": "Facility"}
    plan = {"source": "s", "row": "MW", "claims": [{"subject": subject, "predicate": "OWNS", "object": site}]}
    (_, said) = Mapped(parse(plan)).load(raw(written([("Site", "MW"), (error, 5)])))
    assert str(said) == f"a.xlsx: row 2, Site: {error}, which the spreadsheet could not compute: mend it there"


def test_a_scaled_cell_goes_before_the_unit_of_its_column() -> None:
    value = {"column": "Value ($m)", "unit": "USD millions"}
    claims = [{"subject": "Site", "attribute": "cost_usd", "value": value}]
    plan = parse({"source": "s", "row": "Site", "claims": claims})
    for code in ('$#,##0.0,,"M"', "#,##0,,"):
        data = written([("Site", "Value ($m)"), ("Caddo Bend", 5e9)], B2=code)
        (said,) = [item for item in Mapped(plan).load(raw(data)) if isinstance(item, Claim)]
        assert said.value == 5e9


cells = (
    st.none()
    | st.integers(-(10**12), 10**12)
    | st.floats(-1e15, 1e15, allow_nan=False).map(lambda number: float(f"{number:.12g}"))
    | st.dates(date(1901, 1, 1), date(2150, 1, 1))
    | st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1).map(lambda text: f"x{text}")
)


@given(st.lists(st.tuples(st.just("x"), cells, cells), min_size=1, max_size=8))
@settings(deadline=None, max_examples=60)
def test_every_cell_comes_back(drawn: list[tuple[Any, ...]]) -> None:
    found = rows(written([("Name", "One", "Two"), *drawn]))
    assert [number for number, _ in found] == list(range(2, 2 + len(drawn)))
    for (_, texts), values in zip(found, drawn, strict=True):
        for text, value in zip(texts, values, strict=True):
            if isinstance(value, date):
                assert text == value.isoformat()
            elif isinstance(value, int | float):
                assert float(text) == pytest.approx(value, rel=1e-14)
            else:
                assert text == (value or "")


def test_titles_above_the_header_are_skipped_and_rows_keep_their_numbers() -> None:
    data = written([("Sites of the industry",), (), ("As of", date(2026, 5, 6)), (), HEAD, (*HALL[:2], 300)])
    assert headers(raw(data)) == (HEAD,)
    assert rows(data) == [(6, HALL)]


@pytest.mark.parametrize(
    ("above", "head"),
    [
        ([], ("Company", 2024, 2025, 2026)),
        ([("Revenue", "USD m")], ("Company", 2024, 2025, 2026)),
        ([("As of", date(2026, 5, 6))], ("Site", "Tenant")),
        ([("Sites",), ("Draft",)], ("Site", "MW", "H100s")),
    ],
)
def test_the_header_is_told_from_what_stands_above_it_and_from_rows_of_words(
    above: list[tuple[Any, ...]], head: tuple[Any, ...]
) -> None:
    rest = [("Halcyra", *["n/a"] * (len(head) - 1)), ("Vesta", *range(1, len(head)))]
    assert headers(raw(written([*above, head, *rest]))) == (tuple(map(str, head)),)


def test_a_merged_label_counts_for_each_row_and_a_merged_amount_once() -> None:
    data = written(
        [HEAD, ("Caddo Bend", "Halcyra", "$4bn"), (None, "Orla", None), ("Leeds", "Vesta", 7), ("Kiel", None, None)],
        merged=("A2:A3", "C2:C3", "B4:B5", "C4:C5"),
    )
    assert [texts for _, texts in rows(data)] == [
        ("Caddo Bend", "Halcyra", "$4bn"),
        ("Caddo Bend", "Orla", ""),
        ("Leeds", "Vesta", "7"),
        ("Kiel", "Vesta", ""),
    ]


def test_two_rows_of_headings_are_one() -> None:
    heads = [("Site", "Power", None, "Owner"), (None, "IT", "Facility", None)]
    data = written([*heads, ("Caddo Bend", 30, 45, "Halcyra")], merged=("A1:A2", "B1:C1", "D1:D2"))
    assert headers(raw(data)) == (("Site", "Power IT", "Power Facility", "Owner"),)
    assert rows(data) == [(3, ("Caddo Bend", "30", "45", "Halcyra"))]


def test_several_sheets_are_named_and_empty_ones_are_none() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Sites"
    for name, head in (("Sites", HEAD), ("Deals", ("Tenant", "Landlord")), ("Nothing", ()), ("One", ("Remark",))):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(head)
        sheet.append(["x"] * len(head))
    data = saved(book)
    assert [(sheet.name, sheet.columns, len(list(sheet.rows))) for sheet in sheets(raw(data))] == [
        ("Sites", HEAD, 1),
        ("Deals", ("Tenant", "Landlord"), 1),
    ]
    assert headers(raw(data)) == (HEAD, ("Tenant", "Landlord"))


def test_sheets_with_the_columns_of_a_mapping_are_one_edition_and_others_are_named() -> None:
    plan = {"source": "desk", "row": "Site", "claims": [{"subject": "Owner", "predicate": "OWNS", "object": "Site"}]}
    book = openpyxl.Workbook()
    book.active.append(("Who", "What"))
    for name, more, site in (("2025", "Note", "Caddo Bend"), ("2026", "Remark", "Old Tannery")):
        sheet = book.create_sheet(name)
        for row in ((*HEAD, more), (site, "Halcyra", 3, "x")):
            sheet.append(row)
    document, *said = Mapped(parse(plan)).load(raw(saved(book)))
    claims = [item for item in said if isinstance(item, Claim)]
    assert isinstance(document, Document)
    assert not any(isinstance(item, Document) for item in said)
    assert {claim.document_id for claim in claims} == {document.id}
    assert [claim.evidence.locator for claim in claims] == [
        "sheet 2025, row 2, Owner, Site",
        "sheet 2026, row 2, Owner, Site",
    ]
    assert str(said[-1]).startswith("a.xlsx: sheet Sheet: the mapping's column")


def test_days_may_count_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(("Name", "Date"))
    book.active.append(("x", DAY))
    assert rows(saved(book))[0][1][1] == "2026-05-06"


def test_other_programs_write_other_xml() -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    sheet = (
        f'<x:worksheet xmlns:x="{strict}"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Name</x:t></x:is></x:c>'
        '<x:c t="inlineStr"><x:is><x:r><x:t>Val</x:t></x:r><x:r><x:t>ue</x:t></x:r></x:is></x:c></x:row>'
        '<x:row r="5"><x:c r="B5"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert rows(book_of(sheet)) == [(5, ("", "7"))]


def book_of(sheet: str | bytes) -> bytes:
    ids = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return archive(
        {
            "[Content_Types].xml": "spreadsheetml.sheet.main+xml",
            "xl/workbook.xml": f'<w xmlns:r="{ids}"><sheets><sheet name="S" r:id="r1"/></sheets></w>',
            "xl/_rels/workbook.xml.rels": '<r><Relationship Id="r1" Target="worksheets/one.xml"/></r>',
            "xl/worksheets/one.xml": sheet,
        }
    )


GOOD = '<s><sheetData><row r="1"><c t="str"><v>A</v></c><c t="str"><v>B</v></c></row>{}</sheetData></s>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (written([HEAD, ("x", "y", 1)])[:-300], "a damaged office file"),
        (book_of(GOOD.format("<row><c><v>1</v></c>")), "sheet S: damaged after row"),
        (book_of(GOOD.format('<row r="2"><c t="s"><v>9</v></c></row>')), "sheet S: row 2, column 1: a cell"),
        (book_of(GOOD.format('<row r="2"><c r="2"><v>1</v></c></row>')), "sheet S: row 2, column 0: a cell"),
        (book_of(GOOD.format('<row r="9999999"><c><v>1</v></c></row>')), "sheet S: a row 9999999"),
        (book_of(GOOD.format('<row r="2"><c r="D2"><v>1</v></c></row>')), "sheet S: row 2: text to the right"),
        (archive({"[Content_Types].xml": "x", "xl/workbook.xml": "<!DOCTYPE a><a/>"}), "declares a document type"),
        (archive({"[Content_Types].xml": "x", "xl/styles.xml": "<a/>"}), "a damaged workbook"),
    ],
)
def test_damage_is_one_line_with_sheet_and_row(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^a\.xlsx: .*{reason}") as error:
        rows(data)
    assert "\n" not in str(error.value)


def test_entities_in_a_sheet_are_not_followed() -> None:
    bomb = '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    sheet = bomb + GOOD.format('<row r="2"><c t="str"><v>&b;</v></c><c><v>1</v></c></row>')
    found = rows(book_of(sheet))
    assert found == [(2, ("", "1"))]


def test_an_archive_that_swells_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")
        file.writestr("xl/workbook.xml", b" " * 40_000_000)
    with pytest.raises(InputError, match=r"xl/workbook\.xml has 40 MB, more than 30 MB"):
        list(sheets(raw(out.getvalue())))


def test_a_word_document_is_no_table() -> None:
    assert not list(sheets(raw(archive({"[Content_Types].xml": "x", "word/document.xml": "<x/>"}))))


@given(st.binary(max_size=400), st.integers(0, 5000), st.integers(0, 255))
@settings(deadline=None, max_examples=80)
def test_any_bytes_give_tables_or_one_line(tail: bytes, place: int, byte: int) -> None:
    good = bytearray(written([HEAD, ("x", "y", 1)]))
    good[place % len(good)] = byte
    for data in (b"PK\3\4" + tail, bytes(good)):
        assert "\n" not in outcome(data)


def outcome(data: bytes) -> str:
    try:
        return str(sum(len(list(sheet.rows)) for sheet in sheets(raw(data))))
    except InputError as error:
        return str(error)


@given(st.integers(1, 3000), st.integers(0, 40))
@settings(deadline=None, max_examples=25)
def test_merged_cells_are_found_wherever_pieces_of_the_file_end(padding: int, count: int) -> None:
    merges = "".join(f'<mergeCell ref="A{n}:AB{n + 1}"/>' for n in range(1, count + 1))
    body = f"<s>{'<c><v>1</v></c>' * padding}<c><f>1</f></c><mergeCells>{merges}</mergeCells></s>"
    with zipfile.ZipFile(io.BytesIO(archive({"s.xml": " " * (1 << 20) + body}))) as file:
        found, uncomputed = scan(file, "s.xml")
    assert found == [Merge(1, 28, n, n + 1) for n in range(1, count + 1)]
    assert uncomputed == 1


@given(st.integers(0, 400), st.text("0#?.,%;[]@-ymdhsE+$€\"' ", max_size=12), st.floats(0, 1e6))
def test_any_form_reads_any_number(number: int, code: str, value: float) -> None:
    assert form(number, code)(repr(value), False)
