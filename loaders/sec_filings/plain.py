"""Old filings are plain text set in a typewriter's columns: their tables become rows."""

import re
from collections.abc import Iterator

from kg.text.blocks import Block

_TABLE = re.compile(r"<TABLE>(.*?)</TABLE>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</?(?:PAGE|TABLE|CAPTION|S|C|F\d+|FN|R|B|I|U|CENTER|PDF|XML|XBRL)>", re.IGNORECASE)
_GAP = re.compile(r"(?: {2,}|\t+|\s*\.{4,}\s*)")
_INDENT = 12
_RULE = re.compile(r"[\s=_.-]*")
_SIGN = re.compile(r"(?<=[$(]) +(?=[\d.(])|(?<=\d) +(?=[)%])")


def plain_blocks(text: str) -> list[Block]:
    """Return the paragraphs of a text as blocks, and the lines of its marked tables as rows."""
    found: list[Block] = []
    last = 0
    for table in _TABLE.finditer(text):
        found += _paragraphs(text[last : table.start()])
        found += _rows(table[1])
        last = table.end()
    return [*found, *_paragraphs(text[last:])]


def _paragraphs(text: str) -> Iterator[Block]:
    for piece in re.split(r"\n[^\S\n]*\n", _TAGS.sub("", text)):
        lines = [" ".join(line.split()) for line in piece.split("\n")]
        paragraph = "\n".join(line for line in lines if line and not _RULE.fullmatch(line))
        if paragraph:
            yield Block("paragraph", paragraph)


def _rows(text: str) -> Iterator[Block]:
    for line in _TAGS.sub("", text).split("\n"):
        if _RULE.fullmatch(line):
            continue
        cells = [cell for cell in _GAP.split(_SIGN.sub("", line.strip())) if cell]
        first = (
            [""] if len(line) - len(line.lstrip()) >= _INDENT else []
        )  # headings above numbers have none on the left
        yield Block("row", " | ".join(first + cells))
