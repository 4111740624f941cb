"""Clauses that leave their verb out: "Stack builds at Redwater, Novva at Mill Race", "owns 20% of X and Z 30%"."""

from kg.extract.grammar.chunks import ADV, CONJ, NP, PP
from kg.extract.grammar.clauses import BEING, Phrase, Verb
from kg.extract.grammar.phrases import Phrases

_AUXILIARIES = ("do", "have", "be")


def gapped(view: Phrases, verb: Verb, members: list[int], before: int) -> tuple[Verb, int] | None:
    """Read the clause that a phrase opens after a comma or "and", if it repeats the verb unsaid.

    Return the clause as a verb of its own, and the chunk after it.
    """
    if not (view.mark(before) in (",", ";") or view.kind(before) == CONJ):
        return None
    after = members[-1] + 1
    while view.kind(after) == ADV or (view.mark(after) == "," and view.kind(after + 1) in (NP, PP)):
        after += 1
    if _quantity(view, after) and _measured(view, verb):
        return Verb(verb.chunk, members, [[after]], list(verb.phrases), list(verb.gap)), after + 1
    own = []
    if view.kind(after) == NP and not view.named(after) and view.kind(after + 1) == PP and verb.objects:
        own, after = [[after]], after + 1  # "X sells its output to Y, and Z its output to W"
    word = view.mark(after) if view.kind(after) == PP else ""
    answers = any(preposition == word for preposition, *_ in verb.phrases)
    if not answers or view.kind(after + 1) != NP or not (view.named(after + 1) or word == "as"):
        return None
    joined = [after + 1, *(m for m in view.group(after + 1) if m > after + 1)]
    if len(joined) > 1 and repeats(view, word, joined[-1]):
        joined.pop()
    phrases = [(word, joined, False), *(p for p in verb.phrases if p[0] != word)]
    found = Verb(verb.chunk, members, own, phrases) if own else _repeated(view, verb, members, phrases)
    return found, joined[-1] + 1


def echoed(view: Phrases, verbs: dict[int, Verb], k: int, members: list[int]) -> Verb | None:
    """Read the clause that an auxiliary stands for, with a subject behind it: "and so did Y", "as has Y"."""
    if view.chunks[k].lemma not in _AUXILIARIES or view.mark(k - 1) not in ("so", "as", "nor", "neither"):
        return None
    full = [v for v in verbs if v < k and view.chunks[v].lemma not in _AUXILIARIES and not view.reduced(v)]
    if not full:
        return None
    verb = verbs[max(full)]
    return Verb(verb.chunk, members, list(verb.objects), [p for p in verb.phrases if not p[2]], list(verb.gap))


def _repeated(view: Phrases, verb: Verb, members: list[int], phrases: list[Phrase]) -> Verb:
    """Return the clause in which a phrase answers the verb's object, if it had one, or its subject."""
    if view.chunks[verb.chunk].lemma in BEING:
        return Verb(verb.chunk, members, list(verb.objects), phrases)  # "X is chief of A, Y of B"
    if verb.objects and view.is_share(members[0]) >= view.is_share(verb.objects[0][0]):
        return Verb(verb.chunk, list(verb.subject), [members], phrases)
    return Verb(verb.chunk, members, list(verb.objects), phrases)


def repeats(view: Phrases, word: str, last: int) -> bool:
    """Say whether the last of several joined phrases has the same preposition after it, and is no part of them."""
    at = last + 1
    if view.kind(at) == NP and not view.named(at):
        at += 1  # "sells its output to X, and Y its output to Z"
    if word == "of" or view.mark(at) != word or view.kind(at + 1) != NP:
        return False
    return view.named(at + 1) or word == "as"


def measured_anew(view: Phrases, verb: Verb | None, last: int) -> bool:
    """Say whether the last of several joined phrases has a quantity after it that answers an earlier one."""
    return verb is not None and _quantity(view, last + 1) and _measured(view, verb)


def _quantity(view: Phrases, k: int) -> bool:
    return view.kind(k) == NP and not view.named(k) and view.is_share(k)


def _measured(view: Phrases, verb: Verb) -> bool:
    return bool(verb.objects) and view.is_share(verb.objects[0][0])
