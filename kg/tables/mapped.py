"""A loader made of a mapping: any table becomes claims as the mapping says."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import Edition, edition
from kg.tables.keys import Keys, Told
from kg.tables.mapping import ClaimRule, Mapping
from kg.tables.mapping_file import read_mapping
from kg.tables.nameless import Nameless
from kg.tables.row import Row
from kg.tables.rules import applies, claims_of, shown
from kg.tables.sheet import Sheet, sheets
from kg.tables.source import SourceInfo, TableInfo
from kg.tables.table import Item, Said, Table, check_columns, place_of, rows


def mapped(path: Path) -> "Mapped":
    """Return the loader that a mapping file makes; raises InputError for one that is wrong."""
    return Mapped(read_mapping(path))


@dataclass(frozen=True)
class Mapped:
    """Reads a table by a mapping; a loader like any other."""

    mapping: Mapping
    STREAMS = True

    def recognise(self, raw: Raw) -> float:  # noqa: ARG002  the user has said so
        """Return 1: whoever gives a mapping says that the file is the table."""
        return 1.0

    def load(self, raw: Raw) -> Iterator[Item]:
        """Yield the table's edition, then what the mapping makes of its rows.

        The worksheets of a workbook that have the columns of the mapping are one edition together; the others are
        Rejections, and so are rows that their key does not tell apart. Raises InputError for a file that is no table,
        and for one that lacks a column of the mapping.
        """
        said: Edition | None = None
        told = Told(self.mapping.row, list(self._reads()))
        unmet = {number: rule for number, rule in enumerate(self.mapping.claims, 1) if rule.where}
        others: list[Rejection] = []
        for sheet in sheets(raw):
            if lacking := self._lacking(sheet):
                others.append(Rejection(f"{raw.address}: sheet {sheet.name}" if sheet.name else raw.address, lacking))
                continue
            if said is None:
                said = self._edition(raw, sheet)
                yield said.document
            yield from self._sheet(raw, sheet, said, told, unmet)
        if said is None and others:
            raise InputError(str(others[0]))
        if said is None:
            raise InputError(f"{raw.address}: no table: a mapping reads CSV, TSV, JSON, JSON Lines, Excel and Parquet")
        yield from others
        for number, rule in unmet.items():
            cells = " and ".join(f"{column} {' or '.join(map(repr, cells))}" for column, cells in rule.where.items())
            yield Rejection(raw.address, f"claim {number} of the mapping says nothing: no row has {cells}")

    def _lacking(self, sheet: Sheet) -> str | None:
        """Say which column of the mapping a sheet lacks."""
        missing = next((column for column in self._reads() if column not in sheet.columns), None)
        there = ", ".join(filter(None, sheet.columns))
        return None if missing is None else f"the mapping's column {missing!r} is missing (there are: {there})"

    def _edition(self, raw: Raw, sheet: Sheet) -> Edition:
        """Return the edition that a file is; its columns are those of the first sheet that is read."""
        plan = self.mapping
        if plan.published and not raw.vintage:
            raw = replace(raw, vintage=plan.published)
        return edition(raw, self._info(), plan.source, sheet.columns)

    def _sheet(self, raw: Raw, sheet: Sheet, said: Edition, told: Told, unmet: dict[int, ClaimRule]) -> Iterator[Item]:
        """Yield what the rows of a sheet say; rules that apply to one leave ``unmet``."""
        plan = self.mapping
        table = Table(plan.source, plan.row, self._reads(), ignores=plan.ignore)
        yield from check_columns(raw, table, sheet)
        nameless = Nameless(sheet)
        for row in rows(said, replace(sheet, rows=nameless.rows()), self._keys.key):
            items = list(self._row(row, unmet))
            if self._keys.is_whole(row) and items and told.admits(row):
                yield from items
            yield from row.problems
        yield from nameless.said(place_of(raw, sheet))

    def _row(self, row: Row, unmet: dict[int, ClaimRule]) -> Iterator[Said]:
        for number, (rule, columns) in enumerate(self._rules, 1):
            if applies(rule, row):
                unmet.pop(number, None)
                yield from claims_of(rule, row, columns)
        about = row[self.mapping.about] if self.mapping.about else ""
        for column in self.mapping.notes:
            if note := row.note(column, about):
                yield note

    @cached_property
    def _keys(self) -> Keys:
        """What makes the keys of rows."""
        return Keys(self.mapping)

    @cached_property
    def _rules(self) -> list[tuple[ClaimRule, tuple[str, ...]]]:
        """The rules, each with the columns that show its claims."""
        return [(rule, shown(rule, self.mapping.row)) for rule in self.mapping.claims]

    def _info(self) -> SourceInfo:
        plan = self.mapping
        table = TableInfo(plan.source, plan.title, plan.row)
        return SourceInfo(
            plan.source, plan.title, "", "", plan.publisher, plan.homepage, plan.licence, {plan.source: table}
        )

    def _reads(self) -> dict[str, str]:
        """Return the columns that the mapping reads, and for what."""
        plan = self.mapping
        found = dict.fromkeys([*plan.row, *plan.notes, *([plan.about] if plan.about else [])], "the row")
        for rule in plan.claims:
            found |= dict.fromkeys(_columns(rule), rule.predicate)
        return found


def _columns(rule: ClaimRule) -> Iterator[str]:
    """Yield the columns that a rule reads."""
    for entity in (rule.subject, rule.object):
        if entity:
            yield from filter(None, (entity.column, entity.id))
    for value in (rule.value, *rule.qualifiers.values()):
        if value:
            yield from filter(None, (value.column, value.low, value.high))
    for choice in (rule.status, rule.ended_as, rule.stage, rule.confidence):
        if choice.column:
            yield choice.column
    yield from filter(None, (rule.as_of, rule.valid_from, rule.valid_to, *rule.where))
