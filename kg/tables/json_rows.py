"""Tables as JSON: an array of objects, an object that holds one or is the only row, or one object a line."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.cells import joined
from kg.tables.lines import encoding, lines, text
from kg.tables.sheet import Sheet, named

Numbered = tuple[int, Mapping[str, Any]]
"""The number of a row, and the row as it stands in the file."""

SAMPLE = 200
"""Rows whose keys make the columns of a file too large to be held; of any other all rows do."""


def sheets(raw: Raw) -> Iterator[Sheet]:
    """Yield the table of the file, if its objects are flat enough to be rows.

    The number of a row is that of its line, or of the object in its array, from 1.
    """
    start = raw.head.decode(encoding(raw), "replace").lstrip("\ufeff \t\r\n")
    source = _lines(raw) if start.startswith("{") and _is_lines(start, raw) else _array(raw)
    first, damage = _ahead(source, SAMPLE if raw.partial else None)
    columns = list(dict.fromkeys(key for _, row in first for key in row))
    if damage and not columns:
        raise damage
    if columns and len(columns) < 2_000:
        yield Sheet(named(columns), _rows(first, damage, source, columns, raw))


def _ahead(source: Iterator[Numbered], count: int | None) -> tuple[list[Numbered], InputError | None]:
    """Return the first rows, and the damage before which they end: their columns tell what table it is all the same."""
    first: list[Numbered] = []
    try:
        first.extend(islice(source, count))
    except InputError as error:
        return first, error
    return first, None


def _is_lines(start: str, raw: Raw) -> bool:
    """Say whether the file has one object a line; one object that holds a list of objects is no row.

    Where the first line is longer than ``start``, further lines are rows.
    """
    line, _, rest = start.partition("\n")
    try:
        first = json.loads(line)
    except (ValueError, RecursionError):
        return not rest and (raw.partial or b"\n" in raw.data.strip(b"\0 \t\r\n"))
    return isinstance(first, dict) and (bool(rest.strip()) or _inside(first) is None)


def _inside(data: Mapping[str, Any]) -> list[Any] | None:
    """Return the one list of objects that an object holds."""
    found = [value for value in data.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    return found[0] if len(found) == 1 else None


def _lines(raw: Raw) -> Iterator[Numbered]:
    for number, line in enumerate(lines(raw), 1):
        if line.strip():
            yield number, _object(_parsed(line, f"{raw.address}: row {number}"), f"{raw.address}: row {number}")


def _array(raw: Raw) -> Iterator[Numbered]:
    if raw.partial:
        raise InputError(f"{raw.address}: too large for one JSON value; save it as JSON Lines, one object a line")
    data = _parsed(text(raw), raw.address)
    if isinstance(data, dict):
        keyed = all(isinstance(value, dict) for value in data.values())
        data = _inside(data) or ([*data.values()] if keyed else [data])
    if isinstance(data, list):
        for number, item in enumerate(data, 1):
            yield number, _object(item, f"{raw.address}: row {number}")


def _rows(
    first: list[Numbered],
    damage: InputError | None,
    rest: Iterator[Numbered],
    columns: list[str],
    raw: Raw,
) -> Iterator[tuple[int, Sequence[str]]]:
    known = set(columns)
    for number, row in first:
        yield number, [_text(row.get(column)) for column in columns]
    if damage:
        raise damage
    for number, row in rest:
        if not known.issuperset(row):
            unknown = ", ".join(sorted(set(row) - known))
            raise InputError(f"{raw.address}: row {number}: keys that no row before has: {unknown}")
        yield number, [_text(row.get(column)) for column in columns]


def _object(item: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(item, dict):
        raise InputError(f"{where}: not a JSON object; a table is an array of objects, or one object a line")
    return item


def _parsed(said: str, where: str) -> Any:
    try:
        return json.loads(said)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({getattr(error, 'msg', 'nested too deeply')})") from error


def _text(value: Any) -> str:
    """Return a value as the text of a cell: a list as "a, b", null as nothing."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
        return joined(map(_text, value))
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list | bool) else str(value)
