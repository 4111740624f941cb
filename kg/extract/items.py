"""Items: the tokens of a segment with names, quantities and dates taken whole, ready for the grammar."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.tags import tag
from kg.extract.tokens import Token, tokenize

Span = tuple[int, int]


@dataclass(slots=True)
class Item:
    """A word, mark, name, quantity or date, as one unit of grammar.

    ``kind`` is word, name, amount or date; ``ref`` indexes the list that the name, amount or date comes from.
    """

    start: int
    end: int
    lower: str
    tag: str
    lemma: str
    kind: str = "word"
    ref: int = -1


def items(
    text: str, start: int, end: int, names: Sequence[Span], amounts: Sequence[Span], dates: Sequence[Span]
) -> list[Item]:
    """Return the items of ``text[start:end]``. The spans must not overlap, within a list or between the lists."""
    tokens = tokenize(text, start, end)
    taken = sorted(
        [(s, e, "name", i) for i, (s, e) in enumerate(names)]
        + [(s, e, "amount", i) for i, (s, e) in enumerate(amounts)]
        + [(s, e, "date", i) for i, (s, e) in enumerate(dates)]
    )
    starts = [t.start for t in tokens]
    inside: dict[int, tuple[int, int, str, int]] = {}
    for whole in taken:
        first = bisect_left(starts, whole[0])
        if first and tokens[first - 1].end > whole[0]:
            first -= 1
        for i in range(first, len(tokens)):
            if tokens[i].start >= whole[1]:
                break
            inside[i] = whole
    for i, whole in inside.items():
        if whole[2] == "name":
            tokens[i].tag = "NAME"
    _fuse(tokens, inside)
    tag(tokens, {i for i, whole in inside.items() if whole[2] == "name"})
    return list(_merge(tokens, inside))


_PHRASES = {
    ("letter", "of", "intent"), ("letters", "of", "intent"), ("memorandum", "of", "understanding"), ("line", "of", "credit"),
    ("letter", "of", "credit"), ("right", "of", "first", "refusal"), ("power", "purchase", "agreement"), ("as", "well", "as"),
}  # fmt: skip


def _fuse(tokens: list[Token], inside: dict[int, tuple[int, int, str, int]]) -> None:
    """Make one token of a fixed phrase, in place; "letter of intent" is a noun, "as well as" joins like "and"."""
    i = 0
    while i < len(tokens):
        for length in (4, 3):
            part = tuple(t.lower for t in tokens[i : i + length])
            if part in _PHRASES and not any(k in inside for k in range(i, i + length)):
                first, last = tokens[i], tokens[i + length - 1]
                first.end, first.text = last.end, f"{first.text} {last.text}"
                first.lower = "and" if part[0] == "as" else " ".join(part)
                del tokens[i + 1 : i + length]
                for k in sorted(k for k in inside if k > i):
                    inside[k - length + 1] = inside.pop(k)
                break
        i += 1


def _merge(tokens: list[Token], inside: dict[int, tuple[int, int, str, int]]) -> list[Item]:
    merged: list[Item] = []
    open_span: tuple[int, int, str, int] | None = None
    for i, token in enumerate(tokens):
        whole = inside.get(i)
        if whole is None:
            merged.append(Item(token.start, token.end, token.lower, token.tag, token.lemma))
        elif whole is not open_span:
            kind = {"name": "NAME", "amount": "NUM", "date": "DATE"}[whole[2]]
            merged.append(Item(whole[0], whole[1], token.lower, kind, token.lower, whole[2], whole[3]))
        else:
            merged[-1].lower += " " + token.lower
        open_span = whole
    return merged
