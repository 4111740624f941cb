"""Filings: by item, without what every filing repeats; data and archives are left alone."""

import re
from pathlib import Path

import pytest

from kg import resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import Loaded, load, loader_for
from kg.text.sniff import looks_like_html

SAMPLE = resources.folder("loaders") / "sec_filings" / "sample"
REAL = Path(__file__).parents[3] / "shared" / "data" / "sec-edgar"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")


def raw(data: str | bytes, address: str = "f.txt", *, named: bool = True) -> Raw:
    return Raw(address, data.encode() if isinstance(data, str) else data, "2026-05-08T00:00:00Z", named=named)


def read(path: Path) -> list[Loaded]:
    return list(load(Raw(path.name, path.read_bytes(), "2026-05-08T00:00:00Z", named=False)))


def documents(path: Path) -> list[Document]:
    """Return the texts, without the edition that the header is."""
    return [item for item in read(path) if isinstance(item, Document) and item.source is None]


def claims(items: list[Loaded], predicate: str) -> list[Claim]:
    return [item for item in items if isinstance(item, Claim) and item.predicate == predicate]


FULL = (SAMPLE / "0009990001-26-000012.txt").read_text(encoding="utf-8")


def test_form_and_exhibits_are_documents_of_one_file() -> None:
    form, release = documents(SAMPLE / "0009990001-26-000012.txt")
    assert (form.kind, form.published, form.publisher) == ("filing", "2026-05-07", "HALCYRA COMPUTE INC")
    assert form.title == "HALCYRA COMPUTE INC: 8-K of 2026-05-07, items 1.01, 9.01"
    assert form.url == "https://www.sec.gov/Archives/edgar/data/9990001/000999000126000012/hal-20260506.htm"
    assert form.address == "0009990001-26-000012.txt#hal-20260506.htm"
    assert form.file == "0009990001-26-000012.txt"
    assert (release.kind, release.published) == ("release", "2026-05-06")
    assert release.title == "Halcyra leases Caddo Bend to Pinnacle Loom"


def test_what_is_told_stands_from_the_first_item_to_the_signatures() -> None:
    form = documents(SAMPLE / "0009990001-26-000012.txt")[0]
    assert form.text.startswith(
        "Date of Report (Date of earliest event reported): May 6, 2026\n\nHalcyra Compute, Inc.\n\nItem 1.01."
    )
    assert "1 | 12 MW | July 2026\n2 | 24 MW | January 2027" in form.text
    assert form.text.endswith("99.1 | Press release of May 6, 2026")
    for boilerplate in ("Rule 425", "SIGNATURE", "Iva Bren", "Commission File Number"):
        assert boilerplate in form.aside
        assert boilerplate not in form.text


def test_a_part_alone_is_the_same_document_as_in_its_submission() -> None:
    part = FULL[FULL.index("<?xml version='1.0'") : FULL.index("</XBRL>")]
    (alone,) = load(raw(part, "hal.htm"))
    assert isinstance(alone, Document)
    assert alone.id == documents(SAMPLE / "0009990001-26-000012.txt")[0].id
    assert (alone.published, alone.publisher, alone.address) == ("2026-05-07", "Halcyra Compute, Inc.", "hal.htm")


def test_the_header_says_who_filed_and_what_it_was_called() -> None:
    found = read(SAMPLE / "0009990001-26-000012.txt")
    (same,) = claims(found, "same_as")
    assert (same.value, same.subject.id, same.row) == ("cik:9990001", "cik:9990001", "sec-submission-headers|9990001")
    (former,) = claims(found, "former_name")
    assert (former.value, former.valid_to) == ("BLUE HERON MINING CORP", "2023-04-12")
    assert [claim.value for claim in claims(found, "filing")] == ["8-K 0009990001-26-000012"]
    assert [claim.object.id for claim in claims(found, "LOCATED_IN") if claim.object] == ["place:geonames-4341513"]
    addresses = [(item.address, item.file) for item in found if isinstance(item, Document)]
    assert len(set(addresses)) == 3
    assert addresses[-1] == ("0009990001-26-000012.txt#header", "0009990001-26-000012.txt")


def test_persons_and_parties_without_a_number_are_no_companies() -> None:
    owner = FULL.replace("FILER:", "REPORTING-OWNER:", 1)
    assert not any(isinstance(item, Claim) for item in load(raw(owner)))
    nameless = FULL.replace("CENTRAL INDEX KEY:\t\t\t0009990001", "CENTRAL INDEX KEY:", 1)
    assert [str(item) for item in load(raw(nameless)) if isinstance(item, Rejection)] == [
        "f.txt#header: row 1, CENTRAL INDEX KEY: a party without number or name"
    ]


