"""A coarse tag for each token: what its word may be, and then which of that it is among its neighbours.

What a word may be comes from word lists and its letters (``possible``); an ambiguous word is settled from left to
right by the words around it and by whether the clause still lacks its verb.
"""

import re
from functools import cache

from kg.extract import words
from kg.extract.lexicon import lexicon
from kg.extract.tokens import Token

_REFLEXIVE = frozenset("itself themselves himself herself ourselves myself yourself".split())
_VERB_FORMS = frozenset(("VB", "VBZ", "VBD", "VBN", "VBG"))
_AUXILIARY = frozenset(("BE", "HAVE", "DO", "MODAL"))
_FINITE = frozenset(("VBZ", "VBD", "BE", "HAVE", "DO", "MODAL"))
_NOMINAL_LEFT = frozenset(("DET", "POSS", "ADJ", "GEN", "NUM", "PREP"))
_OPENS_PHRASE = frozenset(("DET", "POSS", "NAME", "NUM", "PRON"))
_AFTER_VERB = _OPENS_PHRASE | {"PREP", "TO", "ADV", "ADJ"}
_BREAKS = frozenset((";", ":", ".", "?", "!", "—", "–", "(", ")", "“", "”", '"'))
_CAUSES = frozenset(("let", "make", "help", "have", "see", "watch", "hear"))
_STATIVE = frozenset(
    "based headquartered located situated born dated titled entitled nicknamed codenamed code-named".split()
)
_SAID = frozenset(
    "said told added noted declined announced reported claimed insisted wrote replied acknowledged".split()
)
_SAYS = frozenset("say tell add note report claim estimate reckon insist argue warn write explain think".split())
_NAMED = frozenset("called named dubbed christened styled".split())
_ASKING = frozenset(("what", "whatever", "whoever", "whichever"))
_PLURAL_NAME = re.compile(r"(?:\d|[A-Z]{2})s$")
_NOUN_AFTER_TO = frozenset(("court", "market", "date", "work"))
_MAY_OPEN = frozenset("after before since until as than".split())
_PARTICLES = frozenset("up out off down away back apart together aside along over on in through around".split())
_CLASSES = {"adjective": "ADJ", "adverb": "ADV", "noun": "NOUN", "gerund": "NOUN", "both": "NOUN"}


@cache
def possible(word: str) -> tuple[str, ...]:
    """Return the tags that a lower-case word may have, the likeliest first."""
    closed = words.CLOSED.get(word)
    if closed:
        return (closed,)
    forms = words.verb_forms().get(word)
    kind = words.word_class().get(word, "")
    if not forms:
        return (_CLASSES[kind] if kind else words.guess(word),)
    tags = tuple(forms[1].split("/"))
    if kind == "adverb":
        return ("ADV", *tags)
    if kind == "adjective":
        return (*tags, "ADJ")
    only_verb = "VBG" not in tags and ("VB" in tags or "VBZ" in tags) and not words.is_both(forms[0], word)
    return tags if only_verb else (*tags, "NOUN")


@cache
def _known_noun(word: str) -> bool:
    """Say whether a word with a capital is a common noun all the same: "the Credit Agreement"."""
    lemma = words.noun_lemma(word)
    return words.word_class().get(word, "") in ("noun", "gerund") or lemma in words.themes() or lemma in lexicon().nouns


def tag(tokens: list[Token], names: set[int] | None = None) -> None:
    """Give each token its tag and lemma in place; ``names`` are the indexes of tokens inside names."""
    names = names or set()
    title = _title_case(tokens, names)
    options = [("NAME",) if i in names else _options(tokens, i, title=title) for i in range(len(tokens))]
    for token, tags in zip(tokens, options, strict=True):
        token.tag = tags[0] if len(tags) == 1 else ""
    _Pass(tokens, options).run()
    for token in tokens:
        token.lemma = _lemma(token)


def _lemma(token: Token) -> str:
    if token.tag in _VERB_FORMS:
        known = words.verb_forms().get(token.lower)
        return known[0] if known else token.lower
    if token.tag == "NOUN":
        return words.noun_lemma(token.lower)
    if token.tag == "NEG":
        return "not"
    return "be" if token.tag == "BE" and token.lower == "'s" else token.lower


