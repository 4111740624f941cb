"""Noun phrases beside each other: coordination ("A, B and C") and apposition ("X, the landlord of Y,")."""

from collections import defaultdict

from kg.extract.chunks import ADV, CONJ, NP, PP, PUNCT, VG
from kg.extract.view import View


class Phrases(View):
    """Which noun phrases of a segment are joined, and which name the same thing."""

    _appositions: dict[int, list[int]] | None = None

    def group(self, k: int) -> list[int]:
        """Return the noun phrases coordinated with this one, itself first: "A, B and C"."""
        members = [k]
        for step in (1, -1):
            at = k
            while True:
                found = self._next_conjunct(at, step)
                if found is None or found in members:
                    break
                members.append(found)
                at = found
        return members

    def _next_conjunct(self, k: int, step: int) -> int | None:
        j, commas, conjunctions = k + step, 0, 0
        while 0 <= j < len(self.chunks) and self.chunks[j].kind in (PUNCT, CONJ, ADV):
            mark = self.chunks[j].lemma
            if mark == ",":
                commas += 1
            elif self.chunks[j].kind == CONJ and mark in ("and", "or", "&"):
                conjunctions += 1
            elif mark not in ("also", "both", "either", "respectively"):
                break
            j += step
        if self.mark(j) in ("with", "as") and step > 0 and self.mark(j - 1) in ("along", "together", "well"):
            return None
        if self.kind(j) != NP or not (conjunctions or (commas and self.in_list(k, j))):
            return None
        if conjunctions and step > 0 and self.starts_clause(j):
            return None
        if not self._alike(k, j):
            return None
        return j

    def in_list(self, k: int, j: int) -> bool:
        """Say whether a comma between two phrases is that of a list: names on both sides and an "and" near."""
        low, high = min(k, j), max(k, j)
        if not (self.chunks[low].names and self.chunks[high].names):
            return self._bare(low) and self._bare(high) and self._list_ends(high)
        if (
            self.items[self.chunks[high].first].tag in ("DET", "POSS")
            and self.items[self.chunks[high].head].kind != "name"
        ):
            return False
        return self._list_ends(high) or self.mark(low - 1) in (",", "and", "or")

    def _bare(self, k: int) -> bool:
        """Say whether a phrase is a noun without an article: "co-founder" in "co-founder, chairman and CEO"."""
        chunk = self.chunks[k]
        return (
            not chunk.names and self.items[chunk.first].tag in ("NOUN", "ADJ") and self.items[chunk.head].tag == "NOUN"
        )

    def _list_ends(self, high: int) -> bool:
        """Say whether a list goes on to an "and"."""
        for after in range(high + 1, min(high + 7, len(self.chunks))):
            chunk = self.chunks[after]
            if chunk.kind == CONJ and chunk.lemma in ("and", "or"):
                return True
            if chunk.kind not in (NP, PUNCT) or chunk.lemma in (";", ".", ":"):
                return False
        return False

    def _alike(self, k: int, j: int) -> bool:
        one, other = self.chunks[k], self.chunks[j]
        if "PRON" in (self.items[one.head].tag, self.items[other.head].tag):
            return False
        return bool(one.names) == bool(other.names)

    def appositions(self, k: int) -> list[int]:
        """Return the noun phrases that name the same thing: "X, the landlord of Y," for X and for landlord."""
        if self._appositions is None:
            self._appositions = self._find_appositions()
        return self._appositions.get(k, [])

    def _find_appositions(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for k, chunk in enumerate(self.chunks):
            if chunk.kind != NP:
                continue
            after = self.after_modifiers(k)
            mark = self.mark(after)
            if mark not in (",", "(", "–", "—", "-", ":", "--") or self.kind(after + 1) != NP:
                continue
            other = after + 1
            if self.named(k) == self.named(other) and not (mark == "("):
                continue
            if (
                self.named(k)
                and self.in_list(k, other)
                and self.items[self.chunks[other].first].tag not in ("DET", "POSS")
            ):
                continue
            if self.starts_clause(other) and mark in (",", ":"):
                continue
            found[k].append(other)
            found[other].append(k)
        return found

    def after_modifiers(self, k: int) -> int:
        """Return the chunk after the phrase and its "of"-phrases: "chief executive of X, Y" joins executive and Y."""
        after = k + 1
        while (
            self.kind(after) == PP
            and self.chunks[after].lemma in ("of", "at", "for", "in", "from")
            and self.kind(after + 1) == NP
        ):
            after += 2
        return after

    def with_names(self, chunks: list[int]) -> list[int]:
        """Add to phrases that only describe the names that stand in apposition to them."""
        found = list(chunks)
        for k in chunks:
            if not self.named(k):
                found += [m for other in self.appositions(k) for m in self.group(other) if m not in found]
        return found
