"""The golden copy as XML: records streamed, most of them passed over after a look at number and name."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kg.fetch.raw import Raw
from kg.tables.wanted import Wanted
from kg.text.xml import children, local, records, text_of

from .entities import LegalEntity
from .relations import NotReported, Relation

ROOTS = {"LEIData": "LEIRecord", "RelationshipData": "RelationshipRecord", "ReportingExceptionData": "Exception"}
"""The first elements of the three files, and the element of a record in each."""

_HEADER = re.compile(rb"<(?:\w+:)?(ContentDate|RecordCount)>\s*([\w:.+-]*)\s*<")

_LINES = ("FirstAddressLine", "AdditionalAddressLine")

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
    for child in element[1] if len(element) > 1 else ():
        tag = child.tag
        if tag.endswith("}LegalName"):
            name = child.text
            if name and only.by_name(name):
                return True
        elif tag.endswith("}OtherEntityNames"):
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
    record = children(element)
    entity = children(record.get("Entity", ()))
    seat = entity.get("HeadquartersAddress", ())
    place = children(seat)
    lines = [text_of(line) for line in seat if local(line) in _LINES]
    others = [
        (name.get("type") or "", text_of(name) or "")
        for part in ("OtherEntityNames", "TransliteratedOtherEntityNames")
        for name in entity.get(part, ())
    ]
    return LegalEntity(
        lei=_text(record, "LEI"),
        name=_text(entity, "LegalName"),
        others=tuple(others),
        lines=tuple(filter(None, lines)),
        city=_text(place, "City"),
        region=_text(place, "Region"),
        country=_text(place, "Country"),
        postcode=_text(place, "PostalCode"),
        category=_text(entity, "EntityCategory"),
        registration=_text(record, "Registration", "RegistrationStatus"),
    )


def _relation(element: Any) -> Relation:
    record = children(element)
    relation = children(record.get("Relationship", ()))
    periods = map(children, relation.get("RelationshipPeriods", ()))
    period = next((period for period in periods if _text(period, "PeriodType") == "RELATIONSHIP_PERIOD"), {})
    quantifiers = map(children, relation.get("RelationshipQuantifiers", ()))
    percent = (
        _text(told, "QuantifierAmount") for told in quantifiers if _text(told, "QuantifierUnits") == "PERCENTAGE"
    )
    return Relation(
        start=_text(relation, "StartNode", "NodeID"),
        end=_text(relation, "EndNode", "NodeID"),
        kind=_text(relation, "RelationshipType"),
        status=_text(relation, "RelationshipStatus"),
        registration=_text(record, "Registration", "RegistrationStatus"),
        since=_text(period, "StartDate"),
        until=_text(period, "EndDate"),
        percent=next(filter(None, percent), ""),
    )


def _exception(element: Any) -> NotReported:
    reasons = [text_of(child) or "" for child in element if local(child) == "ExceptionReason"]
    record = children(element)
    return NotReported(_text(record, "LEI"), _text(record, "ExceptionCategory"), tuple(reasons))


def _text(parts: Mapping[str, Any], name: str, *below: str) -> str:
    """Return the text of one of the parts, or of what stands below it; "" where there is none."""
    part = parts.get(name)
    return "" if part is None else text_of(part, *below) or ""
