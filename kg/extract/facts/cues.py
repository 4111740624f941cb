"""Cues of status: the words and constructions by which a segment says how far it stands behind a claim.

Each cue is a readable string, "modal:will contract"; ``scripts/train`` learns what each one weighs.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extract.facts.mood import STOPS, moods
from kg.extract.facts.signs import phrases_at, signs
from kg.extract.grammar.chunks import NOUN_CATENATIVES, NP, SUB, VG, Chunk
from kg.extract.grammar.items import Item
from kg.extract.proposing.candidates import Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.proposing.tables import cells
from kg.extract.reading import Parsed

_KINDS = {
    "contract": ("LEASES_FROM", "LEASES", "SUPPLIES", "LENDS_TO", "GUARANTEES"),
    "equity": ("INVESTS_IN", "ACQUIRES"),
    "site": ("BUILDS", "OPERATES", "OWNS", "POWERS", "HOSTS_CHIP", "USES_CHIP"),
    "made": ("DESIGNS", "FABRICATES", "DEVELOPS"),
    "people": ("LEADS", "SUES"),
    "standing": ("LOCATED_IN", "SUBSIDIARY_OF", "PARTNERS_WITH", "COMPETES_WITH"),
}
KIND_OF = {predicate: kind for kind, predicates in _KINDS.items() for predicate in predicates}
"""What sort of fact a predicate tells: facts of one sort take their status from the same words."""

_NEAR = 3
_REACH = 9
_WINDOW = 16


def cues(candidate: Candidate, proposer: Proposer) -> frozenset[str]:
    """Return the cues of a candidate's status in its segment and around it."""
    parsed = proposer.reading.parsed[candidate.segment]
    kind = KIND_OF.get(candidate.predicate, "standing")
    found = {f"predicate:{candidate.predicate}", f"in:{parsed.segment.kind}", f"{parsed.segment.kind}|{kind}"}
    if parsed.segment.kind == "row":
        found.update(_row(proposer, parsed, candidate, kind))
        return frozenset(found)
    found.update(_of_trigger(candidate, parsed, kind))
    found.update(_words(candidate, parsed, kind))
    found.update(_of_arguments(candidate, parsed, kind))
    found.update(_of_signs(candidate, parsed, kind))
    found.update(_years(proposer, candidate, parsed))
    return frozenset(found)


def _of_trigger(candidate: Candidate, parsed: Parsed, kind: str) -> Iterator[str]:
    """Yield what the trigger means, and the mood and time of the verbs that carry it."""
    trigger = candidate.trigger
    yield f"by:{trigger.lemma}"
    yield f"by:{trigger.lemma}|{candidate.predicate}"
    subject, target = (
        place.slots[0] if place.slots else "" for place in (candidate.subject_place, candidate.object_place)
    )
    yield f"by:{trigger.lemma}|{candidate.predicate}|{subject}"
    yield f"by:{trigger.lemma}|{candidate.predicate}|{subject}|{target}"
    yield f"slots:{candidate.predicate}|{subject}|{target}"
    yield f"part:{trigger.part}|{kind}"
    yield f"frame:{candidate.use.frame}"
    k = carrier(candidate, parsed)
    for mood in moods(parsed, k):
        yield f"mood:{mood}"
        yield f"mood:{mood}|{kind}"
        yield f"mood:{mood}|{candidate.predicate}"
    if k is None:
        return
    for cue in _of_group(parsed.chunks[k]):
        yield cue
        yield f"{cue}|{kind}"
        yield f"{cue}|{candidate.predicate}"
    for n, above in enumerate(governors(parsed, k)):
        for cue in above:
            yield f"above:{cue}"
            yield f"above:{cue}|{kind}"
        if n:
            break


