"""From the names that documents use to clusters: the registry first, then equal names of one type."""

from kg.core.claim import EntityName
from kg.core.ids import name_key
from kg.schema.registry import Known, Registry


class Resolver:
    """Gives each name the key of its cluster. Names with one key are one entity.

    A key is a registry id, a gazetteer id, or the type and the folded letters of the name, so it depends on the name
    alone and not on what else was loaded, or when.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def key(self, name: EntityName) -> str:
        """Return the key of the cluster that a name belongs to.

        The extractor's link counts if the registry still has it; else a name or alias that one entity of this type
        has; else the name itself.
        """
        if name.id and (name.id in self._registry.entries or name.id.startswith("place:geonames-")):
            return name.id
        found = self._registry.by_name(name.name, name.type)
        if len(found) == 1:
            return found[0].id
        return f"{name.type.lower()}={name_key(name.name)}"

    def known(self, key: str) -> Known | None:
        """Return the registry entry of a cluster, if it has one."""
        return self._registry.entries.get(key)
