"""Sentences for the tests of the grammar: an invented cast stands for the names that the extractor would find."""

import re

from kg.extract.proposing.propose import Proposer
from kg.extract.reading import DocEntity, Occurrence, Parsed, Reading, read
from kg.text.segment import segments

FULL, HALF = 1.8, 1.0

CAST = {
    "Company": (
        "Tarn Cloud, Pinewhistle AI, Bramble Labs, Bramble Servers, Larkfield Developments, Osprey Group, Osprey, "
        "Harrier Bank, Moorhen Capital, Sorrel Ventures, Sorrel, Alder Electric, Osier Engines, Willow Silicon, "
        "Heron Foundry, Reedbed Cloud, Sedge Grid, Friends of the Fen"
    ),
    "Facility": "Gorse Field, Sedge Mill, Heath Yard",
    "Chip": "H100, H100s, B200, B200s",
    "Model": "Quillon",
    "Person": "Ines Farrow, Tomas Reyl",
    "Place": "Denver, Memphis, Oslo",
}
"""Names by type."""

_TYPES = {name: kind for kind, names in CAST.items() for name in names.split(", ")}
_NAMES = re.compile("|".join(rf"\b{re.escape(n)}\b" for n in sorted(_TYPES, key=len, reverse=True)))
_PLURALS = {"H100s": "H100", "B200s": "B200"}


def read_text(text: str) -> Reading:
    """Read a text with every name of the cast known."""
    found = [(m.start(), m.end(), _PLURALS.get(m.group(), m.group())) for m in _NAMES.finditer(text)]
    names = sorted({name for _, _, name in found})
    entities = [DocEntity(name, _TYPES[name]) for name in names]
    return read(text, segments(text), entities, [Occurrence(s, e, names.index(name)) for s, e, name in found])


def parse(text: str) -> Parsed:
    """Read a text of one segment."""
    (parsed,) = read_text(text).parsed
    return parsed


def said(text: str, least: float = FULL) -> set[str]:
    """Return what the grammar takes a text to say with at least this support: "PREDICATE subject > object"."""
    reading = read_text(text)
    found = set()
    for candidates in Proposer(reading).candidates():
        for c in candidates:
            if c.rule >= least:
                ends = [reading.entities[e].name for e in (c.subject.entity, c.object.entity)]
                if c.predicate in ("PARTNERS_WITH", "COMPETES_WITH"):
                    ends.sort()
                found.add(f"{c.predicate} {ends[0]} > {ends[1]}")
    return found
