"""The statements that write, built from the ontology: the same text on both engines, batched, run again without harm.

Each takes a transaction, so a caller decides what belongs together. Labels and types come only from the ontology and
stand in backticks; everything else is a parameter. The shapes are those of docs/stores.md: a node is made and filled
in two statements, a relationship is merged from the end that has fewer of its kind.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kg.exceptions import StoreError
from kg.graph.elements import Edge, Node
from kg.schema.ontology import ontology
from kg.store.base import Row, Transaction
from kg.store.values import clean_id, clean_properties

MAX_ROWS = 1_000
MAX_BATCH_BYTES = 4_000_000
"""Size of one statement's parameters, about: documents' texts are long."""

_PLAIN_NAME = re.compile(r"[A-Za-z]\w*")


@dataclass(frozen=True, slots=True)
class _Ends:
    """Which labels a type joins, and which end has few of its kind, if that is always the same end."""

    source: str = "Entity"
    target: str = "Entity"
    few: str | None = None


_STRUCTURES = {
    "HAS_TEXT": _Ends("Document", "Text", "target"),
    "MENTIONS": _Ends("Document", "Entity", "source"),
    "SUBJECT": _Ends("Claim", "Entity", "source"),
    "OBJECT": _Ends("Claim", "Entity", "source"),
    "STATED_IN": _Ends("Claim", "Document", "source"),
    "ABOUT": _Ends("Claim", "Entity", "source"),
    "AT": _Ends("Claim", "Entity", "source"),
    "OF": _Ends("Claim", "Entity", "source"),
    "TIED_TO": _Ends("Referent", "Referent"),
    "PARTY_TO": _Ends(few="target"),
    "COVERS": _Ends(few="source"),
}


def schema_statements(unique: Iterable[str], indexes: Iterable[tuple[str, str]]) -> list[str]:
    """Return statements that make the ids of these labels unique and index these (label, property) pairs."""
    statements = []
    for label in unique:
        name = f"{_label(label).lower()}_id"
        statements.append(f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.id IS UNIQUE")
    for label, key in indexes:
        if not _PLAIN_NAME.fullmatch(key):
            raise StoreError(f"{key!r} cannot be the name of an index's property.")
        name = f"{_label(label)}_{key}".lower()
        statements.append(f"CREATE INDEX {name} IF NOT EXISTS FOR (n:`{label}`) ON (n.`{key}`)")
    return statements


def upsert_nodes(tx: Transaction, label: str, nodes: Iterable[Node], *, indexed: Collection[str] = ()) -> int:
    """Store nodes of one label and return how many; each then has exactly the properties given.

    Of nodes with one id the last counts. ``indexed`` names the properties with an index, whose texts must be short.
    Raises StoreError for a value that cannot be stored, and for an id that another label has already.
    """
    labels = _labels(label)
    rows = _unique(_node_row(label, node, indexed) for node in nodes)
    for batch in _batches(rows):
        ids = [{"id": row["id"]} for row in batch]
        tx.run(
            f"UNWIND $rows AS r OPTIONAL MATCH (e:`{labels[0]}` {{id: r.id}}) WITH r, e WHERE e IS NULL "
            f"CREATE (n:{':'.join(f'`{name}`' for name in labels)} {{id: r.id}})",
            {"rows": ids},
        )
        stored = tx.run(
            f"UNWIND $rows AS r MATCH (n:`{labels[0]}` {{id: r.id}}) WHERE n:`{label}` "
            "SET n = r.properties RETURN count(n) AS stored",
            {"rows": batch},
        )
        if stored[0]["stored"] != len(batch):
            raise StoreError(_other_label(tx, label, batch))
    return len(rows)


def upsert_edges(tx: Transaction, kind: str, edges: Iterable[Edge], *, few: str | None = None) -> int:
    """Store relationships of one type and return how many; each then has exactly the properties given.

    A relationship is found by its id between its two ends; one that moved must be deleted where it was. Of edges with
    one id the last counts. ``few`` names the end ("source", "target") that has fewer of its kind, where the caller
    knows better. Raises StoreError if an end is missing.
    """
    ends = replace(_ends(kind), few=few) if few else _ends(kind)
    rows = _unique(_edge_row(kind, edge) for edge in edges)
    for batch in _batches(rows):
        stored = tx.run(
            f"UNWIND $rows AS r {_match_ends(ends)} {_pattern('MERGE', kind, ends, batch)} "
            "SET x = r.properties RETURN count(x) AS stored",
            {"rows": batch},
        )
        if stored[0]["stored"] != len(batch):
            raise StoreError(_missing_end(tx, kind, ends, batch))
    return len(rows)


def delete_nodes(tx: Transaction, label: str, ids: Iterable[str]) -> int:
    """Delete nodes of one label with all their relationships; return how many there were."""
    base = _labels(label)[0]
    rows = [{"id": id_} for id_ in dict.fromkeys(ids)]
    return _total(
        tx,
        rows,
        lambda _: (
            f"UNWIND $rows AS r MATCH (n:`{base}` {{id: r.id}}) WHERE n:`{label}` "
            "WITH collect(n) AS found FOREACH (n IN found | DETACH DELETE n) RETURN size(found) AS total"
        ),
    )


def delete_edges(tx: Transaction, kind: str, edges: Iterable[tuple[str, str, str]], *, few: str | None = None) -> int:
    """Delete relationships of one type, given as (id, source id, target id); return how many there were.

    ``few`` is as in ``upsert_edges``.
    """
    ends = replace(_ends(kind), few=few) if few else _ends(kind)
    rows = [{"id": id_, "source": source, "target": target} for id_, source, target in dict.fromkeys(edges)]
    return _total(
        tx,
        rows,
        lambda batch: (
            f"UNWIND $rows AS r {_match_ends(ends)} {_pattern('MATCH', kind, ends, batch)} "
            "WITH collect(x) AS found FOREACH (x IN found | DELETE x) RETURN size(found) AS total"
        ),
    )


# --- names


def _label(label: str) -> str:
    if label not in ontology().labels:
        raise StoreError(f"The ontology has no label {label!r}.")
    return label


def _labels(label: str) -> list[str]:
    """Return the labels of a node, the one with the unique id first: an entity has two, a record one."""
    return ["Entity", label] if _label(label) in ontology().types else [label]


def _ends(kind: str) -> _Ends:
    if kind not in ontology().relationship_types:
        raise StoreError(f"The ontology has no relationship type {kind!r}.")
    return _STRUCTURES.get(kind, _Ends())


# --- statements


def _match_ends(ends: _Ends) -> str:
    return f"MATCH (a:`{ends.source}` {{id: r.source}}) MATCH (b:`{ends.target}` {{id: r.target}})"


def _pattern(clause: str, kind: str, ends: _Ends, batch: Sequence[Row]) -> str:
    """Return the clause for relationship x, beginning at the end with fewer of its kind.

    The embedded engine looks through all relationships of the end that it begins at, for every row.
    """
    few = ends.few
    if few is None:
        sources, targets = len({row["source"] for row in batch}), len({row["target"] for row in batch})
        few = "source" if sources >= targets else "target"
    x = f"x:`{kind}` {{id: r.id}}"
    return f"{clause} (a)-[{x}]->(b)" if few == "source" else f"{clause} (b)<-[{x}]-(a)"


def _total(tx: Transaction, rows: Sequence[Row], statement: Callable[[Sequence[Row]], str]) -> int:
    return sum(tx.run(statement(batch), {"rows": batch})[0]["total"] for batch in _batches(rows))


# --- rows


def _node_row(label: str, node: Node, indexed: Collection[str]) -> Row:
    if node.label != label:
        raise StoreError(f"{label} {node.id}: it is a {node.label}.")
    id_ = clean_id(node.id, label)
    return {"id": id_, "properties": {"id": id_, **clean_properties(node.properties, f"{label} {id_}", indexed)}}


def _edge_row(kind: str, edge: Edge) -> Row:
    if edge.type != kind:
        raise StoreError(f"{kind} {edge.id}: it is a {edge.type}.")
    id_ = clean_id(edge.id, kind)
    where = f"{kind} {id_}"
    return {
        "id": id_,
        "source": clean_id(edge.source, f"{where}, source"),
        "target": clean_id(edge.target, f"{where}, target"),
        "properties": {"id": id_, **clean_properties(edge.properties, where)},
    }


def _unique(rows: Iterable[Row]) -> list[Row]:
    return list({row["id"]: row for row in rows}.values())


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        row_size = _size(row)
        if batch and (len(batch) == MAX_ROWS or size + row_size > MAX_BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += row_size
    if batch:
        yield batch


def _size(value: Any) -> int:
    """Return about how many bytes a value takes when it is sent."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(len(name) + _size(item) for name, item in value.items())
    return sum(map(_size, value)) if isinstance(value, list) else 8


