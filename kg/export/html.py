"""One HTML page with the graph and its evidence that opens offline in any browser.

The viewer is bundled once (``scripts/viewer``) and stands inline with the data. The page may not talk to any network:
its content security policy allows the one inline script by its hash, and no address at all.
"""

import base64
import hashlib
import html
import json
from pathlib import Path
from string import Template

from kg.core.confidence import WEAK
from kg.exceptions import UsageError
from kg.export.base import Counts, clean_edges, clean_nodes
from kg.export.target import Target
from kg.export.words import is_record
from kg.graph.elements import GraphSource
from kg.schema.ontology import ontology

LIMIT = 20_000
"""Entities and deals that one page can draw at a speed that people bear."""

_VIEWER = Path(__file__).with_name("viewer")
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def render(source: GraphSource, target: Target, title: str) -> Counts:
    """Write the page; claims and documents, where the source has them, are the evidence beside the picture.

    Raises UsageError for more than ``LIMIT`` entities and deals.
    """
    drawn = sum(not is_record(node.label) for node in source.nodes())
    if drawn > LIMIT:
        raise UsageError(
            f"{target.path}: {drawn:,} entities and deals are more than a page can show ({LIMIT:,}). "
            "Export a part of the graph, or write .gexf for Gephi"
        )
    before, after = _page(title)
    out = target.open()
    out.write(f'{before}{{"meta":{inline_json(_meta(title))},\n"nodes":[')
    nodes = edges = 0
    for node in clean_nodes(source):
        out.write(("," if nodes else "") + "\n" + inline_json([node.id, node.label, node.properties]))
        nodes += 1
    out.write('\n],"edges":[')
    for edge in clean_edges(source):
        row = [edge.id, edge.type, edge.source, edge.target, edge.properties]
        out.write(("," if edges else "") + "\n" + inline_json(row))
        edges += 1
    out.write(f"\n]}}{after}")
    return Counts(nodes, edges)


def inline_json(value: object) -> str:
    """Return JSON that can stand inside a script element: no ``<`` can end or open anything."""
    return _encode(value).replace("<", "\\u003c")


def _page(title: str) -> tuple[str, str]:
    """Return what stands before and after the data."""
    script = _asset("viewer.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = [
        "default-src 'none'",
        f"script-src 'sha256-{digest}'",
        "style-src 'unsafe-inline'",
        "img-src data: blob:",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    filled = Template(_asset("page.html")).substitute(
        title=html.escape(title), policy="; ".join(policy), style=_asset("viewer.css"), script=script, data="\0"
    )
    before, _, after = filled.partition("\0")
    return before, after


def _asset(name: str) -> str:
    return (_VIEWER / name).read_text(encoding="utf-8")


def _meta(title: str) -> dict[str, object]:
    """Return the title, and what the viewer must know of the ontology."""
    known = ontology()
    valued = {**known.attributes, **known.qualifiers}
    return {
        "title": title,
        "weak": WEAK,
        "types": {name: {"colour": kind.colour, "definition": kind.definition} for name, kind in known.types.items()},
        "records": list(known.records),
        "structures": list(known.structures),
        "statuses": known.statuses,
        "predicates": {
            name: {"label": p.label, "inverse": p.inverse_label, "symmetric": p.symmetric, "definition": p.definition}
            for name, p in known.predicates.items()
        },
        "qualifiers": {name: {"label": q.label, "unit": q.unit} for name, q in known.qualifiers.items()},
        "attributes": {name: {"label": v.label, "unit": v.unit} for name, v in valued.items()},
    }
