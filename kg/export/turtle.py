"""RDF Turtle, streamed: one block per subject."""

from rdflib import XSD, URIRef

from kg.export.base import Counts
from kg.export.rdf import PREFIXES, TYPE, Subject, Term, compact, subjects
from kg.export.target import Target
from kg.graph.elements import GraphSource

_BARE = frozenset({XSD.integer, XSD.boolean})
"""Types whose values stand in Turtle without quotes."""


def render(source: GraphSource, target: Target, title: str) -> Counts:
    """Write prefixes, then every node and edge; the title is a comment."""
    count = {"node": 0, "edge": 0}
    out = target.open()
    out.write(f"# {' '.join(title.split())}\n")
    out.writelines(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    for kind, blocks in subjects(source):
        count[kind] += 1
        out.write("\n" + "".join(_block(block) for block in blocks))
    return Counts(count["node"], count["edge"])


def _block(subject: Subject) -> str:
    iri, said = subject
    lines = " ;\n    ".join(f"{_verb(predicate)} {_object(value)}" for predicate, value in said)
    return f"{_iri(iri)} {lines} .\n"


def _verb(predicate: URIRef) -> str:
    return "a" if predicate is TYPE else _iri(predicate)


def _object(value: Term) -> str:
    """Return a term; rdflib escapes texts, while numbers and dates have nothing to escape."""
    if isinstance(value, URIRef):
        return _iri(value)
    if value.datatype is None:
        return str(value.n3())
    return str(value) if value.datatype in _BARE else f'"{value}"^^{_iri(value.datatype)}'


def _iri(value: URIRef) -> str:
    return compact(value) or f"<{value}>"
