"""Nouns that say what a company does: "GPU cloud provider", "chipmaker", "the utility", "private equity firm"."""

import re
from collections.abc import Iterator
from functools import cache

from kg import resources
from kg.extract.reading import Parsed

ROLES = ("neocloud", "foundry", "chip_designer", "ai_lab", "hyperscaler", "utility", "investor", "developer")
_WEAK = frozenset(
    "lab labs laboratory laboratories fund funds investor investors developer developers foundry foundries utility "
    "utilities co-op co-ops cooperative cooperatives".split()
) | {f"cloud {word}" for word in "provider providers company companies firm firms".split()}


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the pattern of each role, from ``ontology/lexicon/roles.txt``."""
    found: dict[str, str] = {}
    role = ""
    for line in (resources.folder("ontology") / "lexicon" / "roles.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            found[role] += line
        elif line and not line.startswith("#"):
            role, _, found[role] = line.partition(" ")
    return tuple((role, re.compile(rf"(?<![\w-])(?:{found[role]})(?![\w-])")) for role in ROLES)


def roles(parsed: Parsed) -> Iterator[tuple[int, int, str, int]]:
    """Yield the role nouns of a segment: first and last item, role, and how plainly it says so.

    1 is a bare noun that may mean other things ("lab"), 2 says more.
    """
    joined, starts = "", []
    for item in parsed.items:
        starts.append(len(joined))
        word = item.lower if item.kind == "word" else "\u00a7"
        joined += word + ("" if word == "-" else " ")
    joined = joined.replace(" -", "-").ljust(len(joined))
    taken: list[tuple[int, int]] = []
    for role, pattern in _patterns():
        for found in pattern.finditer(joined):
            if any(found.start() < e and found.end() > s for s, e in taken):
                continue
            inside = [n for n, s in enumerate(starts) if found.start() <= s < found.end()]
            if inside:
                taken.append(found.span())
                yield inside[0], inside[-1], role, 1 if found.group() in _WEAK else 2
