"""Subjects of verbs: before the verb, shared with another, of a relative clause, understood."""

from kg.extract.chunks import ADV, CONJ, NP, PP, PUNCT, REL, SUB, VG, Chunk
from kg.extract.items import Item
from kg.extract.phrases import Phrases
from kg.extract.view import QUOTES

_OBJECT_CONTROL = frozenset(
    "ask allow hire contract pay enable force help let make order require tell urge want persuade invite "
    "commission engage tap use choose pick select get oblige".split()
)
_OPEN = frozenset(("(", "[", "{"))
_DASHES = frozenset(("-", "–", "—", "--"))


class Subjects(Phrases):
    """Finds the subject of each verb group of a segment, on demand."""

    def __init__(self, items: list[Item], chunks: list[Chunk]) -> None:
        super().__init__(items, chunks)
        self._subjects: dict[int, list[int]] = {}

    def subjects(self, k: int) -> list[int]:
        """Return the noun phrases that are the grammatical subject of a verb group, the surest first."""
        if k not in self._subjects:
            self._subjects[k] = []
            self._subjects[k] = self._find_subjects(k)
        return self._subjects[k]

    def _find_subjects(self, k: int) -> list[int]:
        chunk = self.chunks[k]
        before = k - 1
        while self.kind(before) == ADV or self.mark(before) in QUOTES:
            before -= 1
        if chunk.infinitive:
            return self._controller(before)
        if self.reduced(k):
            return self._of_participle(k, before)
        if self.kind(before) == REL:
            return self.antecedent(before)
        if self.kind(before) == CONJ and self.chunks[before].lemma in ("and", "but", "or", "then"):
            shared = self._shared_subject(before)
            if shared:
                return shared
        if self.mark(before) == "," and self.insertion_start(before) is None:
            shared = self._shared_subject(before)
            if shared:
                return shared
        found = self._walk_left(before)
        if found is None and self.kind(before) == NP and self.kind(before - 1) == PP and self.kind(k + 1) == NP:
            return self.group(k + 1)  # "Behind Brackenfield stand two funds"
        return self.group(found) if found is not None else []

    def _walk_left(self, j: int) -> int | None:
        """Return the nearest noun phrase to the left that can be a subject: not after a preposition, not inserted."""
        steps = 0
        while j >= 0 and steps < 40:
            steps += 1
            chunk = self.chunks[j]
            if chunk.kind == NP:
                governor = j - 1
                while (
                    governor >= 0
                    and self.kind(governor) in (CONJ, PUNCT)
                    and self.kind(governor - 1) == NP
                    and governor - 1 in self.group(j)
                ):
                    governor -= 2
                if self.kind(governor) == PP:
                    j = governor - 1
                    continue
                if self.is_time(j):
                    j -= 1
                    continue
                return j
            if chunk.kind == PUNCT and chunk.lemma in (",", ")", "–", "—", "-"):
                start = self.insertion_start(j)
                if start is not None:
                    j = start - 1
                    continue
                j -= 1
                continue
            if chunk.kind in (ADV, PP) or (chunk.kind == PUNCT and chunk.lemma in QUOTES):
                j -= 1
                continue
            if chunk.kind == VG and self.reduced(j):
                j -= 1
                continue
            if chunk.kind == CONJ and chunk.lemma in ("and", "but"):
                shared = self._shared_subject(j)
                return shared[0] if shared else None
            if chunk.kind == VG and self.in_relative(j) is not None:
                j = (self.in_relative(j) or 1) - 1
                continue
            return None
        return None

    def insertion_start(self, j: int) -> int | None:
        """Return the comma, dash or bracket that opens the insertion closed at ``j``, if there is one."""
        mark = self.mark(j)
        if mark == ")":
            opens: frozenset[str] = _OPEN
        elif mark in _DASHES:
            opens = _DASHES
        elif mark == ",":
            opens = frozenset((",",))
        else:
            return None
        for back in range(j - 1, max(-1, j - 30), -1):
            here = self.mark(back)
            if here in opens and (mark != "," or self._opens_insertion(back, j)):
                return back
            if here in (";", ".", ":"):
                return None
        return None

    def _opens_insertion(self, back: int, close: int) -> bool:
        """Say whether what follows a comma reads as an insertion: an apposition, a relative clause, a participle."""
        if self.kind(back - 1) not in (NP, ADV) and self.mark(back - 1) not in (")", "”", '"'):
            return False
        first = self.kind(back + 1)
        if first in (REL, PP) or (first == SUB and self.mark(back + 1) in ("where", "when")):
            return True
        if first == VG:
            return self.reduced(back + 1)
        if first == NP:
            return not any(
                self.kind(i) == VG
                and not self.reduced(i)
                and not self.chunks[i].infinitive
                and self.in_relative(i) is None
                for i in range(back + 1, close)
            )
        return first == ADV

    def antecedent(self, rel: int) -> list[int]:
        """Return what a relative pronoun may stand for, nearest first; types will choose among them."""
        j = rel - 1
        if self.kind(j) == PP:
            j -= 1
        found: list[int] = []
        steps = 0
        while j >= 0 and steps < 9 and len(found) < 4:
            steps += 1
            kind, mark = self.kind(j), self.mark(j)
            if kind == NP:
                found += [m for m in (self.group(j) if not found else [j]) if m not in found]
            elif (kind in (VG, SUB, REL) and found) or mark in (";", ":", ".") or (kind == VG and not found):
                break
            j -= 1
        return self.with_names(found)

    def _controller(self, before: int) -> list[int]:
        """Return the understood subject of "to lease": of the verb that governs it, or its object, or a possessor."""
        j = before
        passed: list[int] = []
        while j >= 0:
            kind = self.kind(j)
            if kind == VG and not self.chunks[j].infinitive:
                if self.chunks[j].lemma in _OBJECT_CONTROL and passed:
                    return [*self.group(passed[-1]), *self.subjects(j)]
                return [*self.subjects(j), *passed[-1:]]
            if kind == VG:
                return self.subjects(j)
            if kind == NP:
                passed.append(j)
            elif self.mark(j) in (";", ":", "."):
                break
            j -= 1
        return passed[-1:]

    def _of_participle(self, k: int, before: int) -> list[int]:
        """Return the understood subject of a bare participle: what it modifies, or the subject of the sentence."""
        before, auxiliary = self._before_share(before)
        if auxiliary is not None:
            return self.subjects(auxiliary)
        if self.kind(before) == NP:
            found = [before]
            if self.kind(before - 1) == PP and self.kind(before - 2) == NP:
                found.append(before - 2)
            return found
        if self.mark(before) == ",":
            j = before - 1
            if self.kind(j) == NP and self.chunks[k].form == "VBN":
                return self.group(j)
            main = next((i for i in range(before - 1, -1, -1) if self.kind(i) == VG and not self.reduced(i)), None)
            if main is not None:
                return self.subjects(main)
            return [j] if self.kind(j) == NP else []
        main = next((i for i in range(before, -1, -1) if self.kind(i) == VG and not self.reduced(i)), None)
        if main is None:
            main = next((i for i in range(k + 1, len(self.chunks)) if self.kind(i) == VG and not self.reduced(i)), None)
            return self.subjects(main) if main is not None and self.kind(before) in ("", PP) else []
        return self.subjects(main)

    def _before_share(self, before: int) -> tuple[int, int | None]:
        """Look past a share or a time before a participle: "is 60 per cent held by", "has since 2024 served".

        Return the chunk before it, and the auxiliary verb that the participle belongs to, if there is one.
        """
        j = before
        if self.kind(j) == NP and (self.is_share(j) or self.is_time(j)):
            j -= 1
            while self.kind(j) in (PP, ADV):
                j -= 1
            if self.kind(j) == VG and self.chunks[j].form in ("BE", "HAVE"):
                return j, j
            return (j - 1 if self.mark(j) == "," else j), None
        return before, None

    def _shared_subject(self, conjunction: int) -> list[int]:
        """Return the subject of the verb that this one is joined to: "leases the site and runs it"."""
        inner: list[int] = []
        for j in range(conjunction - 1, max(-1, conjunction - 18), -1):
            chunk = self.chunks[j]
            if chunk.kind == VG and not (self.reduced(j) and chunk.form == "VBN"):
                if self.in_relative(j) is None:
                    return self.subjects(j)
                inner = inner or self.subjects(j)
            if self.mark(j) in (";", ":", "."):
                break
        return inner
