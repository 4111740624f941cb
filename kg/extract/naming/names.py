"""The names of a document: which strings name what, in two readings of it."""

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.extract.encoding import texts
from kg.extract.encoding.texts import LABELS, Hints
from kg.extract.grammar.tokens import tokenize
from kg.extract.learned import LazyWeights, Table, arrays_of, lines_of
from kg.extract.naming import gazetteer
from kg.extract.naming.entities import Guess, add_places_inside, cluster, occurrences
from kg.extract.naming.gazetteer import Match
from kg.extract.naming.runs import Run, runs
from kg.extract.naming.tagger import Context, Sentence, Weights, decode, score, surface, tally
from kg.extract.reading import TYPES, DocEntity, Occurrence
from kg.text.segment import Segment


@dataclass(slots=True)
class Model:
    """The weights of the two readings, and the words that many documents have."""

    first: Weights
    second: Weights
    common: frozenset[str]


@cache
def model() -> Model:
    """Return the trained model; made by ``scripts/train``. Raises OntologyError if beside another encoder."""
    data = arrays_of("names")
    texts.check_beside("names.npz", data.get("encoder"))
    first, second = (LazyWeights(Table.of(data, f"{name}.")) for name in ("first", "second"))
    return Model(first, second, frozenset(lines_of(data["common"])))


@dataclass(slots=True)
class Prepared:
    """A document made ready for naming: its runs with their sentences, and its words in lower case."""

    text: str
    runs: list[tuple[Sentence, Run]]
    matches: list[Match]
    lower: dict[str, int]


def prepare(text: str, segments: Sequence[Segment], hints: Hints) -> Prepared:
    """Find the stretches of each readable segment that may hold names; ``hints`` are the encoder's."""
    matched = gazetteer.matches(text)
    lower: dict[str, int] = defaultdict(int)
    for word in re.findall(r"\b[a-z][a-z]+\b", text):
        lower[word] += 1
    found = []
    at = 0
    for segment in segments:
        if segment.kind == "aside":
            continue
        tokens = tokenize(text, segment.start, segment.end)
        while at < len(matched) and matched[at].start < segment.start:
            at += 1
        inside = []
        for match in matched[at:]:
            if match.start >= segment.end:
                break
            if match.end <= segment.end:
                inside.append(match)
        long = [t for t in tokens if t.text[0].isalpha() and len(t.text) > 3]
        shouting = len(long) > 2 and sum(t.text[0].isupper() for t in long) >= 0.75 * len(long)
        sentence = Sentence.prepare(text, tokens, inside, segment.kind, hints, shouting=shouting)
        sure = [m for m in inside if not m.ambiguous]
        found += [(sentence, run) for run in runs(tokens, sure, shouting=shouting)]
    return Prepared(text, found, matched, dict(lower))


def spans(prepared: Prepared, weights: Weights, context: Context) -> list[tuple[Sentence, int, int, str, float]]:
    """Return the names that one reading finds: sentence, first and last token, type, margin."""
    found = []
    for sentence, run in prepared.runs:
        found += [(sentence, *name) for name in decode(sentence, run, weights, context)[0]]
    return found


TEMPERATURE = 6.0
"""Divides scores before they become chances: fitted on documents held out."""

WORTH = 0.1
"""Chance from which another type of a name is considered."""


def inventory(prepared: Prepared, trained: Model) -> dict[str, Guess]:
    """Return what each string names, after two readings of the document."""
    context = Context(prepared.lower, {}, {}, trained.common)
    first = spans(prepared, trained.first, context)
    votes, parts = tally([(surface(s, a, z), kind, margin) for s, a, z, kind, margin in first])
    context = Context(prepared.lower, votes, parts, trained.common)
    totals: dict[str, list[float]] = {}
    times: dict[str, int] = defaultdict(int)
    for sentence, a, z, _, _ in spans(prepared, trained.second, context):
        row = score(sentence, a, z, trained.second, context)
        name = surface(sentence, a, _given(sentence, z))
        total = totals.setdefault(name, [0.0] * len(TYPES))
        times[name] += 1
        for n in range(len(TYPES)):
            total[n] += row[n]
    return {name: _guess([v / math.sqrt(times[name]) for v in total]) for name, total in totals.items()}


def _given(sentence: Sentence, last: int) -> int:
    """Return the last token of a name with what a hyphen adds to a person's in small letters: "Kang Sung-mo".

    No run holds it, as most of what follows a hyphen is no name ("Musk-backed"); the encoder tells them apart.
    """
    following = sentence.tokens[last + 1 : last + 3]
    joined = [t.start for t in following] == [sentence.tokens[last].end, sentence.tokens[last].end + 1]
    if len(following) == 2 and joined and following[0].text == "-" and following[1].text.islower():
        hint = sentence.hints[last + 2]
        if hint is not None and LABELS[max(range(len(hint)), key=hint.__getitem__)] == "I-Person":
            return last + 2
    return last


def _guess(scores: Sequence[float]) -> Guess:
    top = max(scores)
    weights = [math.exp((v - top) / TEMPERATURE) for v in scores]
    chances = {kind: w / sum(weights) for kind, w in zip(TYPES, weights, strict=True)}
    likeliest = max(chances, key=lambda k: (chances[k], k))
    return Guess(likeliest, {k: round(c, 3) for k, c in chances.items() if c >= WORTH})


def name_document(
    text: str, segments: Sequence[Segment], hints: Hints | None = None, trained: Model | None = None
) -> tuple[list[DocEntity], list[Occurrence]]:
    """Return the entities that a document names, and every place where it names one.

    ``hints`` are what an encoder makes of its words, ``trained`` a model learned beside such hints; without them the
    package's own are taken.
    """
    if hints is None:
        encoder = texts.trained()
        hints = encoder.hints(encoder.encode(text, segments))
    prepared = prepare(text, segments, hints)
    found = inventory(prepared, trained or model())
    entities = cluster(text, found)
    add_places_inside(entities)
    return entities, occurrences(text, segments, entities)
