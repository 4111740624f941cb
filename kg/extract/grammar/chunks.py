"""Chunks: noun phrases, verb groups and the words between them, the pieces that the grammar joins."""

from dataclasses import dataclass, field

NP, VG, PP, CONJ, REL, SUB, PUNCT, ADV = "NP", "VG", "PP", "CONJ", "REL", "SUB", "PUNCT", "ADV"

NOUN_CATENATIVES = frozenset(
    "plan plans talks deal agreement option right intention bid effort contract commitment offer permission "
    "pledge promise proposal move order letter decision attempt ambition aim hope chance licence license mandate "
    "push race".split()
)


@dataclass(slots=True)
class Chunk:
    """A piece of a segment: items ``first`` to ``last`` (inclusive).

    An NP has a ``head`` (index of its last noun or name); a VG has the ``lemma`` of its main verb, its ``form``
    (tag), and what stands before it: ``modals``, ``negated``, ``passive``, ``perfect``, the ``chain`` of verbs that
    govern it ("agree" in "has agreed to lease"), and a ``particle``. Others carry their word as ``lemma``.
    """

    kind: str
    first: int
    last: int
    lemma: str = ""
    head: int = -1
    form: str = ""
    modals: tuple[str, ...] = ()
    negated: bool = False
    passive: bool = False
    perfect: bool = False
    infinitive: bool = False
    chain: tuple[str, ...] = ()
    particle: str = ""
    main: int = -1
    names: list[int] = field(default_factory=list)
