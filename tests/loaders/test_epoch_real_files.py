"""The real files of Epoch AI, where they are at hand: what the loaders give is what counting the rows gives."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.ids import name_key
from kg.core.rejection import Rejection
from kg.fetch.files import sources
from kg.fetch.raw import Raw
from kg.plugins import load
from kg.resolve.resolver import Resolver
from kg.schema.ontology import ontology
from kg.schema.registry import registry
from kg.schema.validate import checked

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WHOLE = re.compile(r"\d+\.0")

DATA = Path(__file__).parents[3] / "shared" / "data"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the publishers' files are not part of the project")

SITES = "epoch-data-centers/data_centers.csv"
TIMELINES = "epoch-data-centers/data_center_timelines.csv"
CHIPS = "epoch-data-centers/data_center_chip_quantities.csv"
CLUSTERS = "epoch-gpu-clusters/gpu_clusters.csv"
FILES = sorted(str(path.relative_to(DATA)) for path in DATA.glob("epoch-*/*.csv"))


@cache
def raw(name: str) -> Raw:
    (item,) = sources([str(DATA / name)])
    assert isinstance(item, Raw)
    return item


@cache
def items(name: str) -> list[Document | Claim | Rejection]:
    return [item for item in load(raw(name)) if isinstance(item, Document | Claim | Rejection)]


def claims(name: str) -> list[Claim]:
    return [item for item in items(name) if isinstance(item, Claim)]


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def told(name: str, *predicates: str) -> int:
    return sum(claim.predicate in predicates for claim in claims(name))


def filled(name: str, *columns: str) -> int:
    return sum(bool(row[column].strip()) for row in rows(name) for column in columns)


@pytest.mark.parametrize("name", FILES)
def test_every_claim_is_valid_and_has_its_cells(name: str) -> None:
    for claim in claims(name):
        assert not isinstance(checked(claim, ontology()), Rejection), str(checked(claim, ontology()))
        assert claim.evidence.locator
        assert claim.evidence.locator.startswith("row ")
    (document,) = (item for item in items(name) if isinstance(item, Document))
    assert document.whole
    assert document.source == claims(name)[0].source


def test_75_sites() -> None:
    assert len(rows(SITES)) == 75
    assert len({claim.row for claim in claims(SITES)}) == 75
    for column, predicate in (("Owner", "OWNS"), ("Users", "USES"), ("Energy companies", "POWERS")):
        named = sum(len(row[column].split(",")) for row in rows(SITES) if row[column])
        assert told(SITES, predicate) == named
    assert told(SITES, "LOCATED_IN") == 75


def test_424_rows_of_timelines_of_which_71_are_planned() -> None:
    assert len({claim.row for claim in claims(TIMELINES)}) == len(rows(TIMELINES)) == 424
    day = next(item for item in items(TIMELINES) if isinstance(item, Document)).published
    assert day == "2026-08-03"
    later = [row for row in rows(TIMELINES) if row["Date"] > day]
    planned = {claim.row for claim in claims(TIMELINES) if claim.predicate != "opens" and claim.status == "planned"}
    assert len(planned) == len(later) == 71
    assert told(TIMELINES, "capacity_mw") == filled(TIMELINES, "IT power (MW)", "Power (MW)")


def test_power_of_equipment_and_of_the_site_stand_apart() -> None:
    power = {
        quantity.basis: claim.value
        for claim in claims(TIMELINES)
        if claim.subject.name == "Colossus 2"
        for name, quantity in claim.quantities.items()
        if name == "capacity_mw" and quantity.as_of == "2026-07-01"
    }
    assert power == {"it": 946, "facility_power": 1276}
    assert not [claim for claim in claims(TIMELINES) if claim.value == 946 + 1276]


def test_sites_give_power_only_where_the_day_of_the_edition_is_known() -> None:
    known = [claim.quantities["capacity_mw"] for claim in claims(SITES) if claim.predicate == "capacity_mw"]
    assert {quantity.basis for quantity in known} == {"it"}
    assert len(known) == 75
    unknown = list(load(replace(raw(SITES), data=raw(SITES).data + b"\n")))
    assert not [item for item in unknown if isinstance(item, Claim) and item.predicate == "capacity_mw"]
    assert any(isinstance(item, Rejection) and "Current power (MW)" in item.reason for item in unknown)
    early = list(load(replace(raw(SITES), vintage="2025-06-01")))
    bases = {c.quantities["capacity_mw"].basis for c in early if isinstance(c, Claim) and c.predicate == "capacity_mw"}
    assert bases == {"facility_power"}


def test_chips_are_counted_all_told_and_a_method_note_is_no_user() -> None:
    with_site = [row for row in rows(CHIPS) if row["Data center"]]
    assert len(rows(CHIPS)) - len(with_site) == 14
    assert told(CHIPS, "HOSTS_CHIP") == len(with_site)
    hosted = [c for c in claims(CHIPS) if c.predicate == "HOSTS_CHIP" and c.subject.name == "Colossus 1"]
    counts = {c.qualifiers["date"]: c.qualifiers["chip_count"] for c in hosted if c.object and c.object.name == "H100"}
    assert counts == {"2025-07-22": 150_000, "2026-06-01": 150_000}
    rejected = [str(item) for item in items(CHIPS) if isinstance(item, Rejection)]
    assert any("row 135, User: a remark" in text for text in rejected)
    assert not [c for c in claims(CHIPS) if "estimated IT power" in c.subject.name]


def test_r200_at_a_site_is_not_the_board_of_that_name() -> None:
    resolver = Resolver(registry())
    at_sites = {c.object for c in claims(CHIPS) if c.object and c.object.name == "R200"}
    boards = {c.object for c in claims("epoch-ml-hardware/ml_hardware.csv") if c.object and "R200" in c.object.name}
    assert at_sites
    assert boards
    assert not {resolver.referent(chip) for chip in at_sites} & {resolver.referent(chip) for chip in boards}


def test_786_clusters_of_which_257_are_anonymous_and_94_flagged() -> None:
    assert len({claim.row for claim in claims(CLUSTERS)}) == len(rows(CLUSTERS)) == 786
    flags = Counter(claim.value for claim in claims(CLUSTERS) if claim.predicate == "flag")
    anonymous = sum(row["Name"].startswith("Anonymized") for row in rows(CLUSTERS))
    assert flags["anonymous"] == anonymous == 257
    assert flags["possible duplicate"] == filled(CLUSTERS, "Possible Duplicate") == 94
    statuses = Counter(row["Status"] for row in rows(CLUSTERS))
    assert statuses == {"Existing": 609, "Planned": 171, "Decommissioned": 6}


def test_rows_without_a_name_are_one_entity_each() -> None:
    unnamed = {claim.subject for claim in claims(CLUSTERS) if claim.subject.name.startswith("Anonymized")}
    assert len({entity.id for entity in unnamed}) == 257
    resolver = Resolver(registry())
    assert len({resolver.referent(entity) for entity in unnamed}) == 257


def test_kinds_of_users_are_no_companies() -> None:
    users = {claim.subject.name for claim in claims(CLUSTERS) if claim.predicate == "USES"}
    assert not users & {"Cloud", "Academia", "Researchers", "US Companies", "Industry"}
    assert {"Anthropic", "xAI", "Lawrence Livermore NL", "iGenius"} <= users


def test_170_chips_and_their_foundries() -> None:
    name = "epoch-ml-hardware/ml_hardware.csv"
    assert len({claim.row for claim in claims(name)}) == len(rows(name)) == 170
    assert told(name, "DESIGNS") == filled(name, "Manufacturer")
    foundries = sum(len(row["Foundry"].split(",")) for row in rows(name) if row["Foundry"])
    assert told(name, "FABRICATES") == foundries
    assert told(name, "tdp_w") == filled(name, "TDP (W)")


def test_471_models() -> None:
    name = "epoch-ai-models/large_scale_ai_models.csv"
    assert len({claim.row for claim in claims(name)}) == len(rows(name)) == 471
    assert told(name, "training_flop") == filled(name, "Training compute (FLOP)")
    developers = {claim.subject.name for claim in claims(name) if claim.predicate == "DEVELOPS"}
    assert "Qilin Hesheng Network Technology Co., Ltd. (APUS)" in developers
    assert not [developer for developer in developers if developer.startswith("Ltd")]


def test_36_rounds_saved_by_a_spreadsheet() -> None:
    name = "epoch-ai-companies/ai_companies_funding_rounds.csv"
    assert told(name, "funding_round") == len(rows(name)) == 36
    assert told(name, "valuation_usd") == filled(name, "Valuation (post-money)")
    late = sum(row["Status"] == "Late discussions" for row in rows(name))
    assert sum(c.status == "planned" for c in claims(name) if c.predicate == "funding_round") == late
    values = [claim for claim in claims(name) if claim.predicate == "equity_raised_usd" and claim.value == 1e11]
    assert [claim.evidence.text.split(" | ")[0] for claim in values] == ["Id: OpenAI–Nvidia"]


def test_11_rows_of_spend_and_7_companies() -> None:
    spend = "epoch-ai-companies/ai_companies_compute_spend.csv"
    assert told(spend, "compute_spend_usd", "research_compute_usd", "inference_compute_usd") == len(rows(spend)) == 11
    companies = "epoch-ai-companies/ai_companies.csv"
    assert told(companies, "founded") == len(rows(companies)) == 7


def test_chip_types_and_pseudo_organizations() -> None:
    types = "epoch-chip-sales/ai_chip_sales_chip_types.csv"
    assert told(types, "DESIGNS") == filled(types, "Designer") == 30
    empty = [item for item in items(types) if isinstance(item, Rejection) and "empty twin" in item.reason]
    assert len(empty) == len(rows(types)) - 30
    organizations = "epoch-chip-sales/ai_chip_sales_organizations.csv"
    assert len({claim.row for claim in claims(organizations)}) == 10
    assert told(organizations, "LOCATED_IN") == filled(organizations, "Country")


def respelled(name: str) -> bytes:
    """Return a file as a spreadsheet saves it: CRLF, other order of columns and one more, own dates and numbers."""
    table = rows(name)
    columns = [*reversed(list(table[0])), "Added"]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_respelled(row.get(column, "")) for column in columns] for row in table)
    return out.getvalue().encode("utf-8-sig")


def _respelled(cell: str) -> str:
    if _DAY.fullmatch(cell):
        return f"{int(cell[5:7])}/{int(cell[8:])}/{cell[:4]}"
    if cell.endswith("000000000") and cell.isdigit():
        return f"{float(cell):E}"
    return cell.removesuffix(".0") if _WHOLE.fullmatch(cell) else cell.upper() if cell in {"True", "False"} else cell


@pytest.mark.parametrize("name", FILES)
def test_an_edition_saved_again_by_a_spreadsheet_gives_the_same_claims(name: str) -> None:
    day = next(item for item in items(name) if isinstance(item, Document)).published
    again = replace(raw(name), data=respelled(name), vintage=day)
    found = list(load(again))
    assert {item.id for item in found if isinstance(item, Claim)} == {claim.id for claim in claims(name)}
    reasons = [item.reason for item in found if isinstance(item, Rejection)]
    assert "column 'Added' is not known and was not read" in reasons


@pytest.mark.parametrize("name", FILES)
def test_names_in_claims_stand_in_their_row(name: str) -> None:
    cells = {str(number): name_key(" ".join(row.values())) for number, row in enumerate(rows(name), 2)}
    for claim in claims(name):
        number = (claim.evidence.locator or "").split(",")[0].removeprefix("row ")
        for entity in (claim.subject, claim.object):
            if entity is not None:
                assert name_key(entity.name) in cells[number]
