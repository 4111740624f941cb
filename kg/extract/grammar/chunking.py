"""Cuts the items of a segment into chunks. The one small grammar that every relation uses."""

from kg.extract.grammar.chunks import ADV, CONJ, PP, PUNCT, REL, SUB, Chunk
from kg.extract.grammar.items import Item
from kg.extract.grammar.nounphrases import NounPhrases
from kg.extract.grammar.verbgroups import verb_group

_KINDS = {"PREP": PP, "TO": PP, "CONJ": CONJ, "REL": REL, "SUB": SUB, "PUNCT": PUNCT}


def chunk(items: list[Item]) -> list[Chunk]:
    """Return the chunks of a segment in order; together they cover every item."""
    chunks: list[Chunk] = []
    phrases = NounPhrases(items)
    i = 0
    while i < len(items):
        made = verb_group(items, i) or phrases.at(i, chunks[-1] if chunks else None)
        if made is None:
            made = Chunk(_KINDS.get(items[i].tag, ADV), i, i, items[i].lower)
        chunks.append(made)
        i = made.last + 1
    return chunks
