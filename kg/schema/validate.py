"""The check of a claim against the ontology: what contradicts it is left out with the reason, never stored."""

import math
from dataclasses import replace

from kg.core.claim import ENDED_AS, STAGES, Claim, EntityName, Evidence, Quantity, Value
from kg.core.dates import earliest, is_date, latest
from kg.core.document import Document
from kg.core.external import SCHEMES, is_external
from kg.core.rejection import Rejection
from kg.schema.ontology import Ontology, Valued

MAX_NAME = 1_000
"""Longest name of an entity, in characters: what is longer is a sentence that was taken for a name."""

MAX_QUOTE = 100_000
"""Longest evidence, in characters: the store takes no longer texts in a claim."""


class _ClaimError(Exception):
    """What is wrong with a claim, in a few words."""


def checked(claim: Claim, ontology: Ontology, document: Document | None = None) -> Claim | Rejection:
    """Return the claim as it may be stored, or the Rejection that says why it may not.

    The ends of a symmetric predicate come back sorted by name. Types, domain and range, qualifiers, units, bases,
    statuses, dates and the evidence are checked; with the ``document`` also that it is the one which the claim names,
    and that the quoted characters are its own.
    """
    try:
        _check_names(claim, ontology)
        if claim.object is None:
            _check_attribute(claim, ontology)
        else:
            _check_relation(claim, claim.object, ontology)
        _check_quantities(claim, ontology)
        _check_course(claim)
        for evidence in (claim.evidence, *claim.also):
            _check_evidence(evidence, document)
        if document:
            _check_document(claim, document)
    except _ClaimError as error:
        return Rejection(_where(claim), f"{claim.predicate} of {claim.subject.name[:80]!r}: {error}")
    return _sorted(claim, ontology)


def _where(claim: Claim) -> str:
    place = claim.evidence
    at = place.locator or (f"characters {place.start}-{place.end}" if place.start is not None else None)
    return f"{claim.document}, {at}" if at else claim.document


def _sorted(claim: Claim, ontology: Ontology) -> Claim:
    predicate = ontology.predicates.get(claim.predicate)
    target = claim.object
    if (
        predicate
        and predicate.symmetric
        and target
        and (target.name, target.type)
        < (
            claim.subject.name,
            claim.subject.type,
        )
    ):
        return replace(claim, subject=target, object=claim.subject)
    return claim


# --- what is said of whom


def _check_names(claim: Claim, ontology: Ontology) -> None:
    for name in (claim.subject, *([claim.object] if claim.object else [])):
        if name.type not in ontology.types or name.type == "Deal":
            raise _ClaimError(f"{name.name[:80]!r} has the type {name.type!r}, which no text names")
        _check_name(name.name)
        for alias in name.aliases:
            _check_name(alias)


def _check_name(name: Value) -> None:
    if not isinstance(name, str) or not name.strip():
        raise _ClaimError(f"{name!r} is no name")
    if len(name) > MAX_NAME:
        raise _ClaimError(f"the name {name[:40]!r}… has {len(name):,} characters")


def _check_relation(claim: Claim, target: EntityName, ontology: Ontology) -> None:
    predicate = ontology.predicates.get(claim.predicate)
    if predicate is None:
        hint = ", which is an attribute and takes a value" if claim.predicate in ontology.attributes else ""
        raise _ClaimError(f"no predicate of the ontology{hint}")
    for end, entity, types in (("subject", claim.subject, predicate.domain), ("object", target, predicate.range)):
        if entity.type not in types:
            raise _ClaimError(f"its {end} is a {' or '.join(types)}, not a {entity.type} ({entity.name[:80]!r})")
    if (target.type, target.name) == (claim.subject.type, claim.subject.name):
        raise _ClaimError("subject and object are the same")
    for name, value in claim.qualifiers.items():
        if name not in predicate.qualifiers:
            allowed = ", ".join(predicate.qualifiers) or "none"
            raise _ClaimError(f"qualifier {name!r} does not belong to it; these do: {allowed}")
        _check_value(name, value, ontology.qualifiers[name], ontology)


def _check_attribute(claim: Claim, ontology: Ontology) -> None:
    attribute = ontology.attributes.get(claim.predicate)
    if attribute is None or claim.value is None:
        hint = ", which is a predicate and takes an object" if claim.predicate in ontology.predicates else ""
        raise _ClaimError(f"no attribute of the ontology{hint}")
    if claim.subject.type not in attribute.domain:
        raise _ClaimError(f"it is told of a {' or '.join(attribute.domain)}, not of a {claim.subject.type}")
    if claim.qualifiers:
        raise _ClaimError(f"an attribute has no qualifiers, but this has {', '.join(claim.qualifiers)}")
    _check_value("its value", claim.value, attribute, ontology)


