"""Windows: every segment in one of them, in order; words stand where their letters are."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extract.encoding.windows import LENGTH, Window, windows
from kg.extract.encoding.wordpiece import CLS, SEP, WordPieces
from kg.extract.grammar.tokens import tokenize
from kg.text.segment import Segment, segments
from tests.extract.encoding_small import PIECES, texts

LETTERS = WordPieces(PIECES)

few = settings(max_examples=40)
ENDLESS = f"Tarn Cloud leases {'and builds ' * 400}Gorse Field."
BLANK = "Tarn Cloud grew.\n\n1. ____\n\nIt built Gorse Field."


def readable(text: str) -> list[Segment]:
    """Return the segments of a text that are read."""
    return [segment for segment in segments(text) if segment.kind != "aside"]


def found_in(text: str) -> list[Window]:
    """Return the windows of a text."""
    return [*windows(text, segments(text), LETTERS)]


def cut(text: str, segment: Segment) -> list[list[int]]:
    """Return the pieces of each word of a segment."""
    return [LETTERS.cut(token.text) for token in tokenize(text, segment.start, segment.end)]


def members(text: str, found: list[Window]) -> list[list[Segment]]:
    """Return the segments of each window."""
    following = iter(readable(text))
    return [[next(following) for _ in range(window.segments)] for window in found]


@few
@given(texts())
@example(ENDLESS)
@example(f"{ENDLESS} {ENDLESS}")
@example(BLANK)
def test_every_segment_is_in_one_window_and_none_is_too_long(text: str) -> None:
    found = found_in(text)
    assert sum(window.segments for window in found) == len(readable(text))
    for window in found:
        assert len(window.pieces) <= LENGTH
        assert (window.pieces[0], window.pieces[-1]) == (LETTERS[CLS], LETTERS[SEP])
        assert window.pieces.count(LETTERS[SEP]) == window.segments > 0


@few
@given(texts())
def test_a_window_ends_only_where_the_next_segment_has_no_room(text: str) -> None:
    found = found_in(text)
    for (window, _), (_, inside) in pairwise(zip(found, members(text, found), strict=True)):
        size = sum(map(len, cut(text, inside[0]))) + 1
        assert len(window.pieces) + size > LENGTH


@pytest.mark.parametrize("spare", [-2, -1, 0, 1, 2])
def test_a_segment_that_just_fits_is_added_whole(spare: int) -> None:
    """A start, four words of 50 letters, a full stop and a break leave room for a word, a full stop and a break."""
    rest = LENGTH - 1 - 4 * 50 - 2 - 2 - spare
    found = found_in(f"{' '.join(['A' + 'a' * 49] * 4)}.\n\nB{'b' * (rest - 1)}.")
    assert [window.segments for window in found] == ([2] if spare >= 0 else [1, 1])
    assert sum(len(window.pieces) - 1 for window in found) == LENGTH - 1 - spare


@few
@given(texts())
@example(ENDLESS)
@example(BLANK)
def test_words_stand_where_their_pieces_are(text: str) -> None:
    found = found_in(text)
    for window, inside in zip(found, members(text, found), strict=True):
        words = zip(window.starts, window.ends, window.firsts, window.lasts, strict=True)
        for start, end, first, last in words:
            whole = LETTERS.cut(text[start:end])
            assert window.pieces[first : last + 1] == whole[: last + 1 - first]
            assert last + 1 - first == len(whole) or last == LENGTH - 2
            assert window.place(start, end) == (first, last)
            assert window.words(start, end) == slice(*(window.starts.index(start) + n for n in (0, 1)))
        if len(window.pieces) < LENGTH:
            assert len(window.starts) == sum(len(cut(text, segment)) for segment in inside)


@few
@given(texts(), st.data())
def test_a_stretch_of_text_is_the_words_that_it_touches(text: str, data: st.DataObject) -> None:
    for window in found_in(text):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start + 1, len(text) + 1))
        touched = [n for n, (a, z) in enumerate(zip(window.starts, window.ends, strict=True)) if a < end and z > start]
        assert [*range(len(window.starts))[window.words(start, end)]] == touched
        if touched:
            assert window.place(start, end) == (window.firsts[touched[0]], window.lasts[touched[-1]])


def test_the_rest_of_an_endless_segment_is_taken_for_its_last_word() -> None:
    (window,) = found_in(ENDLESS)
    assert len(window.pieces) == LENGTH
    assert window.place(0, 4) == (1, 4)
    at = ENDLESS.index("Gorse")
    assert window.place(at, at + 5) == (window.firsts[-1], window.lasts[-1])
    assert not range(len(window.starts))[window.words(at, at + 5)]


def test_asides_are_left_out() -> None:
    text = "Tarn Cloud grew.\n\nSubscribe to our newsletter\n\nIt built Gorse Field."
    parts = [replace(s, kind="aside") if "Subscribe" in text[s.start : s.end] else s for s in segments(text)]
    (window,) = windows(text, parts, LETTERS)
    assert window.segments == len(parts) - 1
    assert not range(len(window.starts))[window.words(text.index("Subscribe"), text.index("It built"))]


@pytest.mark.parametrize("text", ["", "\n\n", " \t"])
def test_a_document_without_words_has_no_window(text: str) -> None:
    assert found_in(text) == []


def test_a_segment_without_words_is_no_more_than_its_end() -> None:
    (window,) = windows("____", [Segment(0, 0, "sentence", 0)], LETTERS)
    assert window.pieces == [LETTERS[CLS], LETTERS[SEP]]
    assert window.place(0, 4) == (0, 0)
