"""What sources say of one site in words of their own: several values, and no dispute; other kinds of words are one."""

from pathlib import Path

import pytest

from kg import KG

MAPPING = """
source: {name}
publisher: {name}
published: 2026-08-01
row: Site
claims:
  - {{subject: {{column: Site, type: Facility}}, attribute: address, value: Address}}
  - {{subject: {{column: Site, type: Facility}}, attribute: construction_status, value: Works}}
  - {{subject: {{column: Site, type: Facility}}, attribute: sector, value: Sector}}
"""
TOLD = {
    "one-desk": 'Site,Address,Works,Sector\nCaddo Bend,"12 Levee Rd, Monroe",Roof is on,private\n',
    "other-desk": 'Site,Address,Works,Sector\nCaddo Bend,"Levee Road 12, Monroe, LA",First hall closed,public\n',
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KG:
    folder = tmp_path_factory.mktemp("words")
    graph = KG(str(folder / "store"))
    for name, rows in TOLD.items():
        table, mapping = Path(folder / f"{name}.csv"), Path(folder / f"{name}.yml")
        table.write_text(rows, encoding="utf-8")
        mapping.write_text(MAPPING.format(name=name), encoding="utf-8")
        graph.load(str(table), mapping=str(mapping))
    return graph


def test_addresses_worded_otherwise_are_several_and_no_dispute(graph: KG) -> None:
    told = [row for row in graph.show("Caddo Bend").attributes if row.attribute == "address"]
    assert {row.words for row in told} == {"12 Levee Rd, Monroe", "Levee Road 12, Monroe, LA"}
    assert not any(row.disputed for row in told)
    (site,) = graph.cypher("MATCH (f:Facility) RETURN f.address AS address, f.address_disputed AS disputed")
    assert (len(site.address), site.disputed) == (2, None)


def test_unlike_words_of_progress_are_no_dispute_and_unlike_categories_are_one(graph: KG) -> None:
    told = {row.attribute: row for row in graph.show("Caddo Bend").attributes}
    assert not told["construction status"].disputed
    assert told["sector"].disputed
    (site,) = graph.cypher(
        "MATCH (f:Facility) RETURN f.construction_status_disputed AS works, f.sector_disputed AS sector"
    )
    assert (site.works, site.sector) == (None, True)
