"""Everything that is done in a checkout: ``python3 scripts/dev.py COMMAND``, on any system with Python 3.11 or newer.

Nothing needs to be installed: the first command makes a virtual environment in ``.venv`` and fills it from a lock. The
commands are in ``commands.py``; the Makefile's targets are the same commands. This file can be read by older Pythons.
"""

import shutil
import subprocess
import sys
from pathlib import Path

NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def main() -> int:
    """Run the command, with a newer Python if this one is too old; return its exit code."""
    if tuple(sys.version_info) >= (3, 11):
        sys.path[0] = str(Path(__file__).resolve().parents[1])
        from scripts.commands import main as run  # noqa: PLC0415  it is written for Python 3.11

        return run(sys.argv[1:])
    found = next(filter(works, NEWER), None)
    if found:
        return subprocess.call([found, *sys.argv])
    print("Python 3.11 or newer is needed; this is {}.{}.".format(*sys.version_info[:2]), file=sys.stderr)
    return 2


def works(python: str) -> bool:
    """Say whether there is such a Python, and not only a stand-in for one."""
    return bool(shutil.which(python)) and subprocess.call([python, "-c", ""], stderr=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    sys.exit(main())
