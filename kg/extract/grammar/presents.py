"""Base forms and forms in -s: verb or noun. Rules in order, the first that fits decides."""

from kg.extract.grammar import words
from kg.extract.grammar.possible import VERB_FORMS
from kg.extract.grammar.reader import AFTER_VERB, NOMINAL_LEFT, OPENS_PHRASE, Spot

_CAUSES = frozenset(("let", "make", "help", "have", "see", "watch", "hear"))
_NOUN_AFTER_TO = frozenset(("court", "market", "date", "work"))
_SAYS = frozenset("say tell add note report claim estimate reckon insist argue warn write explain think".split())
_QUANTIFIERS = frozenset(("both", "all", "some", "many", "most", "few"))
_SINGULAR = frozenset(("one", "ones", "it", "me"))
_PHRASE = frozenset(("NOUN", "NAME", "ADJ", "DET", "POSS", "NUM", "PRON"))
_REACH = 12


def settle_base(s: Spot) -> str:
    """Choose between base form and noun: "to lease", "a lease", "they lease"."""
    for rule in (_adjective, _only_verb, _after_to, _nominal_base, _of_subject, _after_phrase, _after_joint):
        found = rule(s)
        if found:
            return found
    return "VB" if s.right in ("DET", "POSS", "PRON") else s.noun


def _adjective(s: Spot) -> str:
    """Take a word that is an adjective as well: "somebody close to the matter", "they open the site"."""
    if s.noun != "ADJ":
        return ""
    if s.right in ("TO", "PREP") and s.before in ("PRON", "NOUN", "NAME") and s.reader.verb != "MODAL":
        return "ADJ"
    return "VB" if s.right in ("DET", "POSS", "PRON") and s.before not in NOMINAL_LEFT else ""


def _only_verb(s: Spot) -> str:
    return "VB" if s.noun not in ("NOUN", "ADJ") or s.before in ("MODAL", "DO") else ""


def _after_to(s: Spot) -> str:
    if s.before != "TO":
        return ""
    if s.word in _NOUN_AFTER_TO and s.right not in OPENS_PHRASE:
        return s.noun  # "taken to court"
    return s.noun if s.right in ("VBZ", "VBD") and s.noun == "NOUN" else "VB"


def _nominal_base(s: Spot) -> str:
    if s.before == "BE":
        return s.noun
    if s.before not in NOMINAL_LEFT:
        return ""
    floating = s.before == "DET" and s.before_word in _QUANTIFIERS
    return "VB" if floating and s.right in OPENS_PHRASE else s.noun


def _of_subject(s: Spot) -> str:
    caused = _caused(s)
    if s.before in ("PRON", "REL"):
        return "VB" if s.before_word not in _SINGULAR or caused else s.noun
    return "VB" if caused else ""


def _after_phrase(s: Spot) -> str:
    if s.before not in ("NOUN", "NAME"):
        return ""
    if s.before == "NOUN" and s.reader.verb == "MODAL" and s.before_word in words.TIMES:
        return "VB"  # "could one day power"
    wanted = s.reader.plural(s.left) and s.reader.lacks_verb(s.i, s.left)
    return "VB" if wanted and (s.right in AFTER_VERB or s.right == "NOUN") else s.noun


def _after_joint(s: Spot) -> str:
    """Take a word after "and", "if" or a comma."""
    if s.before == "CONJ":
        return "VB" if s.right in OPENS_PHRASE and s.reader.joined_verb(s.left, _REACH) == "VB" else s.noun
    if s.before == "SUB":
        return s.noun
    if s.before_word == "," and not s.reader.verb and not s.reader.finite_ahead(s.i):
        return "VB" if s.right in AFTER_VERB else s.noun  # "The machines, all H100s, stand at"
    return ""


def _caused(s: Spot) -> bool:
    """Say whether the phrase before is what somebody lets or makes do something."""
    for j in range(s.left, max(-1, s.left - 5), -1):
        tag = s.reader.tag_at(j)
        if tag in VERB_FORMS or tag == "HAVE":
            known = words.verb_forms().get(s.reader.lower(j))
            return known is not None and known[0] in _CAUSES and j < s.left
        if tag not in _PHRASE:
            return False
    return False


def settle_third(s: Spot) -> str:
    """Choose between a verb in the singular and a plural: "the carrier holds shares"."""
    if s.noun != "NOUN" or s.before in ("PRON", "REL"):
        return "VBZ"
    for rule in (_plural_by_right, _saying, _nominal_third, _third_after_phrase, _third_after_and, _third_after_mark):
        found = rule(s)
        if found:
            return found
    return "VBZ" if s.right in ("DET", "POSS", "NUM", "NAME", "PRON") else "NOUN"


def _plural_by_right(s: Spot) -> str:
    r = s.reader
    if s.before == "NOUN" and s.right in ("", "PUNCT", "VBG", "BE") and not r.contact(s.left):
        return "NOUN"
    plain_verb = s.right == "VB" and r.options_at(s.i + 1)[-1] not in ("NOUN", "ADJ")
    return "NOUN" if r.lower(s.i + 1) == "of" or plain_verb else ""


def _saying(s: Spot) -> str:
    known = words.verb_forms().get(s.word)
    says = known is not None and known[0] in _SAYS and s.right in ("NAME", "PRON", "REL/DET")
    return "VBZ" if says and s.before not in NOMINAL_LEFT else ""


def _nominal_third(s: Spot) -> str:
    if s.before == "DET" and s.before_word == "each":
        return "VBZ"
    nominal = s.before in NOMINAL_LEFT or s.before in VERB_FORMS
    return "NOUN" if nominal or s.before in ("BE", "TO", "MODAL", "HAVE", "DO", "SUB") else ""


def _third_after_phrase(s: Spot) -> str:
    if s.before not in ("NOUN", "NAME", "ADV"):
        return ""
    r = s.reader
    plural = r.tag_at(s.left) == "NOUN" and r.plural(s.left)
    contact = r.contact(s.left) and (s.right in AFTER_VERB or s.right in ("PUNCT", "", "BE", "VBD", "VBZ"))
    return "VBZ" if contact or (r.lacks_verb(s.i, s.left) and not plural) else "NOUN"


def _third_after_and(s: Spot) -> str:
    if s.before != "CONJ":
        return ""
    singular = s.reader.verb.strip("()") in ("VBZ", "BE", "HAVE")
    return "VBZ" if singular and (s.right in OPENS_PHRASE or s.right in ("TO", "PREP", "ADV")) else "NOUN"


def _third_after_mark(s: Spot) -> str:
    if s.left < 0 or s.before_word in ("-", "'"):
        return "VBZ" if s.left < 0 and s.right in ("DET", "POSS", "NUM", "NAME") else "NOUN"
    if s.before_word != ",":
        return ""
    verb = s.reader.verb
    opens = s.right in OPENS_PHRASE or (not verb and (s.right in AFTER_VERB or s.right == "NOUN"))
    return "VBZ" if opens and not s.reader.finite_ahead(s.i) else "NOUN"
