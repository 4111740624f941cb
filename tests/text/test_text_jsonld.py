"""JSON-LD: the page's own article, whatever surrounds it and however it broke."""

import json

import pytest
from lxml import html

from kg.text.html import read_page
from kg.text.jsonld import Article, read_article

THING = {"@type": "NewsArticle", "headline": "Halcyra leases", "datePublished": "2026-05-06T23:00:00-05:00"}


def page(*blocks: str) -> bytes:
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<html><head>{scripts}</head><body><p>A short teaser of the story.</p></body></html>".encode()


def article(*blocks: str) -> Article:
    return read_article(html.document_fromstring(page(*blocks)))


@pytest.mark.parametrize(
    "block",
    [
        json.dumps(THING),
        f"<!--\n{json.dumps(THING)}\n-->",
        f"//<![CDATA[\n{json.dumps(THING)}\n//]]>",
        f"/* <![CDATA[ */ [{json.dumps(THING)}] /* ]]> */",
        json.dumps(THING) + ";",
        json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "Organization", "name": "X"}, THING]}),
        json.dumps({"@type": ["WebPage"], "headline": "The page", "mainEntity": THING}),
        json.dumps({**THING, "@type": ["http://schema.org/NewsArticle", "Article"]}),
        json.dumps(THING).replace("Halcyra leases", "Halcyra\tleases"),
        json.dumps({**THING, "articleSection": "x" * 300})[:-40],
        json.dumps([{"@type": "ItemList", "itemListElement": [{**THING, "headline": "Other"}]}, THING]),
        json.dumps({**THING, "mentions": [{**THING, "headline": "Other"}]}),
        json.dumps(THING).replace('"', "&quot;"),
    ],
)
def test_the_article_of_the_page(block: str) -> None:
    found = article(block)
    assert (found.headline, found.published) == ("Halcyra leases", "2026-05-06T23:00:00-05:00")
    assert read_page(page(block)).metadata.published == "2026-05-06"


@pytest.mark.parametrize(
    "bad", ["{", "[" * 5000, "null", '"x"', "{'a': 1}", '{"@type": "NewsArticle", "headline": "', ""]
)
def test_a_bad_block_costs_only_itself(bad: str) -> None:
    assert article(bad, json.dumps(THING)).headline == "Halcyra leases"


@pytest.mark.parametrize(
    ("publisher", "name"),
    [
        ("Compute Daily", "Compute Daily"),
        ({"@type": "Organization", "name": "Compute Daily"}, "Compute Daily"),
        ([{"name": ""}, {"name": "Compute &amp; Daily"}], "Compute & Daily"),
        ({"@id": "#org"}, "By Reference"),
        ({"@id": "#nowhere"}, None),
        (5, None),
    ],
)
def test_publishers(publisher: object, name: str | None) -> None:
    graph = [{**THING, "publisher": publisher}, {"@id": "#org", "@type": "Organization", "name": "By Reference"}]
    assert article(json.dumps({"@graph": graph})).publisher == name


def test_the_article_goes_before_the_page_that_it_stands_on() -> None:
    assert article(json.dumps([{"@type": "WebPage", "headline": "Compute Daily"}, THING])).headline == "Halcyra leases"


BODY = "Halcyra Compute has leased 36 megawatts at Caddo Bend to Pinnacle Loom.\nThe lease runs for four years."


def test_a_page_that_scripts_write_is_read_from_its_description() -> None:
    read = read_page(page(json.dumps({**THING, "articleBody": BODY})))
    assert read.text == BODY
    assert read.aside == "A short teaser of the story."
    assert read.metadata.kind == "news"


def test_a_body_in_html_is_read_as_lines() -> None:
    body = "<p>Halcyra Compute has leased 36&nbsp;megawatts.</p><p>To Pinnacle Loom, for four years.</p>"
    text = read_page(page(json.dumps({**THING, "articleBody": body}))).text
    assert text.replace("\xa0", " ") == "Halcyra Compute has leased 36 megawatts.\n\nTo Pinnacle Loom, for four years."


def test_visible_text_goes_before_an_excerpt() -> None:
    assert read_page(page(json.dumps({**THING, "articleBody": "A short"}))).text == "A short teaser of the story."
