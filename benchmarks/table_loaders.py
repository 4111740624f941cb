"""How fast tables are read, in rows a second, against the bare parse of the same file.

    python benchmarks/table_loaders.py [--rows 20000] [--data FOLDER] [--check]

The files are the loaders' samples, or the publishers' files in FOLDER, repeated with new ids until they have that many
rows, and a deal sheet read by a mapping. "bare" is csv.reader, which is written in C; "rows" is the strict reading
(character set, lengths, torn rows); "claims" is everything: cells cleaned, categories checked, a claim with evidence
for each thing that a row says. Times are those of the processor, so that other programs do not count. Memory is the
peak of a process that reads ten times as many rows, above that of one which reads as many: flat, but for the opening of
each site, which is known when all rows are, and the digests of a mapped table's keys.

At least 0.3 of the bare parse is wanted of "rows". The same was wished of "claims", and is out of reach: C cuts a row
in 1 to 10 µs, and a row makes 1 to 14 claims of 4 objects each. "objects" is what would be left if everything else took
no time: the same claims made anew out of values at hand, without a file, cells or ids. What comes again in row after
row (companies, towns, categories, days) is read once; a real file repeats most of its cells, too.
With --check, which the tests use, a few rows are read and nothing is judged.
"""

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, count, islice
from pathlib import Path
from typing import Any

from kg import resources
from kg.core.claim import Claim, EntityName, Evidence
from kg.fetch.raw import HEAD, Raw
from kg.plugins import LOADERS, loader, loader_for
from kg.tables.mapped import Mapped
from kg.tables.mapping_file import parse
from kg.tables.sheet import sheets
from kg.tables.source import folder_of, source

WANTED = 0.3
SOME = 20_000
"""Claims that are made anew to see how long their objects take."""

DEALS = "deals.csv"
SHEET = """Deal,Tenant,Landlord,Site,Capacity (GW),Value ($bn),Term,Signed,Status
1,Anthropic,xAI,Colossus 1,0.3,5,7 years,5/6/2026,signed
2,OpenAI,Oracle / Crusoe,Abilene,≥1.2,,15 years,June 2025,term sheet
3,Halcyra,Northlight Compute,Caddo Bend,,$12bn,,2026-02-01,rumoured
"""
MAPPING = {
    "source": "desk-deals",
    "row": "Deal",
    "claims": [
        {
            "subject": "Tenant",
            "predicate": "LEASES_FROM",
            "object": {"column": "Landlord", "split": "/"},
            "qualifiers": {
                "capacity_mw": {"column": "Capacity (GW)", "unit": "GW", "basis": "contracted"},
                "value_usd": {"column": "Value ($bn)", "unit": "USD billions"},
                "term_years": "Term",
                "facility": "Site",
                "date": "Signed",
            },
            "status": {
                "column": "Status",
                "values": {"signed": "asserted", "term sheet": "planned", "rumoured": "reported"},
            },
        }
    ],
}
"""A deal sheet of somebody's own, and what its columns mean."""


def main() -> int:
    """Measure and print; return 1 if rows are read more slowly than they should be."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, default=20_000, help="rows of each file (default 20000)")
    options.add_argument(
        "--data", type=Path, metavar="FOLDER", help="publishers' files to repeat, in any folders below"
    )
    options.add_argument("--check", action="store_true", help="only see that it runs: few rows, no verdict")
    options.add_argument("--peak", metavar="FILE", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.peak:
        return _peak(Path(given.peak))
    rows = 60 if given.check else given.rows
    slow = False
    print(
        f"{'table':46}{'bare':>12}{'rows':>12}{'claims':>12}{'claims/s':>12}"
        f"{'rows':>7}{'claims':>8}{'objects':>9}{'memory':>10}"
    )
    with tempfile.TemporaryDirectory() as folder:
        deals = Path(folder) / "mapped" / "sample" / DEALS
        deals.parent.mkdir(parents=True)
        deals.write_text(SHEET, encoding="utf-8")
        for path in chain(_files(given.data), [deals]):
            grown = _grown(path, Path(folder) / path.name, rows)
            larger = _grown(path, Path(folder) / f"ten-{path.name}", rows * 10)
            ratio = _report(path, grown, rows, _peak_of(larger) - _peak_of(grown))
            slow |= ratio < WANTED
    return int(slow and not given.check)


def _report(path: Path, grown: Path, rows: int, growth: float) -> float:
    claims = sum(1 for _ in _claims(grown))
    some = [_parts(claim) for claim in islice(_claims(grown), SOME)]
    bare, strict, everything, made = _best(
        lambda: _bare(grown),
        lambda: sum(1 for sheet in sheets(_raw(grown)) for _ in sheet.rows),
        lambda: sum(1 for _ in _claims(grown)),
        lambda: [_anew(parts) for parts in some],
    )
    objects = made * claims / max(len(some), 1)
    print(
        f"{path.parent.parent.name[:16]:17}{path.name[:28]:29}{rows / bare:12,.0f}{rows / strict:12,.0f}"
        f"{rows / everything:12,.0f}{claims / everything:12,.0f}{bare / strict:7.2f}{bare / everything:8.3f}"
        f"{bare / objects:9.3f}{growth:+7.1f} MB"
    )
    return bare / strict


def _best(*works: Callable[[], object]) -> list[float]:
    """Return the best time of each, in seconds of this process; they take turns, as a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(3):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [max(min(taken), 1e-6) for taken in times]


