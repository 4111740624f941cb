"""Lines of a file of any size: character set found out, no line longer than can be held."""

import codecs
import io
from collections.abc import Iterator

from kg.exceptions import InputError
from kg.fetch.raw import Raw

LINE = 16_000_000
"""Characters of the longest line that is read."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding(raw: Raw) -> str:
    """Return the character set: that of a byte order mark; UTF-8 if it fits; the declared one; else Windows-1252.

    Of a file too large to be held the beginning decides.
    """
    for mark, name in _BOMS:
        if raw.data.startswith(mark):
            return name
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(raw.data, final=not raw.partial)
    except UnicodeDecodeError:
        return _declared(raw) or "cp1252"
    return "utf-8"


def _declared(raw: Raw) -> str | None:
    try:
        return codecs.lookup(raw.charset).name if raw.charset else None
    except LookupError:
        return None


def text(raw: Raw) -> str:
    """Return the text of a file that is held; raises InputError for bytes outside its character set."""
    name = encoding(raw)
    try:
        return raw.data.decode(name)
    except UnicodeDecodeError as error:
        line = raw.data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{raw.address}: line {line}: {_foreign(name)}") from error


def _foreign(name: str) -> str:
    return f"bytes that are no {name.removesuffix('-sig').upper()}; save the file as UTF-8"


def lines(raw: Raw) -> Iterator[str]:
    """Yield the lines of the file with their line ends, read as they come.

    Raises InputError, naming the line, for one that is longer than ``LINE``, for bytes outside the character set, and
    for NUL characters, which no text has.
    """
    name = encoding(raw)
    number = 0
    with raw.open() as stream, io.TextIOWrapper(stream, encoding=name, newline="") as file:
        try:
            while line := file.readline(LINE):
                number += 1
                if len(line) == LINE:
                    raise InputError(
                        f"{raw.address}: line {number}: longer than {LINE // 1_000_000} million characters"
                    )
                if "\0" in line:
                    raise InputError(f"{raw.address}: line {number}: a NUL character; this is no text")
                yield line
        except UnicodeDecodeError as error:
            raise InputError(f"{raw.address}: line {number + 1}: {_foreign(name)}") from error
        except (OSError, EOFError) as error:
            raise InputError(f"{raw.address}: line {number + 1}: cannot be read further ({error})") from error
