"""What shows a claim: the sentence, its document, publisher, date, status and offsets."""

import json
from collections.abc import Iterable
from math import prod
from typing import Any

from kg.questions.answer import Row
from kg.store import base
from kg.store.base import Store

WEAK = 0.5
"""Confidence below which a claim is marked as weak wherever it is shown."""

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
    ("document_id", "id"),
    ("claim", "id"),
)
"""The fields of one piece of evidence in order, with their types."""

_QUERY = """
UNWIND $ids AS id
MATCH (c:Claim {id: id})-[:STATED_IN]->(d:Document)
RETURN c.id AS claim, c.given_as AS document, d.publisher AS publisher, coalesce(c.published, d.published) AS published,
       c.status AS status, c.ended_as AS ended_as, c.quote AS quote, c.start AS start, c.end AS end,
       c.locator AS locator, c.also AS also, d.title AS title, d.url AS url, d.kind AS kind,
       c.confidence AS confidence, d.id AS document_id
"""


def evidence(store: Store, claims: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the evidence of each claim by its id: one entry for each place of the document that says it.

    Entries have the fields of ``COLUMNS``; start and end are characters of the document's text, and None where a
    locator (row and columns of a table) stands for them.
    """
    rows = store.read(_QUERY, {"ids": sorted(set(claims))})
    return {row["claim"]: _places(row) for row in rows}


def attach(store: Store, rows: list[Row]) -> None:
    """Give each row its evidence, oldest document first, then in the order of the text; each place once.

    Two claims can rest on one sentence ("leases all of F from B"); the place then stands for the first of them.
    """
    found = evidence(store, (id_ for row in rows for id_ in row["claims"]))
    for row in rows:
        places = (entry for id_ in row["claims"] for entry in found.get(id_, ()))
        row.evidence = _once(sorted(places, key=_order))


def mark_weak(store: Store, rows: list[Row]) -> None:
    """Say of each row whether all that supports it is weak: the chance that one independent origin was read right."""
    ids = {id_ for row in rows for id_ in row["claims"]}
    found = store.read(
        "UNWIND $ids AS id MATCH (c:Claim {id: id})-[:STATED_IN]->(d:Document) "
        "RETURN c.id AS id, c.confidence AS confidence, d.origin AS origin",
        {"ids": sorted(ids)},
    )
    told = {item["id"]: item for item in found}
    for row in rows:
        best: dict[str, float] = {}
        for item in (told[id_] for id_ in row["claims"] if id_ in told):
            best[item["origin"]] = max(best.get(item["origin"], 0.0), item["confidence"])
        row.weak = bool(best) and 1 - prod(1 - confidence for confidence in best.values()) < WEAK


def _once(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    places: dict[tuple[Any, ...], dict[str, Any]] = {}
    for entry in entries:
        place = ("document_id", "start", "end", "locator", "quote", "status", "ended_as")
        places.setdefault(tuple(entry[name] for name in place), entry)
    return list(places.values())


def _places(row: base.Row) -> list[dict[str, Any]]:
    first = {"text": row["quote"], "start": row["start"], "end": row["end"], "locator": row["locator"]}
    entries = []
    for place in [first, *json.loads(row["also"] or "[]")]:
        entry = {name: row.get(name) for name, _ in COLUMNS}
        entry |= {name: place.get(name) for name in ("start", "end", "locator")}
        entry |= {"quote": place["text"], "weak": row["confidence"] < WEAK}
        entries.append(entry)
    return entries


def _order(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (entry["published"] or "9999", entry["document"], entry["start"] or 0, entry["claim"], entry["quote"])
