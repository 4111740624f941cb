"""What shows a claim: the sentence, its document, publisher, date, status and offsets."""

import json
from collections.abc import Iterable
from typing import Any

from kg.core.confidence import is_weak, together
from kg.graph.records import edition, statement_row
from kg.graph.sources import Source, independent
from kg.questions.answer import Row
from kg.questions.question import WITHDRAWN
from kg.questions.withdrawal import was_known, withdrawals
from kg.store import base
from kg.store.base import Store

COLUMNS = (
    ("document", "text"),
    ("publisher", "text"),
    ("published", "date"),
    ("status", "status"),
    ("ended_as", "text"),
    ("quote", "text"),
    ("start", "integer"),
    ("end", "integer"),
    ("locator", "text"),
    ("title", "text"),
    ("url", "text"),
    ("kind", "text"),
    ("confidence", "number"),
    ("weak", "flag"),
    ("withdrawn_by", "text"),
    ("withdrawn", "date"),
    ("document_id", "id"),
    ("claim", "id"),
)
"""The fields of one piece of evidence in order, with their types."""

_QUERY = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})-[s:STATED_IN]->(d:Document)
RETURN c {.*} AS claim, s {.*, document: d.id} AS stated,
       d {.id, .publisher, .published, .title, .url, .kind, .recorded} AS document
ORDER BY id, d.published, d.id
"""


def evidence(store: Store, claims: Iterable[str], known_by: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """Return the evidence of each claim by its id: one entry for each place of each document that says it.

    A row that several editions of a table give is one claim with several documents. Entries have the fields of
    ``COLUMNS``; start and end are characters of the document's text, and None where a locator (row and columns of a
    table) stands for them. Of a row that a later edition lacks, ``withdrawn_by`` is the first such edition,
    ``withdrawn`` its day. With ``known_by`` (an ISO date) it is what the store knew then.
    """
    ids = sorted(set(claims))
    rows = [row for row in store.read(_QUERY, {"ids": ids}) if was_known(row["document"], known_by)]
    gone = withdrawals(store, ids, known_by)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by = gone.get(row["claim"]["id"])
        marked = {"withdrawn_by": by["address"], "withdrawn": edition(by)[0][:10]} if by else {}
        found.setdefault(row["claim"]["id"], []).extend(entry | marked for entry in _places(row))
    return found


def attach(store: Store, rows: list[Row], known_by: str | None = None) -> None:
    """Give each row its evidence, oldest document first, then in the order of the text; each place once.

    Two claims can rest on one sentence ("leases all of F from B"); the place then stands for the first of them.
    """
    found = evidence(store, (id_ for row in rows for id_ in row["claims"]), known_by)
    for row in rows:
        places = (entry for id_ in row["claims"] for entry in found.get(id_, ()))
        row.evidence = _once(sorted(places, key=_order))


def mark_doubts(store: Store, rows: list[Row], known_by: str | None = None) -> None:
    """Say of each row whether all that supports it is weak, or withdrawn; with ``known_by`` as the store knew then.

    Weak is what has too small a chance that one independent origin was read right, withdrawn what later editions of
    its tables lack.
    """
    ids = {id_ for row in rows for id_ in row["claims"]}
    found = store.read(
        "UNWIND $ids AS id MATCH (c:Claim {id: id})-[:STATED_IN]->(d:Document) "
        "RETURN c.id AS id, c.confidence AS confidence, d.origin AS origin, [d.url, d.address] AS urls, "
        "c.citations AS citations",
        {"ids": sorted(ids)},
    )
    told = {item["id"]: item for item in found}
    gone = withdrawals(store, ids, known_by)
    for row in rows:
        said = [told[id_] for id_ in row["claims"] if id_ in told]
        row.weak = bool(said) and is_weak(_together(said))
        row.add(WITHDRAWN, value=bool(said) and all(item["id"] in gone for item in said))


def _together(said: list[base.Row]) -> float:
    """Return the confidence of claims together: of each independent origin the best."""
    origins = independent(Source(item["id"], item["origin"], item["urls"], item["citations"] or ()) for item in said)
    return together((origins[item["id"]], item["confidence"]) for item in said)


def _once(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        place = ("document_id", "start", "end", "locator", "quote", "status", "ended_as")
        places.setdefault(tuple(entry[name] for name in place), entry)
    return list(places.values())


def _places(row: base.Row) -> list[dict[str, Any]]:
    """Return an entry for each place at which one document says it."""
    said, document = statement_row(row["claim"], row["stated"]), row["document"]
    entry: dict[str, Any] = {name: document.get(name) for name, _ in COLUMNS}
    entry |= {"document": said["given_as"], "document_id": document["id"], "claim": said["id"]}
    entry |= {"published": said.get("published") or document.get("published"), "weak": is_weak(said["confidence"])}
    entry |= {"status": said["status"], "ended_as": said.get("ended_as"), "confidence": said["confidence"]}
    first = {"text": said["quote"], **{name: said.get(name) for name in ("start", "end", "locator")}}
    return [
        entry | {name: place.get(name) for name in ("start", "end", "locator")} | {"quote": place["text"]}
        for place in [first, *json.loads(said.get("also") or "[]")]
    ]


def _order(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (entry["published"] or "9999", entry["document"], entry["start"] or 0, entry["claim"], entry["quote"])
