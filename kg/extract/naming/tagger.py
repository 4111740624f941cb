"""Tells names apart within a run, and gives each a type: a semi-Markov linear model over readable features.

Every division of a run into names and other words is scored as the sum of its parts, and the best one is taken
(Sarawagi and Cohen, "Semi-Markov Conditional Random Fields", NIPS 2004; weights learned by the structured averaged
perceptron: Collins, EMNLP 2002). Weights come from ``scripts/train``.
"""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.core.ids import fold
from kg.extract.encoding.texts import Hints
from kg.extract.grammar import words
from kg.extract.grammar.tokens import Token
from kg.extract.naming import gazetteer
from kg.extract.naming.gazetteer import Match
from kg.extract.naming.runs import SITE_TAILS, Run
from kg.extract.reading import TYPES
from kg.schema import places

LONGEST = 8
RECALL = 2.0
"""How much the model leans towards calling something a name: a name too many costs less than one too few."""
TRUST = 3.0
"""How much a log-probability of the encoder weighs; the weights of features are learned beside it."""

Weights = Mapping[str, Sequence[float]]
"""For each feature a weight a type, in the order of TYPES, and last that of being no name."""

_LEGAL = frozenset(
    "inc corp corporation co company ltd limited llc plc lp llp ag se sa nv bv gmbh oyj ab asa spa bhd sdn pte "
    "pty kk group holdings holding sas srl".split()
)
_SHAPES = (
    (re.compile(r"[A-Z]"), "X"),
    (re.compile(r"[a-z]"), "x"),
    (re.compile(r"[^\W\d_]"), "x"),
    (re.compile(r"\d"), "9"),
)


@dataclass(slots=True)
class Context:
    """What the model knows of a whole document: how often a string occurs with a capital, and in lower case."""

    lower: Mapping[str, int] = field(default_factory=dict)
    votes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    common: frozenset[str] = frozenset()


@dataclass(slots=True)
class Sentence:
    """A segment prepared for the model: tokens, registry matches by token span, and whether it is all capitals.

    ``hints`` has what the encoder makes of each token, or None where it has not read it.
    """

    tokens: list[Token]
    matches: dict[tuple[int, int], Match]
    shouting: bool
    kind: str
    text: str
    hints: list[Sequence[float] | None]
    _known: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    """What the model sees of a span, but for votes: it is looked at in each reading, and in training often."""

    def features(self, first: int, last: int, context: Context) -> list[str]:
        """Return what the model sees of a span in itself and around it."""
        found = self._known.get((first, last))
        if found is None:
            found = self._known[first, last] = [*map(sys.intern, _features(self, first, last, context))]
        return found

    @classmethod
    def prepare(
        cls, text: str, tokens: list[Token], matched: Sequence[Match], kind: str, hints: Hints, *, shouting: bool
    ) -> "Sentence":
        """Tie registry matches and hints to tokens; a match that does not end at a token's end is left out."""
        starts = [t.start for t in tokens]
        ends = {t.end: i for i, t in enumerate(tokens)}
        tied = {}
        for match in matched:
            first = bisect_left(starts, match.start)
            last = ends.get(match.end)
            if first < len(tokens) and tokens[first].start == match.start and last is not None:
                tied[first, last] = match
        return cls(tokens, tied, shouting, kind, text, [hints.get(start) for start in starts])


def decode(
    sentence: Sentence, run: Run, weights: Weights, context: Context
) -> tuple[list[tuple[int, int, str, float]], float]:
    """Return the names of a run, as (first token, last token, type, margin), and the total score.

    The margin is that over the next best type, or over being none.
    """
    best: list[tuple[float, int, int]] = [(0.0, -1, -1)]
    length = run.last - run.first + 1
    scores: dict[tuple[int, int], list[float]] = {}
    for end in range(1, length + 1):
        choice = (-1e18, -1, -1)
        for begin in range(max(0, end - LONGEST), end):
            first, last = run.first + begin, run.first + end - 1
            if end - begin > 1 and not _whole(sentence, first, last):
                continue
            row = score(sentence, first, last, weights, context)
            scores[first, last] = row
            options = range(len(TYPES) + 1) if end - begin == 1 else range(len(TYPES))
            if end - begin == 1 and not _can_be_name(sentence, first):
                options = range(len(TYPES), len(TYPES) + 1)
            for kind in options:
                total = best[begin][0] + row[kind]
                if total > choice[0]:
                    choice = (total, begin, kind)
        best.append(choice)
    found = []
    end = length
    while end > 0:
        _, begin, kind = best[end]
        if kind < len(TYPES):
            first, last = run.first + begin, run.first + end - 1
            row = scores[first, last]
            found.append((first, last, TYPES[kind], row[kind] - max(v for n, v in enumerate(row) if n != kind)))
        end = begin
    return found[::-1], best[length][0]


