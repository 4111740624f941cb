"""GLEIF: legal entities, their parents, and reasons for naming none, as golden copies or answers of the API."""

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.core.claim import Claim
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.edition import Edition, edition
from kg.tables.source import source
from kg.tables.table import RECOGNISED, Item
from kg.tables.wanted import left_out, selected, wanted
from kg.text import xml as safe_xml

from . import api, entities, relations
from .entities import LegalEntity
from .relations import NotReported, Relation
from .xml import ROOTS, GoldenCopy

NAME = "gleif"
STREAMS = True

_TABLES = {
    "LEIData": entities.TABLE,
    "RelationshipData": relations.TABLE,
    "ReportingExceptionData": relations.EXCEPTIONS,
    "lei-records": entities.TABLE,
    "relationship-records": relations.TABLE,
    "reporting-exceptions": relations.EXCEPTIONS,
}
_API = re.compile(rf'"type"\s*:\s*"({"|".join(api.TYPES)})"'.encode())


def recognise(raw: Raw) -> float:
    """Return how sure it is that the item comes from GLEIF, by its first element or the type of its first record."""
    return RECOGNISED if _form(raw) else 0.0


def filters(raw: Raw) -> bool:
    """Say whether only the entities wanted are read of the file: of a golden copy, not of an answer of the API."""
    return _form(raw) in ROOTS


def is_checked(raw: Raw) -> bool:
    """Say whether the file is read to its end before anything is yielded: where only some of its records are wanted."""
    return not wanted(raw, "lei").everything


def load(raw: Raw) -> Iterator[Item]:
    """Yield the edition, the claims of the records that are wanted, and what was left out.

    From a golden copy come the entities known or asked for; an answer of the API was asked for already. Raises
    InputError, with the line, for a file that is damaged or breaks off.
    """
    form = _form(raw)
    if form is None:
        yield Rejection(raw.address, "no golden copy of GLEIF, and no answer of its API")
    elif form in ROOTS:
        told = _golden_copy(raw, form)
        yield from selected(told) if is_checked(raw) else told
    else:
        yield from _answer(raw, form)


def _form(raw: Raw) -> str | None:
    head = raw.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        found = _API.search(head)
        return found[1].decode() if found else None
    name = safe_xml.root_name(head[:8192])
    return name[1] if name and name[1] in ROOTS and "gleif.org" in name[0] else None


def _golden_copy(raw: Raw, form: str) -> Iterator[Item]:
    only = wanted(raw, "lei")
    copy = GoldenCopy(raw, form, only)
    said = _edition(raw, form, copy.header.get("ContentDate"))
    yield said.document
    found = 0
    try:
        for number, told in copy.wanted():
            found += 1
            yield from _claims(said, number, told)
    except ValueError as error:
        raise InputError(f"{raw.address}: {error}") from error
    promised = copy.header.get("RecordCount", "")
    if promised.isdecimal() and int(promised) != copy.count:
        yield Rejection(raw.address, f"{copy.count} records, where its header promises {promised}: an excerpt")
    if found < copy.count:
        yield Rejection(raw.address, left_out(copy.count - found, copy.count, "records"))


def _answer(raw: Raw, form: str) -> Iterator[Item]:
    try:
        data: Any = json.loads(raw.data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{raw.address}: not JSON ({getattr(error, 'msg', 'nested too deeply')})") from error
    said = _edition(raw, form, api.published(data, raw.address))
    yield said.document
    for number, told in api.read(data, raw.address):
        yield from _claims(said, number, told)


def _edition(raw: Raw, form: str, stated: str | None) -> Edition:
    day = (stated or "")[:10] or None
    return edition(raw, source(NAME), _TABLES[form], (), date_of=lambda *_: day, whole=False)


def _claims(said: Edition, number: int, told: LegalEntity | Relation | NotReported) -> Iterator[Claim | Rejection]:
    if isinstance(told, LegalEntity):
        yield from entities.claims(said, number, told)
    elif isinstance(told, Relation):
        yield from relations.claims(said, number, told)
    else:
        yield from relations.exceptions(said, number, told)
