r"""What a query may not say, found in its text before it is sent.

READ access mode keeps a query from changing the graph, but on Neo4j not from reading files (LOAD CSV), ending other
people's transactions or listing users, and the two engines differ in what they take. So a query must begin like one
that reads, and may call only procedures that are known to be harmless. Texts, comments and quoted names are skipped
as the engines' own lexers skip them. Neo4j replaces escapes such as \u0027 before it reads the text, so those of
ASCII characters, which could end a quotation, are refused everywhere, and all others outside texts.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from kg.exceptions import QueryError, ReadOnlyError

PROCEDURES = frozenset({"db.labels", "db.relationshiptypes", "db.propertykeys", "db.index.fulltext.querynodes"})
"""What a query may call, in lower case."""

_READS = ("MATCH", "OPTIONAL", "UNWIND", "WITH", "RETURN", "CALL")
_WRITES = frozenset({"CREATE", "MERGE", "INSERT", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH", "DROP"})
_AFTER_A_VARIABLE = _WRITES | {*_READS, "WHERE", "SKIP", "OFFSET", "LIMIT", "AND", "OR", "XOR", "IN", "CONTAINS"}
_AFTER_A_VARIABLE |= {"WHEN", "THEN", "ELSE"}
"""Words between a variable that is called `call` and an opening bracket: no procedure has their names."""

_TOKEN = re.compile(
    r"""
    (?P<skip> \s+ | //[^\r\n]* | /\*.*?(?:\*/|\Z) )
  | (?P<text> '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*" )
  | (?P<name> `(?:[^`]|``)*` )
  | (?P<parameter> \$ (?: \w+ | `(?:[^`]|``)*` ) )
  | (?P<word> [^\W\d]\w* )
  | (?P<symbol> \d+ | . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ASCII_ESCAPE = re.compile(r"\\u+00[0-7][0-9a-f]", re.IGNORECASE)


@lru_cache(maxsize=512)
def check(cypher: str) -> None:
    """Accept the text of a reading query, or raise ReadOnlyError or QueryError with the reason.

    What is accepted can still be refused by the engine, which alone knows the grammar.
    """
    escape = _ASCII_ESCAPE.search(cypher)
    if escape:
        raise QueryError(f"Write the character itself instead of {escape[0]}.")
    tokens = list(_tokens(cypher))
    _check_start(tokens)
    for at, word in enumerate(tokens):
        before, after = tokens[max(0, at - 4) : at], tokens[at + 1 : at + 20]
        if word == "LOAD" and after[:1] == ["CSV"]:
            raise QueryError("A query reads the store, not files: LOAD CSV is not allowed.")
        if word == "CALL" and before[-1:] != ["."]:
            _check_call(after)
        if word == "USE" and _starts_query(before) and after[:1] not in ([":"], [","], ["}"], ["."]):
            raise QueryError("USE is not allowed; which database is read is set with NEO4J_DATABASE.")
        if word == "TRANSACTIONS" and _ends_subquery(before):
            raise ReadOnlyError("A query only reads: IN TRANSACTIONS is not allowed.")


def _tokens(cypher: str) -> Iterator[str]:
    """Yield words in capitals, symbols as they are, and for what is quoted only its quote or "$"."""
    for match in _TOKEN.finditer(cypher):
        kind, found = match.lastgroup, match.group()
        if kind != "text" and ("\\u" in found or found == "\\"):
            raise QueryError("A backslash stands only in a text; write the character itself.")
        if kind == "word":
            yield unicodedata.normalize("NFKC", found).upper()
        elif kind == "name":
            yield "`" + found[1:-1].replace("``", "`")
        elif kind != "skip":
            yield found[0] if kind in {"text", "parameter"} else found


def _check_start(tokens: list[str]) -> None:
    first = tokens[0] if tokens else ""
    if first in _WRITES:
        raise ReadOnlyError(f"A query only reads: {first} is not allowed.")
    if first not in _READS:
        raise QueryError(
            f"A query begins with {', '.join(_READS[:-1])} or {_READS[-1]}, not with {first or 'nothing'}."
        )


def _check_call(after: list[str]) -> None:
    """Check what follows the word CALL: a procedure, a subquery, or anything if it is a variable's name."""
    called, rest = _dotted_name(after)
    is_procedure = "." in called or (called.upper() not in _AFTER_A_VARIABLE and rest[:1] in ([], ["("]))
    if called and is_procedure and called not in PROCEDURES:
        raise QueryError(f"A query may not call {called}; it may call {', '.join(sorted(PROCEDURES))}.")


def _dotted_name(tokens: list[str]) -> tuple[str, list[str]]:
    """Split a name such as ``db.labels`` from the front, in lower case."""
    parts: list[str] = []
    at = 0
    while at < len(tokens) and (tokens[at].isidentifier() or tokens[at].startswith("`")):
        parts.append(tokens[at].removeprefix("`").lower())
        at += 1
        if tokens[at : at + 1] != ["."]:
            break
        at += 1
    return ".".join(parts), tokens[at:]


def _starts_query(before: list[str]) -> bool:
    return not before or before[-1] in {"{", "UNION"} or before[-2:] in (["UNION", "ALL"], ["UNION", "DISTINCT"])


def _ends_subquery(before: list[str]) -> bool:
    """Say whether the text ends with ``} IN`` or ``} IN 4 CONCURRENT``."""
    return before[-2:] == ["}", "IN"] or (before[-1:] == ["CONCURRENT"] and before[-4:-2] == ["}", "IN"])
