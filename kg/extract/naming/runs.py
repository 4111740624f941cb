"""Runs: stretches of a segment that look like names, within which names are told apart."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from kg.extract.grammar import words
from kg.extract.grammar.tokens import Token
from kg.extract.naming.gazetteer import Match

_CONNECTORS = frozenset(
    "of and & de du des la le del della di da do dos das den der van von für fur y e the for al el bin ibn und et "
    "- / .".split()
)
SITE_TAILS = frozenset(
    "campus site center centre centers facility plant cluster supercomputer factory fab hub park complex hall "
    "mine project supercluster region station farm building".split()
)
"""Words in lower case that may end the name of a site: "Vineland data center"."""

_BEFORE_TAIL = frozenset(
    ("data", "ai", "power", "computing", "generating", "nuclear", "wind", "solar", "gas", "generating", "bitcoin")
)
_BETWEEN = frozenset(("to", "and", "or", "vs", "versus", "by"))
"""Small words between hyphens that join two names, not the parts of one: "Houston-to-Dallas"."""
_CAMEL = re.compile(r"[a-z]{1,3}[A-Z]|[A-Za-z]*\d+[A-Za-z]+|[A-Z]+\d")


@dataclass(slots=True)
class Run:
    """Tokens ``first`` to ``last`` (inclusive) of a segment, which may hold names."""

    first: int
    last: int


def runs(tokens: list[Token], matched: list[Match], *, shouting: bool) -> list[Run]:
    """Return the runs of a segment; ``shouting`` says that all its words begin with capitals."""
    starts = [t.start for t in tokens]
    forced = set()
    for match in matched:
        first = bisect_left(starts, match.start)
        for i in range(first, len(tokens)):
            if tokens[i].start >= match.end:
                break
            forced.add(i)
    marks = [i in forced or _nameish(tokens, i, shouting=shouting) for i in range(len(tokens))]
    found: list[Run] = []
    i = 0
    while i < len(tokens):
        if not marks[i] or (tokens[i].text in _CONNECTORS and i not in forced):
            i += 1
            continue
        j = i
        while True:
            k = j + 1
            while k < len(tokens) and k - j <= 2 and tokens[k].lower in _CONNECTORS and not marks[k]:
                k += 1
            if k < len(tokens) and marks[k] and _near(tokens, j, k):
                j = k
                continue
            if _over_particle(tokens, j) and marks[j + 4]:
                j += 4
                continue
            break
        j = _with_tail(tokens, j)
        found.append(Run(i, j))
        i = j + 1
    return found


def _with_tail(tokens: list[Token], j: int) -> int:
    """Take along the words in lower case that may end the name of a site."""
    for length in (1, 2):
        ahead = tokens[j + 1 : j + 1 + length]
        if len(ahead) == length and ahead[-1].lower in SITE_TAILS and all(t.lower in _BEFORE_TAIL for t in ahead[:-1]):
            return j + length
    return j


def _near(tokens: list[Token], j: int, k: int) -> bool:
    """Say whether two tokens can stand in one name: nothing but connectors and single spaces between them."""
    if k == j + 1:
        return tokens[k].start - tokens[j].end <= 1
    return all(t.lower in _CONNECTORS and not _apart(tokens, i) for i, t in enumerate(tokens[j + 1 : k], j + 1))


def _over_particle(tokens: list[Token], j: int) -> bool:
    """Say whether hyphens join a token to another over a small word: "Bruyères-le-Châtel", "Stratford-upon-Avon"."""
    ahead = tokens[j : j + 5]
    if len(ahead) < 5 or any(one.end != other.start for one, other in pairwise(ahead)):
        return False
    _, first, particle, second, last = (token.text for token in ahead)
    joined = first == second == "-" and particle.isalpha() and particle.islower() and last[0].isupper()
    return joined and particle not in _BETWEEN


def _apart(tokens: list[Token], i: int) -> bool:
    """Say whether a hyphen or stroke stands between spaces, as after a dateline, and so in no name."""
    spaced = tokens[i].start > tokens[i - 1].end or tokens[i + 1].start > tokens[i].end
    return tokens[i].text in ("-", "/") and spaced


def _nameish(tokens: list[Token], i: int, *, shouting: bool) -> bool:
    token = tokens[i]
    text = token.text
    if not text[0].isalnum():
        return False
    if text[0].isdigit():
        return _numbers_name(tokens, i)
    if _CAMEL.match(text) or not text[0].isupper():
        return bool(_CAMEL.match(text))
    lower = token.lower
    if lower in words.NUMBERS and i and tokens[i - 1].text[0].isupper() and _nameish(tokens, i - 1, shouting=shouting):
        return True  # "Gorse One"
    if lower in words.PRONOUNS or lower in words.POSSESSIVES or lower in words.MODALS or lower in words.BE:
        return text.isupper() and len(text) > 1 and not shouting and lower not in ("it", "us", "i")
    first = i == 0 or not tokens[i - 1].text[0].isalnum()
    return not ((first or shouting) and _small(lower))


def _numbers_name(tokens: list[Token], i: int) -> bool:
    """Say whether a number belongs to the name before it: "FIN-1", "Colossus 2"."""
    back = i - 1
    if back > 0 and tokens[back].lower == "-" and tokens[back].end == tokens[i].start:
        back -= 1
    if back < 0 or len(tokens[i].text) > 4:
        return False
    return tokens[back].text[0].isupper() and tokens[i].start - tokens[back].end <= 1


def _small(lower: str) -> bool:
    """Say whether a word is one of those that hold sentences together."""
    groups = (words.DETERMINERS, words.PREPOSITIONS, words.CONJUNCTIONS, words.SUBORDINATORS, words.ADVERBS)
    return any(lower in group for group in groups)
