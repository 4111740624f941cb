"""The parts of a workbook that its sheets refer to: their names, shared texts, number forms, merged cells."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath
from typing import Any

from kg.tables.excel_forms import Form, form
from kg.text.office.package import part

_SMALL = 30_000_000
_TEXTS = 300_000_000
"""Bytes of the shared texts; all of them are held while a sheet is read."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']")
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c(?:\s([^<>]*))?>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PIECE = 1 << 20
_OVERLAP = 40_000
"""Bytes that a cell with a formula may have; such a one may begin in one piece and end in the next."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Merged cells: first and last column, first and last row, all counted from 1."""

    left: int
    right: int
    top: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook: ``sheets`` are name and part of each worksheet in order; ``forms`` those of the cells' styles."""

    archive: zipfile.ZipFile
    sheets: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    forms: tuple[Form, ...]
    from_1904: bool


def read_book(archive: zipfile.ZipFile) -> Book:
    """Return what the sheets of a workbook refer to; raises ValueError for a damaged one."""
    home = _home(archive)
    folder = home.rpartition("/")[0]
    targets = _targets(archive, home)
    book = _xml(archive, home)
    if book is None:
        raise ValueError("a damaged workbook: its list of sheets is missing")
    sheets = []
    for sheet in book.iter("{*}sheet"):
        target = targets.get(next((value for key, value in sheet.attrib.items() if key.endswith("}id")), ""))
        if target and "/worksheets/" in f"/{target}":
            sheets.append((sheet.get("name") or "", target))
    properties = next(book.iter("{*}workbookPr"), None)
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    texts = tuple(_texts(archive, f"{folder}/sharedStrings.xml"))
    return Book(archive, tuple(sheets), texts, tuple(_forms(archive, f"{folder}/styles.xml")), from_1904)


def column(letters: str) -> int:
    """Return the number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def unescaped(text: str) -> str:
    """Return a text with the characters that XML does not hold and Excel writes as _x000D_."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def scan(archive: zipfile.ZipFile, name: str) -> tuple[list[Merge], int]:
    """Return the merged cells of a sheet, from top to bottom, and how many formulas in it have no stored result.

    Both stand where a reader of rows learns of them too late, or not at all.
    """
    merges: list[Merge] = []
    uncomputed = 0
    rest = b""
    with archive.open(name) as stream:
        while piece := stream.read(_PIECE):
            text = rest + piece
            last = 0
            for found in _MERGED.finditer(text) if b"mergeCell" in text else ():
                left, top, right, bottom = (group.decode() for group in found.groups())
                merges.append(Merge(column(left), column(right), int(top), int(bottom)))
                last = found.end()
            for found in _UNCOMPUTED.finditer(text) if b"<f" in text or b":f" in text else ():
                uncomputed += not (found[2] and b't="str"' in (found[1] or b""))  # the result may be an empty text
                last = max(last, found.end())
            rest = text[max(last, len(text) - _OVERLAP) :]
    return sorted(merges, key=lambda merge: merge.top), uncomputed


def _home(archive: zipfile.ZipFile) -> str:
    """Return the part that lists the sheets."""
    links = _xml(archive, "_rels/.rels")
    for link in links.iter("{*}Relationship") if links is not None else ():
        if (link.get("Type") or "").endswith("/officeDocument"):
            return normpath((link.get("Target") or "").lstrip("/"))
    return "xl/workbook.xml"


def _targets(archive: zipfile.ZipFile, home: str) -> dict[str, str]:
    folder, _, name = home.rpartition("/")
    links = _xml(archive, f"{folder}/_rels/{name}.rels")
    targets = {}
    for link in links.iter("{*}Relationship") if links is not None else ():
        target = link.get("Target") or ""
        targets[link.get("Id") or ""] = normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
    return targets


def _texts(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """Yield the shared texts; of one in several types of letters all letters, without readings of Chinese signs."""
    tree = _xml(archive, name, _TEXTS)
    for item in tree.iterchildren("{*}si") if tree is not None else ():
        yield inline(item)


def inline(item: Any) -> str:
    """Return the text of an element with runs."""
    texts = (text.text or "" for text in item.iter("{*}t") if not (text.getparent().tag or "").endswith("}rPh"))
    return unescaped("".join(texts))


def _forms(archive: zipfile.ZipFile, name: str) -> Iterator[Form]:
    tree = _xml(archive, name)
    if tree is None:
        return
    codes = {int(item.get("numFmtId", -1)): item.get("formatCode") for item in tree.iter("{*}numFmt")}
    for styles in tree.iter("{*}cellXfs"):
        for style in styles.iterchildren("{*}xf"):
            number = int(style.get("numFmtId", 0))
            yield form(number, codes.get(number))


def _xml(archive: zipfile.ZipFile, name: str, most: int = _SMALL) -> Any:
    """Return the tree of a part, or None if there is none of this name."""
    from lxml import etree  # noqa: PLC0415  heavy

    data = part(archive, name, most)
    if data is None:
        return None
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"a damaged workbook: {name} is no XML") from error
