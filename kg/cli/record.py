"""One thing as rows of name and value: what ``status`` and ``ontology NAME`` show."""

import json
from collections.abc import Mapping
from typing import Any

from kg.cli.output import Output
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.render.cells import value_text

_COLUMNS = (Column("what", "text", "name"), Column("value", "text", "value"))


def write_record(out: Output, record: Mapping[str, Any]) -> None:
    """Write a record: as JSON one object, else a row for each name."""
    if out.format in ("json", "jsonl"):
        with out.stream() as stream:
            stream.write(json.dumps(record, ensure_ascii=False, indent=1 if out.format == "json" else None) + "\n")
        return
    rows = [
        Row({"what": name.replace("_", " "), "value": _text(value)}) for name, value in record.items() if value != []
    ]
    out.write(Answer([row for row in rows if row["value"]], _COLUMNS))


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(
            f"{number:,} {name}" if isinstance(number, int) else f"{name}: {number}" for name, number in value.items()
        )
    return value_text(value)
