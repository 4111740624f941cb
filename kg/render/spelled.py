"""A claim spelled out for a reader: its words, its marks in the text, and how it came about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.core.claim import Claim
from kg.core.confidence import is_weak
from kg.examine import Considered
from kg.mentions import Mention
from kg.render.cells import bounded, phrase, value_text
from kg.render.marks import Span
from kg.schema.ontology import ontology

ROLES = ("subject", "object", "trigger", "value")
"""What an explanation may place in the text, beside the evidence."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A claim as a page shows it.

    ``said`` are its words with their roles, ``chips`` status and doubts as (kind, word), ``details`` its qualifiers,
    ``why`` the explanation as (name, words). ``marks`` are spans of the text by role; ``evidence`` is one of them.
    """

    said: tuple[tuple[str, str], ...]
    details: str
    status: str
    weak: bool
    reason: str | None
    chips: tuple[tuple[str, str], ...]
    quotes: tuple[str, ...]
    why: tuple[tuple[str, str], ...]
    marks: Mapping[str, tuple[Span, ...]]


def spelled(found: Considered, mentions: Sequence[Mention], length: int) -> Spelled:
    """Spell out what was considered in a text of this length, whose names are ``mentions``."""
    claim = found.claim
    weak = is_weak(claim.confidence)
    return Spelled(
        said=tuple(_said(claim)),
        details=" · ".join(_details(claim)),
        status=claim.status,
        weak=weak,
        reason=found.reason,
        chips=tuple(_chips(claim, weak=weak)),
        quotes=tuple(dict.fromkeys(place.text for place in (claim.evidence, *claim.also))),
        why=tuple(_why(found)),
        marks=_marks(found, mentions, length),
    )


def _said(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "subject", claim.subject.name
    yield "predicate", phrase(claim.predicate)
    if claim.object is not None:
        yield "object", claim.object.name
    else:
        kind = ontology().attributes.get(claim.predicate)
        yield "object", _number(claim, claim.predicate, claim.value, kind.unit if kind else None)


def _details(claim: Claim) -> Iterator[str]:
    for name, value in claim.qualifiers.items():
        kind = ontology().qualifiers.get(name)
        words = _number(claim, name, value, kind.unit if kind else None)
        yield words if kind and kind.unit not in (None, "chips") else f"{kind.label if kind else name} {words}"


def _number(claim: Claim, name: str, value: Any, unit: str | None) -> str:
    quantity = claim.quantities.get(name)
    return bounded(quantity.bound if quantity else None, value_text(value, unit, name))


def _chips(claim: Claim, *, weak: bool) -> Iterator[tuple[str, str]]:
    yield claim.status, f"{claim.status} ({claim.ended_as})" if claim.ended_as else claim.status
    if claim.stage and claim.stage != claim.status:
        yield "stage", claim.stage
    if weak:
        yield "weak", "weak"
    yield "confidence", f"{claim.confidence:.2f}"


def _why(found: Considered) -> Iterator[tuple[str, str]]:
    if found.reason:
        yield "dropped", found.reason
    for name, value in found.explanation.items():
        words = _words(value)
        if words:
            yield name.replace("_", " "), words


def _words(value: Any) -> str:
    """Return a part of an explanation in words: a phrase of the text in quotation marks, with what is told of it."""
    if isinstance(value, Mapping):
        phrases = [f"“{value['text']}”"] if value.get("text") else []
        told = [f"{key} {_words(part)}" for key, part in value.items() if key not in ("text", "start", "end")]
        return ", ".join([*phrases, *(words for words in told if not words.endswith(" "))])
    if isinstance(value, list | tuple):
        return ", ".join(map(_words, value))
    return "" if value is None else value_text(value)


def _marks(found: Considered, mentions: Sequence[Mention], length: int) -> dict[str, tuple[Span, ...]]:
    """Return where a claim stands: its evidence, and the parts that the explanation places.

    An end that it does not place is marked where the evidence names it.
    """
    claim = found.claim
    evidence = tuple(_spans(((place.start, place.end) for place in (claim.evidence, *claim.also)), length))
    marks: dict[str, tuple[Span, ...]] = {"evidence": evidence}
    for role in ROLES:
        part = found.explanation.get(role)
        places = [(part.get("start"), part.get("end"))] if isinstance(part, Mapping) else []
        marks[role] = tuple(_spans(places, length))
    for role, end in (("subject", claim.subject), ("object", claim.object)):
        if end and not marks[role]:
            named = ((m.start, m.end) for m in mentions if m.name == end.name)
            marks[role] = tuple(span for span in named if any(a <= span[0] and span[1] <= b for a, b in evidence))
    return marks


def _spans(places: Iterable[tuple[Any, Any]], length: int) -> Iterator[Span]:
    """Yield the places that are spans of a text of this length."""
    for start, end in places:
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            yield start, end
