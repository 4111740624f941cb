"""Reads the tokens of a segment from left to right, and knows of each clause whether it still lacks its verb."""

import re
from dataclasses import dataclass

from kg.extract.grammar.possible import BREAKS, VERB_FORMS
from kg.extract.grammar.tokens import Token

AUXILIARY = frozenset(("BE", "HAVE", "DO", "MODAL"))
NOMINAL_LEFT = frozenset(("DET", "POSS", "ADJ", "GEN", "NUM", "PREP"))
"""Tags after which a noun is likelier than a verb."""

OPENS_PHRASE = frozenset(("DET", "POSS", "NAME", "NUM", "PRON"))
AFTER_VERB = OPENS_PHRASE | {"PREP", "TO", "ADV", "ADJ"}

_FINITE = AUXILIARY | {"VBZ", "VBD"}
_MAY_OPEN = frozenset("after before since until as than".split())
_PLURAL_NAME = re.compile(r"(?:\d|[A-Z]{2})s$")
_ASKING = frozenset(("what", "whatever", "whoever", "whichever"))
_NONFINITE = frozenset(("be", "been", "being", "having"))
_NO_VERB_AFTER = frozenset(("DET", "POSS", "ADJ", "GEN", "PUNCT", "PREP"))
_AHEAD = 15
"""Words that are looked ahead for a verb."""


