"""What is made of a score: where relations are lost, what is shown of sealed documents, what is written down."""

import random
from collections import Counter
from pathlib import Path

import pytest
from claims_from_gold import spoilt
from hypothesis import given
from hypothesis import strategies as st

from scripts.score import pages
from scripts.score.__main__ import _chosen
from scripts.score.gold import Gold, GoldSet, sets
from scripts.score.losses import STEPS, Trace, steps
from scripts.score.measure import Measured, measure
from scripts.score.read import Read
from scripts.score.report import report

Own = list[tuple[Gold, str]]
FIGURES = [*pages.GUARDED, "calibration_error"]
figures = st.fixed_dictionaries(dict.fromkeys(FIGURES, st.floats(0, 1)))


def traced(gold: Gold) -> Trace:
    """Return the trace of a reader that finds all names and proposes every second relation."""
    said = [[r["s"], r["p"], r["o"]] for r in gold.data["relations"]]
    return {
        "named": [[entity["name"], entity["type"]] for entity in gold.data["entities"]],
        "near": [sorted((s, o)) for s, _, o in said[::4]],
        "proposed": said[::2],
    }


def measured(own: Own, *, sealed: bool = False) -> Measured:
    reads = []
    for gold, text in own:
        claims = list(spoilt(gold, text, random.Random(1)))
        kept = [claim for claim in claims if claim["confidence"] >= 0.3]
        left = [claim for claim in claims if claim["confidence"] < 0.3]
        reads.append(Read(text, kept, left, 0.5, None if sealed else traced(gold)))
    return measure(GoldSet("some", "some texts", tuple(gold for gold, _ in own), sealed), reads)


def test_every_relation_is_claimed_or_lost_at_one_step(own: Own) -> None:
    found = measured(own)
    assert set(found.lost) <= set(STEPS)
    assert found.lost.total() == found.score.relations.total
    assert found.lost["right"] == found.score.relations.right
    assert found.lost["sentence"] > 0 < found.lost["beyond"]
    kinds = Counter(fault.kind for fault in found.faults)
    assert kinds["missed"] == found.score.relations.missed
    assert kinds["wrong"] == found.score.relations.wrong


def test_the_first_step_that_fails_is_named(own: Own) -> None:
    gold = next(gold for gold, _ in own if len(gold.relations) > 5)
    everything = [[r["s"], r["p"], r["o"]] for r in gold.data["relations"]]
    full = traced(gold) | {"proposed": everything}
    turned: Trace = full | {"proposed": [[o, p, s] for s, p, o in everything]}
    untyped: Trace = full | {"named": [[entity["name"], "Model"] for entity in gold.data["entities"]]}
    assert set(steps(gold, full, [], []).values()) == {"ranker"}
    assert set(steps(gold, full | {"named": []}, [], []).values()) == {"name"}
    assert "direction" in steps(gold, turned, [], []).values()
    assert "type" in steps(gold, untyped, [], []).values()


def test_of_sealed_documents_only_figures_are_shown(own: Own) -> None:
    found = measured(own, sealed=True)
    assert not found.faults
    assert not found.lost
    shown = "\n".join(report([found], listed=50))
    assert "relations: F1" in shown
    for gold, _ in own:
        assert gold.name not in shown
        assert not any(entity["name"] in shown for entity in gold.data["entities"])


def test_the_report_has_figures_predicates_curve_losses_and_errors(own: Own) -> None:
    shown = list(report([measured(own)], listed=3))
    text = "\n".join(shown)
    assert all(words in text for words in STEPS.values() if words != STEPS["right"])
    assert sum(line.startswith(("  missed  ", "  wrong  ")) for line in shown) == 3
    points = [line.split() for line in shown if line[:3] in ("0.1", "0.5", "0.9")]
    assert len({len(point) for point in points}) == 1


def test_sets_are_chosen_by_name_or_folder_and_stay_sealed(tmp_path: Path) -> None:
    everything = sets()
    assert [one.name for one in _chosen([])] == [one.name for one in everything]
    assert [one.name for one in _chosen(["own"])] == ["own"]
    for one in everything:
        assert one.folder is not None
        same = [other.name for other in everything if other.folder == one.folder]
        assert [found.name for found in _chosen([str(one.folder)])] == same
    with pytest.raises(SystemExit, match="No set and no folder"):
        _chosen(["nowhere"])
    with pytest.raises(SystemExit, match="No annotated documents"):
        _chosen([str(tmp_path)])


def test_figures_are_written_down_and_shown_alike(own: Own, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    before = "".join(
        f"{name}\n<!-- figures: {name} -->\nstale\n<!-- end of figures -->\n"
        for name in ("extraction", "predicates", "curve", "losses")
    )
    page.write_text(before, encoding="utf-8")
    monkeypatch.setattr(pages, "REACHED", tmp_path / "reached.json")
    monkeypatch.setattr(pages, "PAGES", (page,))
    found = measured(own)
    pages.write([found])
    once = page.read_text(encoding="utf-8")
    assert "stale" not in once
    assert f"| relations: F1 | {found.figures()['relations_f1']:.3f} |" in once
    pages.write([found])
    assert page.read_text(encoding="utf-8") == once == pages.filled(once, pages.reached())


@given(figures, figures)
def test_writing_down_never_lowers_what_is_asked_for(before: dict[str, float], now: dict[str, float]) -> None:
    asked = pages.best(before, now)
    assert pages.fallen(asked, asked, 0) == []
    assert all(asked[name] >= max(before[name], now[name]) for name in pages.GUARDED)
    assert asked["calibration_error"] <= min(before["calibration_error"], now["calibration_error"])


def test_what_falls_below_the_margin_is_named() -> None:
    before: dict[str, float] = dict.fromkeys([*pages.GUARDED, "calibration_error"], 0.5)
    assert pages.fallen(before, before, 0.02) == []
    assert pages.fallen(before, {**before, "relations_f1": 0.49, "calibration_error": 0.51}, 0.02) == []
    assert pages.fallen(before, {**before, "relations_f1": 0.47}, 0.02) == ["relations_f1: 0.470, it was 0.500"]
    assert pages.fallen(before, {**before, "calibration_error": 0.6}, 0.02) == [
        "calibration_error: 0.600, it was 0.500"
    ]
