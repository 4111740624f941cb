"""The place gazetteer: towns, counties, regions and countries of the world, looked up in one sorted file.

``ontology/places/places.tsv`` is a table sorted by key, one line per name of a place, best known first within a name.
It is mapped, not read: a look-up is a binary search, and nothing is built at first use. ``scripts/make_places.py``
makes the file.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg import resources
from kg.core.ids import fold
from kg.exceptions import OntologyError

COLUMNS = ("key", "name", "kind", "country", "region", "population", "id")
KINDS = {"": "town", "r": "region", "c": "country"}
"""Kinds of places by their mark in the file; most lines are towns."""

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "'": None, ".": None}
)
_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place: stable id, usual English name, region and country by name (empty where it has none).

    ``population`` is GeoNames' for a town or country, the sum of the listed towns for a region, and 0 where unknown;
    ``kind`` is town, region (counties and informal areas such as Northern Virginia included) or country.
    """

    id: str
    name: str
    region: str
    country: str
    population: int
    kind: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table, its country and region still as codes."""

    name: str
    kind: str
    country: str
    region: str
    population: int
    id: str


def key(name: str) -> str:
    """Return what the spellings of a place name share: no case, accents or punctuation, "St." as "Saint"."""
    words = re.split(r"[\W_]+", fold(name).translate(_LETTERS))
    return " ".join(_WORDS.get(word, word) for word in words if word)


def find(name: str, near: str | None = None) -> list[Place]:
    """Return the places of this name, the one most likely meant first; empty if there is none.

    ``near`` is what the text gives after a comma: a county, region, country, or an abbreviation of one ("Texas", "TX",
    "Ohio, U.S."). Only places inside it are returned; a ``near`` that is itself unknown is ignored.
    """
    rows = _named(name)
    for part in (near or "").split(","):
        rows = _within(rows, _around(part.strip()))
    return [_place(row) for row in rows]


@lru_cache(maxsize=65536)
def known(name: str) -> bool:
    """Return whether the gazetteer has a place of this name."""
    return bool(_named(name))


def _named(name: str) -> tuple[_Row, ...]:
    """Return the rows of a name; "US" and "UAE" are countries in capitals only, for "us" is a word."""
    return (_rows("=" + key(name)) if name.isupper() else ()) or _rows(key(name))


def _within(rows: tuple[_Row, ...], around: list[_Row]) -> tuple[_Row, ...]:
    """Return the rows inside one of the areas; a mere town as area is a hint, which may leave things as they are."""
    inside = tuple(row for row in rows if any(_inside(row, area) for area in around))
    return inside if around and (inside or around[0].kind != "town") else rows


def _around(name: str) -> list[_Row]:
    """Return the areas that a word after a comma may mean: abbreviated, named, or else a town's surroundings."""
    if not name:
        return []
    word = key(name)
    rows = [*(_rows("~" + word) if name[:1].isupper() else ()), *_rows("=" + word), *_rows(word)]
    return [row for row in rows if row.kind != "town" and row.country] or [row for row in rows if row.kind == "town"]


def _inside(row: _Row, area: _Row) -> bool:
    if row.country != area.country:
        return False
    return area.kind == "country" or not area.region or row.region == area.region


def _place(row: _Row) -> Place:
    region = _title(f"{row.country}.{row.region}") if row.region else ""
    own = row.kind == "region" and row.name == region
    return Place(row.id, row.name, "" if own else region, _title(f"{row.country}."), row.population, row.kind)


def country(code: str) -> str:
    """Return the name of a country by its two letters ("NL"), or an empty text for what is no such code."""
    return _title(f"{code}.") if len(code) == 2 and code.isascii() and code.isalpha() else ""


@cache
def _title(code: str) -> str:
    """Return the name of a country ("us.") or region ("us.tx") by its code; empty if the file has none."""
    rows = _rows(code.casefold())
    return rows[0].name if rows else ""


@lru_cache(maxsize=4096)
def _rows(wanted: str) -> tuple[_Row, ...]:
    """Return the lines that have this key, in the order of the file."""
    return tuple(_read(line) for line in _lines(_table(), wanted.encode() + b"\t"))


def _read(line: bytes) -> _Row:
    word, name, kind, country, region, population, number = line.decode().split("\t")
    return _Row(
        name=name or word.title(),
        kind=KINDS[kind],
        country=country,
        region=region,
        population=int(population or 0),
        id=f"place:geonames-{number}" if number.isdecimal() else f"place:{number}",
    )


def _lines(table: mmap.mmap, start: bytes) -> Iterator[bytes]:
    """Yield the lines that begin with ``start``, found by binary search over the bytes of the sorted table."""
    low, high = 0, len(table)
    while low < high:
        line = table.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = table.find(b"\n", line) + 1
        if table[line : line + len(start)] < start:
            low = end
        else:
            high = line
    while table[low : low + len(start)] == start:
        end = table.find(b"\n", low)
        yield table[low:end]
        low = end + 1


@cache
def _table() -> mmap.mmap:
    path = Path(resources.folder("ontology")) / "places" / "places.tsv"
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise OntologyError(
            f"{path}: the place gazetteer cannot be read ({error}); make it: scripts/make_places.py"
        ) from error
