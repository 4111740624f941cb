"""Who does what: subjects, objects and prepositional phrases of verbs and nouns, read off the chunks of a segment.

A slot is a grammatical place beside a trigger: ``subj``, ``obj``, ``obj2``, a preposition (``from``, ``with`` …), and
for nouns also ``poss`` (Anthropic's lease), ``pre`` (the Anthropic lease), ``self`` (what the noun names: apposition,
title, predicate). Each holds chunk indexes, the surest first; coordinated phrases share a slot.
"""

from collections import defaultdict

from kg.extract.chunks import ADV, NP, PP, REL, SUB, VG
from kg.extract.complements import Complements, Slots
from kg.extract.view import QUOTES


class Syntax(Complements):
    """The grammar of one segment, worked out on demand."""

    def noun_slots(self, k: int, item: int) -> Slots:
        """Return the slots of a noun at ``item`` in chunk ``k``."""
        slots: Slots = defaultdict(list)
        chunk = self.chunks[k]
        last = max(self.group(k)) if len(self.group(k)) > 1 and not chunk.names else k
        slots["np"] = [k]
        plural = self.items[item].lower.endswith("s")
        for other in self.appositions(k):
            slots["self"] += self.group(other) if plural else [other]
        self._phrases_after(last, slots)
        self._copula(k, slots)
        self._governing_verb(k, slots)
        if not slots["self"]:
            for other in self.group(k)[1:]:
                slots["self"] += [m for apposed in self.appositions(other) for m in self.group(apposed)]
                self._copula(other, slots)
        for other in self.group(k)[1:]:
            if other < k and not self.named(other):
                slots["poss"] += (
                    [other]
                    if any(self.items[n + 1].tag == "GEN" for n in self.chunks[other].names if n + 1 < len(self.items))
                    else []
                )
        self.where(k, slots)
        return self.expanded(slots)

    def _phrases_after(self, k: int, slots: Slots) -> None:
        """Collect the prepositional phrases that follow a noun."""
        j, hops = k + 1, 0
        while j < len(self.chunks) and hops < 5:
            if self.kind(j) == PP and self.kind(j + 1) == NP:
                members = self.group(j + 1)
                preposition = self.chunks[j].lemma
                slots[preposition] += members
                if preposition == "between" or (preposition == "of" and len(members) > 1):
                    slots["between"] += members
                j = max(members) + 1
                hops += 1
            elif self.kind(j) == VG and self.reduced(j):
                j += 1
                hops += 1
            elif self.kind(j) == ADV:
                j += 1
            elif (
                self.mark(j) == ","
                and hops == 0
                and self.mark(j + 1) in ("in", "near", "outside", "of", "at", "on")
                and self.kind(j + 2) == NP
                and self.named(j + 2)
            ):
                j += 1
                hops += 1
            else:
                return

    def _copula(self, k: int, slots: Slots) -> None:
        """A noun joined by "is" names its subject, and a subject noun its complement."""
        before = k - 1
        while self.kind(before) == ADV or self.mark(before) in (",", "as", *QUOTES):
            before -= 1
        if self.kind(before) == VG and self.chunks[before].lemma in (
            "be",
            "become",
            "remain",
            "make",
            "name",
            "call",
            "describe",
        ):
            slots["self"] += self.subjects(before)
            if self.chunks[before].negated:
                slots["negated"] = [before]
        after = self.after_modifiers(k)
        while self.kind(after) == ADV:
            after += 1
        if (
            self.kind(after) == VG
            and self.chunks[after].lemma in ("be", "include", "become", "remain")
            and k in self.subjects(after)
        ):
            objects, _ = self.complements(after)
            slots["self"] += [m for o in objects[:1] for m in self.group(o)]

    def _governing_verb(self, k: int, slots: Slots) -> None:
        """A noun that is the object of a verb takes its subject: "X signed a lease with Y"."""
        j = k - 1
        hops = 0
        while j >= 0 and hops < 8:
            if self.kind(j) == VG:
                slots["subj"] += self.subjects(j) if not self.is_passive(j) else []
                objects, phrases = self.complements(j)
                for preposition, members in phrases:
                    if k not in members:
                        slots["v" + preposition] += members
                slots["vobj"] += [o for o in objects if o != k and k not in self.group(o)]
                slots["verb"] = [j]
                return
            if self.kind(j) in (SUB, REL) or self.mark(j) in (";", ":", "."):
                return
            j -= 1
            hops += 1
        for j in range(k + 1, min(k + 8, len(self.chunks))):
            if self.kind(j) == VG:
                if k in self.subjects(j):
                    slots["verb"] = [j]
                    objects, phrases = self.complements(j)
                    for preposition, members in phrases:
                        slots["v" + preposition] += members
                    slots["vobj"] += objects
                return
