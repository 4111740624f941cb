"""Makes one token of words that count as one: fixed phrases, and words that a hyphen ties."""

from functools import cache

from kg.extract.grammar.tokens import Token
from kg.extract.grammar.words import lexicon_lines

Whole = tuple[int, int, str, int]
"""A name, amount or date: start, end, kind, and its index in the list that it comes from."""

_PREFIXES = frozenset("co pre re non multi joint long short vice ex anti inter cross".split())
_LONGEST = 5


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    """Return the fixed phrases of ``lexicon/phrases.txt`` with the letters that stand for each.

    A noun keeps its words; a preposition or adverb has them tied ("no_longer"), which tells it from other words.
    """
    found: dict[tuple[str, ...], str] = {}
    for line in lexicon_lines("phrases.txt"):
        kind, listed = line.split(maxsplit=1)
        for phrase in listed.split(", "):
            words = tuple(phrase.split())
            tied = {"noun": phrase, "preposition": "_".join(words), "adverb": "_".join(words)}
            found[words] = tied.get(kind, kind)
    return found


@cache
def _starts() -> frozenset[str]:
    return frozenset(words[0] for words in _phrases())


def fuse(tokens: list[Token], inside: dict[int, Whole]) -> dict[int, Whole]:
    """Fuse in place, but for what is ``inside`` names, amounts and dates; return ``inside`` for the tokens left.

    "letter of intent" becomes a noun, "as well as" joins like "and", "co-founder" and "liquid-cooled" are one word.
    """
    fused: list[Token] = []
    left: dict[int, Whole] = {}
    i = 0
    while i < len(tokens):
        length, lower = 1, tokens[i].lower
        if i in inside:
            left[len(fused)] = inside[i]
        else:
            length, lower = _phrase(tokens, i, inside) or _hyphened(tokens, i, inside)
        first, last = tokens[i], tokens[i + length - 1]
        if length > 1:
            first.text, first.lower, first.end = f"{first.text}…{last.text}", lower, last.end
        fused.append(first)
        i += length
    tokens[:] = fused
    return left


def _phrase(tokens: list[Token], i: int, inside: dict[int, Whole]) -> tuple[int, str] | None:
    """Return how many tokens the fixed phrase has that begins here, and its letters."""
    if tokens[i].lower not in _starts():
        return None
    for length in range(_LONGEST, 1, -1):
        found = tuple(t.lower for t in tokens[i : i + length])
        letters = _phrases().get(found) if len(found) == length else None
        if letters and inside.keys().isdisjoint(range(i, i + length)):
            return length, letters
    return None


def _hyphened(tokens: list[Token], i: int, inside: dict[int, Whole]) -> tuple[int, str]:
    """Return how many tokens the hyphened word in lower case has that begins here, and its letters."""
    j = i
    while j + 2 < len(tokens) and j + 2 not in inside and _tied(tokens, j, first=j == i):
        j += 2
    return j - i + 1, "".join(t.lower for t in tokens[i : j + 1])


def _tied(tokens: list[Token], j: int, *, first: bool) -> bool:
    """Say whether a hyphen ties a token to the one after it, both in lower case: "co-founder", not "Nvidia-backed"."""
    word, mark, after = tokens[j : j + 3]
    if mark.text != "-" or word.end != mark.start or mark.end != after.start:
        return False
    small = word.text.islower() or (first and word.lower in _PREFIXES)
    return small and word.text[0].isalpha() and after.text.islower()
