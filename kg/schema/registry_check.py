"""Reads the registry's CSV files into plain rows, and checks them as a whole."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from kg.core.ids import name_key
from kg.exceptions import OntologyError, did_you_mean

COLUMNS = ("id", "type", "name", "aliases", "ambiguous", "roles", "parent", "place", "family", "external", "source")
LISTS = ("aliases", "ambiguous", "roles", "source")
ONLY = {"roles": "Company", "place": "Facility", "family": "Chip"}
"""Columns that only one type may fill."""

SCHEMES = {"cik": r"[1-9]\d{0,9}", "ticker": r"[A-Z0-9.-]{1,10}", "lei": r"[A-Z0-9]{20}", "wikidata": r"Q[1-9]\d*"}
"""Schemes of external ids, and the form of a value."""

SOURCES = (
    "epoch-ai-models",
    "epoch-chip-sales",
    "epoch-data-centers",
    "epoch-gpu-clusters",
    "epoch-ml-hardware",
    "general",
    "sec-tickers",
)
"""Where a row may come from; the registry's README says what each is."""


class Line(NamedTuple):
    """A row, and where it stands."""

    where: str
    row: dict[str, Any]


def read(paths: Iterable[Path], types: Collection[str], roles: Collection[str]) -> list[dict[str, Any]]:
    """Return the rows of the files, with list columns as lists and external ids by scheme.

    Raises OntologyError, naming file and line, for a wrong column set, a cell that is not in form, an unknown type,
    role, parent, family, scheme or source, an id given twice, and a name of two entities that is not said to be
    ambiguous in both.
    """
    lines = [line for path in paths for line in _lines(path)]
    for line in lines:
        _check_words(line, types, roles)
        _check_id(line)
        _check_names(line)
        _check_external(line)
    _check_unique(lines)
    _check_references(lines)
    _check_shared(lines)
    return [line.row for line in lines]


def shared_key(name: str) -> str:
    """Return what two names share if a reader would take them for one; "PG&E" and "PGE" are two names."""
    return name_key(name.replace("&", " and ").replace("+", " plus "))


def _lines(path: Path) -> Iterator[Line]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if tuple(header) != COLUMNS:
                raise OntologyError(f"{path.name}, line 1: the columns must be {','.join(COLUMNS)}")
            for cells in reader:
                yield _line(f"{path.name}, line {reader.line_num}", cells)
    except (UnicodeDecodeError, csv.Error) as error:
        raise OntologyError(f"{path.name}: not a CSV file in UTF-8: {error}") from error


def _line(where: str, cells: list[str]) -> Line:
    if len(cells) != len(COLUMNS):
        raise OntologyError(f"{where}: {len(cells)} cells instead of {len(COLUMNS)}")
    row: dict[str, Any] = dict(zip(COLUMNS, cells, strict=True))
    for column, cell in zip(COLUMNS, cells, strict=True):
        if cell != cell.strip() or "||" in cell or cell.startswith("|") or cell.endswith("|"):
            raise OntologyError(f"{where}: stray space or bar in {column} {cell!r}")
    for column in LISTS:
        row[column] = row[column].split("|") if row[column] else []
    pairs = [pair.partition(":") for pair in row["external"].split("|") if pair]
    row["external"] = {scheme: value for scheme, _, value in pairs}
    if len(row["external"]) != len(pairs):
        raise OntologyError(f"{where}: a scheme of external ids occurs twice")
    return Line(where, row)


def _check_words(line: Line, types: Collection[str], roles: Collection[str]) -> None:
    """Check the cells that hold words of closed lists."""
    row = line.row
    allowed = set(types) - {"Deal"}
    if row["type"] not in allowed:
        raise OntologyError(f"{line.where}: unknown type {row['type']!r}; known: {', '.join(sorted(allowed))}")
    for column, known in (("roles", roles), ("source", SOURCES)):
        for word in row[column]:
            if word not in known:
                raise OntologyError(f"{line.where}: unknown {column} {word!r}; known: {', '.join(sorted(known))}")
    if not row["source"]:
        raise OntologyError(f"{line.where}: the source of {row['id']} is missing")
    for column, kind in ONLY.items():
        if row[column] and row["type"] != kind:
            raise OntologyError(f"{line.where}: {column} is for the type {kind}; this is a {row['type']}")


