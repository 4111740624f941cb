"""What relative pronouns stand for."""

from kg.extract.grammar.chunks import CONJ, NP, PP, REL, SUB, VG
from kg.extract.grammar.clauses import BEING, RELATIVE, STOPS, Clause
from kg.extract.grammar.phrases import Phrases

_REACH = 9
_MANY = 3


def antecedent(view: Phrases, rel: int, clause: Clause, closed: Clause | None) -> tuple[list[int], list[int]]:
    """Return what a relative pronoun stands for: what is next to it and what that hangs on, then what is further."""
    j = rel - 1
    if view.kind(j) == PP:
        j -= 1
    if view.kind(j) == CONJ:  # "which X owns and which Y runs"
        earlier = clause if clause.kind == RELATIVE else closed
        if earlier is not None and earlier.antecedent:
            return earlier.antecedent, earlier.remote
    described = _of_copula(view, j, clause)
    if described:
        return described, []
    found = _before(view, j)
    joined = len(view.group(j)) if view.kind(j) == NP else 1
    near = joined + 1 if found and view.kind(min(view.group(found[0])) - 1) == PP else joined
    if view.mark(rel) == "where":
        near = len(found)  # "Umatilla 3, in Hermiston, Oregon, where"
    first = view.with_names(found[:near])
    return first, [m for m in found[near:] if m not in first]


def _of_copula(view: Phrases, j: int, clause: Clause) -> list[int]:
    """Return whom a predicate describes beside it: "X is a man who", "X is full and which"."""
    verb = clause.verbs[-1] if clause.verbs else None
    if verb is None or view.chunks[verb.chunk].lemma not in BEING or not verb.subject:
        return []
    if not any(j in members for members in verb.objects) and view.kind(j) != CONJ:
        return []
    return view.with_names([*([j] if view.kind(j) == NP else []), *verb.subject])


def _before(view: Phrases, j: int) -> list[int]:
    """Return the noun phrases before a chunk, nearest first, back to a verb or the beginning of the clause."""
    found: list[int] = []
    for at in range(j, max(-1, j - _REACH), -1):
        kind = view.kind(at)
        if kind == NP:
            found += [m for m in (view.group(at) if not found else [at]) if m not in found]
        elif view.mark(at) in STOPS or kind == VG or (kind in (SUB, REL) and found) or len(found) > _MANY:
            break
    return found
