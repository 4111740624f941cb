"""Cells as people and spreadsheets fill them: spaces, empty words, lists, tags of doubt, links."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.tables.memo import remembered

EMPTY = frozenset({"", "-", "–", "—", "n/a", "na", "#n/a", "none", "null", "nan", "?", "tbd", "unknown"})
"""What stands in a cell that says nothing, in lower case."""

BROKEN = frozenset(
    {"#ref!", "#name?", "#value!", "#div/0!", "#num!", "#null!", "#spill!", "#calc!", "#field!", "#error!"}
)
"""What a spreadsheet shows in the place of what it could not compute, in lower case. "#N/A" is empty on purpose."""

LONGEST_EMPTY = 12
"""Letters of what may say nothing, spaces around it included: a longer cell says something."""

_TAG = re.compile(r"\s*#([A-Za-z_]+)\s*$")
_LINK = re.compile(r"\[(?P<title>(?:[^\[\]]|\[[^\[\]]*\])*)\]\((?P<url>https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)")
_BARE = re.compile(r"https?://[^\s<>\"\]]+")
_SIGNS = r"[\"()\[\]{}]"
"""What opens and closes brackets and quotes."""

_CLOSING = {"(": ")", "[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Tagged:
    """A name in a list, and the tag of doubt after it ("#likely" gives "likely"), if there is one."""

    name: str
    tag: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A source cited in a cell: its web address and the title that the cell gives it."""

    url: str
    title: str


def clean(text: str) -> str:
    """Return the cell with every run of spaces, line ends included, as one space, and none at the ends."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def is_empty(text: str) -> bool:
    """Say whether a cell says nothing: "", "None", "n/a", "nan" and their like."""
    return not text or (len(text) <= LONGEST_EMPTY and text.strip().casefold() in EMPTY)


def is_broken(text: str) -> bool:
    """Say whether a spreadsheet could not compute a cell: "#REF!", "#DIV/0!" and their like."""
    return "#" in text and text.strip().casefold() in BROKEN


def is_error(text: str) -> bool:
    """Say whether a spreadsheet shows an error in a cell: a broken one, or a look-up that found nothing ("#N/A")."""
    return "#" in text and (is_broken(text) or text.strip().casefold() == "#n/a")


@remembered
def told(text: str) -> str:
    """Return what a cell tells: the cell cleaned, "" if it says nothing or is broken."""
    cell = clean(text)
    return "" if is_empty(cell) or is_broken(cell) else cell


def split(text: str, separator: str = ",") -> list[str]:
    """Return the parts of a list in a cell; a separator within brackets or quotes divides nothing.

    Empty parts are left out. A quote that is never closed divides as if it were not there.
    """
    if separator not in text:
        return [part] if (part := clean(text)) else []
    plain = not any(sign in text for sign in '([{"')
    parts = text.split(separator) if plain else list(_parts(text, separator))
    return [part for part in map(clean, parts) if part]


def _parts(text: str, separator: str) -> Iterator[str]:
    closing: list[str] = []
    start = 0
    for found in re.finditer(f"{re.escape(separator)}|{_SIGNS}", text):
        place, sign = found.start(), found[0]
        if closing and sign == closing[-1]:
            closing.pop()
        elif (sign == '"' and '"' in text[place + 1 :]) or (sign in _CLOSING and _CLOSING[sign] in text[place + 1 :]):
            if not (closing and closing[-1] == '"'):
                closing.append(_CLOSING.get(sign, '"'))
        elif sign == separator and not closing:
            yield text[start:place]
            start = found.end()
    yield text[start:]


def joined(parts: Iterable[str]) -> str:
    """Return a list as a cell has it: "a, b", with quotes around what holds a comma."""
    return ", ".join(f'"{part}"' if "," in part else part for part in parts)


def unquoted(name: str) -> str:
    """Return a name without the quotes that a list put around it because of its comma."""
    return name[1:-1].strip() if len(name) > 2 and name[0] == name[-1] == '"' else name


@remembered
def tagged(text: str) -> tuple[Tagged, ...]:
    """Return the names of a list with their tags: "Anthropic #confident, Cursor" gives two, the second without."""
    found = []
    for part in split(text):
        tag = _TAG.search(part) if "#" in part else None
        name = unquoted(part[: tag.start()] if tag else part)
        if name:
            found.append(Tagged(name, tag[1].lower() if tag else None))
    return tuple(found)


def links(text: str) -> list[Link]:
    """Return the sources that a cell cites: Markdown links with their titles, then bare web addresses, each once."""
    if "http" not in text:
        return []
    found: dict[str, str] = {}
    if "](" in text:
        found = {match["url"]: clean(match["title"]) for match in _LINK.finditer(text)}
        text = _LINK.sub(" ", text)
    for url in _BARE.findall(text):
        found.setdefault(url.rstrip(".,;:)'”’"), "")
    return [Link(url, title) for url, title in found.items()]
