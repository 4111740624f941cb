"""A record of a register as a row: what stands in nested JSON or XML, by the names of its fields."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kg.exceptions import InputError
from kg.tables.edition import Edition
from kg.tables.row import Row


def record(edition: Edition, number: int, key: str, fields: Mapping[str, str]) -> Row:
    """Return a record as a row, whose columns are its fields.

    ``number`` is the record's place in its file, counted from 1, and ``key`` what the register calls it, so that it
    is known again in every edition.
    """
    row = Row(edition, None, number, list(fields.values()), _places(tuple(fields)))
    row.key = key
    return row


@lru_cache(maxsize=256)
def _places(names: tuple[str, ...]) -> Mapping[str, int]:
    """Return the place of each field; most records of a register have the same ones."""
    return {name: place for place, name in enumerate(names)}


def part_of(edition: Edition, address: str) -> Edition:
    """Return an edition that is only a part of its file, with an address of its own."""
    document = edition.document
    return replace(edition, document=replace(document, address=address, file=document.address))


def mapping(value: Any, where: str) -> Mapping[str, Any]:
    """Return a JSON object, an empty one for null; raises InputError, saying where, for anything else."""
    if value is None or value == []:  # PHP writes an empty object as a list
        return {}
    if not isinstance(value, dict):
        raise InputError(f"{where}: not a JSON object, as it should be")
    return value


def listing(value: Any, where: str) -> list[Any]:
    """Return a JSON list, an empty one for null; raises InputError, saying where, for anything else."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(f"{where}: not a JSON list, as it should be")
    return value
