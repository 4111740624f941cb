"""Which sources of a fact are independent: the row of a table counts as the document that it cites. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from kg.graph.resolved import ResolvedClaim

_CAMPAIGN = ("utm_", "fbclid=", "gclid=")
"""How those parts of a web address begin that say from where a reader came."""


class Source(NamedTuple):
    """What says a claim: its origin, the web addresses of its document, and those that its row cites."""

    claim: str
    origin: str
    urls: Sequence[str | None]
    citations: Sequence[str]


def independent(told: Iterable[Source]) -> dict[str, str]:
    """Return by claim the origin that it counts for, of all that say one fact.

    A row that cites a document which says the fact, too, rests on it and counts for the document's origin. Of several
    such documents it counts for the first: they count by themselves. What is not cited is left as it is.
    """
    found = list(told)
    counted = {item.claim: item.origin for item in found}
    if any(item.citations for item in found):
        at: dict[str, set[str]] = defaultdict(set)
        for item in found:
            for url in item.urls:
                if url and "://" in url:
                    at[_page(url)].add(item.origin)
        for item in found:
            if cited := {origin for url in item.citations for origin in at.get(_page(url), ())} - {item.origin}:
                counted[item.claim] = min(cited)
    return counted


def counted_as(claims: Iterable[ResolvedClaim]) -> dict[str, str]:
    """Return by the id of each claim the origin that it counts for, of all that say one fact."""
    return independent(Source(item.id, item.origin, item.urls, item.claim.citations) for item in claims)


def sources(claims: Iterable[ResolvedClaim]) -> set[str]:
    """Return the independent origins of those that say one fact, the registry not among them."""
    news = [item for item in claims if item.is_news]
    return set(counted_as(news).values())


@lru_cache(maxsize=4096)
def _page(url: str) -> str:
    """Return a web address without what leads to the same page: scheme, "www.", last slash, fragment, campaign."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    query = [part for part in parts.query.split("&") if part and not part.startswith(_CAMPAIGN)]
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{'&'.join(query)}"
