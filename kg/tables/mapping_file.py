"""Mapping files: an analyst's few lines of YAML, read and checked; what is wrong is said with its place."""

import math
from collections.abc import ItemsView, Sequence
from collections.abc import Mapping as Dict
from pathlib import Path
from typing import Any

from kg.core.claim import ENDED_AS, STAGES, STATUSES
from kg.core.dates import is_date
from kg.exceptions import InputError, did_you_mean
from kg.schema.ontology import Ontology, Valued, ontology
from kg.tables.mapping import Choice, ClaimRule, EntityColumn, Mapping, ValueColumn
from kg.tables.units import UNITS

_TOP = ("source", "title", "publisher", "licence", "homepage", "row", "published", "claims", "ignore", "notes", "about")
_CLAIM = ("subject", "predicate", "object", "attribute", "value", "qualifiers", "status", "ended_as", "stage",
          "confidence", "as_of", "valid_from", "valid_to", "where")  # fmt: skip
_ENTITY = ("column", "type", "split", "name", "id")
_NUMBER = ("column", "unit", "basis", "currency", "low", "high")
_CHOICE = ("column", "values", "default")


class _WrongError(InputError):
    """What is wrong with a mapping, and where in it."""


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; raises InputError that says what is wrong, where, and what would be right.

    Everything in it is text: YAML takes No, on and yes for booleans, where columns and cells are called so.
    """
    import yaml  # noqa: PLC0415  only with a mapping

    try:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  builds nothing but texts
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the mapping cannot be read ({error})") from error
    except yaml.YAMLError as error:
        raise InputError(f"{path}: not YAML: {' '.join(str(error).split())[:160]}") from error
    try:
        return parse(data)
    except _WrongError as error:
        raise InputError(f"{path}: {error}") from error


def parse(data: Any) -> Mapping:
    """Return the mapping that parsed YAML describes; raises InputError that says where in it what is wrong."""
    top = _fields(data, _TOP, "the mapping")
    source = _text(top, "source", "the mapping", needed=True)
    if "|" in source:
        raise _WrongError("source: no '|' in the name of a source")
    claims = top.get("claims")
    if not isinstance(claims, list) or not claims:
        raise _WrongError("claims: a list of at least one claim is needed; see: kg map suggest FILE")
    row = _columns(top.get("row"), "row")
    if not row:
        raise _WrongError("row: the columns that tell the rows apart are needed")
    known = ontology()
    published = str(top.get("published") or "")
    if published and not is_date(published):
        raise _WrongError(f"published: {published!r} is no date such as 2026-08-03, 2026-08 or 2026")
    return Mapping(
        source=source,
        title=_text(top, "title", "the mapping") or source,
        publisher=_text(top, "publisher", "the mapping") or source,
        licence=_text(top, "licence", "the mapping") or "own",
        homepage=_text(top, "homepage", "the mapping"),
        row=row,
        published=published or None,
        claims=tuple(_claim(item, f"claim {number}", known) for number, item in enumerate(claims, 1)),
        ignore=frozenset(_columns(top.get("ignore"), "ignore")),
        notes=_columns(top.get("notes"), "notes"),
        about=_text(top, "about", "the mapping") or None,
    )


def _claim(data: Any, where: str, known: Ontology) -> ClaimRule:
    item = _fields(data, _CLAIM, where)
    name = item.get("predicate") or item.get("attribute")
    if ("predicate" in item) == ("attribute" in item) or not isinstance(name, str):
        raise _WrongError(f"{where}: either predicate and object, or attribute and value")
    stray = "object" if "attribute" in item else "value"
    if stray in item:
        raise _WrongError(f"{where}: {stray} is no part of {'an attribute' if stray == 'object' else 'a predicate'}")
    if "attribute" in item:
        attribute = known.attributes.get(name)
        if attribute is None:
            raise _WrongError(f"{where}: no attribute {name!r}.{did_you_mean(name, known.attributes)} See: kg ontology")
        target, value = None, _value(item.get("value"), f"{where}, value")
        domain: Sequence[str] = attribute.domain
        _check_number(value, attribute, f"{where}, value")
    else:
        predicate = known.predicates.get(name.upper())
        if predicate is None:
            raise _WrongError(f"{where}: no predicate {name!r}.{did_you_mean(name, known.predicates)} See: kg ontology")
        name, domain, value = predicate.name, predicate.domain, None
        target = _entity(item.get("object"), f"{where}, object", predicate.range)
    qualifiers = {key: _value(part, f"{where}, {key}") for key, part in _entries(item, "qualifiers", where)}
    allowed = known.predicates[name].qualifiers if target else ()
    for key, part in qualifiers.items():
        if key not in allowed:
            raise _WrongError(f"{where}: {name} has no qualifier {key!r} (it has: {', '.join(allowed) or 'none'})")
        _check_number(part, known.qualifiers[key], f"{where}, {key}")
    return ClaimRule(
        _entity(item.get("subject"), f"{where}, subject", domain),
        name,
        target,
        value,
        qualifiers,
        _choice(item.get("status"), f"{where}, status", STATUSES),
        _choice(item.get("ended_as"), f"{where}, ended_as", ENDED_AS),
        _choice(item.get("stage"), f"{where}, stage", STAGES),
        _choice(item.get("confidence"), f"{where}, confidence", None),
        _text(item, "as_of", where) or None,
        _text(item, "valid_from", where) or None,
        _text(item, "valid_to", where) or None,
        {column: _columns(cells, f"{where}, where") or ("",) for column, cells in _entries(item, "where", where)},
    )


def _entity(data: Any, where: str, types: Sequence[str]) -> EntityColumn:
    item = {"column": data} if isinstance(data, str) else _fields(data, _ENTITY, where)
    kind = _text(item, "type", where) or (types[0] if len(types) == 1 else "")
    if kind not in types:
        raise _WrongError(f"{where}: type {kind!r}: one of {', '.join(types)}")
    column, name = _text(item, "column", where), _text(item, "name", where)
    if bool(column) == bool(name):
        raise _WrongError(f"{where}: either a column or a name")
    split, id_ = _text(item, "split", where), _text(item, "id", where)
    return EntityColumn(kind, column or None, name or None, split or None, id_ or None)


def _value(data: Any, where: str) -> ValueColumn:
    item = {"column": data} if isinstance(data, str) else _fields(data, _NUMBER, where)
    return ValueColumn(
        _text(item, "column", where, needed=True),
        _text(item, "unit", where) or None,
        _text(item, "basis", where) or None,
        _text(item, "currency", where) or None,
        _text(item, "low", where) or None,
        _text(item, "high", where) or None,
    )


def _check_number(value: ValueColumn, kind: Valued, where: str) -> None:
    """Raise what is wrong with unit, bounds, basis and currency of a value of this kind."""
    for name, given in (("unit", value.unit), ("low", value.low), ("high", value.high)):
        if given and kind.kind != "number":
            raise _WrongError(f"{where}: {name}: it is no number")
    _check_unit(value, kind.unit, where)
    if value.basis is not None and value.basis not in kind.bases:
        known = f"one of {', '.join(kind.bases)}" if kind.bases else "it has none"
        raise _WrongError(f"{where}: basis {value.basis!r}: {known}")
    if value.currency is not None and not (kind.unit or "").startswith("USD"):
        raise _WrongError(f"{where}: currency {value.currency!r}: it is no amount of money")


def _check_unit(value: ValueColumn, unit: str | None, where: str) -> None:
    if value.unit is None:
        return
    found = UNITS.get(value.unit.casefold())
    if found is None:
        raise _WrongError(f"{where}: unknown unit {value.unit!r} (known: {', '.join(UNITS)})")
    if unit is not None and found.unit not in {unit, ""}:
        raise _WrongError(f"{where}: {value.unit} is no {unit}")


def _choice(data: Any, where: str, known: Sequence[str] | None) -> Choice:
    if data in (None, ""):
        return Choice()
    item = {"default": data} if not isinstance(data, dict) else _fields(data, _CHOICE, where)
    values = {str(cell): _chosen(value, where, known) for cell, value in _entries(item, "values", where)}
    default = _chosen(item["default"], where, known) if item.get("default") not in (None, "") else None
    column = _text(item, "column", where) or None
    if values and not column:
        raise _WrongError(f"{where}: column: which one holds these categories?")
    if column and not values:
        raise _WrongError(f"{where}: values: what does each category of {column!r} stand for?")
    return Choice(default, column, values)


def _chosen(value: Any, where: str, known: Sequence[str] | None) -> str | float:
    if known is None:
        try:
            sure = float(value)
        except (TypeError, ValueError):
            sure = math.nan
        if not 0 <= sure <= 1:
            raise _WrongError(f"{where}: {value!r} is no number from 0 to 1")
        return sure
    if value not in known:
        raise _WrongError(f"{where}: {value!r}: one of {', '.join(known)}")
    return str(value)


def _fields(data: Any, known: Sequence[str], where: str) -> Dict[str, Any]:
    if not isinstance(data, dict):
        raise _WrongError(f"{where}: needs fields ({', '.join(known)})")
    for key in data:
        if key not in known:
            raise _WrongError(
                f"{where}: no field {key!r}.{did_you_mean(str(key), known)} There are: {', '.join(known)}"
            )
    return data


def _entries(item: Dict[str, Any], key: str, where: str) -> ItemsView[str, Any]:
    """Return the entries of a field that has a value for each name."""
    data = item.get(key) or {}
    if not isinstance(data, dict):
        raise _WrongError(f"{where}: {key} needs a value for each name, such as {key}: {{name: value}}")
    return data.items()


def _text(item: Dict[str, Any], key: str, where: str, *, needed: bool = False) -> str:
    value = item.get(key)
    if value in (None, "") and not needed:
        return ""
    if not isinstance(value, str | int | float) or not str(value).strip():
        raise _WrongError(f"{where}: {key} needs a text")
    return str(value)


def _columns(data: Any, where: str) -> tuple[str, ...]:
    items = data if isinstance(data, list) else [] if data in (None, "") else [data]
    if any(isinstance(item, dict | list) for item in items):
        raise _WrongError(f"{where}: names of columns are needed")
    return tuple(map(str, items))