def test_a_filing_of_two_tells_of_both() -> None:
    other = FULL[FULL.index("FILER:") : FULL.index("</SEC-HEADER>")]
    other = (
        other.replace("0009990001", "0009990005")
        .replace("HALCYRA COMPUTE INC", "CADDO BEND LP")
        .replace("FILER", "SUBJECT COMPANY")
    )
    found = list(load(raw(FULL.replace("</SEC-HEADER>", other + "</SEC-HEADER>"))))
    assert [claim.value for claim in claims(found, "same_as")] == ["cik:9990001", "cik:9990005"]
    assert [claim.subject.name for claim in claims(found, "filing")] == ["HALCYRA COMPUTE INC", "CADDO BEND LP"]


HELD = (SAMPLE / "0009990006-26-000001.txt").read_text(encoding="utf-8")


def held(text: str, *wanted: str) -> list[Loaded]:
    return list(load(Raw("f.txt", text.encode(), "2026-05-20T00:00:00Z", wanted=wanted or ("*",))))


def test_holdings_of_one_security_are_one_and_options_are_none() -> None:
    found = held(HELD)
    halcyra, loom = claims(found, "HOLDS")
    assert (halcyra.subject.id, halcyra.object and halcyra.object.name) == ("cik:9990006", "HALCYRA COMPUTE INC")
    assert halcyra.qualifiers == {"value_usd": 1_500_000, "date": "2026-03-31"}
    assert loom.row == "sec-13f-holdings|9990006 2026-03-31 99900P105"
    assert "f.txt#table.xml: row 3, putCall: an option on HALCYRA COMPUTE INC (Put), no holding" in map(str, found)


def test_values_were_filed_in_thousands_before_2023() -> None:
    old = HELD.replace("FILED AS OF DATE:\t\t20260514", "FILED AS OF DATE:\t\t20221114")
    assert [claim.qualifiers["value_usd"] for claim in claims(held(old), "HOLDS")] == [1_500_000_000, 50_000_000]


def test_holdings_are_read_of_companies_that_are_wanted() -> None:
    found = held(HELD, "Pinnacle Loom")
    assert [claim.object.name for claim in claims(found, "HOLDS") if claim.object] == ["PINNACLE LOOM CORP"]
    assert any("2 of 3 holdings are of entities that nobody asked for" in str(item) for item in found)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("</ns1:informationTable>", "", "not well-formed XML"),
        ("<ns1:None>", "<ns1:Some>x</ns1:Some><ns1:None>", "element 'Some' is not known and was not read"),
        (">50000<", ">much<", "row 2, value: 'much' is no number"),
        ("CENTRAL INDEX KEY", "KEY", "holdings without a header that says whose"),
    ],
)
def test_bad_tables_of_holdings_say_so(old: str, new: str, reason: str) -> None:
    assert any(reason in str(item) for item in held(HELD.replace(old, new)) if isinstance(item, Rejection))


@real
def test_a_table_of_holdings_alone_does_not_say_whose() -> None:
    data = (REAL / "ownership" / "13F-HR.infotable.xml").read_bytes()
    assert data.startswith(b"\n<?xml")
    with pytest.raises(InputError, match="does not say whose: load the full submission"):
        list(load(raw(data)))
    whole = (
        HELD[: HELD.index("<XML>", HELD.index("INFORMATION"))] + "<XML>\n" + data.decode() + "</XML></TEXT></DOCUMENT>"
    )
    assert (
        len(claims(held(whole), "HOLDS")) == data.count(b"<infoTable>") == len(set(re.findall(rb"<cusip>(\w+)", data)))
    )


def test_old_tables_become_rows() -> None:
    (form,) = documents(SAMPLE / "0009990002-01-000003.txt")
    assert " | 1999 | 2000\nLoad at Hollin Ridge (MW) | 12.0 | 18.5\nRevenue | $1,200 | $1,900" in form.text
    assert form.published == "2001-03-22"


QUARTER = """<html><body>
<div>SECURITIES AND EXCHANGE COMMISSION</div><div>Washington, D.C. 20549</div><div>FORM 10-Q</div>
<div>For the quarterly period ended March 31, 2026</div>
<div>Halcyra Compute, Inc.</div><div>(Exact name of registrant)</div>
<table><tr><td>Item 1.</td><td>Financial Statements</td><td>3</td></tr>
<tr><td>Item 1A.</td><td>Risk Factors</td><td>9</td></tr>
<tr><td>Item 6.</td><td>Exhibits</td><td>12</td></tr></table>
<div>WHERE{filler}</div><div>3</div>
<div>Item 1. Financial Statements</div><div>BODY{filler}</div>
<div>Item 1A.</div><div>Risk Factors</div><div>RISK{filler}</div><div>As said in Item 1 of this report.</div>
<div>Item 2. Management's Discussion</div><div>TALK{filler}</div>
<div>Item 6. Exhibits</div><div>LIST</div>
<div>Signature</div><div>Dated: May 5, 2026</div></body></html>"""


