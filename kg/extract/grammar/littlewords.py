"""Words of closed classes that are two things: "that", "there", "'s", "up", "each"."""

from collections.abc import Callable

from kg.extract.grammar import words
from kg.extract.grammar.possible import VERB_FORMS
from kg.extract.grammar.reader import AUXILIARY, Reader

_FLOATING = ("each", "both", "all")
_PARTICLES = "up out off down away back apart together aside along over on in through around".split()
_NOUNISH = ("NOUN", "NAME", "ADJ", "NUM")
_ARTICLES = frozenset(("a", "an", "the", "not", "no", "been"))


def settle_closed(r: Reader, i: int) -> str:
    """Return the tag of a token of a closed class, which may be another one here."""
    token = r.tokens[i]
    rule = _BY_WORD.get(token.lower) or _BY_TAG.get(token.tag)
    return rule(r, i) if rule else token.tag


def _that(r: Reader, i: int) -> str:
    left, right = r.tag_at(i - 1), r.tag_at(i + 1)
    nothing = right in ("PUNCT", "")
    if left == "CONJ" and not nothing:  # "that Amazon built and that Anthropic rents"
        return "REL" if any(t.tag == "REL" for t in r.tokens[max(0, i - 14) : i]) else "SUB"
    if left in ("PREP", "TO"):
        return "DET" if {"NOUN", "ADJ"} & set(r.options_at(i + 1)) else "PRON"
    if left in ("NOUN", "NAME", "NUM") and right != "NOUN" and not nothing:
        return "REL"
    noun = {"NOUN", "ADJ"} & set(r.options_at(i + 1)) and not says(r, i - 1)
    if noun and (left in ("", "PUNCT", "CONJ") or left in VERB_FORMS):
        return "DET"
    saying = left in VERB_FORMS or left in ("PUNCT", "ADJ")
    return "SUB" if saying and right != "PREP" and not nothing else "PRON"


def says(r: Reader, i: int) -> bool:
    """Say whether a token is a verb of saying or thinking, after which "that" opens a clause."""
    known = words.verb_forms().get(r.lower(i))
    return known is not None and known[0] in words.CLAUSAL


def _apostrophe(r: Reader, i: int) -> str:
    """Tell "Rebellions' rival" from a quotation."""
    if not 0 < i < len(r.tokens) - 1:
        return "PUNCT"
    before, here, after = r.tokens[i - 1 : i + 2]
    owned = r.tag_at(i + 1) in _NOUNISH or r.tag_at(i + 1) in VERB_FORMS
    tight = before.end == here.start and before.text[-1] in "sSxz" and after.start > here.end
    return "GEN" if owned and tight else "PUNCT"


def _genitive(r: Reader, i: int) -> str:
    return "BE" if r.lower(i - 1) in words.WITH_BE or r.lower(i + 1) in _ARTICLES else "GEN"


def _there(r: Reader, i: int) -> str:
    return "PRON" if r.tag_at(i + 1) in AUXILIARY else "ADV"


def _floating(r: Reader, i: int) -> str:
    """Tell "each hall" from "they each hold" and "each holds"."""
    left = r.tag_at(i - 1)
    first = r.options_at(i + 1)[:1]
    verb = bool(first) and (first[0] in VERB_FORMS or first[0] in ("MODAL", "HAVE"))
    if verb and left in ("SUB", "REL", "CONJ", ""):
        return "PRON"
    return "ADV" if left in AUXILIARY or (verb and left in ("NAME", "NOUN", "PUNCT", "PRON")) else "DET"


def _adverb(r: Reader, i: int) -> str:
    """Take "the southeast" for a noun."""
    if r.tag_at(i - 1) not in ("DET", "POSS"):
        return "ADV"
    degree = r.tag_at(i + 1) in (*_NOUNISH, "ADV") or {"VBN", "VBG", "VBD"} & set(r.options_at(i + 1))
    return "ADV" if degree else "NOUN"


def _other(r: Reader, i: int) -> str:
    right = r.tag_at(i + 1)
    if right in _NOUNISH or (r.tag_at(i - 1) == "DET" and right in ("VBG", "VB", "VBZ")):
        return "ADJ"
    if r.tag_at(i - 1) == "DET":
        return "NOUN"
    return "ADJ" if "NOUN" in r.options_at(i + 1) else "PRON"


def _once(r: Reader, i: int) -> str:
    """Tell "once the hall opens" from "X, once the arm of Y"."""
    if r.tag_at(i + 1) not in ("NAME", "DET", "PRON", "NOUN", "POSS", "NUM"):
        return "ADV"
    return "SUB" if r.lower(i - 1) != "," or r.may_have_verb(i) else "ADV"


def _so(r: Reader, i: int) -> str:
    return "ADV" if r.tag_at(i + 1) in ("ADJ", "ADV") or r.tag_at(i - 1) in ("DO", "VBG") else "SUB"


def _particle(r: Reader, i: int) -> str:
    """Tell "the walls went up" from "up the walls"."""
    left, right = r.tag_at(i - 1), r.tag_at(i + 1)
    alone = right in ("", "PUNCT", "PREP", "TO", "CONJ", "ADV", "SUB", "REL", "MODAL", "BE")
    return "ADV" if alone and (left in VERB_FORMS or left in ("ADV", "PRON")) else r.tokens[i].tag


def _like(r: Reader, i: int) -> str:
    left, right = r.tag_at(i - 1), r.tag_at(i + 1)
    return "VB" if left == "MODAL" or (left == "PRON" and right in ("TO", "PRON")) else r.tokens[i].tag


Rule = Callable[[Reader, int], str]
_BY_WORD: dict[str, Rule] = {
    "that": _that,
    "'": _apostrophe,
    "'s": _genitive,
    "there": _there,
    "other": _other,
    "once": _once,
    "so": _so,
    "like": _like,
    **dict.fromkeys(_FLOATING, _floating),
    **dict.fromkeys(_PARTICLES, _particle),
}
_BY_TAG: dict[str, Rule] = {"ADV": _adverb}
