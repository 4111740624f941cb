"""What the header of a submission says of those who file: numbers, names and seats, and that they filed."""

from collections.abc import Iterator

from kg.core.claim import Claim, EntityName
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.tables.edition import edition
from kg.tables.record import part_of, record
from kg.tables.row import Row
from kg.tables.seat import seat
from kg.tables.source import source
from kg.tables.table import Item

from ..sec_edgar.names import cik_of, plain
from ..sec_edgar.submissions import FORMS
from .submission import Party, Submission

TABLE = "sec-submission-headers"
_PERSONS = frozenset(("REPORTING-OWNER",))


def read(raw: Raw, submission: Submission) -> Iterator[Item]:
    """Yield the header as an edition, and the claims of the companies in it; nothing for a submission without them."""
    parties = [party for party in submission.parties if party.role not in _PERSONS]
    if not parties:
        return
    said = edition(raw, source("sec-filings"), TABLE, (), date_of=lambda *_: submission.filed, whole=False)
    said = part_of(said, f"{raw.address}#header")
    yield said.document
    for number, party in enumerate(parties, 1):
        cik = cik_of(party.fields.get("CENTRAL INDEX KEY"))
        name = party.fields.get("COMPANY CONFORMED NAME", "")
        row = record(said, number, cik or "", {"ROLE": party.role, **party.fields, **party.address})
        if cik is None or not name:
            row.reject("CENTRAL INDEX KEY", "a party without number or name")
        else:
            former = tuple(dict.fromkeys(plain(old) for old, _ in party.former if plain(old) != plain(name)))
            who = EntityName(plain(name), "Company", external_id("cik", cik), former)
            yield from _identity(row, who, party)
            for old, day in party.former:
                cells = {"COMPANY CONFORMED NAME": name, "FORMER CONFORMED NAME": old, "DATE OF NAME CHANGE": day}
                yield from _former(record(said, number, cik, cells), who)
            if FORMS.fullmatch(submission.form or "") and submission.accession:
                yield _filing(record(said, number, f"{cik} {submission.accession}", _filed(submission, name)), who)
        yield from row.problems


def _identity(row: Row, who: EntityName, party: Party) -> Iterator[Claim]:
    name, number = "COMPANY CONFORMED NAME", "CENTRAL INDEX KEY"
    yield row.claim((name, number), who, "same_as", who.id or "", confidence=1.0)
    yield row.claim((number, name), who, "legal_name", who.name, confidence=1.0)
    place = seat(party.address.get("CITY", ""), party.address.get("STATE", ""), "")
    if place:
        yield row.claim((name, "STATE", "CITY"), who, "LOCATED_IN", place, confidence=0.97)


def _former(row: Row, who: EntityName) -> Iterator[Claim | Rejection]:
    until = row.date_in("DATE OF NAME CHANGE")
    columns = ("COMPANY CONFORMED NAME", "DATE OF NAME CHANGE", "FORMER CONFORMED NAME")
    yield row.claim(columns, who, "former_name", row["FORMER CONFORMED NAME"], confidence=1.0, valid_to=until)
    yield from row.problems


def _filed(submission: Submission, name: str) -> dict[str, str]:
    return {
        "COMPANY CONFORMED NAME": name,
        "ACCESSION NUMBER": submission.accession or "",
        "FILED AS OF DATE": submission.filed or "",
        "CONFORMED SUBMISSION TYPE": submission.form or "",
    }


def _filing(row: Row, who: EntityName) -> Claim:
    columns = ("COMPANY CONFORMED NAME", "ACCESSION NUMBER", "FILED AS OF DATE", "CONFORMED SUBMISSION TYPE")
    said = f"{row['CONFORMED SUBMISSION TYPE']} {row['ACCESSION NUMBER']}"
    return row.claim(columns, who, "filing", said, confidence=1.0, valid_from=row.date_in("FILED AS OF DATE"))
