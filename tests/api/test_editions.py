"""Editions of a table in a store: what stays gains a document, what changes stands beside, what goes is marked."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import KG
from kg.core.claim import Claim, EntityName, Evidence
from kg.core.document import Document
from kg.core.note import Note
from kg.exceptions import InputError, StoreError
from kg.notes import noted
from kg.pipeline import load
from kg.preview import preview
from kg.reading import Source
from kg.render.formats import writer
from kg.store.base import Row
from kg.store.open import open_store

SAMPLE = Path(__file__).parents[2] / "loaders" / "epoch_data_centers" / "sample"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def edition(folder: Path, name: str, change: dict[str, dict[str, str] | None]) -> str:
    """Write the sample's sites with some cells changed; a site that is None is left out."""
    rows = list(csv.DictReader(io.StringIO((SAMPLE / "data_centers.csv").read_text(encoding="utf-8"))))
    kept = [row | (change.get(row["Name"]) or {}) for row in rows if change.get(row["Name"], {}) is not None]
    rest = [rows[-1] | {"Name": f"Site {n}"} for n in range(50)]  # so many that the edition is whole
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(kept + rest)
    return str(path)


class Editions:
    """A store of its own, loaded with one edition after the other."""

    def __init__(self, folder: Path) -> None:
        self.spec = str(folder / "store")

    def load(self, path: str, vintage: str) -> str:
        return str(load(Source((path,), vintage=vintage), lambda: open_store(self.spec, write=True)))

    def read(self, cypher: str) -> list[Row]:
        with open_store(self.spec, write=False) as store:
            return store.read(cypher)


@pytest.fixture
def editions(folder: Path) -> Editions:
    return Editions(folder)


def test_rows_that_stay_gain_a_document_and_nothing_else(folder: Path, editions: Editions) -> None:
    first = edition(folder, "a.csv", {})
    editions.load(first, "2026-08-03")
    second = edition(folder, "b.csv", {"Fjord Loop": {"Owner": "Halcyra #likely"}})
    editions.load(second, "2026-10-01")
    rows = editions.read(
        "MATCH (c:Claim)-[s:STATED_IN]->(d:Document) WHERE c.row ENDS WITH '|Caddo Bend' "
        "WITH c, count(d) AS documents RETURN documents, count(c) AS claims"
    )
    assert len(rows) == 1
    assert rows[0]["documents"] == 2
    owners = editions.read(
        "MATCH (c:Claim {predicate: 'OWNS'})-[s:STATED_IN]->(d:Document) WHERE c.row ENDS WITH '|Fjord Loop' "
        "RETURN c.subject_name AS owner, d.published AS published ORDER BY published"
    )
    assert [(row["owner"], row["published"]) for row in owners] == [
        ("Northlight Compute", "2026-08-03"),
        ("Halcyra", "2026-10-01"),
    ]


def test_doubt_may_grow(folder: Path, editions: Editions) -> None:
    editions.load(edition(folder, "a.csv", {}), "2026-08-03")
    editions.load(edition(folder, "b.csv", {"Caddo Bend": {"Owner": "Halcyra #speculative"}}), "2026-10-01")
    (row,) = editions.read(
        "MATCH (:Company {name: 'Halcyra'})-[x:OWNS]->(:Facility {name: 'Caddo Bend'}) RETURN x.confidence AS sure"
    )
    assert row["sure"] == 0.4


def test_rows_that_are_gone_are_marked_as_withdrawn_by_that_edition(folder: Path, editions: Editions) -> None:
    editions.load(edition(folder, "a.csv", {}), "2026-08-03")
    editions.load(edition(folder, "b.csv", {"Fjord Loop": None}), "2026-10-01")
    rows = editions.read(
        "MATCH (c:Claim) WHERE c.withdrawn_by IS NOT NULL MATCH (d:Document {id: c.withdrawn_by}) "
        "RETURN DISTINCT c.row AS row, d.published AS by"
    )
    assert [(row["row"], row["by"]) for row in rows] == [("epoch-data-centers|Fjord Loop", "2026-10-01")]


