"""How much of what annotated documents say the grammar reaches, names given: ``python -m scripts.train.coverage``.

For each predicate, of the gold relations whose two names stand in one sentence of their evidence: the share whose
rule score is at least .6 (some support) and 1.8 (full support), and the precision of candidates with full support.
With ``--misses`` and ``--wrong`` every loss is listed with its sentence, its triggers and the slots they found. Some
documents are held out, for figures on text that nobody looked at: half of the development set, and ``chips.txt``.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.grammar.lexicon import lexicon
from kg.extract.proposing.candidates import Candidate, as_triple
from kg.extract.proposing.propose import Proposer
from kg.extract.proposing.triggers import triggers
from kg.extract.reading import DocEntity, Occurrence, Parsed, read
from scripts.train import passages
from scripts.train.corpus import Annotated, fold_of, training
from scripts.train.names import gold_spans, learnable

SOME, FULL = 0.6, 1.8
HELD_PASSAGES = ("chips-",)
Triple = tuple[str, str, str]


@dataclass(slots=True)
class Found:
    """What the grammar makes of one document: its gold relations that one sentence names, and its candidates.

    ``rules`` has the best rule score of each gold relation, ``where`` the segment of it, ``best`` its candidate,
    ``full`` the candidates with full support between two names, by triple.
    """

    document: Annotated
    proposer: Proposer
    rules: dict[Triple, float]
    where: dict[Triple, int]
    best: dict[Triple, Candidate]
    full: dict[Triple, Candidate]


def held_out(document: Annotated) -> bool:
    """Say whether a document is kept aside: its errors are not looked at."""
    if document.name.startswith(HELD_PASSAGES):
        return True
    return document.name.startswith("dev") and fold_of(document.name, 2, "grammar") == 1


def gold_proposer(document: Annotated) -> Proposer:
    """Read a document with the names that its gold gives."""
    entities, index = [], {}
    for number, entity in enumerate(document.gold["entities"]):
        entities.append(DocEntity(entity["name"], entity["type"], set(entity["aliases"])))
        for form in (entity["name"], *entity["aliases"]):
            part = learnable(form, entity["type"])
            if part:
                index[part] = number
    occurrences = [Occurrence(s, e, index[document.text[s:e]]) for s, e in sorted(gold_spans(document))]
    return Proposer(read(document.text, document.segments, entities, occurrences))


def triple_of(proposer: Proposer, c: Candidate) -> Triple:
    """Return a candidate as a relation of the gold is written."""
    entities = proposer.reading.entities
    return as_triple(entities[c.subject.entity].name, c.predicate, entities[c.object.entity].name)


def examine(document: Annotated) -> Found:
    """Compare what the grammar proposes in a document with its gold."""
    proposer = gold_proposer(document)
    facts = document.facts()
    named = [{proposer.reading.entities[o.entity].name for o in p.names} for p in proposer.reading.parsed]
    rules: dict[Triple, float] = {}
    where: dict[Triple, int] = {}
    for triple, spans in facts.items():
        for i, parsed in enumerate(proposer.reading.parsed):
            shown = any(a < parsed.segment.end and b > parsed.segment.start for a, b in spans)
            if shown and triple[0] in named[i] and triple[2] in named[i]:
                rules[triple] = 0.0
                where.setdefault(triple, i)
    full: dict[Triple, Candidate] = {}
    best: dict[Triple, Candidate] = {}
    for i, candidates in enumerate(proposer.candidates()):
        for c in candidates:
            triple = triple_of(proposer, c)
            if triple in rules and c.rule > rules[triple]:
                rules[triple], where[triple], best[triple] = c.rule, i, c
            if c.rule >= FULL and c.subject.how == c.object.how == "name":
                known = full.get(triple)
                if known is None or c.rule > known.rule:
                    full[triple] = c
    return Found(document, proposer, rules, where, best, full)


def table(found: Iterable[Found]) -> Iterator[str]:
    """Yield a line for each predicate, and one for all."""
    total: Counter[tuple[str, str]] = Counter()
    for one in found:
        facts = one.document.facts()
        for (_, predicate, _), rule in one.rules.items():
            for key in (predicate, "all"):
                total[key, "gold"] += 1
                total[key, "some"] += rule >= SOME
                total[key, "full"] += rule >= FULL
        for triple in one.full:
            for key in (triple[1], "all"):
                total[key, "claimed"] += 1
                total[key, "right"] += triple in facts
    yield f"{'':14} {'gold':>5} {'>=.6':>6} {'>=1.8':>6} {'claimed':>8} {'P':>6}"
    for key in [*sorted({k for k, _ in total} - {"all"}), "all"]:
        gold, claimed = max(1, total[key, "gold"]), max(1, total[key, "claimed"])
        yield (
            f"{key:14} {total[key, 'gold']:5} {total[key, 'some'] / gold:6.3f} {total[key, 'full'] / gold:6.3f} "
            f"{total[key, 'claimed']:8} {total[key, 'right'] / claimed:6.3f}"
        )


def misses(one: Found, least: float) -> Iterator[str]:
    """Yield the gold relations whose rule score is below ``least``, each with its sentence and its triggers' slots."""
    for triple, rule in one.rules.items():
        if rule < least:
            parsed = one.proposer.reading.parsed[one.where[triple]]
            yield f"\n{one.document.name}  {' '.join(triple)}  {rule:.2f}\n{sentence(one, parsed)}"
            if triple in one.best:
                yield "    best: " + _shown(one.best[triple])
            yield from _triggers(one, parsed, triple)


