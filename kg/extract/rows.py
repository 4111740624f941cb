"""Candidates from the rows of tables: what their cells state is as sure as a table can be."""

from collections.abc import Iterator

from kg.extract import tables
from kg.extract.candidates import HEAD, NO_USE, Argument, Candidate, Place, Trigger
from kg.extract.coref import Discourse
from kg.extract.reading import Reading
from kg.schema.ontology import ontology

_STATED = 3.0
_CELL = Place(("row",), HEAD)


def of_row(reading: Reading, discourse: Discourse, i: int) -> Iterator[Candidate]:
    """Yield what the cells of the row that is parsed segment ``i`` state."""
    parsed = reading.parsed[i]
    items = {item.ref: at for at, item in enumerate(parsed.items) if item.kind == "name"}
    for said in tables.stated(reading, parsed):
        known = ontology().predicates[said.predicate]
        for subject, subject_type in _end(reading, discourse, i, said.subject, known.domain, items):
            for target, target_type in _end(reading, discourse, i, said.object, known.range, items):
                if subject.entity != target.entity:
                    lemma = f"column {tables.column_role(said.heading)}"
                    trigger = Trigger(max(subject.item, target.item, 0), 0, lemma, "row", [], {})
                    types = (subject_type, target_type)
                    yield Candidate(
                        i, said.predicate, subject, target, trigger, NO_USE, "", _CELL, _CELL, 4, 4, _STATED, types, 1, [_STATED]
                    )  # fmt: skip


def _end(
    reading: Reading, discourse: Discourse, i: int, ref: int, kinds: tuple[str, ...], items: dict[int, int]
) -> Iterator[tuple[Argument, str]]:
    """Yield the entity of a cell, or of what the table is about, for each type that it may have."""
    options: list[Argument] = []
    if ref >= 0:
        if ref in items:
            options = [Argument(reading.parsed[i].names[ref].entity, items[ref])]
    else:
        options = [
            Argument(entity, -1, "topic", rank, score)
            for kind in kinds
            for rank, (entity, score) in enumerate(discourse.topics(i, kind)[:2])
        ]
    for option in options:
        for kind in reading.entities[option.entity].kinds:
            if kind in kinds:
                yield option, kind
