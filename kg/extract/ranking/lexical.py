"""What the words around a candidate tell: sparse features for a linear model, one weight each and predicate."""

import re
from collections.abc import Hashable, Iterator
from itertools import pairwise

from kg.extract.grammar.chunks import NP, PP, VG
from kg.extract.proposing.candidates import OWNER, Argument, Candidate, Place
from kg.extract.reading import Reading

_CONTENT = frozenset(("NOUN", "VB", "VBD", "VBZ", "VBN", "VBG", "ADJ", "PREP"))
_NOT_PLACES = ("np", "verb", "negated")
_LONGEST_GAP = 16
_LONGEST_PATH = 9

_GROUPED = {
    "trigger": ("t=", "left=", "right=", "obj="),
    "between": (">", "<", "inside>", "inside<"),
    "path": ("path>", "path<", "on>", "on<", "same=", "sameslots="),
    "arguments": tuple(f"{end}{what}=" for end in "so" for what in ("gov", "head", "mod", "prep", "up")),
    "roles": tuple(f"{end}{what}=" for end in "so" for what in ("role", "desc")),
    "around": ("about|", "prev|", "heading=", "label=", "kind="),
}
GROUPS = (*_GROUPED, "shape")
"""What the features of words are about; each group is also weighed by itself."""

_GROUP_OF = {start: n for n, starts in enumerate(_GROUPED.values()) for start in starts}
_START = re.compile(r"[a-z]*[=|<>]")


def group(feature: str) -> int:
    """Return the number in ``GROUPS`` of the group that a feature belongs to."""
    start = _START.match(feature)
    return _GROUP_OF.get(start[0], len(_GROUPED)) if start else len(_GROUPED)


