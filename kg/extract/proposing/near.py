"""What stands near a trigger, for the conditions of its uses: themes, types of names, kinds of amounts, by slot."""

from collections.abc import Sequence

from kg.extract.grammar import words
from kg.extract.proposing.candidates import Trigger
from kg.extract.reading import DocEntity, Parsed

_SLOTS = ("obj", "obj2", "of", "for", "in", "with", "under", "on", "to", "vobj")
"""Where a trigger's conditions are looked for, beside its own phrase."""

_BY_SLOT = frozenset(
    (
        "obj",
        "obj2",
        "subj",
        "to",
        "for",
        "with",
        "from",
        "in",
        "of",
        "on",
        "into",
        "as",
        "at",
        "against",
        "vobj",
        "among",
        "by",
    )
)
"""Slots that a condition may name: "obj:capacity"."""

_PARTITIVE = frozenset(
    "all most half rest whole part portion bulk remainder some any much majority third quarter fifth lot share balance "
    "thousand hundred dozen million amount number series worth block slice tranche piece batch pair".split()
)
_MAJORITY = frozenset("majority wholly fully outright controlling wholly-owned fully-owned majority-owned sole".split())
_MINORITY = frozenset(
    "minority stake shareholder shareholders shares slice warrants sliver minority-owned partly "
    "part-owned part jointly co-owned".split()
)
_GETTING = frozenset("win land secure receive book bag clinch get pick scoop capture obtain pocket gain have".split())
"""Verbs whose subject is given what their object names: an order, a contract."""

_HALF = 50.0


def near(parsed: Parsed, trigger: Trigger, entities: Sequence[DocEntity]) -> frozenset[str]:
    """Return what stands in a trigger's phrase and complements, and ("obj:capacity") what heads each complement."""
    found: set[str] = set()
    chunks = [trigger.chunk]
    for slot in _SLOTS:
        chunks += trigger.slots.get(slot, [])[:3]
    for k in dict.fromkeys(chunks):
        found |= _in_phrase(parsed, k, trigger.item, entities)
    for slot, members in trigger.slots.items():
        if slot in _BY_SLOT:
            for k in members[:2]:
                found.update(f"{slot}:{what}" for what in _headed(parsed, k, entities))
    found |= _weighed(parsed, trigger)
    for k in trigger.slots.get("verb", ()):
        if trigger.part == "noun" and parsed.chunks[k].lemma in _GETTING:
            found.add("got")
    if trigger.slots.get("is"):
        found.add("is")
    if any(len(trigger.slots.get(slot, ())) > 1 for slot in ("subj", "by")):
        found.add("several")
    return frozenset(found)


def _in_phrase(parsed: Parsed, k: int, but: int, entities: Sequence[DocEntity]) -> set[str]:
    """Return themes, types and kinds of amounts in one phrase."""
    found: set[str] = set()
    chunk = parsed.chunks[k]
    for at in range(chunk.first, chunk.last + 1):
        item = parsed.items[at]
        if at == but:
            continue
        if item.kind == "amount":
            amount = parsed.amounts[item.ref]
            found.add(amount.kind)
            if amount.per:
                found.add("regular")
        elif item.kind == "name":
            found.add(entities[parsed.names[item.ref].entity].type)
        else:
            found |= words.themes().get(item.lemma, frozenset())
    return found


def _headed(parsed: Parsed, k: int, entities: Sequence[DocEntity]) -> set[str]:
    """Return what heads a phrase: a type, a theme or an amount; of "half of the space", the space."""
    chunk = parsed.chunks[k]
    head = parsed.items[chunk.head]
    if head.kind == "name":
        return {entities[parsed.names[head.ref].entity].type}
    if head.tag == "PRON":
        return {"pronoun"}
    found = _in_phrase(parsed, k, -1, entities) - {"Company", "Person", "Place"}
    if (
        (head.kind != "word" or head.lemma in _PARTITIVE)
        and parsed.syntax.mark(k + 1) == "of"
        and parsed.syntax.kind(k + 2) == "NP"
    ):
        found |= _in_phrase(parsed, k + 2, -1, entities)
    return found


def _weighed(parsed: Parsed, trigger: Trigger) -> set[str]:
    """Say whether shares or words of majority or minority stand around a trigger."""
    found: set[str] = set()
    for item in parsed.items[max(0, trigger.item - 7) : trigger.item + 8]:
        if item.kind == "amount":
            amount = parsed.amounts[item.ref]
            if amount.kind == "percent" and amount.value != _HALF:
                found.add("majority" if amount.value > _HALF else "minority")
        elif item.lower in _MAJORITY:
            found.add("majority")
        elif item.lower in _MINORITY:
            found.add("minority")
    return found
