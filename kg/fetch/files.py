"""Files, folders, glob patterns, standard input and web addresses, one item at a time."""

import glob
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.archives import unpacked
from kg.fetch.raw import HEAD, Raw, utc_now
from kg.fetch.watched import open_watched

LIMIT = 50_000_000
"""Bytes of a file that are held; a larger one is only read by loaders that read a file as it comes."""

_HIDDEN = (".", "~$")  # the second are lock files of office programs, hidden where files can be

_WEB = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def sources(
    paths: Iterable[str], *, stdin: BinaryIO | None = None, limit: int = LIMIT, allow_private: bool = False
) -> Iterator[Raw | Rejection]:
    """Yield what the paths name, in the order given: files, folders, patterns, ``-`` and web addresses.

    A folder is read with its subfolders in sorted order, without hidden files; a file reached twice is read once.
    ``limit`` is the most bytes of a file. What the user named and cannot be read raises InputError, or FetchError for a
    web address; what was found in a folder or by a pattern is a Rejection. Local names are all checked before the
    first item, so that a mistyped one stops nothing half-way. What is packed is unpacked (``kg.fetch.archives``).
    """
    for item in _packed_or_not(paths, stdin, limit, allow_private=allow_private):
        if isinstance(item, Rejection):
            yield item
        else:
            yield from unpacked(item, limit)


def _packed_or_not(
    paths: Iterable[str], stdin: BinaryIO | None, limit: int, *, allow_private: bool
) -> Iterator[Raw | Rejection]:
    given = list(paths)
    found = {path: _expand(path) for path in given if path != "-" and not _is_web(path)}
    seen: set[str] = set()
    for path in given:
        if path == "-":
            if _first_time("-", seen):
                yield _stdin(stdin or sys.stdin.buffer, limit)
        elif _is_web(path):
            if _first_time(path, seen):
                yield _web(path, allow_private=allow_private)
        else:
            yield from _local(path, found[path], seen, limit)


def _is_web(path: str) -> bool:
    return bool(_WEB.match(path))


def _first_time(key: str, seen: set[str]) -> bool:
    new = key not in seen
    seen.add(key)
    return new


def _web(url: str, *, allow_private: bool) -> Raw:
    from kg.fetch.http import fetch  # noqa: PLC0415  the network library, only where the network is asked for

    return fetch(url, allow_private=allow_private)


def _stdin(stream: BinaryIO, limit: int) -> Raw:
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(f"standard input: {_too_large(limit)}")
    return Raw("-", data, utc_now())


def _expand(path: str) -> list[Path] | None:
    """Return what a pattern matches, or None for a plain name; raises InputError if there is nothing to read."""
    if not path or "\0" in path:
        raise InputError(f"{path!r} is not the name of a file.")
    if os.path.lexists(path):
        _check_folder(path)
        return None
    if not glob.has_magic(path):
        raise InputError(f"{_shown(path)}: no such file or folder.")
    matches = [Path(name) for name in sorted(glob.iglob(path, recursive=True))]  # noqa: PTH207  also absolute ones
    if not matches:
        raise InputError(f"{_shown(path)}: no file has a name like this.")
    return matches


def _check_folder(path: str) -> None:
    first = next(_walk(Path(path)), None)
    if first is None:
        raise InputError(f"{_shown(path)}: a folder without files (hidden ones are not read).")
    if isinstance(first, Rejection) and first.where == _shown(Path(path).as_posix()):
        raise InputError(str(first))


def _local(path: str, matches: list[Path] | None, seen: set[str], limit: int) -> Iterator[Raw | Rejection]:
    if matches is None and not Path(path).is_dir():
        if _first_time(os.path.realpath(path), seen):
            yield _named(path, limit)
        return
    for top in [Path(path)] if matches is None else matches:
        for item in _walk(top):
            if isinstance(item, Rejection):
                yield item
            elif _first_time(os.path.realpath(item), seen):
                yield _found(item, limit)


def _walk(top: Path) -> Iterator[Path | Rejection]:
    """Yield the files below a folder in sorted order; a folder that links lead to again is entered once."""
    entered: set[str] = set()
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            if not path.is_dir():
                yield path
            elif _first_time(os.path.realpath(path), entered):
                inside = sorted(item for item in path.iterdir() if not item.name.startswith(_HIDDEN))
                waiting += reversed(inside)
        except OSError as error:
            yield Rejection(_shown(path.as_posix()), _reason(error))


def _named(path: str, limit: int) -> Raw:
    item = _read(path, limit, named=True)
    if isinstance(item, Rejection):
        raise InputError(str(item))
    return item


def _found(path: Path, limit: int) -> Raw | Rejection:
    """Read a file that nobody named: one that is no regular file (a pipe would wait for ever) is left out."""
    where = path.as_posix()
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Rejection(_shown(where), "neither a file nor a folder")
    except OSError as error:
        return Rejection(_shown(where), _reason(error))
    return _read(where, limit, named=False)


def _read(path: str, limit: int, *, named: bool) -> Raw | Rejection:
    """Return a file: whole if it is small enough, else its beginning and a way to read it as it comes."""
    try:
        with Path(path).open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(limit + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        return Rejection(_shown(path), _reason(error))
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        return Rejection(_shown(path), "changed while it was read; load it again when it is complete")
    if len(data) > limit:
        stream = partial(open_watched, path, (after.st_mtime_ns, after.st_size))
        return Raw(_shown(path), data[:HEAD], utc_now(), named=named, stream=stream)
    return Raw(_shown(path), data, utc_now(), named=named)


def _too_large(limit: int) -> str:
    return f"more than {limit / 1e6:g} MB, the limit for standard input; save it as a file"


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "a link that leads nowhere"
    return f"cannot be read ({error.strerror or error})"


def _shown(path: str) -> str:
    """Return a path that can be printed and stored: letters that cannot (not UTF-8, line ends) are replaced."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