class Surroundings:
    """The words of a segment as its candidates see them; names, quantities and dates count as their kind only."""

    def __init__(self, reading: Reading, i: int) -> None:
        """Prepare segment ``i`` of the parsed ones."""
        self.parsed = reading.parsed[i]
        self.entities = reading.entities
        self.words = [self._word(n) for n in range(len(self.parsed.items))]
        self.path = [self._step(k) for k in range(len(self.parsed.chunks))]
        self.governors = self._governors()
        self.about = sorted(
            {
                word
                for word, item in zip(self.words, self.parsed.items, strict=True)
                if item.kind == "word" and item.tag in _CONTENT
            }
        )
        self.frame = [*self._heading(reading), *self._label(), f"kind={self.parsed.segment.kind}"]
        before = reading.parsed[i - 1].chunks if i else []
        self.before = sorted({chunk.lemma for chunk in before if chunk.kind == VG})[:5]
        self._arguments: dict[tuple[str, Argument], list[str]] = {}

    def of_trigger(self, c: Candidate) -> list[str]:
        """Return the features that a candidate owes to its trigger."""
        return list(dict.fromkeys(self._of_trigger(c)))

    def trigger_key(self, c: Candidate) -> Hashable:
        """Return what the features of a trigger depend on."""
        return id(c.trigger), _slot(c.subject_place), _slot(c.object_place), c.types

    def of_pair(self, subject: Argument, target: Argument) -> list[str]:
        """Return the features that all candidates of two arguments share."""
        return list(dict.fromkeys(self._of_pair(subject, target)))

    def _of_pair(self, subject: Argument, target: Argument) -> Iterator[str]:
        yield f"how={subject.how}{min(subject.rank, 1)}|{target.how}{min(target.rank, 1)}"
        s, o = subject.item, target.item
        if s >= 0 and o >= 0:
            yield from self._between(s, o)
            yield from self._joined(s, o)
        else:
            for word in self.before:
                yield f"prev|{word}"
        if subject.how != "name" or target.how != "name":
            for word in self.about:
                yield f"about|{word}"
        yield from self._of_argument("s", subject)
        yield from self._of_argument("o", target)
        yield from self.frame

    def _word(self, n: int) -> str:
        item = self.parsed.items[n]
        if item.kind == "name":
            return f"<{self.entities[self.parsed.names[item.ref].entity].type}>"
        if item.kind == "amount":
            return f"<{self.parsed.amounts[item.ref].kind}>"
        return "<date>" if item.kind == "date" else item.lemma or item.lower

    def _step(self, k: int) -> str:
        """Return a chunk as a step of the way from one argument to the other."""
        chunk = self.parsed.chunks[k]
        if chunk.kind == VG:
            return f"{'VP' if self.parsed.syntax.is_passive(k) else 'V'}:{chunk.lemma}"
        if chunk.kind == NP:
            return f"N:{self.words[chunk.head]}" if chunk.head >= 0 else "N"
        return chunk.lemma or chunk.kind

    def _governors(self) -> dict[int, list[tuple[str, str, int]]]:
        """Return for each phrase the verbs that it belongs to, each with the slot and the verb's chunk."""
        found: dict[int, list[tuple[str, str, int]]] = {}
        for k, chunk in enumerate(self.parsed.chunks):
            if chunk.kind == VG:
                lemma = f"{chunk.lemma}{'/not' if chunk.negated else ''}"
                for slot, members in self.parsed.syntax.verb_slots(k).items():
                    if slot not in _NOT_PLACES:
                        for member in members[:4]:
                            found.setdefault(member, []).append((lemma, slot, k))
        return found

    def _heading(self, reading: Reading) -> list[str]:
        over = next((p for p in reading.parsed if p.index == self.parsed.segment.heading), None)
        words = (
            {i.lemma for i in over.items if i.kind == "word" and i.tag in _CONTENT and i.tag != "PREP"}
            if over
            else set()
        )
        return [f"heading={word}" for word in sorted(words)[:8]]

    def _label(self) -> list[str]:
        """Return what stands before the colon of "Tenant: Oracle"."""
        first = [item.lower for item in self.parsed.items[:5]]
        return [f"label={' '.join(self.words[: first.index(':')])}"] if ":" in first else []

    def _of_trigger(self, c: Candidate) -> Iterator[str]:
        trigger, words = c.trigger, self.words
        subject_slot, object_slot = _slot(c.subject_place), _slot(c.object_place)
        yield f"t={trigger.lemma}"
        yield f"t={trigger.lemma}|{subject_slot}|{object_slot}"
        yield f"t={trigger.lemma}|s{subject_slot}"
        yield f"t={trigger.lemma}|o{object_slot}"
        yield f"{subject_slot}|{object_slot}|{trigger.part}"
        yield f"types={'|'.join(c.types)}"
        for k in trigger.slots.get("obj", [])[:1]:
            head = words[self.parsed.chunks[k].head]
            yield f"obj={head}"
            yield f"t={trigger.lemma}|obj={head}"
        for word in words[max(0, trigger.item - 2) : trigger.item]:
            yield f"left={word}"
        for word in words[trigger.item + 1 : trigger.item + 3]:
            yield f"right={word}"

    def _between(self, s: int, o: int) -> Iterator[str]:
        """Yield the words between two arguments, those around them, and the way across the chunks."""
        low, high = min(s, o), max(s, o)
        order = ">" if s < o else "<"
        inner = self.words[low + 1 : high]
        yield f"{order}gap{min(len(inner) // 3, 6)}"
        if len(inner) <= _LONGEST_GAP:
            for word in inner:
                yield f"{order}b={word}"
            for one, other in pairwise(inner):
                yield f"{order}bb={one}_{other}"
        if len(inner) <= 6:
            yield f"{order}words={'_'.join(inner)}"
        for word in self.words[max(0, low - 2) : low]:
            yield f"{order}before={word}"
        for word in self.words[high + 1 : high + 3]:
            yield f"{order}after={word}"
        first, last = self.parsed.syntax.chunk_of[low], self.parsed.syntax.chunk_of[high]
        if first == last:
            yield f"inside{order}{'_'.join(inner[:6])}"
            return
        path = self.path[first + 1 : last]
        if len(path) <= _LONGEST_PATH:
            yield f"path{order}{'/'.join(path)}"
        for step in path:
            yield f"on{order}{step}"

    def _joined(self, s: int, o: int) -> Iterator[str]:
        """Yield the verbs that both arguments belong to."""
        chunk_of = self.parsed.syntax.chunk_of
        for lemma, slot, verb in self.governors.get(chunk_of[s], [])[:3]:
            for _, other, same in self.governors.get(chunk_of[o], [])[:3]:
                if verb == same:
                    yield f"same={lemma}:{slot}:{other}"
                    yield f"sameslots={slot}:{other}"

    def _of_argument(self, end: str, argument: Argument) -> list[str]:
        key = (end, argument)
        if key not in self._arguments:
            self._arguments[key] = list(self._describe(end, argument))
        return self._arguments[key]

    def _describe(self, end: str, argument: Argument) -> Iterator[str]:
        if argument.entity >= 0:
            entity = self.entities[argument.entity]
            for role in sorted(entity.roles):
                yield f"{end}role={role}"
            for noun in sorted(entity.heads)[:12]:
                yield f"{end}desc={noun}"
        if argument.item < 0:
            return
        parsed, k = self.parsed, self.parsed.syntax.chunk_of[argument.item]
        chunk = parsed.chunks[k]
        governors = self.governors.get(k, [])
        for lemma, slot, _ in governors[:3]:
            yield f"{end}gov={lemma}:{slot}"
        if not governors:
            yield f"{end}gov=none"
        if chunk.head not in (argument.item, -1):
            yield f"{end}head={self.words[chunk.head]}"
        for word in self.words[chunk.first : argument.item][-3:]:
            yield f"{end}mod={word}"
        if k and parsed.chunks[k - 1].kind == PP:
            preposition = parsed.chunks[k - 1].lemma
            yield f"{end}prep={preposition}"
            if k > 1 and parsed.chunks[k - 2].kind in (NP, VG):
                yield f"{end}up={self.path[k - 2]}|{preposition}"


def _slot(place: Place) -> str:
    """Return the first slot of a place; of a possessor ("at xAI's Colossus") it is another slot than of the thing."""
    slot = place.slots[0] if place.slots else "-"
    return f"{slot}'s" if place.within == OWNER and slot != "poss" else slot
