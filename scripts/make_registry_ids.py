"""Fill and check the SEC's numbers of listed companies in ontology/registry/companies.csv.

    python scripts/make_registry_ids.py company_tickers.json

The file is the SEC's own (sec.gov/files/company_tickers.json). A row that gives a ticker gets the CIK of that ticker,
if the SEC's title and the row's names have a word in common or the pair was ``REVIEWED`` by hand; a row that has a CIK
already must agree. Nothing is matched by name alone: a ticker is entered by a person.
"""

import csv
import json
import re
import sys
from pathlib import Path

from kg.core.ids import fold
from kg.schema.registry_check import COLUMNS

FILE = Path(__file__).parent.parent / "ontology" / "registry" / "companies.csv"
REVIEWED = {"CIG": "Cemig", "CM": "CIBC", "ELP": "Copel"}
"""Tickers whose SEC title has no word of the row's names, and the row they are of."""


def words(text: str) -> set[str]:
    """Return the folded words that may tell a company, without the usual endings."""
    usual = {"and", "the", "inc", "corp", "ltd", "plc", "group", "holdings", "company", "technologies", "international"}
    return set(re.findall(r"[a-z0-9]{2,}", fold(text).replace("'", ""))) - usual


def number(row: dict[str, str], listed: dict[str, dict[str, str]]) -> str:
    """Return the external ids of a row, with the CIK of its ticker; stops at a ticker that is not the row's."""
    external = dict(pair.split(":", 1) for pair in row["external"].split("|") if pair)
    ticker = external.get("ticker")
    if not ticker:
        return row["external"]
    found = listed.get(ticker)
    if found is None:
        sys.exit(f"{row['id']}: no ticker {ticker} in the SEC's list; leave it out")
    names = " ".join((row["name"], row["aliases"]))
    if not words(names) & words(found["title"]) and REVIEWED.get(ticker) != row["name"]:
        sys.exit(f"{row['id']}: {ticker} is {found['title']!r}; correct the ticker, or add the pair to REVIEWED")
    cik = str(found["cik_str"])
    if external.setdefault("cik", cik) != cik:
        sys.exit(f"{row['id']}: cik {external['cik']}, but {ticker} has {cik}")
    return "|".join(f"{scheme}:{external[scheme]}" for scheme in sorted(external))


def main() -> None:
    """Rewrite the registry with every CIK that a ticker leads to."""
    if len(sys.argv) != 2:
        sys.exit((__doc__ or "").split("\n\n")[1].strip())
    data = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    listed = {entry["ticker"]: entry for entry in data.values()}
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["external"] = number(row, listed)
        if row["external"] and "sec-tickers" not in row["source"].split("|"):
            row["source"] = "|".join(sorted({*row["source"].split("|"), "sec-tickers"}))
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{sum('cik:' in row['external'] for row in rows)} companies with a CIK")


if __name__ == "__main__":
    main()
