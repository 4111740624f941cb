"""Clauses of a segment, read once from left to right: which verb has which subject, objects and phrases.

A stack holds the clauses that are open: the main one, and relative, subordinate and bracketed ones inside it. Each
verb group gets the subject of its clause and what follows it, up to where the clause ends.
"""

from dataclasses import dataclass, field

from kg.extract.chunks import ADV, CONJ, NP, PP, PUNCT, REL, SUB, VG
from kg.extract.phrases import Phrases
from kg.extract.view import QUOTES

MAIN, RELATIVE, SUBORDINATE = "main", "relative", "subordinate"

_OBJECT_CONTROL = frozenset(
    "ask allow hire contract pay enable force help let make order require tell urge want persuade invite "
    "commission engage tap use choose pick select get oblige permit entitle".split()
)
_SAYING = frozenset(
    "say tell add report note write explain argue claim insist warn announce reply quip joke observe ask stress "
    "estimate reckon stand sit lie come follow be run go hang loom remain".split()
)
_CLAUSAL = frozenset(
    "say think believe know report claim hope expect note add warn confirm deny estimate reckon insist argue predict "
    "suggest fear understand mean see find show assume bet wish wonder conclude remember learn".split()
)
_BEING = frozenset(("be", "become", "remain"))
_SETS_OFF = frozenset((",", "(", "–", "—", "--", "-"))
_STOPS = frozenset((";", ":", ".", "?", "!", "|"))
_MAY_OPEN = frozenset("after before until since as than because while once".split())


@dataclass(slots=True)
class Clause:
    """A clause that is being read. ``set_off`` says that a comma or the like stands before it.

    ``antecedent`` is what a relative clause speaks of, ``remote`` what it may speak of less likely;
    ``fronted`` are the prepositional phrases before its subject, ``waiting`` verbs whose subject is still to come.
    """

    kind: str
    subject: list[int] = field(default_factory=list)
    antecedent: list[int] = field(default_factory=list)
    remote: list[int] = field(default_factory=list)
    preposition: str = ""
    verbs: list["Verb"] = field(default_factory=list)
    finite: bool = False
    set_off: bool = False
    waiting: list["Verb"] = field(default_factory=list)
    fronted: list[tuple[str, list[int], bool]] = field(default_factory=list)


@dataclass(slots=True)
class Verb:
    """A verb group with what belongs to it: phrases as chunk indexes, coordinated ones in one list.

    ``phrases`` are those after prepositions, with whether another verb or a comma stands between; ``gap`` is what the
    clause that the verb is in modifies: "the campus" in "the campus that Oracle leases", ``remote`` what else may be
    meant; ``host`` is the subject of the clause that a participle stands in.
    """

    chunk: int
    subject: list[int] = field(default_factory=list)
    objects: list[list[int]] = field(default_factory=list)
    phrases: list[tuple[str, list[int], bool]] = field(default_factory=list)
    gap: list[int] = field(default_factory=list)
    remote: list[int] = field(default_factory=list)
    host: list[int] = field(default_factory=list)
    governor: "Verb | None" = None


