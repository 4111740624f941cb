"""A claim: what one document says, once. Everything else in the graph is derived from claims and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from kg.core.ids import digest

STATUSES = ("asserted", "reported", "planned", "speculative", "ended")
"""What the text commits to, strongest first."""

ENDED_AS = ("denied", "declined", "cancelled", "terminated", "former", "repaid")
"""How an ended fact ended."""

STAGES = ("rumoured", "letter of intent", "signed", "financed", "under construction", "operating", "ended")
"""The rung that a text puts a deal or site on, lowest first."""

Value = str | int | float


EXACT = 2**53
"""Whole numbers below this are exact as floats, and fit into the integers of every engine."""


def plain(value: Value) -> Value:
    """Return a whole number as an int, so that 300.0 and 300 are one value in ids and in JSON.

    Numbers beyond ``EXACT``, such as 8.4e+23 operations, stay floats: their last digits say nothing.
    """
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < EXACT else value


@dataclass(frozen=True, slots=True)
class EntityName:
    """An entity as one document names it: its fullest name there, its type, the other forms that the text uses.

    ``id`` is what the extractor already knows: the canonical id of a registry entry or place, or an external id
    (``kg.core.external``) that the row of a table gives; the resolver decides.
    """

    name: str
    type: str
    id: str | None = None
    aliases: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form; aliases only where there are any."""
        data: dict[str, Any] = {"id": self.id, "name": self.name, "type": self.type}
        return data | ({"aliases": list(self.aliases)} if self.aliases else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "EntityName":
        """Build from the JSON form."""
        return cls(data["name"], data["type"], data.get("id"), tuple(data.get("aliases", ())))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The slice of a document that shows a claim.

    ``text_of_document[start:end] == text`` always; a table row has a ``locator`` instead of offsets, and its cells as
    text. A paged document has both: the locator names page and box.
    """

    text: str
    start: int | None = None
    end: int | None = None
    locator: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"start": self.start, "end": self.end, "text": self.text, "locator": self.locator}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Evidence":
        """Build from the JSON form."""
        return cls(data["text"], data.get("start"), data.get("end"), data.get("locator"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as worded: bounds in the unit of its qualifier, what it measures, per what, as of when."""

    text: str
    min: float | None = None
    max: float | None = None
    unit: str | None = None
    basis: str | None = None
    currency: str | None = None
    per: str | None = None
    as_of: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "text": self.text,
            "min": self.min if self.min is None else plain(self.min),
            "max": self.max if self.max is None else plain(self.max),
            "unit": self.unit,
            "basis": self.basis,
            "currency": self.currency,
            "per": self.per,
            "as_of": self.as_of,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Quantity":
        """Build from the JSON form."""
        return cls(**{name: data.get(name) for name in cls.__slots__})  # type: ignore[arg-type]

    @property
    def bound(self) -> str | None:
        """Say how the number limits the truth: "up to", "at least", "range", or None for a plain number."""
        if self.min is None and self.max is not None:
            return "up to"
        if self.max is None and self.min is not None:
            return "at least"
        return "range" if self.min != self.max else None


def row_key(source: str, row: str, field: str) -> str:
    """Return the ``key`` of a claim that a table states in one row: source, the row's own key, the field.

    ``row`` is what the source calls the row (its id or name), so that it stays the same from edition to edition; any
    text will do. Raises ValueError for an empty part, and for a source or field that holds a "|".
    """
    if not (source and row.strip() and field) or "|" in source or "|" in field:
        raise ValueError(f"row key of source {source!r}, row {row!r}, field {field!r}: none may be empty or hold a '|'")
    return f"{source}|{row}|{field}"


_NO_QUALIFIERS: Mapping[str, Value] = {}
_NO_QUANTITIES: Mapping[str, Quantity] = {}


@dataclass(frozen=True, init=False)
class Claim:
    """What one document says, once: subject, predicate, object or value, qualifiers, status, evidence.

    ``document`` is the path or address as given. A relation has an ``object``, an attribute a ``value``; never both.
    ``confidence`` (0 to 1) is how far we trust that it was read right. ``also`` lists further places that say it.
    """

    document: str
    document_id: str
    subject: EntityName
    predicate: str
    evidence: Evidence
    object: EntityName | None = None
    value: Value | None = None
    qualifiers: Mapping[str, Value] = field(default_factory=dict)
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    status: str = "asserted"
    ended_as: str | None = None
    stage: str | None = None
    confidence: float = 1.0
    published: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    also: tuple[Evidence, ...] = ()
    extractor: str = "rules"
    key: str | None = None
    """For a row of a table: "source|row|field" (``row_key``), which stands for the document in the id.

    The same row with the same content in another edition of the table is the same claim, which both editions state;
    ``document_id``, dates and evidence are those of the edition at hand.
    """
    citations: tuple[str, ...] = ()
    """Web addresses that the row cites: a document of one of them and the row are no two independent sources."""

    def __init__(  # noqa: PLR0917  the fields in their order, as ``dataclass`` would take them
        self,
        document: str,
        document_id: str,
        subject: EntityName,
        predicate: str,
        evidence: Evidence,
        object: EntityName | None = None,  # noqa: A002  the word for it everywhere
        value: Value | None = None,
        qualifiers: Mapping[str, Value] = _NO_QUALIFIERS,
        quantities: Mapping[str, Quantity] = _NO_QUANTITIES,
        status: str = "asserted",
        ended_as: str | None = None,
        stage: str | None = None,
        confidence: float = 1.0,
        published: str | None = None,
        valid_from: str | None = None,
        valid_to: str | None = None,
        also: tuple[Evidence, ...] = (),
        extractor: str = "rules",
        key: str | None = None,
        citations: tuple[str, ...] = (),
    ) -> None:
        """Refuse what no claim may be.

        Written out, since tables make claims by the million: what ``dataclass`` writes for a frozen class takes three
        times as long.
        """
        if (object is None) == (value is None):
            raise ValueError(f"claim {predicate} of {subject.name!r}: needs an object or a value, not both")
        if status not in STATUSES:
            raise ValueError(f"claim {predicate} of {subject.name!r}: status {status!r}")
        if key is not None and key.count("|") < 2:
            raise ValueError(f"claim {predicate} of {subject.name!r}: {key!r} is no source|row|field")
        self.__dict__.update(
            document=document,
            document_id=document_id,
            subject=subject,
            predicate=predicate,
            evidence=evidence,
            object=object,
            value=plain(value) if isinstance(value, float) else value,
            qualifiers={name: plain(told) for name, told in qualifiers.items()} if qualifiers else qualifiers,
            quantities=quantities,
            status=status,
            ended_as=ended_as,
            stage=stage,
            confidence=confidence,
            published=published,
            valid_from=valid_from,
            valid_to=valid_to,
            also=also,
            extractor=extractor,
            key=key,
            citations=citations,
        )

    @cached_property
    def id(self) -> str:
        """The id: a hash of what is said and by whom, free of offsets, canonical ids, confidence and extractor.

        The ends of a symmetric predicate come sorted by name (``kg.schema.validate`` sees to it).
        """
        subject = [self.subject.type, self.subject.name]
        other = [self.object.type, self.object.name] if self.object else self.value
        quantities = {name: quantity.to_json() for name, quantity in self.quantities.items()}
        said = [self.predicate, subject, other, dict(self.qualifiers), quantities, self.status]
        return f"claim:{digest(self.key or self.document_id, *said)}"

    @property
    def source(self) -> str | None:
        """The source of the table that states it in a row, or None for a claim of a text."""
        return self.key.partition("|")[0] if self.key else None

    @property
    def row(self) -> str | None:
        """Source and row of the table that states it: what all claims of the row share; None for a claim of a text."""
        return self.key.rpartition("|")[0] if self.key else None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON Lines form, the contract between the stages."""
        row = {"key": self.key} if self.key else {}
        cited = {"citations": list(self.citations)} if self.citations else {}
        return {
            "id": self.id,
            "document": self.document,
            "document_id": self.document_id,
            "subject": self.subject.to_json(),
            "predicate": self.predicate,
            "object": self.object.to_json() if self.object else None,
            "value": self.value,
            "qualifiers": dict(self.qualifiers),
            "quantities": {name: quantity.to_json() for name, quantity in self.quantities.items()},
            "status": self.status,
            "ended_as": self.ended_as,
            "stage": self.stage,
            "confidence": round(self.confidence, 4),
            "published": self.published,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "evidence": self.evidence.to_json(),
            "also": [evidence.to_json() for evidence in self.also],
            "extractor": self.extractor,
            **row,
            **cited,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Claim":
        """Build a claim from its JSON Lines form."""
        plain = ("predicate", "value", "status", "ended_as", "stage", "published", "valid_from", "valid_to", "key")
        return cls(
            document=data["document"],
            document_id=data["document_id"],
            subject=EntityName.from_json(data["subject"]),
            object=EntityName.from_json(data["object"]) if data.get("object") else None,
            evidence=Evidence.from_json(data["evidence"]),
            also=tuple(Evidence.from_json(item) for item in data.get("also", ())),
            qualifiers=dict(data.get("qualifiers") or {}),
            quantities={name: Quantity.from_json(q) for name, q in (data.get("quantities") or {}).items()},
            confidence=data.get("confidence", 1.0),
            extractor=data.get("extractor", "rules"),
            citations=tuple(data.get("citations", ())),
            **{name: data[name] for name in plain if data.get(name) is not None},
        )

    def with_confidence(self, confidence: float) -> "Claim":
        """Return the same claim with another confidence; its id stays."""
        return replace(self, confidence=confidence)
