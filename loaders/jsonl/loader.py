"""Documents as JSON Lines: one object a line, with its text and what is known of it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kg.core.document import KINDS, Document
from kg.core.place import Area, areas_from
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.text.bylines import iso_date
from kg.text.metadata import read_metadata
from kg.text.plain import newlines, one_line, read_text
from kg.text.sniff import json_lines_key

_KNOWN = ("text", "address", "url", "title", "publisher", "published", "kind", "aside", "retrieved", "sha256", "areas")
_TEXTS = tuple(name for name in _KNOWN if name != "areas")
_RECOMPUTED = ("id",)
_TYPES = ("application/jsonl", "application/x-ndjson", "application/ndjson")
_NAMES = (".jsonl", ".ndjson")


def recognise(raw: Raw) -> float:
    """Return whether the first line is a JSON object with a text; a name alone counts less."""
    if json_lines_key(raw.data, "text"):
        return 0.95
    named = raw.suffix in _NAMES or raw.media_type in _TYPES
    return 0.5 if named and raw.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else 0.0


def load(raw: Raw) -> Iterator[Document | Rejection]:
    """Yield the documents, then the keys that were not read. One bad line and nothing of the file is loaded."""
    text = read_text(raw.data)
    if text is None:
        yield Rejection(raw.address, "not JSON Lines: no text")
        return
    documents: list[Document] = []
    unread: dict[str, None] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = _parsed(line)
            documents.append(_document(raw, number, line, data))
        except ValueError as error:
            yield Rejection(f"{raw.address}:{number}", f"{error}; nothing of the file was loaded")
            return
        unread |= dict.fromkeys(name for name in data if name not in _KNOWN + _RECOMPUTED)
    yield from documents
    if unread:
        yield Rejection(raw.address, f"keys not read: {one_line(', '.join(unread))} (known: {', '.join(_KNOWN)})")


def _parsed(line: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON ({getattr(error, 'msg', 'nested too deeply')})") from error
    if not isinstance(data, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004  a wrong line is a wrong value, whatever its type
    return data


def _document(raw: Raw, number: int, line: str, data: dict[str, Any]) -> Document:
    """Return the document of one line; raises ValueError with what is wrong."""
    stated = {name: _string(name, data[name]) for name in _TEXTS if data.get(name) is not None}
    text = newlines(stated.pop("text", ""))
    if not text.strip():
        raise ValueError("needs text")
    if stated.get("kind", "news") not in KINDS:
        raise ValueError(f"kind {stated['kind']!r}: one of {', '.join(KINDS)}")
    for name in ("published", "retrieved"):
        if name in stated and iso_date(stated[name]) is None:
            raise ValueError(f"{name} {stated[name]!r}: needs a date such as 2026-05-06, 2026-05 or 2026")
    said = read_metadata(text)
    # What the line does not mention is read from the text; null says that it is not known.
    read = {name: value for name in ("kind", "title", "publisher", "published") if (value := getattr(said, name))}
    known = {name: value for name, value in read.items() if name not in data} | stated
    if "published" in known:
        known["published"] = iso_date(known["published"]) or known["published"]
    base = {"retrieved": raw.retrieved, "sha256": hashlib.sha256(line.encode()).hexdigest()}
    address = known.pop("address", None) or known.get("url") or f"{raw.address}#{number}"
    areas = _areas(data["areas"], len(text)) if data.get("areas") else ()
    return replace(Document(text, address, areas=areas), **{**base, **known})


def _areas(rows: Any, length: int) -> tuple[Area, ...]:
    try:
        areas = areas_from(rows)
    except (TypeError, ValueError) as error:
        raise ValueError(
            "areas need [start, end, page, [left, bottom, right, top]] in the order of the text"
        ) from error
    if areas[-1].end > length:
        raise ValueError("areas reach beyond the text")
    return areas


def _string(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string")  # noqa: TRY004  as above
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{name} holds half of a character (a lone surrogate)") from error
    if "\0" in value:
        raise ValueError(f"{name} holds a NUL character")
    return value