def _check_id(line: Line) -> None:
    """Check that the id is the type and a slug: not that of the present name, for an id outlives a change of name."""
    row = line.row
    if not re.fullmatch(rf"{row['type'].lower()}:[^\W_A-Z]+(-[^\W_A-Z]+)*", row["id"]):
        raise OntologyError(f"{line.where}: {row['id']!r} is not an id of the form {row['type'].lower()}:some-name")


def _check_names(line: Line) -> None:
    row = line.row
    names = [row["name"], *row["aliases"]]
    if not row["name"]:
        raise OntologyError(f"{line.where}: the name of {row['id']} is missing")
    for column, wrong in (
        ("aliases", {n for n in names if names.count(n) > 1}),
        ("ambiguous", set(row["ambiguous"]) - set(names)),
    ):
        if wrong:
            what = "given twice" if column == "aliases" else "ambiguous, but not among the names"
            raise OntologyError(f"{line.where}: {min(wrong)!r} of {row['id']} is {what}")


def _check_external(line: Line) -> None:
    for scheme, value in line.row["external"].items():
        if scheme not in SCHEMES:
            raise OntologyError(f"{line.where}: unknown scheme {scheme!r}; known: {', '.join(SCHEMES)}")
        if not re.fullmatch(SCHEMES[scheme], value):
            raise OntologyError(f"{line.where}: {value!r} is not a {scheme}")


def _check_unique(lines: list[Line]) -> None:
    """Check that no id, and no external id, belongs to two rows."""
    seen: dict[tuple[str, str], Line] = {}
    for line in lines:
        for pair in (("id", line.row["id"]), *line.row["external"].items()):
            first = seen.setdefault(pair, line)
            if first is not line:
                raise OntologyError(f"{line.where}: {pair[0]} {pair[1]} is given already in {first.where}")


def _check_references(lines: list[Line]) -> None:
    """Check that parents are companies of the registry and stand in no circle, and families chips of it."""
    by_id = {line.row["id"]: line.row for line in lines}
    chips = {row["name"] for row in by_id.values() if row["type"] == "Chip"}
    for line in lines:
        parent, family = line.row["parent"], line.row["family"]
        if parent and by_id.get(parent, {}).get("type") != "Company":
            raise OntologyError(f"{line.where}: unknown parent {parent!r}.{did_you_mean(parent, by_id)}")
        if family and (family not in chips or family == line.row["name"]):
            raise OntologyError(f"{line.where}: unknown family {family!r}.{did_you_mean(family, chips)}")
        above = set()
        while parent:
            if parent in above or parent == line.row["id"]:
                raise OntologyError(f"{line.where}: {line.row['id']} is above itself, through {parent}")
            above.add(parent)
            parent = by_id[parent]["parent"] if parent in by_id else ""


def _check_shared(lines: list[Line]) -> None:
    """Check that a name of two entities of one type is said to be ambiguous in both."""
    holders: dict[tuple[str, str], list[tuple[Line, str, bool]]] = {}
    for line in lines:
        unsure = {shared_key(name) for name in line.row["ambiguous"]}
        names = {shared_key(name): name for name in (line.row["name"], *line.row["aliases"])}
        for key, name in names.items():
            holders.setdefault((line.row["type"], key), []).append((line, name, key in unsure))
    for held in holders.values():
        plain = [entry for entry in held if not entry[2]]
        if len(held) > 1 and plain:
            line, name, _ = plain[0]
            other = next(entry[0] for entry in held if entry[0] is not line)
            raise OntologyError(
                f"{line.where}: {name!r} names {other.row['id']} ({other.where}) as well;"
                " drop one, or list it as ambiguous in both"
            )
