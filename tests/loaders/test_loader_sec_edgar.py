"""The SEC's registers: counts as an independent reading gives them, and every trap of the format."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import Loaded, load

REAL = Path(__file__).parents[3] / "shared" / "data" / "sec-edgar"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")


def read(data: Any, address: str = "f.json", *, wanted: tuple[str, ...] = ("*",), excerpt: bool = True) -> list[Loaded]:
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    return list(load(Raw(address, content, "2026-05-08T00:00:00Z", wanted=wanted, excerpt=excerpt)))


def claims(items: list[Loaded], predicate: str) -> list[Claim]:
    return [item for item in items if isinstance(item, Claim) and item.predicate == predicate]


def submissions(**changes: Any) -> dict[str, Any]:
    recent = {"accessionNumber": ["1-26-1"], "filingDate": ["2026-05-07"], "form": ["8-K"], "items": ["1.01,9.01"]}
    base = {"cik": "0000789019", "entityType": "operating", "name": "HALCYRA CORP", "tickers": [], "exchanges": []}
    return base | {"filings": {"recent": recent, "files": []}} | changes


# --- submissions


@pytest.mark.parametrize("cik", ["0000789019", 789019, "789019"])
def test_a_cik_is_one_whether_number_or_padded(cik: object) -> None:
    (claim,) = claims(read(submissions(cik=cik)), "same_as")
    assert (claim.value, claim.subject.id, claim.row) == ("cik:789019", "cik:789019", "sec-submissions|789019")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("ENTERGY CORP /DE/", "ENTERGY CORP"),
        ("Core Scientific, Inc./tx", "Core Scientific, Inc."),
        ("PROGRESSIVE CORP/OH/", "PROGRESSIVE CORP"),
        ("AT&T INC.", "AT&T INC."),
        ("A/B", "A/B"),
        ("/DE/", "/DE/"),
    ],
)
def test_marks_of_states_are_no_part_of_a_name(name: str, plain: str) -> None:
    (claim,) = claims(read(submissions(name=name)), "legal_name")
    assert claim.value == claim.subject.name == plain
    assert name in claim.evidence.text


def test_former_names_have_their_dates_and_one_key_whatever_their_place() -> None:
    old = {"name": "BLUE HERON", "from": "2018-02-01T00:00:00.000Z", "to": "2023-04-12T00:00:00.000Z"}
    older = {"name": "GREY HERON", "from": None, "to": "2018-02-01T00:00:00.000Z"}
    (one,) = claims(read(submissions(formerNames=[old])), "former_name")
    _, same = claims(read(submissions(formerNames=[older, old])), "former_name")
    assert (one.value, one.valid_from, one.valid_to) == ("BLUE HERON", "2018-02-01", "2023-04-12")
    assert one.id == same.id
    assert one.subject.aliases == ("BLUE HERON",)


def test_words_for_nothing_say_nothing() -> None:
    found = read(submissions(lei="None", tickers=["HALC", "HALW"], exchanges=["Nasdaq"], addresses=None, ein=None))
    assert [claim.value for claim in claims(found, "same_as")] == ["cik:789019"]
    assert [claim.value for claim in claims(found, "ticker")] == ["Nasdaq:HALC", "HALW"]
    assert not any(isinstance(item, Rejection) for item in found)


@given(
    st.lists(
        st.tuples(st.none() | st.sampled_from(["Nasdaq", "NYSE", "OTC"]), st.none() | st.sampled_from(["A", "B.W"]))
    )
)
def test_each_ticker_has_the_exchange_at_its_place(pairs: list[tuple[str | None, str | None]]) -> None:
    lists = {"exchanges": [exchange for exchange, _ in pairs], "tickers": [ticker for _, ticker in pairs]}
    told = [claim.value for claim in claims(read(submissions(**lists)), "ticker")]
    assert told == [f"{exchange}:{ticker}" if exchange else ticker for exchange, ticker in pairs if ticker]


def test_what_is_wrong_or_unknown_is_said_and_the_rest_is_read() -> None:
    former = [{"name": "X CORP", "from": "2023-01-01", "to": "2020-01-01"}]
    found = read(submissions(lei="12345", formerNames=former, newKey=1))
    reasons = [str(item) for item in found if isinstance(item, Rejection)]
    assert reasons == [
        "f.json: key 'newKey' is not known and was not read",
        "f.json: row 1, lei: lei:12345 is no id of cik, lei, wikidata",
        "f.json: row 1, formerNames.to: 2020-01-01 lies before 2023-01-01",
    ]
    assert claims(found, "legal_name")


def test_a_continuation_is_known_by_the_name_of_its_file() -> None:
    lists = {"accessionNumber": ["1-18-1"], "filingDate": ["2018-02-01"], "form": ["S-1"]}
    (claim,) = claims(read(lists, "x/CIK0000789019-submissions-002.json"), "filing")
    (first,) = claims(read(submissions()), "filing")
    assert (claim.subject.id, claim.value, claim.valid_from) == ("cik:789019", "S-1 1-18-1", "2018-02-01")
    assert first.value == "8-K 1-26-1 (1.01, 9.01)"
    with pytest.raises(InputError, match="without a cik"):
        read(lists, "renamed.json")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (submissions(filings=[1]), "filings: not a JSON object"),
        (submissions(filings={"recent": {"form": []}}), "has no accessionNumber"),
        (
            submissions(filings={"recent": {"form": ["4"], "accessionNumber": [], "filingDate": []}}),
            "not of one length",
        ),
        (submissions(formerNames=["X"]), "formerNames: not a JSON object"),
        (submissions(tickers="X"), "tickers: not a JSON list"),
        (json.dumps(submissions()).encode()[:-5], "not JSON"),
        ({"0": {"cik_str": "x", "title": "X"}}, "row 1: needs cik_str"),
        ({"0": {"cik_str": 1, "title": "X"}, "1": 5}, "row 2: neither an object nor as many cells"),
        ({"fields": ["cik", "name", "ticker", "exchange"], "data": [[1, "X"]]}, "row 1: neither an object"),
        ({"cik": 1, "entityName": "X", "facts": {"us-gaap": []}} | {"facts": {"us-gaap": 5}}, "not a JSON object"),
        (
            {"cik": 1, "entityName": "X", "facts": {"us-gaap": {"Revenues": {"units": {"USD": [{"end": "2026"}]}}}}},
            r"USD\[1\]: a fact needs end, val and filed",
        ),
    ],
)
def test_damaged_files_give_one_line_and_nothing_else(data: Any, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^f\.json: .*{reason}") as error:
        read(data)
    assert "\n" not in str(error.value)


# --- tickers


TICKERS = {
    "0": {"cik_str": 789019, "ticker": "MSFT", "title": "MICROSOFT CORP"},
    "1": {"cik_str": 789019, "ticker": "NA", "title": "MICROSOFT CORP"},
    "2": {"cik_str": 9990001, "ticker": "HALC", "title": "HALCYRA INC"},
}


def test_a_company_has_many_symbols_and_is_told_once() -> None:
    found = read(TICKERS)
    assert [claim.value for claim in claims(found, "ticker")] == ["MSFT", "NA", "HALC"]
    assert [claim.value for claim in claims(found, "same_as")] == ["cik:789019", "cik:9990001"]


def test_of_thousands_the_wanted_are_read_and_the_others_counted() -> None:
    assert [claim.value for claim in claims(read(TICKERS, wanted=()), "same_as")] == ["cik:789019"]
    for name in ("Halcyra", "9990001", "cik:9990001"):
        found = read(TICKERS, wanted=(name,))
        assert [claim.value for claim in claims(found, "same_as")] == ["cik:789019", "cik:9990001"]
    (rejection,) = [item for item in read(TICKERS, wanted=()) if isinstance(item, Rejection)]
    assert rejection.reason.startswith("1 of 3 rows are of entities that nobody asked for: --want NAME")


def test_only_the_whole_list_withdraws_what_it_lacks() -> None:
    whole = {str(n): {"cik_str": n + 1, "ticker": f"T{n}", "title": f"Company {n}"} for n in range(5000)}
    assert [item.whole for item in read(whole, excerpt=False) if isinstance(item, Document)] == [True]
    assert [item.whole for item in read(whole, excerpt=False, wanted=()) if isinstance(item, Document)] == [False]
    with pytest.raises(InputError, match="3 rows, but sec-tickers has at least 5000: the file is not whole"):
        read(TICKERS, excerpt=False)


def test_tickers_with_exchanges() -> None:
    data = {"fields": ["cik", "name", "ticker", "exchange"], "data": [[789019, "MICROSOFT CORP", "MSFT", "Nasdaq"]]}
    assert [claim.value for claim in claims(read(data), "ticker")] == ["Nasdaq:MSFT"]


# --- facts


def facts(*values: dict[str, Any], unit: str = "USD") -> dict[str, Any]:
    told = [{"accn": "1", "fy": 2026, "fp": "Q1", "form": "10-Q", "filed": "2026-04-30"} | value for value in values]
    return {"cik": 1, "entityName": "X", "facts": {"us-gaap": {"Revenues": {"label": "", "units": {unit: told}}}}}


def test_of_a_period_told_twice_the_later_filing_counts() -> None:
    first = {"start": "2025-01-01", "end": "2025-12-31", "val": 100, "filed": "2026-02-20"}
    later = first | {"val": 110, "filed": "2026-04-30", "frame": "CY2025"}
    for data in (facts(first, later), facts(later, first)):
        (claim,) = claims(read(data), "revenue_usd")
        assert (claim.value, claim.valid_from, claim.valid_to) == (110, "2025-01-01", "2025-12-31")
        assert claim.quantities["revenue_usd"].per == "year"


@pytest.mark.parametrize(
    ("start", "end", "per"),
    [
        ("2026-01-26", "2026-04-26", "quarter"),
        ("2025-01-27", "2026-01-25", "year"),
        ("2019-02-03", "2020-02-01", "year"),
        ("2026-01-01", "2026-06-30", "half-year"),
        ("2026-01-01", "2026-09-30", "nine months"),
        ("2026-01-01", "2026-01-31", "31 days"),
        (None, "2026-03-31", None),
    ],
)
def test_periods_are_named_by_their_days(start: str | None, end: str, per: str | None) -> None:
    (claim,) = claims(read(facts({"start": start, "end": end, "val": 5})), "revenue_usd")
    quantity = claim.quantities["revenue_usd"]
    assert (quantity.per, quantity.as_of, quantity.unit) == (per, end, "USD")


def test_other_currencies_and_negative_amounts_are_rejected() -> None:
    for data, reason in (
        (
            facts({"end": "2026-03-31", "val": 5}, unit="EUR"),
            "row 1, unit: us-gaap:Revenues in EUR; only dollars are read",
        ),
        (facts({"end": "2026-03-31", "val": -5}), "row 1, val: us-gaap:Revenues of 2026-03-31 is negative (-5)"),
    ):
        _, rejection = read(data)
        assert str(rejection) == f"f.json: {reason}"


# --- the real files, counted independently


@real
@pytest.mark.parametrize("name", ["CIK0000789019", "CIK0001045810"])
def test_real_submissions(name: str) -> None:
    path = REAL / "submissions" / f"{name}.json"
    data = json.loads(path.read_bytes())
    found = read(path.read_bytes(), path.name, wanted=())
    forms = Counter(data["filings"]["recent"]["form"])
    ours = Counter(str(claim.value).split(" (")[0].rsplit(" ", 1)[0] for claim in claims(found, "filing"))
    assert sum(forms.values()) == {"CIK0000789019": 1006, "CIK0001045810": 1007}[name]
    for form in ("8-K", "8-K/A", "10-Q", "10-K", "SC 13G", "SC 13G/A", "13F-HR", "S-3ASR", "424B5", "S-4", "D"):
        assert ours[form] == forms[form], form
    assert not set(ours) & {"4", "3", "5", "144", "UPLOAD", "CORRESP", "PX14A6G"}
    assert [claim.value for claim in claims(found, "former_name")] == [f["name"] for f in data["formerNames"]]
    assert not any(isinstance(item, Rejection) for item in found)


@real
def test_real_tickers() -> None:
    content = (REAL / "company_tickers.json").read_bytes()
    found = read(content, excerpt=False)
    assert len(claims(found, "ticker")) == len(re.findall(rb'"ticker":', content)) == 9610
    assert len(claims(found, "same_as")) == len(set(re.findall(rb'"cik_str":(\d+)', content))) == 7919
    (document,) = [item for item in found if isinstance(item, Document)]
    assert (document.published, document.whole) == ("2024-05", True)


@real
def test_real_facts() -> None:
    path = REAL / "companyfacts" / "CIK0001835632.json"
    data = json.loads(path.read_bytes())["facts"]["us-gaap"]
    found = read(path.read_bytes(), path.name)
    for concept, attribute, count in (
        ("RevenueFromContractWithCustomerExcludingAssessedTax", "revenue_usd", 38),
        ("PaymentsToAcquirePropertyPlantAndEquipment", "capital_expenditure_usd", 26),
        ("LongTermDebt", "debt_usd", 22),
        ("LesseeOperatingLeaseLiabilityPaymentsDue", "lease_obligation_usd", 5),
        ("UnrecordedUnconditionalPurchaseObligationBalanceSheetAmount", "purchase_obligation_usd", 2),
    ):
        values = data[concept]["units"]["USD"]
        assert len({(value.get("start"), value["end"]) for value in values}) == count
        ours = {(claim.valid_to, claim.value) for claim in claims(found, attribute)}
        last = {(v["end"], v.get("start")): v["val"] for v in sorted(values, key=lambda value: value["filed"])}
        assert len(claims(found, attribute)) == count
        assert ours == {(end, value) for (end, _), value in last.items()}


@real
def test_real_feed() -> None:
    content = (REAL / "feeds" / "getcurrent-2026-01-12.atom.xml").read_bytes()
    found = read(content, "feed.xml")
    roles = Counter(re.findall(rb"\(([A-Za-z ]+)\)</title>", content))
    assert sum(roles.values()) == content.count(b"<entry>") == 100
    assert len(claims(found, "same_as")) == 100 - roles[b"Reporting"] - roles[b"Filed by"]
    (document,) = [item for item in found if isinstance(item, Document)]
    assert document.published == "2026-01-12"
    assert not any(isinstance(item, Rejection) for item in found)
