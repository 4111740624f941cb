"""Items: the tokens of a segment with names, quantities and dates taken whole, ready for the grammar."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.tags import tag
from kg.extract.tokens import Token, tokenize

Span = tuple[int, int]
Whole = tuple[int, int, str, int]
"""A name, amount or date: start, end, kind, and its index in the list that it comes from."""


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
    inside: dict[int, Whole] = {}
    for whole in taken:
        first = bisect_left(starts, whole[0])
        if first and tokens[first - 1].end > whole[0]:
            first -= 1
        if whole[2] == "amount" and tokens[first].lower in ("under", "over", "within") and _article(tokens, first + 1):
            whole = (tokens[first + 1].start, *whole[1:])  # "under a 15-year lease" has a preposition
            first += 1
        for i in range(first, len(tokens)):
            if tokens[i].start >= whole[1]:
                break
            inside[i] = whole
    for i, whole in inside.items():
        if whole[2] == "name":
            tokens[i].tag = "NAME"
    inside = _fuse(tokens, inside)
    tag(tokens, {i for i, whole in inside.items() if whole[2] == "name"})
    return list(_merge(tokens, inside))


_PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in (
        "letter of intent, letters of intent, memorandum of understanding, line of credit, letter of credit, "
        "right of first refusal, power purchase agreement, as well as, along with, together with, heads of terms, "
        "statement of work, bill of sale, request for proposals, "
        # Prepositions of several words.
        "in favour of, in favor of, on behalf of, instead of, because of, in addition to, according to, ahead of, "
        "in front of, next to, in respect of, in return for, in exchange for, in the form of, with respect to, as of, "
        "in place of, by way of, in view of, in case of, rather than, such as, as for, thanks to, owing to, due to, "
        "on top of, in terms of, at the expense of, in line with, in spite of, as part of, in connection with, "
        # Adverbs of several words.
        "no longer, at least, at most, so far, for example, for instance, of course, in turn, by then, in part, at present, "
        "in full, for now, in all, at once, at last, after all, in fact, for good, on average, by far, as yet, in general, "
        "at the moment, for the moment, for the most part, for its part, at the time, at the same time, on the whole, "
        "in the meantime, to date, in its entirety, in particular"
    ).split(", ")
)


def _article(tokens: list[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].lower in ("a", "an", "the")


_NOUNS = ("letter", "letters", "memorandum", "line", "right", "power", "heads", "statement", "bill", "request")
_SEVERAL = frozenset(" ".join(p) for p in _PHRASES if p[0] not in _NOUNS)
"""Fixed phrases that are prepositions or adverbs."""

_PHRASE_STARTS = frozenset(phrase[0] for phrase in _PHRASES)
_PREFIXES = frozenset("co pre re non multi joint long short vice ex anti inter cross".split())
_JOINING = {"as well as": "and", "along with": "with", "together with": "with"}
"""What a fixed phrase counts as that is no preposition of its own."""


def _joined(phrase: str) -> str:
    """Return a fixed phrase as the grammar knows it: a preposition with its words tied."""
    return _JOINING.get(phrase) or (phrase.replace(" ", "_") if phrase in _SEVERAL else phrase)


def _fuse(tokens: list[Token], inside: dict[int, Whole]) -> dict[int, Whole]:
    """Make one token of each fixed phrase and hyphened word, in place; return ``inside`` for the tokens that are left.

    "letter of intent" becomes a noun, "as well as" joins like "and", "co-founder" and "liquid-cooled" are one word.
    """
    fused: list[Token] = []
    left: dict[int, Whole] = {}
    i = 0
    while i < len(tokens):
        length = 1
        if i in inside:
            left[len(fused)] = inside[i]
        else:
            length = _phrase_length(tokens, i, inside) or _hyphened_length(tokens, i, inside)
        first, last = tokens[i], tokens[i + length - 1]
        if length > 1:
            hyphened = tokens[i + 1].text == "-"
            words = [t.text for t in tokens[i : i + length]]
            first.end, first.text = last.end, ("" if hyphened else " ").join(words)
            first.lower = first.text.casefold() if hyphened else _joined(" ".join(words).casefold())
        fused.append(first)
        i += length
    tokens[:] = fused
    return left


def _phrase_length(tokens: list[Token], i: int, inside: dict[int, Whole]) -> int:
    """Return how many tokens the fixed phrase has that begins here, or 0."""
    if tokens[i].lower not in _PHRASE_STARTS:
        return 0
    for length in (5, 4, 3, 2):
        words = tuple(t.lower for t in tokens[i : i + length])
        if len(words) == length and words in _PHRASES and inside.keys().isdisjoint(range(i, i + length)):
            return length
    return 0


def _hyphened_length(tokens: list[Token], i: int, inside: dict[int, Whole]) -> int:
    """Return how many tokens the hyphened word in lower case has that begins here."""
    j = i
    while (
        j + 2 < len(tokens)
        and tokens[j + 1].text == "-"
        and tokens[j].end == tokens[j + 1].start
        and tokens[j + 1].end == tokens[j + 2].start
        and tokens[j].text[0].isalpha()
        and tokens[j + 2].text.islower()
        and j + 2 not in inside
        and (tokens[j].text.islower() or (j == i and tokens[j].lower in _PREFIXES))
    ):
        j += 2
    return j - i + 1


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
