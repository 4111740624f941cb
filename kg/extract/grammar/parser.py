"""Reads the clauses of one segment once, from left to right: which verb has which subject, objects and phrases.

A stack holds the clauses that are open: the main one, and relative, subordinate and bracketed ones inside it. Each
verb group gets the subject of its clause and what follows it, up to where the clause ends.
"""

from kg.extract.grammar import gapping
from kg.extract.grammar.chunks import ADV, CONJ, NP, PP, PUNCT, REL, SUB, VG
from kg.extract.grammar.clauses import BRACKET, MAIN, RELATIVE, SETS_OFF, STOPS, SUBORDINATE, TOGETHER, Clause, Verb
from kg.extract.grammar.phrases import Phrases
from kg.extract.grammar.relatives import antecedent
from kg.extract.grammar.understood import of_infinitive, of_participle
from kg.extract.grammar.words import CLAUSAL

_SAYING = frozenset(
    "say tell add report note write explain argue claim insist warn announce reply quip joke observe ask stress "
    "estimate reckon stand sit lie come follow be run go hang loom remain".split()
)
"""Verbs that may stand before their subject: "said Tom Brown", "behind it stand two funds"."""

_MAY_OPEN = frozenset("after before until since as than because while once".split())


class Parser:
    """Reads one segment; ``verbs`` has its verb groups by chunk, ``gapped`` those that are left out."""

    def __init__(self, view: Phrases) -> None:
        self.view = view
        self.verbs: dict[int, Verb] = {}
        self.gapped: list[Verb] = []
        self._stack: list[Clause] = [Clause(MAIN)]
        self._closed: Clause | None = None

    def read(self) -> None:
        """Read all chunks of the segment."""
        chunks, i = self.view.chunks, 0
        while i < len(chunks):
            kind = chunks[i].kind
            if kind == NP:
                i = self._noun_phrase(i)
                continue
            if kind == PP:
                i = self._preposition(i)
                continue
            if kind == VG:
                self._verb_group(i)
            elif kind in (REL, SUB):
                self._opens(i)
            elif kind == PUNCT:
                self._mark(i)
            i += 1
        for verb in self.verbs.values():
            self._share_objects(verb)

    @property
    def _top(self) -> Clause:
        """The innermost open clause."""
        return self._stack[-1]

    # --- marks and openers

    def _mark(self, i: int) -> None:
        mark, top = self.view.mark(i), self._top
        if mark in STOPS:
            self._stack, self._closed = [Clause(MAIN)], None
        elif mark == "(":
            self._stack.append(Clause(BRACKET))
        elif mark == ")":
            while len(self._stack) > 1 and self._stack.pop().kind != BRACKET:
                pass
        elif mark == "," and len(self._stack) > 1 and top.set_off and top.finite and top.kind != BRACKET:
            self._closed = self._stack.pop()

    def _opens(self, i: int) -> None:
        """Open a relative or subordinate clause."""
        view, before = self.view, self.view.adjacent(i)
        set_off = view.mark(before) in SETS_OFF or before < 0
        if view.kind(i) == SUB and view.mark(i) != "where":
            self._stack.append(Clause(SUBORDINATE, set_off=set_off))
            return
        governed = view.mark(before) if view.kind(before) == PP else ""
        preposition = "in" if view.kind(i) == SUB else governed
        meant = antecedent(view, i, self._top, self._closed)
        self._stack.append(Clause(RELATIVE, [], *meant, preposition, set_off=set_off))

    # --- noun phrases

    def _noun_phrase(self, i: int) -> int:
        """Give a noun phrase its place, with those joined to it; return the chunk after them."""
        view = self.view
        members = [i, *(m for m in view.group(i) if m > i)]
        before = view.adjacent(i)
        verb = self.verbs.get(before)
        if verb is not None and not self._begins_clause(members[-1], before):
            echo = gapping.echoed(view, self.verbs, before, members)
            if echo is None:
                self._object(verb, members)
            else:
                self.gapped.append(echo)
        elif view.is_time(i) and not view.named(i):
            return i + 1
        elif any(m < i for m in view.appositions(i)) and not view.starts_clause(members[-1]) and self._top.subject:
            pass  # it names again what the clause has already
        elif not self._top.finite:
            self._subject(members, before)
        elif self._begins_clause(members[-1], before):
            self._clause_of(members, before)
        else:
            left_out = gapping.gapped(view, self._top.verbs[-1], members, before) if self._top.verbs else None
            if left_out is not None:
                self.gapped.append(left_out[0])
                return left_out[1]
            self._late_object(members, before)
        return members[-1] + 1

    def _begins_clause(self, last: int, before: int) -> bool:
        """Say whether a finite verb follows a phrase, so that it is the subject of a clause of its own."""
        view = self.view
        set_off = view.kind(before) == CONJ or view.mark(before) in (",", ";")
        if not view.starts_clause(last) and not (set_off and view.starts_later(last)):
            return False
        # What follows a verb directly is its object, unless the verb is one of saying.
        return before not in self.verbs or view.chunks[before].lemma in CLAUSAL

    def _subject(self, members: list[int], before: int) -> None:
        """Take a phrase as the subject of a clause that still lacks its verb."""
        view = self.view
        if self._top.subject and view.starts_clause(members[-1]) and self._touches(members, before):
            self._stack.append(Clause(RELATIVE, members, view.with_names(view.group(before))))
        else:
            self._top.subject = members

    def _touches(self, members: list[int], before: int) -> bool:
        """Say whether a phrase follows another directly: "the site Meta" in "the site Meta rents"."""
        return self.view.kind(before) == NP and before + 1 == members[0]

    def _clause_of(self, members: list[int], before: int) -> None:
        """Open the clause of which a phrase is the subject."""
        view = self.view
        if self._touches(members, before):
            self._stack.append(Clause(RELATIVE, members, view.with_names(view.group(before))))
            return
        if view.mark(before) not in SETS_OFF and view.kind(before) != CONJ:
            self._stack.append(Clause(SUBORDINATE, members))
            return
        while len(self._stack) > 1 and self._top.kind in (RELATIVE, BRACKET) and self._top.set_off:
            self._closed = self._stack.pop()
        top = self._top
        if top.kind == RELATIVE and view.kind(before) == CONJ:
            self._stack[-1] = Clause(RELATIVE, members, top.antecedent, top.remote, set_off=top.set_off)
        else:
            self._stack[-1] = Clause(top.kind, members, set_off=top.set_off)

    def _object(self, verb: Verb, members: list[int]) -> None:
        view = self.view
        if view.is_time(members[0]) and not view.named(members[0]):
            return
        if view.chunks[verb.chunk].lemma in _SAYING and not verb.subject:
            verb.subject = members
        else:
            verb.objects.append(members)

    def _late_object(self, members: list[int], before: int) -> None:
        """Take a phrase as second object, or as one that stands behind a prepositional phrase."""
        if not self._top.verbs or self.view.mark(before) in SETS_OFF or self.view.kind(before) in (CONJ, PUNCT):
            return
        verb = self._top.verbs[-1]
        if len(verb.objects) < 2:
            verb.objects.append(members)

    # --- prepositional phrases

    def _preposition(self, i: int) -> int:
        """Give a prepositional phrase to the verbs before it; return the chunk after it."""
        view, top = self.view, self._top
        if view.kind(i + 1) != NP:
            return i + 1
        word = view.chunks[i].lemma
        members = [i + 1, *(m for m in view.group(i + 1) if m > i + 1)]
        set_off = view.mark(view.adjacent(i)) in SETS_OFF
        if view.starts_clause(members[-1]) and word in _MAY_OPEN:
            self._stack.append(Clause(SUBORDINATE, members, set_off=set_off or i == 0))
            return members[-1] + 1
        verb = top.verbs[-1] if top.verbs else None
        if len(members) > 1 and (
            gapping.repeats(view, word, members[-1]) or gapping.measured_anew(view, verb, members[-1])
        ):
            members.pop()  # "leases A to X and B to Y", "owns 20% of X and Z 30%"
        if not top.finite and (word in TOGETHER or (verb is None and not top.subject)):
            top.fronted.append((word, members, False))
        aside = (set_off and not top.finite) or (word == "of" and any(m < i - 1 for m in view.appositions(i - 1)))
        self._attach(word, members, aside=aside)
        return members[-1] + 1

    def _attach(self, word: str, members: list[int], *, aside: bool) -> None:
        """Give a phrase to the verbs of the open clauses: to the last one as near, to the others as far."""
        for depth, clause in enumerate(reversed(self._stack)):
            for n, verb in enumerate(reversed(clause.verbs)):
                far = n > 0 or depth > 0 or aside
                verb.phrases.append((word, members, far))
            if clause.set_off or clause.kind == BRACKET:
                break

    # --- verbs

    def _verb_group(self, i: int) -> None:
        view, before = self.view, self.view.adjacent(i)
        verb = Verb(i)
        self.verbs[i] = verb
        if view.chunks[i].infinitive:
            of_infinitive(view, verb, self._top, before)
        elif view.reduced(i):
            of_participle(view, self.verbs, verb, self._top, before)
        else:
            self._finite(verb, before)
        self._top.verbs.append(verb)

    def _finite(self, verb: Verb, before: int) -> None:
        if self._top.finite:
            self._close_for(before)
        clause, topic = self._top, self.view.topic
        verb.subject = clause.subject
        if clause.kind == RELATIVE:
            self._of_relative(verb, clause)
        elif not verb.subject and not clause.finite and clause.kind == MAIN and topic is not None:
            verb.subject = self.view.group(topic) if topic < verb.chunk else []
        clause.finite = True
        verb.phrases += clause.fronted
        for waiting in clause.waiting:
            waiting.subject = waiting.subject or verb.subject
        clause.waiting = []

    def _of_relative(self, verb: Verb, clause: Clause) -> None:
        """Give a verb of a relative clause what the clause speaks of: as subject, object, or after its preposition."""
        if clause.preposition:
            verb.phrases.append((clause.preposition, clause.antecedent, False))
            if clause.remote:
                verb.phrases.append((clause.preposition, clause.remote, True))
            return
        verb.remote = clause.remote
        if clause.subject:
            verb.gap = clause.antecedent
        else:
            verb.subject = clause.antecedent

    def _close_for(self, before: int) -> None:
        """Close the clauses that a further finite verb cannot belong to."""
        view = self.view
        lacking = any(not c.finite and c.subject for c in self._stack[:-1])
        joined = view.kind(before) == CONJ and view.mark(before - 1) != ","
        if lacking and not joined:
            while self._top.finite and len(self._stack) > 1:
                self._closed = self._stack.pop()
        elif view.mark(before) == "," and self._closed is not None and self._closed.finite and not self._top.subject:
            self._stack.append(self._closed)

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