def _title_case(tokens: list[Token], names: set[int]) -> bool:
    """Say whether a segment is written in capitals or title case, where a capital says nothing."""
    long = [t for i, t in enumerate(tokens) if i not in names and len(t.text) > 3 and t.text[0].isalpha()]
    return len(long) > 1 and sum(t.text[0].isupper() for t in long) >= 0.75 * len(long)


def _options(tokens: list[Token], i: int, *, title: bool) -> tuple[str, ...]:
    """Return what a token may be, by its letters and its capital."""
    token = tokens[i]
    text, lower = token.text, token.lower
    first = text[0]
    if not first.isalnum() and lower not in words.CLOSED:
        return ("NUM",) if len(text) > 1 and first in "$€£¥₹₩" else ("PUNCT",)
    if first.isdigit():
        return ("NUM",)
    if " " in lower:
        return ("NOUN",)
    if "_" in lower:
        return ("PREP",) if lower.endswith(("_of", "_to", "_for", "_than", "_with", "_as")) else ("ADV",)
    if first.isupper() and not title:
        inside = i > 0 and tokens[i - 1].tag != "PUNCT" and tokens[i - 1].text not in _BREAKS
        if text.isupper() and len(text) > 1 and lower in ("us", "it"):
            return ("NAME",)
        if inside and lower not in words.CLOSED:
            tags = possible(lower)
            if tags[0] in _VERB_FORMS:
                return ("NOUN",)
            return tags if tags[0] == "ADJ" or _known_noun(lower) else ("NAME",)
    return possible(lower)


_FLOATING = frozenset(("each", "both", "all"))
_TWO_THINGS = frozenset(("like", "there", "other", "so", "once", "'")) | _PARTICLES | _FLOATING


