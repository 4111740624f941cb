"""GLEIF: the entities that are wanted, whatever the format, and nothing that a record does not say."""

import io
import json
import re
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

SAMPLE = resources.folder("loaders") / "gleif" / "sample"
REAL = Path(__file__).parents[3] / "shared" / "data" / "gleif"
real = pytest.mark.skipif(not REAL.is_dir(), reason="the real files are not here")
HALCYRA, CADDO, TARN = "9990000HALCYRA000012", "9990000CADDOBEND0034", "9990000TARNKETTER056"


def read(data: bytes | Path, *wanted: str, streamed: bool = False) -> list[Loaded]:
    content = data.read_bytes() if isinstance(data, Path) else data
    stream = (lambda: io.BytesIO(content)) if streamed else None
    raw = Raw("f", content[:65_536] if streamed else content, "2026-05-08T00:00:00Z", stream=stream, wanted=wanted)
    return list(loader("gleif").load(raw))


def claims(items: list[Loaded], predicate: str) -> list[Claim]:
    return [item for item in items if isinstance(item, Claim) and item.predicate == predicate]


def reasons(items: list[Loaded]) -> list[str]:
    return [str(item) for item in items if isinstance(item, Rejection)]


LEVEL_1 = (SAMPLE / "lei-data.xml").read_bytes()
LEVEL_2 = (SAMPLE / "rr-data.xml").read_bytes()


def test_names_have_their_kind_and_the_seat_is_that_of_the_headquarters() -> None:
    found = read(LEVEL_1, HALCYRA)
    told = {
        claim.predicate: claim.object.name if claim.object else claim.value
        for claim in found
        if isinstance(claim, Claim)
    }
    assert told == {
        "same_as": f"lei:{HALCYRA}",
        "legal_name": "Halcyra Compute, Inc.",
        "former_name": "Blue Heron Mining Corp",
        "trading_name": "Halcyra & Co",
        "LOCATED_IN": "SHREVEPORT",
        "address": "100 CADDO BEND, SHREVEPORT, US-LA, 71101, US",
    }
    (claim,) = claims(found, "legal_name")
    assert (claim.subject.id, claim.subject.aliases) == (f"lei:{HALCYRA}", ("Blue Heron Mining Corp", "Halcyra & Co"))
    assert (claim.row, claim.published) == (f"gleif-level-1|{HALCYRA}", "2026-05-06")


@pytest.mark.parametrize(
    "wanted", [HALCYRA, f"lei:{HALCYRA}", "Halcyra Compute", "HALCYRA COMPUTE INC", "blue heron mining"]
)
def test_records_are_wanted_by_number_or_by_any_name(wanted: str) -> None:
    found = read(LEVEL_1, wanted)
    assert [claim.subject.name for claim in claims(found, "same_as")] == ["Halcyra Compute, Inc."]
    assert reasons(found) == [
        "f: 2 of 3 records are of entities that nobody asked for: --want NAME, or --want '*' for all"
    ]


def test_who_is_known_to_the_registry_is_wanted_unless_the_name_is_an_ordinary_word() -> None:
    for name, number in (("NVIDIA CORPORATION", 1), ("Nvidia Corp", 1), ("Switch GmbH", 0), ("NVIDIAN LIMITED", 0)):
        found = read(LEVEL_1.replace(b"Halcyra Compute, Inc.", name.encode()))
        assert len(claims(found, "same_as")) == number, name


def test_branches_and_seats_in_care_of_others_are_rejected() -> None:
    found = read(LEVEL_1, "*")
    care = "the seat of Caddo Bend Campus GmbH is in care of another"
    assert reasons(found) == [
        f"f: row 2, HeadquartersAddress.lines: {care}: C/O Vellum & Partner, Seilerstrasse 1",
        f"f: row 3, EntityCategory: {TARN} is a branch (Tarn Ketter Bank, Zweigniederlassung), no company of its own",
    ]
    assert [claim.subject.name for claim in claims(found, "LOCATED_IN")] == ["Halcyra Compute, Inc."]