def wrong(one: Found) -> Iterator[str]:
    """Yield the candidates with full support that the gold does not have."""
    facts = one.document.facts()
    for triple, c in one.full.items():
        if triple not in facts:
            parsed = one.proposer.reading.parsed[c.segment]
            others = [p for s, p, o in facts if {s, o} == {triple[0], triple[2]}]
            yield f"\n{one.document.name}  {' '.join(triple)}  {c.rule:.2f} {_shown(c)}; gold: {others}"
            yield sentence(one, parsed)


def _shown(c: Candidate) -> str:
    """Return the trigger of a candidate, and where its two arguments stand."""
    ends = (
        f"{a.how} {'|'.join(p.slots) or 'nowhere'} {p.within} {fit}"
        for a, p, fit in ((c.subject, c.subject_place, c.subject_fit), (c.object, c.object_place, c.object_fit))
    )
    return f"{c.trigger.lemma}/{c.use.frame}: {', '.join(ends)}"


def sentence(one: Found, parsed: Parsed) -> str:
    """Return a segment on one line."""
    return f"[{parsed.segment.kind}] " + " ".join(one.document.text[parsed.segment.start : parsed.segment.end].split())


def _triggers(one: Found, parsed: Parsed, triple: Triple) -> Iterator[str]:
    """Yield the triggers of a sentence whose frames may say the predicate, with what stands in their slots."""
    entities = one.proposer.reading.entities
    frames = lexicon().frames
    for trigger in triggers(parsed, entities):
        if not any(p == triple[1] for use in trigger.uses for p, *_ in frames[use.frame].says):
            continue
        slots: dict[str, list[str]] = defaultdict(list)
        for slot, chunks in trigger.slots.items():
            for k in chunks:
                chunk = parsed.chunks[k]
                slots[slot].append(" ".join(i.lower for i in parsed.items[chunk.first : chunk.last + 1]))
        yield f"    {trigger.part} {trigger.lemma}: {dict(slots)} near {sorted(trigger.near)}"


def main() -> None:
    """Print the tables, and the losses that are asked for."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("only", nargs="*", help="beginnings of document names: dev, finance, sites …")
    parser.add_argument("--misses", type=float, metavar="RULE", help="list gold relations with less rule support")
    parser.add_argument("--wrong", action="store_true", help="list candidates with full support that are no gold")
    parser.add_argument("--predicate", help="list only those of one predicate")
    options = parser.parse_args()
    started = time.time()
    documents = [*training(), *passages.documents()]
    if options.only:
        documents = [d for d in documents if d.name.startswith(tuple(options.only))]
    seen = [examine(d) for d in documents if not held_out(d)]
    for one in seen:
        if options.predicate:
            one.rules = {t: r for t, r in one.rules.items() if t[1] == options.predicate}
            one.full = {t: c for t, c in one.full.items() if t[1] == options.predicate}
        lines = [*(misses(one, options.misses) if options.misses else ()), *(wrong(one) if options.wrong else ())]
        print(*lines, sep="\n", end="\n" if lines else "")
    print("\nlooked at", *table(seen), sep="\n")
    print("\nheld out", *table(examine(d) for d in documents if held_out(d)), sep="\n")
    size = sum(len(d.text) for d in documents)
    print(f"\n{size / 1e6 / (time.time() - started):.3f} MB a second", file=sys.stderr)


if __name__ == "__main__":
    main()
