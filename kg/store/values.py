"""What a property may be, so that both engines store the same: checked before anything is sent."""

import math
import re
from collections.abc import Collection, Mapping, Sequence

from kg.exceptions import StoreError
from kg.graph.elements import Scalar

MAX_BYTES = 1_000_000
"""Longest text or list of a property, in UTF-8: the embedded engine needs quadratic time for longer ones."""
MAX_INDEXED_BYTES = 8_000
"""Longest id or indexed text, in UTF-8: Neo4j refuses longer keys."""
_INTEGERS = range(-(2**63), 2**63)
_NAME = re.compile(r"[^\W\d]\w*")
_SURROGATE = re.compile("[\ud800-\udfff]")

Stored = Scalar | list[str] | list[int] | list[float] | list[bool]
"""A property as it is sent: never None, no gaps."""


def clean_id(value: object, where: str) -> str:
    """Return the id if both engines can hold it; raises StoreError, which begins with ``where``."""
    if not isinstance(value, str) or not value.strip():
        raise StoreError(f"{where}: an id is a text that is not empty, not {value!r}.")
    if _SURROGATE.search(value):
        raise StoreError(f"{where}: the id {value!r} holds half a character (a lone surrogate).")
    _check_size(len(value.encode()), MAX_INDEXED_BYTES, f"{where}: the id")
    return value


def clean_properties(properties: Mapping[str, object], where: str, indexed: Collection[str] = ()) -> dict[str, Stored]:
    """Return the properties as both engines store them.

    None means no such property and is left out; half characters become U+FFFD, one for one; a list that mixes whole
    and decimal numbers becomes decimal. Raises StoreError, which begins with ``where`` and names the property.
    """
    cleaned = {}
    for name, value in properties.items():
        if not _NAME.fullmatch(name) or name == "id":
            raise StoreError(f"{where}: {name!r} cannot be the name of a property.")
        if value is not None:
            limit = MAX_INDEXED_BYTES if name in indexed else MAX_BYTES
            cleaned[name] = _clean(value, f"{where}, property {name}", limit)
    return cleaned


def _clean(value: object, where: str, limit: int) -> Stored:
    if isinstance(value, (list, tuple)):
        return _clean_list(value, where, limit)
    if isinstance(value, str):
        text = _SURROGATE.sub("\ufffd", value)
        _check_size(len(text.encode()), limit, where)
        return text
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if value not in _INTEGERS:
            raise StoreError(f"{where}: {value} has more than 64 bits.")
        return int(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise StoreError(f"{where}: {value} is no number that can be stored.")
        return float(value)
    raise StoreError(
        f"{where}: a {type(value).__name__} cannot be stored; a text, number, truth value or list of one of these can "
        "(dates as ISO text)."
    )


def _clean_list(values: Sequence[object], where: str, limit: int) -> Stored:
    kinds = {type(value) for value in values}
    if kinds == {int, float}:
        values, kinds = [float(value) for value in values], {float}  # type: ignore[arg-type]  # both kinds are numbers
    if len(kinds) > 1 or kinds & {list, tuple}:
        found = " and ".join(sorted(kind.__name__ for kind in kinds))
        raise StoreError(f"{where}: a list holds values of one kind, without gaps, not {found}.")
    cleaned = [_clean(value, where, limit) for value in values]
    _check_size(sum(len(v.encode()) if isinstance(v, str) else 8 for v in cleaned), limit, where)
    return cleaned  # type: ignore[return-value]  # of one kind, as checked


def _check_size(size: int, limit: int, where: str) -> None:
    if size > limit:
        raise StoreError(f"{where}: {size:,} bytes; at most {limit:,} can be stored.")
