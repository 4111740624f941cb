"""What stands around a value: the words beside it, its phrase, the verbs near it, how far other things are."""

from kg.extract.grammar import words
from kg.extract.grammar.chunks import NP, VG
from kg.extract.grammar.items import Item
from kg.extract.ranking.features import THEMES
from kg.extract.reading import Parsed

Row = list[float]

HOW = ("name", "pronoun", "definite", "we", "relative", "topic", "inside")
KINDS = ("heading", "sentence", "bullet", "row")
NOWHERE = -9.0
"""Stands for what cannot be said of a thing that stands elsewhere."""


def numbered(words: str) -> dict[str, int]:
    """Return words with numbers from 1; 0 is any other word."""
    return {word: n for n, word in enumerate(words.split(), 1)}


BEFORE = numbered(
    "of for at a an the to under worth with in on by over from its another about , ( and or is was has have until "
    "since through than valued : - more further one as like into such including unlike be become"
)
"""Words before a value or a name that say as what it stands there."""

AFTER = numbered(
    "of in at from to for stake share per , ) . and with a worth years deal contract lease loan campus site data bond "
    "over under by on the nvidia ago ; - facility round investment order as like such including"
)
"""Words after it."""

_VERBS = {
    lemma: n
    for n, lemmas in enumerate(
        (
            "be", "have", "open launch inaugurate commission energize energise", "cost price",
            "build construct erect develop put", "run operate", "lease rent let take sign reserve book contract commit",
            "buy acquire pay purchase sell order", "value rate", "raise invest spend fund finance lend borrow",
            "hold house contain host install fill deploy pack", "draw use need consume burn",
            "begin start go come complete finish enter switch",
            "expand double grow reach rise enlarge increase add extend",
            "plan expect want intend propose target schedule", "supply provide deliver feed power generate produce",
            "say tell report", "own",
        ), 1,
    )
    for lemma in lemmas.split()
}  # fmt: skip


def beside(parsed: Parsed, at: int, first: int | None = None) -> Row:
    """Return the words beside a value, and the head of its phrase; ``first`` is where a longer one begins."""
    items = parsed.items
    start = at if first is None else first
    chunk = parsed.chunks[parsed.syntax.chunk_of[at]]
    return [
        float(BEFORE.get(items[start - 1].lower, 0)) if start else -1.0,
        float(BEFORE.get(items[start - 2].lower, 0)) if start > 1 else -1.0,
        float(AFTER.get(items[at + 1].lower, 0)) if at + 1 < len(items) else -1.0,
        theme(items[at + 1]) if at + 1 < len(items) else -1.0,
        theme(items[at + 2]) if at + 2 < len(items) else -1.0,
        theme(items[chunk.head]) if chunk.kind == NP and chunk.head != at else -1.0,
        float(BEFORE.get(items[chunk.first - 1].lower, 0)) if chunk.first else -1.0,
    ]


def verbs(parsed: Parsed, k: int) -> Row:
    """Return the classes of the verbs before and after a phrase, how far they are, and their mood."""
    row: Row = []
    for steps in (range(k - 1, max(-1, k - 9), -1), range(k + 1, min(len(parsed.chunks), k + 9))):
        j = next((j for j in steps if parsed.chunks[j].kind == VG), None)
        if j is None:
            row += [-1.0, -1.0, -1.0]
        else:
            group = parsed.chunks[j]
            row += [float(_VERBS.get(group.lemma, 0)), float(abs(j - k)), len(group.modals) + 2.0 * group.passive]
    return row


def apart(parsed: Parsed, one: int, other: int) -> Row:
    """Return how far two items stand apart: items, verbs, commas, clause words and conjunctions between them."""
    low, high = sorted((one, other))
    inner = parsed.items[low + 1 : high]
    first, last = parsed.syntax.chunk_of[low], parsed.syntax.chunk_of[high]
    return [
        float(other - one),
        float(sum(parsed.chunks[k].kind == VG for k in range(first + 1, last))),
        float(sum(i.lower in (",", "(", "–", "—") for i in inner)),
        float(sum(i.tag in ("REL", "SUB") or i.lower in (";", ":", ".") for i in inner)),
        float(sum(i.tag == "CONJ" for i in inner)),
    ]


def theme(item: Item) -> float:
    """Return the number of the theme that a word speaks of; names, amounts and dates have numbers of their own."""
    if item.kind != "word":
        return 50.0 + ("name", "amount", "date").index(item.kind)
    found = words.themes().get(item.lemma) or words.themes().get(item.lower) or frozenset()
    return float(min((THEMES.index(t) for t in found if t in THEMES), default=40))
