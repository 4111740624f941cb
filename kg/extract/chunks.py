"""Chunks: noun phrases, verb groups and the words between them. The one small grammar that every relation uses."""

from dataclasses import dataclass, field

from kg.extract.items import Item
from kg.extract.words import CATENATIVES

NP, VG, PP, CONJ, REL, SUB, PUNCT, ADV = "NP", "VG", "PP", "CONJ", "REL", "SUB", "PUNCT", "ADV"

_VERB_TAGS = frozenset(("MODAL", "BE", "HAVE", "DO", "VB", "VBZ", "VBD", "VBN", "VBG"))
_NOMINAL = frozenset(("DET", "POSS", "ADJ", "NUM", "NOUN", "NAME", "GEN", "DATE"))
_ADJECTIVAL_CATENATIVES = frozenset(
    "likely unlikely able unable set due ready willing eager poised bound free keen close slated scheduled about".split()
)
_PARTICLES = frozenset("up out off down over in on away back through aside apart together".split())
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


def chunk(items: list[Item]) -> list[Chunk]:
    """Return the chunks of a segment in order; together they cover every item."""
    chunks: list[Chunk] = []
    i = 0
    while i < len(items):
        made = _verb_group(items, i) or _noun_phrase(items, i) or _single(items, i)
        chunks.append(made)
        i = made.last + 1
    return chunks


def _single(items: list[Item], i: int) -> Chunk:
    item = items[i]
    kind = {"PREP": PP, "TO": PP, "CONJ": CONJ, "REL": REL, "SUB": SUB, "PUNCT": PUNCT, "NEG": ADV, "ADV": ADV}.get(
        item.tag, ADV
    )
    return Chunk(kind, i, i, item.lower)


def _noun_phrase(items: list[Item], i: int) -> Chunk | None:
    tag = items[i].tag
    if tag == "PRON":
        return Chunk(NP, i, i, items[i].lower, head=i)
    if tag not in _NOMINAL and not (tag == "ADV" and _adverb_in_phrase(items, i)):
        return None
    j, head = i, -1
    while j < len(items):
        tag = items[j].tag
        if tag in ("NOUN", "NAME"):
            if head >= 0 and not _joins(items, head, j):
                break
            head = j
        elif tag in ("DET", "POSS"):
            if head >= 0 or (j > i and tag == "POSS" and items[j - 1].tag not in ("DET", "NUM")):
                break
        elif tag in ("NUM", "DATE"):
            if head >= 0 and items[j - 1].tag != "GEN" and items[j].kind != "word":
                break
            head_candidate = j
            if (
                j + 1 >= len(items)
                or items[j + 1].tag not in _NOMINAL | {"VBN", "VBG"}
                or items[j + 1].tag in ("DET", "POSS")
            ):
                head = head_candidate
        elif tag == "GEN":
            head = -1
        elif (
            (tag == "PUNCT" and items[j].lower in ("-", "–", "/") and 0 < j < len(items) - 1 and _tight(items, j))
            or (tag == "PUNCT" and items[j].lower in ('"', "“", "”", "‘") and head < 0 and j > i)
            or (
                tag == "ADJ"
                and head >= 0
                and items[i].tag in ("DET", "POSS")
                and j + 1 < len(items)
                and items[j + 1].tag in ("NOUN", "ADJ")
            )
        ):
            pass
        elif not (tag in ("ADJ", "ADV") and head < 0) and not (
            tag in ("VBN", "VBG") and head < 0 and j > i and _modifies(items, j)
        ):
            break
        j += 1
    last = j - 1
    while last > i and items[last].tag in ("PUNCT", "ADV"):
        last -= 1
    if head < 0:
        head = last
    names = [k for k in range(i, last + 1) if items[k].kind == "name"]
    return Chunk(NP, i, last, items[head].lemma, head=min(head, last), names=names)


def _joins(items: list[Item], head: int, j: int) -> bool:
    """Say whether the next noun belongs to the phrase: compounds do, two people in a row do not."""
    return j - head <= 3


def _tight(items: list[Item], j: int) -> bool:
    return items[j - 1].end == items[j].start and items[j].end == items[j + 1].start


