"""A mapping: what the columns of a table mean, and which claims a row makes."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class EntityColumn:
    """A column that names entities: of which type, divided by what; or one name for all rows."""

    type: str
    column: str | None = None
    name: str | None = None
    split: str | None = None
    id: str | None = None
    """Column with the id of a register, such as "cik:1045810"."""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column with a number, date or text: its unit and basis; ``low`` and ``high`` name columns of bounds."""

    column: str
    unit: str | None = None
    basis: str | None = None
    currency: str | None = None
    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A column of categories, or one value for all rows: what each category stands for, and what an empty cell does."""

    default: str | float | None = None
    column: str | None = None
    values: Dict[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """One claim that every row makes, or every row whose cells are as ``where`` says."""

    subject: EntityColumn
    predicate: str
    object: EntityColumn | None
    value: ValueColumn | None
    qualifiers: Dict[str, ValueColumn]
    status: Choice
    ended_as: Choice
    stage: Choice
    confidence: Choice
    as_of: str | None
    valid_from: str | None
    valid_to: str | None
    where: Dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping: what the table is, which columns tell its rows apart, what each row says."""

    source: str
    title: str
    publisher: str
    licence: str
    homepage: str
    row: tuple[str, ...]
    published: str | None
    claims: tuple[ClaimRule, ...]
    ignore: frozenset[str]
    notes: tuple[str, ...]
    about: str | None
