"""Tokens of a segment with offsets that slice back to its text."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""(?x)
      [$€£¥₹₩]\s?\d[\d.,]*                        # money sign and number
    | \d[\d.,]*\d(?=[A-Za-z%])|\d(?=[A-Za-z%])    # a number that a unit is glued to
    | \d+(?:[.,:/]\d+)*
    | (?:[A-Za-z]\.){2,}                          # U.S.
    | ['’](?:[sS]|re|ve|ll|d|m)\b | n['’]t\b
    | [^\W\d_]+(?:['’](?!(?:[sS]|re|ve|ll|d|m)\b)[^\W\d_]+)?\d*(?:[^\W_]*)
    | \.\.\.|--|[^\w\s]
    """
)
_NT = re.compile(r"(?i)(\w+)(n['’]t)$|(can)(not)$")


@dataclass(slots=True)
class Token:
    """A word or mark: its span in the document, its letters, folded letters, coarse tag, and lemma.

    Tags: DET POSS PRON PREP CONJ SUB REL MODAL BE HAVE DO NEG TO VB VBZ VBD VBN VBG NOUN ADJ ADV NUM NAME PUNCT GEN
    (the mark of the possessive).
    """

    start: int
    end: int
    text: str
    lower: str
    tag: str = ""
    lemma: str = ""


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of ``text[start:end]``; their spans are offsets in ``text``, ascending, without overlap."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, start, end):
        word = found.group()
        negated = _NT.match(word)
        if negated and len(word) > 3:
            verb = negated[1] or negated[3]
            cut = found.start() + len(verb)
            tokens.append(Token(found.start(), cut, verb, verb.casefold()))
            tokens.append(Token(cut, found.end(), word[len(verb) :], "n't"))
        else:
            tokens.append(Token(found.start(), found.end(), word, word.casefold().replace("’", "'")))
    return tokens
