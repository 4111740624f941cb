"""How the words of a candidate stand against those of its rivals in the same segment.

A sentence that names four companies and one deal offers many pairs, and the words around all of them look alike. What
tells is which pair they suit best, and of which predicate.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from kg.extract.candidates import Candidate

NAMES = tuple(
    f"rival_{kind}_{what}" for kind in ("predicate", "object", "subject") for what in ("best", "above", "lead")
)
"""Rivals that say something else of the pair, or the same with another object or subject: the best score among them,
how many score higher, and by how much the candidate leads."""

NONE = -12.0
"""The score of a rival where there is none."""


def contest(candidates: Sequence[Candidate], scores: Sequence[float]) -> list[list[float]]:
    """Return for each candidate of a segment the numbers of ``NAMES``; scores are log-odds of words and rule."""
    rows: list[list[float]] = [[] for _ in candidates]
    ends = [(c.subject.entity, c.predicate, c.object.entity) for c in candidates]
    for rivals in (
        [((s, o), p) for s, p, o in ends],
        [((s, p), o) for s, p, o in ends],
        [((p, o), s) for s, p, o in ends],
    ):
        for row, score, (best, above) in zip(rows, scores, _against(rivals, scores), strict=True):
            row.extend((best, above, score - best))
    return rows


def _against(rivals: Iterable[tuple[Hashable, Hashable]], scores: Sequence[float]) -> list[tuple[float, int]]:
    """Return the best score of another member of each one's group, and how many other members score higher."""
    pairs = list(rivals)
    groups: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    for (group, member), score in zip(pairs, scores, strict=True):
        known = groups[group]
        if score > known.get(member, -float("inf")):
            known[member] = score
    ranked = {group: sorted(members.values(), reverse=True) for group, members in groups.items()}
    found = []
    for group, member in pairs:
        own, best = groups[group][member], ranked[group]
        if len(best) == 1:
            found.append((NONE, 0))
        else:
            found.append((best[0] if own < best[0] else best[1], sum(score > own for score in best)))
    return found
