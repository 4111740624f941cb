"""Items: the tokens of a segment with names, quantities and dates taken whole, ready for the grammar."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.grammar.fusing import Whole, fuse
from kg.extract.grammar.tags import tag
from kg.extract.grammar.tokens import Token, tokenize

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


def items(  # noqa: PLR0917  three lists of spans read best in their order
    text: str, start: int, end: int, names: Sequence[Span], amounts: Sequence[Span], dates: Sequence[Span]
) -> list[Item]:
    """Return the items of ``text[start:end]``. The spans must not overlap, within a list or between the lists."""
    tokens = tokenize(text, start, end)
    inside = _wholes(tokens, {"name": names, "amount": amounts, "date": dates})
    for i, whole in inside.items():
        if whole[2] == "name":
            tokens[i].tag = "NAME"
    inside = fuse(tokens, inside)
    tag(tokens, {i for i, whole in inside.items() if whole[2] == "name"})
    return list(_merge(tokens, inside))


def _wholes(tokens: list[Token], spans: dict[str, Sequence[Span]]) -> dict[int, Whole]:
    """Return for each token that is inside a name, amount or date which one that is."""
    starts = [t.start for t in tokens]
    inside: dict[int, Whole] = {}
    for kind, listed in spans.items():
        for ref, (start, end) in enumerate(listed):
            first = bisect_left(starts, start)
            if first and tokens[first - 1].end > start:
                first -= 1
            if kind == "amount" and _governed(tokens, first):
                first += 1
            whole = (max(start, starts[first]), end, kind, ref) if first < len(tokens) else (start, end, kind, ref)
            for i in range(first, len(tokens)):
                if tokens[i].start >= end:
                    break
                inside[i] = whole
    return inside


def _governed(tokens: list[Token], i: int) -> bool:
    """Say whether an amount begins with a preposition that governs its phrase: "under a 15-year lease"."""
    articles = i + 1 < len(tokens) and tokens[i + 1].lower in ("a", "an", "the")
    return articles and tokens[i].lower in ("under", "over", "within")


def _merge(tokens: list[Token], inside: dict[int, Whole]) -> list[Item]:
    merged: list[Item] = []
    open_span: Whole | None = None
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
