"""The guard: on the project's own gold the extraction is as good as it has been, and the pages say how good that is."""

from dataclasses import replace

import pytest

from scripts.score.gold import sets
from scripts.score.measure import measure
from scripts.score.pages import BLOCK, PAGES, fallen, filled, reached
from scripts.score.read import read_document


def test_the_extraction_is_as_good_as_it_has_been() -> None:
    known = reached()
    if "own" not in known["sets"]:
        pytest.skip("nothing has been written down yet: python3 scripts/dev.py score --write")
    own = replace(sets()[0], sealed=True)  # only the figures are wanted, which is quicker
    found = measure(own, [read_document(str(gold.path), traced=False) for gold in own.documents])
    assert fallen(known["best"]["own"], found.figures(), known["margin"]) == []
    assert found.score.evidence.wrong == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_pages_show_what_is_written_down(page: object) -> None:
    text = page.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    assert BLOCK.search(text)
    assert filled(text, reached()) == text, "fill them in with: python3 scripts/dev.py score --write"
