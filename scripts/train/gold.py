"""What the gold says of values: as attributes of whom, and as qualifiers of which relations."""

from collections.abc import Iterator, Sequence
from typing import Any

from kg.extract.facts.attributes import as_candidate, asked_of_value
from kg.extract.facts.heard import Asked, asked_of
from kg.extract.facts.holders import Held, held
from kg.extract.facts.limits import Limit
from kg.extract.proposing.candidates import Candidate
from scripts.train.cases import Known, Told, full_name
from scripts.train.corpus import Annotated
from scripts.train.values import pairs, same_value


def statuses(one: Told) -> Iterator[tuple[Candidate, Asked, set[str]]]:
    """Yield the gold relations and attributes of a document with their statuses, each as a candidate and as asked."""
    for case in one.cases:
        if case.triple[1] != "LOCATED_IN":
            yield case.candidates[0], asked_of(case.candidates[0]), {r["status"] for r in case.records}
    for i in range(len(one.proposer.reading.parsed)):
        for h in held(one.proposer, i):
            known = {status for e, p, v, status in one.attributes() if is_attribute(one, h, e, p, v)}
            if known and h.name != "role":
                yield as_candidate(one.proposer, h), asked_of_value(h, h.name), known


def limits(wanted: Sequence[tuple[str, Any]], limit: Limit) -> bool:
    """Say whether a limit is among the qualifiers wanted of a relation."""
    return any(name == limit.name and same_value(value, limit.value) for name, value in wanted)


def is_held(one: Known, h: Held) -> bool:
    """Say whether the gold has an attribute."""
    return any(is_attribute(one, h, e, p, v) for e, p, v, _ in one.attributes())


def is_attribute(one: Known, h: Held, entity: str, name: str, value: Any) -> bool:
    """Say whether a value that an entity may have is an attribute of the gold."""
    return h.name == name and one.names[h.argument.entity] == entity and same_value(value, h.value)


def wanted_of(document: Annotated, records: Sequence[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Return the qualifiers of a gold relation, sites and chips by their fullest names."""
    wanted = pairs(r.get("quals") for r in records)
    return [(n, full_name(document, v) if n in ("facility", "chip") else v) for n, v in wanted]
