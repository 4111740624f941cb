"""Files of rows: every form gives the same table; a damaged file gives one line with its place, and nothing else."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.exceptions import InputError
from kg.fetch.raw import HEAD, Raw
from kg.tables.lines import LINE
from kg.tables.sheet import headers, sheets

CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8) | st.sampled_from(
    ['a "quoted" word', "two\nlines", "1,5", "a;b", " x "]
)


def raw(data: bytes | str) -> Raw:
    return Raw("t.csv", data.encode() if isinstance(data, str) else data, "2026-05-06T00:00:00Z")


def rows(item: Raw) -> list[list[str]]:
    return [list(cells) for sheet in sheets(item) for _, cells in sheet.rows]


def as_csv(table: list[list[str]], delimiter: str = ",", end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(table)
    return out.getvalue()


HEADER = ["Name", "Owner", "Power (MW)"]
TABLES = st.lists(st.lists(CELL, min_size=3, max_size=3).filter(lambda row: any(map(str.strip, row))), max_size=5)


@given(
    TABLES, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
@settings(deadline=None)
def test_a_table_is_the_same_whatever_form_it_is_saved_in(
    table: list[list[str]], delimiter: str, end: str, charset: str
) -> None:
    text = as_csv([HEADER, *table], delimiter, end)
    assert rows(raw(text.encode(charset))) == table
    (columns,) = headers(raw(text.encode(charset)))
    assert columns == tuple(HEADER)


@given(TABLES.filter(bool), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
@settings(deadline=None)
def test_json_gives_the_same_table(table: list[list[str]], charset: str) -> None:
    objects = [dict(zip(HEADER, row, strict=True)) for row in table]
    forms = [json.dumps(objects, ensure_ascii=False), json.dumps({"rows": objects}, indent=1)]
    forms.append("\r\n".join(json.dumps(item, ensure_ascii=False) for item in objects))
    for form in forms:
        assert rows(raw(form.encode(charset))) == table


@given(st.lists(st.text("Jülich’é").map("{}ü".format), min_size=1, max_size=4))  # no UTF-8 has the byte of ü
def test_json_in_windows_letters_is_read_as_csv_is(names: list[str]) -> None:
    objects = [{"Name": name, "Owner": "Loom"} for name in names]
    for form in (
        json.dumps(objects, ensure_ascii=False),
        "\n".join(json.dumps(o, ensure_ascii=False) for o in objects),
    ):
        assert rows(raw(form.encode("cp1252"))) == [[name, "Loom"] for name in names]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_lines_of_json_may_be_longer_than_the_part_by_which_a_format_is_recognised(charset: str) -> None:
    table = [["x" * HEAD, "Loom", "1"], ["b", "Loom", "2"]]
    objects = [dict(zip(HEADER, row, strict=True)) for row in table]
    assert rows(raw("\n".join(map(json.dumps, objects)).encode(charset))) == table
    assert rows(raw((json.dumps({"rows": objects}) + "\n").encode(charset))) == table


def test_lines_of_json_that_break_off_are_known_by_the_columns_before() -> None:
    torn = raw('{"Name": "a", "Owner": "b"}\n{"Name": "c", "Owner": "d"}\n{"Name": "e", "Ow')
    assert headers(torn) == (("Name", "Owner"),)
    (sheet,) = sheets(torn)
    assert [next(sheet.rows), next(sheet.rows)] == [(1, ["a", "b"]), (2, ["c", "d"])]
    with pytest.raises(InputError, match=r"^t\.csv: row 3: not JSON"):
        next(sheet.rows)


@pytest.mark.parametrize("indent", [None, 2])
def test_one_object_alone_is_one_row_however_it_is_printed(indent: int | None) -> None:
    alone = {"Name": "Gorse Field", "Owner": ["Loom", "Wren"], "MW": 300}
    assert rows(raw(json.dumps(alone, indent=indent))) == [["Gorse Field", "Loom, Wren", "300"]]
    nested = {"Name": "Gorse Field", "Place": {"City": "Oslo"}, "Blocks": [{"MW": 1}, {"MW": 2}], "Notes": [{}]}
    assert len(rows(raw(json.dumps(nested, indent=indent)))) == 1
    assert len(rows(raw(json.dumps({"rows": [alone, alone]}, indent=indent)))) == 2


def test_lists_in_json_keep_what_holds_a_comma_together() -> None:
    assert rows(raw('[{"a": ["Qilin Hesheng Co., Ltd.", "xAI"], "b": [1, null]}]')) == [
        ['"Qilin Hesheng Co., Ltd.", xAI', "1, "]
    ]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    (sheet,) = sheets(raw('Name,Note\na,"two\nlines"\n\nb,x\n'))
    assert [number for number, _ in sheet.rows] == [2, 4]


def test_windows_letters_are_read_where_the_file_is_no_utf8() -> None:
    assert rows(raw("Name,Place\nJ,Jülich\n".encode("cp1252"))) == [["J", "Jülich"]]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a,b,c\n1,2,3\n1,2\n", r"^t\.csv: row 3: 2 cells, but the header has 3 columns"),
        ("a,b,c\n1,2,3,4\n", r"^t\.csv: row 2: 4 cells"),
        ('a,b\n1,"x\n', r"^t\.csv: row 2: the file ends within a quoted cell"),
        ('a,b\n1,"x"y\n', r"^t\.csv: row 2: text after a closing quote"),
        ("a,b\n1,\0\n", r"^t\.csv: line 2: a NUL character"),
        ("a,b\n" + "x" * (LINE + 1), r"^t\.csv: line 2: longer than"),
        ('a,b\n1,"' + "x\n" * 2_100_000 + '"\n', r"^t\.csv: row 2: a cell of more than"),
        ('[{"a": 1}, 2]', r"^t\.csv: row 2: not a JSON object"),
        ('{"a": 1}\n[1]\n', r"^t\.csv: row 2: not a JSON object"),
        ('{"a": 1, "b": 2}\n{"a": \n', r"^t\.csv: row 2: not JSON"),
        ("[" * 100_000, r"^t\.csv: not JSON"),
        (b'[{"a": "\x81"}]', r"^t\.csv: line 1: bytes that are no CP1252; save the file as UTF-8"),
        (b'{"a": "x"}\n{"a": "\x81"}\n', r"bytes that are no CP1252"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_a_damaged_file_is_one_line_with_its_place(data: str | bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        rows(raw(data))
    assert "\n" not in str(caught.value)


def test_empty_cells_at_the_end_of_a_row_are_no_tear() -> None:
    assert rows(raw("a,b\n1,2,,\n")) == [["1", "2"]]


@pytest.mark.parametrize("data", ["", "\n\n", "one column\nx\n", "{}", "[]", '"text"', "[1, 2]"])
def test_what_is_no_table_has_no_columns(data: str) -> None:
    assert headers(raw(data)) == ()


def test_a_large_file_is_read_as_it_comes() -> None:
    text = as_csv([HEADER, *([str(n), "x", "1"] for n in range(2000))]).encode()
    opened: list[io.BytesIO] = []

    def stream() -> io.BytesIO:
        opened.append(io.BytesIO(text))
        return opened[-1]

    item = Raw("t.csv", text[:100], "2026-05-06T00:00:00Z", stream=stream)
    (sheet,) = sheets(item)
    assert next(sheet.rows)[0] == 2
    assert sum(1 for _ in sheet.rows) == 1999
    assert len(opened) == 1
