"""What a source says of itself in ``source.yml``: publisher, licence, homepage, its tables and their least rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.exceptions import OntologyError


@dataclass(frozen=True, slots=True)
class TableInfo:
    """One table of a source.

    ``row`` names the columns whose cells tell its rows apart in every edition, ``least`` is the number of rows below
    which an edition is not whole. ``editions`` gives the date of editions whose file says none, by the first 12 digits
    of their SHA-256, or by whatever else the loader knows an edition.
    """

    name: str
    title: str
    row: tuple[str, ...]
    least: int = 1
    editions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A source of documents: who publishes it, under which licence, and what it gives.

    ``publisher``, ``homepage`` and ``licence`` are empty for a loader of a mere format.
    """

    name: str
    title: str
    gives: str
    reads: str
    publisher: str = ""
    homepage: str = ""
    licence: str = ""
    tables: Mapping[str, TableInfo] = field(default_factory=dict)


def folder_of(name: str) -> str:
    """Return the folder of a loader: its name, with underscores so that Python can import it."""
    return name.replace("-", "_")


@cache
def source(name: str) -> SourceInfo:
    """Return what the loader of this name says of itself; raises OntologyError for a ``source.yml`` that is wrong."""
    return read_source(resources.folder("loaders") / folder_of(name) / "source.yml")


def read_source(path: Path) -> SourceInfo:
    """Read one ``source.yml``; raises OntologyError, naming what is missing."""
    import yaml  # noqa: PLC0415  only where a source is read

    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for key in ("name", "title", "gives", "reads"):
        if not data.get(key):
            raise OntologyError(f"{path.parent.name}/source.yml: {key} is missing")
    texts = {key: str(data.get(key) or "") for key in ("publisher", "homepage", "licence")}
    tables = {name: _table(path, name, table) for name, table in (data.get("tables") or {}).items()}
    if tables and not all(texts.values()):
        raise OntologyError(f"{path.parent.name}/source.yml: tables need publisher, homepage and licence")
    return SourceInfo(data["name"], data["title"], data["gives"], data["reads"], tables=tables, **texts)


def _table(path: Path, name: str, data: Mapping[str, Any]) -> TableInfo:
    row = data.get("row")
    if not row or not data.get("title"):
        raise OntologyError(f"{path.parent.name}/source.yml: table {name} needs title and row (the columns of its key)")
    editions = {str(sha): str(date) for sha, date in (data.get("editions") or {}).items()}
    columns = (row,) if isinstance(row, str) else tuple(map(str, row))
    return TableInfo(name, data["title"], columns, int(data.get("least", 1)), editions)
