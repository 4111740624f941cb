"""Learns the weights by which names are told apart and typed: two readings, the second with the votes of the first."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.extract.encoding.texts import Hints
from kg.extract.naming.names import Model, Prepared, prepare, spans
from kg.extract.naming.runs import Run
from kg.extract.naming.tagger import LONGEST, Context, Sentence, decode, features, surface, tally
from kg.extract.reading import TYPES
from kg.schema import places
from scripts.train.corpus import Annotated, fold_of

Weights = dict[str, list[float]]
EPOCHS = 5
FOLDS = 3


def learnable(form: str, kind: str) -> str | None:
    """Return the part of a gold name that is a name in itself; epithets are found by other means."""
    if kind == "Place" and "," in form:
        return form.split(",", maxsplit=1)[0]
    if re.match(r"(the|its|our|a|an) ", form, re.IGNORECASE) and not (kind == "Facility" and form.startswith("The ")):
        return None
    if re.search(r"['’]s ", form) and kind != "Facility":
        return None
    return form


def gold_spans(document: Annotated) -> dict[tuple[int, int], str]:
    """Return where the text names a gold entity, with its type; the longest name counts."""
    forms: dict[str, str] = {}
    for entity in document.gold["entities"]:
        for form in [entity["name"], *entity["aliases"]]:
            part = learnable(form, entity["type"])
            if part:
                forms[part] = entity["type"]
    if not forms:
        return {}
    pattern = "|".join(rf"(?<!\w){re.escape(f)}(?!\w)" for f in sorted(forms, key=len, reverse=True))
    return {m.span(): forms[m.group()] for m in re.finditer(pattern, document.text)}


def _gold_names(
    sentence: Sentence, run: Run, spans_of_gold: dict[int, list[tuple[int, str]]]
) -> list[tuple[int, int, str]]:
    found = []
    i = run.first
    while i <= run.last:
        hit = None
        for end, kind in spans_of_gold.get(sentence.tokens[i].start, ()):
            for j in range(i, min(run.last, i + LONGEST - 1) + 1):
                if sentence.tokens[j].end == end and (hit is None or j > hit[0]):
                    hit = (j, kind)
        if hit:
            found.append((i, hit[0], hit[1]))
            i = hit[0] + 1
        else:
            i += 1
    return found


def _with_unlisted(
    found: list[tuple[int, int, str]], gold: list[tuple[int, int, str]], sentence: Sentence, plain: frozenset[str]
) -> list[tuple[int, int, str]]:
    """Allow names that the gold, which has no use for them, leaves out: listed ones, and those of no plain words."""
    allowed = list(gold)
    for first, last, kind in found:
        if any(first <= z and last >= a for a, z, _ in gold):
            continue
        listed = (first, last) in sentence.matches or (kind == "Place" and places.known(surface(sentence, first, last)))
        odd = any(t.text[0].isupper() and t.lower not in plain for t in sentence.tokens[first : last + 1])
        if listed or odd:
            allowed.append((first, last, kind))
    return sorted(allowed)


def _counts(
    sentence: Sentence, run: Run, names: list[tuple[int, int, str]], context: Context
) -> Counter[tuple[str, int]]:
    counts: Counter[tuple[str, int]] = Counter()
    at = {first: (last, kind) for first, last, kind in names}
    i = run.first
    while i <= run.last:
        last, kind = at.get(i, (i, None))
        number = TYPES.index(kind) if kind else len(TYPES)
        for feature in features(sentence, i, last, context):
            counts[feature, number] += 1
        i = last + 1
    return counts


def learn(
    data: list[tuple[Prepared, dict[tuple[int, int], str], Context]], epochs: int, plain: frozenset[str]
) -> Weights:
    """Return averaged perceptron weights; ``plain`` are the words that texts write in lower case."""
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * (len(TYPES) + 1))
    sums: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * (len(TYPES) + 1))
    examples = []
    for prepared, gold, context in data:
        by_start: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (start, end), kind in gold.items():
            by_start[start].append((end, kind))
        examples += [(s, r, _gold_names(s, r, by_start), context) for s, r in prepared.runs]
    order = list(range(len(examples)))
    chance = random.Random(0)  # noqa: S311  the same order each time
    step = 0
    for _ in range(epochs):
        chance.shuffle(order)
        for k in order:
            step += 1
            sentence, run, gold_names, context = examples[k]
            found = [(a, z, kind) for a, z, kind, _ in decode(sentence, run, weights, context)[0]]
            wanted = _with_unlisted(found, gold_names, sentence, plain)
            if found == wanted:
                continue
            change = _counts(sentence, run, wanted, context)
            change.subtract(_counts(sentence, run, found, context))
            for (feature, number), value in change.items():
                if value:
                    weights[feature][number] += value
                    sums[feature][number] += step * value
    return {f: [w - s / max(1, step) for w, s in zip(weights[f], sums[f], strict=True)] for f in weights}


def common_words(documents: list[Annotated], least: int = 3) -> frozenset[str]:
    """Return the words that several documents have; a rarer one teaches nothing about others."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update({w.lower() for w in re.findall(r"[^\W_]+", document.text)})
    return frozenset(word for word, n in counts.items() if n >= least)


def plain_words(documents: list[Annotated]) -> frozenset[str]:
    """Return the words that texts write in lower case."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts.update(set(re.findall(r"\b[a-z]+\b", document.text)))
    return frozenset(word for word, n in counts.items() if n >= 2)


def train_names(documents: list[Annotated], hints: Sequence[Hints]) -> Model:
    """Learn both readings from annotated documents, given what an encoder that did not see each makes of its words.

    The votes for the second reading come from models that did not see the document.
    """
    common, lower = common_words(documents), plain_words(documents)
    ready = {d.name: (prepare(d.text, d.segments, h), gold_spans(d)) for d, h in zip(documents, hints, strict=True)}

    def plain(name: str) -> Context:
        return Context(ready[name][0].lower, {}, {}, common)

    def fit(names: list[str]) -> Weights:
        return learn([(*ready[n], plain(n)) for n in names], EPOCHS, lower)

    names = [d.name for d in documents]
    votes = {}
    for fold in range(FOLDS):
        weights = fit([n for n in names if fold_of(n, FOLDS, "x") != fold])
        for n in (n for n in names if fold_of(n, FOLDS, "x") == fold):
            found = spans(ready[n][0], weights, plain(n))
            votes[n] = tally([(surface(s, a, z), kind, margin) for s, a, z, kind, margin in found])
    contexts = {n: Context(ready[n][0].lower, *votes[n], common) for n in names}
    return Model(fit(names), learn([(*ready[n], contexts[n]) for n in names], EPOCHS + 1, lower), common)
