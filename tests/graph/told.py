"""Resolved claims in a few words, for the tests of what is derived from them."""

from typing import Any

from kg.core.claim import Claim, EntityName, Evidence, Quantity
from kg.graph.resolved import ResolvedClaim

_TYPES = {"LEASES": "Facility", "POWERS": "Facility", "OWNS": "Facility", "HOSTS_CHIP": "Chip", "LEADS": "Company"}


def say(
    subject: str,
    predicate: str,
    other: str,
    *,
    paper: str = "a paper",
    at: int | None = None,
    kind: str = "news",
    origin: str | None = None,
    recorded: str = "2026-01-01T00:00:00Z",
    bounds: dict[str, Quantity] | None = None,
    published: str | None = "2026-05-07",
    first: str | None = None,
    row: str | None = None,
    url: str | None = None,
    citations: tuple[str, ...] = (),
    **said: Any,
) -> ResolvedClaim:
    """Return what a paper says; entities have their names as ids. ``at`` is where its sentence of ten words begins."""
    fields = ("status", "ended_as", "stage", "confidence", "valid_from", "valid_to")
    claim = Claim(
        document=paper,
        document_id=paper,
        subject=EntityName(subject, "Company"),
        predicate=predicate,
        evidence=Evidence("ten words", at, None if at is None else at + 9, "row" if at is None else None),
        object=EntityName(other, _TYPES.get(predicate, "Company")),
        qualifiers={name: value for name, value in said.items() if name not in fields},
        quantities=bounds or {},
        published=published,
        key=f"table|{row}|{predicate}" if row else None,
        citations=citations,
        **{name: said[name] for name in fields if name in said},
    )
    site, chip = (str(said[name]) if name in said else None for name in ("facility", "chip"))
    about = (origin or ("table" if row else paper), kind, recorded, first or published)
    return ResolvedClaim(claim, subject, other, site, chip, *about, (url,) if url else ())
