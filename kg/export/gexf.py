"""GEXF 1.3 for Gephi and Gephi Lite: colours by type, places to start from, and a timeline of what was known."""

import math
import re
from collections.abc import Iterator, Mapping

from kg.export import xml
from kg.export.base import Counts, clean_edges, clean_nodes, display_name
from kg.export.columns import Columns, survey
from kg.export.target import Target
from kg.export.words import colour_of, is_record, phrase
from kg.graph.elements import GraphSource, Node, Property

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\d-])")
_OPENING = '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
_DYNAMIC = ' mode="dynamic" timeformat="date" timerepresentation="interval"'


def render(source: GraphSource, target: Target, title: str) -> Counts:
    """Write the graph. An edge exists on the timeline from its ``first_reported`` on; one that is over, to its last.

    ``kind`` keeps parallel edges apart. Lists are joined by "; ": readers disagree about ``liststring``.
    """
    shape = survey(source)
    on_nodes, on_edges = _Attributes("type", shape.nodes), _Attributes("relation", shape.edges)
    dynamic = _DYNAMIC if "first_reported" in shape.edges.types else ""
    out = target.open()
    out.write(f"{xml.DECLARATION}{_OPENING}")
    out.write(f"<meta><creator>ai-compute-kg</creator><description>{xml.text(title)}</description></meta>\n")
    out.write(f'<graph defaultedgetype="directed"{dynamic}>\n')
    out.writelines([*on_nodes.declared("node"), *on_edges.declared("edge")])
    out.write("<nodes>\n")
    for number, node in enumerate(clean_nodes(source)):
        values = on_nodes.values(node.label, node.properties)
        label = xml.quoted(display_name(node))
        out.write(f"<node id={xml.quoted(node.id)} label={label}>{values}{_look(number, node)}</node>\n")
    out.write("</nodes>\n<edges>\n")
    for edge in clean_edges(source):
        ends = f"source={xml.quoted(edge.source)} target={xml.quoted(edge.target)}"
        named = f"kind={xml.quoted(edge.type)} label={xml.quoted(phrase(edge.type))}"
        values = on_edges.values(edge.type, edge.properties)
        out.write(f"<edge id={xml.quoted(edge.id)} {ends} {named}{_life(edge.properties)}>{values}</edge>\n")
    out.write("</edges>\n</graph>\n</gexf>\n")
    return shape.counts


class _Attributes:
    """The attributes of nodes or edges: one for the kind, then the columns.

    Their ids are their titles, because some readers (graphology, and so Gephi Lite) show the id.
    """

    def __init__(self, kind: str, columns: Columns) -> None:
        self._columns = columns
        self._kind = kind
        self._ids = {name: xml.quoted(columns.title(name)) for name in sorted(columns.types)}

    def declared(self, element: str) -> Iterator[str]:
        """Yield the lines that declare the attributes."""
        yield f'<attributes class="{element}" mode="static">\n'
        yield f'<attribute id="{self._kind}" title="{self._kind}" type="string"/>\n'
        for name, quoted in self._ids.items():
            kind = self._columns.types[name]
            yield f'<attribute id={quoted} title={quoted} type="{"string" if kind == "list" else kind}"/>\n'
        yield "</attributes>\n"

    def values(self, kind: str, properties: Mapping[str, Property]) -> str:
        """Return the ``attvalues`` of one node or edge."""
        cells = [f'<attvalue for="{self._kind}" value={xml.quoted(kind)}/>']
        for name, value in self._columns.texts(properties):
            cells.append(f"<attvalue for={self._ids[name]} value={xml.quoted(value)}/>")
        return f"<attvalues>{''.join(cells)}</attvalues>"


def _look(number: int, node: Node) -> str:
    """Return colour, size and a place on a spiral: viewers that lay nothing out refuse nodes without a place."""
    colour = colour_of(node.label)
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    radius, angle = 10 * math.sqrt(number), number * _GOLDEN_ANGLE
    place = f'x="{radius * math.cos(angle):.2f}" y="{radius * math.sin(angle):.2f}" z="0"'
    size = 3 if is_record(node.label) or node.label == "Deal" else 10
    return f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{size}"/><viz:position {place}/>'


def _life(properties: Mapping[str, Property]) -> str:
    """Return when an edge is on the timeline: since it was first reported, up to the last report if it is over."""
    start = _day(properties.get("first_reported"))
    if not start:
        return ""
    end = _day(properties.get("last_reported")) if properties.get("current") is False else None
    return f' start="{start}"' + (f' end="{end}"' if end and end >= start else "")


def _day(value: Property) -> str | None:
    """Return the first day of an ISO date of any precision; None for what is no date."""
    found = _DAY.match(value) if isinstance(value, str) else None
    return f"{found[1]}-{found[2] or '01'}-{found[3] or '01'}" if found else None
