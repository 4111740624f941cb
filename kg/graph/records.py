"""Documents and claims as nodes of the store, and back again: what is written is read as it was."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.core.claim import Claim, EntityName, Evidence, Quantity
from kg.core.document import Document
from kg.core.ids import digest
from kg.graph.elements import Node, Property
from kg.graph.origin import KEYS, sketch
from kg.graph.resolved import ResolvedClaim

PIECE = 150_000
"""Characters of text in one node: the embedded engine stores longer values slowly."""

MAX_ALSO = 1_000
"""Further places of a claim that are kept: what is said more often needs no more evidence."""

QUALIFIERS = ("capacity_mw", "value_usd", "term_years", "chip_count", "stake_pct", "facility", "chip", "date", "title")


STATED = (
    "given_as",
    "subject_link",
    "subject_aliases",
    "object_link",
    "object_aliases",
    "ended_as",
    "stage",
    "confidence",
    "published",
    "valid_from",
    "valid_to",
    "quote",
    "start",
    "end",
    "locator",
    "also",
    "extractor",
    "citations",
)
"""What two editions of a table that state one claim can give differently: all that is not in the claim's id."""


def document_node(document: Document, recorded: str, extractor: str, state: str = "complete") -> Node:
    """Return the node of a document; ``recorded`` is the UTC moment at which the store learnt of it.

    Tables of one publisher share an origin, as do their editions; the sketch, by which copies are found, is for texts.
    """
    bins = () if document.source else sketch(document.text)
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
        "file": document.file,
        "source": document.source,
        "whole": document.whole or None,
        "characters": len(document.text),
        "extractor": extractor,
        "state": state,
        "origin": f"source:{document.publisher or document.source}" if document.source else document.id,
        "sketch": list(bins) or None,
        **{f"sketch_{n}": str(value) for n, value in enumerate(bins[:KEYS])},
    }
    return Node(document.id, "Document", {name: value for name, value in properties.items() if value is not None})


def edition(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return by what the editions of a table are put in order: the date of each, as far as it is known."""
    date = document.get("published") or document.get("retrieved") or document["recorded"]
    return str(date), document["id"]


def withdrawing(whole: Iterable[Mapping[str, Any]], last: tuple[str, str]) -> Mapping[str, Any] | None:
    """Return the edition that withdraws a row which ``last`` was the last to state: the first of those after it.

    ``whole`` are editions that list every row of the source; one after the last that states the row lacks it.
    """
    return min((one for one in whole if edition(one) > last), key=edition, default=None)


def text_nodes(document: Document) -> Iterator[Node]:
    """Yield the document's text in pieces, and what surrounded it on its page."""
    for role, text in (("text", document.text), ("aside", document.aside)):
        for start in range(0, len(text), PIECE):
            properties: dict[str, Property] = {"role": role, "start": start, "text": text[start : start + PIECE]}
            yield Node(f"text:{digest(document.id, role, start)}", "Text", properties)


def claim_properties(claim: Claim) -> dict[str, Property]:
    """Return what a claim says as properties; its resolved ends are added by the store."""
    target = claim.object
    also = [evidence.to_json() for evidence in claim.also[:MAX_ALSO]]
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
        "key": claim.key,
        "row": claim.row,
        "source": claim.source,
        "citations": list(claim.citations),
        **{name: _number(claim.qualifiers[name]) for name in QUALIFIERS if name in claim.qualifiers},
    }
    return {name: value for name, value in properties.items() if value is not None and value != []}


def _number(value: str | float) -> str | float:
    return value if isinstance(value, str) else float(value)


def statement_properties(claim: Claim) -> dict[str, Property]:
    """Return what one edition gives of a row's claim, for its edge to the document; nothing for a claim of a text.

    A text's claim has but one document, and the claim's node says it all.
    """
    if claim.key is None:
        return {}
    return {name: value for name, value in claim_properties(claim).items() if name in STATED}


def claim_from(row: Mapping[str, Any]) -> Claim:
    """Return the claim that a node's properties hold, as its leading document states it."""
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
        key=row.get("key"),
        citations=_strings(row, "citations"),
    )


def statement_row(row: Mapping[str, Any], stated: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a claim's properties as one document states it.

    ``row`` has the properties of the claim's node, ``stated`` those of its edge to the document, whose id is in
    ``stated["document"]``.
    """
    if row.get("key") is None:
        return row
    lasting = {name: value for name, value in row.items() if name not in STATED}
    return lasting | {name: stated[name] for name in (*STATED, "document") if name in stated}


Ends = tuple[str, str | None, str | None, str | None]
"""The canonical ids of a claim's subject, object, facility and chip."""


def resolved_claim(claim: Claim, ends: Ends, documents: Iterable[Mapping[str, Any]]) -> ResolvedClaim:
    """Return a claim with canonical ids, and what folding needs to know of the documents that state it.

    ``documents`` gives of each origin, kind, recorded, published (of the claim there), its id as ``document``, and its
    web addresses as ``url`` and ``address``. A claim is known since the first of them was recorded, and said since the
    first was published.
    """
    about = list(documents)
    lead = next(row for row in about if row["document"] == claim.document_id)
    dates = [row["published"] for row in about if row.get("published")] if claim.key else []
    first = min(dates, default=claim.published)
    recorded = min(row["recorded"] for row in about)
    urls = tuple(str(at) for at in (lead.get("url"), lead.get("address")) if at)
    return ResolvedClaim(claim, *ends, lead["origin"], lead["kind"], recorded, first, urls)


def ends_from(row: Mapping[str, Any]) -> Ends:
    """Return the canonical ids that a claim's node holds."""
    return row["subject_id"], row.get("object_id"), row.get("facility_id"), row.get("chip_id")


def _strings(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(row.get(name) or ())