def test_what_rests_on_rows_that_are_gone_is_marked_in_answers_and_cards(folder: Path, editions: Editions) -> None:
    editions.load(edition(folder, "a.csv", {}), "2026-08-03")
    gone = edition(folder, "b.csv", {"Fjord Loop": None})
    editions.load(gone, "2026-10-01")
    graph = KG(editions.spec)
    owners = graph.ask("facility", facility="Fjord Loop", evidence=True)
    assert owners.rows
    assert all(row.withdrawn for row in owners)
    assert {(entry["withdrawn_by"], entry["withdrawn"]) for row in owners for entry in row.evidence or ()} == {
        (gone, "2026-10-01")
    }
    assert all(row.withdrawn for row in graph.show("Fjord Loop").facts)
    assert not any(row.withdrawn for row in graph.ask("facility", facility="Caddo Bend"))


def test_what_is_withdrawn_is_marked_in_every_format_without_evidence(folder: Path, editions: Editions) -> None:
    editions.load(edition(folder, "a.csv", {}), "2026-08-03")
    editions.load(edition(folder, "b.csv", {"Fjord Loop": None}), "2026-10-01")
    graph = KG(editions.spec)
    for site, marked in (("Fjord Loop", True), ("Caddo Bend", False)):
        answer = graph.ask("facility", facility=site)
        assert {row["withdrawn"] for row in answer.to_dicts()} == {marked}
        for name, sign in (("json", '"withdrawn": true'), ("jsonl", '"withdrawn": true'), ("csv", ",true\n")):
            out = io.StringIO()
            writer(name)(answer, out)
            assert (sign in out.getvalue()) == marked
        card = graph.show(site).to_dict()
        assert {row["withdrawn"] for row in (*card["facts"], *card["attributes"])} == {marked}


def test_with_known_by_nothing_is_withdrawn_before_the_store_had_the_edition(folder: Path, editions: Editions) -> None:
    editions.load(edition(folder, "a.csv", {}), "2026-08-03")
    editions.load(edition(folder, "b.csv", {"Fjord Loop": None}), "2026-10-01")
    with open_store(editions.spec, write=True) as store:
        store.write(lambda tx: tx.run("MATCH (d:Document) SET d.recorded = d.published + 'T08:00:00Z'", {}))
    for day, marked in (("2026-08", False), ("2026-09-30", False), ("2026-10-01", True), ("2027", True)):
        answer = KG(editions.spec).ask("facility", facility="Fjord Loop", evidence=True, known_by=day)
        assert {row.withdrawn for row in answer} == {marked}
        assert {bool(entry["withdrawn_by"]) for row in answer for entry in row.evidence or ()} == {marked}


def test_an_excerpt_withdraws_nothing(folder: Path, editions: Editions) -> None:
    editions.load(edition(folder, "a.csv", {}), "2026-08-03")
    part = Source((str(SAMPLE / "data_centers.csv"),), vintage="2026-10-01", excerpt=True)
    load(part, lambda: open_store(editions.spec, write=True))
    assert editions.read("MATCH (c:Claim) WHERE c.withdrawn_by IS NOT NULL RETURN c.id AS id") == []


def test_a_preview_says_what_a_load_does_and_stores_nothing(folder: Path, editions: Editions) -> None:
    first = edition(folder, "a.csv", {})
    change = {"Caddo Bend": {"Owner": "Northlight Compute"}, "Fjord Loop": None}
    second = edition(folder, "b.csv", change)
    nothing = preview(Source((first,), vintage="2026-08-03"), editions.spec)
    assert nothing.report.count("new") == 1
    assert not Path(editions.spec).exists()
    editions.load(first, "2026-08-03")
    before = editions.read("MATCH (n) RETURN count(n) AS n")
    told = preview(Source((second,), vintage="2026-10-01"), editions.spec)
    assert editions.read("MATCH (n) RETURN count(n) AS n") == before
    assert told.changed == ["epoch-data-centers|Caddo Bend"]
    assert told.report.withdrawn == ["epoch-data-centers|Fjord Loop"]
    assert str(told.report) == editions.load(second, "2026-10-01")
    assert str(told.report).endswith("; 1 row withdrawn")


