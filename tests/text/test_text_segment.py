"""Headings, sentences, bullets, table rows, and what is no part of the story."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.segment import segments


def shown(text: str) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start : s.end]) for s in segments(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# Tarn fills its hall\n\nIt is full. It was empty.",
            [("heading", "Tarn fills its hall"), ("sentence", "It is full."), ("sentence", "It was empty.")],
        ),
        ("TARN FILLS ITS HALL\nIt is full.", [("heading", "TARN FILLS ITS HALL"), ("sentence", "It is full.")]),
        (
            "Tenants:\n* Tarn, 40 MW\n* Fen, 20 MW\n",
            [("heading", "Tenants:"), ("bullet", "Tarn, 40 MW"), ("bullet", "Fen, 20 MW")],
        ),
        ("1. Tarn leases it.\n2. Fen does not.", [("bullet", "Tarn leases it."), ("bullet", "Fen does not.")]),
        (
            "| Site | Town |\n| --- | --- |\n| Gorse | Leeds |",
            [("row", "| Site | Town |"), ("row", "| Gorse | Leeds |")],
        ),
        ("---\ntitle: Tarn\n---\nIt is full.", [("sentence", "It is full.")]),
        ("---\ntitle: Tarn\n...\nIt is full.", [("sentence", "It is full.")]),
        (
            "---\nIt is full.\n\n---\nIt was empty.",
            [("sentence", "It is full."), ("sentence", "It was empty.")],
        ),
        ("•\tTarn leases it.\n1.\tFen does not.", [("bullet", "Tarn leases it."), ("bullet", "Fen does not.")]),
        (
            "It is full.\n\nSubscribe to our newsletter\n\nIt was empty.",
            [("sentence", "It is full."), ("aside", "Subscribe to our newsletter"), ("sentence", "It was empty.")],
        ),
        (
            "Farrow: We are full. Come back.\nReyl: When?",
            [("sentence", "Farrow: We are full."), ("sentence", "Come back."), ("sentence", "Reyl: When?")],
        ),
        ("Tarn leases the\nwhole of it.", [("sentence", "Tarn leases the\nwhole of it.")]),
    ],
)
def test_segments(text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(text) == expected


def test_what_stands_under_a_heading_knows_it_and_rows_know_their_first() -> None:
    text = "# Sites\n\nBoth are full.\n\n| Site | Town |\n| Gorse | Leeds |\n| Heath | Oslo |\n"
    found = segments(text)
    heading = next(n for n, s in enumerate(found) if s.kind == "heading")
    rows = [n for n, s in enumerate(found) if s.kind == "row"]
    assert all(s.heading == heading for s in found[heading + 1 :])
    assert {found[n].header for n in rows} == {rows[0]}
    assert [text[slice(*c)] for c in found[rows[1]].cells] == ["Gorse", "Leeds"]


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("Tenant\tLandlord\tMW\nTarn\t\t300", ["Tarn", "", "300"]),
        ("Tenant\tMW\nTarn\t\t300", ["Tarn", "300"]),
        ("Tenant\t\tMW\nTarn\t300", ["Tarn", "300"]),
    ],
)
def test_a_tab_parts_cells_and_several_do_where_they_bring_columns_in_line(table: str, cells: list[str]) -> None:
    assert [table[slice(*cell)] for cell in segments(table)[-1].cells] == cells


HOSTILE = st.text(st.sampled_from("aA.|\t\n #*-—:1x?!“”()\u200b\u00a0é"), max_size=200) | st.text(max_size=200)


@given(HOSTILE)
def test_segments_are_in_order_trimmed_and_their_cells_inside(text: str) -> None:
    end = 0
    for segment in segments(text):
        assert end <= segment.start < segment.end <= len(text)
        assert not text[segment.start].isspace()
        assert not text[segment.end - 1].isspace()
        assert all(segment.start <= a <= b <= segment.end for a, b in segment.cells)
        end = segment.end


@given(HOSTILE)
def test_headings_and_headers_stand_before_what_they_head(text: str) -> None:
    found = segments(text)
    for n, segment in enumerate(found):
        if segment.heading is not None:
            assert segment.heading < n
            assert found[segment.heading].kind == "heading"
        if segment.header is not None:
            assert segment.header <= n
