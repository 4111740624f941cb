"""Verb groups: auxiliaries, negation, governing verbs and the main verb: "has agreed to lease", "will not be built"."""

from kg.extract.grammar.chunks import VG, Chunk
from kg.extract.grammar.items import Item
from kg.extract.grammar.lexicon import lexicon
from kg.extract.grammar.words import CATENATIVES

_VERBS = frozenset(("VB", "VBZ", "VBD", "VBN", "VBG"))
_STARTS = _VERBS | {"MODAL", "BE", "HAVE", "DO"}
_BARE = frozenset(("VB", "BE", "HAVE", "DO"))
_SKIPPED = frozenset(("ADV", "NEG"))
_ADJECTIVAL = frozenset(
    "likely unlikely able unable set due ready willing eager poised bound free keen close slated scheduled "
    "about".split()
)
_PARTICLES = frozenset("up out off down away back together apart aside along forward".split())
_MAYBE_PARTICLES = frozenset("over on in through around about by to into behind".split())


def verb_group(items: list[Item], i: int) -> Chunk | None:
    """Return the verb group that begins here, if one does."""
    if not _begins(items, i):
        return None
    reader = _Reader(items, i)
    j = i
    while j < len(items) and reader.take(j):
        j += 1
    return reader.finish(j)


def _begins(items: list[Item], i: int) -> bool:
    tag = items[i].tag
    if tag in _STARTS:
        return True
    if tag not in ("TO", "ADV", "NEG"):
        return False
    following = _next_verb(items, i + 1)
    if following is None:
        return False
    if tag == "TO":
        return items[following].tag in _BARE
    return items[following].tag in _STARTS and not (tag == "ADV" and items[following].tag in ("VBN", "VBG"))


def _next_verb(items: list[Item], i: int) -> int | None:
    """Return the first item from here that is no adverb, within two."""
    return next((k for k in range(i, min(i + 3, len(items))) if items[k].tag not in _SKIPPED), None)


class _Reader:
    """Takes a verb group item by item, as long as they belong to it."""

    def __init__(self, items: list[Item], i: int) -> None:
        self.items = items
        self.group = Chunk(VG, i, i, infinitive=items[i].tag == "TO")
        self.chain: list[str] = []
        self.auxiliary = ""

    def take(self, j: int) -> bool:
        """Take the item into the group; False where the group ends before it."""
        item, group = self.items[j], self.group
        if item.tag == "MODAL":
            group.modals += (item.lower,)
            self.auxiliary = ""
        elif item.tag in ("BE", "HAVE", "DO"):
            return self._auxiliary(j)
        elif item.tag in _VERBS:
            return self._verb(j)
        elif item.tag == "NEG":
            group.negated = True
        elif item.tag == "TO":
            return self._to(j)
        elif item.tag != "ADV":
            return self._adjective(j)
        return True

    def _auxiliary(self, j: int) -> bool:
        item, group = self.items[j], self.group
        if group.form in _VERBS:
            return False
        group.main, group.lemma, group.form = j, {"BE": "be", "HAVE": "have", "DO": "do"}[item.tag], item.tag
        if item.tag != "BE" or self.auxiliary != "HAVE":
            self.auxiliary = item.tag
        else:
            self.auxiliary = "HAVE BE"
        return True

    def _verb(self, j: int) -> bool:
        item, group = self.items[j], self.group
        if group.form in _VERBS:
            if not (item.tag == "VBG" and group.lemma in CATENATIVES):
                return False
            self.chain.append(group.lemma)
        group.passive = self.auxiliary.endswith("BE") and item.tag == "VBN"
        group.perfect = group.perfect or (self.auxiliary.startswith("HAVE") and item.tag == "VBN")
        group.main, group.lemma, group.form = j, item.lemma, item.tag
        self.auxiliary = ""
        return True

    def _to(self, j: int) -> bool:
        group = self.group
        if j > group.first and not self._governs():
            return False
        following = _next_verb(self.items, j + 1)
        if following is None or self.items[following].tag not in _BARE:
            return False
        if j > group.first:
            self.chain.append(group.lemma if group.form != "BE" else "be to")
        self.auxiliary = group.form = ""
        return True

    def _governs(self) -> bool:
        """Say whether the verb so far takes "to" and another verb: "agreed to lease", "is to open", "is due to"."""
        group = self.group
        return group.passive or group.form in ("BE", "HAVE") or group.lemma in CATENATIVES or group.lemma in _ADJECTIVAL

    def _adjective(self, j: int) -> bool:
        """Take an adjective that governs "to": "is likely to lease"."""
        item, group = self.items[j], self.group
        governs = item.lower in _ADJECTIVAL and j + 1 < len(self.items) and self.items[j + 1].tag == "TO"
        if not (governs and group.form == "BE"):
            return False
        group.lemma = item.lower
        return True

    def finish(self, end: int) -> Chunk | None:
        """Return the group, without what trails behind its verb but for a particle."""
        group = self.group
        if group.main < 0:
            return None
        last = end - 1
        while last > group.main and self.items[last].tag in ("ADV", "NEG", "TO"):
            last -= 1
        group.last = max(last, group.main)
        group.chain = tuple(self.chain)
        if group.form in _VERBS:
            self._particle()
        return group

    def _particle(self) -> None:
        group, at = self.group, self.group.last + 1
        if at >= len(self.items) or group.last != group.main:
            return
        word = self.items[at].lower
        known = word in _MAYBE_PARTICLES and f"{group.lemma} {word}" in lexicon().verbs
        dated = at + 1 < len(self.items) and self.items[at + 1].kind == "date"
        if word in _PARTICLES or (known and not dated):
            group.particle, group.last = word, at
