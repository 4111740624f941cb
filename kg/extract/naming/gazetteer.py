"""Where a text uses a name of the registry: exact letters aside from case and accents, at word boundaries."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.core.ids import fold
from kg.schema.registry import Known, registry


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the registry in a text: ``text[start:end]``, the entities that have it, whether it needs context."""

    start: int
    end: int
    ids: tuple[str, ...]
    ambiguous: bool


@cache
def _automaton() -> Any:
    """Return the automaton of all folded names; each leads to the names as spelled and whose they are."""
    import ahocorasick  # noqa: PLC0415  only reading text needs it

    by_folded: dict[str, list[tuple[str, str, bool]]] = {}
    for known in registry():
        for name in known.names:
            folded = fold(name)
            if len(folded) > 1:
                by_folded.setdefault(folded, []).append((name, known.id, name in known.ambiguous))
    automaton = ahocorasick.Automaton()
    for folded, entries in by_folded.items():
        automaton.add_word(folded, (len(folded), entries))
    automaton.make_automaton()
    return automaton


def matches(text: str) -> list[Match]:
    """Return the registry names of a text, in order, longer ones first where they begin together; they may overlap."""
    folded, offsets = _folded(text)
    found = []
    for last, (length, entries) in _automaton().iter(folded):
        start, end = offsets[last - length + 1], offsets[last + 1]
        end = _with_plural(text, end, entries)
        if _bounded(text, start, end):
            match = _match(text, start, end, entries)
            if match:
                found.append(match)
    return sorted(found, key=lambda m: (m.start, -m.end))


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its positions the offset in the text that it comes from."""
    if text.isascii():
        return text.lower(), list(range(len(text) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    for i, character in enumerate(text):
        folded = fold(character) if not character.isascii() else character.lower()
        parts.append(folded)
        offsets += [i] * len(folded)
    return "".join(parts), [*offsets, len(text)]


def _with_plural(text: str, end: int, entries: list[tuple[str, str, bool]]) -> int:
    """Take the plural of a chip along: "H100s"."""
    plural = text[end : end + 1] == "s" and not text[end + 1 : end + 2].isalnum()
    return end + 1 if plural and any(id_.startswith("chip:") for _, id_, _ in entries) else end


def _bounded(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or (before == "-" and text[start - 2 : start - 1].isdigit()):
        return False
    return not (after.isalnum() or (after == "." and text[end + 1 : end + 2].isdigit()))


def _match(text: str, start: int, end: int, entries: list[tuple[str, str, bool]]) -> Match | None:
    """Keep the entities whose spelling allows this use: a name needs a capital unless it is written without one."""
    surface = text[start:end]
    capital = any(c.isupper() for c in surface)
    exact = [e for e in entries if e[0] == surface]
    usable = [e for e in entries if e in exact or (capital and _case_fits(surface, e[0]))]
    if not usable:
        return None
    ids = tuple(dict.fromkeys(id_ for _, id_, _ in (exact or usable)))
    return Match(start, end, ids, all(unsure for _, _, unsure in usable) or len({i.partition(":")[0] for i in ids}) > 1)


def _case_fits(surface: str, name: str) -> bool:
    """Say whether letters can be this name in other case: capitals throughout, or only the first as in a heading."""
    return surface.isupper() or surface[0].isupper() or name[0].islower()


def known(id_: str) -> Known:
    """Return the registry entry of an id."""
    return registry().entries[id_]


def longest(found: list[Match]) -> Iterator[Match]:
    """Yield the matches that no longer or earlier one covers."""
    end = -1
    for match in found:
        if match.start >= end:
            yield match
            end = match.end
