"""A full submission to EDGAR: its header, and the documents between its tags."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.tables.dates import date

_HEADER = re.compile(r"<(SEC|IMS)-HEADER>.*?</\1-HEADER>", re.DOTALL)
_FIELD = re.compile(r"^[ \t]*([A-Z][A-Z0-9 /&-]*?):[ \t]*(\S.*?)?[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>([^\n<]*)")
_OPEN, _CLOSE = "<DOCUMENT>", "</DOCUMENT>"
_PARTY = re.compile(
    r"^(FILER|SUBJECT COMPANY|FILED BY|ISSUER|REPORTING-OWNER|FILED FOR|DEPOSITOR):[ \t]*$", re.MULTILINE
)
_FORMER = re.compile(r"FORMER CONFORMED NAME:[ \t]*(\S.*?)[ \t]*\n\s*DATE OF NAME CHANGE:[ \t]*(\d{8})")
_BUSINESS = re.compile(r"BUSINESS ADDRESS:[ \t]*\n((?:[ \t]+[A-Z0-9 ]+:.*\n?)+)")


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a submission: its type ("8-K", "EX-99.1"), file name, description, and text with its markup."""

    type: str
    filename: str
    description: str
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """Who files, or is filed about: its words in the header by name, its business address, its former names."""

    role: str
    fields: Mapping[str, str]
    address: Mapping[str, str]
    former: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """What stands in one file: the header's words on form, dates and first filer (None without a header), the parts."""

    parts: tuple[Part, ...]
    form: str | None = None
    accession: str | None = None
    filed: str | None = None
    period: str | None = None
    parties: tuple[Party, ...] = ()

    @property
    def name(self) -> str | None:
        """Return the name of the first party."""
        return self.parties[0].fields.get("COMPANY CONFORMED NAME") if self.parties else None

    @property
    def cik(self) -> int | None:
        """Return the number of the first party."""
        number = self.parties[0].fields.get("CENTRAL INDEX KEY", "") if self.parties else ""
        return int(number) if number.isascii() and number.isdecimal() else None

    def url(self, part: Part) -> str | None:
        """Return the address of a part on sec.gov."""
        if self.cik is None or not self.accession or not part.filename:
            return None
        folder = self.accession.replace("-", "")
        return f"https://www.sec.gov/Archives/edgar/data/{self.cik}/{folder}/{part.filename}"


def read_submission(text: str) -> Submission:
    """Return what a submission says; raises ValueError for one that broke off or has no documents."""
    header = _HEADER.search(text, 0, 200_000)
    parts = tuple(_parts(text, header.end() if header else 0))
    if not parts:
        raise ValueError("a submission without documents")
    if header is None:
        return Submission(parts)
    fields = _fields(header[0])
    return Submission(
        parts,
        form=fields.get("CONFORMED SUBMISSION TYPE"),
        accession=fields.get("ACCESSION NUMBER"),
        filed=_day(fields.get("FILED AS OF DATE")),
        period=_day(fields.get("CONFORMED PERIOD OF REPORT")),
        parties=tuple(_parties(header[0])),
    )


def _parties(header: str) -> Iterator[Party]:
    marks = list(_PARTY.finditer(header))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        text = header[mark.end() : after.start() if after else len(header)]
        address = _BUSINESS.search(text)
        yield Party(mark[1], _fields(text), _fields(address[1]) if address else {}, tuple(_FORMER.findall(text)))


def _parts(text: str, start: int) -> Iterator[Part]:
    number = 0
    begin = text.find(_OPEN, start)
    while begin >= 0:
        number += 1
        end = text.find(_CLOSE, begin)
        if end < 0:
            raise ValueError(f"a submission that broke off in its document {number}; nothing of it was loaded")
        yield _part(text[begin + len(_OPEN) : end])
        begin = text.find(_OPEN, end)


def _part(text: str) -> Part:
    body = text.find("<TEXT>")
    head = text[: body if body >= 0 else 1000]
    tags = {name: value.strip() for name, value in _TAG.findall(head)}
    inside = text[body + len("<TEXT>") :] if body >= 0 else text
    inside = inside.strip().removesuffix("</TEXT>")
    return Part(tags.get("TYPE", ""), tags.get("FILENAME", ""), tags.get("DESCRIPTION", ""), inside)


def _fields(header: str) -> dict[str, str]:
    """Return the header's lines by name; of a name that comes twice, the first line counts."""
    fields: dict[str, str] = {}
    for name, value in _FIELD.findall(header):
        if value:
            fields.setdefault(name, " ".join(value.split()))
    return fields


def _day(value: str | None) -> str | None:
    try:
        return date(value) if value else None
    except ValueError:
        return None
