"""Pin every package that the project installs, with its hashes: ``python3 scripts/dev.py lock [--upgrade]``.

Versions that are pinned already stay as they are unless pyproject.toml forbids them; ``--upgrade`` takes the newest.
The files hold no address of an index, so they work with any mirror. uv resolves, in an environment of its own.
"""

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

from scripts.environment import PIP, program
from scripts.steps import ROOT

HOLDS = {
    "requirements.lock": ("build",),
    "requirements-dev.lock": ("build", "dev"),
    "requirements-train.lock": ("build", "train"),
}
"""The dependency groups of each lock, beside the package's own dependencies. The first decides the versions of all."""

OPTIONS = (
    "--universal --python-version 3.11 --generate-hashes --no-config --no-emit-index-url --no-emit-find-links --quiet"
).split()


def main(arguments: list[str]) -> int:
    """Write the locks; returns the exit code of uv."""
    with tempfile.TemporaryDirectory() as folder:
        uv = _uv(Path(folder))
        for lock, groups in HOLDS.items():
            first = next(iter(HOLDS))
            command = [str(uv), "pip", "compile", "pyproject.toml", *OPTIONS, *arguments, "-o", lock]
            command += [word for group in groups for word in ("--group", group)]
            command += ["--custom-compile-command", "python3 scripts/dev.py lock"]
            command += ["--constraints", first] if lock != first else []
            code = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode
            if code:
                return code
            print(f"{lock} written")
    return 0


def _uv(folder: Path) -> Path:
    """Install uv in the bounds of the dependency group ``lock`` and return the program."""
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    venv.create(folder, with_pip=True)
    subprocess.run([str(program("python", folder)), *PIP, *groups["lock"]], check=True)
    return program("uv", folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
