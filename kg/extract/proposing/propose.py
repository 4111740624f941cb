"""Proposes every claim that a segment might make, by the lexicon's triggers and the types of what is named.

The grammar proposes generously; nothing is decided here.
"""

from collections.abc import Iterator

from kg.extract.grammar.lexicon import Use, lexicon
from kg.extract.proposing.candidates import (
    HEAD,
    LIKELY,
    NO_USE,
    Argument,
    Best,
    Candidate,
    Place,
    Trigger,
    distance,
    plausible,
)
from kg.extract.proposing.fit import GOOD, condition, fit, implied, place, side_by_side
from kg.extract.proposing.rows import of_row
from kg.extract.proposing.triggers import triggers
from kg.extract.reading import OUTLET, Parsed, Reading
from kg.extract.reference.coref import Discourse
from kg.schema.ontology import ontology

_FAR = 30
"""Words between two names beyond which they are not joined without a trigger."""


class Proposer:
    """Proposes the candidates of a document, segment by segment."""

    def __init__(self, reading: Reading, discourse: Discourse | None = None) -> None:
        self.reading = reading
        self.discourse = discourse or Discourse(reading)
        self.references = self.discourse.references()
        self._arguments: dict[int, list[Argument]] = {}
        self._index = {id(entity): n for n, entity in enumerate(reading.entities)}

    def candidates(self) -> Iterator[list[Candidate]]:
        """Yield the candidates of each parsed segment, in order."""
        for i, parsed in enumerate(self.reading.parsed):
            yield self._of_segment(i, parsed)

    def arguments(self, i: int) -> list[Argument]:
        """Return what can fill a role in a segment: names, references, and what the passage is about."""
        if i not in self._arguments:
            self._arguments[i] = self._find_arguments(i)
        return self._arguments[i]

    def by_type(self, arguments: list[Argument]) -> dict[str, list[Argument]]:
        """Return the arguments by the types that they may have; a doubtful name stands under several."""
        found: dict[str, list[Argument]] = {}
        for argument in arguments:
            for kind in self.reading.entities[argument.entity].kinds:
                found.setdefault(kind, []).append(argument)
        return found

    def _find_arguments(self, i: int) -> list[Argument]:
        parsed = self.reading.parsed[i]
        found = [
            Argument(parsed.names[item.ref].entity, at)
            for at, item in enumerate(parsed.items)
            if item.kind == "name" and not self._tells(parsed, at)
        ]
        found += [Argument(r.entity, r.item, r.how, r.rank, r.score) for r in self.references[i]]
        present = {a.entity for a in found if a.how == "name" or a.rank == 0}
        for kind in ("Company", "Facility", "Chip"):
            topics = self.discourse.topics(i, kind)
            found += [
                Argument(e, -1, "topic", rank, score) for rank, (e, score) in enumerate(topics) if e not in present
            ]
        return found

    def _tells(self, parsed: Parsed, at: int) -> bool:
        """Say whether a name only says who reports: "in TechCrunch's analysis"."""
        following = parsed.items[at + 1].tag if at + 1 < len(parsed.items) else ""
        return following == "GEN" and OUTLET in self.reading.entities[parsed.names[parsed.items[at].ref].entity].roles

    def _of_segment(self, i: int, parsed: Parsed) -> list[Candidate]:
        best = Best()
        if parsed.segment.kind == "row":
            for candidate in of_row(self.reading, self.discourse, i, self.arguments(i)):
                best.keep(candidate)
            return best.worthy()
        arguments = self.arguments(i)
        by_type = self.by_type(arguments)
        for trigger in triggers(parsed, self.reading.entities):
            places = {a: place(parsed, trigger, a, self.reading.entities[a.entity]) for a in arguments}
            implied(trigger, arguments, places, self.reading.entities)
            _Joiner(i, trigger, by_type, places, best).join()
        for candidate in [*self._inside_names(i, parsed), *_without_trigger(i, by_type, best)]:
            best.keep(candidate)
        return best.worthy()

    def _inside_names(self, i: int, parsed: Parsed) -> Iterator[Candidate]:
        """Yield where a site is that says so in its name: "the Lisbon campus"."""
        for at, item in enumerate(parsed.items):
            if item.kind != "name":
                continue
            number = parsed.names[item.ref].entity
            inside = self.reading.entities[number].place
            if inside is not None:
                named = next(a for a in self.arguments(i) if a.item == at and a.how == "name")
                ends = (named, Argument(self._index[id(inside)], -2, "inside"))
                trigger = Trigger(at, parsed.syntax.chunk_of[at], "inside", "noun", [], {})
                places = (Place(("self",), HEAD), Place(("inside",), HEAD))
                yield Candidate(
                    i, "LOCATED_IN", *ends, trigger, NO_USE, "", *places, 4, 4, 2.0, ("Facility", "Place"), 1, [2.0]
                )


