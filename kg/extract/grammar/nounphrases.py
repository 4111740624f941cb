"""Noun phrases: a pattern over one letter an item, from determiner to head, with possessors inside."""

import re

from kg.extract.grammar import words
from kg.extract.grammar.chunks import NP, PP, VG, Chunk
from kg.extract.grammar.items import Item

_CODES = {
    "DET": "D", "POSS": "S", "ADJ": "J", "NUM": "#", "DATE": "T", "NOUN": "N", "NAME": "M", "GEN": "G", "VBN": "V",
    "VBG": "I", "ADV": "A", "PRON": "P",
}  # fmt: skip
"""The letter of each tag; ``t`` is a noun of time, ``-`` a hyphen in a word, ``q`` a quotation mark, ``.`` the rest."""

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
_FINITE = frozenset(("VBZ", "VBD", "MODAL", "HAVE", "DO", "BE"))
_HYPHENS = frozenset(("-", "–", "/"))
_QUOTES = frozenset('"“”‘’')


class NounPhrases:
    """Finds the noun phrases among the items of a segment."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.codes = "".join(self._code(i) for i in range(len(items)))

    def _code(self, i: int) -> str:
        """Return the letter of an item."""
        item = self.items[i]
        if item.kind == "amount":
            return "#"
        if item.tag == "PUNCT":
            if item.lower in _HYPHENS and 0 < i < len(self.items) - 1 and self._tight(i):
                return "-"
            return "q" if item.lower in _QUOTES else "."
        code = _CODES.get(item.tag, ".")
        if code == "A" and not (item.lower.endswith("ly") or item.lower in _DEGREE):
            return "."
        return "t" if code == "N" and item.lower in words.TIMES else code

    def _tight(self, i: int) -> bool:
        before, here, after = self.items[i - 1 : i + 2]
        return before.end == here.start and here.end == after.start

    def at(self, i: int, before: Chunk | None) -> Chunk | None:
        """Return the noun phrase that begins at an item, if one does; ``before`` is the chunk before it."""
        items, codes = self.items, self.codes
        if codes[i] in ".q-GVI":
            return None
        found = _PHRASE.match(codes, i)
        if not found:
            return Chunk(NP, i, i, items[i].lower, head=i) if codes[i] in "DS" else None
        gives = before is not None and before.kind == VG and before.lemma in _DATIVE and not before.passive
        governed = before is not None and before.kind == PP
        last = self._cut(i, found.end() - 1, gives=gives, governed=governed)
        while last > i and codes[last] == "q":
            last -= 1
        names = [k for k in range(i, last + 1) if items[k].kind == "name"]
        return Chunk(NP, i, last, items[last].lemma, head=last, names=names)

    def _cut(self, first: int, last: int, *, gives: bool, governed: bool) -> int:
        """Return where a phrase really ends: where another one begins without a word between them."""
        codes, head = self.codes, -1
        for j in range(first, last + 1):
            code = codes[j]
            if code == "G":
                head = -1
                continue
            if code == "M" and j > first and codes[j - 1] == "#" and _apart(self.items[j - 1]):
                return j - 1
            if head >= 0 and (
                self._quantity(head, j, last)
                or (gives and self._second_object(first, head, j))
                or self._new_subject(first, head, j, last, governed=governed)
            ):
                return head
            if code in "NMt" or (code == "#" and (j == last or codes[j + 1] not in "NMJt-VI#")):
                head = j
        return last

    def _quantity(self, head: int, j: int, last: int) -> bool:
        """Say whether a number, time or article after a noun begins another phrase."""
        codes, item = self.codes, self.items[j]
        if codes[j] == "J":
            return j < last and codes[j + 1] == "t"  # "led the round last month"
        apart = item.kind in ("amount", "date") or codes[j] == "D"
        return apart and codes[head] != "#" and not (codes[j] == "T" and j < last)

    def _second_object(self, first: int, head: int, j: int) -> bool:
        """Say whether a name is what something is given to: "hands Oracle warrants"."""
        codes = self.codes
        return head == first and codes[head] == "M" and codes[j] in "NJ" and codes[head + 1] != "-"

    def _new_subject(self, first: int, head: int, j: int, last: int, *, governed: bool) -> bool:
        """Say whether a name after a noun is the subject of a clause: "the site Oracle leases", "in cash Tarn buys"."""
        codes = self.codes
        if j < last or codes[j - 1 : j + 1] != "NM" or self.items[head].lemma in words.group("title"):
            return False
        alone = governed and head == first
        if "G" in codes[first:j] or not (alone or codes[first] in "DJ#"):
            return False  # "xAI's supercomputer Colossus", "startup Firmus"
        after = last + 1
        while after < len(self.items) and self.items[after].tag == "ADV":
            after += 1
        return after < len(self.items) and self.items[after].tag in _FINITE


def _apart(item: Item) -> bool:
    """Say whether a quantity cannot stand before a name in one phrase: "For $36m Prosus has", "For four years Tarn"."""
    word = item.lower.rsplit(maxsplit=1)[-1]
    shares = word in words.TIMES or word in ("%", "percent", "cent", "decades")
    return item.kind == "amount" and (item.lower[0] in "$€£¥" or shares)
