"""What the gold says of values: as attributes of whom, and as qualifiers of which relations."""

from collections.abc import Sequence
from typing import Any

from kg.extract.facts.holders import Held
from scripts.train.cases import Told, full_name
from scripts.train.values import pairs, same_value


def is_held(one: Told, h: Held) -> bool:
    """Say whether the gold has an attribute."""
    return any(is_attribute(one, h, e, p, v) for e, p, v, _ in one.attributes())


def is_attribute(one: Told, h: Held, entity: str, name: str, value: Any) -> bool:
    """Say whether a value that an entity may have is an attribute of the gold."""
    named = one.proposer.reading.entities[h.argument.entity].name
    return h.name == name and named == entity and same_value(value, h.value)


def wanted_of(one: Told, records: Sequence[dict[str, Any]]) -> list[tuple[str, Any]]:
    """Return the qualifiers of a gold relation, sites and chips by their fullest names."""
    wanted = pairs(r.get("quals") for r in records)
    return [(n, full_name(one.document, v) if n in ("facility", "chip") else v) for n, v in wanted]
