"""Choosing a loader, and what becomes of an item that nobody reads."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import plugins
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError, UsageError
from kg.fetch.raw import Raw
from kg.plugins import LOADERS, load, loader, loader_for


def raw(data: bytes | str, address: str = "a", **more: object) -> Raw:
    data = data.encode() if isinstance(data, str) else data
    return Raw(address, data, "2026-05-06T00:00:00Z", **more)  # type: ignore[arg-type]


def chosen(item: Raw) -> str | None:
    found = loader_for(item)
    return next((name for name in LOADERS if loader(name) is found), None)


@pytest.mark.parametrize(
    ("item", "name"),
    [
        (raw("Halcyra leases."), "text"),
        (raw("Halcyra leases.", "a.md"), "markdown"),
        (raw("# Halcyra leases\n", "a.md"), "markdown"),
        (raw("# Halcyra\n\n**bold** [a](b)", "a.txt"), "markdown"),
        (raw("---\ntitle: x\n---\nHalcyra leases."), "markdown"),
        (raw("<!doctype html><p>x", "a.txt"), "html"),
        (raw("x <p>y", content_type="text/html; charset=utf-8"), "html"),
        (raw("<rss><channel><item><title>x</title></item></channel></rss>", "a.txt"), "feed"),
        (raw('\n<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>', "a.html"), "feed"),
        (raw('{"text": "x"}\n', "a.txt"), "jsonl"),
        (raw('{"text": broken', "a.jsonl"), "jsonl"),
        (raw('{"title": "x"}\n'), None),
        (raw(b"\x89PNG\0", "a.txt"), None),
        (raw("", "a.md"), None),
    ],
)
def test_content_decides_before_the_name(item: Raw, name: str | None) -> None:
    assert chosen(item) == name


def test_forced_loader_goes_before_recognition() -> None:
    assert loader_for(raw("# Halcyra\n\n**bold** [a](b)"), "text") is loader("text")


def test_wrong_name_is_answered_with_the_right_ones() -> None:
    with pytest.raises(UsageError, match=r"No loader 'htm'\. Did you mean html\? There are: .*html, .*jsonl, .*text"):
        loader("htm")


def test_named_item_that_gives_nothing_is_an_error_and_a_found_one_is_rejected() -> None:
    with pytest.raises(InputError, match=r"^a: binary: PNG image$"):
        list(load(raw(b"\x89PNG\0")))
    assert list(load(raw(b"\x89PNG\0", named=False))) == [Rejection("a", "binary: PNG image")]


def test_rejections_beside_documents_are_passed_on() -> None:
    document, rejection = load(raw('{"text": "Halcyra leases.", "author": "Dana"}'))
    assert isinstance(document, Document)
    assert isinstance(rejection, Rejection)
    assert "author" in rejection.reason


@given(st.binary(max_size=120), st.sampled_from(["a", "a.md", "a.html", "a.jsonl", "-"]))
@settings(deadline=None)
def test_any_bytes_give_documents_or_one_reason(data: bytes, address: str) -> None:
    items = list(load(raw(data, address, named=False)))
    assert items
    for item in items:
        assert isinstance(item, Rejection) or (item.text.strip() and "\r" not in item.text)


def test_same_text_is_the_same_document_wherever_it_lies() -> None:
    (first,) = load(raw("Halcyra\r\nleases.\r\n", "a"))
    (second,) = load(raw("\ufeffHalcyra\nleases.\n", "b"))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.id == second.id
    assert first.sha256 != second.sha256


def test_a_file_held_and_a_file_read_twice_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    table = raw("Name,Type,Country,Chip types\nHalcyra,Chip designer,Norway,H1\nVela,Chip designer,Japan,V2\n", "a.csv")
    item = replace(table, excerpt=True)
    held = list(load(item))
    monkeypatch.setattr(plugins, "HELD", 0)
    assert list(load(item)) == held
    assert len(held) > 4


@pytest.mark.parametrize("held", [0, 10**6])
def test_of_a_file_damaged_at_its_end_nothing_is_given(monkeypatch: pytest.MonkeyPatch, held: int) -> None:
    monkeypatch.setattr(plugins, "HELD", held)
    torn = raw("Name,Type,Country,Chip types\nHalcyra,Chip designer,Norway,H1\nVela,Chip\n", "a.csv")
    given: list[object] = []
    with pytest.raises(InputError, match="row 3"):
        given.extend(load(replace(torn, excerpt=True)))
    assert given == []
