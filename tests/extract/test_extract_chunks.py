"""Noun phrases and verb groups, written as [phrase] and {verb group}."""

import pytest
from extract_grammar import parse, read_text
from hypothesis import given
from hypothesis import strategies as st


def chunked(text: str) -> str:
    parsed = parse(text)
    shown = []
    for chunk in parsed.chunks:
        words = " ".join(text[i.start : i.end] for i in parsed.items[chunk.first : chunk.last + 1])
        shown.append({"NP": f"[{words}]", "VG": f"{{{words}}}"}.get(chunk.kind, words))
    return " ".join(shown)


@pytest.mark.parametrize(
    "shown",
    [
        "[Tarn Cloud] {has agreed to lease} [the site]",
        "[Tarn Cloud] {will not be taking over} [the site]",
        "[The site] {was put up} by [Larkfield Developments]",
        "[Osprey Group] {handed} [Tarn Cloud] [warrants] for [$8m]",
        "[the site] [Tarn Cloud] {rents}",
        "[chief executive Ines Farrow] {left}",
        "[Tarn Cloud 's new campus] , [Gorse Field] , {is} [open]",
        "For [$36m] [Osprey Group] {has} [the rest]",
        "For [four years] [Tarn Cloud] {rented} [Gorse Field]",
        "[Osprey Group] {led} [the round] [last month]",
        "[Sorrel - backed Tarn Cloud] {has moved}",
        "[the Denver - based developer]",
        "[5,000 new H100s]",
        "[its in-house training chip]",
        "[Tarn Cloud] {is to be taken over}",
        "[Tarn Cloud] {could be forced to sell} [the site]",
        "[the wholly owned subsidiary]",
    ],
)
def test_chunks(shown: str) -> None:
    text = shown.translate(str.maketrans("", "", "[]{}"))
    for tight in (" ,", " 's"):
        text = text.replace(tight, tight.strip())
    text = text.replace("Sorrel - backed", "Sorrel-backed").replace("Denver - based", "Denver-based")
    assert chunked(text).split() == shown.split()


@given(st.text(max_size=150))
def test_chunks_cover_every_item_once(text: str) -> None:
    for parsed in read_text(text).parsed:
        covered = [i for chunk in parsed.chunks for i in range(chunk.first, chunk.last + 1)]
        assert covered == list(range(len(parsed.items)))