def test_a_preview_is_refused_what_a_load_is_refused(folder: Path) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "notes.txt").write_text("not a store", encoding="utf-8")
    with pytest.raises(StoreError, match="exists and is not a store"):
        preview(Source((edition(folder, "a.csv", {}),)), str(folder / "notes"))


def test_a_preview_mends_a_broken_off_step_as_a_load_does(folder: Path, editions: Editions) -> None:
    first = edition(folder, "a.csv", {})
    editions.load(first, "2026-08-03")
    with open_store(editions.spec, write=True) as store:
        store.write(lambda tx: tx.run("MATCH (s:KGStore) SET s.steps = ['storing doc:x']", {}))
    told = preview(Source((first,), vintage="2026-08-03"), editions.spec)
    assert str(told.report) == editions.load(first, "2026-08-03")
    assert told.report.count("unchanged") == 1


def test_a_preview_names_what_would_be_disputed(folder: Path) -> None:
    graph = KG(str(folder / "store"))
    graph.load(SAMPLE / "data_center_timelines.csv", excerpt=True, vintage="2026-08-03")
    plan = "source: desk\nrow: Site\nclaims:\n- {subject: Site, attribute: opens, value: Opened}\n"
    (folder / "m.yml").write_text(plan, encoding="utf-8")
    (folder / "t.csv").write_text("Site,Opened\nCaddo Bend,2024-03-01\n", encoding="utf-8")
    told = preview(Source((str(folder / "t.csv"),), mapping=str(folder / "m.yml")), str(folder / "store"))
    assert told.disputed == ["Caddo Bend: opens"]


