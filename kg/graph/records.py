"""Documents and claims as nodes of the store, and back again: what is written is read as it was."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.core.claim import Claim, EntityName, Evidence, Quantity
from kg.core.document import Document
from kg.core.ids import digest
from kg.graph.elements import Node, Property
from kg.graph.origin import KEYS, sketch

PIECE = 150_000
"""Characters of text in one node: the embedded engine stores longer values slowly."""

QUALIFIERS = ("capacity_mw", "value_usd", "term_years", "chip_count", "stake_pct", "facility", "chip", "date", "title")


def document_node(document: Document, recorded: str, extractor: str) -> Node:
    """Return the node of a document; ``recorded`` is the UTC moment at which the store learnt of it."""
    bins = sketch(document.text)
    properties: dict[str, Property] = {
        "kind": document.kind,
        "title": document.title,
        "url": document.url,
        "publisher": document.publisher,
        "published": document.published,
        "retrieved": document.retrieved,
        "recorded": recorded,
        "sha256": document.sha256,
        "address": document.address,
        "characters": len(document.text),
        "extractor": extractor,
        "state": "complete",
        "sketch": list(bins) or None,
        **{f"sketch_{n}": str(value) for n, value in enumerate(bins[:KEYS])},
    }
    return Node(document.id, "Document", {name: value for name, value in properties.items() if value is not None})


def text_nodes(document: Document) -> Iterator[Node]:
    """Yield the document's text in pieces, and what surrounded it on its page."""
    for role, text in (("text", document.text), ("aside", document.aside)):
        for start in range(0, len(text), PIECE):
            properties: dict[str, Property] = {"role": role, "start": start, "text": text[start : start + PIECE]}
            yield Node(f"text:{digest(document.id, role, start)}", "Text", properties)


def claim_properties(claim: Claim) -> dict[str, Property]:
    """Return what a claim says as properties; its resolved ends are added by the store."""
    target = claim.object
    also = [evidence.to_json() for evidence in claim.also]
    quantities = {name: quantity.to_json() for name, quantity in claim.quantities.items()}
    properties: dict[str, Property] = {
        "document": claim.document_id,
        "given_as": claim.document,
        "predicate": claim.predicate,
        "subject_name": claim.subject.name,
        "subject_type": claim.subject.type,
        "subject_link": claim.subject.id,
        "subject_aliases": list(claim.subject.aliases),
        "object_name": target.name if target else None,
        "object_type": target.type if target else None,
        "object_link": target.id if target else None,
        "object_aliases": list(target.aliases) if target else None,
        "value": claim.value,
        "status": claim.status,
        "ended_as": claim.ended_as,
        "stage": claim.stage,
        "confidence": float(claim.confidence),
        "published": claim.published,
        "valid_from": claim.valid_from,
        "valid_to": claim.valid_to,
        "quote": claim.evidence.text,
        "start": claim.evidence.start,
        "end": claim.evidence.end,
        "locator": claim.evidence.locator,
        "also": json.dumps(also, ensure_ascii=False) if also else None,
        "quantities": json.dumps(quantities, ensure_ascii=False) if quantities else None,
        "extractor": claim.extractor,
        "row": claim.key,
        **{name: _number(claim.qualifiers[name]) for name in QUALIFIERS if name in claim.qualifiers},
    }
    return {name: value for name, value in properties.items() if value is not None and value != []}


def _number(value: str | float) -> str | float:
    return value if isinstance(value, str) else float(value)


def claim_from(row: Mapping[str, Any]) -> Claim:
    """Return the claim that a node's properties hold."""
    target = None
    if row.get("object_name") is not None:
        target = EntityName(
            row["object_name"], row["object_type"], row.get("object_link"), _strings(row, "object_aliases")
        )
    return Claim(
        document=row["given_as"],
        document_id=row["document"],
        subject=EntityName(
            row["subject_name"], row["subject_type"], row.get("subject_link"), _strings(row, "subject_aliases")
        ),
        predicate=row["predicate"],
        evidence=Evidence(row["quote"], row.get("start"), row.get("end"), row.get("locator")),
        object=target,
        value=row.get("value"),
        qualifiers={name: row[name] for name in QUALIFIERS if row.get(name) is not None},
        quantities={n: Quantity.from_json(q) for n, q in json.loads(row.get("quantities") or "{}").items()},
        status=row["status"],
        ended_as=row.get("ended_as"),
        stage=row.get("stage"),
        confidence=row["confidence"],
        published=row.get("published"),
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        also=tuple(Evidence.from_json(item) for item in json.loads(row.get("also") or "[]")),
        extractor=row["extractor"],
        key=row.get("row"),
    )


def _strings(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(row.get(name) or ())