def _adverb_in_phrase(items: list[Item], i: int) -> bool:
    following = items[i + 1].tag if i + 1 < len(items) else ""
    return following in ("NUM",) and items[i].lower not in ("then", "now", "there", "here")


def _modifies(items: list[Item], j: int) -> bool:
    """Say whether a participle stands before the noun that it modifies: "a proposed campus"."""
    following = items[j + 1].tag if j + 1 < len(items) else ""
    return following in ("NOUN", "NAME", "ADJ", "NUM") and items[j - 1].tag in (
        "DET",
        "POSS",
        "ADJ",
        "GEN",
        "NUM",
        "PUNCT",
        "ADV",
    )


def _verb_group(items: list[Item], i: int) -> Chunk | None:
    """Return the verb group that begins here: "has agreed to lease", "will not be built", "to be leased"."""
    tag = items[i].tag
    if tag == "TO" or (tag in ("ADV", "NEG") and i + 1 < len(items)):
        following = next((k for k in range(i + 1, min(i + 3, len(items))) if items[k].tag not in ("ADV", "NEG")), None)
        if following is None or items[following].tag not in (_VERB_TAGS if tag != "TO" else {"VB", "BE", "HAVE", "DO"}):
            return None
        if tag != "TO" and items[i].tag == "ADV" and items[following].tag in ("VBN", "VBG"):
            return None
    elif tag not in _VERB_TAGS:
        return None
    group = Chunk(VG, i, i, infinitive=tag == "TO")
    j, chain = i, []
    be_before = have_before = False
    while j < len(items):
        item = items[j]
        if item.tag == "MODAL":
            group.modals += (item.lower,)
            be_before = have_before = False
        elif item.tag == "BE":
            group.main, group.lemma, group.form = j, "be", "BE"
            be_before = True
        elif item.tag == "HAVE":
            group.main, group.lemma, group.form = j, "have", "HAVE"
            have_before = True
        elif item.tag == "DO":
            group.main, group.lemma, group.form = j, "do", "DO"
        elif item.tag in ("VB", "VBZ", "VBD", "VBN", "VBG"):
            if (
                group.main >= 0
                and group.form in ("VB", "VBZ", "VBD", "VBN", "VBG")
                and not (item.tag == "VBG" and group.lemma in CATENATIVES)
            ):
                break
            if group.form in ("VB", "VBZ", "VBD", "VBN", "VBG"):
                chain.append(group.lemma)
            group.passive = be_before and item.tag == "VBN"
            group.perfect = group.perfect or (have_before and item.tag == "VBN")
            group.main, group.lemma, group.form = j, item.lemma, item.tag
            be_before = have_before = False
        elif item.tag == "NEG":
            group.negated = True
        elif item.tag == "TO":
            if j > i and not _governs(group, items, j):
                break
            following = next(
                (k for k in range(j + 1, min(j + 4, len(items))) if items[k].tag not in ("ADV", "NEG")), None
            )
            if following is None or items[following].tag not in ("VB", "BE", "HAVE", "DO"):
                break
            if j > i:
                chain.append(group.lemma if group.form != "BE" else "be to")
            be_before = have_before = False
            group.form = ""
        elif item.tag == "ADV":
            pass
        elif (
            item.tag in ("ADJ", "VBN", "PREP", "NOUN")
            and item.lower in _ADJECTIVAL_CATENATIVES
            and j + 1 < len(items)
            and items[j + 1].tag == "TO"
            and group.form == "BE"
        ):
            group.lemma = item.lower
        else:
            break
        j += 1
    if group.main < 0:
        return None
    last = j - 1
    while last > group.main and items[last].tag in ("ADV", "NEG", "TO"):
        last -= 1
    group.last = max(last, group.main)
    group.chain = tuple(chain)
    if j < len(items) and items[group.last + 1 : group.last + 2] and items[group.last + 1].lower in _PARTICLES:
        group.particle = items[group.last + 1].lower
    return group


def _governs(group: Chunk, items: list[Item], j: int) -> bool:
    """Say whether the verb so far takes "to" and another verb: "agreed to lease", "is to open", "is due to"."""
    return (
        group.form == "BE"
        or group.lemma in CATENATIVES
        or group.lemma in _ADJECTIVAL_CATENATIVES
        or group.form == "HAVE"
    )
