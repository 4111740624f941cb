"""Words in -ing and -ed: verb, adjective or noun, past tense or participle. The first rule that fits decides."""

from collections.abc import Callable

from kg.extract.grammar import words
from kg.extract.grammar.reader import AUXILIARY, NOMINAL_LEFT, OPENS_PHRASE, Spot

_STATIVE = frozenset(
    "based headquartered located situated born dated titled entitled nicknamed codenamed code-named".split()
)
"""Participles that are no past tense where a text of business has them."""

_SAID = frozenset(
    "said told added noted declined announced reported claimed insisted wrote replied acknowledged".split()
)
_NAMED = frozenset("called named dubbed christened styled".split())
_HANDED = frozenset("lease let rent sell award give grant build buy sign order supply lend deliver own".split())
_GOT = frozenset(("get", "gets", "got", "getting"))
_DETERMINED = ("DET", "POSS", "PRON")
_REACH = 8


def settle_ing(s: Spot) -> str:
    """Choose among verb, noun and adjective for a word in -ing."""
    if s.reader.lower(s.i - 1) == "-" and s.right in ("NOUN", "NAME"):
        return "ADJ"
    nouny = words.word_class().get(s.word) == "gerund"
    if s.before == "BE" or (s.before == "ADV" and not (nouny and s.right in ("", "PUNCT"))):
        return "VBG"
    if s.before in ("DET", "POSS", "GEN", "ADJ"):
        return "ADJ" if s.right in ("NOUN", "NAME", "ADJ", "NUM") else "NOUN"
    if s.before == "NUM":
        return "VBG" if s.right in OPENS_PHRASE else "NOUN"
    return _gerund(s) if nouny else "VBG"


def _gerund(s: Spot) -> str:
    """Choose for a word that is a noun as often as a verb: "office building", "a company building racks"."""
    if s.before not in ("NOUN", "NAME", "PREP", "CONJ", "", "PUNCT"):
        return "VBG"
    compound = s.word in words.COMPOUNDING or s.before not in ("PREP", "NOUN")
    verb = s.right in OPENS_PHRASE or (s.right in ("ADJ", "NOUN") and not compound)
    return "VBG" if verb else "NOUN"


def settle_past(s: Spot) -> str:
    """Choose between past tense and participle ("the site leased by Oracle"); an empty text says it is neither."""
    for rule in (_one_form, _by_word, _after_auxiliary, _three_forms, _hyphened, _nominal):
        found = rule(s)
        if found:
            return "" if found == "VB" else found
    return _TENSE[s.before](s) if s.before in _TENSE else "VBD"


def _one_form(s: Spot) -> str:
    if "VBN" in s.options:
        return ""
    return "VB" if "VB" in s.options and s.before in ("MODAL", "DO", "TO") else "VBD"


def _by_word(s: Spot) -> str:
    if s.word in _STATIVE:
        return "VBN"
    return "VBD" if s.word in _SAID and s.before not in ("HAVE", "BE") else ""


def _after_auxiliary(s: Spot) -> str:
    return "VBN" if s.before in ("HAVE", "BE") or s.before_word in _GOT else ""


def _three_forms(s: Spot) -> str:
    """Leave "let" or "come" to the rules for base forms, where they may be that."""
    if "VB" not in s.options:
        return "" if "VBD" in s.options else "VBN"
    governed = s.before in ("MODAL", "DO", "TO", "DET", "POSS", "ADJ", "GEN")
    return "VB" if governed or "VBD" not in s.options else ""


def _hyphened(s: Spot) -> str:
    return "VBN" if s.before_word == "-" else ""


def _nominal(s: Spot) -> str:
    """After a determiner or the like it stands before its noun, after a number it may be the verb."""
    if s.before not in NOMINAL_LEFT:
        return ""
    verb = s.before == "NUM" and not s.reader.verb
    if s.right in ("NOUN", "NAME", "ADJ", "VB", "VBZ", "VBG"):
        return "VBD" if verb else "ADJ" if s.before != "PREP" else "VBN"
    return "VBD" if verb and s.right in OPENS_PHRASE else "VBN"


def _naming(s: Spot) -> bool:
    """Say whether a name follows that a phrase is called by: "a site called Gorse Field"."""
    return s.word in _NAMED and s.right == "NAME" and (s.before == "NOUN" or bool(s.reader.verb))


def _after_noun(s: Spot) -> str:
    r = s.reader
    if _naming(s) or r.lower(s.i + 1) == "by":
        return "VBN"
    if r.relative_subject(s.left):
        return "VBD"  # "the $8 billion that Amazon put into it is worth more"
    soon = r.lower(s.i + 2) in words.TIMES  # "leased this year"
    if s.right == "PRON" or (s.right in ("DET", "POSS") and r.tag_at(s.i + 2) != "ADJ" and not soon):
        return "VBD"
    if r.verb and not r.verb.startswith("(") and not r.contact(s.left):
        return "VBN"
    ahead = r.finite_ahead(s.i) or (
        s.before == "NOUN" and s.right in ("PREP", "TO") and _handed(s) and r.past_ahead(s.i)
    )
    return "VBN" if ahead and s.right not in _DETERMINED else "VBD"


def _handed(s: Spot) -> bool:
    """Say whether things suffer a verb more often than they do it: "the site leased to Tarn Cloud"."""
    known = words.verb_forms().get(s.word)
    return known is not None and known[0] in _HANDED


def _after_mark(s: Spot) -> str:
    if _naming(s) or s.reader.lower(s.i + 1) == "by":
        return "VBN"
    if s.right in OPENS_PHRASE:
        return "VBD"
    participial = s.before == "" or _insertion(s)
    return "VBN" if participial and s.right in ("PREP", "TO", "ADV", "NOUN", "ADJ") else "VBD"


def _insertion(s: Spot) -> bool:
    """Say whether a participle after a comma is an insertion: the clause has its verb, or has it past the next one."""
    r = s.reader
    if r.verb or r.lower(s.i - 1) not in (",", "—", "–"):
        return True
    for j in range(s.i + 1, min(s.i + 14, len(r.tokens) - 1)):
        if r.tokens[j].lower == ",":
            return r.tag_at(j + 1) in AUXILIARY or bool({"VBD", "VBZ"} & set(r.options[j + 1]))
    return False


def _after_and(s: Spot) -> str:
    if s.reader.lower(s.i + 1) == "by":
        return "VBN"
    joined = s.reader.joined_verb(s.left, _REACH) == "VBN"
    return "VBN" if joined and s.right not in _DETERMINED else "VBD"


def _after_if(s: Spot) -> str:
    return "VBN" if s.right in ("", "PUNCT", "PREP", "ADV") else "VBD"


_TENSE: dict[str, Callable[[Spot], str]] = {
    "NOUN": _after_noun,
    "NAME": _after_noun,
    "PUNCT": _after_mark,
    "": _after_mark,
    "CONJ": _after_and,
    "SUB": _after_if,
}
"""What decides between the two by the tag before; after all others it is the past tense."""
