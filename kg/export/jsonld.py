"""JSON-LD, streamed: the triples of the Turtle export under a context that needs no network."""

import json
from itertools import groupby
from operator import itemgetter

from rdflib import XSD, URIRef

from kg.export.base import Counts
from kg.export.rdf import PREFIXES, TYPE, Subject, Term, compact, subjects
from kg.export.target import Target
from kg.graph.elements import GraphSource

_EXACT = 2**53
_write = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def render(source: GraphSource, target: Target, _title: str) -> Counts:
    """Write an inline ``@context`` and a ``@graph`` with one subject per line."""
    count = {"node": 0, "edge": 0}
    out = target.open()
    out.write(f'{{"@context":{_write(PREFIXES)},\n"@graph":[')
    between = "\n"
    for kind, blocks in subjects(source):
        count[kind] += 1
        for block in blocks:
            out.write(between + _write(_object(block)))
            between = ",\n"
    out.write("\n]}\n")
    return Counts(count["node"], count["edge"])


def _object(subject: Subject) -> dict[str, object]:
    iri, said = subject
    result: dict[str, object] = {"@id": _iri(iri)}
    for predicate, group in groupby(sorted(said, key=itemgetter(0)), key=itemgetter(0)):
        values = [value for _, value in group]
        if predicate is TYPE:
            result["@type"] = [_iri(value) for value in values if isinstance(value, URIRef)]
        else:
            written = [_value(value) for value in values]
            result[_iri(predicate)] = written if len(written) > 1 else written[0]
    return result


def _value(value: Term) -> object:
    """Return a term in its JSON form; numbers that JSON readers would round or retype carry their type."""
    if isinstance(value, URIRef):
        return {"@id": _iri(value)}
    plain = value.value
    if isinstance(plain, bool) or (isinstance(plain, int) and abs(plain) <= _EXACT and value.datatype == XSD.integer):
        return plain
    return str(value) if value.datatype is None else {"@value": str(value), "@type": _iri(value.datatype)}


def _iri(value: URIRef) -> str:
    return compact(value) or str(value)
