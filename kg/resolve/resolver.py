"""From the names and ids that documents use to referents: what stands for an entity before anything is merged."""

from collections.abc import Mapping
from functools import lru_cache

from kg.core.claim import EntityName
from kg.core.external import is_external
from kg.core.ids import name_key
from kg.schema.registry import Known, Registry

_REMEMBERED = 50_000
"""Names whose referents are kept at hand."""

REGISTERED = "registry"
"""The scheme under which a registry entry counts as an id, so that two entries are never merged."""

UNNAMED = "row:"
"""Begins the id of an entity that its table gives no name of its own: the row is all that it is known by."""


class Resolver:
    """Gives each name, and each id of a register, the referent that it is.

    A referent is a registry id, a gazetteer id, the type with an external id ("company@lei:…"), or the type with the
    folded letters of the name ("company=xai"). It depends on the name or id alone, not on what else was loaded, or
    when; which referents are one entity is decided by what ties them (``kg.resolve.identity``).
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._external = {f"{scheme}:{v}": known for known in registry for scheme, v in known.external.items()}
        self.named = lru_cache(_REMEMBERED)(self._named)
        """Return the referent of a name alone and its type: the one entry that has it, else the name itself."""

    def referent(self, name: EntityName) -> str:
        """Return what a name in a claim refers to.

        What the extractor linked it to counts, if that is a place, an external id, a row without a name, or an entry
        that the registry still has; else what its name says.
        """
        link = name.id
        if link and (link in self._registry.entries or link.startswith("place:geonames-")):
            return link
        if link and is_external(link):
            return self.identified(link, name.type)
        if link and link.startswith(UNNAMED):
            return f"{name.type.lower()}@{link}"
        return self.named(name.name, name.type)

    def _named(self, name: str, kind: str) -> str:
        found = self._registry.by_name(name, kind)
        return found[0].id if len(found) == 1 else f"{kind.lower()}={name_key(name)}"

    def identified(self, external: str, kind: str) -> str:
        """Return the referent of an external id: the registry entry of this type that has it, else the id itself."""
        known = self._external.get(external)
        return known.id if known and known.type == kind else f"{kind.lower()}@{external}"

    def ids(self, referent: str) -> Mapping[str, str]:
        """Return the ids by scheme that a referent stands for; none for a mere name."""
        known = self.known(referent)
        if known:
            return {**known.external, REGISTERED: known.id}
        scheme, _, value = referent.partition("@")[2].partition(":")
        return {scheme: value} if value else {}

    def known(self, referent: str) -> Known | None:
        """Return the registry entry that a referent is, if it is one."""
        return self._registry.entries.get(referent)

    def is_taken(self, canonical_id: str) -> bool:
        """Say whether the registry has given this id to an entity."""
        return canonical_id in self._registry.entries
