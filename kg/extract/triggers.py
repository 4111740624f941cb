"""Triggers: the words of a segment that may say something, by the lexicon, each with its slots and what is near."""

from collections.abc import Iterator, Sequence

from kg.extract import words
from kg.extract.candidates import Trigger
from kg.extract.chunks import NP, VG
from kg.extract.complements import Slots
from kg.extract.lexicon import Use, lexicon
from kg.extract.reading import DocEntity, Parsed

NEAR_SLOTS = ("obj", "obj2", "of", "for", "in", "with", "under", "on", "to", "vobj")
"""Where a trigger's conditions are looked for, beside its own phrase."""

_WHERE = ("in", "at", "near", "outside", "on")


def triggers(parsed: Parsed, entities: Sequence[DocEntity]) -> list[Trigger]:
    """Return the triggers of a segment: verbs, nouns, noun phrases, and the bare constructions."""
    verbs = lexicon().verbs
    found: list[Trigger] = []
    for k, chunk in enumerate(parsed.chunks):
        if chunk.kind == VG:
            lemma = f"{chunk.lemma} {chunk.particle}" if chunk.particle else chunk.lemma
            if lemma not in verbs:
                lemma = chunk.lemma
            if lemma in verbs:
                for slots in (parsed.syntax.verb_slots(k), *parsed.syntax.gapped_slots(k)):
                    found.append(Trigger(chunk.main, k, lemma, "verb", verbs[lemma], slots))
        elif chunk.kind == NP:
            found += _nouns(parsed, k)
            found += _constructions(parsed, k, entities)
    for trigger in found:
        trigger.near = _near(parsed, trigger, entities)
    return found


def _near(parsed: Parsed, trigger: Trigger, entities: Sequence[DocEntity]) -> frozenset[str]:
    """Return the themes, entity types and kinds of amounts in a trigger's phrase and complements."""
    near = [trigger.chunk]
    for slot in NEAR_SLOTS:
        near += trigger.slots.get(slot, [])[:3]
    found: set[str] = set()
    for k in near:
        chunk = parsed.chunks[k]
        for at in range(chunk.first, chunk.last + 1):
            item = parsed.items[at]
            if at == trigger.item:
                continue
            if item.kind == "amount":
                found.add(parsed.amounts[item.ref].kind)
            elif item.kind == "name":
                found.add(entities[parsed.names[item.ref].entity].type)
            else:
                found |= words.themes().get(item.lemma, frozenset())
    for k in trigger.slots.get("obj", [])[:1]:
        head = parsed.items[parsed.chunks[k].head]
        if head.kind == "name":
            found.add(f"obj:{entities[parsed.names[head.ref].entity].type}")
        elif head.tag == "PRON":
            found.add("obj:pronoun")
    return frozenset(found)


def _nouns(parsed: Parsed, k: int) -> Iterator[Trigger]:
    """Yield the nouns of a phrase that the lexicon knows, in phrases of up to three words."""
    chunk = parsed.chunks[k]
    slots: Slots | None = None
    i = chunk.first
    while i <= chunk.last:
        item = parsed.items[i]
        length = 1
        if item.kind == "word" and item.tag in ("NOUN", "ADJ", "NUM", "VBG", "VBN"):
            length, uses = _noun_uses(parsed, i, chunk.last)
            if uses:
                slots = slots if slots is not None else parsed.syntax.noun_slots(k, i)
                last = i + length - 1
                lemma = " ".join([*(p.lower for p in parsed.items[i:last]), parsed.items[last].lemma])
                yield Trigger(last, k, lemma, "noun", uses, slots)
        i += length


def _noun_uses(parsed: Parsed, i: int, last: int) -> tuple[int, list[Use]]:
    """Return the longest noun entry that begins at an item, and its length in items."""
    nouns = lexicon().nouns
    for length in (3, 2):
        if i + length - 1 <= last:
            parts = [p.lower for p in parsed.items[i : i + length - 1]] + [parsed.items[i + length - 1].lemma]
            for joint in (" ", "-"):
                uses = nouns.get(joint.join(parts))
                if uses:
                    return length, uses
    item = parsed.items[i]
    lemma = item.lemma if item.tag == "NOUN" else words.noun_lemma(item.lower)
    return 1, nouns.get(lemma) or nouns.get(item.lower) or []


def _constructions(parsed: Parsed, k: int, entities: Sequence[DocEntity]) -> Iterator[Trigger]:
    """Yield the constructions of a phrase that need no word of the lexicon: "A's B", "A-based B", "B in A"."""
    chunk, nouns, syntax = parsed.chunks[k], lexicon().nouns, parsed.syntax
    if len(chunk.names) > 1 or (chunk.names and parsed.items[chunk.first].tag == "POSS"):
        yield Trigger(chunk.names[-1], k, "'s", "noun", nouns["'s"], {"np": [k]})
    for name in chunk.names:
        if name + 2 < len(parsed.items) and parsed.items[name + 2].lower in ("based", "headquartered"):
            yield Trigger(name + 2, k, "-based", "noun", nouns["-based"], syntax.noun_slots(k, name))
    if chunk.names and parsed.items[chunk.head].kind == "name":
        slots = syntax.noun_slots(k, chunk.head)
        if any(slots.get(p) for p in _WHERE):
            yield Trigger(chunk.head, k, "in", "noun", nouns["in"], {**slots, "self": [k]})
        if slots.get("of") or slots.get("behind"):
            yield Trigger(chunk.head, k, "of", "noun", nouns["of"], {**slots, "self": [k]})
    if any(n != chunk.head and _type(parsed, n, entities) == "Place" for n in chunk.names):
        yield Trigger(chunk.head, k, "+place", "noun", nouns["+place"], syntax.noun_slots(k, chunk.head))


def _type(parsed: Parsed, item: int, entities: Sequence[DocEntity]) -> str:
    return entities[parsed.names[parsed.items[item].ref].entity].type
