"""Word pieces: a word as the encoder knows it, whole or in parts (Wu et al. 2016, as BERT cuts its uncased words)."""

import re
import unicodedata
from collections.abc import Sequence

CLS, SEP, MASK, UNKNOWN = "[CLS]", "[SEP]", "[MASK]", "[UNK]"
"""Pieces that are no text: the start of a window, the end of a segment, a hidden name, a sign that no piece holds."""

INNER = "##"
"""What a piece begins with that continues a word."""

_LONGEST = 60
_REMEMBERED = 50_000
_WORDS = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+|\S")  # an accent may be a sign of its own


class WordPieces:
    """Cuts text into known pieces, the longest that fit; case and accents do not count."""

    def __init__(self, pieces: Sequence[str]) -> None:
        """Take the pieces that are known, in the order of their numbers."""
        self._numbers = {piece: n for n, piece in enumerate(pieces)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __getitem__(self, piece: str) -> int:
        """Return the number of a piece."""
        return self._numbers[piece]

    def cut(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text; of a word beyond all measure only the beginning counts."""
        return [number for word in _WORDS.findall(text) for number in self._pieces(word[:_LONGEST])]

    def _pieces(self, word: str) -> tuple[int, ...]:
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = self._known[word] = self._cut(plain(word))
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        found, start = [], 0
        while start < len(word):
            lead = INNER if start else ""
            end = next((e for e in range(len(word), start, -1) if lead + word[start:e] in self._numbers), 0)
            if not end:
                return (self._numbers[UNKNOWN],)
            found.append(self._numbers[lead + word[start:end]])
            start = end
        return tuple(found)


def plain(word: str) -> str:
    """Return a word in small letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