def test_a_damaged_file_leaves_the_store_as_it_was(folder: Path, editions: Editions) -> None:
    first = edition(folder, "a.csv", {})
    torn = folder / "torn.csv"
    text = Path(first).read_text(encoding="utf-8")
    torn.write_text(text.replace("\nSite 40,", "\nSite 40\nx,", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"torn\.csv: row \d+: \d+ cells?, but the header has 16 columns"):
        editions.load(str(torn), "2026-08-03")
    assert not Path(editions.spec).exists()
    editions.load(first, "2026-08-03")
    before = editions.read("MATCH (n) RETURN count(n) AS n")
    with pytest.raises(InputError):
        editions.load(str(torn), "2026-10-01")
    assert editions.read("MATCH (n) RETURN count(n) AS n") == before


def test_fewer_rows_than_the_source_has_fail_the_file_whole(folder: Path, editions: Editions) -> None:
    with pytest.raises(InputError, match=r"3 rows, but epoch-data-centers has at least 40.*--excerpt"):
        editions.load(str(SAMPLE / "data_centers.csv"), "2026-08-03")
    assert not Path(editions.spec).exists()


def test_a_damaged_table_in_a_folder_is_left_out_with_the_reason(folder: Path, editions: Editions) -> None:
    inside = folder / "tables"
    inside.mkdir()
    edition(inside, "good.csv", {})
    (inside / "torn.csv").write_text((inside / "good.csv").read_text(encoding="utf-8") + "x,y\n", encoding="utf-8")
    report = editions.load(str(inside), "2026-08-03")
    assert report.startswith("1 document: 1 new, 0 unchanged, 1 rejected")


SENTENCE = "Loom AI has signed with Halcyra for 300 MW at Caddo Bend."


@dataclass(frozen=True)
class Found:
    claims: tuple[Claim, ...]


class OneSentence:
    """An extractor of one's own, which knows one sentence."""

    version = "one sentence"

    def extract(self, document: Document) -> Found:
        start = document.text.find(SENTENCE)
        if start < 0:
            return Found(())
        evidence = Evidence(SENTENCE, start, start + len(SENTENCE))
        tenant, landlord = EntityName("Loom AI", "Company"), EntityName("Halcyra", "Company")
        said = {"capacity_mw": 300, "facility": "Caddo Bend"}
        claim = Claim(
            document.address, document.id, tenant, "LEASES_FROM", evidence, landlord,
            qualifiers=said, published=document.published,
        )  # fmt: skip
        return Found((claim,))


def test_rows_and_sentences_meet_on_one_card(folder: Path) -> None:
    story = folder / "story.txt"
    story.write_text(f"Halcyra opens Caddo Bend\n\nMay 6, 2026\n\n{SENTENCE}\n", encoding="utf-8")
    graph = KG(str(folder / "store"), extractor=OneSentence())
    graph.load(edition(folder, "a.csv", {}), story, vintage="2026-08-03")
    card = graph.show("Caddo Bend")
    assert {row.kind for row in card.documents} == {"table", "news"}
    leases = {row.stage: row for row in graph.ask("leases", tenant="Loom AI", facility="Caddo Bend", evidence=True)}
    assert {entry["kind"] for entry in leases["in use"].evidence or ()} == {"table"}
    assert {entry["kind"] for entry in leases[None].evidence or ()} == {"news"}
    assert leases["in use"].landlord == leases[None].landlord == "Halcyra"
    assert leases["in use"].deal is None
    assert {tuple(row.kinds) for row in graph.ask("facility", facility="Caddo Bend")} >= {("table",), ("news",)}


def test_prose_in_cells_is_read_when_asked_and_keeps_its_cell(folder: Path) -> None:
    table = (SAMPLE / "data_center_timelines.csv").read_text(encoding="utf-8")
    (folder / "t.csv").write_text(table.replace("Two buildings are operational.", SENTENCE), encoding="utf-8")
    graph = KG(str(folder / "store"), extractor=OneSentence())
    graph.load(folder / "t.csv", excerpt=True)
    assert not len(graph.ask("leases"))
    graph.load(folder / "t.csv", excerpt=True, read_notes=True)
    (lease,) = graph.ask("leases", evidence=True)
    assert [(entry["quote"], entry["start"], entry["locator"]) for entry in lease.evidence or ()] == [
        (SENTENCE, None, "row 4, Construction status")
    ]


PARTS = [("Building 1", 0), ("Phase 2", 0), ("Caddo Bend", 1), ("Phase Four Labs", 1)]


@pytest.mark.parametrize(("site", "kept"), PARTS)
def test_mere_parts_of_a_site_are_no_entities(site: str, kept: int) -> None:
    class OneSite:
        def extract(self, document: Document) -> Found:
            evidence = Evidence(document.text, 0, len(document.text))
            where = EntityName(site, "Facility")
            return Found((Claim("t.csv", document.id, where, "capacity_mw", evidence, value=5),))

    note = Note("doc:1", "220 MW [there](https://example.com/x).", "row 4, Notes", "s|r|Notes", "Colossus 2")
    claims = list(noted(note, Document("text", "t.csv", kind="table"), OneSite()))
    assert len(claims) == kept
    assert all(claim.evidence == Evidence("220 MW there.", locator="row 4, Notes") for claim in claims)


def test_every_table_of_a_publisher_is_one_source(folder: Path, editions: Editions) -> None:
    editions.load(edition(folder, "a.csv", {}), "2026-08-03")
    part = Source((str(SAMPLE),), vintage="2026-08-03", excerpt=True)
    load(part, lambda: open_store(editions.spec, write=True))
    (row,) = editions.read(
        "MATCH (:Facility {name: 'Caddo Bend'})-[x:HOSTS_CHIP]->(:Chip {name: 'H100'}) "
        "RETURN x.sources AS sources, x.chip_count AS chips"
    )
    assert (row["sources"], row["chips"]) == (1, 64_000)