# --- what went wrong


def _other_label(tx: Transaction, label: str, batch: Sequence[Row]) -> str:
    found = tx.run(
        f"UNWIND $rows AS r MATCH (n:Entity {{id: r.id}}) WHERE NOT n:`{label}` "
        "RETURN n.id AS id, labels(n) AS labels ORDER BY id LIMIT 1",
        {"rows": [{"id": row["id"]} for row in batch]},
    )
    if not found:
        return f"Not all of {len(batch)} nodes of label {label} were stored."
    kinds = " ".join(name for name in found[0]["labels"] if name != "Entity")
    return f"{label} {found[0]['id']}: a {kinds} has this id already; delete that one first."


def _missing_end(tx: Transaction, kind: str, ends: _Ends, batch: Sequence[Row]) -> str:
    for end, label in (("source", ends.source), ("target", ends.target)):
        found = tx.run(
            f"UNWIND $rows AS r OPTIONAL MATCH (n:`{label}` {{id: r.end}}) WITH r, n WHERE n IS NULL "
            "RETURN r.id AS id, r.end AS end ORDER BY id LIMIT 1",
            {"rows": [{"id": row["id"], "end": row[end]} for row in batch]},
        )
        if found:
            return f"{kind} {found[0]['id']}: there is no {label} {found[0]['end']!r} for its {end}."
    return f"Not all of {len(batch)} relationships of type {kind} were stored."
