"""A first draft of a mapping for a table that nobody knows, for its owner to correct."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePath
from typing import Any

from kg.core.ids import slug
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.schema.registry import registry
from kg.tables import drafts
from kg.tables.cells import told
from kg.tables.profile import LOOKED_AT, Column, profile
from kg.tables.sheet import sheets


def suggest(raw: Raw) -> str:
    """Return a mapping in YAML that reads the file as it stands; raises InputError for what is no table.

    It names every column: in a claim, as a note, or among those that are ignored. What was guessed is for the owner of
    the table to check.
    """
    every = profile(raw, registry())
    columns = [column for column in every if column.filled]
    if not columns:
        raise InputError(f"{raw.address}: no table with a header and rows; a mapping needs CSV, JSON, Excel or Parquet")
    by_role = drafts.columns_by_role(columns)
    claims = list(drafts.claims(by_role))
    if not claims:
        names = ", ".join(column.name for column in columns)
        raise InputError(
            f"{raw.address}: no columns that look like companies, sites or chips (there are: {names}); "
            "write the mapping by hand, see docs/tables.md"
        )
    return _written(raw, every, claims, _row(columns, claims, is_deal=drafts.is_deal(by_role)))


def _row(columns: Sequence[Column], claims: Sequence[dict[str, Any]], *, is_deal: bool) -> list[str]:
    """Return the columns that tell the rows apart: an id, else a name of its own, else who, with whom, where and when.

    Amounts, terms and states are left out: they are corrected, and the corrected row would be another deal. A party or
    site that comes once among deals may come again in the next edition.
    """
    unique = [column for column in columns if column.unique]
    names = {None} if is_deal else {None, "site", "chip", "model"}
    own = [column for column in unique if column.role == "id"]
    own += [column for column in unique if column.kind == "text" and column.role in names]
    if own:
        return [own[0].name]
    lasting = set(_lasting(claims))
    return [column.name for column in columns if column.name in lasting]


def _lasting(claims: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield the columns of claims whose cells stay as they are from edition to edition."""
    for claim in claims:
        yield from _names([claim["subject"], claim.get("object"), claim.get("as_of")])
        qualifiers = claim.get("qualifiers", {})
        yield from _names([qualifiers.get("facility"), qualifiers.get("date")])


def _alike(raw: Raw, row: Sequence[str]) -> tuple[int, int] | None:
    """Return the first two rows that these columns do not tell apart, of those by which a column is judged."""
    seen: dict[tuple[str, ...], int] = {}
    sheet = next(sheets(raw))
    places = [sheet.columns.index(column) for column in row]
    for number, cells in islice(sheet.rows, LOOKED_AT):
        first = seen.setdefault(tuple(told(cells[place]) for place in places), number)
        if first != number:
            return first, number
    return None


def _head(raw: Raw, row: Sequence[str]) -> str:
    """Return the comment above a draft."""
    lines = ["# A draft: check who is subject and object, the units, and what each category stands for.\n"]
    if alike := _alike(raw, row):
        lines.append(
            f"# Its row does not tell rows {alike[0]} and {alike[1]} apart: only the first of such rows is read. Add\n"
            "# a column that does and that stays the same in every edition, such as a number for each deal.\n"
        )
    return "".join(lines)


def _written(raw: Raw, columns: Sequence[Column], claims: Sequence[dict[str, Any]], row: Sequence[str]) -> str:
    import yaml  # noqa: PLC0415  only where a mapping is written

    name = slug(PurePath(raw.address.replace("\\", "/")).stem or "table")
    used = set(_names(claims)) | set(row)
    notes = [c.name for c in columns if c.role == "notes" and c.filled and c.name not in used]
    plan: dict[str, Any] = {"source": name, "title": name.replace("-", " ").capitalize()}
    plan |= {"row": row, "claims": claims}
    if notes:
        plan["notes"] = notes
    rest = [c.name for c in columns if c.name not in used and c.name not in notes]
    if rest:
        plan["ignore"] = rest
    text: str = yaml.safe_dump(plan, sort_keys=False, allow_unicode=True, width=110)
    return _head(raw, row) + text


def _names(part: Any) -> Iterator[str]:
    """Yield the columns that claims name."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict) and "column" in part:
        yield part["column"]
    elif isinstance(part, dict):
        for key, value in part.items():
            if key not in {"predicate", "attribute"}:
                yield from _names(value)
    elif isinstance(part, list):
        for item in part:
            yield from _names(item)
