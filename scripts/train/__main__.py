"""Learns the weights of the extractor from annotated documents and writes them: ``python -m scripts.train``.

Repeatable to the bit on one kind of processor: fixed seeds and threads, folds by name. The corpus lies beside the
project; without it the weights are learned from the project's own texts alone, which is enough to try it.
"""

import sys
import time
from collections.abc import Sequence

from kg.extract.encoding.texts import made_of
from kg.extract.encoding.wordpiece import WordPieces
from kg.extract.facts.heard import Heard
from kg.extract.learned import SCALE, Table, as_lines
from kg.extract.naming.names import Model
from kg.extract.ranking.pairs import PairScorer
from kg.extract.reading import TYPES
from scripts.train import antecedents, attributes, halves, qualifiers, rank, status
from scripts.train.callings import callings
from scripts.train.cases import Told, tell
from scripts.train.corpus import Annotated, training
from scripts.train.encoder import Arrays, fit_encoders
from scripts.train.halves import half_of
from scripts.train.names import train_names
from scripts.train.passages import documents as passages
from scripts.train.pretrained import Pretrained
from scripts.train.stories import stories
from scripts.train.tasks import tasks
from scripts.train.understanding import understand
from scripts.train.words import Vocabulary
from scripts.train.written import write_arrays, write_json

SMALL = 25
"""Parts of ``SCALE`` below which weights of names are left out, if those of all types are."""


def main() -> None:
    """Learn encoder, names, antecedents, ranker and facts, each on what those before made of documents not seen.

    The encoder learns what joins two names, so there are names before it, learned without it; then they are learned
    once more with what it says of each word.
    """
    started = time.time()

    def say(step: str) -> None:
        print(f"{step}: {time.time() - started:.0f} s", file=sys.stderr)

    whole, told = training(), stories()
    documents = [*whole, *told, *passages()]
    print(f"{len(whole)} documents, {len(documents) - len(whole)} written to learn from", file=sys.stderr)
    half = [half_of(d.name) for d in documents]
    everyone = tell([*documents, *callings()])
    facts, plain = everyone[: len(documents)], everyone[len(documents) :]
    arrays, both = _encoders(documents, facts, len(whole) + len(told), len(whole), half)
    say("encoder")
    readers = halves.readers(both)
    encoded = [readers[h][0].encode(d.text, d.segments) for d, h in zip(documents, half, strict=True)]
    statuses = status.examples([*halves.hear(facts, readers, encoded)], readers, len(whole))
    del everyone, facts
    say("status")
    hints = [readers[h][0].hints(one) for one, h in zip(encoded, half, strict=True)]
    found = understand(documents, len(whole) + len(told), hints)
    say("read")
    everything = zip(found.documents, encoded, half, strict=True)
    heard = [Heard(d.proposer.reading, states, readers[h][1]) for d, states, h in everything]
    learned = attributes.learn(found.documents, heard, [*halves.hear(plain, readers)], len(whole))
    say("attributes")
    scorers = [PairScorer.of(one) for one in both]
    trained = rank.train_ranker(found.documents, encoded, [scorers[h] for h in half], len(whole))
    say("ranker")
    limits = qualifiers.learn(found.documents, trained.found, heard, len(whole))
    say("qualifiers")
    names = train_names(documents, hints)
    halves.write(both, arrays)
    write_arrays("encoder", arrays)
    write_names(names, made_of(arrays))
    write_json("antecedents", antecedents.fit(found.antecedents).trees)
    write_arrays("words", trained.words.to_arrays())
    write_json("ranker", {**rank.as_json(trained), "encoder": made_of(arrays)})
    write_json("qualifiers", limits.as_json(made_of(arrays)))
    learned.write(made_of(arrays))
    status.write(statuses, made_of(arrays))
    report(whole, trained)
    print(*limits.lines(), *learned.lines(), sep="\n", file=sys.stderr)
    say("all")


def _encoders(
    documents: Sequence[Annotated], facts: Sequence[Told], told: int, judged: int, half: Sequence[int]
) -> tuple[Arrays, tuple[Arrays, Arrays]]:
    """Return the arrays of the encoder and of the two halves', fitted to documents as they are read without one."""
    pretrained = Pretrained.load()
    before = understand(documents, told, [{}] * len(documents))
    candidates = rank.examples(before.documents, Vocabulary())
    everything = tasks(before.documents, facts, candidates, WordPieces(pretrained.vocabulary))
    return fit_encoders(pretrained, everything, half, judged)


def write_names(model: Model, encoder: str) -> None:
    """Write the weights of the names in small parts; features that hardly weigh are left out."""
    found = {"common": as_lines(sorted(model.common)), "encoder": as_lines([encoder])}
    for name, weights in (("first.", model.first), ("second.", model.second)):
        kept = {feature: row for feature, row in sorted(weights.items()) if round(max(map(abs, row)) * SCALE) >= SMALL}
        found |= Table.rounded(kept, len(TYPES) + 1).to_arrays(name)
    write_arrays("names", found)


def report(documents: list[Annotated], trained: rank.Trained) -> None:
    """Print what held-out documents say: the best F1, and the recall where precision is .90."""
    total = sum(len(d.facts()) for d in documents)
    ranked = sorted(zip(trained.chances, trained.right, strict=True), key=lambda pair: -pair[0])
    right, best, at90 = 0.0, (0.0, 0.0, 0.0, 0.0), 0.0
    for n, (chance, hit) in enumerate(ranked, 1):
        right += hit
        precision, recall = right / n, right / total
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        best = max(best, (f1, precision, recall, float(chance)))
        if precision >= 0.9:
            at90 = recall
    print(
        "held out: F1 {:.3f}  P {:.3f}  R {:.3f}  at {:.2f};".format(*best),
        f"recall {at90:.3f} at P .90",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