def _can_be_name(sentence: Sentence, i: int) -> bool:
    token = sentence.tokens[i]
    return token.text[0].isalnum() and (any(c.isupper() for c in token.text) or (i, i) in sentence.matches)


def _whole(sentence: Sentence, first: int, last: int) -> bool:
    """Say whether a span may be one name: it neither begins nor ends with a connector."""
    if (first, last) in sentence.matches:
        return True
    a, z = sentence.tokens[first], sentence.tokens[last]
    if z.text.islower() and z.lower not in SITE_TAILS and not z.text.isdigit():
        return False
    if not z.text[0].isalnum() or z.lower in (
        "of",
        "and",
        "de",
        "for",
        "the",
        "et",
        "y",
        "du",
        "des",
        "del",
        "di",
        "da",
        "do",
        "e",
        "der",
        "la",
        "le",
    ):
        return False
    if not a.text[0].isalnum() or a.text[0].isdigit():
        return False
    return any(c.isupper() for c in a.text) or (first, first) in sentence.matches


def score(sentence: Sentence, first: int, last: int, weights: Weights, context: Context) -> list[float]:
    """Return the score of a span for each type, and of being no name."""
    total = _hinted(sentence.hints[first : last + 1])
    for feature in features(sentence, first, last, context):
        row = weights.get(feature)
        if row is not None:
            for n, value in enumerate(row):
                total[n] += value
    return total


def _hinted(hints: Sequence[Sequence[float] | None]) -> list[float]:
    """Return what the encoder makes of the words of a span being one name of each type, and being none."""
    total = [0.0] * len(TYPES) + [-RECALL]
    for at, row in enumerate(hints):
        if row is not None:
            inside = row[1 : 1 + len(TYPES)] if at == 0 else row[1 + len(TYPES) :]
            for n, value in enumerate((*inside, row[0])):
                total[n] += TRUST * value
    return total


@lru_cache(maxsize=1 << 14)
def shape(word: str) -> str:
    """Return the shape of a word: "CoreWeave" → "XxXx", "GB200" → "X9"."""
    kinds = ""
    for character in word:
        kind = next((s for pattern, s in _SHAPES if pattern.match(character)), "-")
        if not kinds.endswith(kind):
            kinds += kind
    return kinds


def features(sentence: Sentence, first: int, last: int, context: Context) -> Iterator[str]:
    """Yield what the model sees of a span."""
    yield from sentence.features(first, last, context)
    yield from _votes(surface(sentence, first, last), context)


def surface(sentence: Sentence, first: int, last: int) -> str:
    """Return the letters of a span of tokens."""
    return sentence.text[sentence.tokens[first].start : sentence.tokens[last].end]


def _features(sentence: Sentence, first: int, last: int, context: Context) -> Iterator[str]:
    tokens = sentence.tokens
    head, tail = tokens[first], tokens[last]
    length = last - first + 1
    yield "one" if length == 1 else "many"
    yield f"length={min(length, 5)}"
    yield from _registry_features(sentence, first, last)
    yield f"first={_word(head, context)}"
    yield f"last={_word(tail, context)}"
    yield f"shape={'_'.join(shape(t.text) for t in tokens[first : last + 1])}"
    for token in tokens[first + 1 : last]:
        yield f"in={_word(token, context)}"
    if length == 1:
        yield f"suffix={head.lower[-3:]}"
        yield f"prefix={head.lower[:3]}"
        for i in range(2, min(6, len(head.lower))):
            yield f"end={head.lower[-i:]}"
        lower = context.lower.get(head.lower, 0)
        if lower:
            yield "lower in document"
        if head.lower in words.verb_forms():
            yield "verb" + ("/shouting" if sentence.shouting else "")
    if fold(head.text) in words.first_names():
        yield "given name first"
    if head.text.isupper() and len(head.text) > 1:
        yield "capitals" + ("/shouting" if sentence.shouting else "")
    if tail.lower in _LEGAL:
        yield "legal"
    yield from _place_features(sentence, first, last)
    yield from _around(sentence, first, last)


