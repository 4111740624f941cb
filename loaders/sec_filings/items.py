"""The items of a filing: what it tells stands under numbered headings, between its cover and its signatures."""

import re
from collections.abc import Sequence

from kg.text.blocks import Block

_ITEM = re.compile(
    r"(?:PART\s+I[IV]*\b[\s,.:|–—-]*)?ITEMS?\s+(?P<number>\d{1,2}(?:\.\d\d)?[A-Z]?)\b(?!\s*,?\s+(?:of|to|above|below|and|or)\b)"
    r"(?:\s*\([a-z]\))?[\s.:|–—-]*(?P<title>[^|\n]{0,160})",
    re.IGNORECASE,
)
_CURRENT = re.compile(r"8-?K|6-?K", re.IGNORECASE)
_SIGNATURE = re.compile(r"SIGNATURES?(?:\(S\))?", re.IGNORECASE)
_EXACT_NAME = re.compile(r"\(?exact name of (?:the )?(?:registrant|issuer|company)", re.IGNORECASE)
_REPORT = re.compile(
    r"date of (?:earliest event )?report|for the (?:quarterly period|fiscal year|quarter|year) ended", re.IGNORECASE
)
_PAGE = re.compile(
    r"(?:page\s+)?[-–]?\s*(?:[A-Z]-)?(?:\d{1,3}|[ivx]{1,5})\s*[-–]?|table of contents|_{3,}|-{3,}|={3,}", re.IGNORECASE
)
_NOT_TOLD = re.compile(
    r"risk factors|controls and procedures|exhibits?\b|mine safety|unresolved staff comments|form 10-k summary|"
    r"reserved",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\||\.{3,}|\s{3,})\s*\d{1,3}$")
_LINE = re.compile(r"[\W_]*")
_BODY = 400
"""Characters under a heading from which it is more than an entry of a table of contents."""


def item_number(block: Block) -> str | None:
    """Return the number of the item that a block opens ("5.02", "1A"), or None."""
    found = _ITEM.match(block.text)
    return found["number"].upper() if found else None


def items(blocks: Sequence[Block]) -> list[str]:
    """Return the numbers of the items that the blocks open, each once, in order."""
    return list(dict.fromkeys(number for block in blocks if (number := item_number(block))))


def told(blocks: Sequence[Block], form: str) -> list[bool]:
    """Return for each block whether it is what the filing tells.

    That is all from the first item to the signatures, and of the cover the filer's name and the date of the report.
    Cover, table of contents, page numbers, signatures and the index of exhibits are not, nor are the items of a report
    that tell what might happen (risk factors) or nothing of the business (controls, exhibits). A filing without items
    (a release as an exhibit, a contract) is told from its first line.
    """
    start = _start(blocks, form)
    if start is None:
        return [not _is_page(block) for block in blocks]
    end = _end(blocks, start)
    cover = _cover(blocks[:start])
    read = _read(blocks[start:end])
    return [
        index in cover or (start <= index < end and read[index - start] and not _is_page(block))
        for index, block in enumerate(blocks)
    ]


def registrant(blocks: Sequence[Block]) -> str | None:
    """Return the name of the company that files, as its cover gives it above "(Exact name of registrant ...)"."""
    index = _name_index(blocks)
    return blocks[index].text.split("\n")[0].strip(" |") if index is not None else None


def _start(blocks: Sequence[Block], form: str) -> int | None:
    """Return where the first item begins: on forms with a table of contents the first heading with a body under it."""
    opened = [index for index, block in enumerate(blocks) if item_number(block)]
    if not opened:
        return None
    if _CURRENT.match(form):
        return opened[0]
    for index, following in zip(opened, [*opened[1:], len(blocks)], strict=True):
        body = sum(len(block.text) for block in blocks[index:following] if block.kind != "row")
        if body >= _BODY and not _LISTED.search(blocks[index].text):
            return index
    return opened[0]


def _end(blocks: Sequence[Block], start: int) -> int:
    """Return where the signatures begin, which stand behind the last item."""
    found = [index for index in range(start + 1, len(blocks)) if _SIGNATURE.fullmatch(blocks[index].text.strip(" .:"))]
    return found[-1] if found else len(blocks)


def _read(blocks: Sequence[Block]) -> list[bool]:
    """Return for each block whether its item is to be read; a heading's title may stand in the block after it."""
    found: list[bool] = []
    told = True
    for index, block in enumerate(blocks):
        number = _ITEM.match(block.text)
        if number:
            title = number["title"].strip() or (blocks[index + 1].text if index + 1 < len(blocks) else "")
            told = not ("." not in number["number"] and _NOT_TOLD.match(title))
        found.append(told)
    return found


def _cover(blocks: Sequence[Block]) -> set[int]:
    kept = {index for index, block in enumerate(blocks) if _REPORT.search(block.text) and len(block.text) < 150}
    name = _name_index(blocks)
    return kept | ({name} if name is not None else set())


def _name_index(blocks: Sequence[Block]) -> int | None:
    for index, block in enumerate(blocks[:200]):
        found = _EXACT_NAME.search(block.text)
        if found and block.text[: found.start()].strip(" |\n"):
            return index
        if found:
            above = (i for i in range(index - 1, -1, -1) if not _LINE.fullmatch(blocks[i].text))
            return next(above, None)
    return None


def _is_page(block: Block) -> bool:
    return block.kind != "row" and bool(_PAGE.fullmatch(block.text.strip()))
