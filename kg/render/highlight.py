"""One document as an HTML page: its text with the names marked by type, and beside it its claims.

The page opens offline and talks to nobody: its content security policy allows the one script and the one style sheet
by their hashes, and no address at all. Whatever a document holds is text there, never markup.
"""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from string import Template

from kg.core.document import Document
from kg.examine import Considered
from kg.mentions import Mention
from kg.render.marks import Pieces, visible
from kg.render.spelled import Spelled, spelled
from kg.schema.ontology import ontology

_FOLDER = Path(__file__).with_name("highlighted")


def highlight_page(document: Document, considered: Sequence[Considered], mentions: Sequence[Mention]) -> str:
    """Return the page of a document: what is claimed, what was considered and dropped, what is named."""
    items = [spelled(found, mentions, len(document.text)) for found in considered]
    pieces = Pieces(
        document.text, mentions, (span for item in items for spans in item.marks.values() for span in spans)
    )
    claims = [item for item in items if item.reason is None]
    dropped = [item for item in items if item.reason is not None]
    style, script = _style(), _asset("page.js")
    return Template(_asset("page.html")).substitute(
        policy=_policy(style, script),
        style=style,
        script=script,
        title=_text(document.title or document.address),
        about=_about(document),
        counts=_text(_counts(claims, mentions)),
        legend=_legend(mentions),
        statuses="".join(f"<option>{_text(status)}</option>" for status in _statuses(claims)),
        text=pieces.html(),
        claims="".join(_item(item, pieces) for item in claims) or "<li>Nothing is claimed.</li>",
        dropped=_dropped(dropped, pieces),
    )


def _text(value: str) -> str:
    return escape(visible(value))


def _about(document: Document) -> str:
    parts = [document.publisher, document.published, document.address if document.title else None]
    return _text(", ".join(part for part in parts if part))


def _counts(claims: Sequence[Spelled], mentions: Sequence[Mention]) -> str:
    weak = sum(claim.weak for claim in claims)
    told = f"{len(claims):,} {'claim' if len(claims) == 1 else 'claims'}"
    return f"{told}{f', {weak:,} weak' if weak else ''}; {len(mentions):,} names"


def _statuses(claims: Iterable[Spelled]) -> list[str]:
    found = {claim.status for claim in claims}
    return [status for status in ontology().statuses if status in found]


def _legend(mentions: Sequence[Mention]) -> str:
    counts = Counter(mention.type for mention in mentions)
    return "".join(
        f'<label class="key t-{name}"><input type="checkbox" checked data-type="{name}"><span>{name}</span> '
        f"<small>{counts[name]:,}</small></label>"
        for name in ontology().types
        if counts[name]
    )


def _item(item: Spelled, pieces: Pieces) -> str:
    """Return a claim as something that opens: who does what to whom, and how that is known."""
    marks = {role: [pieces.run(span) for span in spans] for role, spans in item.marks.items() if spans}
    classes = " ".join(["claim", item.status, *(["weak"] if item.weak else []), *(["left"] if item.reason else [])])
    head = " ".join(f'<bdi class="{role}">{_text(words)}</bdi>' for role, words in item.said)
    chips = "".join(f'<span class="chip {_text(kind)}">{_text(word)}</span>' for kind, word in item.chips)
    details = f'<span class="details">{_text(item.details)}</span>' if item.details else ""
    quotes = "".join(f"<blockquote>{_text(quote)}</blockquote>" for quote in item.quotes)
    why = "".join(f"<dt>{_text(name)}</dt><dd>{_text(words)}</dd>" for name, words in item.why)
    return (
        f'<li><details class="{classes}" name="claim" data-status="{_text(item.status)}" '
        f'data-marks="{escape(json.dumps(marks, separators=(",", ":")))}"><summary>'
        f'<span class="head">{head}</span>{details}<span class="chips">{chips}</span></summary>'
        f"{quotes}<dl>{why}</dl></details></li>\n"
    )


def _dropped(items: Sequence[Spelled], pieces: Pieces) -> str:
    if not items:
        return ""
    listed = "".join(_item(item, pieces) for item in items)
    return (
        f'<details id="dropped"><summary>Considered and dropped ({len(items):,})</summary><ol>{listed}</ol></details>'
    )


def _style() -> str:
    colours = "".join(f".t-{name}{{--type:{kind.colour}}}" for name, kind in ontology().types.items())
    return _asset("page.css") + colours


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