def test_parents_direct_and_ultimate_are_told_apart_and_ended_ones_from_standing_ones() -> None:
    found = read(LEVEL_2, CADDO)
    (parent,) = claims(found, "SUBSIDIARY_OF")
    (ultimate,) = claims(found, "HAS_ULTIMATE_PARENT")
    assert parent.object is not None
    assert (parent.subject.id, parent.object.id) == (f"lei:{CADDO}", f"lei:{HALCYRA}")
    assert (parent.status, parent.valid_from, parent.valid_to) == ("asserted", "2021-02-06", None)
    assert parent.qualifiers == {"stake_pct": 75.5}
    assert (ultimate.status, ultimate.ended_as, ultimate.valid_to) == ("ended", "former", "2024-06-30")
    assert reasons(found) == []


@pytest.mark.parametrize("wanted", [CADDO, HALCYRA])
def test_a_relation_is_wanted_by_either_end(wanted: str) -> None:
    assert len(claims(read(LEVEL_2, wanted), "SUBSIDIARY_OF")) == 1
    assert not claims(read(LEVEL_2, "9990000NOBODY0000078"), "SUBSIDIARY_OF")


def test_an_exception_says_why_no_parent_is_named() -> None:
    (claim,) = claims(read(SAMPLE / "repex-data.xml", HALCYRA), "parent_exception")
    assert claim.value == "direct parent: natural persons own it"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"PREVIOUS_LEGAL_NAME", b"NICKNAME", "row 1, type: unknown category 'NICKNAME'"),
        (b">GENERAL<", b">CLUB<", "row 1, EntityCategory: unknown category 'CLUB'"),
        (b">LAPSED<", b">LOST<", "row 1, RegistrationStatus: unknown category 'LOST'"),
        (b">LAPSED<", b">DUPLICATE<", "row 1, RegistrationStatus: 9990000HALCYRA000012 is void: DUPLICATE"),
        (HALCYRA.encode(), b"SHORT", "row 1, LEI: lei:SHORT is no id"),
    ],
)
def test_what_is_unknown_is_rejected_with_its_place(old: bytes, new: bytes, reason: str) -> None:
    assert any(reason in told for told in reasons(read(LEVEL_1.replace(old, new), "*")))


def test_unknown_relations_are_rejected() -> None:
    told = reasons(read(LEVEL_2.replace(b"IS_FUND-MANAGED_BY", b"IS_FRIEND_OF"), "*"))
    assert len(told) == 1
    assert told[0].startswith("f: row 3, RelationshipType: unknown category 'IS_FRIEND_OF' (known: IS_DIRECTLY")


def test_the_api_says_the_same_as_the_golden_copy() -> None:
    copy = {
        claim.id for claim in read(LEVEL_1, HALCYRA) if isinstance(claim, Claim) and claim.predicate != "trading_name"
    }
    answer = {claim.id for claim in read(SAMPLE / "lei-records.json") if isinstance(claim, Claim)}
    assert answer == copy


def test_relations_and_exceptions_of_the_api() -> None:
    node = {"startNode": {"id": CADDO, "type": "LEI"}, "endNode": {"id": HALCYRA, "type": "LEI"}}
    period = {"startDate": "2021-02-06T00:00:00Z", "endDate": None, "type": "RELATIONSHIP_PERIOD"}
    relation = {**node, "type": "IS_DIRECTLY_CONSOLIDATED_BY", "status": "ACTIVE", "periods": [period]}
    (claim,) = claims(
        answer("relationship-records", {"relationship": relation, "registration": {"status": "PUBLISHED"}}),
        "SUBSIDIARY_OF",
    )
    assert (claim.subject.name, claim.valid_from) == (CADDO, "2021-02-06")
    told = {"lei": HALCYRA, "category": "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT", "reason": "NON_PUBLIC"}
    (claim,) = claims(answer("reporting-exceptions", told), "parent_exception")
    assert claim.value == "ultimate parent: not public"


