"""The registry: companies, facilities, chips and models known beforehand, with the names that texts give them.

``ontology/registry/*.csv`` is its source, checked as a whole when it is read; a compiled form is kept in the cache.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.core import ids
from kg.core.ids import name_key
from kg.schema.cache import cached
from kg.schema.ontology import ontology


@dataclass(frozen=True, slots=True)
class Known:
    """An entity known beforehand.

    ``name`` is what the press calls it, ``aliases`` are all its other names, ``ambiguous`` those of them that need
    context, because they are words, surnames or places, or belong to several entities. ``parent`` is the id of the
    company above: the owner of a company, the designer of a chip, the developer of a model, the operator of a
    facility. ``family`` is the name of a chip's architecture or generation; ``external`` gives ids by scheme (cik,
    ticker, lei, wikidata); ``source`` says where the row comes from. Empty where not well established.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    parent: str = ""
    place: str = ""
    family: str = ""
    external: Mapping[str, str] = field(default_factory=dict, hash=False)
    source: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name: the press name, then the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Registry:
    """All known entities by id, the ids that a name's key leads to, and a hash of the files."""

    entries: dict[str, Known]
    keys: dict[str, list[str]]
    fingerprint: str

    def __iter__(self) -> Iterator[Known]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def by_name(self, name: str, type: str | None = None) -> list[Known]:  # noqa: A002  the word of the ontology
        """Return the entities of this name, those that spell it so first; of one type, if given.

        A name with its maker, owner or developer before it ("NVIDIA H100", "Meta Hyperion") and one with brackets
        after it ("Rensselaer Polytechnic Institute (RPI)") are found too, if nothing has the whole as its name.
        """
        return self._named(name, type) or self._led(name, type) or self._bracketed(name, type)

    def owners(self, entity: Known) -> Iterator[Known]:
        """Yield the companies above an entity, nearest first."""
        above = self.entries.get(entity.parent)
        while above is not None:
            yield above
            above = self.entries.get(above.parent)

    def _named(self, name: str, kind: str | None) -> list[Known]:
        found = [self.entries[i] for i in self.keys.get(name_key(name), ())]
        return sorted((e for e in found if kind in {None, e.type}), key=lambda e: name not in e.names)

    def _led(self, name: str, kind: str | None) -> list[Known]:
        """Return the entities whose name follows that of a company above them."""
        words = name.split(" ")
        for cut in range(1, len(words)):
            leaders = {company.id for company in self._named(" ".join(words[:cut]), "Company")}
            rest = self._named(" ".join(words[cut:]), kind) if leaders else []
            if found := [e for e in rest if not leaders.isdisjoint(above.id for above in self.owners(e))]:
                return found
        return []

    def _bracketed(self, name: str, kind: str | None) -> list[Known]:
        short = re.sub(r"\s*\([^()]*\)$", "", name)
        return self._named(short, kind) if short and short != name else []


def load_registry(folder: Path) -> Registry:
    """Read and check the CSV files of a folder; raises OntologyError, naming file and line."""
    paths = sorted(folder.glob("*.csv"))
    return _build(_compile(paths), resources.fingerprint(paths))


@cache
def registry() -> Registry:
    """Return the package's registry, from the compiled form if there is one."""
    paths = sorted((resources.folder("ontology") / "registry").glob("*.csv"))
    here = Path(__file__)
    code = [here, here.with_name("registry_check.py"), Path(ids.__file__)]
    key = resources.fingerprint([*paths, *code]) + ontology().fingerprint
    return _build(cached("registry", key, lambda: _compile(paths)), resources.fingerprint(paths))


def _compile(paths: list[Path]) -> dict[str, Any]:
    """Return the checked rows as lists of cells, and the ids by key of each name, as plain JSON data."""
    from kg.schema import registry_check  # noqa: PLC0415  only wanted when there is no compiled form

    rows = registry_check.read(paths, types=set(ontology().types), roles=set(ontology().roles))
    keys: dict[str, list[str]] = {}
    for row in rows:
        for key in dict.fromkeys(name_key(name) for name in (row["name"], *row["aliases"])):
            keys.setdefault(key, []).append(row["id"])
    return {"rows": [[row[column] for column in registry_check.COLUMNS] for row in rows], "keys": keys}


def _build(data: dict[str, Any], fingerprint: str) -> Registry:
    entries = [_known(cells) for cells in data["rows"]]
    return Registry({known.id: known for known in entries}, data["keys"], fingerprint)


def _known(cells: list[Any]) -> Known:
    id_, kind, name, aliases, ambiguous, roles, parent, place, family, external, source = cells
    names, unsure, parts = tuple(aliases), frozenset(ambiguous), tuple(roles)
    return Known(id_, kind, name, names, unsure, parts, parent, place, family, external, tuple(source))
