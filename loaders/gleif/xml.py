"""The golden copy as XML: records streamed, most of them passed over after a look at number and name."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from kg.fetch.raw import Raw
from kg.tables.wanted import Wanted
from kg.text.xml import local, records, text_of

from .entities import LegalEntity
from .relations import NotReported, Relation

ROOTS = {"LEIData": "LEIRecord", "RelationshipData": "RelationshipRecord", "ReportingExceptionData": "Exception"}
"""The first elements of the three files, and the element of a record in each."""

_HEADER = re.compile(rb"<(?:\w+:)?(ContentDate|RecordCount)>\s*([\w:.+-]*)\s*<")

Found = tuple[int, LegalEntity | Relation | NotReported]


class GoldenCopy:
    """One file of the golden copy: ``header`` has its words on date and count, ``count`` the records read so far."""

    def __init__(self, raw: Raw, root: str, only: Wanted) -> None:
        self.header = {name.decode(): value.decode("ascii", "replace") for name, value in _HEADER.findall(raw.head)}
        self.count = 0
        self._raw = raw
        self._tag = ROOTS[root]
        self._only = only

    def wanted(self) -> Iterator[Found]:
        """Yield the records that are wanted, with their place in the file; raises ValueError for damaged XML."""
        is_wanted = {"LEIRecord": _entity_wanted, "RelationshipRecord": _relation_wanted, "Exception": _lei_wanted}
        read: dict[str, Callable[[Any], LegalEntity | Relation | NotReported]] = {
            "LEIRecord": _entity,
            "RelationshipRecord": _relation,
            "Exception": _exception,
        }
        wants, reads, only = is_wanted[self._tag], read[self._tag], self._only
        with self._raw.open() as stream:
            for element in records(stream, self._tag):
                self.count += 1
                if only.everything or wants(element, only):
                    yield self.count, reads(element)


def _entity_wanted(element: Any, only: Wanted) -> bool:
    """Say whether a record is wanted, by its number or one of its names; looks at as little as it can."""
    lei = element[0].text if len(element) else None
    if lei and only.by_id(f"lei:{lei}"):
        return True
    entity = element[1] if len(element) > 1 else ()
    for child in entity:
        name = child.tag.rpartition("}")[2]
        if name == "LegalName":
            if child.text and only.by_name(child.text):
                return True
        elif name == "OtherEntityNames":
            return any(other.text and only.by_name(other.text) for other in child)
        else:
            return False
    return False


def _relation_wanted(element: Any, only: Wanted) -> bool:
    for node in element[0] if len(element) else ():
        if not node.tag.endswith("Node"):
            return False  # start and end come first
        if len(node) and only.by_id(f"lei:{node[0].text}"):
            return True
    return False


def _lei_wanted(element: Any, only: Wanted) -> bool:
    return bool(len(element)) and only.by_id(f"lei:{element[0].text}")


def _entity(element: Any) -> LegalEntity:
    entity = next((child for child in element if local(child) == "Entity"), ())
    parts = {local(child): child for child in entity}
    seat = parts.get("HeadquartersAddress", ())
    lines = [text_of(line) for line in seat if local(line) in ("FirstAddressLine", "AdditionalAddressLine")]
    others = [
        (name.get("type") or "", text_of(name) or "")
        for part in ("OtherEntityNames", "TransliteratedOtherEntityNames")
        for name in parts.get(part, ())
    ]
    return LegalEntity(
        lei=text_of(element, "LEI") or "",
        name=text_of(parts["LegalName"]) or "" if "LegalName" in parts else "",
        others=tuple(others),
        lines=tuple(filter(None, lines)),
        city=text_of(seat, "City") or "",
        region=text_of(seat, "Region") or "",
        country=text_of(seat, "Country") or "",
        postcode=text_of(seat, "PostalCode") or "",
        category=text_of(entity, "EntityCategory") or "",
        registration=text_of(element, "Registration", "RegistrationStatus") or "",
    )


def _relation(element: Any) -> Relation:
    relation = next((child for child in element if local(child) == "Relationship"), ())
    period = next(
        (
            period
            for periods in relation
            if local(periods) == "RelationshipPeriods"
            for period in periods
            if text_of(period, "PeriodType") == "RELATIONSHIP_PERIOD"
        ),
        (),
    )
    quantifiers = next((child for child in relation if local(child) == "RelationshipQuantifiers"), ())
    percent = [
        text_of(quantifier, "QuantifierAmount")
        for quantifier in quantifiers
        if text_of(quantifier, "QuantifierUnits") == "PERCENTAGE"
    ]
    return Relation(
        start=text_of(relation, "StartNode", "NodeID") or "",
        end=text_of(relation, "EndNode", "NodeID") or "",
        kind=text_of(relation, "RelationshipType") or "",
        status=text_of(relation, "RelationshipStatus") or "",
        registration=text_of(element, "Registration", "RegistrationStatus") or "",
        since=text_of(period, "StartDate") or "",
        until=text_of(period, "EndDate") or "",
        percent=next((amount for amount in percent if amount), ""),
    )


def _exception(element: Any) -> NotReported:
    reasons = [text_of(child) or "" for child in element if local(child) == "ExceptionReason"]
    return NotReported(text_of(element, "LEI") or "", text_of(element, "ExceptionCategory") or "", tuple(reasons))
