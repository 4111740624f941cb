"""A coarse tag for each token, by word lists and the words around it."""

import re

from kg.extract import words
from kg.extract.tokens import Token


def tag(tokens: list[Token], names: set[int] | None = None) -> None:
    """Give each token its tag and lemma in place; ``names`` are the indexes of tokens inside names."""
    for i, token in enumerate(tokens):
        token.tag, token.lemma = ("NAME", token.lower) if names and i in names else _first_tag(tokens, i)
    for i, token in enumerate(tokens):
        if "/" in token.tag:
            token.tag = _choose(tokens, i)
            if token.tag == "NOUN":
                token.lemma = words.noun_lemma(token.lower)


_CLOSED: dict[str, str] = {}
for _tag, _list in (
    ("ADV", words.ADVERBS),
    ("SUB", words.SUBORDINATORS),
    ("PREP", words.PREPOSITIONS),
    ("CONJ", words.CONJUNCTIONS),
    ("NUM", words.NUMBERS),
    ("PRON", words.PRONOUNS),
    ("DET", words.DETERMINERS),
    ("POSS", words.POSSESSIVES),
    ("REL", {"which", "who", "whom"}),
    ("MODAL", words.MODALS),
    ("BE", words.BE),
    ("HAVE", words.HAVE),
    ("DO", words.DO),
    ("NEG", words.NEGATIONS - {"neither", "nor", "none", "nobody", "no"}),
    ("TO", {"to"}),
):
    _CLOSED.update(dict.fromkeys(_list, _tag))
_CLOSED["that"] = "DET/REL"
_CLOSED["'s"] = "GEN"
_CLOSED["'"] = "PUNCT"

_ADJECTIVES = frozenset(
    "new old big large small high low first second third last next other former current future main chief major "
    "minor local regional national foreign federal public private french german american british chinese japanese "
    "korean indian european asian african australian canadian dutch swedish norwegian finnish danish italian "
    "spanish swiss irish taiwanese israeli saudi emirati brazilian mexican russian nuclear solar electric "
    "electrical digital industrial commercial financial initial final full whole entire total combined additional "
    "extra further exclusive long short multiple separate single several sole anonymous available able biggest "
    "largest smallest nearest closest latest earliest early late rival junior senior co own northern southern "
    "eastern western nearby custom dedicated massive giant huge tiny big-name secret quiet cheap expensive "
    "strategic definitive binding preliminary non-binding joint key leading top true real same different similar "
    "such own".split()
)
_ADJECTIVE_ENDINGS = re.compile(r".{3,}(?:able|ible|ful|less|ous|ive|ical|ary|ish|ern|ian|ese)$")


_PARTICIPLES = frozenset(
    "managing founding acting governing controlling remaining existing operating generating computing cooling "
    "leading manufacturing".split()
)
_REFLEXIVE = frozenset(["itself", "themselves", "himself", "herself", "ourselves"])


def _first_tag(tokens: list[Token], i: int) -> tuple[str, str]:
    token = tokens[i]
    lower, text = token.lower, token.text
    if not (text[0].isalnum() or lower in ("'s", "'re", "'ve", "'ll", "'d", "'m", "n't", "&", "'")):
        return (
            ("NUM", lower)
            if len(text) > 1 and text[1:].strip(" .,0123456789") == "" and text[0] in "$€£¥₹₩"
            else ("PUNCT", lower)
        )
    if text[0].isdigit():
        return "NUM", lower
    if " " in lower:
        return "NOUN", lower
    if lower in _REFLEXIVE:
        return "ADV", lower
    if (
        lower in _PARTICIPLES
        and i + 1 < len(tokens)
        and tokens[i + 1].text[0].isalpha()
        and (not i or tokens[i - 1].tag not in ("BE", "ADV", "MODAL"))
    ):
        return "ADJ", lower
    closed = _CLOSED.get(lower)
    if closed and not (text.isupper() and len(text) > 1 and lower in ("us", "it")):
        if closed == "GEN" and i and tokens[i - 1].lower in words.PRONOUNS | {"that", "there", "who", "what"}:
            return "BE", "be"
        return closed, "not" if closed == "NEG" else lower
    verb = words.verb_forms().get(lower)
    if text[0].isupper() and i and tokens[i - 1].tag != "PUNCT" and not (verb and _all_caps_near(tokens, i)):
        return "NAME", lower
    if verb:
        return verb[1] + "/NOUN", verb[0]
    if lower.endswith("ly") and len(lower) > 4:
        return "ADV", lower
    if lower in _ADJECTIVES or _ADJECTIVE_ENDINGS.match(lower):
        return "ADJ", lower
    if text[0].isupper() and i:
        return "NAME", lower
    return "NOUN", words.noun_lemma(lower)