Filler = tuple[Argument, str, int]
"""What may fill a role: the argument, its type there, and how well its place suits the role."""

_PLACED = 2
"""A fit from which an argument stands where a role expects it, or nearly so."""


class _Joiner:
    """Joins what may fill the roles of one trigger to candidates, and keeps the best of each pair."""

    def __init__(
        self, i: int, trigger: Trigger, by_type: dict[str, list[Argument]], places: dict[Argument, Place], best: Best
    ) -> None:
        self.segment = i
        self.trigger = trigger
        self.by_type = by_type
        self.places = places
        self.best = best

    def join(self) -> None:
        """Offer what the trigger may say, by each of its uses."""
        frames = lexicon().frames
        for use in self.trigger.uses:
            frame = frames[use.frame]
            fillers = {role: self._fillers(slots, frame.roles[role]) for role, slots in use.roles}
            strength = use.weight * condition(use, self.trigger)
            for predicate, subject_role, object_role, share in frame.says:
                if fillers.get(subject_role) and fillers.get(object_role):
                    ends = (fillers[subject_role], fillers[object_role])
                    self._pairs(predicate, use, subject_role, ends, strength * share)

    def _fillers(self, slots: tuple[str, ...], kinds: tuple[str, ...]) -> list[Filler]:
        places = self.places
        return [(a, kind, fit(slots, places[a])) for kind in kinds for a in self.by_type.get(kind, ())]

    def _pairs(
        self, predicate: str, use: Use, role: str, ends: tuple[list[Filler], list[Filler]], strength: float
    ) -> None:
        """Offer each filler of one role with each filler of the other; one of them must stand where it is expected."""
        mutual = ontology().predicates[predicate].symmetric
        places = self.places
        for subject, subject_type, subject_fit in ends[0]:
            for target, target_type, object_fit in ends[1]:
                if subject_fit < _PLACED > object_fit or subject.entity == target.entity:
                    continue
                if not plausible(subject, target):
                    continue
                rule = strength * GOOD[subject_fit] * GOOD[object_fit]
                if not mutual and side_by_side(places[subject], places[target]):
                    rule *= 0.2
                known = self.best.known(predicate, subject, target)
                if known is not None and (
                    known.rule > rule or (known.rule == rule and distance(known) <= self._distance(subject, target))
                ):
                    known.triggers += 1
                    known.rules.append(rule)
                    continue
                self.best.keep(
                    Candidate(
                        self.segment, predicate, subject, target, self.trigger, use, role, places[subject],
                        places[target], subject_fit, object_fit, rule, (subject_type, target_type), 1, [rule],
                    )
                )  # fmt: skip

    def _distance(self, *ends: Argument) -> int:
        return sum(abs(a.item - self.trigger.item) if a.item >= 0 else 30 for a in ends)


def _without_trigger(i: int, by_type: dict[str, list[Argument]], best: Best) -> Iterator[Candidate]:
    """Yield pairs of names that no trigger joins, for the words around them may."""
    nowhere = Place((), HEAD)
    arguments = list(dict.fromkeys(a for found in by_type.values() for a in found if a.item >= 0))
    close = {(s, o) for s in arguments for o in arguments if s.entity != o.entity and _close(s, o)}
    if not close:
        return
    for predicate in (ontology().predicates[name] for name in lexicon().predicates):
        targets = list(_typed(by_type, predicate.range))
        for subject, subject_type in _typed(by_type, predicate.domain) if targets else ():
            for target, target_type in targets:
                if (subject, target) in close and best.known(predicate.name, subject, target) is None:
                    trigger = Trigger(min(subject.item, target.item), 0, "", "none", [], {})
                    types = (subject_type, target_type)
                    yield Candidate(
                        i, predicate.name, subject, target, trigger, NO_USE, "", nowhere, nowhere, 0, 0, 0.0, types, 0
                    )  # fmt: skip


def _typed(by_type: dict[str, list[Argument]], kinds: tuple[str, ...]) -> Iterator[tuple[Argument, str]]:
    for kind in kinds:
        for argument in by_type.get(kind, ()):
            yield argument, kind


def _close(subject: Argument, target: Argument) -> bool:
    """Say whether two arguments of a segment stand near enough to be joined without a trigger."""
    if subject.item == target.item or abs(subject.item - target.item) > _FAR:
        return False
    return subject.score * target.score >= LIKELY and "name" in (subject.how, target.how)
