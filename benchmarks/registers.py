"""How fast registers are read, in records a second, against the bare parse of the same file.

    python benchmarks/registers.py [--records 20000] [--check]

The files are the loaders' samples, repeated with new ids until they have that many records. "wanted" reads the records
of known entities, as `kg load` does; "all" makes claims of every record. The bare parse is lxml's iterparse, or
json.loads of the file or of its lines. Memory is the peak of a process that reads ten times as many records, above
that of one which reads as many: flat where a file is streamed, which tickers (one JSON object) are not. At least 0.6 is
wanted for GLEIF, 0.3 for the others. With --check, which the tests use, a few records are read and nothing is judged.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kg import resources
from kg.fetch.raw import HEAD, Raw
from kg.plugins import loader

LIMITS = {"gleif": 0.6, "wikidata": 0.3, "sec-edgar": 0.3}
_LEI = re.compile(r"9990000\w{7}(\w{6})")


def main() -> int:
    """Measure and print; return 1 if a filtered reading is slower than it should be."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--records", type=int, default=20_000, help="records of each file (default 20000)")
    options.add_argument("--check", action="store_true", help="only see that it runs: few records, no verdict")
    options.add_argument("--peak", nargs=2, metavar=("LOADER", "FILE"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.peak:
        return _peak(*given.peak)
    records = 60 if given.check else given.records
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        for name, title, make, bare in FILES:
            path = _made(Path(folder) / "one", make, records)
            ratio = _report(name, title, path, bare, records)
            slow |= ratio < LIMITS[name]
            larger = _made(Path(folder) / "ten", make, records * 10)
            growth = _peak_of(name, larger) - _peak_of(name, path)
            print(f"{'':24}{growth:+8.1f} MB for ten times as many records")
    return int(slow and not given.check)


def _made(path: Path, make: Callable[[int], Iterator[str]], records: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(make(records))
    return path


def _report(name: str, title: str, path: Path, bare: Callable[[Path], None], records: int) -> float:
    least, wanted, everything = _best(
        lambda: bare(path), lambda: _load(name, path, ()), lambda: _load(name, path, ("*",))
    )
    for what, taken in (("wanted", wanted), ("all", everything)):
        print(f"{title:16}{what:8}{records / taken:10,.0f} records/s, {least / taken:5.2f} of the bare parse")
    return least / wanted


def _best(*works: Callable[[], object]) -> list[float]:
    """Return the best time of each, in seconds of this process; they take turns, as a busy machine slows all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(5):
        for work, taken in zip(works, times, strict=True):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
    return [min(taken) for taken in times]


def _load(name: str, path: Path, wanted: tuple[str, ...]) -> int:
    streams = getattr(loader(name), "STREAMS", False)
    with path.open("rb") as file:
        data = file.read(HEAD if streams else -1)
    raw = Raw(str(path), data, "2026-01-01T00:00:00Z", wanted=wanted, excerpt=True)
    if streams:
        raw = Raw(str(path), data, raw.retrieved, stream=lambda: path.open("rb"), wanted=wanted, excerpt=True)
    return sum(1 for _ in loader(name).load(raw))


def _peak_of(name: str, path: Path) -> float:
    command = [sys.executable, __file__, "--peak", name, str(path)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _peak(name: str, file: str) -> int:
    _load(name, Path(file), ())
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return 0


# --- files of any size


def _sample(folder: str, name: str) -> str:
    return (resources.folder("loaders") / folder / "sample" / name).read_text(encoding="utf-8")


def _legal_entities(records: int) -> Iterator[str]:
    yield from _xml(_sample("gleif", "lei-data.xml"), "LEIRecord", records)


def _parents(records: int) -> Iterator[str]:
    yield from _xml(_sample("gleif", "rr-data.xml"), "RelationshipRecord", records)


def _xml(text: str, tag: str, records: int) -> Iterator[str]:
    inside = re.findall(rf"<\w+:{tag}>.*?</\w+:{tag}>", text, re.DOTALL)
    yield text[: text.index(inside[0])].lstrip()
    for number in range(records):
        record = _LEI.sub(rf"9990{number:010}\g<1>", inside[number % len(inside)])
        yield record.replace("Halcyra Compute, Inc.", f"Halcyra {number} Compute, Inc.")
    yield text[text.rindex(inside[-1]) + len(inside[-1]) :]


def _items(records: int) -> Iterator[str]:
    first = json.loads(_sample("wikidata", "dump.json"))[0]
    yield "[\n"
    for number in range(records):
        item = first | {
            "id": f"Q{999_000_000 + number}",
            "labels": {"en": {"value": f"Halcyra {number}"}},
            "aliases": {},
        }
        yield json.dumps(item, ensure_ascii=False) + (",\n" if number < records - 1 else "\n")
    yield "]\n"


def _tickers(records: int) -> Iterator[str]:
    for number in range(records):
        row = {"cik_str": 9_000_000 + number, "ticker": f"H{number}", "title": f"Halcyra {number} Inc."}
        yield ("{" if not number else ",") + f'"{number}":{json.dumps(row, separators=(",", ":"))}'
    yield "}"


# --- the least that reading them takes


def _iterparse(path: Path) -> None:
    from lxml import etree  # noqa: PLC0415  as the loader does

    for _, element in etree.iterparse(path, events=("end",), tag=("{*}LEIRecord", "{*}RelationshipRecord")):
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _json_lines(path: Path) -> None:
    with path.open("rb") as file:
        for line in file:
            if len(line) > 3:
                json.loads(line.rstrip(b",\n"))


def _json(path: Path) -> None:
    json.loads(path.read_bytes())


FILES: tuple[tuple[str, str, Callable[[int], Iterator[str]], Callable[[Path], None]], ...] = (
    ("gleif", "legal entities", _legal_entities, _iterparse),
    ("gleif", "parents", _parents, _iterparse),
    ("wikidata", "items", _items, _json_lines),
    ("sec-edgar", "tickers", _tickers, _json),
)

if __name__ == "__main__":
    sys.exit(main())
