"""What each word may be before its neighbours are asked: by word lists, letters and capitals."""

from functools import cache

from kg.extract.grammar import words
from kg.extract.grammar.lexicon import lexicon
from kg.extract.grammar.tokens import Token

VERB_FORMS = frozenset(("VB", "VBZ", "VBD", "VBN", "VBG"))
BREAKS = frozenset((";", ":", ".", "?", "!", "—", "–", "(", ")", "“", "”", '"'))
"""Marks after which nothing of the clause before counts."""

_CLASSES = {"adjective": "ADJ", "adverb": "ADV", "noun": "NOUN", "gerund": "NOUN", "both": "NOUN"}
_TIED = ("_of", "_to", "_for", "_than", "_with", "_as")


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


def options(tokens: list[Token], names: set[int]) -> list[tuple[str, ...]]:
    """Return for each token what it may be; those in ``names`` are names."""
    title = _title_case(tokens, names)
    return [("NAME",) if i in names else _options(tokens, i, title=title) for i in range(len(tokens))]


def _title_case(tokens: list[Token], names: set[int]) -> bool:
    """Say whether a segment is written in capitals or title case, where a capital says nothing."""
    long = [t for i, t in enumerate(tokens) if i not in names and len(t.text) > 3 and t.text[0].isalpha()]
    return len(long) > 1 and sum(t.text[0].isupper() for t in long) >= 0.75 * len(long)


def _options(tokens: list[Token], i: int, *, title: bool) -> tuple[str, ...]:
    token = tokens[i]
    first, lower = token.text[0], token.lower
    if not first.isalnum() and lower not in words.CLOSED:
        return ("NUM",) if len(token.text) > 1 and first in "$€£¥₹₩" else ("PUNCT",)
    if first.isdigit():
        return ("NUM",)
    if " " in lower:
        return ("NOUN",)
    if "_" in lower:
        return ("PREP",) if lower.endswith(_TIED) else ("ADV",)
    return _with_capital(tokens, i) if first.isupper() and not title else possible(lower)


def _with_capital(tokens: list[Token], i: int) -> tuple[str, ...]:
    """Return what a word with a capital may be: inside a sentence a name, unless it is a common noun or adjective."""
    text, lower = tokens[i].text, tokens[i].lower
    if text.isupper() and len(text) > 1 and lower in ("us", "it"):
        return ("NAME",)
    inside = i > 0 and tokens[i - 1].tag != "PUNCT" and tokens[i - 1].text not in BREAKS
    tags = possible(lower)
    if inside and text == "May":
        return ("NOUN",)
    if not inside or lower in words.CLOSED:
        return tags
    if tags[0] in VERB_FORMS:
        return ("NOUN",)
    return tags if tags[0] == "ADJ" or _common_noun(lower) else ("NAME",)


@cache
def _common_noun(word: str) -> bool:
    """Say whether a word with a capital is a common noun all the same: "the Credit Agreement"."""
    lemma = words.noun_lemma(word)
    return words.word_class().get(word, "") in ("noun", "gerund") or lemma in words.themes() or lemma in lexicon().nouns
