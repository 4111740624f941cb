"""How values read: which columns a table shows, under which heading, and what stands in a cell."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.core.place import shown
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.render.layout import FIRM

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+")
_HIDDEN_TYPES = ("id", "ids")
_MERGED = re.compile(r"\w+_bound|disputed|withdrawn|first_reported")
_HEADINGS = {
    "capacity_mw": "capacity",
    "value_usd": "value",
    "term_years": "term",
    "chip_count": "chips",
    "stake_pct": "stake",
    "last_reported": "reported",
    "claim_count": "claims",
}
_MONEY = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_UNITS = {"MW": f"{{}}{FIRM}MW", "years": f"{{}}{FIRM}years", "%": "{}%", "chips": "{}"}
_BOUNDS = {"up to": "≤", "at least": "≥", "range": "~"}
_BASES = {"it": "IT load", "facility_power": "whole site"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a table: heading, what its cells say, and whether they are numbers, which stand to the right."""

    name: str
    heading: str
    text: Callable[[Row], str]
    right: bool


def columns(answer: Answer) -> list[Shown]:
    """Return the columns to show: without ids, without what others say too, and without those that are empty.

    Bounds stand before their number, a dispute behind the status, and of the dates of reports the last one is shown.
    """
    names = {column.name for column in answer.columns}
    facts = "status" in names
    shown = []
    for column in answer.columns:
        if column.type in _HIDDEN_TYPES or (facts and _MERGED.fullmatch(column.name)):
            continue
        cell = _cell(column)
        if any(cell(row) for row in answer):
            heading = _HEADINGS.get(column.name, column.name.replace("_", " "))
            shown.append(Shown(column.name, heading, cell, column.type in ("number", "integer")))
    return shown


def line(value: object) -> str:
    """Return a value as text in one line, without anything that a terminal would obey."""
    return _CONTROL.sub(" ", str(value)).strip()


def _cell(column: Column) -> Callable[[Row], str]:
    name = column.name
    if column.type == "status":
        return status
    if name == "sources":
        return _sources
    if column.type == "predicate":
        return lambda row: phrase(row[name])
    bound = f"{name.split('_')[0]}_bound"
    return lambda row: bounded(row.get(bound), value_text(row[name], column.unit, name))


def value_text(value: Any, unit: str | None = None, name: str = "") -> str:
    """Return a value as people write it: 1,200 MW, $11.9bn, 15 years."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(value_text(item) for item in value)
    if isinstance(value, (int, float)):
        return _number(float(value), unit)
    if isinstance(value, Mapping):
        return line(dict(value))
    return _BASES.get(value, line(value)) if name == "basis" else line(value)


def _number(value: float, unit: str | None) -> str:
    if unit == "USD":
        for size, name in _MONEY:
            if abs(value) >= size:
                return f"${value / size:,.2f}".rstrip("0").rstrip(".") + name
        return f"${value:,.0f}"
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    if unit == "years" and text == "1":
        return f"1{FIRM}year"
    return _UNITS[unit].format(text) if unit in _UNITS else text


def bounded(bound: str | None, text: str) -> str:
    """Return a value with the sign of its bound ("up to", "at least", "range") before it: ≤ 300 MW."""
    if not bound or not text:
        return text
    return f"{_BOUNDS.get(bound, bound)}{FIRM}{text}"


def status(row: Row) -> str:
    """Return the status with what makes it doubtful: a dispute, nothing but weak claims, or but withdrawn ones."""
    doubts = (("disputed", row.get("disputed")), ("weak", row.weak), ("withdrawn", row.get("withdrawn")))
    return ", ".join([line(row["status"] or ""), *(word for word, holds in doubts if holds)])


def _sources(row: Row) -> str:
    """Return the number of sources; a fact without any is the registry's."""
    return "" if row["sources"] is None else str(row["sources"] or "registry")


def phrase(predicate: str | None) -> str:
    """Return a predicate in words: LEASES_FROM → leases from; an attribute by its label."""
    from kg.schema.ontology import ontology  # noqa: PLC0415  only where predicates are shown

    name = predicate or ""
    known = ontology().predicates.get(name) or ontology().attributes.get(name)
    return known.label if known else line((predicate or "").replace("_", " ").lower())


def quotes(row: Row) -> list[dict[str, Any]]:
    """Return the row's evidence without what a longer quote from the same place holds too."""
    entries = row.evidence or []
    return [entry for entry in entries if not any(_holds(other, entry) for other in entries if other is not entry)]


def _holds(other: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    if None in (entry["start"], other["start"]) or entry["document_id"] != other["document_id"]:
        return False
    same = (entry["start"], entry["end"]) == (other["start"], other["end"])
    return not same and other["start"] <= entry["start"] and entry["end"] <= other["end"]


def cite(entry: Mapping[str, Any]) -> str:
    """Return where a quote stands in one line: publisher, date, status, document and offsets."""
    said = f"{entry['status']} ({entry['ended_as']})" if entry.get("ended_as") else entry["status"]
    start, end = entry.get("start"), entry.get("end")
    characters = f"characters {start}-{end}" if start is not None else ""
    place = shown(entry["locator"]) if entry.get("locator") else characters
    parts = [
        entry.get("publisher") or entry.get("title"),
        entry.get("published"),
        said,
        "weak" if entry["weak"] else None,
        f"withdrawn by {entry['withdrawn_by']} {entry['withdrawn']}" if entry["withdrawn_by"] else None,
    ]
    return ", ".join(line(part) for part in [*parts, entry["document"], place] if part)
