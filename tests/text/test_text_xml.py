"""XML from strangers: nothing of its own is expanded or fetched, and faults are named with their line."""

import io
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.xml import children, local, parse, records, root_name, text_of

BOMB = b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;">]>\n<a t="&c;">&c;</a>'
FILE = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/hostname">]><a>&f;</a>'
COMMENTED = b"<?xml version='1.0'?><!-- <a> --><!DOCTYPE a [<!ELEMENT a ANY><!ENTITY b 'x'>]><a>&b;</a>"


def walk(data: bytes, *tags: str) -> list[str | None]:
    return [text_of(element) for element in records(io.BytesIO(data), *tags)]


@pytest.mark.parametrize("data", [BOMB, FILE, COMMENTED, BOMB.decode().encode("utf-16")])
def test_entities_of_its_own_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="declares entities of its own"):
        parse(data)
    with pytest.raises(ValueError, match="declares entities of its own"):
        walk(data, "a")


@pytest.mark.parametrize(
    "data",
    [
        b'\n\r\n  <?xml version="1.0"?><r><a>Z\xc3\xbcrich</a></r>',
        b'\xef\xbb\xbf<?xml version="1.0"?><r><a>Z\xc3\xbcrich</a></r>',
        b'<?xml version="1.0" encoding="ISO-8859-1"?><r xmlns="urn:x"><a>Z\xfcrich</a></r>',
        '<?xml version="1.0" encoding="utf-16"?><r><a>Zürich</a></r>'.encode("utf-16"),
        b"<!DOCTYPE r><r><a>Z&#xFC;r<!-- c -->ich</a></r>",
    ],
)
def test_blank_lines_marks_and_character_sets(data: bytes) -> None:
    assert text_of(parse(data), "a") == "Zürich"
    assert walk(data, "a") == ["Zürich"]
    name = root_name(data)
    assert name is not None
    assert name[1] == "r"


def test_faults_are_named_with_the_line_of_the_file() -> None:
    data = b'\n\n<?xml version="1.0"?>\n<r>\n<a>1</a>\n<a>2</b>\n</r>'
    for read in (parse, lambda value: walk(value, "a")):
        with pytest.raises(ValueError, match=r"^not well-formed XML at line 6 \(.*mismatch.*\)$"):
            read(data)


def test_limits_of_the_parser_are_told_in_plain_words() -> None:
    for data in (b"<r><a>" + b"x" * 11_000_000 + b"</a></r>", b"<a>" * 300 + b"</a>" * 300):
        with pytest.raises(ValueError, match=r"^not well-formed XML at line 1 \((?!.*XML_PARSE)") as error:
            parse(data)
        assert len(str(error.value)) < 120


def test_records_before_a_fault_come_first() -> None:
    found = records(io.BytesIO(b"<r><a>1</a><a>2</a><a>3"), "a")
    assert [text_of(element) for element in islice(found, 2)] == ["1", "2"]
    with pytest.raises(ValueError, match="not well-formed XML"):
        next(found)


def test_records_are_dropped_once_they_are_read() -> None:
    data = b"<r>" + b"<a><b>x</b></a>" * 20_000 + b"</r>"
    most = max(len(element.getparent()) for element in records(io.BytesIO(data), "a"))
    assert most < 3_000  # what the parser takes in one piece


@pytest.mark.parametrize("data", [b"", b"plain", b'{"a": 1}', b"<", b"< a", b"\xff\xfe"])
def test_what_is_no_xml_has_no_root(data: bytes) -> None:
    assert root_name(data) is None


def test_a_text_that_breaks_off_has_a_root() -> None:
    assert root_name(b'<lei:LEIData xmlns:lei="urn:lei"><lei:LEIHea') == ("urn:lei", "LEIData")


names = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="￾￿"), max_size=20)


@given(st.lists(st.tuples(names, texts), min_size=1))
@settings(deadline=None)
def test_streamed_and_whole_say_the_same(items: list[tuple[str, str]]) -> None:
    from xml.sax.saxutils import escape

    data = ("<Root>" + "".join(f"<{name}>{escape(text)}</{name}>" for name, text in items) + "</Root>").encode()
    whole = [(local(child), text_of(child)) for child in parse(data)]
    streamed = [(local(e), text_of(e)) for e in records(io.BytesIO(data), *{name for name, _ in items})]
    assert streamed == whole
    assert [text for _, text in whole] == [" ".join(text.split()) or None for _, text in items]


def test_of_children_with_one_name_the_first_is_given_and_comments_are_none() -> None:
    found = children(parse(b'<r xmlns:a="u"><a:n>1</a:n><!-- no --><n>2</n><m><n>3</n></m></r>'))
    assert {name: text_of(child) for name, child in found.items()} == {"n": "1", "m": "3"}
