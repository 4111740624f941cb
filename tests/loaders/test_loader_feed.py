"""Feeds: what an entry says, whatever dialect says it."""

import pytest

from kg.core.document import Document
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.plugins import load, loader


def read(data: str | bytes, address: str = "feed.xml", **more: str) -> list[Document]:
    data = data.encode() if isinstance(data, str) else data
    found = list(load(Raw(address, data, "2026-05-06T00:00:00Z", **more)))  # type: ignore[arg-type]
    return [item for item in found if isinstance(item, Document)]


def rss(item: str, channel: str = "<title>Compute Daily</title>") -> str:
    return f'<rss version="2.0"><channel>{channel}<item>{item}</item></channel></rss>'


def test_rss_1_0_keeps_its_items_outside_the_channel() -> None:
    feed = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Compute Daily</title></channel>
      <item><title>Halcyra leases</title><link>https://c.example/1</link><dc:date>2026-05-06</dc:date></item></rdf:RDF>"""
    (document,) = read(feed)
    assert (document.title, document.url, document.published) == ("Halcyra leases", "https://c.example/1", "2026-05-06")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<description>36 MW &lt; 40 MW</description>", "36 MW < 40 MW"),
        (
            "<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two &amp;amp; three&lt;/p&gt;</description>",
            "One\n\nTwo & three",
        ),
        ("<description><![CDATA[36&nbsp;MW&mdash;now]]></description>", "36 MW—now"),
        ("<description>36&nbsp;MW&mdash;now &nosuch</description>", "36 MW—now &nosuch"),
        ("<description>AT&T and H&M</description>", "AT&T and H&M"),
        ("<description>a\x0bb</description>", "ab"),
        ("<description/>", ""),
        ("<description>short</description><encoded>the whole of it</encoded>", "the whole of it"),
        ("<description>Halcyra leases: 36 MW</description>", "36 MW"),
    ],
)
def test_bodies(body: str, text: str) -> None:
    (document,) = read(rss(f"<title>Halcyra leases</title>{body}"))
    said = document.text.removeprefix("Halcyra leases").lstrip(": \n")
    assert said.replace("\xa0", " ") == text


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("<pubDate>Wed, 06 May 2026 23:59:00 -1000</pubDate>", "2026-05-06"),
        ("<pubDate>Wed, 06 May 2026 01:00:00 EST</pubDate>", "2026-05-06"),
        ("<pubDate>6 May 2026</pubDate>", "2026-05-06"),
        ("<pubDate>soon</pubDate><published>2026-05-07T01:00:00+09:00</published>", "2026-05-07"),
        ("<updated>2026-05-09T00:00:00Z</updated><published>2026-05-06T00:00:00Z</published>", "2026-05-06"),
        ("<pubDate>Wed, 31 Feb 2026 00:00:00 GMT</pubDate>", None),
        ("<pubDate/>", None),
    ],
)
def test_dates_are_those_of_the_publisher(dates: str, day: str | None) -> None:
    assert read(rss(f"<title>Halcyra leases</title>{dates}"))[0].published == day


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link>https://c.example/a b</link>", "https://c.example/a b"),
        ("<link>/a</link>", "https://c.example/a"),
        ("<guid>https://c.example/g</guid>", "https://c.example/g"),
        ('<guid isPermaLink="false">https://c.example/g</guid>', None),
        ('<link rel="enclosure" href="https://c.example/x.mp3"/>', None),
        ("<link>javascript:alert(1)</link>", None),
        ("<link>http://[bad</link>", None),
    ],
)
def test_links(link: str, url: str | None) -> None:
    (document,) = read(rss(f"<title>Halcyra</title>{link}"), final_url="https://c.example/feed")
    assert document.url == url
    assert document.address == (url or "feed.xml#1")
    assert document.file == "feed.xml"


def test_entries_without_anything_are_said_and_cost_no_others() -> None:
    data = "<rss><channel><title>C</title><item/><item><title>Halcyra</title></item></channel></rss>"
    first, second = load(Raw("f", data.encode(), "2026-05-06T00:00:00Z"))
    assert str(first) == "f#1: neither title nor text"
    assert isinstance(second, Document)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss><channel><item><title>x</title></item>", r"not well-formed XML at line 1"),
        (
            b'<!DOCTYPE rss [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>',
            "refused",
        ),
        (b"<rss><channel></channel></rss>", "a feed without entries"),
    ],
)
def test_bad_feeds_give_one_line(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=rf"^f: .*{reason}") as error:
        read(data, "f")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "data",
    [
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description/></rdf:RDF>',
        b"<feed><cattle/></feed>",
        b"<html><body>rss</body></html>",
    ],
)
def test_what_only_begins_like_a_feed_is_none(data: bytes) -> None:
    assert loader("feed").recognise(Raw("f", data, "2026-05-06T00:00:00Z")) == 0


def test_feeds_of_other_character_sets() -> None:
    feed = rss("<title>Zürich Werk</title>")
    for data in (feed.encode("utf-16"), b'<?xml version="1.0" encoding="ISO-8859-1" ?>\n' + feed.encode("latin-1")):
        assert read(data)[0].title == "Zürich Werk"
