"""The rule for what is weak: one number, and copies of a story count once."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.core.confidence import WEAK, is_weak, together

ROOT = Path(__file__).parents[2]
told = st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 1)))


def test_what_is_as_likely_wrong_as_right_is_not_weak_yet() -> None:
    assert is_weak(WEAK - 0.01)
    assert not is_weak(WEAK)


@given(told)
def test_more_sources_make_nothing_less_sure_and_copies_nothing_surer(said: list[tuple[str, float]]) -> None:
    alone = together(said)
    assert 0 <= alone <= 1
    assert together([*said, ("other", 0.3)]) >= alone
    assert together([*said, *said]) == alone
    assert together(reversed(said)) == alone


def test_queries_draw_the_line_where_the_rule_does() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "queries").rglob("*.cypher"))
    lines = re.findall(r"confidence\s*[<>]=?\s*([\d.]+)", text)
    assert lines
    assert {float(line) for line in lines} == {WEAK}
