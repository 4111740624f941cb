"""Editions of a table: which rows a later one has withdrawn.

A document that lists every row of its source (``Document.whole``) withdraws the rows that it lacks and an earlier
edition has. Such a row's claims stay, marked ``withdrawn_by`` with the id of the first edition that lacks it. A row
that is there with other content withdraws nothing: its claims of both editions stand side by side.
"""

from collections import defaultdict

from kg.graph.records import edition, withdrawing
from kg.store import queries
from kg.store.base import Row, Transaction


def mark(tx: Transaction, source: str) -> dict[str, bool]:
    """Mark the rows of a source that its editions have withdrawn, and unmark the others.

    Returns the rows that were not withdrawn and now are (True), or were and are back (False).
    """
    whole = queries.whole_editions(tx, source)
    changes = _changes(tx, source, whole) if whole else []
    if not whole:
        changes = [{**row, "by": None, "was": True} for row in queries.marked_claims(tx, source)]
    for i in range(0, len(changes), queries.BATCH):
        rows = {"rows": changes[i : i + queries.BATCH]}
        tx.run("UNWIND $rows AS r MATCH (c:Claim {id: r.claim}) SET c.withdrawn_by = r.by", rows)
    return {
        change["row"]: change["by"] is not None for change in changes if (change["by"] is not None) != change["was"]
    }


def _changes(tx: Transaction, source: str, whole: list[Row]) -> list[Row]:
    """Return which claims get which mark, and whether their row was withdrawn before.

    A row of the latest edition, or of a document after it, gets none.
    """
    latest = max(whole, key=edition)["id"]
    last: dict[str, tuple[str, str]] = {}
    marks: dict[str, dict[str, str | None]] = defaultdict(dict)
    for row in queries.claims_not_in(tx, source, latest):
        stated = edition(row["d"])
        last[row["row"]] = max(stated, last.get(row["row"], stated))
        marks[row["row"]][row["claim"]] = row["mark"]
    current = queries.rows_in(tx, marks, latest)
    changes: list[Row] = []
    for name, claims in marks.items():
        by = withdrawing(whole, last[name]) if name not in current else None
        row_now = {"row": name, "by": by and by["id"], "was": any(claims.values())}
        changes += [{"claim": claim, **row_now} for claim, mark_now in claims.items() if mark_now != row_now["by"]]
    return changes
