"""Registers of the SEC: submissions, company tickers, company facts, and the feed of latest filings."""

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.tables.source import source
from kg.tables.table import RECOGNISED, Item
from kg.tables.wanted import selected, wanted

from . import facts, latest, submissions, tickers

NAME = "sec-edgar"

_FORMS = (
    (tickers.TABLE, re.compile(rb'\{\s*"\d+"\s*:\s*\{\s*"cik_str"\s*:')),
    (tickers.TABLE, re.compile(rb'\{\s*"fields"\s*:\s*\[\s*"cik"\s*,\s*"name"\s*,\s*"ticker"')),
    (
        facts.TABLE,
        re.compile(rb'\{\s*"cik"\s*:\s*"?\d+"?\s*,\s*"entityName"\s*:\s*"(?:[^"\\]|\\.)*"\s*,\s*"facts"\s*:'),
    ),
    (submissions.TABLE, re.compile(rb'\{\s*"accessionNumber"\s*:\s*\[')),
)
_SUBMISSIONS = re.compile(rb'\{\s*"cik"\s*:\s*"?\d+"?\s*,\s*"entityType"\s*:')
_FEED = re.compile(rb"<id>https?://www\.sec\.gov/cgi-bin/browse-edgar|urn:tag:sec\.gov,2008:accession-number=")


def recognise(raw: Raw) -> float:
    """Return how sure it is that the item is one of the SEC's registers, by the keys that it begins with."""
    return RECOGNISED if _table(raw) else 0.0


def filters(raw: Raw) -> bool:
    """Say whether only the entities wanted are read of the file: of lists of all filers, not of one filer's record."""
    return _table(raw) in (tickers.TABLE, latest.TABLE)


def load(raw: Raw) -> Iterator[Item]:
    """Yield the edition, the claims of its records, and what was left out; raises InputError for a damaged file."""
    told = _read(raw)  # all of it first, so that nothing of a damaged file is passed on
    yield from list(told) if wanted(raw, "cik").everything else selected(told)


def _read(raw: Raw) -> Iterator[Item]:
    table = _table(raw)
    info = source(NAME)
    if table is None:
        yield Rejection(raw.address, "none of the SEC's registers: submissions, tickers, company facts, latest filings")
    elif table == latest.TABLE:
        try:
            yield from latest.read(raw, info)
        except ValueError as error:
            raise InputError(f"{raw.address}: {error}") from error
    else:
        yield from _readers()[table](raw, _parsed(raw), info)


def _readers() -> dict[str, Any]:
    return {tickers.TABLE: tickers.read, facts.TABLE: facts.read, submissions.TABLE: submissions.read}


def _table(raw: Raw) -> str | None:
    head = raw.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{"):
        if _SUBMISSIONS.match(head):
            return submissions.TABLE
        return next((name for name, form in _FORMS if form.match(head)), None)
    return latest.TABLE if head.startswith(b"<") and b"<feed" in head[:2000] and _FEED.search(head[:8192]) else None


def _parsed(raw: Raw) -> dict[str, Any]:
    try:
        data = json.loads(raw.data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{raw.address}: not JSON ({getattr(error, 'msg', 'nested too deeply')})") from error
    return dict(data)
