"""What is packed: the content of a gzip file, the files of a ZIP archive, within limits of size, number and depth."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import IO, BinaryIO

from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import HEAD, Raw

FREE = 50_000_000
"""Bytes that anything may unpack to; beyond them it may be no more than ``SWELL`` times as large as it was packed."""

SWELL = 300
DEPTH = 2
"""Archives within each other that are opened."""

FILES = 10_000

_OWN_FORMATS = ("[Content_Types].xml", "mimetype")
"""Parts by which an office document or book tells itself from a mere archive."""

_DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)
"""What damaged and odd archives raise: NotImplementedError is zipfile's, for a compression that it does not know."""


def unpacked(raw: Raw, limit: int, depth: int = 0) -> Iterator[Raw | Rejection]:
    """Yield the item as it is, or what is packed in it; ``limit`` is the most bytes of an item that are held.

    The content of a gzip file keeps the address of the file, a file in an archive is called by both: "a.zip#b.csv".
    Office documents are no archives. One that is damaged or breaks off, that swells beyond measure, or in which
    archives are packed within archives raises InputError, or is a Rejection if it was found and not named.
    """
    members = _members(raw)
    if members is None:
        yield raw
        return
    try:
        for address, opener in _opened(members, raw, depth):
            yield from unpacked(_content(raw, address, opener, limit), limit, depth + 1)
    except InputError as error:
        if raw.named:
            raise
        yield Rejection(raw.address, str(error).removeprefix(f"{raw.address}: "))


def _opened(members: "Members", raw: Raw, depth: int) -> Iterator[tuple[str, Callable[[], BinaryIO]]]:
    if depth == DEPTH:
        raise InputError(f"{raw.address}: archives within archives within an archive; unpack it yourself")
    return members()


Members = Callable[[], Iterator[tuple[str, Callable[[], BinaryIO]]]]


def _members(raw: Raw) -> Members | None:
    """Return what gives the address of each packed item and how to open it; None for what is no archive."""
    if raw.data.startswith(b"\x1f\x8b\x08"):
        return lambda: iter([(raw.address, partial(_gzip, raw))])
    if not raw.data.startswith(b"PK\3\4") or _is_own_format(raw):
        return None
    return partial(_zip, raw)


def _content(raw: Raw, address: str, opener: Callable[[], BinaryIO], limit: int) -> Raw:
    """Return a packed item: whole if it is small enough, else its beginning and a way to read it as it comes."""
    with opener() as stream:
        data = stream.read(limit + 1)
    inner = replace(raw, address=address, named=raw.named and address == raw.address, content_type=None)
    if len(data) > limit:
        return replace(inner, data=data[:HEAD], stream=opener)
    return replace(inner, data=data, stream=None)


def _gzip(raw: Raw) -> BinaryIO:
    packed = raw.open()
    return _Unpacked(gzip.GzipFile(fileobj=packed), packed.tell, raw.address, packed).buffered()


def _zip(raw: Raw) -> Iterator[tuple[str, Callable[[], BinaryIO]]]:
    with raw.open() as file, closing(_archive(file, raw.address)) as archive:
        parts = [part for part in archive.infolist() if not part.is_dir() and not _is_hidden(part.filename)]
        packed = sum(part.compress_size for part in parts)
        size = sum(part.file_size for part in parts)
        if len(parts) > FILES:
            raise InputError(
                f"{raw.address}: an archive of {len(parts):,} files, more than {FILES:,}; unpack it yourself"
            )
        _check_swelling(raw.address, size, packed)
    for part in sorted(parts, key=lambda part: part.filename):
        address = f"{raw.address}#{part.filename}"
        if part.flag_bits & 1:
            raise InputError(f"{address}: locked with a password")
        yield address, partial(_member, raw, part, address)


def _member(raw: Raw, part: zipfile.ZipInfo, address: str) -> BinaryIO:
    file = raw.open()
    archive = _archive(file, raw.address)
    try:
        inner = archive.open(part)
    except _DAMAGE as error:
        archive.close()
        file.close()
        raise _damaged(address, error) from error
    return _Unpacked(inner, lambda: part.compress_size, address, archive, file).buffered()


def _archive(file: BinaryIO, address: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise _damaged(address, error) from error


def _is_own_format(raw: Raw) -> bool:
    try:
        with raw.open() as file, zipfile.ZipFile(file) as archive:
            return any(name in _OWN_FORMATS for name in archive.namelist())
    except _DAMAGE:
        return True  # whoever reads office documents says what is wrong with it


def _is_hidden(name: str) -> bool:
    return any(step.startswith((".", "__MACOSX")) for step in name.replace("\\", "/").split("/"))


class _Unpacked(io.RawIOBase):
    """A packed stream as it is unpacked, with an eye on how much it swells."""

    def __init__(
        self,
        inner: "gzip.GzipFile | IO[bytes]",
        packed: Callable[[], int],
        address: str,
        *under: "BinaryIO | zipfile.ZipFile",
    ) -> None:
        self._inner = inner
        self._packed = packed
        self._address = address
        self._under = under
        self._count = 0

    def buffered(self) -> BinaryIO:
        """Return this as a stream that can be read in pieces of any size."""
        return io.BufferedReader(self, 1 << 18)

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # what io passes
        """Fill the buffer; raises InputError for what is damaged, breaks off, or swells beyond measure."""
        try:
            data = self._inner.read(len(buffer))
        except _DAMAGE as error:
            raise _damaged(self._address, error) from error
        self._count += len(data)
        _check_swelling(self._address, self._count, self._packed())
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the packed stream, too, and what it is read from."""
        for part in (self._inner, *self._under):
            part.close()
        super().close()


def _check_swelling(address: str, size: int, packed: int) -> None:
    if size > FREE and size > SWELL * packed:
        raise InputError(
            f"{address}: swells to more than {SWELL} times its size, as no file of data does; unpack it yourself"
        )


def _damaged(address: str, error: Exception) -> InputError:
    if isinstance(error, InputError):
        return error
    what = "breaks off" if isinstance(error, EOFError) or "ended before" in str(error) else "is damaged"
    return InputError(f"{address}: the archive {what}; fetch it again")
