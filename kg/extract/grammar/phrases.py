"""Noun phrases beside each other: coordination ("A, B and C") and apposition ("X, the landlord of Y,")."""

from collections import defaultdict
from functools import cached_property

from kg.extract.grammar.chunks import ADV, CONJ, NP, PP, PUNCT, REL, SUB, VG
from kg.extract.grammar.view import QUOTES, View

_AND = frozenset(("and", "or", "&", "plus", "nor"))
_NAMING = frozenset("call name dub christen nickname codename code-name title style brand know".split())
_WHOLE = frozenset("both all each most half neither none".split())
_BETWEEN = frozenset(("also", "both", "either", "respectively", "then", "later", "now"))
_MODIFYING = frozenset(("of", "at", "for", "in", "from", "on", "near", "outside"))
_THEN = frozenset(
    "then now also once formerly previously still perhaps probably itself long until already originally recently "
    "currently effectively largely mainly possibly reportedly".split()
)
_OPENS = frozenset((",", "(", "–", "—", "-", ":", "--"))


class Phrases(View):
    """Which noun phrases of a segment are joined, and which name the same thing."""

    def group(self, k: int) -> list[int]:
        """Return the noun phrases coordinated with this one, itself first: "A, B and C"."""
        members = self._groups.get(k)
        return [k, *(m for m in members if m > k), *(m for m in reversed(members) if m < k)] if members else [k]

    @cached_property
    def _groups(self) -> dict[int, list[int]]:
        """For each phrase that is coordinated with others, all of them in order."""
        found: dict[int, list[int]] = {}
        for k, chunk in enumerate(self.chunks):
            if chunk.kind == NP:
                following = self._next_conjunct(k)
                if following is not None:
                    members = found.setdefault(k, [k])
                    members.append(following)
                    found[following] = members
        return found

    def _next_conjunct(self, k: int) -> int | None:
        """Return the phrase that follows this one in a list."""
        for start in dict.fromkeys((k + 1, self._past_brackets(k), self._past_modifier(k), self._past_remark(k))):
            j, commas, conjunctions = start, 0, 0
            while self.kind(j) in (PUNCT, CONJ, ADV):
                mark = self.chunks[j].lemma
                if mark == ",":
                    commas += 1
                elif self.chunks[j].kind == CONJ and mark in _AND:
                    conjunctions += 1
                elif mark not in _BETWEEN:
                    break
                j += 1
            if (
                self.kind(j) == NP
                and (conjunctions or (commas and self.in_list(k, j)))
                and self._joins(k, j, conjunctions)
            ):
                return j
        return None

    def _joins(self, k: int, j: int, conjunctions: int) -> bool:
        if j > k + 3 and not (self.named(k) and self.named(j)):
            return False
        if conjunctions and self._other_role(k, j):
            return False
        if conjunctions and (self.starts_clause(j) or self.starts_later(j)) and not self._opens_clause(k):
            return False
        return self._alike(k, j)

    def _other_role(self, k: int, j: int) -> bool:
        """Say whether a name has a role of its own that the verb is left out for: "is X and its operator Y"."""
        before, other = self.adjacent(k), self.chunks[j]
        if self.kind(before) != VG or self.chunks[before].lemma != "be" or not self.named(j):
            return False
        return other.head > other.first + 1 and self.items[other.first].tag in ("DET", "POSS")

    def _past_brackets(self, k: int) -> int:
        """Return the chunk after a short remark in brackets: "A (60%) and B"."""
        if self.mark(k + 1) == "(":
            for j in range(k + 2, min(k + 7, len(self.chunks))):
                if self.mark(j) == ")":
                    return j + 1
        return k + 1

    def _past_remark(self, k: int) -> int:
        """Return the comma after a description in a list of names: "A, the Abu Dhabi fund, and B"."""
        other = k + 2
        if self.mark(k + 1) != "," or self.kind(other) != NP or not self.named(k) or self.named(other):
            return k + 1
        if self.items[self.chunks[other].first].tag not in ("DET", "POSS"):
            return k + 1
        return other + 1 if self.mark(other + 1) == "," else k + 1

    def _past_modifier(self, k: int) -> int:
        """Return the chunk after "of" and a name: "Brightwater of Charlotte and Harrier"."""
        at = k + 2 if self.mark(k + 1) == "," and self.mark(k + 2) in ("of", "in") else k + 1
        if self.mark(at) in ("of", "in") and self.named(k) and self.kind(at + 1) == NP and self.named(at + 1):
            return at + 2
        return k + 1

    def in_list(self, k: int, j: int) -> bool:
        """Say whether a comma between two phrases is that of a list: names on both sides and an "and" near."""
        low, high = min(k, j), max(k, j)
        if self.named(low) != self.named(high):
            return False
        if not (self.chunks[low].names and self.chunks[high].names):
            return self._bare(low) and self._bare(high) and self._list_ends(high)
        described = self.items[self.chunks[high].first].tag in ("DET", "POSS") and not self.named(high)
        if described:
            return False
        return self._list_ends(high) or self.mark(low - 1) in (",", "and", "or")

    def _bare(self, k: int) -> bool:
        """Say whether a phrase is a noun without an article: "co-founder" in "co-founder, chairman and CEO"."""
        chunk = self.chunks[k]
        first, head = self.items[chunk.first], self.items[chunk.head]
        return not chunk.names and first.tag in ("NOUN", "ADJ") and head.tag == "NOUN"

    def _list_ends(self, high: int) -> bool:
        """Say whether a list goes on to an "and"."""
        for after in range(high + 1, min(high + 9, len(self.chunks))):
            chunk = self.chunks[after]
            if chunk.kind == CONJ and chunk.lemma in _AND:
                return True
            if chunk.kind not in (NP, PUNCT) or chunk.lemma in (";", ".", ":"):
                return False
        return False

    def _alike(self, k: int, j: int) -> bool:
        one, other = self.chunks[k], self.chunks[j]
        if "PRON" in (self.items[one.head].tag, self.items[other.head].tag):
            return False
        return self.named(k) == self.named(j)

    def starts_later(self, last: int) -> bool:
        """Say whether a finite verb follows once an insertion is closed: "and its parent, YTL, has guaranteed it"."""
        opens = self.mark(last + 1)
        if opens not in (",", "("):
            return False
        relative = self.kind(last + 2) == REL
        for j in range(last + 2, min(last + 14, len(self.chunks))):
            if self.mark(j) == (")" if opens == "(" else ","):
                return self.starts_clause(j)
            finite = self.kind(j) == VG and not self.reduced(j)
            if self.mark(j) in (";", ":", ".", "?", "!") or (finite and not relative):
                return False
        return False

    def _opens_clause(self, k: int) -> bool:
        """Say whether a phrase can be a subject by what stands before it: not an object, not after a preposition."""
        j = k - 1
        while self.kind(j) == ADV or self.mark(j) in QUOTES:
            j -= 1
        while self.kind(j) in (CONJ, PUNCT) and self.kind(j - 1) == NP and self.mark(j) in (",", *_AND):
            j -= 2
        if self.kind(j) in (REL, SUB) or j < 0 or self.mark(j) in (";", ":", ".", "(", "—", "–"):
            return True
        return self.mark(j) in (",", "and", "but") and self.named(k)

    def appositions(self, k: int) -> list[int]:
        """Return the noun phrases that name the same thing: "X, the landlord of Y," for X and for landlord."""
        return self._apposed.get(k, [])

    @cached_property
    def _apposed(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for k, chunk in enumerate(self.chunks):
            if chunk.kind == NP:
                other = self._apposition_after(k)
                if other is not None:
                    found[k].append(other)
                    found[other].append(k)
        return found

    def _apposition_after(self, k: int) -> int | None:
        """Return the phrase behind this one that names the same thing, if one does."""
        after = self.after_modifiers(k)
        named = self._called(after)
        if named is not None:
            return named
        mark = self.mark(after)
        other = self._past_quantity(after + 1) if mark == "," else after + 1
        if self.kind(other) == ADV and self.mark(other) in _THEN:
            other += 1  # "Eviden, then the supercomputing arm of Atos"
        if mark not in _OPENS or self.kind(other) != NP or self._apart(k, mark, other):
            return None
        return other

    def _apart(self, k: int, mark: str, other: int) -> bool:
        """Say whether two phrases with a mark between them name different things."""
        if self.named(k) == self.named(other) and mark != "(":
            return True
        if mark == "," and not self.named(k) and (self.is_time(k) or self._fronted_phrase(k)):
            return True  # "Under the second, AMALIA Labs has reserved a suite"
        described = self.items[self.chunks[other].first].tag in ("DET", "POSS")
        if self.named(k) and not described and self.in_list(k, other):
            return True
        if mark in (",", ":") and self.starts_clause(other):
            return True
        if self.mark(k - 1) == "" and self.mark(k + 1) == self.mark(other + 1) and self.mark(k + 1) in _MODIFYING:
            return self.kind(k - 1) == VG and self.named(other)  # "X is chief executive of A, Y of B"
        # "picked X as builder, Y as supplier"
        return self.kind(k - 1) == PP and self.mark(other + 1) == self.mark(k - 1) != "of"

    def _fronted_phrase(self, k: int) -> bool:
        """Say whether a phrase is governed by a preposition that opens the sentence."""
        return self.kind(k - 1) == PP and (k < 2 or self.mark(k - 2) in (";", ":", ".", "and", "but", "“", '"'))

    def _past_quantity(self, j: int) -> int:
        """Skip "both of them" and "an" before a description: "X and Y, both of them Z companies"."""
        if self.kind(j) == NP and self.mark(j + 1) == "of" and self.items[self.chunks[j].head].lower in _WHOLE:
            pronoun = j + 2
            if (
                self.kind(pronoun) == NP
                and self.items[self.chunks[pronoun].head].tag == "PRON"
                and self.kind(j + 3) == NP
            ):
                return j + 3
        return j

    def _called(self, after: int) -> int | None:
        """Return the name in "a landlord called Threemile", "a hall known as N01", "a firm by the name of Zed"."""
        if self.mark(after) == ",":
            after += 1
        if self.kind(after) == VG and self.chunks[after].lemma in _NAMING and self.reduced(after):
            at = after + 2 if self.mark(after + 1) == "as" else after + 1
            return at if self.kind(at) == NP and self.named(at) else None
        if self.mark(after) == "by" and self.kind(after + 1) == NP and self.mark(after + 2) == "of":
            noun = self.items[self.chunks[after + 1].head].lower
            return after + 3 if noun == "name" and self.kind(after + 3) == NP and self.named(after + 3) else None
        return None

    def after_modifiers(self, k: int) -> int:
        """Return the chunk after the phrase and its "of"-phrases: "chief executive of X, Y" joins executive and Y."""
        after = k + 1
        while self.kind(after) == PP and self.chunks[after].lemma in _MODIFYING and self.kind(after + 1) == NP:
            placed = self.chunks[after].lemma in ("in", "at", "near", "outside")
            after += 2
            if placed and self.mark(after) == "," and self.mark(after + 2) == "," and self._capital(after + 1):
                after += 2  # "in Milam County, Texas, known as"
        return after

    def _capital(self, k: int) -> bool:
        """Say whether a phrase is a word with a capital, be it a known name or not."""
        return self.kind(k) == NP and self.items[self.chunks[k].head].tag == "NAME"

    def with_names(self, chunks: list[int]) -> list[int]:
        """Add to phrases that only describe the names that stand in apposition to them."""
        found = list(chunks)
        for k in chunks:
            if not self.named(k):
                found += [m for other in self.appositions(k) for m in self.group(other) if m not in found]
        return found

    def whole_group(self, k: int) -> list[int]:
        """Return what "both" or "most of it" after a comma sums up: "A and B, both let to C"."""
        if self.mark(k - 1) == "of" and self.kind(k - 2) == NP and self.items[self.chunks[k].head].tag == "PRON":
            k -= 2
        whole = self.items[self.chunks[k].head].lower in _WHOLE
        return self.group(k - 2) if whole and self.mark(k - 1) in (",", "–", "—") and self.kind(k - 2) == NP else []
