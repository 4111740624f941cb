"""Rows of tables: one claim with several editions behind it, and the mark of the edition that lacks it."""

from dataclasses import replace

import pytest
from worlds import Told, difference, graph, ledger, load

from kg.core.claim import Claim, EntityName, Evidence, row_key
from kg.core.document import Document
from kg.questions.answer import Row
from kg.questions.evidence import attach, evidence, mark_doubts
from kg.store.base import Store

OWNER = EntityName("Zed Compute", "Company")


def edition(date: str, *, whole: bool = True, source: str = "sites", retrieved: str | None = None) -> Document:
    return Document(
        f"Sites as of {date}.",
        f"{date}.csv",
        kind="table",
        published=date,
        source=source,
        whole=whole,
        retrieved=retrieved,
    )


def row(document: Document, name: str, owner: EntityName = OWNER, **changes: object) -> Claim:
    told = Claim(
        document.address,
        document.id,
        owner,
        "OWNS",
        Evidence(f"{owner.name} | {name}", locator=f"{document.address}, row of {name}"),
        object=EntityName(name, "Facility"),
        published=document.published,
        key=row_key(str(document.source), name, "owner"),
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def told(document: Document, *names: str) -> Told:
    return Told(document, tuple(row(document, name) for name in names))


FIRST, SECOND, THIRD = map(edition, ("2025-06", "2025-12", "2026-06"))


def claims(store: Store) -> dict[str, dict[str, object]]:
    rows = store.read(
        "MATCH (c:Claim {source: 'sites'})-[:STATED_IN]->(d:Document) "
        "RETURN c {.*} AS c, d.address AS address ORDER BY address"
    )
    found: dict[str, dict[str, object]] = {}
    for item in rows:
        claim = found.setdefault(item["c"]["object_name"], {**item["c"], "stated": []})
        claim["stated"].append(item["address"])  # type: ignore[attr-defined]
    return found


def withdrawn(store: Store) -> dict[str, str]:
    return {name: str(claim["withdrawn_by"]) for name, claim in claims(store).items() if "withdrawn_by" in claim}


def owned(store: Store) -> list[dict[str, object]]:
    return [r["x"] for r in store.read("MATCH (:Company)-[x:OWNS]->(:Facility) RETURN x {.*} AS x ORDER BY x.id")]


def test_the_same_row_in_two_editions_is_one_claim_with_both(store: Store) -> None:
    load(store, [told(FIRST, "A", "B")])
    before = graph(store)
    (second,) = load(store, [told(SECOND, "A", "B")])
    assert (second.claims, second.new) == (2, 0)
    assert {name: claim["stated"] for name, claim in claims(store).items()} == {
        "A": ["2025-06.csv", "2025-12.csv"],
        "B": ["2025-06.csv", "2025-12.csv"],
    }
    edge = owned(store)[0]
    assert (edge["sources"], edge["first_reported"], edge["last_reported"]) == (1, "2025-06", "2025-12")
    ledger(store).forget([SECOND.id])
    assert difference(graph(store), before) == {}


@pytest.mark.parametrize("gone", [FIRST, SECOND])
def test_forgetting_one_edition_leaves_the_other(store: Store, gone: Document) -> None:
    stays = SECOND if gone is FIRST else FIRST
    load(store, [told(FIRST, "A"), told(SECOND, "A")])
    ledger(store).forget([gone.id])
    left = graph(store, moments=False)
    ledger(store).forget([stays.id])
    assert graph(store) == {}
    load(store, [told(stays, "A")])
    assert difference(left, graph(store, moments=False)) == {}


def test_the_latest_edition_speaks_for_the_claim_whenever_it_was_loaded(store: Store) -> None:
    load(store, [told(SECOND, "A")])
    load(store, [told(FIRST, "A")])
    assert claims(store)["A"]["given_as"] == "2025-12.csv"
    assert claims(store)["A"]["document"] == SECOND.id


def test_each_edition_shows_its_own_cells(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(SECOND, "A")])
    (places,) = evidence(store, [str(claims(store)["A"]["id"])]).values()
    assert [(place["document"], place["locator"], place["published"]) for place in places] == [
        ("2025-06.csv", "2025-06.csv, row of A", "2025-06"),
        ("2025-12.csv", "2025-12.csv, row of A", "2025-12"),
    ]


