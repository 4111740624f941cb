"""What bytes are when they are no text document, in words for the user."""

import csv
import itertools
import json
import re

from kg.text.plain import decode, read_text

_SIGNATURES = (
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"BM", "BMP image"),
    (b"II*\0", "TIFF image"),
    (b"MM\0*", "TIFF image"),
    (b"\0\0\1\0", "icon"),
    (b"%PDF", "PDF"),
    (b"PK\3\4", "ZIP archive, or a damaged office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"BZh", "bzip2 archive"),
    (b"\xfd7zXZ", "xz archive"),
    (b"(\xb5/\xfd", "zstd archive"),
    (b"7z\xbc\xaf", "7z archive"),
    (b"Rar!", "RAR archive"),
    (b"\xd0\xcf\x11\xe0", "old office document (DOC, XLS), or one locked with a password"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"PAR1", "Parquet table"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"OggS", "sound or film"),
    (b"ID3", "sound or film"),
    (b"RIFF", "sound, film or WebP image"),
)
_ARCHIVES = (
    (b"ppt/presentation.xml", "PowerPoint file: export it as PDF"),
    (b"application/vnd.oasis.opendocument", "OpenDocument file: save it as DOCX or XLSX"),
    (b"application/epub+zip", "EPUB book: save it as HTML or PDF"),
)
"""What a ZIP archive is that holds these words in its list of parts, or at its beginning."""

_FTYP = re.compile(rb"^.{4}ftyp", re.DOTALL)
_JSON_START = re.compile(r'\{\s*"|\[\s*(?:\{\s*["}]|\[\s*["\d\[{-]|"[^"\n]*"\s*[,\]])')
"""How JSON begins, also what is broken off; a text may begin with a link, [[Mill Yard]], or with ["words left out]."""

_ROOT = re.compile(r"<([A-Za-z][\w:.-]*)")
_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_TAG = re.compile(
    r"<(?:p|div|h[1-6]|span|a|table|ul|ol|article|section|br|b|strong|em)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_HEAD = 8192


def not_text(data: bytes) -> str | None:
    """Return what the bytes are, such as "binary: PNG image", or None if they may be a text to read as it stands."""
    if not data.strip():
        return "empty"
    name = _signature(data)
    if name:
        return f"binary: {name}"
    text = read_text(data)
    if text is None:
        return "binary, or text in a character set that is neither UTF-8 nor Windows-1252"
    if not text.strip():
        return "empty"
    return _structured(text)


def looks_like_html(data: bytes) -> bool:
    """Tell whether the bytes begin like an HTML page or a piece of one."""
    head = (decode(data[:_HEAD]) or "").lstrip()
    if _HTML_START.search(head[:2048]) and head.startswith("<"):
        return True
    return head.startswith("<") and len(_HTML_TAG.findall(head)) > 2


def json_lines_key(data: bytes, key: str) -> bool:
    """Tell whether the first line that is not empty is a JSON object with this key."""
    line = data.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")[0]
    value = _json(line) if line.startswith(b"{") else None
    return isinstance(value, dict) and key in value


def _signature(data: bytes) -> str | None:
    if _FTYP.match(data[:8]):
        return "sound, film or HEIC image"
    if data.startswith(b"PK\3\4") and (name := next((name for mark, name in _ARCHIVES if mark in data), None)):
        return name
    return next((name for start, name in _SIGNATURES if data.startswith(start) and _is_binary_head(data)), None)


def _is_binary_head(data: bytes) -> bool:
    """Tell a program that starts with MZ from a text that starts with the same letters."""
    return read_text(data[:_HEAD]) is None or data.startswith(b"%PDF")


def _structured(text: str) -> str | None:
    """Return the name of a format for machines: JSON, XML, a table."""
    start = text.lstrip()
    if start.startswith("{\\rtf"):
        return "RTF: save it as plain text"
    if _JSON_START.match(start) or (start[0] in "{[" and _json(start) is not None):
        return "JSON, but not JSON Lines of documents (needs text)"
    if start.startswith(("<?xml", "<rss", "<feed", "<svg")):
        root = _ROOT.search(start, 0, _HEAD)
        return f"XML ({root[1] if root else 'without a root'}), which no loader reads"
    return "a table (CSV), not a document" if _is_table(start) else None


def _json(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        return []
    except ValueError:
        return None


def _is_table(text: str) -> bool:
    """Tell whether the first lines all have as many cells between commas, tabs or semicolons."""
    lines = list(itertools.islice((line for line in text[:_HEAD].split("\n") if line), 20))
    return len(lines) > 3 and any(_has_columns(lines[:-1], delimiter) for delimiter in ",\t;")


def _has_columns(lines: list[str], delimiter: str) -> bool:
    """Tell whether each line has five cells or more, or at least three short ones; prose is rarely so even."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    width = widths.pop()
    letters = sum(len(cell) for row in rows for cell in row)
    return not widths and (width >= 5 or (width >= 3 and letters <= 30 * width * len(rows)))
