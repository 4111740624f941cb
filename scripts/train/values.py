"""Values compared: numbers within 1 %, dates by the coarser of the two, words by their letters."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from kg.core.ids import name_key

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


def same_value(gold: Any, found: Any) -> bool:
    """Say whether a found value is that of the gold."""
    try:
        return abs(float(gold) - float(found)) <= 0.01 * max(abs(float(gold)), 1e-9)
    except (TypeError, ValueError):
        one, other = str(gold).casefold(), str(found).casefold()
        if _DATE.fullmatch(one) and _DATE.fullmatch(other):
            shorter = min(len(one), len(other))
            return one[:shorter] == other[:shorter]
        return name_key(one) == name_key(other)


def pairs(qualifiers: Iterable[Mapping[str, Any] | None]) -> list[tuple[str, Any]]:
    """Return the distinct names and values of several sets of qualifiers."""
    found: list[tuple[str, Any]] = []
    for mapping in qualifiers:
        for name, value in (mapping or {}).items():
            for one in value if isinstance(value, list) else [value]:
                if not any(name == n and same_value(one, v) for n, v in found):
                    found.append((name, one))
    return found