def _of_group(group: Chunk) -> Iterator[str]:
    """Yield the marks of a verb group: modals, tense, negation, the verbs that govern it."""
    shape = [*group.modals]
    shape += ["not"] if group.negated else []
    shape += ["to"] if group.infinitive else []
    shape += ["have"] if group.perfect else []
    shape += ["passive"] if group.passive else []
    yield "shape:" + " ".join([*shape, group.form])
    for modal in group.modals:
        yield f"modal:{modal}"
    for verb in group.chain:
        yield f"chain:{verb}"
    if group.negated:
        yield f"not:{group.lemma}"
        yield "not"
    yield f"verb:{group.lemma}{' ' + group.particle if group.particle else ''}"
    yield f"verb:{group.lemma}|{group.form}{'|have' if group.perfect else ''}"


def carrier(candidate: Candidate, parsed: Parsed) -> int | None:
    """Return the verb group that carries the trigger's time and mood: itself, or the verb that governs it."""
    if not parsed.chunks:
        return None
    k = candidate.trigger.chunk
    if parsed.chunks[k].kind == VG:
        return k
    governing = candidate.trigger.slots.get("verb") or []
    if governing:
        return governing[0]
    for j in range(k + 1, min(k + 6, len(parsed.chunks))):
        if parsed.chunks[j].kind == VG:
            return j
        if parsed.syntax.mark(j) in STOPS:
            break
    for j in range(k - 1, max(-1, k - 7), -1):
        if parsed.chunks[j].kind == VG:
            return j
        if parsed.syntax.mark(j) in STOPS:
            break
    return None


def governors(parsed: Parsed, k: int) -> Iterator[list[str]]:
    """Yield the cues of what stands above a verb: the verb or noun that an infinitive or participle hangs on."""
    j = k - 1
    hops = 0
    while j >= 0 and hops < 14:
        chunk = parsed.chunks[j]
        if chunk.kind == VG:
            yield [f"{cue}" for cue in _of_group(chunk)]
        elif chunk.kind == NP and parsed.items[chunk.head].lower in NOUN_CATENATIVES and j == k - 1:
            yield [f"noun:{parsed.items[chunk.head].lemma}"]
        elif chunk.kind == SUB:
            yield [f"sub:{chunk.lemma}"]
        elif parsed.syntax.mark(j) in STOPS:
            return
        j -= 1
        hops += 1


def _words(candidate: Candidate, parsed: Parsed, kind: str) -> Iterator[str]:
    """Yield the words near the trigger, and of its clause."""
    at = min(max(candidate.trigger.item, 0), len(parsed.items) - 1)
    low, high = clause(parsed.items, at)
    for n in range(low, high + 1):
        word = _word(parsed.items[n])
        if word is None:
            continue
        yield f"w:{word}"
        yield f"w:{word}|{kind}"
        if abs(n - at) <= _NEAR:
            yield f"near:{word}"
        if n + 1 <= high:
            after = _word(parsed.items[n + 1])
            if after is not None:
                yield f"w:{word} {after}"
    first = next((w for w in map(_word, parsed.items[:3]) if w), "")
    yield f"first:{first}"
    if parsed.items and parsed.items[-1].lower == "?":
        yield "question"


def clause(items: Sequence[Item], at: int) -> tuple[int, int]:
    """Return the first and last item of the clause around an item."""
    low = high = at
    while low > 0 and items[low - 1].lower not in STOPS and at - low < _WINDOW:
        low -= 1
    while high < len(items) - 1 and items[high + 1].lower not in STOPS and high - at < _WINDOW:
        high += 1
    return low, high


def _word(item: Item) -> str | None:
    """Return a word as a cue: its lemma; names, numbers and dates are no cues."""
    if item.kind != "word" or not item.lower[0].isalpha():
        return None
    return (
        item.lower
        if item.tag in ("MODAL", "BE", "HAVE", "DO", "NEG", "VBN", "VBD", "VBG")
        else item.lemma or item.lower
    )


