"""Who does what: subjects, objects and prepositional phrases of verbs and nouns, read off the chunks of a segment.

A slot is a grammatical place beside a trigger: ``subj``, ``obj``, ``obj2``, a preposition (``from``, ``with`` …), and
for nouns also ``poss`` (Anthropic's lease), ``pre`` (the Anthropic lease), ``self`` (what the noun names: apposition,
title, predicate). Each holds chunk indexes, the surest first; coordinated phrases share a slot. A slot that begins
with ``~`` holds what stands behind another verb, one with ``v`` (``vfrom``, ``vobj``) what belongs to the verb that
governs a noun, and ``colon`` what is set before a colon.
"""

from collections import defaultdict
from functools import cached_property

from kg.extract.grammar.chunks import ADV, NP, PP, VG
from kg.extract.grammar.clauses import Verb
from kg.extract.grammar.complements import FAR, Complements, Slots
from kg.extract.grammar.view import QUOTES

_JOINING = frozenset("be become remain stay include comprise".split())
_NAMING = frozenset(
    "make name call describe appoint elect hire promote choose pick select tap crown install label know consider "
    "reckon deem count judge regard brand term proclaim declare".split()
)
_SERVING = frozenset("join serve act work quit leave step resign start return stay depart retire".split())
_COUNTED = frozenset("one two three four some several many part member all most both".split())
_HOPS = 5
_SET_APART = frozenset(("in", "near", "outside", "of", "at", "on"))


