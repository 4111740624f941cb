"""Answers as text: what is written can be read back, and what people see holds nothing that a terminal would obey."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exceptions import UsageError
from kg.questions.answer import Answer, Row
from kg.questions.question import WITHDRAWN, Column
from kg.render.cells import cite, value_text
from kg.render.formats import FORMATS, format_for, writer
from kg.render.html import html_table
from kg.render.table import lines, table

COLUMNS = (
    Column("name", "text", "a name"),
    Column("capacity_mw", "number", "power", "MW"),
    Column("capacity_bound", "text", "its bound"),
    Column("parts", "list", "parts"),
    Column("disputed", "flag", "whether"),
    Column("status", "status", "status"),
    Column("sources", "integer", "how many"),
    Column("last_reported", "date", "when"),
    Column("claims", "ids", "claims"),
)
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30)
rows = st.fixed_dictionaries(
    {
        "name": st.none() | texts,
        "capacity_mw": st.none() | st.integers(0, 10**7) | st.floats(0.5, 1e6),
        "capacity_bound": st.sampled_from([None, "up to", "at least", "range"]),
        "parts": st.lists(texts, max_size=3),
        "disputed": st.booleans(),
        "status": st.sampled_from(["asserted", "planned"]),
        "sources": st.integers(0, 99),
        "last_reported": st.none() | st.just("2026-05"),
        "claims": st.lists(st.just("claim:1"), min_size=1, max_size=2),
    }
)


def answered(found: list[dict[str, Any]]) -> Answer:
    return Answer([Row({column.name: row[column.name] for column in COLUMNS}) for row in found], COLUMNS)


answers = st.lists(rows, max_size=5).map(answered)


def entry(**fields: Any) -> dict[str, Any]:
    return {
        "document": "a.txt",
        "publisher": "Wire",
        "published": "2026-05-06",
        "title": "T",
        "url": None,
        "kind": "news",
        "status": "asserted",
        "ended_as": None,
        "quote": "so it is",
        "start": 0,
        "end": 8,
        "locator": None,
        "confidence": 0.9,
        "weak": False,
        "withdrawn_by": None,
        "withdrawn": None,
        "document_id": "doc:1",
        "claim": "claim:1",
        **fields,
    }


def text_of(answer: Answer, name: str) -> str:
    out = io.StringIO()
    writer(name)(answer, out)
    return out.getvalue()


@given(answer=answers)
def test_json_is_a_list_of_the_declared_columns(answer: Answer) -> None:
    assert json.loads(text_of(answer, "json")) == answer.to_dicts()
    assert [json.loads(line) for line in text_of(answer, "jsonl").split("\n")[:-1]] == answer.to_dicts()
    assert all(list(row) == [column.name for column in COLUMNS] for row in answer)


@given(answer=answers, dialect=st.sampled_from(["csv", "tsv"]))
def test_delimited_text_holds_every_value(answer: Answer, dialect: str) -> None:
    text = io.StringIO(text_of(answer, dialect), newline="")
    read = list(csv.reader(text, "excel" if dialect == "csv" else "excel-tab"))
    assert read[0] == [column.name for column in COLUMNS]
    assert len(read) == 1 + len(answer)
    for cells, row in zip(read[1:], answer, strict=True):
        found = dict(zip(read[0], cells, strict=True))
        name = found["name"]
        if dialect == "csv" and name.startswith("'"):
            name = name[1:]
        assert name == (row.name or "")
        assert (float(found["capacity_mw"]) if found["capacity_mw"] else None) == row.capacity_mw
        assert found["disputed"] == str(row.disputed).lower()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'quoted", "\tx"])
def test_no_csv_cell_runs_as_a_formula(text: str) -> None:
    answer = Answer([Row({"name": text, "number": -5})], (Column("name", "text", ""), Column("number", "number", "")))
    (cells,) = list(csv.reader(io.StringIO(text_of(answer, "csv"), newline="")))[1:]
    assert cells == [f"'{text}", "-5"]
    assert text_of(answer, "tsv").split("\n")[1].split("\t")[-1] == "-5"


def test_evidence_in_delimited_text_is_a_line_for_each_place() -> None:
    columns = (Column("name", "text", ""),)
    told, silent = Row({"name": "a"}), Row({"name": "b"})
    told.evidence, silent.evidence = [entry(), entry(start=9, quote="and so")], []
    read = list(csv.DictReader(io.StringIO(text_of(Answer([told, silent], columns), "csv"))))
    assert [(row["name"], row["evidence_quote"], row["evidence_start"]) for row in read] == [
        ("a", "so it is", "0"),
        ("a", "and so", "9"),
        ("b", "", ""),
    ]


@given(answer=answers, width=st.integers(40, 160))
def test_a_table_obeys_the_width_and_holds_no_control_characters(answer: Answer, width: int) -> None:
    written, _ = lines(answer, width)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]", "".join(written))
    assert all(len(line) <= 2 * width for line in written)


@pytest.mark.parametrize("name", ["table", "md"])
def test_people_read_units_bounds_doubts_and_quotes(name: str) -> None:
    row = {"name": "Colossus \x1b[31m1", "capacity_mw": 1200, "capacity_bound": "up to", "parts": [], "disputed": True}
    shown = Row({**row, "status": "asserted", "sources": 0, "last_reported": "2026-05", "claims": ["claim:1"]})
    shown.weak = True
    shown.add(WITHDRAWN, value=True)
    gone = entry(document_id="doc:2", quote="so it was", withdrawn_by="b.csv", withdrawn="2026-06")
    shown.evidence = [entry(weak=True), entry(start=2, end=4, quote="it"), gone]
    text = text_of(Answer([shown], COLUMNS), name)
    for part in (
        "Colossus",
        "1,200\u00a0MW",
        "≤",
        "asserted, disputed, weak, withdrawn",
        "withdrawn by b.csv 2026-06",
        "registry",
        "so it is",
        "Wire, 2026-05-06",
    ):
        assert part in text
    assert "\x1b" not in text
    assert "claim:1" not in text
    assert text.count("so it is") == 1
    assert "“it”" not in text


def test_a_narrow_screen_is_told_what_had_no_room() -> None:
    row = {column.name: "x" * 12 for column in COLUMNS} | {
        "sources": 1,
        "capacity_mw": 5,
        "last_reported": "2026-05-06",
    }
    _, dropped = lines(Answer([Row(row)], COLUMNS), 40)
    assert dropped == ["reported"]
    assert lines(Answer([Row(row)], COLUMNS), 200)[1] == []


def test_colour_is_only_where_it_is_wanted() -> None:
    answer = Answer([Row({"name": "a"})], (Column("name", "text", ""),))
    assert "\x1b" not in table(answer, 80)
    assert "\x1b[1mname\x1b[0m" in table(answer, 80, colour=True)


@given(answer=answers)
def test_html_holds_no_tags_but_its_own(answer: Answer) -> None:
    text = html_table(answer)
    assert set(re.findall(r"</?(\w+)", text)) <= {"table", "caption", "thead", "tbody", "tr", "th", "td", "p"}


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (300, "MW", "300\u00a0MW"),
        (45_000_000_000, "USD", "$45bn"),
        (11_900_000_000, "USD", "$11.9bn"),
        (830_000_000, "USD", "$830m"),
        (950, "USD", "$950"),
        (220_000, "chips", "220,000"),
        (7.5, "%", "7.5%"),
        (15, "years", "15\u00a0years"),
        (1, "years", "1\u00a0year"),
        (None, "MW", ""),
        (["a", "b"], None, "a; b"),
        (True, None, "yes"),
    ],
)
def test_values_read_as_people_write_them(value: object, unit: str | None, text: str) -> None:
    assert value_text(value, unit) == text


@pytest.mark.parametrize(
    ("name", "output", "terminal", "chosen"),
    [
        (None, None, True, "table"),
        (None, None, False, "csv"),
        ("JSON", "x.csv", True, "json"),
        (None, "x.json", True, "json"),
        (None, "x.ndjson", False, "jsonl"),
        (None, "a.b/x.MD", False, "md"),
        (".tsv", None, False, "tsv"),
    ],
)
def test_the_format_is_the_one_asked_for(name: str | None, output: str | None, terminal: bool, chosen: str) -> None:
    assert format_for(name, output, terminal=terminal) == chosen


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: format_for("jsn", None, terminal=True), "Did you mean json.*Formats: table, csv"),
        (lambda: format_for(None, "x.jsn", terminal=True), r"suffix '\.jsn'.*Did you mean"),
        (lambda: format_for(None, "plain", terminal=True), "or name one with --format"),
    ],
)
def test_a_wrong_format_is_answered_with_the_right_ones(ask: Callable[[], str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        ask()


def test_every_format_has_its_writer() -> None:
    answer = Answer([], COLUMNS)
    for name in FORMATS:
        assert isinstance(text_of(answer, name), str)


def test_evidence_on_a_page_is_cited_by_the_page() -> None:
    cited = cite(entry(locator="p. 3 [72,501,523,540]"))
    assert cited == "Wire, 2026-05-06, asserted, a.txt, p. 3"
    assert cite(entry(locator="row 7, Owner")).endswith("a.txt, row 7, Owner")
    assert cite(entry()).endswith("a.txt, characters 0-8")
