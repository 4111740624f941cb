"""Noun phrases: a pattern over one letter an item, from determiner to head, with possessors inside."""

import re

from kg.extract import words
from kg.extract.chunks import NP, VG, Chunk
from kg.extract.items import Item

_CODES = {
    "DET": "D", "POSS": "S", "ADJ": "J", "NUM": "#", "DATE": "T", "NOUN": "N", "NAME": "M", "GEN": "G", "VBN": "V",
    "VBG": "I", "ADV": "A", "PRON": "P",
}  # fmt: skip
"""The letter of each tag; ``t`` is a noun of time, ``-`` a hyphen inside a word, ``q`` a quotation mark, ``.`` the rest."""

_PHRASE = re.compile(
    r"""(?x)
    P
    | (?:A(?=[J\#V]))? D* (?:(?<=D)\#)? S?
      (?: [J\#q]
        | A (?=[JV\#])
        | T (?=[NtJ])
        | [VI] (?=[NMJ\#VI-])
        | N (?=[-NMJ\#Gtq]) - ?
        | M (?=[NMJGtq-]) -?
        | - (?=[NMJVIt])
        | t (?=[NGt-])
        | (?<=[NMtTVIJ\#q]) G
      )*
      [NMtT\#J] q?
    """
)
_DATIVE = frozenset(
    "name appoint elect give hand grant lend pay owe promise offer award guarantee cost save fetch earn loan".split()
)
_DEGREE = frozenset(
    "about almost around some just only perhaps very more most less least so too as half even once".split()
)
_QUOTES = frozenset('"“”‘’')


def phrase_codes(items: list[Item]) -> str:
    """Return a letter for each item, for the pattern of noun phrases."""
    codes = []
    for i, item in enumerate(items):
        code = _CODES.get(item.tag, ".")
        if item.kind == "amount":
            code = "#"
        elif code == "A" and not (item.lower.endswith("ly") or item.lower in _DEGREE):
            code = "."
        elif code == "N" and item.lower in words.TIMES:
            code = "t"
        elif item.tag == "PUNCT":
            if item.lower in ("-", "–", "/") and 0 < i < len(items) - 1 and _tight(items, i):
                code = "-"
            elif item.lower in _QUOTES:
                code = "q"
        codes.append(code)
    return "".join(codes)


def noun_phrase(items: list[Item], codes: str, i: int, before: Chunk | None) -> Chunk | None:
    """Return the noun phrase that begins here, if one does."""
    if codes[i] in ".q-GVI":
        return None
    found = _PHRASE.match(codes, i)
    if not found:
        return Chunk(NP, i, i, items[i].lower, head=i) if codes[i] in "DS" else None
    last = _cut(items, codes, i, found.end() - 1, before)
    while last > i and codes[last] == "q":
        last -= 1
    head = last
    names = [k for k in range(i, last + 1) if items[k].kind == "name"]
    return Chunk(NP, i, last, items[head].lemma, head=head, names=names)


def _cut(items: list[Item], codes: str, first: int, last: int, before: Chunk | None) -> int:
    """Return where a phrase really ends: a number after its noun, a second object or a new subject begin another."""
    head = -1
    for j in range(first, last + 1):
        code = codes[j]
        if code == "G":
            head = -1
            continue
        if head >= 0:
            if code == "M" and codes[head] == "#" and head == j - 1 and _apart(items[head]):
                return head  # "For $36m Prosus has 61%", "For four years Amaranth rented"
            quantity = items[j].kind in ("amount", "date") or code == "D"
            if quantity and codes[head] != "#" and not (code == "T" and j < last):
                return head
            if code == "J" and j < last and codes[j + 1] == "t":
                return head  # "led the round last month"
            if _second_object(items, codes, first, head, j, before) or _new_subject(items, codes, first, head, j, last):
                return head
        if code in "NMt" or (code == "#" and (j == last or codes[j + 1] not in "NMJt-VI#")):
            head = j
    return last


def _apart(item: Item) -> bool:
    """Say whether a quantity cannot stand before a name in one phrase: money, a share, a time."""
    word = item.lower.rsplit(maxsplit=1)[-1]
    return item.kind == "amount" and (
        item.lower[0] in "$€£¥" or word in words.TIMES or word in ("%", "percent", "cent", "decades")
    )


def _second_object(items: list[Item], codes: str, first: int, head: int, j: int, before: Chunk | None) -> bool:
    """Say whether a name is what something is given to: "hands Oracle warrants"."""
    if before is None or before.kind != VG or before.lemma not in _DATIVE or before.passive:
        return False
    return head == first and codes[head] == "M" and codes[j] in "NJ" and codes[head + 1] != "-"


def _new_subject(items: list[Item], codes: str, first: int, head: int, j: int, last: int) -> bool:
    """Say whether a name after a noun is the subject of a clause of its own: "the site Oracle leases"."""
    if codes[j] != "M" or codes[j - 1] != "N" or items[head].lemma in words.group("title"):
        return False
    if "G" in codes[first:j] or codes[first] not in "DJ#":
        return False  # "xAI's supercomputer Colossus", "startup Firmus"
    after = last + 1
    while after < len(items) and items[after].tag == "ADV":
        after += 1
    return after < len(items) and items[after].tag in ("VBZ", "VBD", "MODAL", "HAVE", "DO", "BE") and j == last


def _tight(items: list[Item], j: int) -> bool:
    return items[j - 1].end == items[j].start and items[j].end == items[j + 1].start
