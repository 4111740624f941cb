"""The table of export formats, and the way from a file name to one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kg.exceptions import UsageError, did_you_mean
from kg.export.base import TITLE, Counts
from kg.export.clean import clean_text
from kg.export.target import STDOUT, Target
from kg.graph.elements import GraphSource

Render = Callable[[GraphSource, Target, str], Counts]
"""What each format's module offers as ``render``: write the source to the target under a title, and count."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format: its name, the suffixes of its files, the module that writes it, what opens it."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    about: str
    pipes: bool = True
    """Whether it can go to standard output: one text, not several files."""

    def write(self, source: GraphSource, path: Path, *, title: str = TITLE) -> Counts:
        """Write the graph to ``path`` (``-``: standard output) and return how much was written.

        The file appears whole or not at all, and an older one is replaced only then. Raises UsageError for a path
        that cannot be a file or a graph that the format cannot hold, KGError where writing fails.
        """
        if path == STDOUT and not self.pipes:
            raise UsageError(f"{self.name} is more than one file and cannot go to standard output. Name a file")
        render: Render = import_module(f"kg.export.{self.module}").render
        with Target(path) as target:
            return render(source, target, clean_text(title))


FORMATS = {
    exporter.name: exporter
    for exporter in (
        Exporter("jsonl", (".jsonl", ".ndjson"), "jsonl", "JSON Lines: scripts, jq, DuckDB; nothing is lost"),
        Exporter("csv", (".csv",), "tables", "CSV tables of nodes, edges and claims: spreadsheets", pipes=False),
        Exporter("graphml", (".graphml",), "graphml", "GraphML: yEd, Cytoscape, igraph, networkx"),
        Exporter("gexf", (".gexf",), "gexf", "GEXF 1.3: Gephi and Gephi Lite, with colours and a timeline"),
        Exporter("cyjs", (".cyjs",), "cyjs", "Cytoscape JSON: Cytoscape, Cytoscape.js"),
        Exporter("turtle", (".ttl",), "turtle", "RDF Turtle with PROV: triple stores, Protégé"),
        Exporter("jsonld", (".jsonld",), "jsonld", "JSON-LD with PROV: the same triples as JSON"),
        Exporter("html", (".html", ".htm"), "html", "one page that opens offline in any browser: for people"),
    )
}
"""Every format by name. To add one: a line here, and a module with a ``render`` function."""


def exporter_for(path: Path, as_: str | None = None) -> Exporter:
    """Return the exporter of the format named ``as_``, or else of the path's suffix.

    Raises UsageError with the closest and with all formats for a name or suffix that there is none for.
    """
    if as_ is not None:
        named = FORMATS.get(as_.lower().lstrip("."))
        return named or _by_suffix(f".{as_.lower().lstrip('.')}", f"No export format {as_!r}.")
    if path == STDOUT:
        raise UsageError(f"Standard output has no suffix to tell the format by. Name one of: {', '.join(FORMATS)}")
    return _by_suffix(path.suffix.lower(), f"{path}: no export format has the suffix {path.suffix!r}.")


def _by_suffix(suffix: str, complaint: str) -> Exporter:
    for exporter in FORMATS.values():
        if suffix in exporter.suffixes:
            return exporter
    suffixes = [exporter.suffixes[0] for exporter in FORMATS.values()]
    raise UsageError(f"{complaint}{did_you_mean(suffix, suffixes)} Formats: {' '.join(suffixes)}")