def test_a_row_that_a_later_whole_edition_lacks_is_withdrawn_by_it(store: Store) -> None:
    load(store, [told(FIRST, "A", "B")])
    assert withdrawn(store) == {}
    load(store, [told(SECOND, "A")])
    assert withdrawn(store) == {"B": SECOND.id}
    load(store, [told(THIRD)])
    assert withdrawn(store) == {"A": THIRD.id, "B": SECOND.id}
    assert len(owned(store)) == 2, "what was said stays"
    ledger(store).forget([SECOND.id])
    assert withdrawn(store) == {"A": THIRD.id, "B": THIRD.id}
    load(store, [told(edition("2026-07", whole=False), "B")])
    assert withdrawn(store) == {"A": THIRD.id}
    ledger(store).forget([THIRD.id])
    assert withdrawn(store) == {}


def test_evidence_and_rows_say_what_is_withdrawn_by_which_edition(store: Store) -> None:
    load(store, [told(FIRST, "A", "B"), told(SECOND, "A", "B"), told(THIRD, "A")])
    rows = [Row({"claims": [str(claim["id"])]}) for claim in claims(store).values()]
    together = Row({"claims": [id_ for row in rows for id_ in row["claims"]]})
    mark_doubts(store, [*rows, together])
    assert [row.withdrawn for row in (*rows, together)] == [False, True, False]
    attach(store, rows)
    marks = [{(entry["withdrawn_by"], entry["withdrawn"]) for entry in row.evidence or ()} for row in rows]
    assert marks == [{(None, None)}, {("2026-06.csv", "2026-06")}]


def record(store: Store, **days: Document) -> None:
    """Say that the store learnt of these documents on these days of 2026: ``may_01``."""
    for name, document in days.items():
        moment = f"2026-{['jan', 'feb', 'mar', 'apr', 'may'].index(name[:3]) + 1:02}-{name[4:]}T08:00:00Z"
        store.write(
            lambda tx, told=(document.id, moment): tx.run(  # type: ignore[misc]
                "MATCH (d:Document {id: $id}) SET d.recorded = $at", {"id": told[0], "at": told[1]}
            )
        )


def known_withdrawn(store: Store, name: str, known_by: str | None) -> tuple[bool, set[str | None]]:
    """Return whether a row is marked, and by which editions its evidence says so, as known on a day."""
    told = Row({"claims": [str(claims(store)[name]["id"])]})
    mark_doubts(store, [told], known_by)
    attach(store, [told], known_by)
    return told.withdrawn, {entry["withdrawn_by"] for entry in told.evidence or ()}


def test_nobody_knew_that_a_row_would_be_gone_before_the_edition_without_it_was_recorded(store: Store) -> None:
    load(store, [told(FIRST, "A", "B"), told(SECOND, "A")])
    record(store, jan_01=FIRST, mar_01=SECOND)
    assert known_withdrawn(store, "B", "2026-02") == (False, {None})
    assert known_withdrawn(store, "A", "2026-03") == (False, {None})
    for day in ("2026-03", "2026-03-01", "2027", None):
        assert known_withdrawn(store, "B", day) == (True, {"2025-12.csv"})


def test_a_row_that_came_back_was_withdrawn_for_those_who_had_not_seen_it_again(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(SECOND), told(THIRD, "A")])
    record(store, jan_01=FIRST, feb_01=SECOND, mar_01=THIRD)
    known = [known_withdrawn(store, "A", f"2026-0{month}") for month in (1, 2, 3)]
    assert known == [(False, {None}), (True, {"2025-12.csv"}), (False, {None})]


def test_an_edition_that_was_found_later_had_withdrawn_nothing_before(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(THIRD), told(SECOND)])
    record(store, jan_01=FIRST, feb_01=THIRD, mar_01=SECOND)
    assert known_withdrawn(store, "A", "2026-02") == (True, {"2026-06.csv"})
    assert known_withdrawn(store, "A", None) == known_withdrawn(store, "A", "2026-03") == (True, {"2025-12.csv"})


