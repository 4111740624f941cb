"""What bytes are when nobody reads them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.sniff import json_lines_key, looks_like_html, not_text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary: PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "binary: JPEG image"),
        (b"%PDF-1.7\n%text only", "binary: PDF"),
        (b"PK\3\4\x14\0\6\0", "binary: ZIP archive"),
        (b"PK\3\4\x14\0\6\0[Content_Types].xml...ppt/presentation.xml", "binary: PowerPoint file: export it as PDF"),
        (b"MZ\x90\0\3\0", "binary: program"),
        (b"\0\0\0\x18ftypheic", "binary: sound, film or HEIC image"),
        (b"\0\1\2\3", "binary, or text"),
        (b'{"a": 1}', "JSON, but not JSON Lines of documents"),
        (b'[{"text": "x"}]', "JSON, but not JSON Lines of documents"),
        (b'{\n  "text": "broken off', "JSON, but not"),
        (b"[1, 2]", "JSON, but not"),
        (b'[["name", "mw"], ["broken off', "JSON, but not"),
        (b'["broken", "off', "JSON, but not"),
        (b"[" * 100_000, "JSON, but not"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "XML (rss)"),
        (b"{\\rtf1\\ansi text}", "RTF"),
        (b"name,mw,owner\nA,1,x\nB,2,y\nC,3,z\nD,4,w\n", "a table (CSV)"),
        (b"name\tmw\towner\nA\t1\tx\nB\t2\ty\nC\t3\tz\n", "a table (CSV)"),
    ],
)
def test_reasons(data: bytes, reason: str) -> None:
    assert (not_text(data) or "").startswith(reason)


@pytest.mark.parametrize(
    "text",
    [
        "[CORE01 REPORT]\n\nSignal",
        "MZ is a common name.",
        "BMW builds cars, vans, and bikes.\nIt is old, large, and rich.\n",
        "ID3 tags are old.",
        "{curly} beginnings",
        "[1] A footnote comes first.",
        "One, two, three.\n" * 2,
        "A long line of prose about the plant, its owner, and the grid that feeds it in winter and in summer alike.\n"
        * 6,
        "<- an arrow",
        "[[Tarn Cloud]] leases 250 MW from [[Osprey Group]].",
        '["I will not sell," he said.] The rest is silence.',
    ],
)
def test_prose_is_not_mistaken(text: str) -> None:
    assert not_text(text.encode()) is None


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    reason = not_text(data)
    assert reason is None or reason
    assert looks_like_html(data) in (True, False)
    assert json_lines_key(data, "text") in (True, False)


@pytest.mark.parametrize(
    ("data", "is_page"),
    [
        (b"<!DOCTYPE html>\n<p>x", True),
        (b"\xef\xbb\xbf  <html lang=en>", True),
        (b"<!-- saved --><HTML><BODY>", True),
        ("<html>".encode("utf-16"), True),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC ''><html xmlns=''>", True),
        (b"<div><p>one</p><p>two</p></div>", True),
        (b"The <p> element and the <div> element and <span>", False),
        (b"<rss><channel>", False),
        (b"# <b>Markdown</b> with <i>some</i> <u>tags</u>", False),
    ],
)
def test_pages_are_known_by_how_they_begin(data: bytes, is_page: bool) -> None:
    assert looks_like_html(data) is is_page


def test_first_line_decides_over_json_lines() -> None:
    line = json.dumps({"text": "x"}).encode()
    assert json_lines_key(b"\n\n" + line + b"\nrest", "text")
    assert not json_lines_key(b'{"other": 1}\n' + line, "text")
    assert not json_lines_key(b"{" * 100_000, "text")
