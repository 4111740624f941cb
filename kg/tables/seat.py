"""The seat of a company as registers give it: town, region and country, often in capitals and codes."""

import re
from functools import lru_cache

from kg.core.claim import EntityName
from kg.schema import places

_FOREIGN = re.compile(r"[A-Z]\d")


@lru_cache(maxsize=10_000)
def seat(town: str, region: str, country: str) -> EntityName | None:
    """Return the town as a place, with its id if the gazetteer has it in that region and country; None without a town.

    ``region`` and ``country`` are names or codes: "CA", "US-CA", "California"; "US", "United States". The name is the
    register's own.
    """
    if not town:
        return None
    nation = places.country(country) or country
    part = region.removeprefix(f"{country}-") if country else region
    near = ", ".join(filter(None, (part if nation in ("", "United States") else "", nation)))
    found = [place for place in places.find(town, near) if not nation or place.country == nation]
    if not nation and (not region or _FOREIGN.fullmatch(region)):
        found = []  # the SEC's code of a country that no gazetteer knows: any town of this name may be meant
    towns = [place for place in found if place.kind == "town"] or found
    return EntityName(town, "Place", towns[0].id if towns else None)