def _word(token: Token, context: Context) -> str:
    """Return a word if many documents have it; a name that one document has teaches nothing about others."""
    return token.lower if token.lower in context.common else "rare"


def _votes(name: str, context: Context) -> Iterator[str]:
    """Yield what a first reading made of the same string elsewhere in the document."""
    if not context.votes:
        return
    folded = name.casefold()
    votes = context.votes.get(folded, {})
    top = max(votes, key=lambda kind: (votes[kind], kind), default=None)
    yield f"vote={top}" if top else "vote=none"
    if top and votes[top] > 1.5:
        yield f"votes={top}"
    if top and len(votes) > 1:
        yield "votes differ"
    part = context.parts.get(folded, {})
    whole = max(part, key=lambda kind: (part[kind], kind), default=None)
    if whole:
        yield f"part of={whole}"
        if top == whole:
            yield "part and vote agree"


def tally(names: Sequence[tuple[str, str, float]]) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Return the votes of a first reading (name, type, margin): for whole names, and for the short forms they allow."""
    votes: dict[str, dict[str, float]] = {}
    parts: dict[str, dict[str, float]] = {}
    for name, kind, margin in names:
        weight = 1.0 if margin > 2 else 0.6
        folded = name.casefold()
        row = votes.setdefault(folded, {})
        row[kind] = row.get(kind, 0.0) + weight
        for short in short_forms(folded, kind):
            row = parts.setdefault(short, {})
            row[kind] = row.get(kind, 0.0) + weight
    return votes, parts


def short_forms(name: str, kind: str) -> set[str]:
    """Return how texts shorten a name: the last word of a person, the first words of a company or site, initials."""
    split = name.split()
    if len(split) < 2:
        return set()
    if kind == "Person":
        return {split[-1], split[0]}
    forms = {" ".join(split[:n]) for n in range(1, len(split))}
    if split[0] in ("the", "project"):
        forms.add(" ".join(split[1:]))
    initials = "".join(word[0] for word in split if word[0].isalnum())
    if len(initials) > 1:
        forms.add(initials)
    return forms


def _registry_features(sentence: Sentence, first: int, last: int) -> Iterator[str]:
    match = sentence.matches.get((first, last))
    if match:
        kinds = sorted({gazetteer.known(i).type for i in match.ids})
        sure = "maybe" if match.ambiguous else "sure"
        for kind in kinds:
            yield f"registry={kind}/{sure}"
        if match.ambiguous and first == last:
            yield "registry=one unsure word"
    else:
        yield "registry=none"
        for cut in range(first, last):
            left, right = sentence.matches.get((first, cut)), sentence.matches.get((cut + 1, last))
            if left:
                yield f"begins={gazetteer.known(left.ids[0]).type}/{'maybe' if left.ambiguous else 'sure'}"
            if right:
                yield f"ends={gazetteer.known(right.ids[0]).type}/{'maybe' if right.ambiguous else 'sure'}"
            if left and right:
                yield "two known names"
    if any(a <= first and last <= z and (a, z) != (first, last) for a, z in sentence.matches):
        yield "inside a known name"


def _place_features(sentence: Sentence, first: int, last: int) -> Iterator[str]:
    if last - first > 3:
        return
    name = surface(sentence, first, last)
    if places.known(name):
        found = places.find(name)
        yield f"place={found[0].kind}"
        if found[0].population > 100_000:
            yield "place=large"
    elif first < last and places.known(surface(sentence, first, last - 1)):
        yield f"place then {sentence.tokens[last].lower}"


def _around(sentence: Sentence, first: int, last: int) -> Iterator[str]:
    tokens = sentence.tokens
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    yield f"before={before.lower if before else '^'}"
    yield f"after={after.lower if after else '$'}"
    if before and first > 1:
        yield f"before2={tokens[first - 2].lower} {before.lower}"
    if after and last + 2 < len(tokens):
        yield f"after2={after.lower} {tokens[last + 2].lower}"
        if after.lower in (",", "("):
            follow = [t.lower for t in tokens[last + 2 : last + 8]]
            for word in follow:
                yield f"told={word}"
    if before and before.lower == ",":
        for token in tokens[max(0, first - 5) : first - 1]:
            yield f"teller={token.lower}"
    for n in (2, 3, 4):
        if last + n < len(tokens):
            yield f"near after={tokens[last + n].lower}"
        if first - n >= 0:
            yield f"near before={tokens[first - n].lower}"
    yield f"segment={sentence.kind}" + ("/shouting" if sentence.shouting else "")
