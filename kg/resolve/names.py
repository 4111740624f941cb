"""The names that one document's claims use, as entities: what a document mentions."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.core.claim import Claim, EntityName
from kg.resolve.resolver import Resolver

QUALIFIER_TYPES = {"facility": "Facility", "chip": "Chip"}


@dataclass(slots=True)
class Mentioned:
    """How one document names one entity: its type, the names that claims use, and other forms of the text."""

    kind: str
    names: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Keys:
    """The cluster keys of a claim's names."""

    subject: str
    object: str | None
    facility: str | None
    chip: str | None


def names_of(claim: Claim) -> list[EntityName]:
    """Return every entity name in a claim: its ends, and the facility and chip among its qualifiers."""
    found = [claim.subject, *([claim.object] if claim.object else [])]
    for qualifier, kind in QUALIFIER_TYPES.items():
        if qualifier in claim.qualifiers:
            name = str(claim.qualifiers[qualifier])
            same = next((n for n in found if n.type == kind and n.name == name), None)
            found.append(same or EntityName(name, kind))
    return found


def keys_of(claim: Claim, resolver: Resolver) -> Keys:
    """Return the cluster keys of a claim's names."""
    by_qualifier = {
        qualifier: resolver.key(EntityName(str(claim.qualifiers[qualifier]), kind))
        if qualifier in claim.qualifiers
        else None
        for qualifier, kind in QUALIFIER_TYPES.items()
    }
    target = resolver.key(claim.object) if claim.object else None
    return Keys(resolver.key(claim.subject), target, by_qualifier["facility"], by_qualifier["chip"])


def mentioned(claims: Iterable[Claim], resolver: Resolver) -> dict[str, Mentioned]:
    """Return, by cluster key, what the claims of one document mention."""
    found: dict[str, Mentioned] = {}
    for claim in claims:
        for name in names_of(claim):
            entry = found.setdefault(resolver.key(name), Mentioned(name.type))
            entry.names.add(name.name)
            entry.forms.update(name.aliases)
    for entry in found.values():
        entry.forms -= entry.names
    return found
