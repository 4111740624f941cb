"""Real pages, from their text to a sourced row, with the package's own extractor."""

from pathlib import Path

import pytest

from kg import KG

SEEDS = Path(__file__).parents[3] / "shared" / "corpus" / "seeds"


@pytest.mark.skipif(not SEEDS.exists(), reason="the real pages lie beside the project and may not be copied into it")
def test_five_pages_say_that_anthropic_leases_colossus_1_from_xai(tmp_path: Path) -> None:
    with KG(str(tmp_path / "store")) as graph:
        graph.load(str(SEEDS))
        rows = graph.ask("leases", tenant="Anthropic", evidence=True)
    lease = next(row for row in rows if row.landlord == "xAI" and row.facility == "Colossus 1")
    assert lease.capacity_mw == 300
    assert {Path(one["document"]).name for one in lease.evidence} == {f"seed{n}.txt" for n in range(5)}
    for one in lease.evidence:
        text = Path(one["document"]).read_text(encoding="utf-8")
        assert text[one["start"] : one["end"]] == one["quote"]
