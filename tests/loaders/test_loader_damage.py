"""Damaged files of registers and feeds: one line with the file's name, or rejections, and never a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import resources
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import loader
from kg.tables.source import folder_of

NAMES = ("feed", "gleif", "sec-edgar", "sec-filings", "wikidata")
SAMPLES = [
    (name, path)
    for name in NAMES
    for path in sorted((resources.folder("loaders") / folder_of(name) / "sample").iterdir())
]
JSON = [(name, path) for name, path in SAMPLES if path.suffix == ".json" and path.name != "dump.json"]
WRONG = (None, 5, -1.5, True, "x", "", [], {}, [None], ["x"], {"x": 1}, [[]], "9" * 400, 1e308)


def is_told_in_lines(name: str, data: bytes) -> None:
    """Check that what the loader says of the file is rejections, or one line of an error."""
    raw = Raw("f", data, "2026-05-08T00:00:00Z", wanted=("*",), excerpt=True)
    assert 0 <= loader(name).recognise(raw) <= 1
    try:
        items = list(loader(name).load(raw))
        told = [str(item) for item in items if isinstance(item, Rejection)]
    except InputError as error:
        items, told = [], [str(error)]
    assert items or told[0].startswith("f: ")
    assert not any("\n" in line for line in told)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container of a JSON value with each of its keys."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [found for key in keys for found in places(value[key])]


@pytest.mark.parametrize(("name", "path"), JSON, ids=lambda value: getattr(value, "name", value))
@given(data=st.data())
@settings(max_examples=120, deadline=None)
def test_any_value_of_another_type(name: str, path: Path, data: st.DataObject) -> None:
    value = json.loads(path.read_bytes())
    container, key = data.draw(st.sampled_from(places(value)))
    if data.draw(st.booleans()) and isinstance(container, dict):
        del container[key]
    else:
        container[key] = data.draw(st.sampled_from(WRONG))
    is_told_in_lines(name, json.dumps(value).encode())


@pytest.mark.parametrize(("name", "path"), SAMPLES, ids=lambda value: getattr(value, "name", value))
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_any_byte_and_any_end(name: str, path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    change = data.draw(st.sampled_from(("cut", "byte", "gone", "twice")))
    rest = content[place + data.draw(st.integers(1, 200)) :]
    piece = {"cut": b"", "byte": data.draw(st.binary(max_size=3)), "gone": b"", "twice": content[place : place + 300]}
    end = {"cut": b"", "byte": content[place + 1 :], "gone": rest, "twice": content[place:]}
    is_told_in_lines(name, content[:place] + piece[change] + end[change])
