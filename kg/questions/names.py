"""Finds the entity that a person means: by id, name, alias, other spelling, or part of a name."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.core.ids import fold, name_key, slug
from kg.exceptions import UsageError
from kg.store.base import Row, Store

_SHORTEST = 3
"""Letters that a part of a name must have to stand for the whole."""
_SHOWN = 8
_ALIKE = 75
"""Likeness (0 to 100) from which a name is offered for a mistyped one."""
_PROJECTION = "e.id AS id, e.name AS name, e.aliases AS aliases, labels(e) AS labels"


@dataclass(frozen=True, slots=True)
class Found:
    """An entity of the store; ``mentioned`` is False for one that only the registry knows.

    ``exact`` tells whether the text was one of its names, and not only a part of one.
    """

    id: str
    name: str
    type: str
    exact: bool = True
    mentioned: bool = True


def find(store: Store, text: str, types: Sequence[str] = ()) -> Found:
    """Return the entity that ``text`` names, one of these types, or of any but Deal.

    Tried in turn: its id; its name; any alias, without regard to case, accents, punctuation and legal suffix; an id
    made of any alias; the only name that begins with the text or holds all its words; the registry. Raises UsageError,
    with the candidates, for a text that names several entities or none, and for one that is part of a chip's name but
    all of the name of another designer's.
    """
    wanted = text.strip()
    if not wanted:
        raise UsageError(f"An empty text names no {_kinds(types)}.")
    direct = _direct(store, wanted, types)
    if len(direct) == 1:
        return _found(direct[0])
    rows = names(store, types)
    for step in (_same_name, _same_key, _same_slug, _beginning, _all_words):
        hits = step(wanted, rows)
        if len(hits) == 1:
            exact = step in (_same_name, _same_key, _same_slug)
            if not exact and (other := _designated(wanted, hits[0])):
                raise UsageError(f"{_several(wanted, [other, *hits])} No document mentions {other['name']}.")
            return _found(hits[0], exact=exact)
        if hits:
            raise UsageError(_several(wanted, hits))
    return _known(wanted, types) or _fail(store, wanted, types, rows)


def names(store: Store, types: Sequence[str] = ()) -> list[Row]:
    """Return id, name, aliases and labels of every entity of these types, or of all but deals, by id."""
    which = f"(e:{'|'.join(types)})" if types else "(e:Entity) WHERE NOT e:Deal"
    rows = store.read(f"MATCH {which} RETURN {_PROJECTION} ORDER BY id")
    return [{**row, "labels": sorted(row["labels"])} for row in rows]


def _direct(store: Store, text: str, types: Sequence[str]) -> list[Row]:
    """Look the text up as an id, then by the indexed forms of a name."""
    rows: list[Row] = []
    if ":" in text:
        rows = store.read(f"MATCH (e:Entity {{id: $id}}) RETURN {_PROJECTION}", {"id": text}) or _deal_of(store, text)
        if rows and not _is_one_of(rows[0], types):
            raise UsageError(f"{rows[0]['name']} is a {_type(rows[0]).lower()}, not a {_kinds(types)}.")
    return rows or [
        row
        for row in store.read(f"MATCH (e:Entity) WHERE e.name = $name RETURN {_PROJECTION} ORDER BY id", {"name": text})
        if _is_one_of(row, types) and (types or _type(row) != "Deal")
    ]


def _deal_of(store: Store, text: str) -> list[Row]:
    """Return the deal that a claim tells of; a deal's id is that of one of its claims, and may be an old one."""
    kind, _, digest = text.partition(":")
    if kind not in ("claim", "deal"):
        return []
    query = f"MATCH (c:Claim {{id: $id}})-[:ABOUT]->(e:Entity) RETURN {_PROJECTION}"
    return store.read(query, {"id": f"claim:{digest}"})


# --- the steps, each from certain to less so


def _same_name(text: str, rows: list[Row]) -> list[Row]:
    return _with(rows, lambda name: name == text)


def _same_key(text: str, rows: list[Row]) -> list[Row]:
    key = name_key(text)
    named = [row for row in rows if name_key(row["name"]) == key]
    return named or _with(rows, lambda name: name_key(name) == key)


