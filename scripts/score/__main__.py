"""Scores the extraction: ``python3 scripts/dev.py score [SET or FOLDER …] [--errors N] [--jobs N] [--write]``."""

import argparse
import os
import sys
from pathlib import Path

from kg.workers import one_thread
from scripts.score.gold import GoldSet, folder_set, sets
from scripts.score.measure import measure
from scripts.score.pages import write
from scripts.score.read import read_set
from scripts.score.report import report


def main() -> None:
    """Read the documents, print the tables, and write the figures down if that is asked for."""
    options = _options()
    chosen = _chosen(options.what)
    one_thread()
    measured = [measure(one, read_set(one, options.jobs)) for one in chosen]
    for line in report(measured, options.errors):
        print(line)
    if options.write:
        write(measured)
        print("\nWritten down in tests/gold/reached.json, README.md and docs/extraction.md")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py score", description="Scores the extraction against annotations.")
    parser.add_argument(
        "what",
        nargs="*",
        metavar="SET or FOLDER",
        help="own, sealed, dev, seeds, or a folder with NAME.json beside NAME.txt; by default all that is at hand",
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="list N errors of each set that is not sealed"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes, one a core")
    parser.add_argument("--write", action="store_true", help="write the figures down as what was reached")
    options = parser.parse_args()
    if options.write and any(os.sep in what or "/" in what for what in options.what):
        parser.error("--write takes down the sets that are known here, no folder")
    return options


def _chosen(what: list[str]) -> list[GoldSet]:
    """Return what is to be scored; the sealed part of a folder stays sealed."""
    known = sets()
    if not what:
        return known
    found = [one for word in what for one in _named(word, known)]
    if not any(one.documents for one in found):
        sys.exit(f"No annotated documents in {', '.join(what)}: NAME.json beside NAME.txt is needed")
    return found


def _named(word: str, known: list[GoldSet]) -> list[GoldSet]:
    if by_name := [one for one in known if one.name == word]:
        return by_name
    folder = Path(word).resolve()
    if not folder.is_dir():
        sys.exit(f"No set and no folder {word!r}. Sets: {', '.join(one.name for one in known)}")
    there = [one for one in known if one.folder and one.folder.resolve() == folder]
    return there or [folder_set(folder.name, folder.name, folder)]


if __name__ == "__main__":
    main()