def answer(kind: str, attributes: Any) -> list[Loaded]:
    return read(json.dumps({"data": {"type": kind, "id": "1", "attributes": attributes}}).encode())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LEVEL_1[:-40], "f: not well-formed XML at line"),
        (LEVEL_1.replace(b"</lei:Entity>", b"</lei:Entiti>", 1), "f: not well-formed XML at line"),
        (
            LEVEL_1.replace(b"<lei:LEIData", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><lei:LEIData'),
            "f: XML that declares entities",
        ),
        (b'{"data": {"type": "lei-records", "attributes": []}', "f: not JSON"),
        (b'{"data": {"type": "lei-records", "attributes": 5}}', "f: record 1: attributes: not a JSON object"),
        (b'{"data": [{"type": "lei-records"}, {"type": "isins"}]}', "f: record 2: a record of type 'isins'"),
    ],
)
def test_damaged_files_give_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as error:
        read(data, "*")
    assert str(error.value).startswith(reason)
    assert "\n" not in str(error.value)


def test_a_stream_gives_what_the_whole_gives() -> None:
    record = LEVEL_1[LEVEL_1.index(b"<lei:LEIRecord>") : LEVEL_1.index(b"</lei:LEIRecord>") + 17]
    many = LEVEL_1.replace(record, record * 300)
    assert len(many) > 300_000
    assert read(many, HALCYRA, streamed=True) == read(many, HALCYRA)
    assert len(claims(read(many, HALCYRA, streamed=True), "same_as")) == 300


@real
def test_real_level_1() -> None:
    content = (REAL / "lei-data.xml").read_bytes()
    found = read(content, "*")
    leis = re.findall(rb"<lei:LEI>(\w{20})</lei:LEI>", content)
    assert len(leis) == content.count(b"<lei:LEIRecord ") == 13
    assert [claim.value for claim in claims(found, "same_as")] == [f"lei:{lei.decode()}" for lei in leis]
    assert len(claims(found, "former_name")) == content.count(b'type="PREVIOUS_LEGAL_NAME"') == 9
    seats = re.findall(rb"<lei:HeadquartersAddress.*?</lei:HeadquartersAddress>", content, re.DOTALL)
    elsewhere = [seat for seat in seats if b">c/o " in seat.lower()]
    assert len(claims(found, "LOCATED_IN")) == len(seats) - len(elsewhere) == 8
    assert all(claim.object and claim.object.id for claim in claims(found, "LOCATED_IN"))
    assert reasons(found)[-1] == "f: 13 records, where its header promises 2394586: an excerpt"
    assert [item.published for item in found if isinstance(item, Document)] == ["2023-06-05"]
    assert not any(isinstance(item, Claim) for item in read(content))


@real
def test_real_level_2_and_exceptions() -> None:
    content = (REAL / "rr-data.xml").read_bytes()
    found = read(content, "*")
    kinds = re.findall(rb"RelationshipType>([\w-]+)</", content)
    assert len(kinds) == 10
    assert len(claims(found, "SUBSIDIARY_OF")) == kinds.count(b"IS_DIRECTLY_CONSOLIDATED_BY") == 1
    assert len(claims(found, "HAS_ULTIMATE_PARENT")) == kinds.count(b"IS_ULTIMATELY_CONSOLIDATED_BY") == 1
    content = (REAL / "repex-data.xml").read_bytes()
    assert len(claims(read(content, "*"), "parent_exception")) == content.count(b"<repex:Exception ") == 10


@real
def test_real_answer_of_the_api() -> None:
    found = read(REAL / "api-lei-record.549300LBI3LRIZ2V8V66.json")
    assert [claim.value for claim in claims(found, "same_as")] == ["lei:549300LBI3LRIZ2V8V66"]
    assert [claim.published for claim in claims(found, "legal_name")] == ["2024-07-06"]
    assert reasons(found) == []
