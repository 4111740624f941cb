"""Subjects that are understood: of participles ("the site leased by Oracle") and infinitives ("plans to lease")."""

from kg.extract.grammar.chunks import CONJ, NP, PP, VG
from kg.extract.grammar.clauses import SETS_OFF, Clause, Verb
from kg.extract.grammar.phrases import Phrases

_OBJECT_CONTROL = frozenset(
    "ask allow hire contract pay enable force help let make order require tell urge want persuade invite "
    "commission engage tap use choose pick select get oblige permit entitle".split()
)


def of_participle(view: Phrases, verbs: dict[int, Verb], verb: Verb, clause: Clause, before: int) -> None:
    """Give a participle its subject: what it modifies, or the subject of the clause."""
    before, auxiliary = _past_share(view, verbs, before)
    if auxiliary is not None:
        verb.subject = auxiliary.subject
        return
    if view.kind(before) == NP:
        verb.subject = view.whole_group(before) or _modified(view, before)
    elif view.mark(before) in SETS_OFF and view.kind(before - 1) == NP and view.chunks[verb.chunk].form == "VBN":
        verb.subject = _set_off(view, verb, clause, before - 1)
    elif view.kind(before) == CONJ and clause.verbs:
        verb.subject = clause.verbs[-1].subject
    elif clause.finite or clause.subject:
        verb.subject = clause.subject or clause.antecedent
    else:
        clause.waiting.append(verb)
    if not verb.subject and view.topic is not None and view.topic < verb.chunk:
        verb.subject = view.group(view.topic)
    if not set(clause.subject) & set(verb.subject):
        verb.host = clause.subject


def _past_share(view: Phrases, verbs: dict[int, Verb], before: int) -> tuple[int, Verb | None]:
    """Look past a share or a time before a participle: "is 60 per cent held by", "has since 2024 served".

    Return the chunk before it, and the auxiliary verb that the participle belongs to, if there is one.
    """
    if view.kind(before) != NP or not (view.is_share(before) or view.is_time(before)):
        return before, None
    earlier = view.adjacent(before)
    while view.kind(earlier) == PP:
        earlier = view.adjacent(earlier)
    if view.kind(earlier) == VG and view.chunks[earlier].form in ("BE", "HAVE") and earlier in verbs:
        return earlier, verbs[earlier]
    return (view.adjacent(earlier + 1) if view.mark(earlier) != "," else earlier - 1), None


def _modified(view: Phrases, before: int) -> list[int]:
    """Return the phrase that a participle follows, and the one that it hangs on."""
    hangs = view.kind(before - 1) == PP and view.kind(before - 2) == NP
    return [before, before - 2] if hangs else [before]


def _set_off(view: Phrases, verb: Verb, clause: Clause, before: int) -> list[int]:
    """Return what a participle after a comma may speak of: the phrase before it, the clause's subject, the topic."""
    near = view.group(before)
    found = [*near, *(m for m in clause.subject if m not in near)]
    if not clause.finite and view.topic is not None and view.topic not in found and view.topic < verb.chunk:
        found += view.group(view.topic)  # "Tajo Compute: 11 MW at Doca Seca, backed by Galp"
    return found


def of_infinitive(view: Phrases, verb: Verb, clause: Clause, before: int) -> None:
    """Give an infinitive its subject: that of the verb that governs it, its object, or the one named for it."""
    if view.kind(before) == NP and view.mark(before - 1) in ("for", "with"):
        verb.subject = view.group(before)  # "with DTE to provide the electricity"
        return
    governor = clause.verbs[-1] if clause.verbs else None
    verb.governor = governor
    if governor is None:
        verb.subject = clause.subject
        if not clause.subject and view.topic is not None and view.topic < verb.chunk:
            verb.subject = view.group(view.topic)  # "Tarn Cloud: to take 40% of Reedbed"
        elif not clause.subject:
            clause.waiting.append(verb)
    elif view.chunks[governor.chunk].lemma in _OBJECT_CONTROL and governor.objects:
        verb.subject = governor.objects[-1]
    else:
        verb.subject = list(governor.subject)
        if view.kind(before) == CONJ and view.chunks[governor.chunk].infinitive:
            verb.governor = governor.governor
