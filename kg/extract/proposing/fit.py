"""How well an argument's place beside a trigger suits the role that a use of the trigger expects there."""

from collections.abc import Sequence
from functools import lru_cache

from kg.extract.grammar.chunks import NOUN_CATENATIVES
from kg.extract.grammar.complements import FAR
from kg.extract.grammar.lexicon import Use
from kg.extract.grammar.words import noun_lemma
from kg.extract.proposing.candidates import ACTOR, HEAD, MODIFIER, OWNER, Argument, Place, Trigger
from kg.extract.reading import DocEntity, Parsed
from kg.extract.reference.coref import TYPE_HEADS

GOOD = (0.05, 0.25, 0.5, 0.95, 1.0)
"""What each fit, 0 to 4, leaves of a use's weight."""

_KINDRED = {
    "subj": ("vby",),
    "obj": ("vobj",),
    "with": ("vwith",),
    "from": ("vfrom",),
    "to": ("vto",),
    "for": ("vfor",),
    "at": ("vat", "in", "vin"),
    "in": ("at", "vin", "vat"),
    "of": ("vof",),
    "by": ("vby",),
    "on": ("von",),
    "between": ("vbetween",),
}
"""Slots that do nearly as well: those of the verb that governs a noun, and neighbouring prepositions."""

_SET_BEFORE = frozenset(("self", "subj", "poss"))
"""Roles that what stands before a colon may play."""

_NO_PLACES = frozenset(("np", "verb", "negated", "is"))
IMPLIED = "implied"
"""The slot of what a role noun leaves unsaid."""

_COMPLEMENTS = frozenset(("of", "to", "for", "at", "in", "behind", "with"))
_WITHIN_PHRASE = frozenset(("poss", "pre", "self"))


def place(parsed: Parsed, trigger: Trigger, argument: Argument, entity: DocEntity) -> Place:
    """Return where an argument stands as seen from a trigger."""
    if argument.item < 0:
        return Place(("topic",), HEAD)
    k = parsed.syntax.chunk_of[argument.item]
    within = _within(parsed, argument, entity)
    if trigger.part == "noun" and k == trigger.chunk:
        if argument.item < trigger.item:
            return Place(("poss" if within in (OWNER, ACTOR) else "pre",), within)
        return Place(("self",), within)
    if k == trigger.chunk and trigger.part == "verb":  # "Microsoft-backed OpenAI" is one phrase
        return Place(("by", "subj") if argument.item < trigger.item else ("obj",), HEAD)
    slots = tuple(slot for slot, chunks in trigger.slots.items() if k in chunks and slot not in _NO_PLACES)
    if within in (OWNER, MODIFIER):
        slots += tuple(f"{slot}'s" for slot in slots)
    return Place(slots, within)


def _within(parsed: Parsed, argument: Argument, entity: DocEntity) -> str:
    """Return as what an argument stands in its phrase; "Gorse Field campus" stands for the site itself."""
    chunk = parsed.chunks[parsed.syntax.chunk_of[argument.item]]
    following = parsed.items[argument.item + 1].tag if argument.item + 1 < len(parsed.items) else ""
    if following == "GEN" or parsed.items[argument.item].tag == "POSS":
        head = parsed.items[chunk.head]
        if argument.item != chunk.head and head.kind == "word" and head.lower in NOUN_CATENATIVES:
            return ACTOR
        return OWNER
    if argument.item == chunk.head or argument.item > chunk.head:
        return HEAD
    head = parsed.items[chunk.head]
    if head.kind == "word" and any(noun_lemma(head.lower) in TYPE_HEADS.get(kind, ()) for kind in entity.kinds):
        return HEAD
    return MODIFIER


def implied(
    trigger: Trigger, arguments: Sequence[Argument], places: dict[Argument, Place], entities: Sequence[DocEntity]
) -> None:
    """Give a role noun that leaves its other end unsaid what was named last before it: "the owner, Osprey Group"."""
    if trigger.part != "noun" or any(slot in trigger.slots for slot in _COMPLEMENTS):
        return
    if "self" not in trigger.slots and not any("self" in place.slots for place in places.values()):
        return
    if any("poss" in place.slots or "pre" in place.slots for place in places.values()):
        return
    last: dict[str, Argument] = {}
    for argument in arguments:
        kind = entities[argument.entity].type
        known = last.get(kind)
        named = argument.how == "name" and argument.item < trigger.item and not places[argument].slots
        asked = known is None and argument.how == "topic" and argument.rank == 0
        if asked or (named and (known is None or known.item < argument.item)):
            last[kind] = argument
    for argument in last.values():
        places[argument] = Place((IMPLIED,), HEAD)


@lru_cache(maxsize=1 << 16)
def fit(slots: tuple[str, ...], where: Place) -> int:
    """Return how well a place suits the slots expected of a role.

    4 the first of them, 3 another, 2 a kindred one or only part of the phrase, 1 some other place beside the trigger,
    0 none.
    """
    if not where.slots:
        return 0
    part = 0
    for n, slot in enumerate(slots):
        if slot in where.slots:
            found = _exactly(slot, where, first=n == 0)
            if found > 2:
                return found
            part = max(part, found)
    if part:
        return part
    kindred = any(f"{FAR}{s}" in where.slots or _kindred(s, where) for s in slots)
    if IMPLIED in where.slots:
        return 2 if not _COMPLEMENTS.isdisjoint(slots) or "poss" in slots else 0
    if kindred or ("colon" in where.slots and not _SET_BEFORE.isdisjoint(slots)):
        return 2
    return 1


def _exactly(slot: str, where: Place, *, first: bool) -> int:
    """Return how well a place in the very slot suits: fully as a whole phrase, less as a part of it."""
    if where.within == ACTOR and slot == "subj":
        return 3  # "Amazon's agreement to invest"
    if where.within != HEAD and slot not in _WITHIN_PHRASE and not slot.endswith("'s"):
        return 2
    if where.within == OWNER and slot == "self":
        return 1
    return 4 if first else 3


def _kindred(slot: str, where: Place) -> bool:
    return any(near in where.slots for near in _KINDRED.get(slot, ()))


def condition(use: Use, trigger: Trigger) -> float:
    """Return how well what stands near a trigger suits a use, as a factor."""
    if use.bars & trigger.near:
        return 0.15
    if not (use.wants or use.joint) or use.wants & trigger.near or any(all_of <= trigger.near for all_of in use.joint):
        return 1.0
    return 0.2


def side_by_side(one: Place, other: Place) -> bool:
    """Say whether two arguments stand in one slot: in "JPMorgan and MUFG lend", neither lends to the other."""
    return bool(set(one.slots) & set(other.slots) - {"between", "topic"})
