"""Citations: every claim of a row knows what the row cites, and the claims of other rows do not."""

from pathlib import Path

import pytest

from kg import plugins, resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.fetch.raw import Raw
from kg.graph.records import claim_from, claim_properties
from kg.notes import in_cell
from kg.tables.citations import with_citations
from kg.tables.mapped import Mapped
from kg.tables.mapping_file import parse

SAMPLES = resources.folder("loaders")
PLAN = {
    "source": "desk",
    "row": "Deal",
    "claims": [
        {"subject": "Tenant", "predicate": "LEASES_FROM", "object": "Landlord"},
        {"subject": {"column": "Tenant", "type": "Company"}, "attribute": "cites", "value": "Source"},
    ],
    "notes": "Comment",
}
TEXT = (
    "Deal,Tenant,Landlord,Source,Comment\n"
    "1,Loom AI,Halcyra,https://e.org/a,Loom AI leases.\n"
    "2,Loom AI,Sable,,Loom AI leases.\n"
    "3,Loom AI,,https://e.org/b,\n"
)


def read(item: Raw, loader: plugins.Loader | None = None) -> list[object]:
    return list(plugins.load(item, loader))


def deals() -> list[object]:
    return read(Raw("deals.csv", TEXT.encode(), "2026-09-01T00:00:00Z"), Mapped(parse(PLAN)))


def test_claims_and_notes_of_a_row_have_what_it_cites() -> None:
    found = [item for item in deals() if isinstance(item, Claim) and item.object]
    assert [(item.object.name, item.citations) for item in found if item.object] == [
        ("Halcyra", ("https://e.org/a",)),
        ("Sable", ()),
    ]
    assert [item.citations for item in deals() if isinstance(item, Note)] == [("https://e.org/a",), ()]


def test_what_is_read_in_a_note_has_what_its_row_cites() -> None:
    note = next(item for item in deals() if isinstance(item, Note))
    claim = next(item for item in deals() if isinstance(item, Claim))
    edition = next(item for item in deals() if isinstance(item, Document))
    assert in_cell(claim, note, edition).citations == ("https://e.org/a",)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("epoch_*/sample/*.csv")), ids=lambda path: path.stem)
def test_every_row_of_the_samples_knows_its_sources_and_nothing_else_changes(path: Path) -> None:
    raw = Raw(path.name, path.read_bytes(), "2026-12-31T00:00:00Z", excerpt=True)
    plain = list(plugins.loader_for(raw).load(raw))  # type: ignore[union-attr]
    found = read(raw)
    assert [type(item) for item in found] == [type(item) for item in plain]
    for item, before in zip(found, plain, strict=True):
        if isinstance(item, Claim) and isinstance(before, Claim):
            assert item.id == before.id
            cited = {c.value for c in plain if isinstance(c, Claim) and c.row == item.row and c.predicate == "cites"}
            assert item.predicate == "cites" or set(item.citations) == cited
            assert claim_from({**claim_properties(item), "id": item.id}) == item
            assert Claim.from_json(item.to_json()) == item
        elif isinstance(item, Rejection):
            assert item == before


def test_no_more_than_a_row_is_held() -> None:
    rows = (claim for number in range(10_000) for claim in (deal(number, "x"), deal(number, "https://e.org", "cites")))
    found = with_citations(rows)
    assert next(found).citations == ("https://e.org",)
    assert next(rows).row == "desk|1", "the second of the row after it"


def deal(number: int, value: str, attribute: str = "flag") -> Claim:
    text = f"Deal,Tenant,Said\n{number},Loom AI,{value}\n"
    plan = {
        "source": "desk",
        "row": "Deal",
        "claims": [{"subject": {"column": "Tenant", "type": "Company"}, "attribute": attribute, "value": "Said"}],
    }
    raw = Raw("deals.csv", text.encode(), "2026-09-01T00:00:00Z")
    return next(item for item in Mapped(parse(plan)).load(raw) if isinstance(item, Claim))
