"""Where a relation is lost on its way from the text to a claim, and what is wrong with a claim that is."""

from collections.abc import Mapping, Sequence
from typing import Any

from kg.schema.ontology import ontology
from scripts.score.gold import Gold, Triple
from scripts.score.scorer import Claims, by_triple

STEPS = {
    "name": "a name is not found",
    "type": "a name is taken for another type",
    "sentence": "not proposed, both names in one sentence",
    "beyond": "not proposed, names further apart",
    "direction": "proposed only the other way round",
    "ranker": "the ranker gives it next to no chance",
    "cut": "its confidence is below the cut",
    "right": "claimed",
}
"""The steps in order: a relation is lost at the first that does not let it pass."""

Trace = dict[str, list[list[str]]]
"""What was named, proposed and near in a document, in the document's own names: plain data that can be kept."""


def trace(text: str) -> Trace:
    """Read a document once more as the extractor does and return what each step had.

    ``named`` are names with the types that they may have, ``near`` pairs of names in one sentence, ``proposed`` the
    relations that the grammar proposed.
    """
    from kg.extract.naming.names import name_document  # noqa: PLC0415  only where documents are read
    from kg.extract.proposing.propose import Proposer  # noqa: PLC0415  as above
    from kg.extract.reading import read  # noqa: PLC0415  as above
    from kg.text.segment import segments  # noqa: PLC0415  as above

    parts = segments(text)
    entities, occurrences = name_document(text, parts)
    proposer = Proposer(read(text, parts, entities, occurrences))
    names = [entity.name for entity in entities]
    proposed = {
        (names[c.subject.entity], c.predicate, names[c.object.entity])
        for candidates in proposer.candidates()
        for c in candidates
    }
    near = {
        (a, b)
        for parsed in proposer.reading.parsed
        for a in {names[o.entity] for o in parsed.names}
        for b in {names[o.entity] for o in parsed.names}
        if a < b
    }
    return {
        "named": [[entity.name, *entity.kinds] for entity in entities],
        "near": sorted(map(list, near)),
        "proposed": sorted(map(list, proposed)),
    }


def steps(gold: Gold, traced: Trace, claimed: Claims, dropped: Claims) -> dict[Triple, str]:
    """Return for each gold relation the step at which it is lost, or "right"."""
    types: dict[str, set[str]] = {}
    for name, *kinds in traced["named"]:
        types.setdefault(gold.entity(name), set()).update(kinds)
    near = {frozenset((gold.entity(a), gold.entity(b))) for a, b in traced["near"]}
    proposed = {gold.triple(s, p, o) for s, p, o in traced["proposed"]}
    made, left = by_triple(gold, claimed), by_triple(gold, dropped)

    def lost(triple: Triple) -> str:
        subject, name, target = triple
        predicate = ontology().predicates[name]
        if subject not in types or target not in types:
            return "name"
        if not _fits(types[subject], types[target], predicate.domain, predicate.range, both=predicate.symmetric):
            return "type"
        if triple not in proposed:
            if (target, name, subject) in proposed:
                return "direction"
            return "sentence" if frozenset((subject, target)) in near else "beyond"
        return "cut" if triple in left else "ranker"

    return {triple: "right" if triple in made else lost(triple) for triple in gold.relations}


def _fits(subject: set[str], target: set[str], domain: Sequence[str], range_: Sequence[str], *, both: bool) -> bool:
    forth = bool(subject & set(domain)) and bool(target & set(range_))
    return forth or (both and bool(subject & set(range_)) and bool(target & set(domain)))


def wrong(gold: Gold, claimed: Claims) -> list[tuple[Triple, str, Mapping[str, Any]]]:
    """Return the relations that are claimed and not gold, each with what is wrong with it and its first claim."""
    between: dict[frozenset[str], list[str]] = {}
    for subject, predicate, target in gold.relations:
        between.setdefault(frozenset((subject, target)), []).append(predicate)
    found = []
    for triple, made in by_triple(gold, claimed).items():
        if triple not in gold.relations:
            found.append((triple, _fault(gold, triple, between), made[0]))
    return found


def _fault(gold: Gold, triple: Triple, between: Mapping[frozenset[str], list[str]]) -> str:
    subject, predicate, target = triple
    if subject.startswith("?") or target.startswith("?"):
        return "a name that the gold does not have"
    if (target, predicate, subject) in gold.relations:
        return "the other way round"
    others = between.get(frozenset((subject, target)))
    return f"is {' and '.join(sorted(others))}" if others else "the two are not related"