def test_reports_are_read_without_contents_risks_and_exhibits() -> None:
    (form,) = load(raw(QUARTER.replace("{filler}", " Halcyra runs sites." * 40), "q.html"))
    assert isinstance(form, Document)
    assert re.findall(r"BODY|RISK|TALK|LIST|WHERE", form.text) == ["BODY", "TALK"]
    assert re.findall(r"BODY|RISK|TALK|LIST|WHERE", form.aside) == ["WHERE", "RISK", "LIST"]
    assert (form.title, form.published) == ("Halcyra Compute, Inc.: 10-Q of 2026-05-05, items 1, 2", "2026-05-05")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (FULL[: FULL.index("halex991.htm") + 400], "broke off in its document 2; nothing of it was loaded"),
        (FULL[: FULL.index("<DOCUMENT>")], "a submission without documents"),
        (
            "<html><title>EDGAR Filing Documents for 0009990001-26-000012</title><p>x</p>",
            "load 0009990001-26-000012.txt",
        ),
        ("<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n<XML>\n<?xml version='1.0'?><a/>\n</XML></TEXT></DOCUMENT>", "a form of data"),
        ("<DOCUMENT>\n<TYPE>8-K\n<TEXT>\n</TEXT></DOCUMENT>", "8-K without text"),
    ],
)
def test_bad_filings_give_one_line(data: str, reason: str) -> None:
    with pytest.raises(InputError, match=re.escape(reason)) as error:
        list(load(raw(data)))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        "<html><body><p>The Securities and Exchange Commission fined Halcyra.</p></body></html>",
        "<html><body><p>Halcyra filed a form 8-K.</p></body></html>",
        "plain text about a form 8-K",
    ],
)
def test_news_about_filings_is_no_filing(data: str) -> None:
    chosen = loader_for(raw(data, "a.html"))
    assert not getattr(chosen, "__name__", "").endswith("sec_filings.loader")


@real
@pytest.mark.parametrize(
    ("name", "parts", "published"),
    [
        ("8-k/0001045810-26-000024.txt", 2, "2026-03-06"),
        ("8-k/nvda-20260302.htm", 1, "2026-03-06"),
        ("8-k/oracle-20241114.8-K.html", 1, "2024-11-18"),
        ("8-k/buckle-20241122.8-K.html", 1, "2024-11-22"),
        ("8-k/buckle-20241122.EX99.1.html", 1, "2024-11-22"),
        ("10-q/nvda-10-q-2025-08-27.html", 1, "2025-08-27"),
    ],
)
def test_real_filings(name: str, parts: int, published: str) -> None:
    found = documents(REAL / name)
    assert len(found) == parts
    assert not any(isinstance(item, Rejection) for item in read(REAL / name))
    for document in found:
        assert document.published == published
        assert not re.search(r"Rule 14a-12|duly caused", document.text)


@real
def test_every_item_of_the_real_submission_is_there() -> None:
    text = (REAL / "8-k" / "0001045810-26-000024.txt").read_text(encoding="utf-8")
    types = re.findall(r"<TYPE>(\S+)", text)
    assert len(types) == 12
    form, plan = documents(REAL / "8-k" / "0001045810-26-000024.txt")
    names = claims(read(REAL / "8-k" / "0001045810-26-000024.txt"), "former_name")
    assert [claim.value for claim in names] == re.findall(r"FORMER CONFORMED NAME:\s+(\S.*)", text)
    assert form.text.count("\nItem ") == text.count("ITEM INFORMATION:") == 2
    assert form.text.count(" | ") == 2 * 6 + 3
    assert plan.text.startswith("Exhibit 10.1")


@real
def test_no_real_filing_is_left_to_the_reader_of_web_pages() -> None:
    for path in sorted((REAL / "8-k").iterdir()) + sorted((REAL / "10-q").iterdir()):
        data = path.read_bytes()
        if looks_like_html(data) or path.suffix == ".txt":
            chosen = loader_for(raw(data, path.name))
            assert getattr(chosen, "__name__", "").endswith("sec_filings.loader"), path.name