def _all_caps_near(tokens: list[Token], i: int) -> bool:
    """Say whether the word stands in a line of capitals or of title case, where a capital says nothing."""
    near = [t for t in tokens[max(0, i - 3) : i + 4] if t.text[0].isalpha() and len(t.text) > 3]
    return sum(t.text[0].isupper() for t in near) >= max(2, len(near) - 1)


_NOMINAL_LEFT = frozenset(("DET", "POSS", "ADJ", "GEN", "NUM"))


def _choose(tokens: list[Token], i: int) -> str:
    """Choose among the tags that a word may have, by its neighbours."""
    token = tokens[i]
    options = token.tag.split("/")
    left = tokens[i - 1] if i else None
    right = tokens[i + 1] if i + 1 < len(tokens) else None
    if token.lower == "that":
        return _that(left, right)
    tags = [t for t in options if t != "NOUN"]
    left_tag = left.tag.split("/")[0] if left else ""
    if left and left.lower in ("to",) and "VB" in tags and not _noun_follows_to(tokens, i):
        return "VB"
    if left_tag in ("MODAL", "DO") and "VB" in tags:
        return "VB"
    if left_tag in ("ADV", "NEG") and i > 1:
        before = tokens[i - 2].tag.split("/")[0]
        if before in ("MODAL", "DO", "TO") and "VB" in tags:
            return "VB"
        if before in ("BE", "HAVE"):
            return _participle(tags)
    if left_tag in ("BE", "HAVE") and ("VBN" in tags or "VBG" in tags):
        return _participle(tags)
    if left_tag == "BE" and tags[0] in ("VB", "VBZ"):
        return "NOUN"
    if left_tag in _NOMINAL_LEFT:
        if (
            ("VBN" in tags or "VBG" in tags)
            and right
            and right.tag.split("/")[0] in ("NOUN", "NAME", "ADJ", "VB", "VBZ")
        ):
            return "ADJ"
        if "VBD" in tags and left_tag != "GEN" and left_tag not in ("DET", "POSS", "ADJ"):
            return "VBD"
        if (
            left_tag == "DET"
            and left
            and left.lower in ("both", "all", "some", "many", "most", "each", "this", "that")
            and not (right and right.tag.split("/")[0] in ("PREP", "PUNCT"))
            and "VB" not in tags
        ):
            return tags[0]
        return "NOUN" if tags[0] in ("VB", "VBZ", "VBG") else ("VBN" if "VBN" in tags else tags[0])
    if left_tag == "PREP":
        if "VBG" in tags:
            return "VBG"
        return "NOUN" if tags[0] in ("VB", "VBZ") else ("VBN" if "VBN" in tags else tags[0])
    if tags[0] == "VB":
        return _base_or_noun(tokens, i, left_tag, right)
    if tags[0] == "VBZ":
        return _third_or_plural(tokens, i, left_tag, right)
    if "VBG" in tags:
        return "VBG"
    if "VBD" in tags and "VBN" in tags:
        return _past_or_participle(tokens, i, left_tag, right)
    return tags[0]


