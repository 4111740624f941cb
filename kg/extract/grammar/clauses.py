"""The clauses of a segment and their verbs, as they are read: what each verb has for subject, objects and phrases."""

from dataclasses import dataclass, field

MAIN, RELATIVE, SUBORDINATE, BRACKET = "main", "relative", "subordinate", "bracket"

Phrase = tuple[str, list[int], bool]
"""A preposition, the chunks that it governs, and whether another verb or a comma stands between verb and phrase."""

STOPS = frozenset((";", ":", ".", "?", "!", "|"))
SETS_OFF = frozenset((",", "(", "–", "—", "--", "-"))
TOGETHER = ("along_with", "together_with", "alongside", "like")
"""Prepositions that join: "Along with Y, X rents it"."""

BEING = frozenset(("be", "become", "remain"))


@dataclass(slots=True)
class Clause:
    """A clause that is being read. ``set_off`` says that a comma or the like stands before it.

    ``antecedent`` is what a relative clause speaks of, ``remote`` what it may speak of less likely;
    ``fronted`` are the prepositional phrases before its subject, ``waiting`` verbs whose subject is still to come.
    """

    kind: str
    subject: list[int] = field(default_factory=list)
    antecedent: list[int] = field(default_factory=list)
    remote: list[int] = field(default_factory=list)
    preposition: str = ""
    verbs: list["Verb"] = field(default_factory=list)
    finite: bool = False
    set_off: bool = False
    waiting: list["Verb"] = field(default_factory=list)
    fronted: list[Phrase] = field(default_factory=list)


@dataclass(slots=True)
class Verb:
    """A verb group with what belongs to it: phrases as chunk indexes, coordinated ones in one list.

    ``phrases`` are those after prepositions, with whether another verb or a comma stands between; ``gap`` is what the
    clause that the verb is in modifies: "the campus" in "the campus that Oracle leases", ``remote`` what else may be
    meant; ``host`` is the subject of the clause that a participle stands in.
    """

    chunk: int
    subject: list[int] = field(default_factory=list)
    objects: list[list[int]] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    gap: list[int] = field(default_factory=list)
    remote: list[int] = field(default_factory=list)
    host: list[int] = field(default_factory=list)
    governor: "Verb | None" = None
