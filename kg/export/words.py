"""How the ontology's types and predicates look and read in an export."""

from functools import cache

from kg.schema.ontology import ontology

_PLAIN = "#8A8F98"


def colour_of(label: str) -> str:
    """Return the colour of a node label as ``#RRGGBB``; records and unknown labels are grey."""
    kind = ontology().types.get(label)
    return kind.colour if kind else _PLAIN


@cache
def phrase(relation: str) -> str:
    """Return a relationship type in words: LEASES_FROM → "leases from"."""
    predicate = ontology().predicates.get(relation)
    return predicate.label if predicate else relation.replace("_", " ").lower()


def is_record(label: str) -> bool:
    """Say whether nodes of this label are evidence (claims, documents) rather than the industry itself."""
    return label in ontology().records
