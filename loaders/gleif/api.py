"""The answers of GLEIF's web service, in the form of JSON:API."""

from collections.abc import Iterator, Mapping
from typing import Any

from kg.exceptions import InputError
from kg.tables.record import listing, mapping

from .entities import LegalEntity
from .relations import NotReported, Relation

TYPES = ("lei-records", "relationship-records", "reporting-exceptions")
"""Kinds of records that the service gives."""

Found = tuple[int, LegalEntity | Relation | NotReported]


def read(data: Mapping[str, Any], where: str) -> Iterator[Found]:
    """Yield the records of an answer, one or many, with their place in it; raises InputError for what is none."""
    inside = data.get("data")
    for number, item in enumerate(inside if isinstance(inside, list) else [inside], 1):
        at = f"{where}: record {number}"
        record = mapping(item, at)
        attributes = mapping(record.get("attributes"), f"{at}: attributes")
        kind = record.get("type")
        if kind not in TYPES:
            raise InputError(f"{at}: a record of type {str(kind)[:60]!r}, where one of {', '.join(TYPES)} should stand")
        yield number, _READ[kind](attributes, at)


def published(data: Mapping[str, Any], where: str) -> str | None:
    """Return the day of the golden copy that an answer comes from."""
    meta = mapping(mapping(data.get("meta"), where).get("goldenCopy"), where)
    return str(meta.get("publishDate") or "")[:10] or None


def _entity(attributes: Mapping[str, Any], at: str) -> LegalEntity:
    entity = mapping(attributes.get("entity"), f"{at}: entity")
    seat = mapping(entity.get("headquartersAddress"), f"{at}: headquartersAddress")
    others = [
        mapping(name, f"{at}: {part}")
        for part in ("otherNames", "transliteratedOtherNames")
        for name in listing(entity.get(part), f"{at}: {part}")
    ]
    return LegalEntity(
        lei=_text(attributes.get("lei")),
        name=_text(mapping(entity.get("legalName"), f"{at}: legalName").get("name")),
        others=tuple((_text(name.get("type")), _text(name.get("name"))) for name in others),
        lines=tuple(filter(None, map(_text, listing(seat.get("addressLines"), f"{at}: addressLines")))),
        city=_text(seat.get("city")),
        region=_text(seat.get("region")),
        country=_text(seat.get("country")),
        postcode=_text(seat.get("postalCode")),
        category=_text(entity.get("category")),
        registration=_text(mapping(attributes.get("registration"), f"{at}: registration").get("status")),
    )


def _relation(attributes: Mapping[str, Any], at: str) -> Relation:
    relation = mapping(attributes.get("relationship"), f"{at}: relationship")
    periods = [mapping(period, f"{at}: periods") for period in listing(relation.get("periods"), f"{at}: periods")]
    period = next((period for period in periods if period.get("type") == "RELATIONSHIP_PERIOD"), {})
    start, end = (mapping(relation.get(node), f"{at}: {node}") for node in ("startNode", "endNode"))
    return Relation(
        start=_text(start.get("id")),
        end=_text(end.get("id")),
        kind=_text(relation.get("type")),
        status=_text(relation.get("status")),
        registration=_text(mapping(attributes.get("registration"), f"{at}: registration").get("status")),
        since=_text(period.get("startDate")),
        until=_text(period.get("endDate")),
        percent="",
    )


def _exception(attributes: Mapping[str, Any], _: str) -> NotReported:
    reason = attributes.get("reason") or attributes.get("exceptionReason")
    reasons = reason if isinstance(reason, list) else [reason]
    category = _text(attributes.get("category") or attributes.get("exceptionCategory"))
    return NotReported(_text(attributes.get("lei")), category, tuple(filter(None, map(_text, reasons))))


_READ: Mapping[str, Any] = dict(zip(TYPES, (_entity, _relation, _exception), strict=True))


def _text(value: object) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