def _bare(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file))


def _claims(path: Path) -> Iterator[Claim]:
    raw = _raw(path)
    chosen = Mapped(parse(MAPPING)) if path.name.endswith(DEALS) else loader_for(raw)
    return (item for item in chosen.load(raw) if isinstance(item, Claim)) if chosen else iter(())


def _parts(claim: Claim) -> tuple[Any, ...]:
    """Return what the objects of a claim are made of."""
    rest = {name: getattr(claim, name) for name in ("value", "qualifiers", "quantities", "status", "key", "citations")}
    ends = [(one.name, one.type, one.id, one.aliases) if one else None for one in (claim.subject, claim.object)]
    return claim.document, claim.document_id, *ends, claim.predicate, claim.evidence.text, claim.evidence.locator, rest


def _anew(parts: tuple[Any, ...]) -> Claim:
    """Return a claim made of its parts: the least that reading one takes."""
    document, document_id, subject, target, predicate, quote, locator, rest = parts
    evidence = Evidence(quote, None, None, locator)
    other = EntityName(*target) if target else None
    return Claim(document, document_id, EntityName(*subject), predicate, evidence, other, **rest)


def _raw(path: Path) -> Raw:
    """Return a file as one that is too large to be held, with the day of its edition, so that none is looked for."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    moment = "2026-08-04T00:00:00Z"
    return Raw(str(path), head, moment, stream=lambda: path.open("rb"), vintage="2026-08-03", excerpt=True)


def _peak_of(path: Path) -> float:
    command = [sys.executable, __file__, "--peak", str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _peak(path: Path) -> int:
    for _ in _claims(path):
        pass
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return 0


# --- files of any size


def _files(folder: Path | None) -> Iterator[Path]:
    """Yield the CSV files that one of the loaders reads."""
    if folder:
        known = (path for path in sorted(folder.rglob("*.csv")))
    else:
        named = (resources.folder("loaders") / folder_of(name) / "sample" for name in LOADERS)
        known = (path for sample in named for path in sorted(sample.glob("*.csv")))
    yield from (path for path in known if _keys(path))


def _keys(path: Path) -> set[str]:
    """Return the columns that tell the rows of a file apart; none for a file that no loader of tables reads."""
    if path.name == DEALS:
        return {"Deal"}
    raw = _raw(path)
    for name in LOADERS:
        tables = source(name).tables.values()
        if tables and getattr(loader(name), "STREAMS", False) and loader(name).recognise(raw) > 0:
            return {column for table in tables for column in table.row}
    return set()


def _grown(path: Path, target: Path, rows: int) -> Path:
    """Write a file with that many rows: the file's own, again and again, with a number behind what tells them apart."""
    keys = _keys(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *own = csv.reader(file)
    places = [place for place, name in enumerate(header) if name in keys and "Date" not in name]
    repeated = ([_with(cells, places, number) for cells in own] for number in count())
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(islice((cells for block in repeated for cells in block), rows))
    return target


def _with(cells: list[str], places: list[int], number: int) -> list[str]:
    return [f"{cell} {number}" if place in places and cell else cell for place, cell in enumerate(cells)]


if __name__ == "__main__":
    sys.exit(main())
