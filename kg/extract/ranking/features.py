"""What the ranker sees of a candidate: a row of readable numbers, the same names in training and use."""

import re
from collections import defaultdict

from kg.extract.grammar import words
from kg.extract.grammar.chunks import NP, VG
from kg.extract.grammar.items import Item
from kg.extract.grammar.lexicon import AMOUNTS
from kg.extract.proposing.candidates import PREDICATES, Argument, Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.reading import OUTLET, Parsed

TYPES = ("Company", "Facility", "Chip", "Model", "Person", "Place")
HOW = ("name", "pronoun", "definite", "we", "relative", "topic", "inside")
WITHIN = ("head", "owner", "modifier", "actor")


def _numbered(*groups: str) -> dict[str, int]:
    """Return words with numbers from 1; those of one group share a number."""
    return {word: n for n, group in enumerate(groups, 1) for word in group.split()}


SLOTS = _numbered(
    *"subj obj obj2 by poss pre self from with to of for".split(), "at into", "in near outside inside", "on", "between",
    "topic", "other", "row",
)  # fmt: skip
_BEFORE = _numbered(
    *"of from with to by for at in on and , than like against as between".split(), "near outside", "(", "the"
)
_AFTER = _numbered("and", ",", "'s '", "-", ".", "of", "(", ")")
_GAPS = {
    gap: min(n, 18)
    for n, gap in enumerate("'s||and|,|'s own|of|-|in|at|, in|(|from|to|with|for|or|, and|near|outside".split("|"), 1)
}
_MAJORITY = frozenset(
    "majority wholly fully controls controlled controlling subsidiary parent outright most all".split()
)
_MINORITY = frozenset(
    "minority stake shareholder shareholders investor investors shares third quarter fifth tenth backer "
    "warrants".split()
)
_VERBS = frozenset(("VB", "VBZ", "VBD", "VBN", "BE", "HAVE", "MODAL"))
_PUNCT = frozenset(',;:()–—"“”')
_NAME_WORDS = (
    frozenset(
        "bank capital partners ventures credit financial fund investment investments equity management holdings trust "
        "insurance life asset finance mutual".split()
    ),
    frozenset(
        "energy power electric utilities utility light gas solar wind nuclear edison hydro generation cooperative "
        "grid emc".split()
    ),
    frozenset(["cloud", "compute", "gpu", "cluster", "hosting", "servers", "computing"]),
    frozenset(
        "developments development properties realty construction builders infrastructure digital data centers centres "
        "campus land contractors estates".split()
    ),
    frozenset(["ai", "labs", "intelligence", "research", "robotics", "models"]),
    frozenset("semiconductor semiconductors silicon microelectronics foundry chips devices".split()),
)
_HEAD_WORDS = (
    frozenset(["bank", "lender", "fund", "investor", "firm", "manager", "insurer", "credit"]),
    frozenset(["utility", "cooperative", "co-op", "power", "electric"]),
    frozenset(["developer", "builder", "landlord", "contractor", "operator", "owner"]),
    frozenset(["lab", "startup", "start-up", "maker", "model"]),
    frozenset(["neocloud", "cloud", "gpu", "provider", "hyperscaler"]),
    frozenset(["chipmaker", "chip", "foundry", "memory", "designer"]),
)
_ROLES = (
    *("investor", "utility", "developer", "ai_lab", "neocloud", "chip_designer", "hyperscaler", "foundry"),
    OUTLET,
)

THEMES = (*AMOUNTS, *sorted({theme for found in words.themes().values() for theme in found}))
"""Kinds of amounts, and what the lexicon calls the themes of words."""

_OF_AN_END = (
    *"fit slot within how rank score distance side verbs commas relatives names before after".split(),
    *"rivals closer better equal chance type share bankish powerish cloudish siteish labish chipish".split(),
    *"h_bank h_power h_site h_lab h_cloud h_chip".split(),
    *(f"r_{role}" for role in _ROLES),
)
NAMES: tuple[str, ...] = (
    *"predicate part passive negated modal chain infinitive construct fit_min fit_sum triggers".split(),
    *(f"{end}_{name}" for end in ("s", "o") for name in _OF_AN_END),
    *"order gap between gap_names gap_verbs gap_marks one_chunk joined apposed gap_words".split(),
    *"kind length position question predicates_of_pair".split(),
    *(f"has_{t}" for t in THEMES),
    *(f"near_{t}" for t in THEMES),
    *"s_theme o_theme object_theme share_near majority rule weight rival_predicate rival_ends".split(),
    *"second_rule wanted barred".split(),
)
"""What the first forest looks at, beside counts and words (``ranker.FIRST_NAMES``)."""

Row = list[float]


