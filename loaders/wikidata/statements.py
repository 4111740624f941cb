"""The statements of an item: best rank, values by kind, qualifiers, dates as precise as stated."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.core.dates import is_date
from kg.tables.record import listing, mapping

_TIME = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
_LENGTHS = {9: 4, 10: 7, 11: 10}
"""Characters of an ISO date that a precision leaves: year, month, day. Coarser ones (a decade) give no date."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its value (an item's number, text, number or ISO date), and its qualifiers' first values."""

    value: str
    qualifiers: Mapping[str, str]

    @property
    def since(self) -> str | None:
        """When it began, if stated (P580)."""
        return self.qualifiers.get("P580")

    @property
    def until(self) -> str | None:
        """When it ended, if stated (P582)."""
        return self.qualifiers.get("P582")


def statements(item: Mapping[str, Any], name: str, where: str) -> Iterator[Statement]:
    """Yield the statements of a property: the preferred ones, else the normal ones, never those deprecated.

    Statements without a value ("unknown", "none") say nothing here. Raises InputError for what has no such form.
    """
    claims = mapping(item.get("claims"), f"{where}: claims")
    told = [mapping(claim, f"{where}: {name}") for claim in listing(claims.get(name), f"{where}: {name}")]
    preferred = [claim for claim in told if claim.get("rank") == "preferred"]
    for claim in preferred or [claim for claim in told if claim.get("rank") == "normal"]:
        value = _value(mapping(claim.get("mainsnak"), f"{where}: {name}"), where)
        if value:
            yield Statement(value, _qualifiers(claim, where))


def _qualifiers(claim: Mapping[str, Any], where: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, snaks in mapping(claim.get("qualifiers"), f"{where}: qualifiers").items():
        for snak in listing(snaks, f"{where}: qualifiers.{name}"):
            value = _value(mapping(snak, f"{where}: qualifiers.{name}"), where)
            if value:
                found.setdefault(name, value)
    return found


def _value(snak: Mapping[str, Any], where: str) -> str:
    """Return the value of a snak as text; empty for unknown and for kinds that nobody reads."""
    if snak.get("snaktype") != "value":
        return ""
    data = mapping(snak.get("datavalue"), f"{where}: datavalue")
    value = data.get("value")
    if not isinstance(value, dict):
        return " ".join(str(value).split()) if isinstance(value, str) else ""
    kind = data.get("type")
    if kind == "wikibase-entityid":
        return _item_id(value)
    if kind == "time":
        return _date(value)
    if kind == "monolingualtext":
        return " ".join(str(value.get("text") or "").split())
    return str(value.get("amount") or "").lstrip("+") if kind == "quantity" else ""


def _item_id(value: Mapping[str, Any]) -> str:
    """Return the number of an item; old dumps give it without its letter."""
    if value.get("id"):
        return str(value["id"])
    return f"Q{value['numeric-id']}" if value.get("entity-type") == "item" and value.get("numeric-id") else ""


def _date(value: Mapping[str, Any]) -> str:
    found = _TIME.match(str(value.get("time")))
    precision = value.get("precision")
    length = _LENGTHS.get(precision) if isinstance(precision, int) else None
    iso = "-".join(found.groups())[:length] if found and length else ""
    return iso if is_date(iso) else ""
