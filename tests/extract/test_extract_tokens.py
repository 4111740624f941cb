"""Tokens slice back to the text, and every character that is no white space belongs to one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.grammar.tokens import tokenize

HOSTILE = st.text(st.characters(codec="utf-8"), max_size=200)


@given(HOSTILE)
def test_tokens_slice_back_in_order_without_overlap(text: str) -> None:
    end = 0
    for token in tokenize(text, 0, len(text)):
        assert token.start >= end
        assert text[token.start : token.end] == token.text
        end = token.end


@given(HOSTILE, HOSTILE)
def test_a_part_of_a_text_is_read_without_looking_outside(before: str, text: str) -> None:
    whole = f"{before}\n{text}"
    start = len(before) + 1
    assert all(start <= token.start and token.end <= len(whole) for token in tokenize(whole, start, len(whole)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tarn's site isn't let.", "Tarn 's site is n't let ."),
        ("They cannot lease it", "They can not lease it"),
        ("$1.5bn for 300MW", "$1.5 bn for 300 MW"),
        ("a 9,000-GPU hall", "a 9,000 - GPU hall"),
        ("the U.S. market", "the U.S. market"),
    ],
)
def test_words(text: str, words: str) -> None:
    assert [t.text for t in tokenize(text, 0, len(text))] == words.split()
