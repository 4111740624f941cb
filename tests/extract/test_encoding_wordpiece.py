"""Word pieces: the longest known ones, end to end, whatever the case, the accents and the white space."""

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.encoding.wordpiece import INNER, UNKNOWN, WordPieces, plain

LETTERS = "abc"
KNOWN = [UNKNOWN, *LETTERS, *(INNER + c for c in LETTERS)]
"""Every word of these letters can be cut into these."""

words = st.text(LETTERS, min_size=1, max_size=12)
longer = st.lists(st.tuples(st.sampled_from(["", INNER]), words).map("".join), max_size=12)


def cut(known: list[str], text: str) -> list[str]:
    """Return the pieces of a text."""
    return [known[n] for n in WordPieces(known).cut(text)]


def joined(pieces: list[str]) -> str:
    """Return the word that pieces make."""
    return "".join(piece.removeprefix(INNER) for piece in pieces)


@given(longer, words)
def test_pieces_make_the_word_again_and_each_is_the_longest_that_fits(more: list[str], word: str) -> None:
    known = [*dict.fromkeys([*KNOWN, *more])]
    pieces = cut(known, word)
    assert joined(pieces) == word
    start = 0
    for n, piece in enumerate(pieces):
        assert piece.startswith(INNER) == (n > 0)
        rest = word[start:]
        assert not [k for k in known if len(k) > len(piece) and k in (INNER * (n > 0) + rest[:e] for e in range(99))]
        start += len(piece.removeprefix(INNER))


@given(longer, words)
def test_a_word_is_known_as_a_whole_or_not_at_all(some: list[str], word: str) -> None:
    pieces = cut([UNKNOWN, *dict.fromkeys(some)], word)
    assert pieces == [UNKNOWN] or joined(pieces) == word


@given(st.text(max_size=40))
def test_any_text_is_cut(text: str) -> None:
    assert {*cut(KNOWN, text)} <= {*KNOWN}


def test_a_piece_that_begins_a_word_continues_none() -> None:
    assert cut([UNKNOWN, "a", "b"], "ab") == [UNKNOWN]
    assert cut([UNKNOWN, "a", "##b"], "b") == [UNKNOWN]


def test_the_first_long_piece_may_leave_a_rest_that_nobody_knows() -> None:
    assert cut([UNKNOWN, "a", "ab", "##b", "##bc"], "abc") == [UNKNOWN]
    assert cut([UNKNOWN, "a", "##b", "##bc"], "abc") == ["a", "##bc"]


@given(st.text(string.ascii_letters + "ÀÉîõÜçñŠ", max_size=30))
def test_case_does_not_count(text: str) -> None:
    known = [*KNOWN, "e", "##e", "u", "##u", "ca", "##ab"]
    assert cut(known, text.upper()) == cut(known, text.lower()) == cut(known, text)


def test_accents_do_not_count() -> None:
    known = [UNKNOWN, "zu", "##rich", "cafe"]
    assert cut(known, "Zürich Café") == cut(known, "Zurich cafe") == ["zu", "##rich", "cafe"]


@given(st.text(max_size=20))
def test_a_plain_word_stays_as_it_is(word: str) -> None:
    assert plain(plain(word)) == plain(word)


@given(st.lists(words, max_size=8), st.text(string.whitespace + "\u00a0\u2003", min_size=1, max_size=4))
def test_white_space_does_not_count(some: list[str], space: str) -> None:
    each = [piece for word in some for piece in cut(KNOWN, word)]
    assert cut(KNOWN, space.join(["", *some, ""])) == each


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a.b", ["a", ".", "b"]),
        ("a_b", ["a", UNKNOWN, "b"]),
        ("(a)..", [UNKNOWN, "a", UNKNOWN, ".", "."]),
        ("[UNK]", [UNKNOWN, UNKNOWN, UNKNOWN]),
        ("##a", [UNKNOWN, UNKNOWN, "a"]),
        ("", []),
    ],
)
def test_each_sign_is_a_word(text: str, pieces: list[str]) -> None:
    assert cut([*KNOWN, "."], text) == pieces


@given(st.integers(1, 3000))
def test_a_word_without_an_end_is_cut_short(length: int) -> None:
    assert len(cut(KNOWN, "a" * length)) == min(length, 60)


@pytest.mark.parametrize("sign", ["a", "\u00e1", "a\u0301"])
def test_a_word_of_a_million_letters_is_cut_quickly_to_its_beginning(sign: str) -> None:
    pieces = WordPieces(KNOWN)
    began = time.process_time()
    found = pieces.cut(sign * 1_000_000)
    assert time.process_time() - began < 10  # far below the hours that trying each of its ends would take
    assert [KNOWN[n] for n in found] == cut(KNOWN, (sign * 60)[:60])
    assert [len(word) for word in pieces._known] == [60]
    assert pieces.cut(sign * 2_000) == found
    assert len(pieces._known) == 1


def test_pieces_go_by_number() -> None:
    pieces = WordPieces(KNOWN)
    assert [pieces[piece] for piece in KNOWN] == [*range(len(KNOWN))]
    with pytest.raises(KeyError):
        pieces["none of these"]
