"""What a store says of itself when it is opened: in which version it is, and whether it is whole."""

from dataclasses import dataclass

from kg.exceptions import StoreError
from kg.store.base import Store

SCHEMA_VERSION = 1
"""Raised when stored data must be migrated; older code refuses a newer store."""

SELF = "store"
"""The id of the node that says what the store is."""


LOADING = "loading"
"""The step, and the state of a document, of which nothing can be seen yet."""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store says of itself: versions of schema, ontology and registry, when it was made and last written.

    ``derivation`` is the version of the code that derived the graph, ``rebuilding`` names the program that is deriving
    it again, ``steps`` are the long steps under way or broken off ("storing doc:…").
    """

    schema_version: int
    ontology: str
    registry: str
    created: str
    touched: str
    derivation: int
    rebuilding: str | None
    steps: tuple[str, ...]


def info(store: Store) -> StoreInfo | None:
    """Return what the store says of itself, or None where it says nothing; raises StoreError if it is too new."""
    rows = store.read("MATCH (s:KGStore {id: $id}) RETURN s {.*} AS s", {"id": SELF})
    if not rows:
        return None
    row = rows[0]["s"]
    version = row.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        raise StoreError(
            f"The store {store.address} was made by a newer version (schema {version}, this reads {SCHEMA_VERSION}); "
            "upgrade with: pip install -U ai-compute-kg"
        )
    named = {name: str(row.get(name) or "") for name in ("ontology", "registry", "created", "touched")}
    steps = tuple(row.get("steps") or ())
    return StoreInfo(
        version, **named, derivation=row.get("derivation") or 0, rebuilding=row.get("rebuilding"), steps=steps
    )


def check_readable(store: Store) -> None:
    """Raise StoreError for a store that is too new, and for one that a long step has left, or is holding, half done.

    What is still being loaded cannot be seen, and does no harm.
    """
    found = info(store)
    if found is None:
        return
    steps = [step for step in found.steps if not step.startswith(LOADING)]
    step = "rebuilding it" if found.rebuilding else next(iter(steps), None)
    if step is None:
        return
    raise StoreError(
        f"The store {store.address} is half done: {step} is under way or was broken off. Wait for it to end; if nobody "
        "is at it, finish it with: kg rebuild"
    )
