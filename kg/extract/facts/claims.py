"""The claims of a document beside one another: which stand near a claim, and what they join a site or chip to."""

from collections import defaultdict
from collections.abc import Sequence

from kg.extract.proposing.candidates import PREDICATES, Candidate

_HOLD = frozenset(("OWNS", "OPERATES", "BUILDS"))
"""Predicates whose subject can let a site."""

NONE = -1.0
"""Stands for no predicate."""


class Claims:
    """The claims of a document that are likely right."""

    def __init__(self, claims: Sequence[Candidate]) -> None:
        self._near: dict[int, list[Candidate]] = defaultdict(list)
        self._joined: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
        self._alike: dict[tuple[str, int, int], set[int]] = defaultdict(set)
        for c in claims:
            for segment in (c.segment - 1, c.segment, c.segment + 1):
                self._near[segment].append(c)
            self._joined[c.object.entity].append((c.subject.entity, c.predicate, c.segment))
            self._joined[c.subject.entity].append((c.object.entity, c.predicate, c.segment))
            self._alike[c.predicate, 0, c.subject.entity].add(c.object.entity)
            self._alike[c.predicate, 1, c.object.entity].add(c.subject.entity)

    def near(self, c: Candidate) -> list[Candidate]:
        """Return the other claims of a claim's segment and of those beside it."""
        return [other for other in self._near.get(c.segment, ()) if other is not c]

    def standing(self, c: Candidate, entity: int) -> list[float]:
        """Return how a site or chip stands to a claim.

        By which predicates it is joined to the claim's two ends, whether in the claim's own segment, how many are
        joined to each of these in that way, whether subject, object or others hold it, and whether another claim that
        says the same of one of the ends says it of one who holds it.
        """
        ends = (c.subject.entity, c.object.entity)
        joined = self._joined.get(entity, ())
        by = [next((name for other, name, _ in reversed(joined) if other == end), "") for end in ends]
        found = [float(PREDICATES.index(name)) if name else NONE for name in by]
        found += [float(any(other == end and at == c.segment for other, _, at in joined)) for end in ends]
        found += [float(self._many(end, name)) if name else 0.0 for end, name in zip(ends, by, strict=True)]
        holders = {other for other, name, _ in joined if name in _HOLD}
        rivals = {
            other
            for side, end in enumerate(ends)
            for other in self._alike.get((c.predicate, side, end), ())
            if other not in ends
        }
        held = [float(end in holders) for end in ends]
        return [*found, *held, float(bool(holders - {*ends})), float(bool(holders & rivals))]

    def _many(self, entity: int, predicate: str) -> int:
        """Return how many others a predicate joins to an entity."""
        return len({other for other, name, _ in self._joined.get(entity, ()) if name == predicate})
