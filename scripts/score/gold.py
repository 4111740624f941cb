"""Annotated documents, and the sets of them: the project's own, and the corpus beside it where it is at hand."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from kg.schema.ontology import ontology
from scripts.score.compare import form
from scripts.steps import ROOT
from scripts.train.corpus import SHARED, sealed

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Gold:
    """What people say that a document says. Names are compared by their form; one that is no gold name gets a "?"."""

    name: str
    path: Path
    data: dict[str, Any] = field(repr=False)

    @cached_property
    def _names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        for entity in self.data["entities"]:
            for name in [entity["name"], *entity.get("aliases", ())]:
                names.setdefault(form(name), entity["name"])
        return names

    def entity(self, name: str) -> str:
        """Return the gold name of what is called so."""
        return self._names.get(form(name), f"?{form(name)}")

    def triple(self, subject: str, predicate: str, target: str) -> Triple:
        """Return a relation in gold names; the ends of a symmetric one in order."""
        ends = self.entity(subject), self.entity(target)
        known = ontology().predicates.get(predicate)
        if known and known.symmetric:
            ends = min(ends), max(ends)
        return ends[0], predicate, ends[1]

    @cached_property
    def relations(self) -> dict[Triple, list[dict[str, Any]]]:
        """The relations, each with its records: several contracts may join the same two."""
        found: dict[Triple, list[dict[str, Any]]] = defaultdict(list)
        for said in self.data["relations"]:
            found[self.triple(said["s"], said["p"], said["o"])].append(said)
        return dict(found)

    @cached_property
    def attributes(self) -> list[tuple[str, str, Any, str]]:
        """The attributes: of what, which, value, status."""
        return [(self.entity(a["e"]), a["p"], a["v"], a["status"]) for a in self.data["attributes"]]


@dataclass(frozen=True)
class GoldSet:
    """Documents that are scored together. Of a sealed set nothing but figures is ever shown."""

    name: str
    title: str
    documents: tuple[Gold, ...]
    sealed: bool = False
    folder: Path | None = None
    """Where the annotations lie."""


def folder_set(name: str, title: str, folder: Path) -> GoldSet:
    """Return the set of a folder with NAME.json beside NAME.txt or NAME.md."""
    return GoldSet(name, title, tuple(_of_folder(folder, folder)), folder=folder)


def sets() -> list[GoldSet]:
    """Return what there is to be scored here: always the project's own gold, and the corpus if it lies beside it."""
    gold, dev = ROOT / "tests" / "gold", SHARED / "dev"
    found = [GoldSet("own", "own gold", tuple(_of_folder(gold, ROOT / "kg" / "sample")), folder=gold)]
    if dev.is_dir():
        every = list(_of_folder(dev, dev))
        apart, rest = tuple(g for g in every if sealed(g.name)), tuple(g for g in every if not sealed(g.name))
        found += [
            GoldSet("sealed", "sealed third of dev", apart, sealed=True, folder=dev),
            GoldSet("dev", "rest of dev", rest, folder=dev),
        ]
    if (SHARED / "seeds").is_dir():
        found.append(folder_set("seeds", "seeds", SHARED / "seeds"))
    return found


def _of_folder(folder: Path, texts: Path) -> Iterable[Gold]:
    for path in sorted(folder.glob("*.json")):
        source = next((p for p in (texts / f"{path.stem}{end}" for end in (".txt", ".md")) if p.is_file()), None)
        data = json.loads(path.read_text(encoding="utf-8"))
        if source and isinstance(data, dict) and "relations" in data:
            yield Gold(path.stem, source, data)
