"""CSV and TSV: every column and row, numbers unformatted, dates ISO, nothing cut.

CSV is opened in spreadsheets, which run text that begins like a formula; such text gets an apostrophe before it. TSV
leaves it as it is.
"""

import csv
import json
from collections.abc import Callable, Iterator
from typing import Any, TextIO

from kg.questions.answer import Answer, Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")

EVIDENCE = "evidence_"
"""Before the names of the columns with evidence: one line for each place, the row's own columns repeated."""


def write_csv(answer: Answer, out: TextIO) -> None:
    """Write comma-separated values with a header."""
    _write(answer, out, "excel", _guarded)


def write_tsv(answer: Answer, out: TextIO) -> None:
    """Write tab-separated values with a header."""
    _write(answer, out, "excel-tab", cell)


WRITERS = {"csv": write_csv, "tsv": write_tsv}


def cell(value: Any) -> str:
    """Return a value as one cell: nothing for None, lists joined by "; ", maps as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(item, (dict, list)) for item in value):
        return "; ".join(map(cell, value))
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _guarded(value: Any) -> str:
    text = cell(value)
    return f"'{text}" if isinstance(value, (str, list)) and text.startswith(_FORMULA) else text


def _write(answer: Answer, out: TextIO, dialect: str, written: Callable[[Any], str]) -> None:
    names = [column.name for column in answer.columns]
    fields = _evidence_fields(answer)
    lines = csv.writer(out, dialect=dialect, lineterminator="\n")
    lines.writerow(names + [EVIDENCE + field for field in fields])
    for row in answer:
        own = [written(row[name]) for name in names]
        for entry in _entries(row):
            lines.writerow(own + [written(entry.get(field)) for field in fields])


def _evidence_fields(answer: Answer) -> list[str]:
    if all(row.evidence is None for row in answer):
        return []
    from kg.questions.evidence import COLUMNS  # noqa: PLC0415  only where evidence is asked for

    return [name for name, _ in COLUMNS]


def _entries(row: Row) -> Iterator[dict[str, Any]]:
    """Yield the row's evidence, or one empty entry so that the row itself stands."""
    yield from row.evidence or [{}]
