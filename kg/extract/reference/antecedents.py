"""Which entity a phrase stands for: what is known of each candidate, as a row of numbers for a learned choice."""

from bisect import bisect_left
from collections import defaultdict

from kg.extract.grammar.chunks import VG
from kg.extract.reading import Parsed, Reading
from kg.extract.reference.references import FORMS, TYPE_HEADS, Phrase

TYPES = ("Company", "Facility", "Chip", "Model", "Person", "Place")
WINDOW = 7
MOST = 10
"""Candidates that are looked at for a phrase."""
FAR = 9
LIKELY = 0.5
KINDS = ("heading", "sentence", "bullet", "row", "aside")

_ROLE_HEADS = {
    role: frozenset(nouns.split())
    for role, nouns in {
        "developer": "developer builder landlord",
        "ai_lab": "lab laboratory startup start-up",
        "utility": "utility cooperative co-op supplier",
        "investor": "fund investor lender bank",
        "chip_designer": "chipmaker maker startup designer",
        "foundry": "foundry chipmaker",
        "neocloud": "neocloud cloud provider startup tenant operator",
        "hyperscaler": "hyperscaler giant",
    }.items()
}
"""What texts call companies of a role."""
_GENERAL = frozenset("company firm group business outfit concern organisation organization corporation".split())
_SAYING = frozenset("say tell add explain argue insist note joke recall concede".split())
_TITLES = frozenset(
    "executive founder co-founder ceo chairman president director head officer boss cfo chief cto coo vice-president "
    "manager spokesman spokeswoman spokesperson".split()
)
_QUOTES = str.maketrans({"“": '"', "”": '"'})

NAMES = tuple(
    "form kind weight chance back blocks distance grammar subject_before first_before recent share count rank_count "
    "score rank margin rivals here_before here_after here heading title role head_noun general modifiers tie quote "
    "speaker of_speaker said_near position is_subject plural segment sole first_of_kind named_here nearer heads".split()
)
"""What is known of a candidate for a phrase, in the order of its row."""


