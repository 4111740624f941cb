"""Front matter: found only where it is, read without harm, and never taken out of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.markdown import cues, front_matter, front_matter_span

TEXT = "---\ntitle: Caddo Bend\ndate: 2026-05-09 23:30:00 -0500\nkind: blog\n---\n\n# Heading\n"


def test_span_covers_the_lines_of_dashes() -> None:
    start, end = front_matter_span(TEXT) or (None, None)
    assert TEXT[start:end] == TEXT[: TEXT.index("\n# ")]


def test_stated_values_and_the_local_day() -> None:
    assert front_matter(TEXT) == {"title": "Caddo Bend", "published": "2026-05-09", "kind": "blog"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Heading",
        "---\n\nA rule, then text.\n\n---\n",
        "---\ntitle: never closed\n",
        "text\n---\na: 1\n---\n",
        "---\n- a\n---\n",
    ],
)
def test_a_rule_is_no_front_matter(text: str) -> None:
    assert front_matter_span(text) is None
    assert front_matter(text) == {}


@pytest.mark.parametrize(("line", "word"), [("kind: press", "'press'"), ("date: last spring", "'last spring'")])
def test_what_means_nothing_is_said(line: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        front_matter(f"---\n{line}\n---\ntext")


def test_aliases_that_multiply_stay_small() -> None:
    levels = "\n".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 12))
    assert front_matter(f"---\na0: &a0 {{x: 1}}\n{levels}\ntitle: Bomb\n---\ntext") == {"title": "Bomb"}


def test_titles_can_be_stored() -> None:
    stated = front_matter('---\ntitle: "half \\ud800 and\\nline"\n---\ntext')
    assert stated == {"title": "half ? and line"}


@given(st.text("-:\n #&*[]{}abc01", max_size=80))
def test_any_text_gets_an_answer(body: str) -> None:
    text = f"---\n{body}\n---\nrest"
    span = front_matter_span(text)
    assert span is None or (span[0] == 0 and 7 < span[1] <= len(text))


def test_cues_of_markdown() -> None:
    assert cues("Plain prose, with a # in it and 5 * 3 * 2.") == 0
    assert cues("# Head\n\n[a](https://b.example) and **bold**") == 3
