"""Candidates from the rows of tables: what their cells state is as sure as a table can be."""

from collections.abc import Iterator

from kg.extract.proposing import tables
from kg.extract.proposing.candidates import HEAD, NO_USE, Argument, Candidate, Place, Trigger
from kg.extract.reading import Reading
from kg.extract.reference.coref import Discourse
from kg.schema.ontology import ontology

_STATED = 3.0
_CELL = Place(("row",), HEAD)


def of_row(reading: Reading, discourse: Discourse, i: int, arguments: list[Argument]) -> Iterator[Candidate]:
    """Yield what the cells of the row that is parsed segment ``i`` state; ``arguments`` are what it names."""
    row = _Row(reading, discourse, i, arguments)
    for said in tables.stated(reading, reading.parsed[i]):
        known = ontology().predicates[said.predicate]
        for subject, subject_type in row.end(said.subject, known.domain):
            for target, target_type in row.end(said.object, known.range):
                if subject.entity != target.entity:
                    lemma = f"column {tables.column_role(said.heading)}"
                    trigger = Trigger(max(subject.item, target.item, 0), 0, lemma, "row", [], {})
                    yield Candidate(
                        i, said.predicate, subject, target, trigger, NO_USE, "", _CELL, _CELL, 4, 4, _STATED,
                        (subject_type, target_type), 1, [_STATED],
                    )  # fmt: skip


class _Row:
    """The entities of a row by cell, each argument made once."""

    def __init__(self, reading: Reading, discourse: Discourse, i: int, arguments: list[Argument]) -> None:
        self.reading = reading
        self.discourse = discourse
        self.segment = i
        items = reading.parsed[i].items
        self._named = {items[a.item].ref: a for a in arguments if a.how == "name"}
        self._topics: dict[tuple[int, int], Argument] = {}

    def end(self, ref: int, kinds: tuple[str, ...]) -> Iterator[tuple[Argument, str]]:
        """Yield the entity of a cell, or of what the table is about, for each type that it may have."""
        for option in self._options(ref, kinds):
            for kind in self.reading.entities[option.entity].kinds:
                if kind in kinds:
                    yield option, kind

    def _options(self, ref: int, kinds: tuple[str, ...]) -> list[Argument]:
        if ref >= 0:
            return [self._named[ref]] if ref in self._named else []
        return [
            self._topics.setdefault((entity, rank), Argument(entity, -1, "topic", rank, score))
            for kind in kinds
            for rank, (entity, score) in enumerate(self.discourse.topics(self.segment, kind)[:2])
        ]
