"""The node of a canonical entity: its names, what the registry knows of it, and the leading value of each attribute."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.core.external import is_bare_id
from kg.core.ids import digest, slug
from kg.graph.elements import Node, Property
from kg.graph.fold import fold
from kg.graph.history import present
from kg.graph.resolved import ResolvedClaim
from kg.graph.values import Told, disputed, leading
from kg.resolve.ties import SAME_AS
from kg.schema.ontology import Ontology, Valued
from kg.schema.registry import Known

NAMES = ("alias", "legal_name", "former_name", "trading_name", "transliterated_name")
"""Attributes that are further names."""

_BASIS_NAME = {
    "it": "it_power_mw",
    "facility_power": "facility_power_mw",
    "contracted": "contracted_mw",
    "requested": "requested_mw",
}
"""Megawatts of unlike basis stand apart, each under its own name."""


@dataclass(slots=True)
class Names:
    """In how many documents an entity is named, by which fullest names and other forms."""

    documents: int = 0
    full: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)

    @classmethod
    def stored(cls, row: Mapping[str, Any]) -> "Names":
        """Read the counts back from an entity's properties."""
        full = dict(zip(row.get("names") or (), row.get("name_counts") or (), strict=True))
        other = dict(zip(row.get("forms") or (), row.get("form_counts") or (), strict=True))
        return cls(row.get("documents") or 0, Counter(full), Counter(other))

    def add(self, names: Iterable[str], forms: Iterable[str], times: int) -> None:
        """Count one document more (``times`` 1) or fewer (-1) with these names and forms."""
        self.documents += times
        for counter, words in ((self.full, names), (self.other, forms)):
            for word in words:
                counter[word] += times
                if not counter[word]:
                    del counter[word]

    def properties(self) -> dict[str, Property]:
        """Return the counts as properties: parallel lists, in order of the names."""
        full, other = sorted(self.full), sorted(self.other)
        return {
            "documents": self.documents,
            "names": full,
            "name_counts": [self.full[name] for name in full],
            "forms": other,
            "form_counts": [self.other[form] for form in other],
        }

    def best(self) -> str:
        """Return the name that most documents use as the fullest; ties go to the longer, then to the first."""
        return min(self.full, key=lambda name: (is_bare_id(name), -self.full[name], -len(name), name))

    def first(self) -> str:
        """Return the alphabetically first name, from which the id is made; a mere number of a register comes last."""
        return min(self.full, key=lambda name: (is_bare_id(name), name))


def canonical_id(key: str, kind: str, names: Names, known: Known | None, *, owns_name: bool) -> str:
    """Return the id of a cluster: the registry's, a gazetteer's, or type and slug of its alphabetically first name.

    ``owns_name`` says whether that name leads to this cluster alone; else a short hash of the key tells it apart.
    """
    if known:
        return known.id
    if key.startswith("place:"):
        return key
    plain = f"{kind.lower()}:{slug(names.first())}"
    return plain if owns_name else f"{plain}-{digest(key)[:6]}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an entity is: canonical id, cluster key, type, how documents name it, its registry entry if any.

    ``external`` gives the ids by scheme that documents tie to it.
    """

    id: str
    key: str
    kind: str
    names: Names
    known: Known | None
    external: Mapping[str, str] = field(default_factory=dict)


def entity_node(who: Identity, attributes: Iterable[ResolvedClaim], ontology: Ontology) -> Node:
    """Return the node: display name, aliases, external ids, and attributes folded by name and basis."""
    names, known = who.names, who.known
    name = known.name if known else names.best()
    told = _by_attribute(attributes)
    borne = {str(item.claim.value) for attribute in NAMES for item in told.get(attribute, ())}
    spoken = {*names.full, *names.other, *borne, *(known.names if known else ())}
    properties: dict[str, Property] = {
        "name": name,
        "key": who.key,
        "aliases": sorted(spoken - {name}),
        "known": known is not None,
        **names.properties(),
        **who.external,
        **(known.external if known else {}),
    }
    for attribute, claims in told.items():
        properties |= _attribute_properties(ontology.attributes[attribute], claims)
    return Node(who.id, who.kind, {n: v for n, v in properties.items() if v is not None and v != []})


def _by_attribute(claims: Iterable[ResolvedClaim]) -> dict[str, list[ResolvedClaim]]:
    grouped: dict[str, list[ResolvedClaim]] = defaultdict(list)
    for item in sorted(claims, key=lambda c: c.id):
        if item.claim.predicate != SAME_AS:  # an id stands on the entity that it leads to, as such
            grouped[item.claim.predicate].append(item)
    return dict(sorted(grouped.items()))


def _attribute_properties(attribute: Valued, claims: list[ResolvedClaim]) -> dict[str, Property]:
    if attribute.kind == "Role":
        by_role: dict[str, list[ResolvedClaim]] = defaultdict(list)
        for item in claims:
            by_role[str(item.claim.value)].append(item)
        folded = {role: fold(members) for role, members in by_role.items()}
        return {f"{attribute.name}s": sorted(role for role, edge in folded.items() if edge and edge["current"])}
    if attribute.several:
        return {attribute.name: sorted({str(c.claim.value) for c in claims if c.claim.status != "ended"})}
    by_basis: dict[str, list[ResolvedClaim]] = defaultdict(list)
    for item in claims:
        quantity = item.claim.quantities.get(attribute.name)
        basis = _BASIS_NAME.get(quantity.basis or "") if quantity else None
        by_basis[basis or attribute.name].append(item)
    properties: dict[str, Property] = {}
    for name, members in sorted(by_basis.items()):
        properties |= _leading_properties(name, attribute, members)
    return properties


def value_names(ontology: Ontology) -> list[str]:
    """Return the properties of entities that hold a leading value, those of unlike basis by their own names."""
    plain = [name for name, attribute in ontology.attributes.items() if attribute.kind in ("number", "date", "text")]
    return [*(name for name in plain if not ontology.attributes[name].several), *_BASIS_NAME.values()]


def _leading_properties(name: str, attribute: Valued, claims: list[ResolvedClaim]) -> dict[str, Property]:
    """Return the leading value with its status, date, bound, and whether sources dispute it."""
    live = present(c for c in claims if c.claim.status != "ended")
    items = [Told(c.claim.value, c.claim.quantities.get(attribute.name), c) for c in live if c.claim.value is not None]
    lead = leading(items)
    if lead is None:
        return {}
    quantity = lead.quantity
    return {
        name: float(lead.value) if attribute.kind == "number" else lead.value,
        f"{name}_status": lead.source.claim.status,
        f"{name}_as_of": (quantity.as_of if quantity else None) or lead.source.claim.published,
        f"{name}_bound": quantity.bound if quantity else None,
        f"{name}_disputed": (disputed(items) and not attribute.worded) or None,
    }
