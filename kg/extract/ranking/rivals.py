"""How a claim stands against the others of its document: what the ranker's second forest looks at."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.proposing.candidates import PREDICATES, Candidate, as_triple
from kg.extract.ranking.features import HOW, Row

Triple = tuple[int, str, int]


@dataclass(slots=True)
class Scored:
    """A triple of a document with the candidates that say it, best first, and its chances."""

    triple: Triple
    candidates: list[tuple[float, Candidate]]
    chance: float = 0.0

    def places(self, least: float, most: int) -> list[tuple[float, Candidate]]:
        """Return the best candidate of each segment, the clearest first; all but that have at least a chance."""
        found: dict[int, tuple[float, Candidate]] = {}
        for chance, c in self.candidates:
            if not found or chance >= least:
                found.setdefault(c.segment, (chance, c))
        return [*found.values()][:most]


def by_triple(scored: Sequence[tuple[float, Candidate]]) -> dict[Triple, Scored]:
    """Gather the candidates of a document by what they say."""
    found: dict[Triple, Scored] = {}
    for chance, c in scored:
        said = as_triple(c.subject.entity, c.predicate, c.object.entity)
        found.setdefault(said, Scored(said, [])).candidates.append((chance, c))
    for entry in found.values():
        entry.candidates.sort(key=lambda pair: (-pair[0], pair[1].segment, pair[1].subject.item, pair[1].object.item))
    return found


_PAIRED = tuple(
    "LEASES_FROM SUPPLIES INVESTS_IN LENDS_TO ACQUIRES SUBSIDIARY_OF PARTNERS_WITH COMPETES_WITH OPERATES OWNS BUILDS "
    "LEASES POWERS DESIGNS USES_CHIP FABRICATES HOSTS_CHIP".split()
)
"""Predicates that may rival each other for one pair."""

_HOLD = ("OWNS", "OPERATES", "BUILDS")
_RUN = (*_HOLD, "LEASES")

Side = tuple[str, tuple[str, ...]]
"""A side of a triangle: which ends it joins ("so" goes from the subject to the third, "to" from the third to the
object), and by which predicates."""

_TRIANGLES: Mapping[str, tuple[tuple[Side, ...], ...]] = {
    "LEASES_FROM": (
        (("st", ("LEASES",)), ("ot", _HOLD)),
        (("st", ("USES_CHIP", "OPERATES")), ("ot", ("SUPPLIES", "OPERATES"))),
    ),
    "LEASES": ((("st", ("LEASES_FROM",)), ("to", _HOLD)), (("to", _RUN),)),
    **dict.fromkeys(_HOLD, ((("ts", ("LEASES_FROM",)), ("to", ("LEASES",))), (("to", _RUN),))),
    "HOSTS_CHIP": ((("ts", _RUN), ("to", ("USES_CHIP",))), (("ts", ("USES_CHIP",)),)),
    "USES_CHIP": ((("st", _RUN), ("to", ("HOSTS_CHIP",))), (("ts", ("SUPPLIES",)), ("to", ("DESIGNS",)))),
    "SUPPLIES": ((("st", ("DESIGNS", "FABRICATES")), ("ot", ("USES_CHIP",))),),
    "DESIGNS": ((("to", ("USES_CHIP", "HOSTS_CHIP", "FABRICATES")),), (("st", ("SUPPLIES",)), ("to", ("USES_CHIP",)))),
    "POWERS": ((("to", _HOLD),),),
    "LOCATED_IN": ((("to", ("LOCATED_IN",)),),),
    "GUARANTEES": ((("to", ("LENDS_TO",)),), (("ot", ("LEASES_FROM", "LEASES")),)),
}
"""What a claim may lean on: who leases a site that X holds leases from X."""

_FAINT = 0.05
"""Chances that lend no support."""


class Rivals:
    """The claims of a document that rival a claim, or support it."""

    def __init__(self, triples: Mapping[Triple, Scored], frequency: Mapping[int, int]) -> None:
        self.triples = triples
        self.total = max(1, sum(frequency.values()))
        self.frequency = frequency
        self.pairs: dict[frozenset[int], list[tuple[float, str, int]]] = defaultdict(list)
        self.of_subject: dict[tuple[int, str], list[float]] = defaultdict(list)
        self.of_object: dict[tuple[str, int], list[float]] = defaultdict(list)
        self.of_entity: dict[int, float] = defaultdict(float)
        self.of_predicate: dict[str, float] = defaultdict(float)
        self._said: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
        self._near: dict[int, dict[int, float]] = defaultdict(dict)
        for (s, p, o), entry in triples.items():
            best = entry.candidates[0][0]
            self.pairs[frozenset((s, o))].append((best, p, s))
            self.of_subject[s, p].append(best)
            self.of_object[p, o].append(best)
            self.of_entity[s] += best
            self.of_entity[o] += best
            self.of_predicate[p] += best
            if best >= _FAINT:
                self._said[s, o][p] = best
                self._near[s][o] = max(best, self._near[s].get(o, 0.0))
                self._near[o][s] = max(best, self._near[o].get(s, 0.0))

    def row(self, entry: Scored) -> Row:
        """Return the numbers of a triple."""
        s, p, o = entry.triple
        chances = [chance for chance, _ in entry.candidates]
        best, c = entry.candidates[0]
        pair = self.pairs[frozenset((s, o))]
        others = [b for b, q, _ in pair if q != p]
        reverse = [b for b, q, other in pair if q == p and other != s]
        by_predicate: dict[str, float] = defaultdict(float)
        for b, q, _ in pair:
            by_predicate[q] = max(by_predicate[q], b)
        of_subject, of_object = self.of_subject[s, p], self.of_object[p, o]
        return [
            PREDICATES.index(p),
            math.log(max(best, 1e-4) / max(1e-4, 1 - best)),
            chances[1] if len(chances) > 1 else 0.0,
            chances[2] if len(chances) > 2 else 0.0,
            len(chances),
            1 - math.prod(1 - chance for chance in chances[:6]),
            max(others, default=0.0),
            max(reverse, default=0.0),
            sum(b > best for b in of_subject),
            sum(b > best for b in of_object),
            max(of_subject),
            max(of_object),
            len(of_subject),
            len(of_object),
            self.of_entity[s],
            self.of_entity[o],
            self.of_predicate[p],
            max(c.rule for _, c in entry.candidates),
            len({c.segment for _, c in entry.candidates}),
            HOW.index(c.subject.how),
            HOW.index(c.object.how),
            c.subject.rank,
            c.object.rank,
            self.frequency.get(s, 0) / self.total,
            self.frequency.get(o, 0) / self.total,
            *(by_predicate[q] for q in _PAIRED),
            *self._support(s, p, o),
        ]

    def _support(self, s: int, p: str, o: int) -> Iterator[float]:
        """Yield how well some third entity joins both ends, how many do, and how strong the triangles of ``p`` are."""
        thirds = [t for t in self._near[s] if t != o]
        joined = [min(self._near[s][t], self._near[t].get(o, 0.0)) for t in thirds]
        yield max(joined, default=0.0)
        yield sum(strength > 0.3 for strength in joined)
        yield max(self._near[s].values(), default=0.0)
        yield max(self._near[o].values(), default=0.0)
        triangles = _TRIANGLES.get(p, ())
        for n in range(2):
            if n >= len(triangles):
                yield 0.0
                continue
            sides = triangles[n]
            candidates = thirds if sides[0][0] in ("st", "ts") else [t for t in self._near[o] if t != s]
            yield max((min(self._side(side, s, t, o) for side in sides) for t in candidates), default=0.0)

    def _side(self, side: Side, s: int, t: int, o: int) -> float:
        ends = {"s": s, "t": t, "o": o}
        said = self._said.get((ends[side[0][0]], ends[side[0][1]]))
        return max((said.get(p, 0.0) for p in side[1]), default=0.0) if said else 0.0
