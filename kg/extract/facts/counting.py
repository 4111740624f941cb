"""What a bare number counts: accelerators, or something else."""

from kg.extract.grammar.words import noun_lemma
from kg.extract.reading import Parsed
from kg.extract.reference.references import TYPE_HEADS

_COUNTED = TYPE_HEADS["Chip"] | {"unit", "superchip", "processor"}


def counts_chips(parsed: Parsed, at: int) -> bool:
    """Say whether a bare number counts accelerators: "4,096 H200s", "14,000 of AMD's MI355X accelerators"."""
    for item in parsed.items[at + 1 : at + 8]:
        if item.kind == "word" and noun_lemma(item.lower) in _COUNTED:
            return True
        if item.kind == "name":
            continue
        if item.tag in ("VB", "VBD", "VBZ", "BE", "HAVE", "MODAL", "PUNCT", "CONJ") and item.lower not in ("-", "'s"):
            break
    following = next((i for i in parsed.items[at + 1 : at + 4] if i.kind == "name"), None)
    return following is not None and parsed.kinds[parsed.names[following.ref].entity] == "Chip"
