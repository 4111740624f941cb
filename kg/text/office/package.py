"""Office files as archives: what kind they are, and their parts within limits of number and size.

Of an archive with a compression or a version that it does not know, zipfile raises NotImplementedError.
"""

import io
import re
import zipfile
import zlib
from typing import BinaryIO

_KINDS = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
)
_TYPES = "[Content_Types].xml"
_MOST_PARTS = 20_000
_MOST_TYPES = 1_000_000
_DECLARATION = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")


def kind(data: bytes) -> str | None:
    """Return "docx" or "xlsx" for such a file, judged by the list of its parts; None for anything else."""
    if not data.startswith(b"PK\3\4"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(_TYPES)
            types = archive.read(info) if info.file_size <= _MOST_TYPES else b""
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, zlib.error, RuntimeError, NotImplementedError, EOFError):
        return None
    return next((name for mark, name in _KINDS if mark in types), None)


def opened(file: BinaryIO, most: int) -> zipfile.ZipFile:
    """Return the archive, whose parts may be ``most`` bytes together; raises ValueError for what is damaged or swells.

    The sizes are those that the archive states; the reader stops at them, so that they cannot be exceeded.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValueError("a damaged office file: its archive cannot be opened; fetch or save it again") from error
    total = sum(info.file_size for info in archive.infolist())
    if len(archive.infolist()) > _MOST_PARTS or total > most:
        archive.close()
        raise ValueError(f"an office file that swells to {total / 1e6:,.0f} MB, more than {most / 1e6:,.0f} MB")
    return archive


def part(archive: zipfile.ZipFile, name: str, most: int) -> bytes | None:
    """Return a part of XML, or None if there is none of this name.

    Raises ValueError if it is damaged, larger than ``most`` bytes or declares a document type, which no office program
    writes and which can make a short text long.
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > most:
        raise ValueError(
            f"an office file whose {name} has {info.file_size / 1e6:,.0f} MB, more than {most / 1e6:,.0f} MB"
        )
    try:
        data = archive.read(info)
    except (zipfile.BadZipFile, OSError, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise ValueError(f"a damaged office file: {name} cannot be read; fetch or save it again") from error
    if _DECLARATION.search(data):
        raise ValueError(f"an office file whose {name} declares a document type, which is not read")
    return data