def _same_slug(text: str, rows: list[Row]) -> list[Row]:
    kind, colon, rest = text.casefold().rpartition(":")
    mine = [row for row in rows if not colon or _type(row).casefold() == kind]
    return _with(mine, lambda name: slug(name) == rest)


def _beginning(text: str, rows: list[Row]) -> list[Row]:
    start = _plain(text)
    return _with(rows, lambda name: _plain(name).startswith(start)) if len(start) >= _SHORTEST else []


def _all_words(text: str, rows: list[Row]) -> list[Row]:
    words = set(_plain(text).split())
    if not words or min(map(len, words)) < 2 or max(map(len, words)) < _SHORTEST:
        return []
    return _with(rows, lambda name: words <= set(_plain(name).split()))


def _with(rows: list[Row], matches: Callable[[str], bool]) -> list[Row]:
    return [row for row in rows if any(matches(name) for name in (row["name"], *(row["aliases"] or ())))]


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


# --- what was found, or not


def _type(row: Row) -> str:
    labels: list[str] = row["labels"]
    return next(label for label in sorted(labels) if label != "Entity")


def _is_one_of(row: Row, types: Sequence[str]) -> bool:
    return not types or _type(row) in types


def _found(row: Row, *, exact: bool = True) -> Found:
    return Found(row["id"], row["name"], _type(row), exact)


def _kinds(types: Sequence[str]) -> str:
    return " or ".join(kind.lower() for kind in types) or "entity"


def _several(text: str, rows: list[Row]) -> str:
    shown = [f"{row['name']} ({row['id']})" for row in rows[:_SHOWN]]
    more = f", or {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return f"{text!r} can mean {', '.join(shown)}{more}. Give the whole name or the id."


def _known(text: str, types: Sequence[str]) -> Found | None:
    """Return what the registry alone knows by this name: nothing here mentions it, but the name is right."""
    from kg.schema.registry import registry  # noqa: PLC0415  takes longer than most look-ups

    entry = registry().entries.get(text)
    entries = [entry] if entry else registry().by_name(text)
    hits = [entry for entry in entries if not types or entry.type in types]
    return Found(hits[0].id, hits[0].name, hits[0].type, mentioned=False) if len(hits) == 1 else None


def _designated(text: str, hit: Row) -> Row | None:
    """Return the chip that the registry knows by just this name, if ``hit`` is a chip of other designers.

    "R200" alone is Nvidia's: where only Kunlun R200 boards are told of, nobody can know which was meant.
    """
    from kg.schema.registry import registry  # noqa: PLC0415  as above

    if _type(hit) != "Chip":
        return None
    entries = registry()
    designers = (
        {owner.id for owner in entries.owners(entries.entries[hit["id"]])} if hit["id"] in entries.entries else set()
    )
    for known in entries.by_name(text, "Chip"):
        if known.id != hit["id"] and designers.isdisjoint(owner.id for owner in entries.owners(known)):
            return {"name": known.name, "id": known.id}
    return None


def _fail(store: Store, text: str, types: Sequence[str], rows: list[Row]) -> Found:
    if types and (other := [hit for hit in _same_key(text, names(store)) if not _is_one_of(hit, types)]):
        raise UsageError(f"{other[0]['name']} is a {_type(other[0]).lower()}, not a {_kinds(types)}.")
    if not rows:
        raise UsageError(f"No {_kinds(types)} {text!r}: there is none in {store.address} yet. Load documents: kg load")
    raise UsageError(f"No {_kinds(types)} {text!r} in {store.address}.{_closest(text, rows)}")


def _closest(text: str, rows: Iterable[Row]) -> str:
    """Return " Did you mean …?" with the entities whose names are closest, each once, or an empty text."""
    from rapidfuzz import process, utils  # noqa: PLC0415  only wanted when something went wrong

    owner = {name: row["name"] for row in rows for name in (row["name"], *(row["aliases"] or ()))}
    hits = process.extract(text, list(owner), limit=12, score_cutoff=_ALIKE, processor=utils.default_process)
    found = list(dict.fromkeys(owner[str(hit[0])] for hit in hits))[:3]
    return f" Did you mean {' or '.join(found)}?" if found else ""