def _that(left: Token | None, right: Token | None) -> str:
    if (
        left
        and left.tag.split("/")[0] in ("NOUN", "NAME", "NUM")
        and right
        and right.tag.split("/")[0] not in ("NOUN", "PUNCT")
    ):
        return "REL"
    if (
        right
        and right.tag.split("/")[0] in ("NOUN", "ADJ")
        and (not left or left.tag.split("/")[0] in ("PREP", "PUNCT", "CONJ"))
    ):
        return "DET"
    if (
        left
        and left.tag.split("/")[0] in ("VB", "VBZ", "VBD", "VBN", "VBG", "PUNCT", "ADJ")
        and right
        and right.tag.split("/")[0] not in ("PUNCT", "PREP")
    ):
        return "SUB"
    return "PRON"


def _participle(tags: list[str]) -> str:
    return "VBG" if "VBG" in tags else "VBN" if "VBN" in tags else tags[0]


def _noun_follows_to(tokens: list[Token], i: int) -> bool:
    """Say whether "to lease" is a preposition and a noun: rare, as in "to lease rates"."""
    right = tokens[i + 1].tag.split("/")[0] if i + 1 < len(tokens) else ""
    return right in ("VBZ", "VBD") and tokens[i].lower not in ("be",)


def _base_or_noun(tokens: list[Token], i: int, left_tag: str, right: Token | None) -> str:
    right_tag = right.tag.split("/")[0] if right else ""
    if left_tag in ("PRON", "REL") or (left_tag == "NOUN" and right_tag in ("DET", "POSS", "NAME", "PRON")):
        return "VB"
    if right_tag in ("DET", "POSS", "PRON") and left_tag != "NOUN":
        return "VB"
    if left_tag == "NAME" and right_tag in ("DET", "POSS", "NUM", "NAME"):
        return "VB"
    if left_tag == "CONJ" and right_tag in ("DET", "POSS", "NAME", "NUM", "PRON"):
        return "VB"
    return "NOUN"


def _third_or_plural(tokens: list[Token], i: int, left_tag: str, right: Token | None) -> str:
    right_tag = right.tag.split("/")[0] if right else ""
    if left_tag in ("PRON", "REL", "ADV", "SUB", ""):
        return "VBZ"
    if left_tag == "NAME" or (left_tag == "PUNCT" and i > 1):
        return "NOUN" if right_tag in ("VB", "VBZ", "VBD", "MODAL", "BE", "HAVE") and left_tag != "NAME" else "VBZ"
    if left_tag in ("NOUN", "CONJ"):
        return (
            "VBZ"
            if right_tag in ("DET", "POSS", "NAME", "NUM", "PRON", "PREP", "TO", "ADV", "ADJ")
            and not _follows_determiner(tokens, i)
            else "NOUN"
        )
    return "NOUN"


def _follows_determiner(tokens: list[Token], i: int) -> bool:
    """Say whether the words before form a plain noun phrase that this plural would end: "the company's plans for"."""
    return i > 1 and tokens[i - 2].tag.split("/")[0] in ("ADJ", "GEN") and tokens[i - 1].tag == "NOUN"


def _past_or_participle(tokens: list[Token], i: int, left_tag: str, right: Token | None) -> str:
    """Choose between "Crusoe leased the site" and "the site leased by Oracle": what follows tells most."""
    right_lower = right.lower if right else ""
    right_tag = right.tag.split("/")[0] if right else ""
    if left_tag in ("PRON", "REL", "ADV", "SUB"):
        return "VBD"
    if right_lower == "by" or (
        left_tag in ("NOUN", "NAME")
        and right_lower in ("in", "at", "on", "to", "from", "for")
        and _finite_verb_after(tokens, i)
    ):
        return "VBN"
    if right_tag in ("DET", "POSS", "NAME", "PRON", "NUM"):
        return "VBD"
    if left_tag in ("PUNCT", "", "CONJ") and not (left_tag == "CONJ" and any(t.tag == "VBD" for t in tokens[:i])):
        return "VBN" if right_tag in ("PREP", "NOUN", "ADJ") else "VBD"
    return "VBD"


def _finite_verb_after(tokens: list[Token], i: int) -> bool:
    for token in tokens[i + 1 : i + 14]:
        if token.tag in ("MODAL", "BE", "HAVE", "DO") or token.tag.split("/")[0] in ("VBD", "VBZ"):
            return True
        if token.lower in (";", ".", "which", "that"):
            return False
    return False
