"""What a store is and holds, in numbers."""

from pathlib import Path
from typing import Any

from kg import resources
from kg.store.base import Store
from kg.store.open import open_store, resolve

_COUNTS = {
    "entities": "MATCH (n:Entity) UNWIND labels(n) AS name WITH name WHERE name <> 'Entity' ",
    "documents": "MATCH (d:Document) WITH d.kind AS name ",
    "claims": "MATCH (c:Claim) WITH c.status AS name ",
    "facts": "MATCH (:Entity)-[x]->(:Entity) WHERE x.status IS NOT NULL WITH type(x) AS name ",
}
_COUNTED = "RETURN name, count(*) AS n ORDER BY name"


def state(spec: str | None = None) -> dict[str, Any]:
    """Return where the store is, how it was chosen, and what is in it.

    ``store``, ``chosen_by``, ``engine``, ``exists``; for one that exists also ``bytes`` (embedded), ``schema``,
    ``created``, counts by name under ``entities``, ``documents``, ``claims`` (by status) and ``facts``, and
    ``outdated``: which of ontology and registry have changed since it was derived. Raises StoreError for one that
    cannot be read.
    """
    meant = resolve(spec)
    found: dict[str, Any] = {
        "store": meant.address,
        "chosen_by": meant.chosen_by,
        "engine": meant.engine,
        "exists": meant.exists(),
    }
    if not found["exists"]:
        return found
    if meant.engine == "embedded":
        found["bytes"] = sum(path.stat().st_size for path in Path(meant.address).rglob("*") if path.is_file())
    with open_store(spec, write=False) as store:
        return found | _contents(store)


def _contents(store: Store) -> dict[str, Any]:
    rows = store.read("MATCH (s:KGStore {id: 'store'}) RETURN s {.*} AS s")
    told = rows[0]["s"] if rows else {}
    counts = {what: {row["name"]: row["n"] for row in store.read(query + _COUNTED)} for what, query in _COUNTS.items()}
    return {
        "schema": told.get("schema_version"),
        "created": told.get("created"),
        **counts,
        "outdated": [name for name, mark in _packaged().items() if told and told.get(name) != mark],
    }


def _packaged() -> dict[str, str]:
    folder = resources.folder("ontology")
    return {
        "ontology": resources.fingerprint([folder / "compute.ttl"]),
        "registry": resources.fingerprint(sorted((folder / "registry").glob("*.csv"))),
    }
