"""Reads the ontology's Turtle into plain data, and checks it as a whole."""

import re
from pathlib import Path
from typing import Any

import rdflib
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SKOS, XSD
from rdflib.term import Node

from kg.exceptions import OntologyError

KG = rdflib.Namespace("urn:ai-compute-kg:")
_KINDS: dict[Node, str] = {XSD.double: "number", XSD.date: "date", XSD.string: "text", XSD.anyURI: "id"}


class _Source:
    """The parsed file, with a way to say where a subject stands in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        try:
            self.graph = Graph().parse(data=self.text, format="turtle")
        except Exception as error:
            raise OntologyError(f"{path.name}: not valid Turtle: {str(error).splitlines()[0]}") from error

    def wrong(self, subject: Node, message: str) -> OntologyError:
        """Return the error for a subject, with its line."""
        found = re.search(rf"^kg:{re.escape(name(subject))}\b", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.start()) + 1 if found else "?"
        return OntologyError(f"{self.path.name}, line {line}: {name(subject)}: {message}")

    def one(self, subject: Node, predicate: URIRef, what: str) -> str:
        """Return the single value that must be there."""
        value = self.graph.value(subject, predicate)
        if value is None or not str(value).strip():
            raise self.wrong(subject, f"{what} is missing")
        return name(value) if isinstance(value, URIRef) else str(value)

    def of(self, kind: URIRef) -> list[Node]:
        """Return the subjects of a kind, in the order of the file."""
        found = {s for s in self.graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}
        return sorted(found, key=lambda s: (self.text.find(f"\nkg:{name(s)} "), name(s)))

    def classes(self, subject: Node, predicate: URIRef, known: set[str], what: str) -> list[str]:
        """Return the entity types of a domain or range, which may be a union."""
        node = self.graph.value(subject, predicate)
        if node is None:
            raise self.wrong(subject, f"{what} is missing")
        union = self.graph.value(node, OWL.unionOf)
        members = list(Collection(self.graph, union)) if union is not None else [node]
        for member in members:
            if name(member) not in known:
                raise self.wrong(subject, f"unknown {what} {name(member)}; known: {', '.join(sorted(known))}")
        return sorted(name(member) for member in members)


def name(node: Node) -> str:
    """Return the local name of a term."""
    return re.split(r"[:#/]", str(node))[-1]


def compile_ontology(path: Path) -> dict[str, Any]:
    """Return the ontology as plain JSON data.

    Raises OntologyError, naming the subject and its line, for an unknown domain, range, qualifier or deal kind, a
    missing definition, inverse or unit, and a label and a relationship type of the same name.
    """
    source = _Source(path)
    types = _types(source)
    lists = {
        key: {name(s): source.one(s, SKOS.definition, "definition") for s in source.of(kind)}
        for key, kind in (
            ("roles", KG.Role),
            ("statuses", KG.Status),
            ("deal_kinds", KG.DealKind),
            ("bases", KG.Basis),
            ("structures", KG.Structure),
            ("records", KG.Record),
        )
    }
    known = set(types) - {"Deal"}
    qualifiers = {name(s): _valued(source, s, known) for s in source.of(KG.Qualifier)}
    attributes = {
        name(s): _valued(source, s, known) | {"domain": source.classes(s, RDFS.domain, known, "domain")}
        for s in source.of(KG.Attribute)
    }
    predicates = {
        name(s): _predicate(source, s, known, qualifiers, lists["deal_kinds"]) for s in source.of(KG.Predicate)
    }
    _check_names(source, [*types, *lists["records"]], [*predicates, *lists["structures"]])
    return {"types": types, "predicates": predicates, "qualifiers": qualifiers, "attributes": attributes, **lists}


def _types(source: _Source) -> dict[str, Any]:
    return {
        name(s): {
            "definition": source.one(s, SKOS.definition, "definition"),
            "scope": str(source.graph.value(s, SKOS.scopeNote) or ""),
            "examples": sorted(str(o) for o in source.graph.objects(s, SKOS.example)),
            "colour": source.one(s, KG.colour, "colour"),
        }
        for s in source.of(OWL.Class)
        if name(s) != "Entity"
    }


def _valued(source: _Source, subject: Node, types: set[str]) -> dict[str, Any]:
    """Return a qualifier or attribute: definition, kind of value, unit."""
    value_range = source.graph.value(subject, RDFS.range)
    if value_range is None:
        raise source.wrong(subject, "range is missing")
    kind = _KINDS.get(value_range) or name(value_range)
    if kind not in {*_KINDS.values(), *types, "Role"}:
        raise source.wrong(subject, f"unknown range {kind}")
    unit = source.graph.value(subject, KG.unit)
    if kind == "number" and unit is None:
        raise source.wrong(subject, "a number needs a unit")
    return {
        "label": source.one(subject, RDFS.label, "label"),
        "definition": source.one(subject, SKOS.definition, "definition"),
        "kind": kind,
        "unit": str(unit) if unit is not None else None,
        "bases": sorted(name(o) for o in source.graph.objects(subject, KG.basis)),
        "several": (subject, KG.several, Literal(True)) in source.graph,
        "worded": (subject, KG.worded, Literal(True)) in source.graph,
    }


def _predicate(
    source: _Source, subject: Node, types: set[str], qualifiers: dict[str, Any], deals: dict[str, str]
) -> dict[str, Any]:
    graph = source.graph
    limits = {name(o) for o in graph.objects(subject, KG.qualifier)}
    for limit in sorted(limits - set(qualifiers)):
        raise source.wrong(subject, f"unknown qualifier {limit}; known: {', '.join(qualifiers)}")
    deal = graph.value(subject, KG.deal)
    if deal is not None:
        if name(deal) not in deals:
            raise source.wrong(subject, f"unknown deal kind {name(deal)}; known: {', '.join(deals)}")
        source.one(subject, KG.subjectRole, "subjectRole of a deal")
    inverse = graph.value(subject, OWL.inverseOf)
    if inverse is None or not isinstance(graph.value(inverse, RDFS.label), Literal):
        raise source.wrong(subject, "owl:inverseOf with a label is missing")
    return {
        "label": source.one(subject, RDFS.label, "label"),
        "definition": source.one(subject, SKOS.definition, "definition"),
        "example": source.one(subject, SKOS.example, "example"),
        "domain": source.classes(subject, RDFS.domain, types, "domain"),
        "range": source.classes(subject, RDFS.range, types, "range"),
        "inverse": name(inverse),
        "inverse_label": str(graph.value(inverse, RDFS.label)),
        "symmetric": (subject, RDF.type, OWL.SymmetricProperty) in graph,
        "qualifiers": [q for q in qualifiers if q in limits],
        "deal": name(deal) if deal is not None else None,
        "subject_role": str(graph.value(subject, KG.subjectRole) or ""),
        "object_role": str(graph.value(subject, KG.objectRole) or ""),
    }


def _check_names(source: _Source, labels: list[str], types: list[str]) -> None:
    """Labels are CamelCase and relationship types UPPER_SNAKE: the engines keep them in one namespace."""
    for label in labels:
        if label in types or not re.fullmatch(r"[A-Z]+[A-Za-z]*[a-z][A-Za-z]*", label):
            raise source.wrong(KG[label], "a label is CamelCase and names no relationship type")
    for kind in types:
        if not re.fullmatch(r"[A-Z]+(_[A-Z]+)*", kind):
            raise source.wrong(KG[kind], "a relationship type is UPPER_SNAKE")
