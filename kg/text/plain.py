"""Bytes to text: the character set found out, newlines read as one character, everything else untouched."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages call Latin-1 or ASCII is Windows-1252 to every browser.
_WINDOWS = frozenset({"iso8859-1", "cp1252"})
# Python knows further "encodings", such as punycode, that no page means and that take for ever.
_FAMILIES = ("big5", "cp", "euc", "gb", "iso", "koi8", "mac", "shift", "utf-16")
_NEWLINE = re.compile(r"\r\n?")
# Characters that no text file has; a terminal's escape is among them, form feeds and tabs are not.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def read_text(data: bytes, declared: str | None = None) -> str | None:
    """Return the text of a file with newlines read as one line feed and no byte order mark, or None if it is no text.

    A byte order mark decides; else UTF-8 if it fits; else the declared character set; else Windows-1252.
    """
    text = decode(data, declared)
    if text is None or _is_binary(text):
        return None
    return newlines(text)


def newlines(text: str) -> str:
    """Return the text with every kind of line end read as one line feed."""
    return _NEWLINE.sub("\n", text)


def one_line(text: str) -> str:
    """Return a title or name as it can be stored: one line of at most 500 characters, without halves of characters."""
    words = _CONTROL.sub("", text[:5000]).encode("utf-8", "replace").decode().split()
    return " ".join(words)[:500].rstrip()


def decode(data: bytes, declared: str | None = None) -> str | None:
    """Return the bytes as characters, or None if no character set fits; see ``read_text`` for the order."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    return _utf8(data) or _declared(data, declared) or _mostly_utf8(data) or _windows(data)


def _utf8(data: bytes) -> str | None:
    """Return the text if all of it is UTF-8; a last character cut in two (a download that broke off) is left out."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    return None if decoder.getstate()[0] and text.isascii() else text


def _declared(data: bytes, declared: str | None) -> str | None:
    """Return the text in the declared character set, if that is one of the world's and fits."""
    try:
        name = codecs.lookup(declared or "utf-8").name
        return data.decode(name) if name.startswith(_FAMILIES) and name not in _WINDOWS else None
    except (LookupError, UnicodeError):
        return None


def _mostly_utf8(data: bytes) -> str | None:
    """Return the text if it is UTF-8 with some broken characters: fewer than one in ten of those beyond ASCII."""
    text = data.decode("utf-8", "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") * 10 < beyond else None


def _windows(data: bytes) -> str | None:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return None


def _is_binary(text: str) -> bool:
    """Tell whether control characters give it away: any NUL, or more than one character in a hundred."""
    return "\0" in text or len(_CONTROL.findall(text, 0, 100_000)) * 100 > min(len(text), 100_000)
