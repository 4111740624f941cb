"""The examples of README: ``python3 scripts/dev.py examples`` runs them and writes down what they print.

A console block after ``<!-- examples: run -->`` counts. Its lines ``$ kg …`` run in order, all in one scratch folder
with stores of its own, as on a terminal of 100 columns without colours; what follows a line is its output. A folder
``articles`` with the documents of the sample is there to be loaded. A test compares: letter by letter, or for a block
marked ``examples: run, roughly``, whose output changes with the extractor, by most of its words.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.steps import ROOT, UTF8

README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- examples: run(, roughly)? -->\s*```console\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
COLUMNS = 100
DATA = "~/.local/share/ai-compute-kg/stores"
"""Where stores lie for a reader on Linux."""

ROUGHLY = 0.5
"""Share of the words of a rough block that must still be printed."""

_OVERWRITTEN = re.compile(r"[^\n]*\r\x1b\[K")
"""What a line of progress leaves behind on a terminal: nothing."""


class Scratch:
    """A folder to run examples in, with stores of its own and nothing of the user's settings."""

    def __init__(self, folder: Path) -> None:
        """Put the documents of the sample into ``articles``."""
        self._data, self._work = folder / "data", folder / "work"
        own = {"KG_DATA": str(self._data), "KG_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}
        window = {"KG_FORCE_TTY": "1", "NO_COLOR": "1", "COLUMNS": str(COLUMNS)}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "NEO4J_"))}
        self._environment = kept | UTF8 | own | window
        shutil.copytree(ROOT / "kg" / "sample", self._work / "articles", ignore=shutil.ignore_patterns("README.md"))

    def printed(self, *words: str) -> str:
        """Run Python with these words and return what a terminal shows in the end. Ends the program if that fails."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self._work,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        text = done.stdout.decode().replace(os.linesep, "\n")
        if done.returncode:
            sys.exit(f"{shlex.join(words)} ended with {done.returncode}:\n{text}")
        text = _OVERWRITTEN.sub("", text).replace(f"{self._data}{os.sep}", f"{DATA}/")
        return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Give a scratch folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield Scratch(Path(folder))


def renewed(text: str) -> str:
    """Return the page with what its commands print now."""
    with scratch() as place:
        return BLOCK.sub(lambda found: found[1] + "\n".join(_answered(found[3], place)) + found[4], text)


def _answered(block: str, place: Scratch) -> Iterator[str]:
    """Yield the commands of a block, each with its output."""
    for line in block.splitlines():
        if line.startswith("$ "):
            yield f"{line}\n{place.printed('-m', *shlex.split(line.removeprefix('$ ')))}"


def differences(before: str, after: str) -> Iterator[str]:
    """Yield the first line of each block that shows something else than it prints."""
    for shown, now in zip(BLOCK.finditer(before), BLOCK.finditer(after), strict=True):
        words, printed = Counter(shown[3].split()), Counter(now[3].split())
        enough = ROUGHLY if shown[2] else 1
        if (words & printed).total() < enough * words.total() or (shown[3] != now[3] and not shown[2]):
            yield shown[3].partition("\n")[0]


if __name__ == "__main__":
    page = README.read_text(encoding="utf-8")
    new = renewed(page)
    README.write_text(new, encoding="utf-8", newline="\n")
    print("README is as it was" if new == page else "README shows what the commands print now")
