"""Places in cells: the town of an address, or else its country."""

import re

from kg.core.claim import EntityName
from kg.schema.places import find
from kg.tables.cells import clean
from kg.tables.memo import remembered

_US = re.compile(r"(?:^|[,\n]|\d\d\d\d\d )\s*(?P<town>[^,\n\d]+?)\s*,?\s+(?P<state>[A-Z]{2}|[A-Z][a-z]+),?\s+\d{5}\b")
_NOISE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[\d-]{3,}\b|〒")
"""Postal codes and house numbers."""

_DEGREES = re.compile(
    r"(\d{1,2})°\s*(\d{1,2})['′]\s*([\d.]+)[\"″]\s*([NS])[\s,]+(\d{1,3})°\s*(\d{1,2})['′]\s*([\d.]+)[\"″]\s*([EW])"
)
_DECIMAL = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{3,}),\s*(-?\d{1,3}\.\d{3,})(?![\d.])")

_FORMAL = {
    "united states of america": "United States",
    "united kingdom of great britain and northern ireland": "United Kingdom",
    "korea (republic of)": "South Korea",
    "philippines (the)": "Philippines",
}
"""Names of countries in lists of the United Nations' kind, which gazetteers do not have."""


@remembered
def place_in(address: str, country: str = "") -> EntityName | None:
    """Return the most specific place that an address names, as it names it; else the country; None for neither.

    A town counts if the gazetteer has it within what follows it in the address, or within the country.
    """
    if found := _us_town(address) or _town(address, country):
        return found
    return area(country) if country else None


@remembered
def coordinates(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude in degrees where a text gives them; None where it does not.

    Reads 27°33'21.6"N 35°32'18.4"E and 35.693709, -95.386957.
    """
    if found := _DEGREES.search(text):
        north, east = _turned(*found.groups()[:4]), _turned(*found.groups()[4:])
    elif found := _DECIMAL.search(text):
        north, east = float(found[1]), float(found[2])
    else:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def _turned(degrees: str, minutes: str, seconds: str, side: str) -> float:
    value = int(degrees) + int(minutes) / 60 + float(seconds) / 3600
    return round(-value if side in "SW" else value, 6)


@remembered
def area(name: str) -> EntityName:
    """Return a country or region as named, linked to the gazetteer if it is there."""
    known = [place for place in find(_FORMAL.get(name.casefold(), name)) if place.kind != "town"]
    return EntityName(name, "Place", known[0].id if known else None)


def _us_town(address: str) -> EntityName | None:
    """Return the town before a state and a postal code: "Memphis, TN 38109"."""
    matches = list(_US.finditer(address))
    if not matches:
        return None
    found = matches[-1]
    known = find(found["town"], f"{found['state']}, United States")
    if not known and not found["state"].isupper():
        return None  # "Les Corts, 08034 Barcelona" has the same form
    return EntityName(clean(found["town"]), "Place", known[0].id if known else None)


def _town(address: str, country: str) -> EntityName | None:
    """Return the first part between commas that is a town or region within the parts after it, or the country."""
    parts = [clean(_NOISE.sub(" ", part)) for part in re.split(r"[,\n]", address)]
    parts = [part for part in parts if part]
    if len(parts) == 1 and parts[0].casefold() == country.casefold():
        return None
    outside = _FORMAL.get(country.casefold(), country)
    for place, part in enumerate(parts):
        near = ", ".join([*parts[place + 1 :], *([outside] if outside else [])])
        known = find(part, near) if near else []
        if known and known[0].kind != "country" and known[0].name.casefold() != outside.casefold():
            return EntityName(part, "Place", known[0].id)
    return None
