"""The names that claims use for entities: where each stands in a claim, and what it refers to."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.core.claim import Claim, EntityName
from kg.resolve.resolver import Resolver

QUALIFIER_TYPES = {"facility": "Facility", "chip": "Chip"}


@dataclass(frozen=True, slots=True)
class Places:
    """What stands in each place of a claim where an entity can stand: a name, a referent, or an id."""

    subject: str
    object: str | None
    facility: str | None
    chip: str | None

    def present(self) -> list[str]:
        """Return what there is."""
        return [item for item in (self.subject, self.object, self.facility, self.chip) if item]

    def mapped(self, to: Mapping[str, str]) -> "Places":
        """Return the places with each item replaced by what it leads to, if it leads anywhere."""

        def of(item: str | None) -> str | None:
            return to.get(item, item) if item else None

        return Places(to.get(self.subject, self.subject), of(self.object), of(self.facility), of(self.chip))


def names_of(claim: Claim) -> list[EntityName]:
    """Return every entity name in a claim, each once: its ends, and the facility and chip among its qualifiers."""
    found = [claim.subject, *([claim.object] if claim.object else [])]
    for qualifier, kind in QUALIFIER_TYPES.items():
        name = _qualifier_name(claim, qualifier, kind)
        if name and name not in found:
            found.append(name)
    return found


def referents_of(claim: Claim, resolver: Resolver) -> Places:
    """Return what each name of a claim refers to."""
    in_qualifiers = {
        qualifier: resolver.referent(name) if (name := _qualifier_name(claim, qualifier, kind)) else None
        for qualifier, kind in QUALIFIER_TYPES.items()
    }
    target = resolver.referent(claim.object) if claim.object else None
    return Places(resolver.referent(claim.subject), target, in_qualifiers["facility"], in_qualifiers["chip"])


def _qualifier_name(claim: Claim, qualifier: str, kind: str) -> EntityName | None:
    """Return the name in a qualifier, which is that of an end if it says the same."""
    if qualifier not in claim.qualifiers:
        return None
    name = str(claim.qualifiers[qualifier])
    ends = (claim.subject, claim.object)
    return next((end for end in ends if end and (end.type, end.name) == (kind, name)), EntityName(name, kind))
