"""GraphML with plain data keys: yEd, Cytoscape, igraph, networkx."""

from collections.abc import Iterator, Mapping

from kg.export import xml
from kg.export.base import Counts, clean_edges, clean_nodes, display_name
from kg.export.columns import Columns, survey
from kg.export.target import Target
from kg.export.words import phrase
from kg.graph.elements import GraphSource, Property

_OPENING = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def render(source: GraphSource, target: Target, title: str) -> Counts:
    """Write the graph; nodes carry ``label`` and ``type``, edges an id of their own, ``label`` and ``relation``.

    Lists are joined by "; ", for GraphML has none.
    """
    shape = survey(source)
    node_keys, edge_keys = _Keys("n", "type", shape.nodes), _Keys("e", "relation", shape.edges)
    out = target.open()
    out.write(f"{xml.DECLARATION}{_OPENING}<desc>{xml.text(title)}</desc>\n")
    out.writelines([*node_keys.declared("node"), *edge_keys.declared("edge")])
    out.write('<graph id="graph" edgedefault="directed">\n')
    for node in clean_nodes(source):
        data = node_keys.data(display_name(node), node.label, node.properties)
        out.write(f"<node id={xml.quoted(node.id)}>{data}</node>\n")
    for edge in clean_edges(source):
        data = edge_keys.data(phrase(edge.type), edge.type, edge.properties)
        ends = f"source={xml.quoted(edge.source)} target={xml.quoted(edge.target)}"
        out.write(f"<edge id={xml.quoted(edge.id)} {ends}>{data}</edge>\n")
    out.write("</graph>\n</graphml>\n")
    return shape.counts


class _Keys:
    """The data keys of nodes or edges: ``label``, one for the kind, then the columns."""

    def __init__(self, prefix: str, kind: str, columns: Columns) -> None:
        self._columns = columns
        self._kind = kind
        self._label_key, self._kind_key = f"{prefix}0", f"{prefix}1"
        self._keys = {name: f"{prefix}{number}" for number, name in enumerate(sorted(columns.types), 2)}

    def declared(self, element: str) -> Iterator[str]:
        """Yield the lines that declare the keys."""
        fixed = [(self._label_key, "label", "string"), (self._kind_key, self._kind, "string")]
        for name, key in self._keys.items():
            kind = self._columns.types[name]
            fixed.append((key, self._columns.title(name), "string" if kind == "list" else kind))
        for key, title, kind in fixed:
            yield f'<key id="{key}" for="{element}" attr.name={xml.quoted(title)} attr.type="{kind}"/>\n'

    def data(self, label: str, kind: str, properties: Mapping[str, Property]) -> str:
        """Return the data elements of one node or edge."""
        cells = [(self._label_key, label), (self._kind_key, kind)]
        cells += [(self._keys[name], value) for name, value in self._columns.texts(properties)]
        return "".join(f'<data key="{key}">{xml.text(value)}</data>' for key, value in cells)
