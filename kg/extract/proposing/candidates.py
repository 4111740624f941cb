"""Candidates: what the grammar proposes for the ranker to decide on, and the parts they are made of."""

from dataclasses import dataclass, field
from typing import TypeVar

from kg.extract.grammar.complements import Slots
from kg.extract.grammar.lexicon import Use
from kg.schema.ontology import ontology

PREDICATES = tuple(ontology().predicates)
"""What candidates may say, in the order in which learned weights number it."""

HEAD, OWNER, MODIFIER, ACTOR = "head", "owner", "modifier", "actor"
"""As what a name stands within its phrase: the phrase itself, possessor, modifier, or possessor of a plan or talks."""


@dataclass(frozen=True, slots=True, eq=False)
class Argument:
    """An entity as it fills a role: at which item (-1: nowhere in the segment), by name or by reference, how sure.

    Two are the same only if they are one object: a segment makes each of its arguments once.
    """

    entity: int
    item: int
    how: str = "name"
    rank: int = 0
    score: float = 1.0


@dataclass(slots=True)
class Trigger:
    """A word that may say something: its item and chunk, lemma, part of speech, uses, slots, and what stands near."""

    item: int
    chunk: int
    lemma: str
    part: str
    uses: list[Use]
    slots: Slots
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where an argument stands as seen from a trigger: the slots it is in, and as what within its phrase."""

    slots: tuple[str, ...]
    within: str


@dataclass(slots=True)
class Candidate:
    """A claim that a segment might make, with the trigger and use that suit it best.

    Fits go from 4 (in the first slot expected) to 0 (nowhere near); ``rule`` is what the lexicon makes of it, 0 to 3.
    """

    segment: int
    predicate: str
    subject: Argument
    object: Argument
    trigger: Trigger
    use: Use
    subject_role: str
    subject_place: Place
    object_place: Place
    subject_fit: int
    object_fit: int
    rule: float
    types: tuple[str, str]
    triggers: int = 1
    rules: list[float] = field(default_factory=list)


End = TypeVar("End", int, str)


def as_triple(subject: End, predicate: str, target: End) -> tuple[End, str, End]:
    """Return what a claim says of two ends, numbers or names; those of a symmetric predicate come in order."""
    if ontology().predicates[predicate].symmetric and target < subject:
        return target, predicate, subject
    return subject, predicate, target


POOR, LIKELY = 0.08, 0.3
"""Chances that both ends of a pair are what their phrases stand for: too poor, and enough without grammar."""

NO_USE = Use("", (), frozenset(), frozenset(), 0)
"""The use of a candidate that the lexicon has no part in."""


class Best:
    """The candidates of a segment: for each predicate, subject and object the trigger and use that suit it best."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Argument, Argument], Candidate] = {}

    def known(self, predicate: str, subject: Argument, target: Argument) -> Candidate | None:
        """Return the candidate of a predicate and its ends, if there is one."""
        return self._found.get((predicate, subject, target))

    def keep(self, candidate: Candidate) -> None:
        """Keep a candidate, or count it where a better one is known."""
        key = (candidate.predicate, candidate.subject, candidate.object)
        other = self._found.get(key)
        if other is not None:
            candidate.triggers += other.triggers
            candidate.rules = [*other.rules, *candidate.rules]
        if other is None or (candidate.rule, -distance(candidate)) > (other.rule, -distance(other)):
            self._found[key] = candidate
        else:
            other.triggers, other.rules = candidate.triggers, candidate.rules

    def worthy(self) -> list[Candidate]:
        """Return those that grammar or names speak for."""
        return [c for c in self._found.values() if _worth(c)]


def plausible(subject: Argument, target: Argument) -> bool:
    """Leave out pairs of guesses: one phrase read as both ends, or two poor antecedents."""
    if subject.item == target.item:
        return False
    return subject.how == "name" or target.how == "name" or subject.score * target.score >= POOR


def _worth(candidate: Candidate) -> bool:
    """Drop what neither grammar nor names speak for: both ends out of place, and one of them a mere guess."""
    if candidate.subject_fit + candidate.object_fit >= 3:
        return True
    if "name" not in (candidate.subject.how, candidate.object.how):
        return False
    return candidate.subject.score * candidate.object.score >= LIKELY


def distance(c: Candidate) -> int:
    """Return how many words a candidate's ends stand from its trigger."""
    return sum(abs(a.item - c.trigger.item) if a.item >= 0 else 30 for a in (c.subject, c.object))
