"""The examples of README: ``python3 scripts/dev.py examples`` runs them and writes down what they print.

A console block after ``<!-- examples: run -->`` counts. Its lines ``$ kg …`` run in order, all in one scratch folder
with stores of its own, as on a terminal of 100 columns without colours; what follows a line is its output. A
folder ``articles`` with the documents of the sample is there to be loaded. A test compares.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scripts.steps import ROOT, UTF8

README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- examples: run -->\s*```console\n)(.*?)(^```$)", re.DOTALL | re.MULTILINE)
COLUMNS = 100
DATA = "~/.local/share/ai-compute-kg/stores"
"""Where stores lie for a reader on Linux."""

_OVERWRITTEN = re.compile(r"[^\n]*\r\x1b\[K")
"""What a line of progress leaves behind on a terminal: nothing."""


def renewed(text: str) -> str:
    """Return the page with what its commands print now."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        work = scratch / "work"
        shutil.copytree(ROOT / "kg" / "sample", work / "articles", ignore=shutil.ignore_patterns("README.md"))
        return BLOCK.sub(lambda found: found[1] + "".join(_block(found[2], scratch)) + found[3], text)


def _block(text: str, scratch: Path) -> Iterator[str]:
    """Yield the commands of a block, each with its output, an empty line between them."""
    commands = [line for line in text.splitlines() if line.startswith("$ ")]
    for number, command in enumerate(commands):
        printed = _printed(shlex.split(command.removeprefix("$ ")), scratch)
        yield ("\n" if number else "") + command + "\n" + printed


def _printed(words: list[str], scratch: Path) -> str:
    """Run ``kg`` with these words and return what a terminal shows in the end."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "NEO4J_"))}
    own = {
        "KG_DATA": str(scratch / "data"),
        "KG_CACHE": str(scratch / "cache"),
        "KG_FORCE_TTY": "1",
        "NO_COLOR": "1",
        "COLUMNS": str(COLUMNS),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=scratch / "work",
        env=inherited | UTF8 | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{shlex.join(words)} ended with {done.returncode}:\n{done.stdout}")
    text = _OVERWRITTEN.sub("", done.stdout).replace(f"{scratch / 'data'}{os.sep}", f"{DATA}/")
    lines = [line.rstrip() for line in text.strip("\n").splitlines()]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    before = README.read_text(encoding="utf-8")
    after = renewed(before)
    README.write_text(after, encoding="utf-8", newline="\n")
    print("README is as it was" if after == before else "README shows what the commands print now")
