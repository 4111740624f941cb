"""Wikidata: items as the API and the dumps give them, and results of SPARQL queries, all as JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import Edition, edition
from kg.tables.lines import lines
from kg.tables.record import mapping
from kg.tables.source import source
from kg.tables.table import RECOGNISED, Item
from kg.tables.wanted import Wanted, left_out, selected, wanted

from . import items, sparql
from .kinds import kind_of
from .statements import statements

NAME = "wikidata"
STREAMS = True

_FORMS = (
    ("items", re.compile(rb'\{\s*"entities"\s*:\s*\{\s*(?:"[QPL]\d+"\s*:|\})')),
    ("dump", re.compile(rb'\[?\s*\{\s*"(?:type"\s*:\s*"(?:item|property)"|pageid"\s*:\s*\d+|id"\s*:\s*"Q\d)')),
    ("results", re.compile(rb'\{\s*"head"\s*:\s*\{\s*(?:"link"\s*:\s*\[[^\]]*\]\s*,\s*)?"vars"\s*:')),
    ("search", re.compile(rb'\{\s*"searchinfo"\s*:')),
)
_SIGNS = re.compile(rb'"(?:claims|labels)"\s*:')


def recognise(raw: Raw) -> float:
    """Return how sure it is that the item comes from Wikidata, by the keys that it begins with."""
    return RECOGNISED if _form(raw) else 0.0


def filters(raw: Raw) -> bool:
    """Say whether only the entities wanted are read of the file: of a dump, not of an answer or of results."""
    return _form(raw) == "dump"


def is_checked(raw: Raw) -> bool:
    """Say whether a dump is read to its end before anything is yielded: where only some of its items are wanted."""
    return not wanted(raw, "wikidata").everything


def load(raw: Raw) -> Iterator[Item]:
    """Yield the edition, the claims of its items, and what was left out.

    From a dump come the items known or asked for; an answer of the API or a query was asked for already. Raises
    InputError, with the line, for what is damaged.
    """
    form = _form(raw)
    if form == "dump":
        told = _dump(raw)
        yield from selected(told) if is_checked(raw) else told
    elif form == "items":
        yield from _items(raw, _parsed(raw))
    elif form == "results":
        yield from _results(raw, _parsed(raw))
    elif form == "search":
        yield Rejection(raw.address, "candidates that a search found, which state nothing: load the items themselves")
    else:
        yield Rejection(raw.address, "neither items of Wikidata nor results of a query")


def _form(raw: Raw) -> str | None:
    head = raw.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    form = next((name for name, begin in _FORMS if begin.match(head)), None)
    return form if form != "dump" or _SIGNS.search(head) else None


def _parsed(raw: Raw) -> Mapping[str, Any]:
    if raw.partial:
        raise InputError(f"{raw.address}: too large for one answer; take the dump, which has one item a line")
    try:
        data = json.loads(raw.data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{raw.address}: not JSON ({getattr(error, 'msg', 'nested too deeply')})") from error
    return mapping(data, raw.address)


# --- items of the API


def _items(raw: Raw, data: Mapping[str, Any]) -> Iterator[Item]:
    found = mapping(data.get("entities"), f"{raw.address}: entities")
    told = {key: mapping(item, f"{raw.address}: {key}") for key, item in found.items()}
    modified = max((str(item.get("modified") or "")[:10] for item in told.values()), default="") or None
    said = _edition(raw, items.TABLE, modified)
    yield said.document
    known = _known(told, raw.address)
    for number, (key, item) in enumerate(told.items(), 1):
        if "missing" in item or not item.get("id"):
            yield Rejection(f"{raw.address}: row {number}", f"{key} is missing in Wikidata")
        elif item.get("type") != "item":
            yield Rejection(f"{raw.address}: row {number}", f"{key} is a {str(item.get('type'))[:40]}, no item")
        else:
            yield from items.claims(said, number, item, known)


def _known(told: Mapping[str, Mapping[str, Any]], where: str) -> items.Known:
    """Return what the file says of its items, for those that name each other."""
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for item in told.values():
        number = str(item.get("id") or "")
        if own := items.names_of(item, where):
            names[number] = own[0]
        if kind := kind_of(item, where):
            kinds[number] = kind
    return items.Known(names, kinds)


# --- dumps


def _dump(raw: Raw) -> Iterator[Item]:
    only = wanted(raw, "wikidata")
    said = _edition(raw, items.TABLE, None)
    yield said.document
    known = items.Known({}, {})
    count = left = 0
    for number, item in _lines(raw):
        if item.get("type") != "item":  # properties and lexemes are no entities
            continue
        count += 1
        if _is_wanted(item, only, f"{raw.address}: row {number}"):
            yield from items.claims(said, number, item, known)
        else:
            left += 1
    if left:
        yield Rejection(raw.address, left_out(left, count, "items"))


def _lines(raw: Raw) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the items of a dump with their lines: an array with one item a line, or one item a line without it."""
    opened = closed = False
    for number, line in enumerate(lines(raw), 1):
        text = line.strip().removesuffix(",")
        opened |= text.startswith("[")
        if text in ("", "[", "]"):
            closed |= text == "]"
            continue
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            reason = getattr(error, "msg", "nested too deeply")
            raise InputError(f"{raw.address}: row {number}: not JSON ({reason}); a dump has one item a line") from error
        closed |= isinstance(data, list)
        for item in data if isinstance(data, list) else [data]:
            yield number, mapping(item, f"{raw.address}: row {number}")
    if opened and not closed:
        raise InputError(f"{raw.address}: the dump broke off: its last line is no bracket")


def _is_wanted(item: Mapping[str, Any], only: Wanted, where: str) -> bool:
    if only.everything or only.by_id(f"wikidata:{item.get('id')}"):
        return True
    if any(only.by_name(name) for name in items.names_of(item, where)):
        return True
    ids = (("P5531", "cik"), ("P1278", "lei"))
    return any(
        only.by_id(f"{scheme}:{told.value.lstrip('0') if scheme == 'cik' else told.value}")
        for name, scheme in ids
        for told in statements(item, name, where)
    )


# --- results of queries


def _results(raw: Raw, data: Mapping[str, Any]) -> Iterator[Item]:
    columns, rows = sparql.results(data, raw.address)
    subject = sparql.subject_of(columns)
    kind = sparql.type_of(subject, columns) if subject else None
    if subject is None or kind is None:
        names = ", ".join(f"?{name}" for name in ("company", "facility", "chip", "model", "person", "place"))
        yield Rejection(raw.address, f"no column says what the results are about; call the variable one of {names}")
        return
    said = edition(raw, source(NAME), sparql.TABLE, tuple(columns), whole=False)
    yield said.document
    for column in sparql.unread(subject, columns):
        yield Rejection(raw.address, f"column {column!r} is not known and was not read")
    for number, result in enumerate(rows, 1):
        yield from sparql.claims(said, number, result, subject, kind)


def _edition(raw: Raw, table: str, day: str | None) -> Edition:
    return edition(raw, source(NAME), table, (), date_of=lambda *_: day, whole=False)
