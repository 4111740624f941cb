"""Filings with the SEC: a main document or exhibit as HTML or text, or a full submission with all of them."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.tables.table import Item
from kg.tables.wanted import selected
from kg.text import metadata
from kg.text.blocks import Block, render
from kg.text.bylines import published, read_date
from kg.text.html import page_blocks
from kg.text.plain import one_line, read_text
from kg.text.sniff import looks_like_html

from . import holdings, items, parties
from .plain import plain_blocks
from .submission import Part, Submission, read_submission

_SGML = re.compile(
    rb"\s*(?:-----BEGIN PRIVACY-ENHANCED MESSAGE-----|<(?:SEC|IMS)-(?:DOCUMENT|HEADER)>|<DOCUMENT>\s*<TYPE>)"
)
_INLINE = re.compile(rb"xmlns:dei\s*=|http://www\.xbrl\.org/2013/inlineXBRL")
_INDEX = re.compile(rb"<title>\s*EDGAR Filing Documents for\s+([\d-]{20})", re.IGNORECASE)
_COVER = re.compile(
    r"securities\s+and\s+exchange\s+commission\s*(?:\W*washington\W+d\.?\s?c\.?[\s\d-]*)?.{0,200}?\bform\s+"
    r"(?:8-K|10-[KQ]|20-F|6-K|S-[134]|F-[134]|40-F|11-K|DEF)",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"<[^<>]*>|&nbsp;|&#160;")
_FORM = re.compile(r"^\W*form\s+(\d{1,2}-[A-Z]{1,2}(?:/A)?|S-\d+(?:/A)?|F-\d+(?:/A)?|DEF ?14A)\b", re.IGNORECASE)
_DATA = re.compile(r"GRAPHIC|ZIP|EXCEL|JSON|XML|PDF|EX-10[01]\b.*|EX-FILING FEES|COVER", re.IGNORECASE)
_WRAPPED = re.compile(r"\s*</?(?:XBRL|XML|PDF)>\s*", re.IGNORECASE)
_EXHIBIT = re.compile(r"EX-99", re.IGNORECASE)
_SIGNED = re.compile(
    r"\b(?:date|dated)\s*:\s*([A-Z][a-z]+ \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d\d-\d\d)", re.IGNORECASE
)
_RELEASED = re.compile(r"for (?:immediate )?release\W{0,3}([A-Z][a-z]+ \d{1,2}, \d{4})", re.IGNORECASE)
_REPORTED = re.compile(r"date of report[^:\n]*[:\n]?\s*(?:\([^)]*\))?\W*([A-Z][a-z]+ \d{1,2}, \d{4})", re.IGNORECASE)


def recognise(raw: Raw) -> float:
    """Return how sure it is that the item is a filing: EDGAR's tags, inline XBRL, a form's cover, an index page."""
    if _SGML.match(raw.data[:400]) or _is_holdings(raw):
        return 0.97
    if not looks_like_html(raw.data[:8192]):
        return 0.0
    head = raw.data[:65_536]
    if _INLINE.search(head) or _INDEX.search(head):
        return 0.95
    if b"xchange" not in head and b"XCHANGE" not in head:
        return 0.0
    text = " ".join(_TAGS.sub(" ", head.decode("latin-1")).split())
    return 0.95 if _COVER.search(text[:3000]) else 0.0


def _is_holdings(raw: Raw) -> bool:
    return b"thirteenf/informationtable" in raw.data[:2000] and b"<SEC-" not in raw.data[:2000]


def filters(raw: Raw) -> bool:
    """Say whether only the entities wanted are read: of a table of holdings."""
    return b"<TYPE>" + holdings.TYPE.encode() in raw.data


def load(raw: Raw) -> Iterator[Item]:
    """Yield a document for each part in words, but no data, pictures and archives; then what the header says."""
    text = read_text(raw.data, raw.charset)
    index = _INDEX.search(raw.data[:65_536])
    if index:
        number = index[1].decode()
        yield Rejection(raw.address, f"the index page of filing {number}: load {number}.txt, or the documents it lists")
        return
    if text is None or _is_holdings(raw):
        why = "a table of holdings that does not say whose: load the full submission (.txt) that it is part of"
        yield Rejection(raw.address, why if text else "a filing in no known character set")
        return
    try:
        submission = read_submission(text) if _SGML.match(raw.data[:400]) else Submission((Part("", "", "", text),))
    except ValueError as error:
        yield Rejection(raw.address, str(error))
        return
    alone = len(submission.parts) == 1 and submission.accession is None
    for number, part in enumerate(submission.parts, 1):
        where = raw.address if alone else f"{raw.address}#{part.filename or number}"
        if part.type == holdings.TYPE:
            yield from selected(holdings.read(raw, submission, part, where))
        elif not _DATA.fullmatch(part.type):
            yield _document(raw, submission, part, where)
    yield from parties.read(raw, submission)


def _document(raw: Raw, submission: Submission, part: Part, where: str) -> Document | Rejection:
    try:
        blocks = _blocks(part.text)
    except ValueError as error:
        return Rejection(where, str(error))
    form = part.type or _stated_form(blocks)
    main = items.told(blocks, form)
    text = render([block for block, is_told in zip(blocks, main, strict=True) if is_told])
    if not text:
        return Rejection(where, f"{part.type or 'a filing'} without text")
    aside = render([block for block, is_told in zip(blocks, main, strict=True) if not is_told])
    name = one_line(submission.name or items.registrant(blocks) or "") or None
    day = _day(submission, form, text, aside)
    kind = "release" if metadata.kind(text) == "release" else "filing"
    numbers = items.items([block for block, is_told in zip(blocks, main, strict=True) if is_told])
    document = raw.document(
        text,
        kind=kind,
        title=(metadata.title(text) if kind == "release" else None) or _title(name, form, day, numbers),
        url=submission.url(part),
        publisher=name,
        published=day,
        aside=aside,
    )
    return replace(document, address=where, file=raw.address if where != raw.address else None)


def _blocks(text: str) -> list[Block]:
    bare = _WRAPPED.sub("\n", text) if "<X" in text[:200] or "<P" in text[:200] else text
    data = bare.strip().encode("utf-8", "replace")
    if not looks_like_html(data[:8192]):
        if bare.lstrip().startswith(("<?xml", "begin 6")):
            raise ValueError("a form of data (XML) or a picture, no text")
        return plain_blocks(bare)
    return page_blocks(data)


def _stated_form(blocks: list[Block]) -> str:
    stated = (found for block in blocks[:40] if (found := _FORM.match(block.text)))
    found = next(stated, None)
    return found[1].upper() if found else ""


def _day(submission: Submission, form: str, text: str, aside: str) -> str | None:
    """Return when it was said: a release's own date, the day of filing, that of the signature, that of the report."""
    if _EXHIBIT.match(form) or not form:
        released = _RELEASED.search(text, 0, 3000)
        own = read_date(released[1]) if released else published(text[:3000])
        if own and (submission.filed is None or own <= submission.filed):
            return own
    if submission.filed:
        return submission.filed
    for pattern, where in ((_SIGNED, aside[-3000:]), (_SIGNED, text[-3000:]), (_REPORTED, text[:3000] + aside[:3000])):
        found = [day for match in pattern.finditer(where) if (day := read_date(match[1]))]
        if found:
            return max(found)
    return None


def _title(name: str | None, form: str, day: str | None, numbers: list[str]) -> str | None:
    if not name:
        return form or None
    what = f"{form}" if form else "filing"
    listed = f", items {', '.join(numbers)}" if numbers and len(numbers) <= 6 else ""
    return f"{name}: {what}{f' of {day}' if day else ''}{listed}"
