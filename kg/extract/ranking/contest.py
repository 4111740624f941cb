"""How the score of a candidate stands against those of its rivals in the same segment.

A sentence that names four companies and one deal offers many pairs, and the words around all of them look alike. What
tells is which pair they suit best, and of which predicate.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

from kg.extract.proposing.candidates import Candidate

NAMES = tuple(
    f"rival_{kind}_{what}" for kind in ("predicate", "object", "subject") for what in ("best", "above", "lead")
)
"""Rivals that say something else of the pair, or the same with another object or subject: the best score among them,
how many score higher, and by how much the candidate leads."""

NONE = -12.0
"""The score of a rival where there is none."""


def contest(
    candidates: Sequence[Candidate], scores: Sequence[float], least: float = -float("inf")
) -> list[list[float]]:
    """Return for each candidate of a segment the numbers of ``NAMES``; scores are log-odds, of words or the encoder.

    Candidates that score less than ``least`` are rivals, but have no numbers of their own.
    """
    rows: list[list[float]] = [[] for _ in candidates]
    ends = [(c.subject.entity, c.predicate, c.object.entity) for c in candidates]
    for rivals in (
        [((s, o), p) for s, p, o in ends],
        [((s, p), o) for s, p, o in ends],
        [((p, o), s) for s, p, o in ends],
    ):
        best = _best(rivals, scores)
        ranked = {group: sorted(members.values(), reverse=True) for group, members in best.items()}
        for row, score, (group, member) in zip(rows, scores, rivals, strict=True):
            if score >= least:
                found, above = _against(best[group][member], ranked[group])
                row.extend((found, above, score - found))
    return rows


def leads(groups: Iterable[Hashable], members: Iterable[Hashable], scores: Sequence[float]) -> list[float]:
    """Return by how much each score leads the best of another member of its group; without any, it leads ``NONE``."""
    rivals = [*zip(groups, members, strict=True)]
    best = _best(rivals, scores)
    found = []
    for (group, member), score in zip(rivals, scores, strict=True):
        others = (other for name, other in best[group].items() if name != member)
        found.append(score - max(others, default=NONE))
    return found


def _best(
    rivals: Iterable[tuple[Hashable, Hashable]], scores: Sequence[float]
) -> dict[Hashable, dict[Hashable, float]]:
    """Return the best score of each member of each group."""
    groups: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    for (group, member), score in zip(rivals, scores, strict=True):
        known = groups[group]
        if score > known.get(member, -float("inf")):
            known[member] = score
    return groups


def _against(own: float, ranked: Sequence[float]) -> tuple[float, int]:
    """Return the best score of another member, and how many other members score higher; ``ranked`` has all of them."""
    if len(ranked) == 1:
        return NONE, 0
    return (ranked[0] if own < ranked[0] else ranked[1]), sum(score > own for score in ranked)
