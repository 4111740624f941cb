"""A coarse tag for each token: what its word may be, and then which of that it is among its neighbours.

What a word may be comes from word lists and its letters; an ambiguous word is settled from left to right, by the words
around it and by whether the clause still lacks its verb.
"""

from kg.extract.grammar import words
from kg.extract.grammar.littlewords import settle_closed
from kg.extract.grammar.participles import settle_ing, settle_past
from kg.extract.grammar.possible import VERB_FORMS, options
from kg.extract.grammar.presents import settle_base, settle_third
from kg.extract.grammar.reader import Reader
from kg.extract.grammar.tokens import Token


def tag(tokens: list[Token], names: set[int] | None = None) -> None:
    """Give each token its tag and lemma in place; ``names`` are the indexes of tokens inside names."""
    may_be = options(tokens, names or set())
    for token, tags in zip(tokens, may_be, strict=True):
        token.tag = tags[0] if len(tags) == 1 else ""
    reader = Reader(tokens, may_be)
    for i, token in enumerate(tokens):
        token.tag = settle_closed(reader, i) if token.tag else _settle(reader, i)
        token.lemma = _lemma(token)
        reader.advance(token)


def _settle(reader: Reader, i: int) -> str:
    """Settle a word that may be several things."""
    spot = reader.spot(i)
    tags = spot.options
    if "VBG" in tags:
        return settle_ing(spot)
    if "ADV" in tags:
        return "ADV" if spot.before not in ("MODAL", "DO", "TO") else tags[1]
    past = settle_past(spot) if "VBD" in tags or "VBN" in tags else ""
    if past:
        return past
    if "VB" in tags:
        return settle_base(spot)
    return settle_third(spot) if "VBZ" in tags else tags[0]


def _lemma(token: Token) -> str:
    if token.tag in VERB_FORMS:
        known = words.verb_forms().get(token.lower)
        return known[0] if known else token.lower
    if token.tag == "NOUN":
        return words.noun_lemma(token.lower)
    if token.tag == "NEG":
        return "not"
    return "be" if token.tag == "BE" and token.lower == "'s" else token.lower
