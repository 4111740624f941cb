"""What counts as right, and that it is what the corpus's own scorer counts."""

import importlib.util
import random
from pathlib import Path
from typing import Any

import pytest
from claims_from_gold import spoilt
from hypothesis import given
from hypothesis import strategies as st

from scripts.score.compare import form, same_value
from scripts.score.gold import Gold, sets
from scripts.score.scorer import Score
from scripts.score.tally import Tally, at_cuts, calibration_error, recall_at
from scripts.train.corpus import SHARED

Own = list[tuple[Gold, str]]
ranked = st.lists(st.tuples(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.9]), st.booleans()), min_size=1)


def scored(pairs: Own, seed: int | None) -> tuple[Score, list[dict[str, Any]]]:
    """Score the gold itself, or spoilt claims."""
    score, everything = Score(), []
    for gold, text in pairs:
        chance = random.Random(seed)
        claims = list(spoilt(gold, text, chance)) if seed is not None else perfect(gold, text)
        score.add(gold, text, claims)
        everything += claims
    return score, everything


def perfect(gold: Gold, text: str) -> list[dict[str, Any]]:
    """Return the gold as claims."""

    def claim(fact: dict[str, Any]) -> dict[str, Any]:
        start = text.index(fact["evidence"])
        evidence = {"start": start, "end": start + len(fact["evidence"]), "text": fact["evidence"]}
        target = {"name": fact["o"]} if "o" in fact else None
        return {
            "subject": {"name": fact.get("s", fact.get("e"))},
            "predicate": fact["p"],
            "object": target,
            "value": fact.get("v"),
            "qualifiers": fact.get("quals", {}),
            "status": fact["status"],
            "confidence": 1.0,
            "evidence": evidence,
        }

    return [claim(fact) for fact in [*gold.data["relations"], *gold.data["attributes"]]]


def test_the_gold_itself_is_right_in_everything(own: Own) -> None:
    figures = scored(own, None)[0].figures()
    assert figures.pop("calibration_error") == 0
    assert set(figures.values()) == {1.0}


def test_nothing_claimed_is_everything_missed(own: Own) -> None:
    score = Score()
    for gold, text in own:
        score.add(gold, text, [])
    assert score.relations.total == sum(len(gold.relations) for gold, _ in own)
    assert score.relations.right == score.relations.wrong == 0
    assert score.figures()["relations_f1"] == 0


def test_a_fact_counts_once_however_often_it_is_claimed(own: Own) -> None:
    for gold, text in own:
        once, often = Score(), Score()
        once.add(gold, text, perfect(gold, text))
        often.add(gold, text, perfect(gold, text) * 3)
        assert once.figures() == often.figures()


@pytest.mark.parametrize("seed", range(3))
def test_the_corpus_scorer_counts_the_same(seed: int) -> None:
    script = SHARED / "score.py"
    if not script.is_file():
        pytest.skip("the corpus is not beside the project")
    spec = importlib.util.spec_from_file_location("corpus_score", script)
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    for one in sets()[1:]:
        pairs = [(gold, gold.path.read_text(encoding="utf-8")) for gold in one.documents[:60]]
        score, claims = scored(pairs, seed)
        names = {gold.name for gold, _ in pairs}
        result, _ = theirs.score(pairs[0][0].path.parent, claims, names)
        ours = score.figures()
        for part in ("relations", "attributes", "qualifiers"):
            assert ours[f"{part}_f1"] == pytest.approx(result[part]["f1"]), part
        assert ours["status_right"] == pytest.approx(result["status_accuracy"])
        assert ours["evidence_verbatim"] == pytest.approx(result["evidence_verbatim"])
        assert ours["recall_at_p90"] == pytest.approx(result["curve"]["recall_at_p90"])
        assert ours["calibration_error"] == pytest.approx(result["curve"]["calibration_error"])
        told = {p: (t.precision, t.recall, t.total) for p, t in score.by_predicate.items()}
        assert told == {p: pytest.approx((s["p"], s["r"], s["n"])) for p, s in result["by_predicate"].items()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("xAI", "x.AI, Inc."),
        ("Nestlé’s", "NESTLE"),
        ("Applied Digital Corp.", "applied-digital"),
        ("Group Holdings", "GroupHoldings"),
    ],
)
def test_names_are_one_by_letters_without_legal_words(one: str, other: str) -> None:
    assert form(one) == form(other) != ""


def test_values_are_one_within_a_hundredth_dates_as_far_as_both_go() -> None:
    assert same_value(300, 302)
    assert not same_value(300, 310)
    assert same_value("2026-05", "2026-05-07")
    assert not same_value("2026-05", "2026-06-07")
    assert same_value("Colossus 1", "colossus-1")
    assert not same_value("neocloud", 300)


@given(ranked)
def test_recall_falls_as_the_cut_rises_and_precision_at_the_chosen_one_holds(pairs: list[tuple[float, bool]]) -> None:
    total = sum(hit for _, hit in pairs) + 2
    points = at_cuts(pairs, total, (0.1, 0.3, 0.5, 0.7, 0.9))
    recalls = [recall for _, _, recall in points]
    assert recalls == sorted(recalls, reverse=True)
    best = recall_at(pairs, total)
    assert best == max([recall for _, precision, recall in points if precision >= 0.9], default=0.0)


@given(ranked)
def test_calibration_error_is_none_where_confidence_is_the_truth(pairs: list[tuple[float, bool]]) -> None:
    assert calibration_error([(float(hit), hit) for _, hit in pairs]) == 0
    assert 0 <= calibration_error(pairs) <= 1


def test_a_tally_without_anything_is_nought() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (0.0, 0.0, 0.0)


def test_sealed_documents_are_one_third_and_never_in_the_open_set() -> None:
    found = {one.name: one for one in sets()}
    if "sealed" not in found:
        pytest.skip("the corpus is not beside the project")
    names = {gold.name for gold in found["sealed"].documents}
    rest = {gold.name for gold in found["dev"].documents}
    assert not names & rest
    assert 0.25 < len(names) / len(names | rest) < 0.42
    assert [one.name for one in sets() if one.sealed] == ["sealed"]


def test_every_set_is_found_by_its_own_texts(tmp_path: Path) -> None:
    from scripts.score.gold import folder_set

    (tmp_path / "a.json").write_text('{"entities": [], "relations": [], "attributes": []}', encoding="utf-8")
    (tmp_path / "b.json").write_text('{"entities": [], "relations": [], "attributes": []}', encoding="utf-8")
    (tmp_path / "a.txt").write_text("nothing", encoding="utf-8")
    assert [gold.name for gold in folder_set("x", "x", tmp_path).documents] == ["a"]
