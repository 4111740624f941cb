"""A workbook with one table on several sheets: one edition, told once, whatever stands between them."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kg import KG
from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import load

OWNERS = ("Name", "Type", "Country", "Chip types")
CHIPS = ("Name", "Designer", "Release date", "H100e", "Memory", "Cost per chip (approx.)")
HALCYRA = ("Halcyra", "Chip designer", "Norway", "H1")
VELA = ("Vela", "Chip designer", "Japan", "V2")
H1 = ("H1", "Halcyra", "2025-03-01", 0.4, 80e9, 12_000)


def workbook(*sheets: tuple[tuple[object, ...], ...]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def raw(data: bytes, **more: object) -> Raw:
    return Raw("a.xlsx", data, "2026-08-04T00:00:00Z", **{"excerpt": True, **more})  # type: ignore[arg-type]


def test_sheets_of_one_table_are_one_document_with_the_rows_of_all() -> None:
    data = workbook((OWNERS, HALCYRA), (CHIPS, H1), (("Remark", "By"), ("x", "y")), (OWNERS, VELA))
    told = list(load(raw(data)))
    documents = [item for item in told if isinstance(item, Document)]
    assert [document.source for document in documents] == ["epoch-chip-organizations", "epoch-chip-types"]
    of, subjects = None, {}
    for item in told:
        of = item if isinstance(item, Document) else of
        if isinstance(item, Claim):
            assert of is not None
            assert item.document_id == of.id, "claims follow their own document"
            subjects.setdefault(of.source, set()).add(item.subject.name)
    assert subjects == {"epoch-chip-organizations": {"Halcyra", "Vela"}, "epoch-chip-types": {"H1", "Halcyra"}}
    assert sum(isinstance(item, Rejection) and "no table of this source" in item.reason for item in told) == 1


def test_rows_of_all_sheets_count_together() -> None:
    data = workbook((OWNERS, HALCYRA), (OWNERS, VELA))
    with pytest.raises(InputError, match=r"^a\.xlsx, sheet Sheet: 2 rows, but epoch-chip-organizations has at least"):
        list(load(replace(raw(data), excerpt=False)))


def test_a_sheet_copied_within_its_workbook_tells_nothing_twice(tmp_path: Path) -> None:
    for name, sheets in (("one", 1), ("two", 2)):
        (tmp_path / f"{name}.xlsx").write_bytes(workbook(*[(OWNERS, HALCYRA, VELA)] * sheets))
    stored = []
    for name in ("one", "two"):
        graph = KG(str(tmp_path / name))
        report = graph.load(str(tmp_path / f"{name}.xlsx"), excerpt=True, vintage="2026-08-03")
        stored.append(
            {
                row.id
                for row in graph.cypher("MATCH (c:Claim)-[:STATED_IN]->(d:Document {kind: 'table'}) RETURN c.id AS id")
            }
        )
        assert len(report.documents) == 1
    assert stored[0] == stored[1]