class Syntax(Complements):
    """The grammar of one segment, worked out on demand."""

    def noun_slots(self, k: int, item: int) -> Slots:
        """Return the slots of a noun at ``item`` in chunk ``k``."""
        slots: Slots = defaultdict(list)
        group = self.group(k)
        slots["np"] = [k]
        plural = self.items[item].lower.endswith("s")
        self._phrases_after(max(group) if len(group) > 1 and not self.named(k) else k, slots)
        self._copula(k, slots)
        self._governing_verb(k, slots)
        told = bool(slots["self"])
        for other in self.appositions(k):
            if other < k or not told:
                slots["self"] += self.group(other) if plural or not self.named(other) else [other]
        if plural and self.named(k):
            slots["self"] += group[1:]  # "Lenders Ares and HPS"
        if not slots["self"] and not self.named(k):
            for other in group[1:]:
                slots["self"] += [m for apposed in self.appositions(other) for m in self.group(apposed)]
                self._copula(other, slots)
        for whole in self._part_of(k):
            slots["self"] += [m for apposed in self.appositions(whole) for m in self.group(apposed)]
            self._copula(whole, slots)
        slots["poss"] += [m for m in group[1:] if m < k and not self.named(m) and self._possessor(m)]
        if self.topic is not None and self.topic < k:
            slots["colon"] = self.group(self.topic)
        self.where(k, slots)
        return self.expanded({slot: members for slot, members in slots.items() if members})

    def gapped_noun_slots(self, k: int) -> list[Slots]:
        """Return the slots of a noun in the clauses that leave it out: "X is chief executive of A, Y of B"."""
        found: list[Slots] = []
        for verb in self._parser.gapped:
            if self.chunks[verb.chunk].lemma in _JOINING and any(k in members for members in verb.objects):
                own = {preposition: list(members) for preposition, members, far in verb.phrases[:1]}
                found.append(self.expanded({"np": [k], "self": verb.subject, "is": verb.subject, **own}))
        return found

    def _part_of(self, k: int) -> list[int]:
        """Return "one" in "one of Tarn Cloud's lenders", which stands for a lender."""
        counted = self.mark(k - 1) in ("of", "among") and self.kind(k - 2) == NP
        return [k - 2] if counted and self.items[self.chunks[k - 2].head].lower in _COUNTED else []

    def _possessor(self, k: int) -> bool:
        """Say whether a phrase begins with a possessor: "Corvane's president" before "and chief executive"."""
        return any(n + 1 < len(self.items) and self.items[n + 1].tag == "GEN" for n in self.chunks[k].names)

    def _phrases_after(self, k: int, slots: Slots) -> None:
        """Collect the prepositional phrases that follow a noun."""
        j, hops, far = k + 1, 0, ""
        while j < len(self.chunks) and hops < _HOPS:
            if self.kind(j) == PP and self.kind(j + 1) == NP:
                members = [m for m in self.group(j + 1) if m > j]
                preposition = self.chunks[j].lemma
                agent = preposition == "by" and self.kind(j - 1) == VG
                slots[preposition if agent else far + preposition] += members
                if preposition == "between" or (preposition == "of" and len(members) > 1):
                    slots["between"] += members
                j = max(members) + 1
                hops += 1
            elif self.kind(j) == VG and self.reduced(j):
                far = FAR
                j += 2 if self.kind(j + 1) == NP and self.is_time(j + 1) else 1
                hops += 1
            elif self.kind(j) == ADV or (self.mark(j) == "(" and self.kind(j + 1) == PP):
                j += 1
            elif (
                hops == 0
                and self.mark(j) == ","
                and self.kind(j + 1) == NP
                and self._set_apart(j + 2)
                and self.whole_group(j + 1)
            ):
                j += 2
                hops += 1
            elif hops == 0 and self.mark(j) == "," and self._set_apart(j + 1):
                j += 1
                hops += 1
            elif self.mark(j) == "(" and self.mark(j + 2) == ")":
                j += 3
            else:
                return

    def _set_apart(self, j: int) -> bool:
        return self.mark(j) in _SET_APART and self.kind(j + 1) == NP and self.named(j + 1)

    def _copula(self, k: int, slots: Slots) -> None:
        """Note what a noun names through a verb: "X is the landlord", "named X chief", "joined as chief"."""
        before = k - 1
        while self.kind(before) == ADV or self.mark(before) in (",", *QUOTES):
            before -= 1
        through = self.mark(before) == "as"
        verb = self._phrase_of.get(k) if through else self.verb(before) or self._object_of.get(k)
        if verb is not None:
            lemma = self.chunks[verb.chunk].lemma
            if lemma in _JOINING and not through:
                slots["self"] += verb.subject
                slots["is"] += verb.subject
                if self.chunks[verb.chunk].negated:
                    slots["negated"] = [verb.chunk]
            elif through or lemma in _NAMING:
                objects = [m for o in verb.objects[:1] for m in o if k not in o]
                own = self.is_passive(verb.chunk) or lemma in _SERVING or (through and not objects)
                slots["self"] += verb.subject if own else objects
        after = self.after_modifiers(k)
        while self.kind(after) == ADV:
            after += 1
        joined = self.verb(after)
        if joined is not None and self.chunks[after].lemma in _JOINING and k in joined.subject:
            slots["self"] += [m for members in joined.objects[:1] for m in members]
            slots["is"] += [m for members in joined.objects[:1] for m in members]

    @cached_property
    def _all(self) -> list[Verb]:
        return [*self._parser.verbs.values(), *self._parser.gapped]

    @cached_property
    def _object_of(self) -> dict[int, Verb]:
        """The verb of which each phrase is an object."""
        return {m: verb for verb in self._all for members in verb.objects for m in members}

    @cached_property
    def _phrase_of(self) -> dict[int, Verb]:
        """The nearest verb that has each phrase after a preposition."""
        found: dict[int, Verb] = {}
        for verb in self._all:
            for _, members, far in verb.phrases:
                if not far:
                    found.update(dict.fromkeys(members, verb))
        return found

    @cached_property
    def _subject_of(self) -> dict[int, Verb]:
        """The first verb of which each phrase is the subject."""
        found: dict[int, Verb] = {}
        for verb in self._parser.verbs.values():
            for m in verb.subject:
                found.setdefault(m, verb)
        return found

    def _governing_verb(self, k: int, slots: Slots) -> None:
        """Give a noun the subject and phrases of the verb that governs it: "X signed a lease with Y"."""
        verb = self._object_of.get(k) or self._phrase_of.get(k)
        if verb is not None:
            if not self.is_passive(verb.chunk):
                slots["subj"] += verb.subject
        else:
            verb = self._subject_of.get(k)
        if verb is None:
            return
        for preposition, members, far in verb.phrases:
            if k not in members and not far:
                slots["v" + preposition] += members
        slots["vobj"] += [m for members in verb.objects if k not in members for m in members]
        slots["verb"] = [verb.chunk]
