"""The companies that a store has, by names and ids of registers: whose records a register is read for."""

from kg.core.ids import name_words
from kg.schema.registry import registry
from kg.store.base import Store

_COMPANIES = """
MATCH (c:Company) RETURN c.id AS id, c.name AS name, c.aliases AS aliases, c.cik AS cik, c.lei AS lei,
c.wikidata AS wikidata ORDER BY id
"""
_SCHEMES = ("cik", "lei", "wikidata")
_LETTERS = 6
"""Letters of a name of one word from which it is likely to be one company's."""


def company_names(store: Store) -> tuple[str, ...]:
    """Return ids ("lei:…") and names of the companies in a store; nothing for a store that holds no documents.

    Left out are names of the package's registry, which knows better which of them are ordinary words, and short names
    of one word.
    """
    if not store.read("MATCH (s:KGStore) RETURN s.id AS id"):
        return ()
    found: list[str] = []
    for row in store.read(_COMPANIES):
        found += [f"{scheme}:{row[scheme]}" for scheme in _SCHEMES if row[scheme]]
        if row["id"] not in registry().entries:
            found += [name for name in (row["name"], *(row["aliases"] or ())) if _tells(name)]
    return tuple(dict.fromkeys(found))


def _tells(name: str) -> bool:
    words = name_words(name)
    return len(words) > 1 or len("".join(words)) >= _LETTERS