class Track:
    """Where a document names each of its entities, and how the candidates for a phrase compare."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.frequency: dict[int, int] = defaultdict(int)
        self.at: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
        self.segments: dict[int, set[int]] = defaultdict(set)
        for i, parsed in enumerate(reading.parsed):
            for item_index, item in enumerate(parsed.items):
                if item.kind == "name":
                    entity = parsed.names[item.ref].entity
                    self.frequency[entity] += 1
                    self.at[entity].append((i, item_index, _grammar(parsed, item_index)))
                    self.segments[entity].add(i)
        self.top = max(self.frequency.values(), default=1)
        self.order = sorted(self.frequency, key=lambda e: (-self.frequency[e], e))
        self.speaker = _speaker(reading)
        self._said = [any(c.kind == VG and c.lemma in _SAYING for c in p.chunks) for p in reading.parsed]
        self._of_kind: dict[str, frozenset[int]] = {}
        self._by_index = {p.index: n for n, p in enumerate(reading.parsed)}

    def candidates(self, i: int, phrase: Phrase) -> list[tuple[int, float]]:
        """Return the entities that a phrase of segment ``i`` may stand for, most salient first, with their salience."""
        scored: dict[int, float] = {}
        for entity in self._near(i, phrase):
            weight = max((w * self._chance(entity, kind) for kind, w in phrase.kinds.items()), default=0.0)
            if weight >= 0.2:
                scored[entity] = weight * self._salience(i, phrase, entity)
        return sorted(scored.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]

    def _chance(self, entity: int, kind: str) -> float:
        return self.reading.entities[entity].chance(kind)

    def _likely(self, kind: str) -> frozenset[int]:
        """Return the entities that are likely of a type."""
        if kind not in self._of_kind:
            entities = self.reading.entities
            self._of_kind[kind] = frozenset(n for n, e in enumerate(entities) if e.chance(kind) >= LIKELY)
        return self._of_kind[kind]

    def _near(self, i: int, phrase: Phrase) -> set[int]:
        found: set[int] = set()
        last = i + 1 if phrase.form in ("we", "our") else i
        for back in range(max(0, i - WINDOW), min(last + 1, len(self.reading.parsed))):
            parsed = self.reading.parsed[back]
            whole = back != i or phrase.form in ("we", "our") or phrase.form == "gap"
            items = parsed.items if whole else parsed.items[: phrase.before]
            if phrase.form == "gap" and back == i:
                continue
            found |= {parsed.names[item.ref].entity for item in items if item.kind == "name"}
        heading = self.reading.parsed[i].segment.heading
        if heading is not None and heading in self._by_index:
            found |= {name.entity for name in self.reading.parsed[self._by_index[heading]].names}
        for kind in phrase.kinds:
            found |= set([e for e in self.order if e in self._likely(kind) and self.frequency[e] > 1][:2])
        if self.speaker is not None and phrase.form in ("we", "our"):
            found.add(self.speaker)
        if phrase.form == "gap":
            found -= {name.entity for name in self.reading.parsed[i].names}
        return found

    def _salience(self, i: int, phrase: Phrase, entity: int) -> float:
        """Weigh recency, grammatical place and frequency."""
        last = self._last(i, phrase, entity)
        score = 0.25 * self.frequency[entity] / self.top
        if last is not None:
            j, item, grammar = last
            steps = sum(
                1 if self.reading.parsed[n].segment.block == self.reading.parsed[n + 1].segment.block else 1.4
                for n in range(j, i)
            )
            score += grammar * (1.1 - 0.008 * (phrase.before - item) if j == i else 0.78**steps)
        return score

    def _last(self, i: int, phrase: Phrase, entity: int) -> tuple[int, int, float] | None:
        places = self.at[entity]
        n = bisect_left(places, (i, max(phrase.before, 0), -1.0))
        return places[n - 1] if n else None

    def rows(self, i: int, phrase: Phrase) -> list[tuple[int, list[float]]]:
        """Return the candidates of a phrase with what is known of each, in the order of ``NAMES``."""
        options = self.candidates(i, phrase)
        parsed = self.reading.parsed[i]
        around = [
            float(phrase.item >= 0 and _in_quote(parsed, phrase.item, self.reading.text)),
            float(phrase.item),
            float(_is_subject(parsed, phrase.item)),
            float(phrase.plural),
            float(KINDS.index(parsed.segment.kind)),
            float(sum(phrase.noun in heads for heads in TYPE_HEADS.values())) if phrase.noun else 0.0,
        ]
        found = []
        for rank, (entity, score) in enumerate(options):
            best = options[0][1] if rank else (options[1][1] if len(options) > 1 else 0.0)
            standing = [score, float(rank), score - best, float(len(options))]
            found.append((entity, self._row(i, phrase, entity, standing, around)))
        return found

    def _row(self, i: int, phrase: Phrase, entity: int, standing: list[float], around: list[float]) -> list[float]:
        known = self.reading.entities[entity]
        kind = max(phrase.kinds, key=lambda k: (phrase.kinds[k] * known.chance(k), k))
        likely = self._likely(kind)
        last = self._last(i, phrase, entity)
        quote, position, is_subject, plural, segment, heads = around
        return [
            FORMS.index(phrase.form),
            TYPES.index(kind),
            phrase.kinds[kind],
            known.chance(kind),
            *self._since(i, phrase, last),
            *self._before(i, entity),
            *self._frequency(entity),
            *standing,
            *self._here(i, phrase, entity),
            sum(phrase.noun in _ROLE_HEADS.get(role, ()) for role in known.roles) if phrase.noun else 0,
            bool(phrase.noun) and phrase.noun in known.heads,
            phrase.noun in _GENERAL,
            len(phrase.modifiers & {w for h in known.heads for w in h.split()}),
            self._tie(self.reading.parsed[i], phrase, entity),
            quote,
            entity == self.speaker,
            self._of_speaker(i, entity) if phrase.form in ("we", "our", "gap") else 0,
            any(self._said[j] for j in range(max(0, i - 1), min(i + 2, len(self._said))) if j in self.segments[entity]),
            position,
            is_subject,
            plural,
            segment,
            sum(e in likely for e in self.frequency) == 1,
            entity == next((e for e in self.at if e in likely), None),
            sum(n.entity in likely for n in self.reading.parsed[i].names),
            self._nearer(i, phrase, kind, last),
            heads,
        ]

    def _since(self, i: int, phrase: Phrase, last: tuple[int, int, float] | None) -> list[float]:
        """Return how far back a candidate was last named: segments, blocks, items, and in which grammatical place."""
        if last is None:
            return [FAR, FAR, -1.0, 0.0]
        blocks = self.reading.parsed[i].segment.block - self.reading.parsed[last[0]].segment.block
        return [min(i - last[0], FAR), min(FAR, blocks), phrase.before - last[1] if last[0] == i else -1, last[2]]

    def _before(self, i: int, entity: int) -> list[float]:
        """Return how the segment before names a candidate: its best place, whether first, and how often lately."""
        before = [p for p in self.at[entity] if p[0] == i - 1]
        first = (
            next((n for n, item in enumerate(self.reading.parsed[i - 1].items) if item.kind == "name"), -1) if i else -1
        )
        return [
            max((p[2] for p in before), default=0.0),
            float(bool(before) and before[0][1] == first),
            sum(i - 4 <= p[0] < i for p in self.at[entity]),
        ]

    def _frequency(self, entity: int) -> list[float]:
        """Return how often a candidate is named: as a share of the most frequent, as a count, its rank in its type."""
        kind = self.reading.entities[entity].type
        alike = [e for e in self.order if self.reading.entities[e].type == kind]
        rank = alike.index(entity) if entity in alike else FAR
        return [self.frequency[entity] / self.top, min(FAR, self.frequency[entity]), rank]

    def _here(self, i: int, phrase: Phrase, entity: int) -> list[float]:
        """Return how often the segment names a candidate before and after the phrase, and the headings above."""
        here = [p[1] for p in self.at[entity] if p[0] == i]
        heading = self.reading.parsed[i].segment.heading
        return [
            sum(n < phrase.before for n in here),
            sum(n >= phrase.before for n in here),
            len(here),
            heading is not None and any(self.reading.parsed[p[0]].index == heading for p in self.at[entity]),
            any(p[0] == 0 for p in self.at[entity]),
        ]

    def _tie(self, parsed: Parsed, phrase: Phrase, entity: int) -> float:
        """Return in how many segments an entity stands beside a name that describes it: "the Denver developer"."""
        tied = 0
        for ref in phrase.names:
            other = parsed.names[ref].entity
            tied += len(self.segments[entity] & self.segments[other])
        return min(tied, 5)

    def _of_speaker(self, i: int, entity: int) -> float:
        """Return how surely an entity is that of the person who is quoted: named beside them with a title."""
        score = 0.0
        for j in range(max(0, i - 2), min(i + 3, len(self._said))):
            for name in self.reading.parsed[j].names:
                if self.reading.entities[name.entity].type == "Person":
                    for shared in self.segments[entity] & self.segments[name.entity]:
                        titled = any(item.lemma in _TITLES for item in self.reading.parsed[shared].items)
                        score = max(score, (1.0 + titled) / (1 + abs(i - j)))
        return score

    def _nearer(self, i: int, phrase: Phrase, kind: str, last: tuple[int, int, float] | None) -> int:
        """Return how many other entities of the type are named between a candidate and the phrase."""
        if last is None:
            return FAR
        likely = self._likely(kind)
        between: set[int] = set()
        for j in range(last[0], i + 1):
            for n, item in enumerate(self.reading.parsed[j].items):
                if item.kind == "name" and (j, n) > (last[0], last[1]) and (j < i or n < phrase.before):
                    other = self.reading.parsed[j].names[item.ref].entity
                    if other in likely:
                        between.add(other)
        return min(FAR, len(between))


def _grammar(parsed: Parsed, item: int) -> float:
    """Weigh an occurrence by its grammatical place: subjects most, possessors and modifiers least."""
    following = parsed.items[item + 1].tag if item + 1 < len(parsed.items) else ""
    if following == "GEN":
        return 0.75
    k = parsed.syntax.chunk_of[item]
    if parsed.chunks[k].head != item:
        return 0.6
    return 1.0 if _is_subject(parsed, item) else 0.7


def _is_subject(parsed: Parsed, item: int) -> bool:
    if item < 0:
        return False
    k = parsed.syntax.chunk_of[item]
    for j in range(k + 1, min(k + 12, len(parsed.chunks))):
        if parsed.chunks[j].kind == VG:
            return k in parsed.syntax.subjects(j)
    return False


def _in_quote(parsed: Parsed, item: int, text: str) -> bool:
    """Say whether an item stands within quotation marks that this segment opens, or closes after it."""
    before = text[parsed.segment.start : parsed.items[item].start].translate(_QUOTES).count('"')
    after = text[parsed.items[item].end : parsed.segment.end].translate(_QUOTES).count('"')
    return before % 2 == 1 or (before == 0 and after % 2 == 1)


def _speaker(reading: Reading) -> int | None:
    """Return the company that "we" means in most texts: the likeliest of the heading and the first segments."""
    scores: dict[int, float] = defaultdict(float)
    for n, parsed in enumerate(reading.parsed):
        for name in parsed.names:
            if reading.entities[name.entity].type == "Company":
                scores[name.entity] += 3.0 if n < 3 else 1.0
    return min(scores, key=lambda e: (-scores[e], e), default=None)
