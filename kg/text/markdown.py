"""Markdown: the front matter, which says what the document is, and whether a text is Markdown at all."""

import re
from collections.abc import Mapping

from kg.core.document import KINDS
from kg.text.bylines import iso_date, read_date
from kg.text.plain import one_line

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_LONGEST = 20_000
"""Characters that front matter may have; a rule further down is a rule."""

_CUES = tuple(
    re.compile(cue, re.MULTILINE)
    for cue in (
        r"^#{1,6} \S",  # a heading
        r"(?<!!)\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)",  # a link
        r"^(?:```|~~~)",  # code
        r"\*\*[^*\n]{1,200}\*\*",  # bold
        r"^\|(?:\s*:?-{3,}:?\s*\|)+\s*$",  # the rule below a table's head
        r"^\S[^\n]*\n(?:={3,}|-{3,})$",  # an underlined heading
    )
)
# The names that front matter has for one thing, the better first.
_NAMES = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "publication", "site_name", "source"),
    "published": ("published", "date", "publish_date", "pubdate"),
    "url": ("url", "canonical_url", "canonical", "link"),
    "kind": ("kind",),
}


def front_matter_span(text: str) -> tuple[int, int] | None:
    """Return start and end of the front matter, its two lines of dashes included, or None if there is none.

    The lines stay in the document's text, so that offsets are those of the file; they are not read for claims.
    """
    found = _split(text)
    return (0, found[1]) if found else None


def front_matter(text: str) -> dict[str, str]:
    """Return title, publisher, published, url and kind as far as the front matter states them.

    Raises ValueError, with the name and the value, for a date or kind that means nothing here.
    """
    found = _split(text)
    if not found:
        return {}
    stated = {key: _scalar(found[0], names) for key, names in _NAMES.items()}
    known = {key: value for key, value in stated.items() if value}
    if "published" in known:
        known["published"] = _date(known["published"])
    if not known.get("url", "http").startswith("http"):
        del known["url"]  # the place on a site, not an address
    if known.get("kind", "news") not in KINDS:
        raise ValueError(f"kind {known['kind']!r} in the front matter: one of {', '.join(KINDS)}")
    return known


def cues(text: str) -> int:
    """Return how many signs of Markdown a text begins with: headings, links, tables; front matter counts as three."""
    head = text[:_LONGEST]
    return sum(1 for cue in _CUES if cue.search(head)) + (3 if front_matter_span(text) else 0)


def _split(text: str) -> tuple[Mapping[object, object], int] | None:
    """Return the front matter as a mapping and where it ends; a rule at the top of a text is no front matter."""
    if not text.startswith("---\n"):
        return None
    fence = _FENCE.search(text, 4, _LONGEST)
    if not fence:
        return None
    import yaml  # noqa: PLC0415  only for texts that begin with dashes

    try:
        data = yaml.load(text[4 : fence.start()], yaml.BaseLoader)  # noqa: S506  makes nothing but text, lists, mappings
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return (data, min(fence.end() + 1, len(text))) if isinstance(data, dict) else None


def _scalar(data: Mapping[object, object], names: tuple[str, ...]) -> str | None:
    values = (data.get(name) for name in names)
    texts = (one_line(value) for value in values if isinstance(value, str))
    return next((text for text in texts if text not in ("", "null", "~")), None)


def _date(value: str) -> str:
    day = iso_date(value) or read_date(value)
    if not day:
        raise ValueError(f"published {value!r} in the front matter: needs a date such as 2026-05-06")
    return day
