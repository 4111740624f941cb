"""Makes values safe for every text format: what XML, JSON and UTF-8 cannot hold never reaches a writer."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import cast

from kg.core.ids import digest
from kg.graph.elements import Property, Scalar

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return the text without the characters that no XML file may hold and without lone surrogates.

    Two surrogates that make a pair become the character that they stand for.
    """
    if not _ILLEGAL.search(text):
        return str(text)
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    return _ILLEGAL.sub("", text)


def clean_id(identifier: str) -> str:
    """Return an id that every format can hold; ids that differ stay different.

    An id that loses characters, or is empty, ends in a hash of what it was.
    """
    clean = clean_text(identifier)
    return clean if clean and clean == identifier else f"{clean}~{digest(identifier)[:8]}"


def clean_properties(properties: Mapping[str, object]) -> dict[str, Property]:
    """Return the properties that have a value, each made safe; see ``clean_value``."""
    result: dict[str, Property] = {}
    for key, value in properties.items():
        safe = clean_value(value)
        if safe is None:
            continue
        name = _clean_name(key)
        while name in result:
            name += "_"
        result[name] = safe
    return result


@lru_cache(maxsize=4096)
def _clean_name(key: str) -> str:
    return clean_text(str(key)) or "property"


def clean_value(value: object) -> Property:
    """Return a value as one scalar or a list of one kind; None if there is nothing to tell (None, NaN, infinity).

    Dates and times become ISO text, decimals numbers, enumeration members their value, mappings JSON text. Gaps in a
    list are dropped; a list of unlike kinds becomes a list of texts, a set is sorted.
    """
    if type(value) is str:  # exact types first: nearly every value of a store is one of these
        return clean_text(value)
    if type(value) is bool or type(value) is int:
        return value
    if type(value) is float:
        return value if math.isfinite(value) else None
    if isinstance(value, (list, tuple, set, frozenset)):
        return _clean_list(sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)
    return _clean_scalar(value)


def _clean_scalar(value: object) -> Scalar | None:
    """Return anything but a list as a scalar."""
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (float, Decimal)):
        return _clean_number(value)
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        plain = {str(key): clean_value(item) for key, item in value.items()}
        return clean_text(json.dumps(plain, ensure_ascii=False, sort_keys=True))
    return clean_text(str(value))


def _clean_number(value: float | Decimal) -> int | float | None:
    if not math.isfinite(value):
        return None
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else float(value)


def _clean_list(items: Iterable[object]) -> Property:
    scalars: list[Scalar] = []
    for item in items:
        safe = clean_value(item)
        if isinstance(safe, list):
            safe = json.dumps(safe, ensure_ascii=False)
        if safe is not None:
            scalars.append(safe)
    kinds = {type(item) for item in scalars}
    if kinds == {int, float}:
        return [float(item) for item in scalars]
    if len(kinds) > 1:
        return [("true" if item else "false") if isinstance(item, bool) else str(item) for item in scalars]
    return cast("list[str]", scalars)
