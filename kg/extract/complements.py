"""Objects and prepositional phrases of verbs, and the slots that they make with the subject."""

from collections import defaultdict

from kg.extract.chunks import ADV, CONJ, NP, PP, PUNCT, REL, SUB, VG
from kg.extract.subjects import Subjects
from kg.extract.view import QUOTES

Slots = dict[str, list[int]]
"""Chunk indexes by grammatical place, the surest first; coordinated phrases share a place."""


class Complements(Subjects):
    """Finds the slots of verb groups."""

    def verb_slots(self, k: int) -> Slots:
        """Return the slots of a verb group; for a passive one ``obj`` is its grammatical subject and ``by`` the agent."""
        slots: Slots = defaultdict(list)
        subjects = self.subjects(k)
        passive = self.is_passive(k)
        objects, phrases = self.complements(k)
        for preposition, chunks in phrases:
            slots[preposition] += chunks
        for preposition, chunks in self._fronted(k):
            slots[preposition] += chunks
        if passive:
            slots["obj"] = list(subjects)
            slots["obj2"] = [m for o in objects[:1] for m in self.group(o)]
        else:
            slots["subj"] = list(subjects)
            if objects:
                slots["obj"] = self.group(objects[0])
                slots["obj2"] = [m for o in objects[1:2] for m in self.group(o)]
            gap = self._relative_gap(k, subjects)
            if gap and not objects:
                slots["obj"] = gap
            elif gap:
                slots["gap"] = gap
        stranded = self._stranded(k, subjects)
        for preposition, chunks in stranded:
            slots[preposition] += chunks
        self.where(k, slots)
        return self.expanded(slots)

    def expanded(self, slots: Slots) -> Slots:
        return {
            slot: self.with_names(chunks) if slot not in ("np", "verb", "negated") else chunks
            for slot, chunks in slots.items()
        }

    def where(self, k: int, slots: Slots) -> None:
        """In a clause that "where" opens, the place or site before it is where things happen."""
        for j in range(k - 1, max(-1, k - 12), -1):
            mark = self.mark(j)
            if mark == "where":
                slots["in"] += self.antecedent(j)
                slots["at"] = slots["in"]
                return
            if mark in (";", ".", ":") or (self.kind(j) in (REL, SUB)):
                return

    def complements(self, k: int) -> tuple[list[int], list[tuple[str, list[int]]]]:
        """Return the object phrases and the prepositional phrases after a verb, up to the end of its clause."""
        objects: list[int] = []
        phrases: list[tuple[str, list[int]]] = []
        j, seen_phrase = k + 1, False
        while j < len(self.chunks):
            chunk = self.chunks[j]
            if chunk.kind == NP:
                if self.starts_clause(j):
                    break
                if not seen_phrase and len(objects) < 2 and not self.is_time(j) and self.mark(j - 1) != ",":
                    objects.append(j)
                j = max(self.group(j)) + 1 if max(self.group(j)) >= j else j + 1
                continue
            if chunk.kind == PP and self.kind(j + 1) == NP:
                if self.starts_clause(j + 1) and self.mark(j) in ("after", "before", "until", "since", "as", "than"):
                    break
                members = self.group(j + 1)
                phrases.append((chunk.lemma, members))
                seen_phrase = True
                j = max(members) + 1
                continue
            if chunk.kind == PP and self.kind(j + 1) == REL:
                break
            if chunk.kind == VG:
                if self.reduced(j) or chunk.infinitive:
                    seen_phrase = True
                    j += 1
                    continue
                if chunk.first == chunk.main and self.in_relative(j) is not None:
                    seen_phrase = True
                    j += 1
                    continue
                break
            if chunk.kind == REL:
                end = self._relative_end(j)
                if end is None:
                    break
                j, seen_phrase = end, True
                continue
            if chunk.kind == SUB or (chunk.kind == PUNCT and chunk.lemma in (";", ":", ".", "?", "!")):
                break
            if chunk.kind == CONJ and self._clause_follows(j):
                break
            if chunk.kind == PUNCT and chunk.lemma in (",", "(", "–", "—"):
                seen_phrase = True
            j += 1
        return objects, phrases

    def _relative_end(self, rel: int) -> int | None:
        """Return the chunk after a relative clause that a comma closes, or None if it runs to the end."""
        for j in range(rel + 1, min(rel + 20, len(self.chunks))):
            if self.mark(j) == ",":
                return j + 1
            if self.mark(j) in (";", ".", ":"):
                return None
        return None

    def _clause_follows(self, conjunction: int) -> bool:
        j = conjunction + 1
        while self.kind(j) == ADV:
            j += 1
        if self.kind(j) == VG:
            return not self.reduced(j)
        return self.kind(j) == NP and self.starts_clause(j)

    def _fronted(self, k: int) -> list[tuple[str, list[int]]]:
        """Return the prepositional phrases that open the sentence: "At Lake Mariner, TeraWulf rents space"."""
        j, found = 0, []
        while self.kind(j) == CONJ or self.mark(j) in QUOTES:
            j += 1
        while j < k and self.kind(j) == PP and self.kind(j + 1) == NP:
            members = self.group(j + 1)
            found.append((self.chunks[j].lemma, members))
            j = max(members) + 1
        if not found or (self.mark(j) != "," and self.kind(j) not in (NP, VG)):
            return []
        first = next((i for i in range(j, len(self.chunks)) if self.kind(i) == VG and not self.reduced(i)), None)
        same = first is not None and (first == k or set(self.subjects(first)) & set(self.subjects(k)))
        return found if same else []

    def _relative_gap(self, k: int, subjects: list[int]) -> list[int]:
        """Return the antecedent that fills the missing object: "the campus that Oracle leases"."""
        if not subjects:
            return []
        start = min(subjects)
        before = start - 1
        while self.kind(before) == ADV:
            before -= 1
        if self.kind(before) == REL and self.chunks[before].lemma in ("which", "that", "whom", "who"):
            if self.kind(before - 1) == PP:
                return []
            return self.antecedent(before)
        if self.kind(before) == NP and start - 1 == before and self.mark(before - 1) != "":
            return [before] if not self.named(before) or self.items[self.chunks[start].head].kind == "name" else []
        return []

    def _stranded(self, k: int, subjects: list[int]) -> list[tuple[str, list[int]]]:
        """Return what a preposition before or after the clause takes: "to whom 800 MW is leased"."""
        found = []
        if subjects:
            before = min(subjects) - 1
            if self.kind(before) == REL and self.kind(before - 1) == PP:
                found.append((self.chunks[before - 1].lemma, self.antecedent(before)))
        return found
