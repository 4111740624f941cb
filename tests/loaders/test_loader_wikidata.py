"""Wikidata: statements by rank, values by kind, and every shape that its files have had."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kg import resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import Loaded, loader

SAMPLE = resources.folder("loaders") / "wikidata" / "sample"
REAL = Path(__file__).parents[3] / "shared" / "data" / "wikidata"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")


def read(data: Any, *wanted: str) -> list[Loaded]:
    content = (
        data.read_bytes() if isinstance(data, Path) else data if isinstance(data, bytes) else json.dumps(data).encode()
    )
    return list(loader("wikidata").load(Raw("f", content, "2026-05-08T00:00:00Z", wanted=wanted)))


def claims(items: list[Loaded], predicate: str) -> list[Claim]:
    return [item for item in items if isinstance(item, Claim) and item.predicate == predicate]


def reasons(items: list[Loaded]) -> list[str]:
    return [str(item) for item in items if isinstance(item, Rejection)]


def snak(value: Any, kind: str = "value") -> dict[str, Any]:
    if isinstance(value, str) and value.startswith("Q"):
        value = {"type": "wikibase-entityid", "value": {"entity-type": "item", "numeric-id": int(value[1:])}}
    elif isinstance(value, tuple):
        value = {"type": "time", "value": {"time": value[0], "precision": value[1]}}
    else:
        value = {"type": "string", "value": value}
    return {"snaktype": kind, "datavalue": value}


def statement(value: Any, rank: str = "normal", kind: str = "value", **qualifiers: Any) -> dict[str, Any]:
    told = {name: [snak(item)] for name, item in qualifiers.items()}
    return {"rank": rank, "mainsnak": snak(value, kind), "qualifiers": told or []}


def item(id_: str = "Q1", **properties: Any) -> dict[str, Any]:
    told = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    told = {"P31": [statement("Q4830453")]} | told
    return {"type": "item", "id": id_, "labels": {"en": {"value": "Halcyra"}}, "aliases": [], "claims": told}


def answer(**properties: Any) -> list[Loaded]:
    return read({"entities": {"Q1": item(**properties)}})


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ([statement("1"), statement("2")], ["cik:1", "cik:2"]),
        ([statement("1"), statement("2", "preferred")], ["cik:2"]),
        ([statement("1", "deprecated")], []),
        ([statement("1", "preferred", "somevalue"), statement("2")], []),
        ([statement("1", kind="novalue")], []),
    ],
)
def test_ranks(told: list[Any], values: list[str]) -> None:
    assert [claim.value for claim in claims(answer(P5531=told), "same_as")] == ["wikidata:Q1", *values]


@pytest.mark.parametrize(
    ("time", "precision", "founded"),
    [
        ("+2016-00-00T00:00:00Z", 9, "2016"),
        ("+1998-01-01T00:00:00Z", 9, "1998"),
        ("+2016-05-00T00:00:00Z", 10, "2016-05"),
        ("+2016-05-06T00:00:00Z", 11, "2016-05-06"),
        ("+1990-00-00T00:00:00Z", 8, None),
        ("-0500-00-00T00:00:00Z", 9, None),
        ("+2016-02-31T00:00:00Z", 11, None),
        ("soon", 11, None),
    ],
)
def test_dates_are_as_precise_as_stated(time: str, precision: int, founded: str | None) -> None:
    assert [claim.value for claim in claims(answer(P571=statement((time, precision))), "founded")] == [founded] * bool(
        founded
    )


def test_officers_and_parents_have_their_dates_and_end() -> None:
    since, until = ("+2019-01-01T00:00:00Z", 9), ("+2022-01-01T00:00:00Z", 9)
    found = answer(
        P169=[statement("Q5", P580=since, P582=until), statement("Q6", P580=until)], P749=statement("Q7", P582=until)
    )
    old, new = claims(found, "LEADS")
    assert (old.subject.name, old.subject.type, old.subject.id) == ("Q5", "Person", "wikidata:Q5")
    assert (old.status, old.ended_as, old.valid_from, old.valid_to) == ("ended", "former", "2019", "2022")
    assert (new.status, new.valid_from, new.qualifiers) == ("asserted", "2022", {"title": "chief executive officer"})
    assert [claim.status for claim in claims(found, "SUBSIDIARY_OF")] == ["ended"]


def test_what_ends_before_it_begins_is_rejected() -> None:
    found = answer(P169=statement("Q5", P580=("+2022-01-01T00:00:00Z", 9), P582=("+2019-01-01T00:00:00Z", 9)))
    assert reasons(found) == ["f: row 1, P169: it ended in 2019, before it began in 2022"]


def test_items_of_one_file_name_each_other() -> None:
    found = read(SAMPLE / "wbgetentities.json")
    leads = {
        (claim.subject.name, claim.object.name if claim.object else "", claim.status)
        for claim in claims(found, "LEADS")
    }
    assert leads == {("Iva Bren", "Halcyra Compute", "asserted"), ("Iva Bren", "Halcyra Compute", "ended")}
    assert {claim.evidence.text for claim in claims(found, "LOCATED_IN")} == {
        "label: Halcyra Compute | P159: Shreveport (Q999000004)"
    }
    assert [claim.value for claim in claims(found, "ticker")] == ["Nasdaq:HALC"]


def test_names_have_their_kind() -> None:
    found = read(SAMPLE / "wbgetentities.json")
    (claim,) = claims(found, "former_name")
    assert (claim.value, claim.valid_from, claim.valid_to) == ("Blue Heron Mining Corp", "2018-02-01", "2023-04-12")
    assert [claim.value for claim in claims(found, "transliterated_name")] == ["ハルキラ"]
    assert [claim.value for claim in claims(found, "alias")] == ["Halcyra", "Halcyra Compute, Inc."]


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        ({"P31": statement("Q5")}, "Person"),
        ({"P31": statement("Q671224")}, "Facility"),
        ({"P31": statement("Q99999999"), "P5531": statement("1")}, "Company"),
        ({"P31": [], "P569": statement(("+1963-02-17T00:00:00Z", 11))}, "Person"),
        ({"P31": statement("Q99999999")}, None),
    ],
)
def test_what_an_item_is(properties: dict[str, Any], kind: str | None) -> None:
    found = answer(**properties)
    assert {claim.subject.type for claim in claims(found, "same_as")} == ({kind} if kind else set())
    assert bool(reasons(found)) is (kind is None)


def test_a_person_is_no_parent() -> None:
    person = {**item("Q2", P31=statement("Q5")), "labels": {"en": {"value": "Iva Bren"}}}
    found = read({"entities": {"Q1": item(P749=statement("Q2"), P127=statement("Q2")), "Q2": person}})
    assert reasons(found) == ["f: row 1, P749: Iva Bren is a Person, where a Company should stand"]
    assert [claim.subject.type for claim in claims(found, "HOLDS")] == ["Person"]


def test_missing_items_redirects_and_empty_maps() -> None:
    redirect = item("Q7") | {"labels": [], "aliases": {}, "descriptions": []}
    found = read({"entities": {"Q9": {"id": "Q9", "missing": ""}, "Q8": redirect}})
    assert reasons(found) == ["f: row 1: Q9 is missing in Wikidata"]
    assert [(claim.value, claim.subject.name) for claim in claims(found, "same_as")] == [("wikidata:Q7", "Q7")]


# --- dumps


def dump(*lines: Any) -> bytes:
    return b"[\n" + b",\n".join(json.dumps(line).encode() for line in lines) + b"\n]\n"


@pytest.mark.parametrize("wanted", ["*", "Q1", "wikidata:Q1", "halcyra", "0009990001"])
def test_of_a_dump_the_wanted_are_read(wanted: str) -> None:
    other = {**item("Q2"), "labels": {"en": {"value": "Nobody"}}}
    found = read(dump(item(P5531=statement("0009990001")), other, {"type": "property", "id": "P31"}), wanted)
    wikidata = [claim.value for claim in claims(found, "same_as") if str(claim.value).startswith("wikidata")]
    assert wikidata == (["wikidata:Q1", "wikidata:Q2"] if wanted == "*" else ["wikidata:Q1"])
    assert reasons(found) == (
        []
        if wanted == "*"
        else ["f: 1 of 2 items are of entities that nobody asked for: --want NAME, or --want '*' for all"]
    )


def test_dumps_come_as_arrays_with_and_without_lines_and_as_lines() -> None:
    one, two = item("Q1"), item("Q2")
    for data in (
        dump(one, two),
        json.dumps([one, two]).encode(),
        b"\n".join(json.dumps(x).encode() for x in (one, two)),
    ):
        assert len(claims(read(data, "*"), "same_as")) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (dump(item())[:-3], "f: the dump broke off: its last line is no bracket"),
        (dump(item(), item())[:-20], "f: row 3: not JSON"),
        (dump(item(), 5), "f: row 3: not a JSON object, as it should be"),
        (dump(item() | {"claims": {"P31": 5}}), "f: row 2: P31: not a JSON list, as it should be"),
        (b'{"entities": {"Q1": {"type": "item"', "f: not JSON"),
        (b'{"entities": {"Q1": 5}}', "f: Q1: not a JSON object, as it should be"),
        (b'{"head": {"vars": ["company"]}, "results": []}\n', None),
        (b'{"head": {"vars": ["company"]}, "results": 5}', "f: results: not a JSON object, as it should be"),
    ],
)
def test_damaged_files_give_one_line(data: bytes, reason: str | None) -> None:
    if reason is None:
        assert not any(isinstance(found, Claim | Rejection) for found in read(data))
        return
    with pytest.raises(InputError) as error:
        read(data, "*")
    assert str(error.value).startswith(reason)
    assert "\n" not in str(error.value)


# --- queries


def results(**cells: str) -> dict[str, Any]:
    row = {name: {"type": "literal", "value": value} for name, value in cells.items()}
    return {"head": {"vars": list(cells)}, "results": {"bindings": [row]}}


URL = "http://www.wikidata.org/entity/"


def test_columns_mean_what_their_variables_say() -> None:
    found = read(SAMPLE / "results.json")
    assert [claim.value for claim in claims(found, "alias")] == ["Halcyra", "Halcyra Compute, Inc."]
    assert [claim.value for claim in claims(found, "founded")] == ["2018-02-01"]
    (claim,) = claims(found, "LEADS")
    assert (claim.subject.id, claim.qualifiers) == ("wikidata:Q999000003", {"title": "chief executive officer"})
    assert reasons(found) == ["f: column 'website' is not known and was not read"]


def test_what_a_query_is_about_must_be_said() -> None:
    assert reasons(read(results(item=f"{URL}Q1", itemLabel="X")))[0].startswith("f: no column says what")
    (claim,) = claims(read(results(item=f"{URL}Q1", itemLabel="X", ticker="HALC")), "ticker")
    assert claim.subject.type == "Company"


def test_cells_that_do_not_fit_are_rejected_with_row_and_column() -> None:
    found = read(results(chip=f"{URL}Q1", chipLabel="H100", ticker="X", parent=f"{URL}Q2", designer=f"{URL}Q3"))
    assert reasons(found) == [
        "f: row 1, ticker: told of a company, not of a Chip",
        "f: row 1, parent: SUBSIDIARY_OF is not told of a Chip",
    ]
    assert [claim.subject.id for claim in claims(found, "DESIGNS")] == ["wikidata:Q3"]
    assert reasons(read(results(company="Halcyra", ticker="X"))) == [
        "f: row 1, company: 'Halcyra' is no item of Wikidata"
    ]


def test_candidates_of_a_search_state_nothing() -> None:
    (rejection,) = read({"searchinfo": {"search": "abc"}, "search": [{"id": "Q1"}]})
    assert "candidates that a search found" in str(rejection)


# --- the real files, counted independently


@real
def test_real_redirect() -> None:
    found = read(REAL / "wbgetentities-Q32063953.json")
    assert [claim.value for claim in claims(found, "same_as")] == ["wikidata:Q1040"]
    assert {claim.subject.name for claim in claims(found, "same_as")} == {"Karlsruhe"}
    assert [item.published for item in found if isinstance(item, Document)] == ["2018-01-12"]
    data = json.loads((REAL / "wbgetentities-Q32063953.json").read_bytes())["entities"]["Q32063953"]
    assert {str(claim.value) for claim in claims(found, "transliterated_name")} <= {
        label["value"] for label in data["labels"].values()
    }
    assert reasons(found) == []


@real
@pytest.mark.parametrize("name", ["dump-sample.json", "sample-dump-20150815.json.gz"])
def test_real_dumps(name: str) -> None:
    content = (REAL / name).read_bytes()
    content = gzip.decompress(content) if name.endswith(".gz") else content
    told = [json.loads(line.rstrip(b",")) for line in content.splitlines() if len(line) > 2]
    items = [entity for entity in told if entity["type"] == "item"]
    assert (len(told), len(items)) == (101, 55)
    found = read(content, "*")
    assert len(claims(found, "same_as")) + len(reasons(found)) == 55
    assert len(claims(found, "same_as")) == 22
    assert reasons(read(content)) == [
        "f: 55 of 55 items are of entities that nobody asked for: --want NAME, or --want '*' for all"
    ]
