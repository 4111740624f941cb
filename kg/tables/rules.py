"""What one rule of a mapping makes of one row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.core.claim import Claim, EntityName, Quantity, Value
from kg.core.external import is_external
from kg.schema.ontology import ontology
from kg.tables import numbers
from kg.tables.cells import is_empty, split, unquoted
from kg.tables.dates import loose
from kg.tables.mapping import Choice, ClaimRule, EntityColumn, ValueColumn
from kg.tables.measure import worded
from kg.tables.places import area, place_in
from kg.tables.row import Row
from kg.tables.units import UNITS

CONFIDENCE = 0.9
"""Confidence of a claim of which the mapping says none."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A cell as a value, with the quantity that says what it measures."""

    value: Value
    quantity: Quantity | None


def claims_of(rule: ClaimRule, row: Row, columns: tuple[str, ...]) -> Iterator[Claim]:
    """Yield the claims of a row that ``applies`` to the rule; ``columns`` show them.

    A cell that cannot be read becomes a Rejection of the row, and what needs it is left out.
    """
    subjects = _entities(rule.subject, row)
    said: list[EntityName | Value]
    quantities: dict[str, Quantity] = {}
    as_of = row.date_in(rule.as_of, loose) if rule.as_of else None
    if rule.object is not None:
        said = list(_entities(rule.object, row))
    elif rule.value and (read := _value(rule.value, rule.predicate, row, as_of)):
        said = [read.value]
        quantities = {rule.predicate: read.quantity} if read.quantity else {}
    else:
        return
    qualifiers: dict[str, Value] = {}
    for name, column in rule.qualifiers.items():
        if found := _value(column, name, row, as_of):
            qualifiers[name] = found.value
            quantities |= {name: found.quantity} if found.quantity else {}
    status, sure = _chosen(rule.status, row), _chosen(rule.confidence, row)
    if not (subjects and said) or _is_open(rule.status, status, row) or _is_open(rule.confidence, sure, row):
        return
    ended, stage = _chosen(rule.ended_as, row), _chosen(rule.stage, row)
    when = row.date_in(rule.valid_from, loose) if rule.valid_from else None
    until = row.date_in(rule.valid_to, loose) if rule.valid_to else None
    for subject in subjects:
        for item in said:
            if isinstance(item, EntityName) and (item.name, item.type) == (subject.name, subject.type):
                continue
            yield row.claim(
                columns,
                subject,
                rule.predicate,
                item,
                status=str(status or "asserted"),
                ended_as=str(ended) if ended and status == "ended" else None,
                stage=str(stage) if stage else None,
                confidence=float(sure) if sure is not None else CONFIDENCE,
                qualifiers=qualifiers,
                quantities=quantities,
                valid_from=when or (as_of if rule.object is None else None),
                valid_to=until,
            )


def applies(rule: ClaimRule, row: Row) -> bool:
    """Say whether the cells of a row are as ``where`` says: as they stand there, or "" for one that says nothing."""
    return all(row.worded(column) in cells or row[column] in cells for column, cells in rule.where.items())


def shown(rule: ClaimRule, key: Sequence[str]) -> tuple[str, ...]:
    """Return the cells that show a claim, the field that says it last: it is part of the claim's key."""
    said = rule.value.column if rule.value else (rule.object.column if rule.object else None)
    subject = rule.subject.column
    columns = [*key, subject, *(part.column for part in rule.qualifiers.values()), rule.status.column, rule.as_of]
    last = said or subject or key[-1]
    return (*dict.fromkeys(column for column in columns if column and column != last), last)


def _entities(column: EntityColumn, row: Row) -> list[EntityName]:
    if column.name:
        return [EntityName(column.name, column.type)]
    cell = row[column.column or ""]
    names = split(cell, column.split) if column.split else [cell] if cell else []
    link = row[column.id] if column.id and len(names) == 1 else ""
    if link and not is_external(link):
        row.reject(column.id or "", f"{link[:60]!r} is no id such as cik:1769628, lei:… or wikidata:Q…")
        link = ""
    return [_entity(unquoted(name), column.type, link or None) for name in names]


def _entity(name: str, kind: str, link: str | None) -> EntityName:
    """Return an entity as a cell names it; the id of a place in the gazetteer goes before that of a register."""
    if kind != "Place":
        return EntityName(name, kind, link)
    place = place_in(name) or area(name)
    return place if place.id else replace(place, id=link)


def _value(column: ValueColumn, name: str, row: Row, as_of: str | None) -> _Read | None:
    """Return the cell as the ontology wants it: a number in its unit, a date, an entity's name or a text."""
    kind = ontology().valued(name).kind
    cell = row[column.column]
    if not cell:
        return None
    try:
        if kind == "number":
            return _number(column, name, row, as_of)
        return _Read(row.dated(column.column, loose) or cell if kind == "date" else cell, None)
    except ValueError as error:
        row.reject(column.column, str(error))
        return None


def _number(column: ValueColumn, name: str, row: Row, as_of: str | None) -> _Read | None:
    """Return a number with bounds and unit: those in the cell go before those of the mapping. Raises ValueError."""
    found = numbers.amount(row[column.column])
    if found is None:
        return None
    unit = ontology().valued(name).unit or ""
    is_money = unit.startswith("USD")
    currency = found.currency or column.currency or ("USD" if is_money else None)
    if wrong := _wrong(found.unit, currency, unit, is_money=is_money):
        raise ValueError(f"{row[column.column][:60]!r}: {wrong}")
    size = UNITS[column.unit.casefold()].factor if column.unit else 1.0
    factor = size if found.unit is None and not found.scaled else 1.0
    low, high = ((bound * factor if bound is not None else None) for bound in (found.low, found.high))
    if column.low and (bound := row.number_in(column.low)) is not None:
        low = bound * size
    if column.high and (bound := row.number_in(column.high)) is not None:
        high = bound * size
    value = round(found.value * factor, 6)
    return _Read(value, Quantity(worded(value, unit), low, high, unit, column.basis, currency, None, as_of))


def _wrong(found: str | None, currency: str | None, unit: str, *, is_money: bool) -> str | None:
    """Say why a number with this unit and currency is none in the unit of the ontology."""
    if found not in {None, unit} or (currency and not is_money):
        return f"{found or currency} where {unit or 'a plain number'} is needed"
    return None if currency in {None, "USD"} else f"{currency}; convert it into dollars, or leave the column out"


def _chosen(choice: Choice, row: Row) -> str | float | None:
    if choice.column is None:
        return choice.default
    found = row.choice_in(choice.column, choice.values)
    return choice.default if found is None and is_empty(row.worded(choice.column)) else found


def _is_open(choice: Choice, chosen: str | float | None, row: Row) -> bool:
    """Say whether nothing tells what the category of a row stands for: an empty one is rejected, as others were."""
    if choice.column is None or chosen is not None:
        return False
    cell = row.worded(choice.column)
    if is_empty(cell):
        row.reject(
            choice.column,
            f"{f'{cell!r} says nothing' if cell else 'empty'}, and the mapping does not say what it stands for: add it "
            "to values, or a default for all such cells",
        )
    return True
