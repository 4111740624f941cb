"""Values are safe to write, and different ids stay different."""

import json
import math
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from export_hostile import Mood, Tone, any_text, scalars, values
from hypothesis import given
from hypothesis import strategies as st

from kg.export.clean import clean_id, clean_properties, clean_text, clean_value
from kg.export.columns import EDGE_NAMES, NODE_NAMES, Columns
from kg.export.xml import quoted, text


@given(any_text)
def test_clean_text_survives_xml_json_and_utf8(raw: str) -> None:
    clean = clean_text(raw)
    document = f"<a b={quoted(clean)}>{text(clean)}</a>"
    element = ElementTree.fromstring(document.encode())
    assert (element.text or "") == clean == element.get("b")
    assert json.loads(json.dumps(clean, ensure_ascii=False).encode()) == clean
    assert clean_text(clean) == clean


@given(st.lists(any_text, unique=True))
def test_ids_that_differ_stay_different(ids: list[str]) -> None:
    clean = [clean_id(identifier) for identifier in ids]
    assert len(set(clean)) == len(ids)
    assert all(clean)


@given(values)
def test_a_clean_value_is_one_kind_without_gaps(raw: object) -> None:
    value = clean_value(raw)
    items = value if isinstance(value, list) else [value]
    assert len({type(item) for item in items}) <= 1
    assert isinstance(value, list) or value is None or type(value) in (str, int, float, bool)
    assert not any(isinstance(item, float) and not math.isfinite(item) for item in items)
    assert not isinstance(value, list) or None not in value


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (None, None),
        (math.nan, None),
        (Decimal("NaN"), None),
        (Decimal(12), 12),
        (Decimal("1.5"), 1.5),
        (date(2026, 5, 7), "2026-05-07"),
        (datetime(2026, 5, 7, 12, 30), "2026-05-07T12:30:00"),  # noqa: DTZ001  a clock without a zone is the case
        (Mood.GOOD, "good"),
        (Tone.LOUD, "loud"),
        ({"b": 1, "a": None}, '{"a": null, "b": 1}'),
        ({"b", "a"}, ["a", "b"]),
        ([1, 2.5], [1.0, 2.5]),
        ([True, "x", 1], ["true", "x", "1"]),
        ([[1, 2], "x"], ["[1, 2]", "x"]),
        ("\ud83d\ude00 \ud800", "😀 "),
    ],
)
def test_what_becomes_of_odd_values(raw: object, clean: object) -> None:
    found = clean_value(raw)
    assert found == clean
    assert type(found) is type(clean)


def test_names_that_become_one_stay_apart() -> None:
    assert clean_properties({"a": 1, "a\x00": 2, "": 3}) == {"a": 1, "a_": 2, "property": 3}


@given(st.lists(scalars, min_size=1))
def test_a_column_holds_every_value_that_it_has_seen(raw: list[object]) -> None:
    columns = Columns(NODE_NAMES)
    rows = [clean_properties({"x": value}) for value in raw]
    for row in rows:
        columns.see(row)
    kinds = {"boolean": bool, "long": int, "double": float, "string": str}
    for row in rows:
        for value in columns.fitted(row).values():
            assert type(value) is kinds[columns.types["x"]]


@given(st.lists(st.one_of(any_text, st.sampled_from([*sorted(EDGE_NAMES), "property_id", "ID"])), unique=True))
def test_titles_are_unique_and_never_reserved(names: list[str]) -> None:
    titles = [Columns(EDGE_NAMES).title(name) for name in names]
    assert len(set(titles)) == len(names)
    assert not {title.lower() for title in titles} & EDGE_NAMES
