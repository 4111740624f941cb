"""The mood in which a verb group says something: its modals and negation, and the verbs and nouns above and below it.

What a verb means for status is told by its class in ``ontology/lexicon/status.txt``, so that "has scrapped plans to
lease" and "has dropped its plan to sue" say the same.
"""

from collections.abc import Iterator

from kg.extract.facts.signs import class_of
from kg.extract.grammar.chunks import NP, SUB, VG, Chunk
from kg.extract.reading import Parsed

STOPS = frozenset((";", ":", ".", "—", "–", "!", "?", "|"))
"""Marks that end a clause."""

_NEGATIVE = frozenset(["no", "none", "nothing", "nobody", "neither", "never", "not", "nor", "zero"])
_MODALS = {
    "will": "will", "shall": "will", "'ll": "will", "wo": "will", "would": "would", "'d": "would", "may": "may",
    "might": "may", "could": "may", "can": "can", "ca": "can", "should": "should", "must": "should",
}  # fmt: skip
_FAR = 14
_ABOVE = 2
"""Verbs above and below that are looked at."""


def moods(parsed: Parsed, k: int | None) -> list[str]:
    """Return the marks of the mood of the verb group ``k``, sorted; without one, that there is none."""
    if k is None:
        return ["verbless"]
    found = {*_own(parsed.chunks[k]), *_denied(parsed, k), *_above(parsed, k), *_below(parsed, k)}
    return sorted(found)


def _own(group: Chunk) -> Iterator[str]:
    if "use" in group.chain and not group.passive and group.lemma != "use":
        yield "used to"
    if "be to" in group.chain:
        yield "is to"
    for verb in group.chain:
        yield from (f"chain {name}" for name in class_of(verb))
    yield from (f"verb {name}" for name in class_of(group.lemma))
    for modal in group.modals:
        yield _MODALS.get(modal, "modal")
    if group.negated:
        yield "negated"
    if group.perfect:
        yield "perfect"
    if not group.modals and not group.chain:
        yield {"VBD": "past", "VBG": "ing", "VBN": "participle"}.get(group.form, "present")


def _denied(parsed: Parsed, k: int) -> Iterator[str]:
    """Yield whether the subject or what follows denies the verb: "no lender has", "holds no shares"."""
    if any(_negative(parsed, j) for j in parsed.syntax.subjects(k)[:1]):
        yield "negative subject"
    for j in range(k + 1, min(k + 4, len(parsed.chunks))):
        if parsed.chunks[j].kind == VG:
            break
        if _negative(parsed, j):
            yield "negative after"
    first = parsed.chunks[k].first
    if any(item.lower in ("nor", "neither") for item in parsed.items[max(0, first - 6) : first]):
        yield "nor before"


def _negative(parsed: Parsed, j: int) -> bool:
    chunk = parsed.chunks[j]
    return any(item.lower in _NEGATIVE for item in parsed.items[chunk.first : chunk.last + 1])


def _above(parsed: Parsed, k: int) -> Iterator[str]:
    """Yield the classes of the verbs and nouns before a verb: "denied having leased", "talks to buy"."""
    verbs = 0
    for j in range(k - 1, max(-1, k - _FAR), -1):
        chunk = parsed.chunks[j]
        if chunk.kind == VG:
            verbs += 1
            for verb in (chunk.lemma, *chunk.chain):
                yield from (f"above {verbs} {name}" for name in class_of(verb))
            if chunk.negated:
                yield f"above {verbs} negated"
            if chunk.modals:
                yield f"above {verbs} modal"
        elif chunk.kind == NP:
            yield from (f"noun above {verbs} {name}" for name in class_of(parsed.items[chunk.head].lemma))
        elif chunk.kind == SUB and chunk.lemma in ("if", "whether", "unless"):
            yield chunk.lemma
        elif parsed.syntax.mark(j) in STOPS:
            return
        if verbs == _ABOVE:
            return


def _below(parsed: Parsed, k: int) -> Iterator[str]:
    """Yield the classes of the verbs after a verb: "reports that it has leased the site are wrong"."""
    after = [chunk for chunk in parsed.chunks[k + 1 :] if chunk.kind == VG]
    for n, chunk in enumerate(after[:_ABOVE], 1):
        for verb in (chunk.lemma, *chunk.chain):
            yield from (f"below {n} {name}" for name in class_of(verb))
        if chunk.negated:
            yield f"below {n} negated"
