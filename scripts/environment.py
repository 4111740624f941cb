"""The project's own virtual environments: made once, filled from a lock, and again when that changes."""

import hashlib
import subprocess
import sys
from pathlib import Path

from scripts.steps import ROOT, run, step

LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock", "train": "requirements-train.lock"}
"""What each purpose needs: to run the program, to work on it, to train the extractor.

The second holds the first, in the same versions, so both share an environment.
"""

FOLDERS = {"run": ".venv", "dev": ".venv", "train": ".venv-train"}

PIP = ("-m", "pip", "install", "-q", "--disable-pip-version-check")


def program(name: str, folder: Path = ROOT / FOLDERS["dev"]) -> Path:
    """Return the path of a program of a virtual environment."""
    return folder / "Scripts" / f"{name}.exe" if sys.platform == "win32" else folder / "bin" / name


def prepare(purpose: str) -> Path:
    """Make the environment ready for a purpose and return its Python; does nothing if it is.

    Raises StepFailedError if something cannot be made or fetched.
    """
    folder = ROOT / FOLDERS[purpose]
    python = program("python", folder)
    if is_ready(purpose):
        return python
    _stamp(purpose).unlink(missing_ok=True)
    if not _works(python):
        step("environment", [sys.executable, "-m", "venv", "--clear", folder])
    step("packages", [python, *PIP, "--require-hashes", "-r", LOCKS[purpose]])
    step("ai-compute-kg", [python, *PIP, "--no-deps", "--no-build-isolation", "-e", "."])
    run([python, "-m", "compileall", "-q", "kg", "loaders"])  # where Python may not do it on import, all would be slow
    _stamp(purpose).write_text(fingerprint(purpose), encoding="utf-8")
    return python


def is_ready(purpose: str) -> bool:
    """Say whether what this purpose needs is installed, as pyproject.toml and the lock have it now."""
    stamp = _stamp(purpose)
    installed = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
    return installed in (fingerprint(purpose), fingerprint("dev"))


def fingerprint(purpose: str) -> str:
    """Return a hash of what decides what is installed for this purpose."""
    files = [ROOT / LOCKS[purpose], ROOT / "pyproject.toml"]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def activation() -> str:
    """Return the command that puts the environment's programs on the path of a terminal."""
    return r".venv\Scripts\activate" if sys.platform == "win32" else ". .venv/bin/activate"


def _stamp(purpose: str) -> Path:
    """Return the file that says what was installed; written last, so that what was cut off is done again."""
    return ROOT / FOLDERS[purpose] / "ai-compute-kg.stamp"


def _works(python: Path) -> bool:
    """Say whether there is a Python that is new enough and has pip."""
    test = [str(python), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    try:
        return subprocess.run(test, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