class _Pass:
    """One pass from left to right over the words that may be several things."""

    def __init__(self, tokens: list[Token], options: list[tuple[str, ...]]) -> None:
        self.tokens = tokens
        self.options = options
        self.verb = ""
        """The tag of the clause's finite verb, if it has one already; in brackets after "and"."""
        self.outer: list[str] = []
        """The same of the clauses that are interrupted by a relative or subordinate one."""

    def run(self) -> None:
        """Settle every token."""
        for i, token in enumerate(self.tokens):
            if not token.tag:
                token.tag = self._settle(i)
            elif token.tag in ("GEN", "REL/DET", "ADV") or token.lower in _TWO_THINGS:
                token.tag = self._closed(i)
            self._advance(token)

    def _advance(self, token: Token) -> None:
        """Keep track of whether the clause has its verb."""
        tag = token.tag
        if tag in _FINITE or (tag == "VB" and self.verb in ("", "MODAL")):
            self.verb = tag
        elif tag in ("REL", "SUB"):
            self.outer.append(self.verb)
            self.verb = ""
        elif tag == "PUNCT" and token.lower in _BREAKS:
            self.verb, self.outer = "", []
        elif tag == "PUNCT" and token.lower == "," and self.outer and self.verb:
            self.verb = self.outer.pop()
        elif self.verb and (tag == "CONJ" or token.lower in _MAY_OPEN):
            self.verb = f"({self.verb.strip('()')})"

    # --- what stands around

    def _tag(self, i: int) -> str:
        """Return the tag of a token, or the likeliest one if it is not settled."""
        if not 0 <= i < len(self.tokens):
            return ""
        return self.tokens[i].tag or self.options[i][0]

    def _options(self, i: int) -> tuple[str, ...]:
        return self.options[i] if 0 <= i < len(self.options) else ()

    def _left(self, i: int) -> int:
        """Return the token to the left, past adverbs and negations."""
        j = i - 1
        while j >= 0 and self._tag(j) in ("ADV", "NEG"):
            j -= 1
        return j

    def _finite_ahead(self, i: int) -> bool:
        """Say whether the clause has a sure finite verb after a token, before anything that opens another clause."""
        for j in range(i + 1, min(i + 15, len(self.tokens))):
            token, tags = self.tokens[j], self.options[j]
            before = self._tag(j - 1)
            if (
                token.lower in _ASKING
                or tags[0] in ("REL", "SUB", "REL/DET", "PRON", "CONJ")
                or token.lower in _BREAKS
                or token.lower == ","
            ):
                return tags[0] == "CONJ" and self._tag(j + 1) == "NAME" and self._finite_ahead(j)
            if (
                tags[0] in _AUXILIARY
                and before not in ("TO", "MODAL")
                and token.lower not in ("be", "been", "being", "having")
            ):
                return True
            if tags == ("VBZ",) and before in ("NOUN", "NAME", "NUM", "ADV"):
                return True
            if tags[0] == "VBD" and before not in ("DET", "POSS", "ADJ", "GEN", "PUNCT", "PREP"):
                if "VBN" not in tags or self._tag(j + 1) in ("DET", "POSS", "NAME", "NUM", "PRON"):
                    return True
        return False

    def _closed(self, i: int) -> str:
        """Settle the few words of closed classes that are two things."""
        token = self.tokens[i]
        if token.tag == "REL/DET":
            return self._that(i)
        left, right = self._tag(i - 1), self._tag(i + 1)
        if token.lower == "'" and token.tag == "PUNCT":
            tight = i > 0 and self.tokens[i - 1].end == token.start and self.tokens[i - 1].text[-1] in "sSxz"
            owned = right in ("NOUN", "NAME", "ADJ", "NUM", "VBN", "VBG", "VB", "VBZ") and tight
            return "GEN" if owned and self.tokens[i + 1].start > token.end else "PUNCT"
        if token.tag == "GEN":
            pronoun = i > 0 and self.tokens[i - 1].lower in words.WITH_BE
            clause = i + 1 < len(self.tokens) and self.tokens[i + 1].lower in ("a", "an", "the", "not", "no", "been")
            return "BE" if pronoun or clause else "GEN"
        if token.lower == "there":
            return "PRON" if right in _AUXILIARY else "ADV"
        if token.lower in _FLOATING:
            verb = {"VB", "VBZ", "VBD", "VBG", "VBN", "MODAL", "HAVE"} & set(self._options(i + 1)[:1])
            if verb and left in ("SUB", "REL", "CONJ", ""):
                return "PRON"
            return "ADV" if left in _AUXILIARY or (verb and left in ("NAME", "NOUN", "PUNCT", "PRON")) else "DET"
        if token.tag == "ADV":
            degree = right in ("ADJ", "NOUN", "NAME", "NUM", "ADV") or {"VBN", "VBG", "VBD"} & set(self._options(i + 1))
            return "NOUN" if left in ("DET", "POSS") and not degree else "ADV"
        if token.lower == "other" and left == "DET" and right not in ("NOUN", "NAME", "ADJ", "NUM", "VBG", "VB", "VBZ"):
            return "NOUN"
        if token.lower == "other":
            return "ADJ" if right in ("NOUN", "NAME", "ADJ", "NUM") or "NOUN" in self._options(i + 1) else "PRON"
        if token.lower == "once":
            return "SUB" if right in ("NAME", "DET", "PRON", "NOUN", "POSS", "NUM") else "ADV"
        if token.lower == "so":
            return "ADV" if right in ("ADJ", "ADV") or left in ("DO", "VBG") else "SUB"
        if token.tag == "PREP" and token.lower in _PARTICLES:
            alone = right in ("", "PUNCT", "PREP", "TO", "CONJ", "ADV", "SUB", "REL", "MODAL", "BE")
            return "ADV" if left in (*_VERB_FORMS, "ADV", "PRON") and alone and left else "PREP"
        if token.lower == "like" and (left == "MODAL" or (left == "PRON" and i > 0 and right in ("TO", "PRON"))):
            return "VB"
        return token.tag

    def _that(self, i: int) -> str:
        left, right = self._tag(i - 1), self._tag(i + 1)
        if left == "CONJ" and right not in ("PUNCT", ""):
            return "REL" if any(t.tag == "REL" for t in self.tokens[max(0, i - 14) : i]) else "SUB"
        if left in ("PREP", "TO"):
            return "DET" if {"NOUN", "ADJ"} & set(self._options(i + 1)) else "PRON"
        if left in ("NOUN", "NAME", "NUM") and right not in ("NOUN", "PUNCT", ""):
            return "REL"
        if right in ("NOUN", "ADJ") and left in ("", "PREP", "PUNCT", "CONJ"):
            return "DET"
        if left in _VERB_FORMS | {"PUNCT", "ADJ"} and right not in ("PUNCT", "PREP", ""):
            return "SUB"
        return "PRON"

    # --- words that may be several things

    def _settle(self, i: int) -> str:
        tags = self.options[i]
        left = self._left(i)
        before = self._tag(left)
        if "VBG" in tags:
            return self._ing(i, before)
        if "ADV" in tags:
            return "ADV" if before not in ("MODAL", "DO", "TO") else tags[1]
        if "VBD" in tags or "VBN" in tags:
            found = self._past(i, left, before)
            if found:
                return found
        if "VB" in tags:
            return self._base(i, left, before)
        return self._third(i, left, before) if "VBZ" in tags else tags[0]

    def _other(self, i: int) -> str:
        """Return what a word is if it is no verb."""
        return self.options[i][-1]

    def _ing(self, i: int, before: str) -> str:
        right = self._tag(i + 1)
        if i > 1 and self.tokens[i - 1].text == "-" and right in ("NOUN", "NAME"):
            return "ADJ"
        word = self.tokens[i].lower
        nouny = words.word_class().get(word) == "gerund"
        if before in ("BE", "ADV") and not (nouny and right in ("", "PUNCT") and before != "BE"):
            return "VBG"
        if before in ("DET", "POSS", "GEN", "ADJ"):
            return "ADJ" if right in ("NOUN", "NAME", "ADJ", "NUM") else "NOUN"
        if before == "NUM":
            return "VBG" if right in _OPENS_PHRASE else "NOUN"
        if nouny and before in ("NOUN", "NAME", "PREP", "CONJ", "", "PUNCT"):
            if right in _OPENS_PHRASE or (
                right in ("ADJ", "NOUN") and before in ("PREP", "NOUN") and word not in words.COMPOUNDING
            ):
                return "VBG"
            return "NOUN"
        return "VBG"

    def _past(self, i: int, left: int, before: str) -> str:
        """Choose between past tense and participle: "Crusoe leased the site", "the site leased by Oracle"."""
        tags, right = self.options[i], self._tag(i + 1)
        if "VBN" not in tags:
            return "VBD" if "VB" not in tags or before not in ("MODAL", "DO", "TO") else "VB"
        if self.tokens[i].lower in _STATIVE:
            return "VBN"
        if self.tokens[i].lower in _SAID and before not in ("HAVE", "BE"):
            return "VBD"
        if before in ("HAVE", "BE") or (left >= 0 and self.tokens[left].lower in ("get", "gets", "got", "getting")):
            return "VBN"
        if "VB" in tags and (
            before in ("MODAL", "DO", "TO") or "VBD" not in tags or before in ("DET", "POSS", "ADJ", "GEN")
        ):
            return ""
        if "VBD" not in tags:
            return "VBN" if "VB" not in tags else ""
        if left >= 0 and self.tokens[left].text == "-":
            return "VBN"
        if before in _NOMINAL_LEFT:
            if right in ("NOUN", "NAME", "ADJ", "VB", "VBZ", "VBG"):
                return "VBD" if before == "NUM" and not self.verb else "ADJ" if before != "PREP" else "VBN"
            return "VBD" if before == "NUM" and not self.verb and right in _OPENS_PHRASE else "VBN"
        return self._tense(i, left, before, right)

    def _tense(self, i: int, left: int, before: str, right: str) -> str:
        follows = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
        if before in ("PRON", "REL"):
            return "VBD"
        if (
            self.tokens[i].lower in _NAMED
            and right == "NAME"
            and (before == "NOUN" or (before == "PUNCT" and self.verb))
        ):
            return "VBN"
        if before == "SUB":
            return "VBN" if right in ("", "PUNCT", "PREP", "ADV") else "VBD"
        if follows == "by" and before != "CONJ":
            return "VBN"
        if before == "CONJ":
            return "VBN" if self._joined_participle(left) and right not in ("DET", "POSS", "PRON") else "VBD"
        if before in ("NOUN", "NAME"):
            if right == "PRON" or (right in ("DET", "POSS") and self._tag(i + 2) != "ADJ" and not self._time(i + 2)):
                return "VBD"
            if self.verb and not self.verb.startswith("(") and not self._contact(left):
                return "VBN"
            return "VBN" if self._finite_ahead(i) and right not in ("DET", "POSS", "PRON") else "VBD"
        if before in ("PUNCT", ""):
            if right in ("DET", "POSS", "PRON", "NAME", "NUM"):
                return "VBD"
            return (
                "VBN"
                if right in ("PREP", "TO", "ADV", "NOUN", "ADJ") and (before == "" or self._participial(i))
                else "VBD"
            )
        return "VBD"

    def _time(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].lower in words.TIMES

    def _participial(self, i: int) -> bool:
        """Say whether a participle after a comma is an insertion: the clause has its verb, or it still comes."""
        return bool(self.verb) or self._finite_ahead_past_comma(i) or self.tokens[i - 1].lower not in (",", "—", "–")

    def _finite_ahead_past_comma(self, i: int) -> bool:
        for j in range(i + 1, min(i + 14, len(self.tokens) - 1)):
            if self.tokens[j].lower == ",":
                return self._tag(j + 1) in _FINITE or "VBD" in self.options[j + 1] or "VBZ" in self.options[j + 1]
        return False

    def _joined_participle(self, conjunction: int) -> bool:
        """Say whether the verb before "and" is a participle: "was built and leased"."""
        for j in range(conjunction - 1, max(-1, conjunction - 8), -1):
            tag = self._tag(j)
            if tag in _VERB_FORMS:
                return tag == "VBN"
            if tag in ("SUB", "REL") or self.tokens[j].lower in _BREAKS:
                return False
        return False

    def _contact(self, left: int) -> bool:
        """Say whether a noun begins a relative clause without a pronoun: "the site Oracle leased"."""
        return self._tag(left) == "NAME" and self._tag(left - 1) in ("NOUN", "PRON", "DET")

    def _base(self, i: int, left: int, before: str) -> str:
        """Choose between base form and noun: "to lease", "a lease", "they lease"."""
        right = self._tag(i + 1)
        noun = self._other(i)
        if noun == "ADJ" and right in ("TO", "PREP") and before in ("PRON", "NOUN", "NAME") and self.verb != "MODAL":
            return "ADJ"  # "somebody close to the matter"
        if noun == "ADJ" and right in ("DET", "POSS", "PRON") and before not in _NOMINAL_LEFT:
            return "VB"
        if noun not in ("NOUN", "ADJ") or before in ("MODAL", "DO"):
            return "VB"
        if before == "TO" and self.tokens[i].lower in _NOUN_AFTER_TO and right not in _OPENS_PHRASE:
            return noun
        if before == "TO":
            return noun if right in ("VBZ", "VBD") and noun == "NOUN" else "VB"
        if before in _NOMINAL_LEFT:
            quantifier = before == "DET" and self.tokens[left].lower in ("both", "all", "some", "many", "most", "few")
            return "VB" if quantifier and right in _OPENS_PHRASE else noun
        if before == "BE":
            return noun
        if before in ("PRON", "REL"):
            return "VB" if self.tokens[left].lower not in ("one", "ones", "it", "me") or self._caused(left) else noun
        if self._caused(left):
            return "VB"
        if before == "NOUN" and self.verb == "MODAL" and self._time(left):
            return "VB"  # "could one day power"
        if before in ("NOUN", "NAME"):
            return (
                "VB"
                if self._plural_subject(left) and self._lacks_verb(i, left) and right in (*_AFTER_VERB, "NOUN")
                else noun
            )
        if before == "CONJ":
            return "VB" if right in _OPENS_PHRASE and self._joined_base(left) else noun
        if before == "SUB":
            return noun
        if left >= 0 and self.tokens[left].lower == "," and not self.verb and not self._finite_ahead(i):
            return "VB" if right in _AFTER_VERB else noun  # "The machines, all H100s, stand at"
        return "VB" if right in ("DET", "POSS", "PRON") else noun

    def _caused(self, left: int) -> bool:
        """Say whether the phrase before is what somebody lets or makes do something."""
        for j in range(left, max(-1, left - 5), -1):
            if self._tag(j) in _VERB_FORMS | {"HAVE"}:
                known = words.verb_forms().get(self.tokens[j].lower)
                return bool(known) and known[0] in _CAUSES and left - j >= 1
            if self._tag(j) not in ("NOUN", "NAME", "ADJ", "DET", "POSS", "NUM", "PRON"):
                return False
        return False

    def _plural_subject(self, left: int) -> bool:
        """Say whether the noun before can have a verb in the plural: "rents" and "lease" tell them apart."""
        token = self.tokens[left]
        if self._tag(left) == "NOUN":
            return token.lower in ("people", "men", "women") or (
                token.lower.endswith("s") and not token.lower.endswith("ss")
            )
        if _PLURAL_NAME.search(token.text):
            return True  # "H100s hum", "TPUs power"
        j = left
        while j > 0 and self._tag(j) == "NAME":
            j -= 1
        if self._tag(j) == "NUM" and token.lower.endswith("s"):
            return True  # "4,000 H100s hum"
        return self._tag(j) == "CONJ" or self._tag(j) in ("REL", "SUB")

    def _lacks_verb(self, i: int, left: int) -> bool:
        return (not self.verb or self._contact(left) or self.verb.startswith("(")) and not self._finite_ahead(i)

    def _joined_base(self, conjunction: int) -> bool:
        for j in range(conjunction - 1, max(-1, conjunction - 12), -1):
            tag = self._tag(j)
            if tag in _VERB_FORMS | {"BE", "HAVE"}:
                return tag == "VB"
            if self.tokens[j].lower in _BREAKS:
                return False
        return False

    def _third(self, i: int, left: int, before: str) -> str:
        """Choose between a verb in the singular and a plural: "the carrier holds shares"."""
        right = self._tag(i + 1)
        if self._other(i) != "NOUN" or before in ("PRON", "REL"):
            return "VBZ"
        follows = self.tokens[i + 1].lower if i + 1 < len(self.tokens) else ""
        if before == "NOUN" and right in ("", "PUNCT", "VBG", "BE") and not self._contact(left):
            return "NOUN"
        if follows == "of" or (right == "VB" and self._options(i + 1)[-1] not in ("NOUN", "ADJ")):
            return "NOUN"
        known = words.verb_forms().get(self.tokens[i].lower)
        if known and known[0] in _SAYS and right in ("NAME", "PRON", "REL/DET") and before not in _NOMINAL_LEFT:
            return "VBZ"
        if before == "DET" and self.tokens[left].lower == "each":
            return "VBZ"
        if before in _NOMINAL_LEFT or before in ("BE", "TO", "MODAL", "HAVE", "DO"):
            return "NOUN"
        if before in ("SUB", "VB", "VBD", "VBG", "VBN", "VBZ"):
            return "NOUN"
        if before in ("NOUN", "NAME", "ADV"):
            plural = self._tag(left) == "NOUN" and self._plural_subject(left)
            contact = self._contact(left) and right in (*_AFTER_VERB, "PUNCT", "", "BE", "VBD", "VBZ")
            return "VBZ" if contact or (self._lacks_verb(i, left) and not plural) else "NOUN"
        if before == "CONJ":
            return (
                "VBZ"
                if self.verb.strip("()") in ("VBZ", "BE", "HAVE") and right in _OPENS_PHRASE | {"TO", "PREP", "ADV"}
                else "NOUN"
            )
        if left < 0 or self.tokens[left].lower in ("-", "'"):
            return "VBZ" if right in ("DET", "POSS", "NUM", "NAME") and left < 0 else "NOUN"
        if self.tokens[left].lower == ",":
            opens = right in _AFTER_VERB or (right == "NOUN" and not self.verb)
            return (
                "VBZ" if opens and not self._finite_ahead(i) and (not self.verb or right in _OPENS_PHRASE) else "NOUN"
            )
        return "VBZ" if right in ("DET", "POSS", "NUM", "NAME", "PRON") else "NOUN"