class Features:
    """Computes the rows of one segment's candidates; what several candidates share is computed once."""

    def __init__(self, proposer: Proposer, i: int, candidates: list[Candidate]) -> None:
        self.parsed: Parsed = proposer.reading.parsed[i]
        self.entities = proposer.reading.entities
        self.frequency = proposer.discourse.frequency
        self.total = max(1, sum(self.frequency.values()))
        self._arguments: dict[tuple[int, str, Argument, str], Row] = {}
        self._pairs: dict[tuple[Argument, Argument], Row] = {}
        self._entity_rows: dict[int, Row] = {}
        self._by_type: dict[str, dict[int, int]] = defaultdict(dict)
        for kind, arguments in proposer.by_type(proposer.arguments(i)).items():
            for argument in arguments:
                self._by_type[kind].setdefault(argument.entity, argument.item)
        self._fits: dict[tuple[int, str, int], dict[int, int]] = defaultdict(dict)
        self._predicates: dict[tuple[Argument, Argument], int] = defaultdict(int)
        self._by_pair: dict[tuple[Argument, Argument], list[tuple[str, float]]] = defaultdict(list)
        self._by_trigger: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
        self._themes = self._segment_themes()
        for c in candidates:
            for end, (argument, fit) in enumerate(((c.subject, c.subject_fit), (c.object, c.object_fit))):
                fits = self._fits[(c.trigger.item, c.predicate, end)]
                fits[argument.entity] = max(fits.get(argument.entity, 0), fit)
            self._predicates[(c.subject, c.object)] += 1
            self._by_pair[c.subject, c.object].append((c.predicate, c.rule))
            self._by_trigger[c.trigger.item, c.predicate].append(c)

    def row(self, c: Candidate) -> Row:
        """Return the numbers of a candidate, in the order of ``NAMES``."""
        trigger, chunk = c.trigger, self.parsed.chunks[c.trigger.chunk]
        group = chunk.kind == VG
        row: Row = [
            PREDICATES.index(c.predicate),
            ("noun", "verb", "row", "none").index(trigger.part),
            group and self.parsed.syntax.is_passive(trigger.chunk),
            chunk.negated,
            bool(chunk.modals),
            len(chunk.chain),
            chunk.infinitive,
            {"'s": 1, "-based": 2, "in": 3}.get(trigger.lemma, 0),
            min(c.subject_fit, c.object_fit),
            c.subject_fit + c.object_fit,
            c.triggers,
        ]
        for end, (argument, where, fit) in enumerate(
            ((c.subject, c.subject_place, c.subject_fit), (c.object, c.object_place, c.object_fit))
        ):
            fits = self._fits[(trigger.item, c.predicate, end)].values()
            kind = c.types[end]
            shared = self._argument(trigger.item, trigger.part, argument, kind)
            row += [
                fit,
                next((SLOTS[s] for s in where.slots if s in SLOTS), 18 if where.slots else 0),
                WITHIN.index(where.within),
            ]
            row += shared[:13]
            row += [sum(f > fit for f in fits), sum(f == fit for f in fits) - 1]
            row += shared[13:]
        row += self._pair(c, trigger.item)
        row += [
            ("heading", "sentence", "bullet", "row").index(self.parsed.segment.kind),
            len(self.parsed.items),
            c.segment,
            self.parsed.items[-1].lower == "?",
            self._predicates[(c.subject, c.object)],
        ]
        near = trigger.near
        row += self._themes
        row += [t in near for t in THEMES]
        row += [self._phrase_theme(c.subject), self._phrase_theme(c.object), self._object_theme(c)]
        row += self._share(trigger.item)
        row += [
            c.rule,
            c.use.weight,
            self._rival(self._by_pair[c.subject, c.object], c.predicate),
            self._rival_ends(c),
            sorted(c.rules)[-2] if len(c.rules) > 1 else 0.0,
            not c.use.wants or bool(c.use.wants & near),
            bool(c.use.bars & near),
        ]
        return row

    def _share(self, trigger: int) -> Row:
        """Return the per cent nearest to a trigger, or -1, and if words of majority (1) or minority (-1) are near."""
        best, nearest = -1.0, 12
        leaning = 0
        for at, item in enumerate(self.parsed.items):
            distance = abs(at - trigger)
            if item.kind == "amount" and self.parsed.amounts[item.ref].kind == "percent" and distance < nearest:
                best, nearest = self.parsed.amounts[item.ref].value, distance
            elif distance < 8 and item.lower in _MAJORITY:
                leaning = 1
            elif distance < 8 and item.lower in _MINORITY:
                leaning = -1
        return [best, leaning]

    def _rival(self, rules: list[tuple[str, float]], predicate: str) -> float:
        """Return the best that the lexicon makes of another predicate for the same pair."""
        return max((rule for other, rule in rules if other != predicate), default=0.0)

    def _rival_ends(self, c: Candidate) -> float:
        """Return the best that the lexicon makes of the same predicate and trigger with one other end."""
        best = 0.0
        for other in self._by_trigger[c.trigger.item, c.predicate]:
            same = (other.subject.entity == c.subject.entity) + (other.object.entity == c.object.entity)
            if same == 1 and other.rule > best:
                best = other.rule
        return best

    def _segment_themes(self) -> Row:
        found: set[str] = {a.kind for a in self.parsed.amounts}
        for item in self.parsed.items:
            if item.kind == "word":
                found |= self._of(item)
        return [t in found for t in THEMES]

    def _of(self, item: Item) -> frozenset[str]:
        table = words.themes()
        return table.get(item.lemma) or table.get(item.lower) or frozenset()

    def _phrase_theme(self, argument: Argument) -> int:
        if argument.item < 0:
            return -1
        chunk = self.parsed.chunks[self.parsed.syntax.chunk_of[argument.item]]
        if chunk.head < 0 or chunk.head == argument.item:
            return 40
        return self._theme_number(self.parsed.items[chunk.head])

    def _object_theme(self, c: Candidate) -> int:
        for k in c.trigger.slots.get("obj", [])[:1]:
            chunk = self.parsed.chunks[k]
            head = self.parsed.items[chunk.head] if chunk.head >= 0 else None
            if head is None:
                return 42
            if head.kind == "name":
                return 40
            if head.kind == "amount":
                return 50 + AMOUNTS.index(self.parsed.amounts[head.ref].kind)
            return self._theme_number(head)
        return 43

    def _theme_number(self, item: Item) -> int:
        found = self._of(item)
        return min((THEMES.index(t) for t in found), default=len(THEMES))

    def _argument(self, trigger: int, part: str, argument: Argument, kind: str) -> Row:
        key = (trigger, part, argument, kind)
        if key not in self._arguments:
            self._arguments[key] = self._argument_row(trigger, argument, kind)
        return self._arguments[key]

    def _argument_row(self, trigger: int, argument: Argument, kind: str) -> Row:
        items, at = self.parsed.items, argument.item
        row: Row = [HOW.index(argument.how), argument.rank, argument.score]
        if at >= 0:
            low, high = sorted((at, trigger))
            inner = items[low + 1 : high]
            row += [
                high - low,
                1 if at > trigger else -1,
                sum(i.tag in _VERBS for i in inner),
                sum(i.lower in _PUNCT for i in inner),
                sum(i.tag in ("REL", "SUB") for i in inner),
                sum(i.kind == "name" for i in inner),
                _BEFORE.get(items[at - 1].lower, 0) if at else -1,
                _AFTER.get(items[at + 1].lower, 0) if at + 1 < len(items) else -1,
            ]
        else:
            row += [-1] * 8
        same = self._by_type[kind]
        row.append(len(same) - 1)
        row.append(sum(i >= 0 and at >= 0 and abs(i - trigger) < abs(at - trigger) for i in same.values()))
        return [*row, self.entities[argument.entity].chance(kind), TYPES.index(kind), *self._entity(argument.entity)]

    def _entity(self, index: int) -> Row:
        if index not in self._entity_rows:
            entity = self.entities[index]
            words = set(re.findall(r"[a-z]+", entity.name.casefold()))
            self._entity_rows[index] = [
                self.frequency.get(index, 0) / self.total,
                *(bool(words & group) for group in _NAME_WORDS),
                *(bool(entity.heads & group) for group in _HEAD_WORDS),
                *(role in entity.roles for role in _ROLES),
            ]
        return self._entity_rows[index]

    def _pair(self, c: Candidate, trigger: int) -> Row:
        s, o = c.subject.item, c.object.item
        if s < 0 or o < 0:
            return [-1] * 10
        key = (c.subject, c.object)
        if key not in self._pairs:
            self._pairs[key] = self._pair_row(s, o)
        row = list(self._pairs[key])
        row[2] = min(s, o) < trigger < max(s, o)
        return row

    def _pair_row(self, s: int, o: int) -> Row:
        items, syntax = self.parsed.items, self.parsed.syntax
        low, high = sorted((s, o))
        inner = items[low + 1 : high]
        one, other = syntax.chunk_of[s], syntax.chunk_of[o]
        phrase = self.parsed.chunks[one].kind == NP
        return [
            s < o,
            high - low,
            0,
            sum(i.kind == "name" for i in inner),
            sum(i.tag in _VERBS for i in inner),
            sum(i.lower in _PUNCT for i in inner),
            one == other,
            phrase and one != other and other in syntax.group(one),
            phrase and other in syntax.appositions(one),
            _GAPS.get(" ".join(i.lower for i in inner), 0) if len(inner) <= 3 else -1,
        ]
