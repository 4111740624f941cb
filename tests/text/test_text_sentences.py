"""Where sentences end, and where a full stop ends none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Tarn leases it.", "It runs it."],
        ["Dr. Farrow left Tarn Inc. in May.", "He was 60."],
        ["Tarn Inc. bought it for $1.5 billion.", "Nobody sold."],
        ["It is in the U.S. and in the U.K. too."],
        ["It moved to the U.S.", "The rest stayed."],
        ['"We left," she said.', '"It was time."'],
        ["Is it open?", "No!", "It is shut."],
        ["J. P. Tarn left.", "xAI stayed."],
        ["It cost approx. 5 million a.m. to noon."],
        ["“It is full.”", "So he said."],
        ["No. 5 is full."],
        ["**4. Itself.** It builds Gorse Field.", "It closed one in 2019.", "It is large."],
        ["36,000. The chips that Tarn rents.", "All of them run."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[s:e] for s, e in sentences(text, 0, len(text))] == parts


@given(st.text(max_size=300))
def test_spans_are_in_order_trimmed_and_leave_out_only_white_space(text: str) -> None:
    end, kept = 0, ""
    for start, stop in sentences(text, 0, len(text)):
        assert end <= start < stop
        assert text[start:stop] == text[start:stop].strip()
        kept += text[start:stop]
        end = stop
    assert "".join(kept.split()) == "".join(text.split())
