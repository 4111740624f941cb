"""Scores the extraction: ``python3 scripts/dev.py score [FOLDER] [--errors N] [--jobs N] [--write]``."""

import argparse
import os
import sys
from pathlib import Path

from scripts.score.gold import GoldSet, folder_set, sets
from scripts.score.measure import measure
from scripts.score.pages import write
from scripts.score.read import read_set
from scripts.score.report import report


def main() -> None:
    """Read the documents, print the tables, and write the figures down if that is asked for."""
    options = _options()
    chosen = _chosen(options.folder)
    measured = [measure(one, read_set(one, options.jobs)) for one in chosen]
    for line in report(measured, options.errors):
        print(line)
    if options.write:
        write(measured)
        print("\nWritten down in tests/gold/reached.json, README.md and docs/extraction.md")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py score", description="Scores the extraction against annotations.")
    parser.add_argument(
        "folder", nargs="?", type=Path, help="NAME.json beside NAME.txt; without it everything that is at hand"
    )
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="list N errors of each set, never of sealed ones"
    )
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes; one for each core"
    )
    parser.add_argument("--write", action="store_true", help="write the figures down as what was reached")
    options = parser.parse_args()
    if options.write and options.folder:
        parser.error("--write takes down everything that is at hand, not one folder")
    return options


def _chosen(folder: Path | None) -> list[GoldSet]:
    """Return what is to be scored; parts of a folder that are sealed stay so."""
    if folder is None:
        return sets()
    folder = folder.resolve()
    known = [one for one in sets() if any(gold.path.resolve().parent == folder for gold in one.documents)]
    chosen = known or [folder_set(folder.name, folder.name, folder)]
    if not any(one.documents for one in chosen):
        sys.exit(f"No annotated documents in {folder}: NAME.json beside NAME.txt is needed")
    return chosen


if __name__ == "__main__":
    main()