class Reader:
    """The tokens with what each may be, and how far the clause has come."""

    def __init__(self, tokens: list[Token], options: list[tuple[str, ...]]) -> None:
        self.tokens = tokens
        self.options = options
        self.verb = ""
        """The tag of the clause's finite verb, if it has one already; in brackets after "and"."""
        self.outer: list[str] = []
        """The same of the clauses that are interrupted by a relative or subordinate one."""

    def advance(self, token: Token) -> None:
        """Take note of a token that has its tag."""
        tag = token.tag
        if tag in _FINITE or (tag == "VB" and self.verb in ("", "MODAL")):
            self.verb = tag
        elif tag in ("REL", "SUB"):
            self.outer.append(self.verb)
            self.verb = ""
        elif tag == "PUNCT" and token.lower in BREAKS:
            self.verb, self.outer = "", []
        elif tag == "PUNCT" and token.lower == "," and self.outer and self.verb:
            self.verb = self.outer.pop()
        elif self.verb and (tag == "CONJ" or token.lower in _MAY_OPEN):
            self.verb = f"({self.verb.strip('()')})"

    def tag_at(self, i: int) -> str:
        """Return the tag of a token, or the likeliest one if it is not settled; nothing beyond the ends."""
        if not 0 <= i < len(self.tokens):
            return ""
        return self.tokens[i].tag or self.options[i][0]

    def options_at(self, i: int) -> tuple[str, ...]:
        """Return what a token may be; nothing beyond the ends."""
        return self.options[i] if 0 <= i < len(self.options) else ()

    def lower(self, i: int) -> str:
        """Return a token's letters, folded; nothing beyond the ends."""
        return self.tokens[i].lower if 0 <= i < len(self.tokens) else ""

    def before(self, i: int) -> int:
        """Return the token to the left, past adverbs and negations."""
        j = i - 1
        while j >= 0 and self.tag_at(j) in ("ADV", "NEG"):
            j -= 1
        return j

    def finite_ahead(self, i: int) -> bool:
        """Say whether the clause has a sure finite verb after a token, before anything that opens another clause."""
        for j in range(i + 1, min(i + _AHEAD, len(self.tokens))):
            lower, first = self.tokens[j].lower, self.options[j][0]
            opens = first in ("REL", "SUB", "REL/DET", "PRON", "CONJ") or lower in _ASKING
            if opens or lower in BREAKS or lower == ",":
                return first == "CONJ" and self.tag_at(j + 1) == "NAME" and self.finite_ahead(j)
            if self._surely_finite(j):
                return True
        return False

    def may_have_verb(self, i: int) -> bool:
        """Say whether a finite verb may follow before the next mark."""
        for j in range(i + 1, min(i + _AHEAD, len(self.tokens))):
            if self.tag_at(j) == "PUNCT":
                return False
            if not _FINITE.isdisjoint(self.options[j]):
                return True
        return False

    def past_ahead(self, i: int) -> bool:
        """Say whether the clause may have its verb in another past form: "the site leased to Tarn opened in May"."""
        for j in range(i + 1, min(i + _AHEAD, len(self.tokens))):
            lower, tags = self.tokens[j].lower, self.options[j]
            if tags[0] in ("REL", "SUB", "REL/DET", "CONJ") or lower in BREAKS or lower == ",":
                return False
            if "VBD" in tags and self.tag_at(j - 1) in ("NOUN", "NAME"):
                return self.lower(j + 1) != "by"
        return False

    def _surely_finite(self, j: int) -> bool:
        tags, before = self.options[j], self.tag_at(j - 1)
        if tags[0] in AUXILIARY:
            return before not in ("TO", "MODAL") and self.tokens[j].lower not in _NONFINITE
        if tags == ("VBZ",):
            return before in ("NOUN", "NAME", "NUM", "ADV")
        if tags[0] != "VBD" or before in _NO_VERB_AFTER:
            return False
        return "VBN" not in tags or self.tag_at(j + 1) in OPENS_PHRASE

    def spot(self, i: int) -> "Spot":
        """Return a token with what stands around it."""
        left = self.before(i)
        return Spot(self, i, self.tokens[i].lower, left, self.tag_at(left), self.tag_at(i + 1), self.options[i])

    # --- what a phrase is to a verb

    def contact(self, left: int) -> bool:
        """Say whether a noun begins a relative clause without a pronoun: "the site Oracle leased"."""
        j = left
        while self.tag_at(j) == "NAME":
            j -= 1
        return j < left and self.tag_at(j) in ("NOUN", "PRON", "DET")

    def relative_subject(self, left: int) -> bool:
        """Say whether the phrase that ends here follows "that" or "which", so that a verb of its own must follow."""
        j = left
        while self.tag_at(j) in ("NOUN", "NAME", "ADJ", "DET", "POSS", "GEN"):
            j -= 1
        return j < left and self.tag_at(j) == "REL"

    def lacks_verb(self, i: int, left: int) -> bool:
        """Say whether the clause wants a verb here: it has none, and none is ahead."""
        return (not self.verb or self.contact(left) or self.verb.startswith("(")) and not self.finite_ahead(i)

    def plural(self, left: int) -> bool:
        """Say whether the phrase that ends here can have a verb in the plural."""
        token = self.tokens[left]
        if self.tag_at(left) == "NOUN":
            return token.lower in ("people", "men", "women") or (token.lower[-1] == "s" and token.lower[-2:] != "ss")
        if _PLURAL_NAME.search(token.text):
            return True  # "H100s hum", "TPUs power"
        j = left
        while j > 0 and self.tag_at(j) == "NAME":
            j -= 1
        return self.tag_at(j) in ("CONJ", "REL", "SUB") or (self.tag_at(j) == "NUM" and token.lower[-1] == "s")

    def joined_verb(self, conjunction: int, reach: int) -> str:
        """Return the tag of the verb before "and": "was built and leased"."""
        for j in range(conjunction - 1, max(-1, conjunction - reach), -1):
            tag = self.tag_at(j)
            if tag in VERB_FORMS | {"BE", "HAVE"}:
                return tag
            if tag in ("SUB", "REL") or self.tokens[j].lower in BREAKS:
                break
        return ""


@dataclass(slots=True)
class Spot:
    """A token with the tag before it (past adverbs, at ``left``), the tag after it, and what it may be."""

    reader: Reader
    i: int
    word: str
    left: int
    before: str
    right: str
    options: tuple[str, ...]

    @property
    def noun(self) -> str:
        """What the word is if it is no verb."""
        return self.options[-1]

    @property
    def before_word(self) -> str:
        """The letters of the token before."""
        return self.reader.lower(self.left)