def _check_value(what: str, value: Value, kind: Valued, ontology: Ontology) -> None:
    """Check a value against the kind that the ontology gives it."""
    if kind.kind == "number":
        if isinstance(value, (str, bool)) or not math.isfinite(value):
            raise _ClaimError(f"{what} is a number in {kind.unit}, not {value!r}")
        if (value < 0 and kind.unit != "degrees") or (kind.unit == "%" and value > 100):
            raise _ClaimError(f"{what} cannot be {value:g} {kind.unit}")
    elif kind.kind == "date":
        if not is_date(value):
            raise _ClaimError(f"{what} is a date such as 2026, 2026-05 or 2026-05-07, not {value!r}")
    elif kind.kind == "Role":
        if value not in ontology.roles:
            raise _ClaimError(f"{what} is one of {', '.join(ontology.roles)}, not {value!r}")
    elif kind.kind == "id":
        if not isinstance(value, str) or not is_external(value):
            raise _ClaimError(f"{what} is an id of {', '.join(SCHEMES)}, such as cik:1769628, not {value!r}")
    else:
        _check_name(value)


# --- numbers


def _check_quantities(claim: Claim, ontology: Ontology) -> None:
    predicate = ontology.predicates.get(claim.predicate)
    for name, quantity in claim.quantities.items():
        kind = ontology.attributes.get(name) if predicate is None else ontology.qualifiers.get(name)
        if kind is None or not (name in predicate.qualifiers if predicate else name == claim.predicate):
            raise _ClaimError(f"quantity {name!r} does not belong to it")
        _check_quantity(name, quantity, kind, ontology)


def _check_quantity(name: str, quantity: Quantity, kind: Valued, ontology: Ontology) -> None:
    foreign = quantity.currency not in (None, "USD")
    if quantity.unit not in (None, kind.unit) and not foreign:
        raise _ClaimError(f"{name} is in {kind.unit}, not in {quantity.unit}")
    bounds = [bound for bound in (quantity.min, quantity.max) if bound is not None]
    if not all(map(math.isfinite, bounds)) or bounds != sorted(bounds):
        raise _ClaimError(f"{name} has the bounds {quantity.min} and {quantity.max}")
    if quantity.basis is not None and (quantity.basis not in ontology.bases or quantity.basis not in kind.bases):
        known = ", ".join(kind.bases) or "none"
        raise _ClaimError(f"{name} has the basis {quantity.basis!r}; it can have {known}")
    if quantity.as_of is not None and not is_date(quantity.as_of):
        raise _ClaimError(f"{name} is as of {quantity.as_of!r}, which is no date")


# --- status, dates, evidence


def _check_course(claim: Claim) -> None:
    """Check how far the fact has come, when, and how sure it is."""
    if claim.ended_as is not None and (claim.status != "ended" or claim.ended_as not in ENDED_AS):
        raise _ClaimError(
            f"ended as {claim.ended_as!r} with status {claim.status}; one of {', '.join(ENDED_AS)}, if ended"
        )
    if claim.stage is not None and claim.stage not in STAGES:
        raise _ClaimError(f"stage {claim.stage!r} is none of {', '.join(STAGES)}")
    if not 0 <= claim.confidence <= 1:
        raise _ClaimError(f"confidence {claim.confidence} lies outside 0 to 1")
    for name in ("published", "valid_from", "valid_to"):
        date = getattr(claim, name)
        if date is not None and not is_date(date):
            raise _ClaimError(f"{name} {date!r} is no date such as 2026, 2026-05 or 2026-05-07")
    if claim.valid_from and claim.valid_to and earliest(claim.valid_from) > latest(claim.valid_to):
        raise _ClaimError(f"valid from {claim.valid_from} to {claim.valid_to}")


def _check_evidence(evidence: Evidence, document: Document | None) -> None:
    start, end = evidence.start, evidence.end
    if not evidence.text.strip():
        raise _ClaimError("no evidence")
    if len(evidence.text) > MAX_QUOTE:
        raise _ClaimError(f"evidence of {len(evidence.text):,} characters")
    if start is None or end is None:
        if not evidence.locator or start != end:
            raise _ClaimError("evidence that stands nowhere: neither characters nor a locator")
        return
    if not 0 <= start < end or end - start != len(evidence.text):
        raise _ClaimError(f"evidence of {len(evidence.text)} characters at {start}-{end}")
    if document and document.text[start:end] != evidence.text:
        raise _ClaimError(f"evidence is not what the document has at {start}-{end}")


def _check_document(claim: Claim, document: Document) -> None:
    if claim.document_id != document.id:
        raise _ClaimError(f"it is of {claim.document_id}, not of this document")
    if claim.source and document.source and claim.source != document.source:
        raise _ClaimError(f"its row is of {claim.source!r}, the document of {document.source!r}")
