"""Where the package's data lies: below kg/ when installed, beside it in a checkout."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def folder(name: str) -> Path:
    """Return the folder ``ontology``, ``queries`` or ``loaders``."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


def loaders_package() -> str:
    """Return the import name of the loaders: ``kg.loaders`` when installed, ``loaders`` in a checkout."""
    return "kg.loaders" if (_HERE / "loaders").is_dir() else "loaders"


def fingerprint(paths: Iterable[Path]) -> str:
    """Return a hash of the files' names and contents, in order."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
