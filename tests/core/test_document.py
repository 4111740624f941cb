"""Documents: the text makes the document, wherever it lies."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.document import KINDS, Document
from kg.core.place import Area

TEXTS = st.none() | st.text(min_size=1)
DOCUMENTS = st.builds(
    Document,
    st.text(),
    st.text(),
    kind=st.sampled_from(KINDS),
    title=TEXTS,
    url=TEXTS,
    published=TEXTS,
    file=TEXTS,
    source=TEXTS,
    whole=st.booleans(),
    aside=st.text(),
    areas=st.lists(st.tuples(st.integers(0, 9), st.integers(1), st.tuples(*[st.integers()] * 4)), max_size=4).map(
        lambda lines: tuple(Area(10 * n + first, 10 * n + 9, page, box) for n, (first, page, box) in enumerate(lines))
    ),
)


@given(DOCUMENTS)
def test_a_document_comes_back_from_its_line(document: Document) -> None:
    line = json.loads(json.dumps(document.to_json()))
    again = Document.from_json({"text": ""} | line | {"address": document.address})
    assert again == document
    assert again.id == document.id


def test_the_same_text_elsewhere_is_the_same_document() -> None:
    assert Document("Text.", "a.txt", title="A").id == Document("Text.", "b.txt", kind="blog").id
    assert Document("Text!", "a.txt").id != Document("Text.", "a.txt").id


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="novel"):
        Document("Text.", "a.txt", kind="novel")
