"""What an HTML page says about itself to machines: JSON-LD, meta elements, the canonical link, time elements."""

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from kg.text.bylines import read_date
from kg.text.metadata import Metadata
from kg.text.plain import one_line

_DATE_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "citation_date",
    "publish-date",
    "publish_date",
    "publication_date",
    "publishdate",
    "pubdate",
    "dc.date",
    "dcterms.date",
    "date",
)
_PUBLISHER_NAMES = ("og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "publisher")
_TITLE_NAMES = ("og:title", "twitter:title", "dc.title", "citation_title", "headline")
_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "report", "webpage")
_KINDS = {
    "newsarticle": "news",
    "reportagenewsarticle": "news",
    "analysisnewsarticle": "news",
    "blogposting": "blog",
    "discussionforumposting": "post",
    "socialmediaposting": "post",
}
_HOSTS = {
    "businesswire.com": "release",
    "globenewswire.com": "release",
    "prnewswire.com": "release",
    "accessnewswire.com": "release",
    "sec.gov": "filing",
    "reddit.com": "post",
    "news.ycombinator.com": "post",
    "x.com": "post",
    "twitter.com": "post",
    "substack.com": "blog",
    "medium.com": "blog",
}
_PATH_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:/|-|$)")
_ITEMS = 10_000
"""Parts of a page's JSON-LD that are looked at; more is no description of one page."""


def page_metadata(tree: Any, url: str | None) -> tuple[Metadata, str | None]:
    """Return what the page states, and its canonical web address if that is known.

    ``url`` is where the page was fetched. Dates are the publisher's, with the day as written.
    """
    names = _meta(tree)
    things = [thing for thing in _json_ld(tree) if _types(thing)]
    articles = [thing for thing in things if {*_ARTICLES, *_KINDS} & _types(thing)]
    address = _canonical(tree, names, url)
    site = _first(_name(thing.get("publisher")) for thing in articles) or _first(map(names.get, _PUBLISHER_NAMES))
    headline = _first(_text(thing.get("headline")) for thing in articles) or _first(map(names.get, _TITLE_NAMES))
    return Metadata(
        title=_without_site(headline or _title(tree), site),
        kind=_kind(articles, address),
        publisher=site,
        published=_published(tree, names, articles) or path_date(address or ""),
    ), address


def path_date(url: str) -> str | None:
    """Return the date in a web address such as /2026/05/06/title, or None."""
    found = _PATH_DATE.search(urlsplit(url).path)
    return read_date("-".join(found.groups())) if found else None


def _meta(tree: Any) -> dict[str, str]:
    """Return the page's meta elements by lower-case name; of two with one name the first counts."""
    names: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = one_line(element.get("content") or "")
        if name and content:
            names.setdefault(name.strip().lower(), content)
    return names


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every JSON object in the page's JSON-LD, outer ones first; what does not parse is as good as absent."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            waiting = deque([json.loads(script.text or "", strict=False)])
        except (ValueError, RecursionError):
            continue
        for _ in range(_ITEMS):
            if not waiting:
                break
            thing = waiting.popleft()
            if isinstance(thing, dict):
                yield thing
                waiting += [value for value in thing.values() if isinstance(value, dict | list)]
            elif isinstance(thing, list):
                waiting += thing


def _types(thing: dict[str, Any]) -> set[str]:
    stated = thing.get("@type")
    return {str(name).rpartition("/")[2].lower() for name in (stated if isinstance(stated, list) else [stated]) if name}


def _published(tree: Any, names: dict[str, str], articles: list[dict[str, Any]]) -> str | None:
    stated = [_text(thing.get("datePublished")) for thing in articles] + [names.get(name) for name in _DATE_NAMES]
    marked = [time.get("datetime") or time.text for time in tree.iter("time") if _is_publication(time)]
    return _first(read_date(value) for value in [*stated, *marked] if value)


def _is_publication(time: Any) -> bool:
    marks = f"{time.get('itemprop') or ''} {time.get('class') or ''}".lower()
    return time.get("pubdate") is not None or "datepublished" in marks or "published" in marks.split()


def _canonical(tree: Any, names: dict[str, str], url: str | None) -> str | None:
    """Return the page's own address for itself; one that leads to a home page is a mistake of the site."""
    links = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()]
    for stated in [*links, names.get("og:url")]:
        address = _join(url, one_line(stated)) if stated else ""
        if address.startswith(("http://", "https://")) and urlsplit(address).path.strip("/"):
            return address
    return url


def _join(base: str | None, address: str) -> str:
    try:
        return urljoin(base or "", address)
    except ValueError:
        return ""


def _kind(articles: list[dict[str, Any]], address: str | None) -> str | None:
    host = (urlsplit(address).hostname or "") if address else ""
    by_host = (kind for name, kind in _HOSTS.items() if host == name or host.endswith(f".{name}"))
    by_type = (_KINDS[name] for thing in articles for name in sorted(_types(thing)) if name in _KINDS)
    return next(by_host, None) or next(by_type, None)


def _name(thing: object) -> str | None:
    if isinstance(thing, list):
        return _first(map(_name, thing))
    return _text(thing.get("name")) if isinstance(thing, dict) else _text(thing)


def _text(value: object) -> str | None:
    return one_line(value) or None if isinstance(value, str) else None


def _title(tree: Any) -> str | None:
    for element in [*tree.iter("h1"), *tree.iter("title")]:
        text = one_line("".join(element.itertext()))
        if text:
            return text
    return None


def _without_site(title: str | None, site: str | None) -> str | None:
    """Return the title without the site's name at its end: "Title - Site", "Title | Site"."""
    if not title or not site:
        return title
    return re.sub(rf"\s+[-|·–—:]\s+{re.escape(site)}$", "", title) or title


def _first(values: Any) -> str | None:
    return next((value for value in values if value), None)
