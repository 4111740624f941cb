"""The ontology in use: entity types, predicates, attributes, qualifiers and closed lists, read from ``ontology/``."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.exceptions import UsageError, did_you_mean
from kg.schema.cache import cached


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of entity: definition, what it is not, examples, and the colour it is drawn in."""

    name: str
    definition: str
    scope: str
    examples: tuple[str, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Valued:
    """A qualifier or attribute: what it means, what kind of value it takes, in which unit and of which bases.

    ``several`` says that one entity can have several values at once (names, sources cited), none of which leads.
    ``worded`` says that sources word it in their own ways, so that unlike values are no dispute.
    """

    name: str
    label: str
    definition: str
    kind: str
    unit: str | None
    bases: tuple[str, ...]
    domain: tuple[str, ...] = ()
    several: bool = False
    worded: bool = False


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation between two entities; ``deal`` is the kind of deal that it tells of, if it is a contract."""

    name: str
    label: str
    definition: str
    example: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str
    inverse_label: str
    symmetric: bool
    qualifiers: tuple[str, ...]
    deal: str | None
    subject_role: str
    object_role: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """All of it, and its fingerprint."""

    types: dict[str, EntityType]
    predicates: dict[str, Predicate]
    attributes: dict[str, Valued]
    qualifiers: dict[str, Valued]
    roles: dict[str, str]
    statuses: dict[str, str]
    deal_kinds: dict[str, str]
    bases: dict[str, str]
    structures: dict[str, str]
    records: dict[str, str]
    fingerprint: str

    @property
    def labels(self) -> tuple[str, ...]:
        """Every node label that the store may hold."""
        return ("Entity", *self.types, *self.records)

    @property
    def relationship_types(self) -> tuple[str, ...]:
        """Every relationship type that the store may hold."""
        return (*self.predicates, *self.structures)

    def predicate(self, name: str) -> Predicate:
        """Return the predicate of this name; raises UsageError with the closest names."""
        found = self.predicates.get(name.upper())
        if found is None:
            raise UsageError(f"No predicate {name!r}.{did_you_mean(name.upper(), self.predicates)} See: kg ontology")
        return found

    def valued(self, name: str) -> Valued:
        """Return the qualifier or attribute of this name, which must be one."""
        return self.qualifiers.get(name) or self.attributes[name]


@cache
def ontology() -> Ontology:
    """Return the package's ontology, from the compiled form if there is one."""
    path = resources.folder("ontology") / "compute.ttl"
    compiler = Path(__file__).with_name("compile.py")
    key = resources.fingerprint([path])

    def build() -> Any:
        from kg.schema.compile import compile_ontology  # noqa: PLC0415  rdflib takes longer than most commands

        return compile_ontology(path)

    return _build(cached("ontology", resources.fingerprint([path, compiler]), build), key)


def _build(data: dict[str, Any], fingerprint: str) -> Ontology:
    lists = ("roles", "statuses", "deal_kinds", "bases", "structures", "records")
    return Ontology(
        types={n: EntityType(n, **_tuples(d)) for n, d in data["types"].items()},
        predicates={n: Predicate(n, **_tuples(d)) for n, d in data["predicates"].items()},
        attributes={n: Valued(n, **_tuples(d)) for n, d in data["attributes"].items()},
        qualifiers={n: Valued(n, **_tuples(d)) for n, d in data["qualifiers"].items()},
        **{name: data[name] for name in lists},
        fingerprint=fingerprint,
    )


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
