"""The graph as RDF: which IRIs and triples stand for nodes, edges and claims. Turtle and JSON-LD write the same ones.

An edge is a direct triple (``<xai> kg:LEASES_FROM <…>``), so that queries read naturally, and a statement node
(``rdf:Statement``) that keeps what a triple cannot: that there are two leases, and how sure each is. Claims and
documents are ``prov:Entity``; a fact is derived from its claims, a claim from its document.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from urllib.parse import quote

from rdflib import RDF, RDFS, XSD, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, SKOS

from kg.core.dates import is_date
from kg.export.base import as_text, clean_edges, clean_nodes
from kg.graph.elements import Edge, GraphSource, Node, Property, Scalar
from kg.schema.ontology import ontology

KG = "urn:ai-compute-kg:"
"""The namespace of the ontology; ids stand below ``id:`` and ``statement:``, apart from its names."""

PREFIXES = {
    "id": f"{KG}id:",
    "fact": f"{KG}statement:",
    "kg": KG,
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "xsd": str(XSD),
    "dct": str(DCTERMS),
    "prov": str(PROV),
    "skos": str(SKOS),
}
"""The longer namespace first, where one holds another."""

TYPE = RDF.type
"""``rdf:type``, which both formats write in a short way of their own; this very object, to be known by identity."""

_STATEMENT, _SUBJECT, _PREDICATE, _OBJECT = RDF.Statement, RDF.subject, RDF.predicate, RDF.object
_IDENTIFIER, _DERIVED = DCTERMS.identifier, PROV.wasDerivedFrom

Term = URIRef | Literal
Subject = tuple[URIRef, list[tuple[URIRef, Term]]]
"""A subject with its predicates and objects, in order."""

_RECORD_TERMS = {
    "Claim": {"quote": PROV.value},
    "Document": {"title": DCTERMS.title, "publisher": DCTERMS.publisher, "published": DCTERMS.issued},
}
_ENTITY_TERMS = {"name": RDFS.label, "aliases": SKOS.altLabel}
_PREFIX_NAMES = list(PREFIXES)
_PREFIXED = re.compile("|".join(f"{re.escape(space)}([A-Za-z0-9_][A-Za-z0-9_:-]*)" for space in PREFIXES.values()))
_DATES = {
    "published",
    "announced",
    "first_reported",
    "last_reported",
    "retrieved",
    "recorded",
    "valid_from",
    "valid_to",
}
_DATE_TYPES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
"""By how long an ISO date is: of a year, a month, a day."""


def node_iri(identifier: str) -> URIRef:
    """Return the IRI of a node; different ids have different IRIs, and any character is allowed in an id."""
    return URIRef(f"{KG}id:{quote(identifier, safe=':')}")


def edge_iri(identifier: str) -> URIRef:
    """Return the IRI of the statement that stands for an edge."""
    return URIRef(f"{KG}statement:{quote(identifier, safe=':')}")


@lru_cache(maxsize=1 << 10)
def term(name: str) -> URIRef:
    """Return the IRI of a label, relationship type or property name, as in the ontology."""
    return URIRef(KG + quote(name, safe=""))


def compact(iri: URIRef) -> str | None:
    """Return the IRI as prefix and name where both Turtle and JSON-LD can say it so, else None."""
    found = _PREFIXED.fullmatch(iri)
    return f"{_PREFIX_NAMES[found.lastindex - 1]}:{found[found.lastindex]}" if found and found.lastindex else None


def subject_of_node(node: Node) -> Subject:
    """Return what is said of a node: its type, its id, its properties."""
    said: list[tuple[URIRef, Term]] = [(TYPE, term(node.label))]
    if node.label in _RECORD_TERMS:
        said.append((TYPE, PROV.Entity))
    said.append((_IDENTIFIER, Literal(node.id)))
    names = _RECORD_TERMS.get(node.label, _ENTITY_TERMS)
    return node_iri(node.id), said + list(_properties(node.properties, names))


def subjects_of_edge(edge: Edge) -> Iterator[Subject]:
    """Yield the direct triple of an edge and the statement that holds its id and properties."""
    source, target, relation = node_iri(edge.source), node_iri(edge.target), term(edge.type)
    direct: list[tuple[URIRef, Term]] = [(relation, target)]
    if edge.type == "STATED_IN":
        direct.append((_DERIVED, target))
    yield source, direct
    said: list[tuple[URIRef, Term]] = [
        (TYPE, _STATEMENT),
        (_IDENTIFIER, Literal(edge.id)),
        (_SUBJECT, source),
        (_PREDICATE, relation),
        (_OBJECT, target),
    ]
    properties = dict(edge.properties)
    claims = properties.get("claims")
    if isinstance(claims, list):
        del properties["claims"]
        said += [(_DERIVED, node_iri(as_text(claim))) for claim in claims]
    yield edge_iri(edge.id), said + list(_properties(properties, {}))


def subjects(source: GraphSource) -> Iterator[tuple[str, list[Subject]]]:
    """Yield every node and then every edge, as ("node" or "edge", its subjects)."""
    for node in clean_nodes(source):
        yield "node", [subject_of_node(node)]
    for edge in clean_edges(source):
        yield "edge", list(subjects_of_edge(edge))


def _properties(properties: Mapping[str, Property], names: Mapping[str, URIRef]) -> Iterator[tuple[URIRef, Term]]:
    for name, value in properties.items():
        predicate = names.get(name) or term(name)
        for item in value if isinstance(value, list) else [value]:
            if item is not None:
                yield predicate, _literal(name, item)


def _literal(name: str, value: Scalar) -> Literal:
    """Return a value as a literal; the ISO text of a date gets the type of its precision."""
    if isinstance(value, str) and (name in _dates() or name.endswith("_as_of")) and is_date(value):
        return Literal(value, datatype=_DATE_TYPES[len(value)])
    return Literal(value)


@cache
def _dates() -> frozenset[str]:
    """Return the properties that hold dates: those of records and facts, and what the ontology says is one."""
    known = ontology()
    return frozenset(
        _DATES | {v.name for v in (*known.attributes.values(), *known.qualifiers.values()) if v.kind == "date"}
    )
