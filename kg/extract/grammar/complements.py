"""The slots of verb groups: who does what to whom, and the phrases around, as a trigger looks for them."""

from collections import defaultdict
from functools import cached_property

from kg.extract.grammar.chunks import NP, PP, VG
from kg.extract.grammar.clauses import TOGETHER, Verb
from kg.extract.grammar.parser import Parser
from kg.extract.grammar.phrases import Phrases

Slots = dict[str, list[int]]
"""Chunk indexes by grammatical place, the surest first; coordinated phrases share a place."""

FAR = "~"
"""Before the name of a slot: its phrase stands behind another verb, and may belong to that one."""

_INTRANSITIVE = frozenset("go pass belong come fall flow sit stand be open end revert change".split())
_PLAIN = frozenset(("np", "verb", "negated"))


class Complements(Phrases):
    """Finds the slots of verb groups."""

    @cached_property
    def _parser(self) -> Parser:
        parser = Parser(self)
        parser.read()
        return parser

    def verb(self, k: int) -> Verb | None:
        """Return what was read of a verb group."""
        return self._parser.verbs.get(k)

    def subjects(self, k: int) -> list[int]:
        """Return the noun phrases that are the grammatical subject of a verb group, the surest first."""
        verb = self.verb(k)
        return verb.subject if verb else []

    def verb_slots(self, k: int) -> Slots:
        """Return the slots of a verb group in its active sense: the subject of a passive one stands as ``obj``."""
        verb = self.verb(k)
        return self._slots(verb) if verb else {}

    def gapped_slots(self, k: int) -> list[Slots]:
        """Return the slots of the clauses that repeat a verb without saying it: "Novva at Gannet Flats"."""
        return [self._slots(verb) for verb in self._parser.gapped if verb.chunk == k]

    def _slots(self, verb: Verb) -> Slots:
        slots: Slots = defaultdict(list)
        for preposition, members, far in verb.phrases:
            slots[FAR + preposition if far else preposition] += members
        for preposition, members in self._of_subject(verb):
            slots[preposition] += members
        if verb.governor is not None:
            for preposition, members, far in verb.governor.phrases:
                if members and not far and members[0] < verb.chunk:
                    slots["v" + preposition] += members
        if self.is_passive(verb.chunk):
            slots["obj"] = list(verb.subject)
            if verb.host and "by" not in slots:
                slots[f"{FAR}subj"] = list(verb.host)  # "runs chips rented from Crusoe"
            slots["obj2"] = [m for members in verb.objects[:1] for m in members]
        else:
            slots["subj"] = list(verb.subject)
            slots["obj"] = list(verb.objects[0]) if verb.objects else list(verb.gap)
            slots["obj2"] = [m for members in verb.objects[1:2] for m in members]
            if verb.gap and verb.objects:
                slots["gap"] = list(verb.gap)
            if verb.subject and verb.objects and "by" in slots:
                slots[f"{FAR}by"] += slots.pop("by")  # no agent: it has its subject
        self._together(verb, slots)
        if verb.remote:
            slots[FAR + ("obj" if verb.gap or self.is_passive(verb.chunk) else "subj")] += verb.remote
        if slots.get("in") and self._placed(verb):
            slots["at"] = slots["in"]
        return self.expanded({slot: members for slot, members in slots.items() if members})

    def _together(self, verb: Verb, slots: Slots) -> None:
        """Join what stands after "along with" to subject or object: "Along with Y, X rents it"."""
        own = "obj" if self.is_passive(verb.chunk) else "subj"
        for word in TOGETHER:
            members = slots.pop(word, []) + slots.pop(FAR + word, [])
            if members and members[0] < verb.chunk:
                slots[own] += members
            elif members and word != "like":
                slots["alongside"] += members
                for place in (f"{FAR}subj", f"{FAR}obj"):
                    slots[place] += members

    def expanded(self, slots: Slots) -> Slots:
        """Add to descriptions the names that they are apposed to."""
        return {slot: members if slot in _PLAIN else self.with_names(members) for slot, members in slots.items()}

    def _of_subject(self, verb: Verb) -> list[tuple[str, list[int]]]:
        """Return the prepositional phrases that hang on a subject: "a hall at Gorse Field is reserved"."""
        found: list[tuple[str, list[int]]] = []
        if not verb.subject or verb.subject[-1] > verb.chunk or self.kind(verb.chunk) != VG:
            return found
        j = max(verb.subject[:1]) + 1
        far = "" if self.is_passive(verb.chunk) or self.chunks[verb.chunk].lemma in _INTRANSITIVE else FAR
        while self.kind(j) == PP and self.kind(j + 1) == NP and j < verb.chunk:
            members = [m for m in self.group(j + 1) if m > j]
            found.append((far + self.chunks[j].lemma, members))
            j = max(members) + 1
        return found

    def _placed(self, verb: Verb) -> bool:
        """Say whether the verb stands in a clause that "where" opens."""
        return any(self.mark(j) == "where" for j in range(verb.chunk - 1, max(-1, verb.chunk - 8), -1))

    def where(self, k: int, slots: Slots) -> None:
        """Add the site or place before "where" to the slots of what stands in its clause."""
        for j in range(k - 1, max(-1, k - 12), -1):
            verb = self._parser.verbs.get(k) if self.kind(k) == VG else None
            if self.mark(j) == "where" and verb is None:
                before = next((i for i in range(j - 1, max(-1, j - 4), -1) if self.kind(i) == NP), None)
                if before is not None:
                    slots["vin"] += self.with_names(self.group(before))
                return
            if self.mark(j) in (";", ".", ":"):
                return
