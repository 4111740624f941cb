"""The packaged sample as a graph, read by people instead of the extractor: what questions are tried on."""

import atexit
import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.core.claim import Claim, EntityName, Evidence, Quantity
from kg.core.document import Document
from kg.examine import Considered
from kg.schema.ontology import ontology
from kg.store.base import Store

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "kg" / "sample"
PATHS = sorted(str(path) for path in SAMPLE.iterdir() if path.name != "README.md")

_BOUNDS = {"up to": "max", "at most": "max", "more than": "min", "over": "min", "at least": "min"}
_ENDED_AS = {"declin": "declined", "turned": "declined", "voted": "declined", "deni": "denied", "never": "denied"}


@dataclass(frozen=True)
class GoldExtraction:
    """What the gold says of one document."""

    claims: tuple[Claim, ...]


class GoldExtractor:
    """Stands in for the extractor: gives the claims that people annotated, and none for other documents."""

    version = "gold-1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def extract(self, document: Document) -> GoldExtraction:
        """Return the annotated claims of a document of the sample."""
        self.read.append(document.address)
        path = HERE / "gold" / f"{Path(document.address).stem}.json"
        if not path.is_file() or document.kind == "registry":
            return GoldExtraction(())
        return GoldExtraction(tuple(claims_of(document, json.loads(path.read_text(encoding="utf-8")))))

    def examine(self, document: Document) -> list[Considered]:
        """Return the annotated claims, each with where people saw it."""
        return [
            Considered(claim, {"frame": None, "trigger": None, "cues": [claim.status]})
            for claim in self.extract(document).claims
        ]


def claims_of(document: Document, gold: dict[str, Any]) -> Iterator[Claim]:
    """Yield the claims of a gold file."""
    names = {e["name"]: EntityName(e["name"], e["type"], aliases=tuple(e["aliases"])) for e in gold["entities"]}
    for said in [*gold["relations"], *gold["attributes"]]:
        start = document.text.index(said["evidence"])
        numbers = dict(said.get("quals", {}))
        if "v" in said:
            numbers[said["p"]] = said["v"]
        yield Claim(
            document=document.address,
            document_id=document.id,
            subject=names[said.get("s", said.get("e"))],
            predicate=said["p"],
            object=names[said["o"]] if "o" in said else None,
            value=said.get("v"),
            qualifiers=said.get("quals", {}),
            quantities=_quantities(said["evidence"], numbers),
            status=said["status"],
            ended_as=_ended_as(said["evidence"]) if said["status"] == "ended" else None,
            confidence=0.4 if said["status"] == "speculative" else 0.9,
            published=gold["published"],
            evidence=Evidence(said["evidence"], start, start + len(said["evidence"])),
            extractor="gold",
        )


def _quantities(evidence: str, numbers: dict[str, Any]) -> dict[str, Quantity]:
    """Return the bounds that the evidence puts on its megawatts, if it does."""
    found = re.search(r"(up to|at most|more than|over|at least) (?:about )?[\d.,]+ ?(?:MW|megawatts|GW)", evidence)
    value = numbers.get("capacity_mw")
    if not found or value is None:
        return {}
    return {"capacity_mw": Quantity(found[0], unit="MW", **{_BOUNDS[found[1]]: float(value)})}


def _ended_as(evidence: str) -> str:
    words = evidence.casefold()
    return next((how for sign, how in _ENDED_AS.items() if sign in words), "terminated")


@cache
def documents() -> tuple[Document, ...]:
    """Return the documents of the sample, as the loaders read them, in a fixed order."""
    from kg import plugins
    from kg.fetch.files import sources

    read = [item for raw in sources(PATHS) for item in plugins.load(raw)]  # type: ignore[arg-type]
    return tuple(item for item in read if isinstance(item, Document))


def fill(store: Store) -> None:
    """Load the sample into an empty store."""
    from kg.schema.registry import registry
    from kg.store.ledger import Ledger

    extractor = GoldExtractor()
    ledger = Ledger(store, ontology(), registry())
    ledger.prepare()
    pairs = [(document, extractor.extract(document).claims) for document in documents()]
    assert list(ledger.load(pairs, extractor.version))


@cache
def filled_folder() -> Path:
    """Return the folder of an embedded store that holds the sample; one for the whole run, not to be changed."""
    from kg.store.embedded import EmbeddedStore

    folder = Path(tempfile.mkdtemp(prefix="kg-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with EmbeddedStore(folder / "store", write=True, read_seconds=60) as store:
        fill(store)
    return folder / "store"
