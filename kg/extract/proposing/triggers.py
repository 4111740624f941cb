"""Triggers: the words of a segment that may say something, by the lexicon, each with its slots and what is near."""

from collections.abc import Iterator, Sequence

from kg.extract.grammar import words
from kg.extract.grammar.chunks import NP, VG
from kg.extract.grammar.lexicon import Use, lexicon
from kg.extract.proposing.candidates import Trigger
from kg.extract.proposing.near import near
from kg.extract.reading import DocEntity, Parsed

_WHERE = ("in", "at", "near", "outside", "on", "inside", "beside", "of")


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
                read = (parsed.syntax.verb_slots(k), *parsed.syntax.gapped_slots(k))
                found += [Trigger(chunk.main, k, lemma, "verb", verbs[lemma], slots) for slots in read]
        elif chunk.kind == NP:
            found += _nouns(parsed, k)
            found += _constructions(parsed, k, entities)
            found += _compounds(parsed, k)
    for trigger in found:
        trigger.near = near(parsed, trigger, entities)
    return found


def _nouns(parsed: Parsed, k: int) -> Iterator[Trigger]:
    """Yield the nouns of a phrase that the lexicon knows, in phrases of up to three words."""
    chunk = parsed.chunks[k]
    slots: dict[str, list[int]] | None = None
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
                for read in (slots, *parsed.syntax.gapped_noun_slots(k)):
                    yield Trigger(last, k, lemma, "noun", uses, read)
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


def _compounds(parsed: Parsed, k: int) -> Iterator[Trigger]:
    """Yield the participles that a hyphen ties to a name: "Microsoft-backed OpenAI", "a site, Nvidia-owned"."""
    verbs = lexicon().verbs
    for name in parsed.chunks[k].names:
        if name + 2 < len(parsed.items) and parsed.items[name + 1].lower in ("-", "–"):
            participle = parsed.items[name + 2]
            known = words.verb_forms().get(participle.lower)
            if known and participle.tag in ("VBN", "ADJ", "VBD") and known[0] in verbs:
                slots = parsed.syntax.noun_slots(k, parsed.chunks[k].head)
                yield Trigger(
                    name + 2, k, known[0], "verb", verbs[known[0]], {"obj": [k, *slots.get("self", [])], "np": [k]}
                )


def _constructions(parsed: Parsed, k: int, entities: Sequence[DocEntity]) -> Iterator[Trigger]:
    """Yield the constructions of a phrase that need no word of the lexicon: "A's B", "A-based B", "B in A"."""
    chunk, nouns, syntax = parsed.chunks[k], lexicon().nouns, parsed.syntax
    if len(chunk.names) > 1 or (chunk.names and parsed.items[chunk.first].tag == "POSS"):
        yield Trigger(chunk.names[-1], k, "'s", "noun", nouns["'s"], {"np": [k]})
    for i in range(chunk.first + 2, chunk.last + 1):
        if parsed.items[i].lower in ("based", "headquartered") and parsed.items[i - 1].lower in ("-", "–"):
            slots = syntax.noun_slots(k, i)
            city = [k - 2] if syntax.mark(k - 1) == "," and syntax.kind(k - 2) == NP and syntax.named(k - 2) else []
            yield Trigger(
                i, k, "-based", "noun", nouns["-based"], {**slots, "pre": city}
            )  # "Livingston, New Jersey-based"
    if chunk.names and parsed.items[chunk.head].kind == "name":
        slots = syntax.noun_slots(k, chunk.head)
        beside = _place_beside(parsed, k, entities)
        if beside:
            yield Trigger(chunk.head, k, ",", "noun", nouns[","], {"np": [k], "self": [k], "beside": beside})
        if any(slots.get(p) for p in _WHERE):
            yield Trigger(chunk.head, k, "in", "noun", nouns["in"], {**slots, "self": [k]})
        if slots.get("of") or slots.get("behind"):
            yield Trigger(chunk.head, k, "of", "noun", nouns["of"], {**slots, "self": [k]})
    for name in chunk.names:
        if name + 1 < len(parsed.items) and parsed.items[name + 1].lower in ("v", "vs", "versus"):
            other = next((j for j in (k + 1, k + 2) if syntax.kind(j) == NP and syntax.named(j)), None)
            if other is not None:
                yield Trigger(name + 1, k, "v", "noun", nouns["v"], {"np": [k], "after": [other]})
    if any(n != chunk.head and _type(parsed, n, entities) == "Place" for n in chunk.names):
        yield Trigger(chunk.head, k, "+place", "noun", nouns["+place"], syntax.noun_slots(k, chunk.head))


def _place_beside(parsed: Parsed, k: int, entities: Sequence[DocEntity]) -> list[int]:
    """Return the place that stands beside a name: "Gorse Field, Memphis", "Tajo Compute (Lisbon)"."""
    syntax = parsed.syntax
    other = k + 2
    if (
        syntax.mark(k + 1) not in (",", "(", ":", "–", "—", "-", "|")
        or syntax.kind(other) != NP
        or not syntax.named(other)
    ):
        return []
    heads = [parsed.chunks[n].head for n in (k, other)]
    return [other] if [_type(parsed, h, entities) == "Place" for h in heads] == [False, True] else []


def _type(parsed: Parsed, item: int, entities: Sequence[DocEntity]) -> str:
    return entities[parsed.names[parsed.items[item].ref].entity].type
