"""JSON-LD in a page, in the words of schema.org: what a publisher tells machines about an article."""

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from kg.text.plain import newlines, one_line

KINDS = {
    "newsarticle": "news",
    "reportagenewsarticle": "news",
    "analysisnewsarticle": "news",
    "backgroundnewsarticle": "news",
    "opinionnewsarticle": "news",
    "askpublicnewsarticle": "news",
    "reviewnewsarticle": "news",
    "blogposting": "blog",
    "liveblogposting": "news",
    "discussionforumposting": "post",
    "socialmediaposting": "post",
}
"""Kinds of document by the types of schema.org that say so."""

_ARTICLES = frozenset({"article", "report", "techarticle", "webpage", *KINDS})
_ABOUT_OTHERS = frozenset(
    {"itemlistelement", "citation", "mentions", "isbasedon", "comment", "review", "relatedlink", "haspart", "about"}
)
"""Properties that lead to other articles than the page's own."""

_STRINGS = re.compile(r'"(@type|headline|datePublished|articleBody)"\s*+:\s*+"((?:[^"\\]++|\\.)*+)"', re.DOTALL)
_LENGTH = 2_000_000
_ITEMS = 10_000
"""Parts of a page's JSON-LD that are looked at; more is no description of one page."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a page's JSON-LD says of the page's own article; None where it says nothing."""

    headline: str | None = None
    publisher: str | None = None
    published: str | None = None
    kind: str | None = None
    body: str | None = None


def read_article(tree: Any) -> Article:
    """Return what the scripts of a page (lxml tree) say of its article; of several blocks each counts by itself.

    A block that does not parse costs only itself; of one that broke off, the values that stand before the break are
    read. ``body`` is the article's text if stated, which most pages leave out; ``published`` is as stated.
    """
    things = list(_things(tree))
    by_id = {key: thing for thing in things if (key := _key(thing)) and len(thing) > 1}
    own = [thing for thing in things if types(thing) & _ARTICLES]
    own.sort(key=lambda thing: types(thing) == {"webpage"})  # the article goes before the page that it stands on
    return Article(
        headline=_first(_text(thing.get("headline")) for thing in own),
        publisher=_first(_name(thing.get("publisher"), by_id) for thing in own),
        published=_first(_text(thing.get("datePublished")) for thing in own),
        kind=_first(KINDS.get(name) for thing in own for name in sorted(types(thing))),
        body=_first(_body(thing.get("articleBody")) for thing in own),
    )


def types(thing: dict[str, Any]) -> set[str]:
    """Return the types of an object in lower case, without their vocabulary's address."""
    stated = thing.get("@type")
    return {str(name).rpartition("/")[2].lower() for name in (stated if isinstance(stated, list) else [stated]) if name}


def _things(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield every JSON object that is about this page, outer ones first."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting = deque([_parsed(script.text or "")])
        for _ in range(_ITEMS):
            if not waiting:
                break
            thing = waiting.popleft()
            if isinstance(thing, dict):
                yield thing
                waiting += [value for name, value in thing.items() if str(name).lower() not in _ABOUT_OTHERS]
            elif isinstance(thing, list):
                waiting += thing


def _parsed(text: str) -> Any:
    """Return the value of a block: whatever marks stand around it, and with raw control characters inside."""
    text = text[:_LENGTH]
    if '"' not in text:
        text = unescape(text)
    start = text.find("{")
    before = text[: max(start, 0)].rstrip()
    if before.endswith("[") and not before.endswith("CDATA["):
        start = len(before) - 1
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, max(start, 0))[0]
    except (ValueError, RecursionError):
        return _broken_off(text[max(start, 0) :])


def _broken_off(text: str) -> dict[str, Any]:
    """Return the plain values of a block that broke off, the first of each name, if the block names its type first."""
    found: dict[str, Any] = {}
    for name, value in _STRINGS.findall(text):
        try:
            found.setdefault(name, json.loads(f'"{value}"', strict=False))
        except ValueError:
            continue
    return found if text.startswith("{") and "@type" in found else {}


def _key(thing: dict[str, Any]) -> str | None:
    key = thing.get("@id")
    return key if isinstance(key, str) else None


def _name(thing: object, by_id: dict[str, dict[str, Any]]) -> str | None:
    """Return the name of a publisher, who may be a name, an object, a list, or a reference to another object."""
    if isinstance(thing, list):
        return _first(_name(item, by_id) for item in thing)
    if not isinstance(thing, dict):
        return _text(thing)
    named = thing if "name" in thing else by_id.get(_key(thing) or "", {})
    return _text(named.get("name"))


def _body(value: object) -> str | None:
    if not isinstance(value, str) or not value.strip():
        return None
    return newlines(value.encode("utf-8", "replace").decode().replace("\0", "")).strip()


def _text(value: object) -> str | None:
    return one_line(unescape(value)) or None if isinstance(value, str) else None


def _first(values: Any) -> str | None:
    return next((value for value in values if value), None)
