"""Bytes to text: any bytes give a text without carriage returns or nothing, and a text comes back as it was."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.document import Document
from kg.text.plain import decode, read_text

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(
    lambda text: not text.startswith("\ufeff")
)


@given(
    st.binary(max_size=300), st.sampled_from([None, "utf-8", "iso-8859-1", "shift_jis", "nonsense", "zlib", "punycode"])
)
def test_any_bytes_give_a_clean_text_or_none(data: bytes, declared: str | None) -> None:
    text = read_text(data, declared)
    assert text is None or not {"\r", "\0"} & set(text)
    assert text is None or text.encode("utf-8").decode("utf-8") == text


@given(words, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_text_comes_back_as_it_was(text: str, encoding: str) -> None:
    assert read_text(text.encode(encoding)) == text


@given(st.lists(words, min_size=1), st.sampled_from(["\r\n", "\r", "\n"]))
def test_line_ends_change_neither_text_nor_id(lines: list[str], end: str) -> None:
    text = read_text(end.join(lines).encode())
    assert text == "\n".join(lines)
    assert Document(text, "a").id == Document("\n".join(lines), "b").id


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_by_its_byte_order_mark(encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[encoding]
    assert read_text(mark + "300 MW – für €".encode(encoding)) == "300 MW – für €"


def test_windows_text_is_read_with_its_dashes_and_quotes() -> None:
    assert read_text("“300–400 MW”, the café’s".encode("cp1252")) == "“300–400 MW”, the café’s"
    assert read_text(b"caf\xe9") == "café"


def test_wrong_declaration_does_not_beat_valid_utf8() -> None:
    assert decode("Zürich – 東京".encode(), "iso-8859-1") == "Zürich – 東京"


def test_right_declaration_beats_windows() -> None:
    assert decode("Praha žluťoučký".encode("iso-8859-2"), "ISO-8859-2") == "Praha žluťoučký"
    assert decode("東京".encode("shift_jis"), "Shift_JIS") == "東京"


def test_utf8_that_broke_off_or_has_a_bad_byte_stays_utf8() -> None:
    data = ("ö" * 50).encode()
    assert decode(data[:-1]) == "ö" * 49
    assert decode(data[:20] + b"\xff" + data[20:]) == "ö" * 10 + "\ufffd" + "ö" * 40


@pytest.mark.parametrize("data", [b"a\0b", bytes(range(32)) * 10, "text".encode("utf-16-le"), b"\x81\x8d\x8f\x90\x9d"])
def test_binary_is_no_text(data: bytes) -> None:
    assert read_text(data) is None