def test_evidence_as_known_on_a_day_is_of_the_documents_of_then(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(SECOND, "A")])
    record(store, jan_01=FIRST, mar_01=SECOND)
    id_ = str(claims(store)["A"]["id"])
    for day, stated in (("2026-01", {"2025-06.csv"}), ("2026-03", {"2025-06.csv", "2025-12.csv"})):
        assert {entry["document"] for entry in evidence(store, [id_], day)[id_]} == stated


def test_an_earlier_edition_loaded_later_withdraws_nothing_that_came_after_it(store: Store) -> None:
    load(store, [told(THIRD, "A")])
    load(store, [told(FIRST, "B")])
    assert withdrawn(store) == {"B": THIRD.id}
    load(store, [told(SECOND)])
    assert withdrawn(store) == {"B": SECOND.id}


def test_an_excerpt_withdraws_nothing(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(edition("2026-01", whole=False), "B")])
    assert withdrawn(store) == {}


def test_a_table_of_another_source_withdraws_nothing(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(edition("2026-01", source="others"))])
    assert withdrawn(store) == {}


def test_a_changed_row_stands_beside_the_earlier_one_and_is_not_withdrawn(store: Store) -> None:
    other = EntityName("Other Owner", "Company")
    load(store, [told(FIRST, "A"), Told(SECOND, (row(SECOND, "A", other),))])
    assert withdrawn(store) == {}
    edges = owned(store)
    assert [edge["sources"] for edge in edges] == [1, 1]
    assert {edge["last_reported"] for edge in edges} == {"2025-06", "2025-12"}


def test_an_edition_without_a_date_is_of_the_day_it_was_read(store: Store) -> None:
    undated = replace(edition("later", retrieved="2026-01-01T00:00:00Z"), published=None)
    load(store, [told(FIRST, "A"), Told(undated, ())])
    assert withdrawn(store) == {"A": undated.id}


def test_editions_of_one_source_are_one_origin_and_never_dispute(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(SECOND, "A")])
    rows = store.read("MATCH (d:Document) WHERE d.source = 'sites' RETURN DISTINCT d.origin AS origin")
    assert rows == [{"origin": "source:sites"}]


def test_a_row_and_the_article_that_it_cites_are_one_source_as_long_as_it_cites_it(store: Store) -> None:
    article = Document("Zed Compute owns A.", "a.txt", url="https://www.e.org/a/", published="2025-05")
    said = row(article, "A", key=None, evidence=Evidence(article.text, 0, len(article.text)))
    weak = row(FIRST, "A", citations=("https://e.org/a",), confidence=0.4)
    load(store, [Told(FIRST, (weak,))])
    assert owned(store)[0]["sources"] == 1
    load(store, [Told(article, (replace(said, confidence=0.4),))])
    (edge,) = owned(store)
    assert (edge["sources"], edge["confidence"], len(edge["claims"])) == (1, 0.4, 2)
    shown = Row({"claims": edge["claims"]})
    mark_doubts(store, [shown])
    attach(store, [shown])
    assert shown.weak
    assert {entry["document"] for entry in shown.evidence or ()} == {"2025-06.csv", "a.txt"}
    before = graph(store)
    load(store, [Told(SECOND, (row(SECOND, "A", confidence=0.4),))])
    assert owned(store)[0]["sources"] == 2, "the latest edition cites nothing"
    ledger(store).forget([SECOND.id])
    assert difference(graph(store), before) == {}
    ledger(store).forget([article.id])
    assert owned(store)[0]["sources"] == 1


def test_another_reading_of_an_edition_takes_the_place_of_the_first(store: Store) -> None:
    load(store, [told(FIRST, "A"), told(SECOND, "A")])
    load(store, [told(SECOND, "B")], version="2")
    assert {name: claim["stated"] for name, claim in claims(store).items()} == {
        "A": ["2025-06.csv"],
        "B": ["2025-12.csv"],
    }
    assert withdrawn(store) == {"A": SECOND.id}
