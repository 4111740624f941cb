"""Annotated documents: the corpus beside the project, where it is at hand, and the project's own gold."""

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.core.ids import name_key
from kg.extract.proposing.candidates import as_triple
from kg.extract.reading import DocEntity
from kg.text.segment import Segment, segments

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "corpus"


def sealed(name: str) -> bool:
    """Say whether a document of the development set is sealed: nobody reads it, only its score counts."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


@dataclass(slots=True)
class Annotated:
    """A document with its gold annotations."""

    name: str
    text: str
    gold: dict[str, Any]
    segments: list[Segment]

    def facts(self) -> dict[tuple[str, str, str], list[tuple[int, int]]]:
        """Return the gold relations with the spans of their evidence."""
        found: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
        for fact in self.gold["relations"]:
            found[as_triple(fact["s"], fact["p"], fact["o"])] += [
                m.span() for m in re.finditer(re.escape(fact["evidence"]), self.text)
            ]
        return found

    def align(self, entities: list[DocEntity]) -> list[str]:
        """Return the gold name of each entity, or a name that no gold has."""
        names: dict[str, str] = {}
        for entity in self.gold["entities"]:
            for name in [entity["name"], *entity["aliases"]]:
                names.setdefault(name_key(name), entity["name"])
        return [
            next((names[name_key(f)] for f in [e.name, *sorted(e.aliases)] if name_key(f) in names), f"?{e.name}")
            for e in entities
        ]


def _read(folder: Path, texts: Path, suffixes: tuple[str, ...]) -> list[Annotated]:
    found = []
    for path in sorted(folder.glob("*.json")):
        source = next((texts / f"{path.stem}{s}" for s in suffixes if (texts / f"{path.stem}{s}").exists()), None)
        if source:
            text = source.read_text(encoding="utf-8")
            found.append(Annotated(path.stem, text, json.loads(path.read_text(encoding="utf-8")), segments(text)))
    return found


def training() -> list[Annotated]:
    """Return the documents to learn from: the unsealed ones of the development set, and our own gold."""
    own = _read(ROOT / "tests" / "gold", ROOT / "kg" / "sample", (".txt", ".md"))
    dev = _read(SHARED / "dev", SHARED / "dev", (".txt",)) if SHARED.exists() else []
    return [d for d in dev if not sealed(d.name)] + own


def fold_of(name: str, folds: int, salt: str = "") -> int:
    """Divide documents evenly and for good, by a hash of their names."""
    return int(hashlib.md5((salt + name).encode(), usedforsecurity=False).hexdigest(), 16) % folds