class Parser:
    """Reads the clauses of one segment; ``verbs`` has the verb groups by chunk, ``gapped`` those left out."""

    def __init__(self, view: Phrases) -> None:
        self.view = view
        self.verbs: dict[int, Verb] = {}
        self.gapped: list[Verb] = []
        self.stack: list[Clause] = [Clause(MAIN)]
        self.closed: Clause | None = None
        self.before = -1

    def read(self) -> None:
        """Read all chunks of the segment."""
        chunks, i = self.view.chunks, 0
        while i < len(chunks):
            kind = chunks[i].kind
            after = i + 1
            if kind == NP:
                after = self._noun_phrase(i)
            elif kind == PP:
                after = self._preposition(i)
            elif kind == VG:
                self._verb_group(i)
            elif kind in (REL, SUB):
                self._opens(i)
            elif kind == PUNCT:
                self._mark(i)
            if kind != ADV and self.view.mark(i) not in QUOTES:
                self.before = after - 1
            i = after
        for verb in self.verbs.values():
            self._share_objects(verb)

    @property
    def top(self) -> Clause:
        """The innermost open clause."""
        return self.stack[-1]

    def _adjacent(self, i: int) -> int:
        """Return the chunk before this one, past adverbs and quotation marks."""
        j = i - 1
        while self.view.kind(j) == ADV or self.view.mark(j) in QUOTES:
            j -= 1
        return j

    # --- marks and openers

    def _mark(self, i: int) -> None:
        mark = self.view.mark(i)
        if mark in _STOPS:
            self.stack, self.closed = [Clause(MAIN)], None
        elif mark == "(":
            self.stack.append(Clause("bracket"))
        elif mark == ")":
            while len(self.stack) > 1 and self.stack.pop().kind != "bracket":
                pass
        elif (
            mark == "," and len(self.stack) > 1 and self.top.set_off and self.top.finite and self.top.kind != "bracket"
        ):
            self.closed = self.stack.pop()

    def _opens(self, i: int) -> None:
        """Open a relative or subordinate clause."""
        before = self._adjacent(i)
        view = self.view
        set_off = view.mark(before) in _SETS_OFF or before < 0
        if view.kind(i) == SUB and view.mark(i) != "where":
            self.stack.append(Clause(SUBORDINATE, set_off=set_off))
            return
        preposition = view.mark(before) if view.kind(before) == PP else ""
        if view.kind(i) == SUB:
            preposition = "in"
        self.stack.append(Clause(RELATIVE, [], *self._antecedent(i), preposition, set_off=set_off))

    def _antecedent(self, rel: int) -> tuple[list[int], list[int]]:
        """Return what a relative pronoun stands for: what is next to it and what that hangs on, then what is further."""
        view, j = self.view, rel - 1
        if view.kind(j) == PP:
            j -= 1
        if view.kind(j) == CONJ:  # "which X owns and which Y runs"
            earlier = self.top if self.top.kind == RELATIVE else self.closed
            if earlier is not None and earlier.antecedent:
                return earlier.antecedent, earlier.remote
        joined = self.top.verbs[-1] if self.top.verbs else None
        if joined is not None and view.chunks[joined.chunk].lemma in _BEING and joined.subject:
            if any(j in members for members in joined.objects) or view.kind(j) == CONJ:
                found = [j] if view.kind(j) == NP else []
                return view.with_names([*found, *joined.subject]), []  # "X is a man who", "X is full and which"
        found = []
        for at in range(j, max(-1, j - 9), -1):
            kind = view.kind(at)
            if kind == NP:
                found += [m for m in (view.group(at) if not found else [at]) if m not in found]
            elif view.mark(at) in _STOPS or kind == VG or (kind in (SUB, REL) and found) or len(found) > 3:
                break
        joined_to = len(view.group(j)) if view.kind(j) == NP else 1
        near = joined_to + 1 if found and view.kind(min(view.group(found[0])) - 1) == PP else joined_to
        if view.mark(rel) == "where":
            near = len(found)  # "Umatilla 3, in Hermiston, Oregon, where"
        first = view.with_names(found[:near])
        return first, [m for m in found[near:] if m not in first]

    # --- noun phrases

    def _noun_phrase(self, i: int) -> int:
        """Give a noun phrase its place, with those joined to it; return the chunk after them."""
        view = self.view
        members = [i, *(m for m in view.group(i) if m > i)]
        after = members[-1] + 1
        before = self._adjacent(i)
        if view.kind(before) == VG and before in self.verbs and not self._begins_clause(members[-1], before):
            self._object(self.verbs[before], members)
        elif view.is_time(i) and not view.named(i):
            return i + 1
        elif any(m < i for m in view.appositions(i)) and not view.starts_clause(members[-1]) and self.top.subject:
            pass  # it names again what the clause has already
        elif not self.top.finite:
            self._subject(members, before)
        elif self._begins_clause(members[-1], before):
            self._clause_of(members, before)
        else:
            gapped = self._gap(members, before)
            if gapped:
                return gapped
            self._late_object(members, before)
        return after

    def _begins_clause(self, last: int, before: int) -> bool:
        """Say whether a finite verb follows a phrase, so that it is the subject of a clause of its own."""
        if not self.view.starts_clause(last) and not self._after_insertion(last, before):
            return False
        # What follows a verb directly is its object, unless the verb is one of saying: "said Oracle leases".
        return self.view.kind(before) != VG or before not in self.verbs or self.view.chunks[before].lemma in _CLAUSAL

    def _after_insertion(self, last: int, before: int) -> bool:
        """Say whether a phrase that "and" or a comma sets off has its finite verb after an insertion."""
        view = self.view
        return (view.kind(before) == CONJ or view.mark(before) in (",", ";")) and view.starts_later(last)

    def _subject(self, members: list[int], before: int) -> None:
        """Take a phrase as the subject of a clause that still lacks its verb."""
        clause, view = self.top, self.view
        if view.kind(before) == NP and clause.subject and view.starts_clause(members[-1]) and before + 1 == members[0]:
            self.stack.append(Clause(RELATIVE, members, view.with_names(view.group(before))))
            return
        clause.subject = members

    def _clause_of(self, members: list[int], before: int) -> None:
        """Open the clause of which a phrase is the subject."""
        view = self.view
        if view.kind(before) == NP and before + 1 == members[0]:
            self.stack.append(Clause(RELATIVE, members, view.with_names(view.group(before))))
        elif view.mark(before) in _SETS_OFF or view.kind(before) == CONJ:
            while len(self.stack) > 1 and self.top.kind in (RELATIVE, "bracket") and self.top.set_off:
                self.closed = self.stack.pop()
            kind = self.top.kind
            if self.top.kind == RELATIVE and view.kind(before) == CONJ:
                self.stack[-1] = Clause(
                    RELATIVE, members, self.top.antecedent, self.top.remote, set_off=self.top.set_off
                )
                return
            self.stack[-1] = Clause(kind, members, set_off=self.top.set_off)
        else:
            self.stack.append(Clause(SUBORDINATE, members))

    def _object(self, verb: Verb, members: list[int]) -> None:
        view = self.view
        if view.is_time(members[0]) and not view.named(members[0]):
            return
        if view.chunks[verb.chunk].lemma in _SAYING and not verb.subject:
            verb.subject = members  # "said Tom Brown", "stand two funds"
            return
        verb.objects.append(members)

    def _late_object(self, members: list[int], before: int) -> None:
        """Take a phrase as second object, or as one that stands behind a prepositional phrase."""
        if not self.top.verbs or self.view.mark(before) in _SETS_OFF or self.view.kind(before) in (CONJ, PUNCT):
            return
        verb = self.top.verbs[-1]
        if len(verb.objects) < 2:
            verb.objects.append(members)

    def _gap(self, members: list[int], before: int) -> int:
        """Read a clause that leaves its verb out: "Stack builds at Redwater, Novva at Mill Race".

        Return the chunk after it, or 0 if there is none.
        """
        view = self.view
        if not self.top.verbs or not (view.mark(before) in (",", ";") or view.kind(before) == CONJ):
            return 0
        verb, after = self.top.verbs[-1], members[-1] + 1
        while view.kind(after) == ADV or (view.mark(after) == "," and view.kind(after + 1) in (NP, PP)):
            after += 1
        quantity = view.kind(after) == NP and not view.named(after) and view.is_share(after)
        if quantity and verb.objects and view.is_share(verb.objects[0][0]):
            self.gapped.append(Verb(verb.chunk, members, [[after]], list(verb.phrases), list(verb.gap)))
            return after + 1
        own = []
        if view.kind(after) == NP and not view.named(after) and view.kind(after + 1) == PP and verb.objects:
            own, after = [[after]], after + 1  # "X sells its output to Y, and Z its output to W"
        preposition = view.mark(after) if view.kind(after) == PP else ""
        if (
            view.kind(after + 1) == NP
            and any(p == preposition for p, *_ in verb.phrases)
            and (view.named(after + 1) or preposition == "as")
        ):
            others = [p for p in verb.phrases if p[0] != preposition]
            joined = [after + 1, *(m for m in view.group(after + 1) if m > after + 1)]
            if len(joined) > 1 and self._repeats(preposition, joined[-1]):
                joined.pop()
            phrases = [(preposition, joined, False), *others]
            self.gapped.append(
                Verb(verb.chunk, members, own, phrases) if own else self._without_verb(verb, members, phrases)
            )
            return joined[-1] + 1
        return 0

    def _without_verb(self, verb: Verb, members: list[int], phrases: list[tuple[str, list[int], bool]]) -> Verb:
        """Return the clause that repeats a verb unsaid: a phrase stands for its object if it had one."""
        if verb.objects and self.view.is_share(members[0]) >= self.view.is_share(verb.objects[0][0]):
            return Verb(verb.chunk, list(verb.subject), [members], phrases)
        return Verb(verb.chunk, members, list(verb.objects), phrases)

    # --- prepositional phrases

    def _preposition(self, i: int) -> int:
        """Give a prepositional phrase to the verbs before it; return the chunk after it."""
        view = self.view
        if view.kind(i + 1) != NP:
            return i + 1
        word = view.chunks[i].lemma
        members = [i + 1, *(m for m in view.group(i + 1) if m > i + 1)]
        if view.starts_clause(members[-1]) and word in _MAY_OPEN:
            self.stack.append(Clause(SUBORDINATE, members, set_off=view.mark(self._adjacent(i)) in _SETS_OFF or i == 0))
            return members[-1] + 1
        if len(members) > 1 and (self._repeats(word, members[-1]) or self._quantity_follows(members[-1])):
            members.pop()  # "leases A to X and B to Y", "owns 20% of X and Z 30%"
        if not self.top.verbs and not self.top.subject:
            self.top.fronted.append((word, members, False))
        comma = view.mark(self._adjacent(i)) in _SETS_OFF
        for depth, clause in enumerate(reversed(self.stack)):
            for n, verb in enumerate(reversed(clause.verbs)):
                far = n > 0 or depth > 0 or (comma and not clause.finite)
                verb.phrases.append((word, members, far))
            if clause.set_off or clause.kind == "bracket":
                break
        return members[-1] + 1

    def _repeats(self, word: str, last: int) -> bool:
        """Say whether the last of several joined phrases has the same preposition after it, so that it is no part."""
        view, at = self.view, last + 1
        if view.kind(at) == NP and not view.named(at):
            at += 1  # "sells its output to X, and Y its output to Z"
        return (
            view.mark(at) == word and view.kind(at + 1) == NP and (view.named(at + 1) or word == "as") and word != "of"
        )

    def _quantity_follows(self, last: int) -> bool:
        """Say whether the last of several joined phrases has a quantity after it that answers an earlier one."""
        view, verb = self.view, self.top.verbs[-1] if self.top.verbs else None
        quantity = view.kind(last + 1) == NP and not view.named(last + 1) and view.is_share(last + 1)
        return quantity and verb is not None and bool(verb.objects) and view.is_share(verb.objects[0][0])

    # --- verbs

    def _verb_group(self, i: int) -> None:
        view, chunk = self.view, self.view.chunks[i]
        before = self._adjacent(i)
        verb = Verb(i)
        self.verbs[i] = verb
        if chunk.infinitive:
            self._infinitive(verb, before)
        elif view.reduced(i):
            self._participle(verb, before)
        else:
            self._finite(verb, before)
        self.top.verbs.append(verb)

    def _finite(self, verb: Verb, before: int) -> None:
        if self.top.finite:
            self._close_for(before)
        clause = self.top
        verb.subject = clause.subject
        if clause.kind == RELATIVE:
            verb.remote = clause.remote if not clause.preposition else []
            if not clause.subject:
                verb.subject = clause.antecedent if not clause.preposition else []
            elif not clause.preposition:
                verb.gap = clause.antecedent
            if clause.preposition:
                verb.phrases.append((clause.preposition, clause.antecedent, False))
                if clause.remote:
                    verb.phrases.append((clause.preposition, clause.remote, True))
        if not verb.subject and not clause.finite and self.view.topic is not None and clause.kind == MAIN:
            verb.subject = self.view.group(self.view.topic) if self.view.topic < verb.chunk else []
        clause.finite = True
        verb.phrases += clause.fronted
        for waiting in clause.waiting:
            waiting.subject = waiting.subject or verb.subject
        clause.waiting = []

    def _close_for(self, before: int) -> None:
        """Close the clauses that a further finite verb cannot belong to."""
        view = self.view
        lacking = any(not c.finite and c.subject for c in self.stack[:-1])
        joined = view.kind(before) == CONJ and view.mark(before - 1) != ","
        if lacking and not joined:
            while self.top.finite and len(self.stack) > 1:
                self.closed = self.stack.pop()
        elif view.mark(before) == "," and self.closed is not None and self.closed.finite and not self.top.subject:
            self.stack.append(self.closed)

    def _participle(self, verb: Verb, before: int) -> None:
        """Find the understood subject of a participle: what it modifies, or the subject of the clause."""
        view, clause = self.view, self.top
        share = view.kind(before) == NP and (view.is_share(before) or view.is_time(before))
        if share:
            earlier = self._adjacent(before)
            while view.kind(earlier) == PP:
                earlier = self._adjacent(earlier)
            if view.kind(earlier) == VG and view.chunks[earlier].form in ("BE", "HAVE") and earlier in self.verbs:
                verb.subject = self.verbs[earlier].subject  # "is 60 per cent held by"
                return
            before = self._adjacent(earlier + 1) if view.mark(earlier) != "," else earlier - 1
        if view.kind(before) == NP:
            verb.subject = view.whole_group(before) or self._modified(before)
        elif view.mark(before) in _SETS_OFF and view.kind(before - 1) == NP and view.chunks[verb.chunk].form == "VBN":
            verb.subject = [*view.group(before - 1), *(m for m in clause.subject if m not in view.group(before - 1))]
            if not clause.finite and view.topic is not None and view.topic not in verb.subject:
                verb.subject += view.group(view.topic)  # "Tajo Compute: 11 MW at Doca Seca, backed by Galp"
        elif view.kind(before) == CONJ and clause.verbs:
            verb.subject = clause.verbs[-1].subject
        elif clause.finite or clause.subject:
            verb.subject = clause.subject or clause.antecedent
        else:
            clause.waiting.append(verb)
        if not verb.subject and view.topic is not None and view.topic < verb.chunk:
            verb.subject = view.group(view.topic)
        if not set(clause.subject) & set(verb.subject):
            verb.host = clause.subject

    def _modified(self, before: int) -> list[int]:
        """Return the phrase that a participle follows, and the one that it hangs on."""
        view = self.view
        found = [before]
        if view.kind(before - 1) == PP and view.kind(before - 2) == NP:
            found.append(before - 2)
        return found

    def _infinitive(self, verb: Verb, before: int) -> None:
        """Find the understood subject of "to lease": that of the verb that governs it, its object, or a possessor."""
        view, clause = self.view, self.top
        if view.kind(before) == NP and view.mark(before - 1) in ("for", "with"):
            verb.subject = view.group(before)
            return
        governor = clause.verbs[-1] if clause.verbs else None
        verb.governor = governor
        if governor is None:
            verb.subject = clause.subject
            if not clause.subject:
                clause.waiting.append(verb)
        elif view.chunks[governor.chunk].lemma in _OBJECT_CONTROL and governor.objects:
            verb.subject = governor.objects[-1]
        else:
            verb.subject = list(governor.subject)
            if view.kind(before) == CONJ and view.chunks[governor.chunk].infinitive:
                verb.governor = governor.governor

    def _share_objects(self, verb: Verb) -> None:
        """Give a verb the objects of the next one joined to it: "owns and operates the campus"."""
        if verb.objects or verb.gap or self.view.kind(verb.chunk + 1) != CONJ:
            return
        at = verb.chunk + 2
        while self.view.kind(at) == ADV:
            at += 1
        following = self.verbs.get(at)
        if following is not None and (following.subject == verb.subject or not following.subject):
            verb.objects = list(following.objects)
            verb.gap = list(following.gap)
            verb.phrases += following.phrases
