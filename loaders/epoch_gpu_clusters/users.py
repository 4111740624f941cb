"""Users: companies and institutes among words such as "Cloud" and "Researchers", which name nobody."""

import re
from collections.abc import Iterator

from kg.core.claim import EntityName
from kg.schema.registry import registry
from kg.tables.cells import split, unquoted
from kg.tables.memo import remembered
from kg.tables.row import Row

from ..epoch import entity, is_remark

_NOBODY = re.compile(
    r"(?:cloud|azure|academia|academic|researchers?|industry|companies|healthcare|undisclosed client|aerospace|defense"
    r"|private sector|us companies|swiss universities|industry in .*|.*\b(?:community|communities))"
    r"|.*\b(?:research(?:ers)?|scien(?:ce|tific|tists)|academi[ac]|communit(?:y|ies)|startups|applications|agencies"
    r"|universities)\b.*",
    re.IGNORECASE,
)
"""Kinds of users; a name that holds such a word is taken for one only if the registry knows it."""

_NAMED = re.compile(r"\b(?:University|Institutes?|Agency|Council|Laboratory|Foundation|Initiative|Society|Inc|Ltd)\b")


def companies(row: Row, column: str) -> Iterator[EntityName]:
    """Yield the users that a cell names; kinds of users are left out, halves of sentences rejected."""
    for name in map(unquoted, split(row[column])):
        if _is_known(name):
            yield entity(name, "Company")
        elif _NOBODY.fullmatch(name) and (not _NAMED.search(name) or "communit" in name):
            continue
        elif is_remark(name):
            row.reject(column, f"a remark, not a name: {name[:60]!r}")
        elif name.split()[0].islower():
            row.reject(column, f"words that name nobody: {name[:60]!r}")
        else:
            yield entity(name, "Company")


@remembered
def _is_known(name: str) -> bool:
    return bool(registry().by_name(name, "Company"))
