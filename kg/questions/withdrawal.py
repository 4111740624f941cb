"""Which rows of tables a later edition lacks: as the store has marked them, or as it knew on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from kg.core.dates import latest
from kg.graph.records import edition, withdrawing
from kg.store.base import Store

_EDITION = "d {.id, .address, .published, .retrieved, .recorded} AS d"
_MARKS = """
UNWIND $ids AS id
MATCH (c:Claim {id: id}) WHERE c.row IS NOT NULL
RETURN id, c.row AS row, c.source AS source, c.withdrawn_by AS mark
"""
_EDITIONS = f"UNWIND $ids AS id MATCH (d:Document {{id: id}}) RETURN {_EDITION}"
_WHOLE = (
    "UNWIND $sources AS source MATCH (d:Document) WHERE d.source = source AND d.whole = true AND d.state = 'complete' "
    f"RETURN source, {_EDITION}"
)
_STATING = (
    "UNWIND $rows AS row MATCH (c:Claim) WHERE c.row = row MATCH (c)-[:STATED_IN]->(d:Document) "
    f"RETURN DISTINCT row, {_EDITION}"
)

Edition = Mapping[str, Any]
"""A document with its id, address and dates."""


def withdrawals(store: Store, claims: Iterable[str], known_by: str | None = None) -> dict[str, Edition]:
    """Return of each of these claims whose row a later edition lacks the first such edition.

    With ``known_by`` (an ISO date) only what was recorded by then counts, editions and rows alike: nobody knew that a
    row would be gone before an edition without it had come.
    """
    rows = store.read(_MARKS, {"ids": sorted(set(claims))})
    if known_by is None:
        marked = {row["id"]: row["mark"] for row in rows if row["mark"]}
        found = store.read(_EDITIONS, {"ids": sorted(set(marked.values()))}) if marked else []
        by = {item["d"]["id"]: item["d"] for item in found}
        return {id_: by[mark] for id_, mark in marked.items()}
    gone = _gone(store, {row["row"]: row["source"] for row in rows}, known_by)
    return {row["id"]: gone[row["row"]] for row in rows if row["row"] in gone}


def was_known(document: Mapping[str, Any], known_by: str | None) -> bool:
    """Say whether the store had a document by the end of a day, any day if there is none."""
    return known_by is None or str(document["recorded"])[:10] <= latest(known_by)


def _gone(store: Store, sources: Mapping[str, str], known_by: str) -> dict[str, Edition]:
    """Return by row the edition that withdrew it, as far as the store knew then; ``sources`` are those of the rows."""
    whole = _known(store, _WHOLE, "source", set(sources.values()), known_by)
    stating = _known(store, _STATING, "row", sources, known_by)
    found = {
        row: withdrawing(whole[source], max(map(edition, stating[row])))
        for row, source in sources.items()
        if stating[row]
    }
    return {row: by for row, by in found.items() if by}


def _known(
    store: Store, query: str, key: str, values: Collection[str], known_by: str
) -> defaultdict[str, list[Edition]]:
    """Return by source or row the editions that a query finds and that the store knew then."""
    found: defaultdict[str, list[Edition]] = defaultdict(list)
    for item in store.read(query, {f"{key}s": sorted(values)}) if values else ():
        if was_known(item["d"], known_by):
            found[item[key]].append(item["d"])
    return found