def _of_arguments(candidate: Candidate, parsed: Parsed, kind: str) -> Iterator[str]:
    """Yield the words beside the two names: "former chief executive", "ex-", "would-be"."""
    for end, argument in (("s", candidate.subject), ("o", candidate.object)):
        yield f"{end}:{argument.how}"
        if argument.item < 0:
            continue
        for step in (-2, -1, 1, 2):
            n = argument.item + step
            if 0 <= n < len(parsed.items):
                word = _word(parsed.items[n])
                if word is not None:
                    yield f"{end}{step:+}:{word}"
                    yield f"{end}{step:+}:{word}|{kind}"
        syntax = parsed.syntax
        for j in range(syntax.chunk_of[argument.item] + 1, min(syntax.chunk_of[argument.item] + 4, len(parsed.chunks))):
            if parsed.chunks[j].kind == VG:
                for cue in _of_group(parsed.chunks[j]):
                    yield f"{end}-verb:{cue}|{kind}"
                break


def _of_signs(candidate: Candidate, parsed: Parsed, kind: str) -> Iterator[str]:
    """Yield the signs of status, each with how near it stands to the trigger and the names."""
    items = parsed.items
    at = min(max(candidate.trigger.item, 0), len(items) - 1)
    low, high = clause(items, at)
    k = carrier(candidate, parsed)
    group = parsed.chunks[k] if k is not None else None
    ends = sorted(a.item if a.item >= 0 else at for a in (candidate.subject, candidate.object))
    names = signs()[0]
    for n, number, phrase in phrases_at(items):
        places = []
        if group is not None and group.first - 1 <= n <= group.last + 1:
            places.append("verb")
        if parsed.syntax.chunk_of[n] == candidate.trigger.chunk:
            places.append("phrase")
        if any(0 < e - n <= 3 for e in ends):
            places.append("before name")
        if any(0 < n - e <= 3 for e in ends):
            places.append("after name")
        if ends[0] < n < ends[1]:
            places.append("between")
        if low <= n <= high:
            places.append("clause")
        elif n < low:
            places.append("earlier")
        else:
            places.append("later")
        for place in places:
            yield f"{phrase} in {place}"
            yield f"{phrase} in {place}|{kind}"
            yield f"{names[number]}: in {place}"
            yield f"{names[number]}: in {place}|{kind}"
            yield f"{names[number]}: in {place}|{candidate.predicate}"


def _years(proposer: Proposer, candidate: Candidate, parsed: Parsed) -> Iterator[str]:
    """Yield how the years near the trigger lie to the year that the document speaks from."""
    now = present(proposer)
    if now is None:
        return
    for at, item in enumerate(parsed.items):
        if item.kind == "date" and parsed.dates[item.ref].iso:
            year = int(str(parsed.dates[item.ref].iso)[:4])
            before = _word(parsed.items[at - 1]) if at else None
            when = "past" if year < now else "future" if year > now else "now"
            near = "near" if abs(at - candidate.trigger.item) <= _REACH else "far"
            yield f"year:{when}|{near}"
            yield f"year:{when}|{before}|{near}"
            yield f"year:{when}|{candidate.predicate}"


@lru_cache(maxsize=2)
def present(proposer: Proposer) -> int | None:
    """Return the year that a document speaks from: the one that it names most often, the later of two."""
    counts: dict[int, int] = {}
    for parsed in proposer.reading.parsed:
        for when in parsed.dates:
            if when.iso:
                year = int(when.iso[:4])
                counts[year] = counts.get(year, 0) + 1
    return max(counts, key=lambda y: (counts[y], y), default=None)


def _row(proposer: Proposer, parsed: Parsed, candidate: Candidate, kind: str) -> Iterator[str]:
    """Yield the words of a table's row and of its headings."""
    yield f"by:{candidate.trigger.lemma}"
    for cell in cells(proposer.reading, parsed):
        yield from (f"column:{part}" for part in cell.heading.casefold().split())
    for item in parsed.items:
        word = _word(item)
        if word is not None:
            yield f"cell:{word}"
            yield f"cell:{word}|{kind}"
    yield from _years(proposer, candidate, parsed)
