"""What tells the rows of a mapped table apart: keys that outlive a re-save, and rows whose key tells nothing apart."""

import re
from collections.abc import Sequence
from hashlib import blake2b

from kg.core.claim import EXACT, plain
from kg.schema.ontology import ontology
from kg.tables import numbers
from kg.tables.cells import is_error
from kg.tables.mapping import Mapping
from kg.tables.row import Row

_WHOLE = re.compile(r"-?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*|0)(?:\.0*)?|[1-9](?:\.\d+)?[eE]\+\d+")
"""A whole number however a spreadsheet saved it; 007 and 1.10 are no numbers, but names that look like some."""

_DIGEST = 8
"""Bytes kept of a key and of what its row says."""


class Keys:
    """Makes the keys of rows: the same for a cell that a spreadsheet saved in another form."""

    def __init__(self, plan: Mapping) -> None:
        kinds = _kinds(plan)
        self._columns = [(column, kinds.get(column, "text")) for column in plan.row]

    def key(self, row: Row) -> str:
        """Return the key of a row, "" if all its cells are empty."""
        cells = [_cell(row, column, kind) for column, kind in self._columns]
        return row.edition.row_key(cells) if any(cells) else ""

    def is_whole(self, row: Row) -> bool:
        """Say whether the key of a row has no error of a spreadsheet; else each becomes a Rejection.

        "#N/A", elsewhere a cell that says nothing, would make one key of all rows whose look-up found nothing.
        """
        errors = [column for column, _ in self._columns if is_error(row.as_is(column))]
        for column in errors:
            row.reject(column, f"{row.worded(column)} in the key of the row, which was left out: mend it there")
        return not errors


class Told:
    """The rows of one edition that have said something, by their keys: digests, since there may be millions."""

    def __init__(self, key: Sequence[str], reads: Sequence[str]) -> None:
        self._key = ", ".join(key)
        self._reads = reads
        self._rows: dict[bytes, bytes] = {}

    def admits(self, row: Row) -> bool:
        """Say whether a row is told apart from those before it, or repeats one; else it becomes a Rejection."""
        if not row.key:
            row.reject(self._key, "empty, so that nothing tells the row apart: it was left out. Fill it in")
            return False
        content = _digest(" | ".join([row[column] for column in self._reads]))
        place = row.place().removesuffix(", ")
        known = self._rows.setdefault(_digest(row.key), content + place.encode())
        if known[:_DIGEST] == content:
            return True
        row.reject(
            self._key,
            f"{row.key[:60]!r} is the key of {known[_DIGEST:].decode()}, which says something else: this row was "
            "left out. Correct it, or give the mapping's row one more column",
        )
        return False


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def _cell(row: Row, column: str, kind: str) -> str:
    if kind == "date":
        return row.day_in(column)
    cell = row[column]
    if kind == "text" and not _WHOLE.fullmatch(cell):
        return cell
    try:
        value = numbers.number(cell)
    except ValueError:
        return cell
    return cell if value is None or abs(value) >= EXACT else str(plain(value))


def _kinds(plan: Mapping) -> dict[str, str]:
    """Return the columns that the mapping reads as dates or numbers."""
    known = ontology()
    found: dict[str, str] = {}
    for rule in plan.claims:
        values = [(known.qualifiers[name].kind, value) for name, value in rule.qualifiers.items()]
        if rule.value:
            values.append((known.attributes[rule.predicate].kind, rule.value))
        found |= {value.column: kind for kind, value in values if kind in {"date", "number"}}
        found |= dict.fromkeys(filter(None, (rule.as_of, rule.valid_from, rule.valid_to)), "date")
    return found
