"""Which blocks of a page are its main text, and which only surround it.

Trafilatura judges what the article is; the words come from our own walk over the page, so that nothing it leaves out
is lost, and order, lists and tables stay as they were. Where it finds nothing, or on a page too large for it, the
page's own marks decide.
"""

import logging
import re
from collections import Counter
from typing import Any

from kg.text.blocks import Block

_WORD = re.compile(r"\w+")
_RUN = 4
"""Words in a row that two texts must share to be called alike."""

_MOST_ELEMENTS = 20_000
_MOST_CHARACTERS = 1_000_000
"""A page above either is no article, and trafilatura is not asked: its time grows with the square of some."""

_SUBSTANTIAL = 8
"""Words from which a block says something by itself; menus and labels have fewer."""


def main_blocks(tree: Any, blocks: list[Block]) -> list[bool]:
    """Return for each block whether it belongs to the main text; ``tree`` is the lxml tree that it comes from.

    The tree may be changed.
    """
    main = [False] * len(blocks)
    if not _is_large(tree, blocks):
        main = _judged(_trafilatura(tree), blocks)
    own = _marked(blocks)
    if _words(blocks, main) < 0.2 * _words(blocks, own):
        return own
    _fill(blocks, main)
    _head(blocks, main)
    return main


def _is_large(tree: Any, blocks: list[Block]) -> bool:
    characters = sum(len(block.text) for block in blocks)
    return characters > _MOST_CHARACTERS or sum(1 for _ in tree.iter()) > _MOST_ELEMENTS


def _trafilatura(tree: Any) -> str:
    """Return the main text as trafilatura sees it, or an empty text."""
    import trafilatura  # noqa: PLC0415  heavy

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # it warns of every page without an article
    try:
        found = trafilatura.bare_extraction(tree, fast=True, include_tables=True, include_comments=False)
    except Exception:  # noqa: BLE001  whatever a strange page does to it, our own rules are left
        return ""
    return (getattr(found, "text", None) or "") if found else ""


def _judged(text: str, blocks: list[Block]) -> list[bool]:
    """Tell for each block whether it is in the text: as a line of it, or with most of its runs of words.

    A line serves as many blocks as it occurs, outside navigation first: a breadcrumb repeats the title.
    """
    lines = Counter(key for line in text.split("\n") if (key := _key(line)))
    runs = set(_runs(_key(text)))
    keys = [_key(block.text) for block in blocks]
    main = [False] * len(blocks)
    for furniture in (False, True):
        for index, block in enumerate(blocks):
            if block.furniture is furniture and lines[keys[index]] > 0:
                lines[keys[index]] -= 1
                main[index] = True
    for index, block in enumerate(blocks):
        own = _runs(keys[index])
        if own and not main[index] and not block.furniture:
            main[index] = sum(run in runs for run in own) >= 0.7 * len(own)
    return main


def _key(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[start : start + _RUN] for start in range(len(words) - _RUN + 1)]


def _marked(blocks: list[Block]) -> list[bool]:
    """Tell for each block whether the page's own marks let it be main text: no furniture, no list of links.

    Where that leaves next to nothing, a name such as "sidebar" stands on the wrong container, and every block counts.
    """
    plain = [not block.furniture and not _is_links(block) for block in blocks]
    substantial = [_is_substantial(block) and not _is_links(block) for block in blocks]
    if _words(blocks, plain) < 0.2 * _words(blocks, substantial):
        return [not _is_links(block) for block in blocks]
    return plain


def _is_links(block: Block) -> bool:
    return block.linked > 0.6 * len(block.text)


def _is_substantial(block: Block) -> bool:
    return len(block.text.split()) >= _SUBSTANTIAL


def _words(blocks: list[Block], chosen: list[bool]) -> int:
    return sum(len(block.text.split()) for block, taken in zip(blocks, chosen, strict=True) if taken)


def _fill(blocks: list[Block], main: list[bool]) -> None:
    """Take in what was left out between first and last main block: rows, items, headings of what is main, siblings."""
    taken = [index for index, is_main in enumerate(main) if is_main]
    last = {blocks[index].parent: index for index in taken}
    reached: set[int] = set()
    for index in range(taken[0], taken[-1]) if taken else ():
        block = blocks[index]
        sibling = block.parent in reached and index < last[block.parent]
        if main[index]:
            reached.add(block.parent)
        elif not block.furniture and not _is_links(block):
            main[index] = block.kind in ("item", "row") or sibling
    for index in range(taken[-1] - 1, taken[0], -1) if taken else ():
        block = blocks[index]
        main[index] |= block.kind == "heading" and main[index + 1] and not block.furniture


def _head(blocks: list[Block], main: list[bool]) -> None:
    """Take in the page's heading above the main text, and what stands under it at a sentence's length."""
    first = main.index(True) if True in main else 0
    heads = [index for index in range(first) if blocks[index].level == 1 and not blocks[index].furniture]
    if not heads:
        return
    main[heads[-1]] = True
    for index in range(heads[-1] + 1, first):
        block = blocks[index]
        main[index] = not block.furniture and not _is_links(block) and _is_substantial(block)
