"""What an HTML page says about itself to machines: JSON-LD, meta elements, the canonical link, time elements."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from kg.text.bylines import read_date
from kg.text.jsonld import Article, read_article
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


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says about itself: ``url`` is its canonical address, ``body`` the article's text by its JSON-LD."""

    metadata: Metadata
    url: str | None
    body: str | None


def page_head(tree: Any, url: str | None) -> Head:
    """Return what the page states of itself; ``url`` is where it was fetched.

    Dates are the publisher's, with the day as written.
    """
    names = _meta(tree)
    article = read_article(tree)
    address = _canonical(tree, names, url)
    site = article.publisher or _first(map(names.get, _PUBLISHER_NAMES))
    headline = article.headline or _first(map(names.get, _TITLE_NAMES))
    known = Metadata(
        title=without_site(headline or _title(tree), site),
        kind=kind_of_host(address) or article.kind,
        publisher=site,
        published=_published(tree, names, article) or path_date(address or ""),
    )
    return Head(known, address, article.body)


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


def _published(tree: Any, names: dict[str, str], article: Article) -> str | None:
    stated = [article.published, *(names.get(name) for name in _DATE_NAMES)]
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
        joined = urljoin(base or "", address)
        urlsplit(joined)
    except ValueError:
        return ""
    return joined


def kind_of_host(address: str | None) -> str | None:
    """Return what kind of document a web address leads to, if its host publishes one kind only; else None."""
    try:
        host = (urlsplit(address).hostname or "") if address else ""
    except ValueError:
        return None
    return next((kind for name, kind in _HOSTS.items() if host == name or host.endswith(f".{name}")), None)


def _title(tree: Any) -> str | None:
    for element in [*tree.iter("h1"), *tree.iter("title")]:
        text = one_line("".join(element.itertext()))
        if text:
            return text
    return None


def without_site(title: str | None, site: str | None) -> str | None:
    """Return the title without the site's name at its end: "Title - Site", "Title | Site"."""
    if not title or not site:
        return title
    return re.sub(rf"\s+[-|·–—:]\s+{re.escape(site)}$", "", title) or title


def _first(values: Any) -> str | None:
    return next((value for value in values if value), None)
