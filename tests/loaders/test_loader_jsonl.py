"""Documents as JSON Lines: all of a file or nothing of it, with the line that is wrong."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.document import KINDS, Document
from kg.core.place import Area
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import load


def read(*lines: object) -> list[Document | Rejection]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return list(load(Raw("d.jsonl", text.encode(), "2026-05-06T00:00:00Z"), "jsonl"))


def test_stated_values_go_before_what_the_text_says() -> None:
    text = "FOR IMMEDIATE RELEASE\n\nHalcyra fills Caddo Bend\n\nAUSTIN, Texas, May 6, 2026 -- Halcyra said more."
    stated = {"text": text, "url": "https://a.example/b", "kind": "news", "published": "2026-05"}
    read_from_text, from_line, unknown = read({"text": text}, stated, {"text": text, "kind": None, "published": None})
    assert isinstance(read_from_text, Document)
    assert isinstance(from_line, Document)
    assert isinstance(unknown, Document)
    assert (read_from_text.kind, read_from_text.published) == ("release", "2026-05-06")
    assert (from_line.kind, from_line.published, from_line.address) == ("news", "2026-05", "https://a.example/b")
    assert (unknown.kind, unknown.published) == ("news", None)
    assert read_from_text.address == "d.jsonl#1"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "not a JSON object"),
        ("[" * 5000, "nested too deeply|not JSON"),
        ({"title": "x"}, "needs text"),
        ({"text": "  "}, "needs text"),
        ({"text": 5}, "text is not a string"),
        ({"text": "x", "url": 5}, "url is not a string"),
        ({"text": "x", "kind": "press"}, "kind 'press': one of news"),
        ({"text": "x", "published": "May 2026"}, "published 'May 2026': needs a date"),
        ({"text": "x", "published": "2026-02-30"}, "needs a date"),
        ('{"text": "\\ud800"}', "lone surrogate"),
        ({"text": "a\0b"}, "NUL"),
        ({"text": "x", "areas": "p. 1"}, "areas need"),
        ({"text": "x", "areas": [[0, 2, 1, [0, 0, 9, 9]]]}, "areas reach beyond the text"),
    ],
)
def test_one_bad_line_and_nothing_is_loaded(line: object, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^d\.jsonl:3: .*({reason})") as error:
        read({"text": "good"}, "", line, {"text": "also good"})
    assert "\n" not in str(error.value)


def test_keys_that_are_not_read_are_reported_once() -> None:
    *documents, report = read({"text": "x", "author": "a"}, {"text": "y", "author": "b", "tags": []})
    assert len(documents) == 2
    assert isinstance(report, Rejection)
    assert report.reason.startswith("keys not read: author, tags (known: text,")


text = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(
    st.lists(
        st.builds(
            Document,
            text.filter(lambda value: bool(value.strip())),
            text.filter(bool),
            kind=st.sampled_from(KINDS),
            title=st.none() | text,
            published=st.none() | st.dates(date(1900, 1, 1), date(2099, 12, 31)).map(str),
            aside=text,
            areas=st.just(()) | st.just((Area(0, 1, 2, (72, 700, 290, 712)),)),
        ),
        min_size=1,
    )
)
def test_exported_documents_come_back(documents: list[Document]) -> None:
    again = [item for item in read(*(document.to_json() for document in documents)) if isinstance(item, Document)]
    for document, back in zip(documents, again, strict=True):
        assert back.text == document.text.replace("\r\n", "\n").replace("\r", "\n")
        assert (back.address, back.kind, back.aside) == (document.address, document.kind, document.aside)
        assert back.areas == document.areas
        assert document.title in (back.title, "", None)
        assert document.published in (back.published, None)
