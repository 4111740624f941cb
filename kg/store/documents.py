"""The documents of a change: which come, which go, and which share an origin."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kg.core.claim import Claim
from kg.core.document import Document
from kg.exceptions import UsageError
from kg.graph.elements import Edge, Node
from kg.graph.origin import Sketch, keys, origins
from kg.graph.records import document_node, text_nodes
from kg.store import cypher, queries
from kg.store.base import Row, Store, Transaction

INDEXED = ("address", "origin", "source")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document to store, with its claims, the version of the extractor that read them, and when it was recorded."""

    document: Document
    claims: tuple[Claim, ...]
    extractor: str
    recorded: str


def write(tx: Transaction, added: Mapping[str, Incoming], touched: Iterable[str], gone: Collection[str]) -> list[str]:
    """Store the documents that come, and give everything near the change its origin.

    ``touched`` are documents in the store that the change is about, ``gone`` those that it removes. Returns the
    documents in the store that get another origin.
    """
    new = {id_: document_node(i.document, i.recorded, i.extractor) for id_, i in added.items()}
    stored = _near(tx, new, {*touched, *gone})
    sketches: dict[str, Sketch] = {id_: _sketch(row) for id_, row in stored.items() if id_ not in gone}
    sketches |= {id_: _sketch(node.properties) for id_, node in new.items()}
    sourced = {
        id_ for id_, row in [*stored.items(), *((n.id, n.properties) for n in new.values())] if row.get("source")
    }
    found = origins({id_: one for id_, one in sketches.items() if id_ not in sourced})
    nodes = [_with_origin(node, stored.get(id_), found.get(id_)) for id_, node in sorted(new.items())]
    cypher.upsert_nodes(tx, "Document", nodes, indexed=INDEXED)
    write_texts(tx, [incoming.document for incoming in added.values()])
    moved = [id_ for id_, origin in found.items() if id_ not in new and stored[id_]["origin"] != origin]
    rows = [{"id": id_, "origin": found[id_]} for id_ in sorted(moved)]
    for i in range(0, len(rows), queries.BATCH):
        batch = {"rows": rows[i : i + queries.BATCH]}
        tx.run("UNWIND $rows AS r MATCH (d:Document {id: r.id}) SET d.origin = r.origin", batch)
    return sorted(moved)


def write_texts(tx: Transaction, documents: Iterable[Document]) -> None:
    """Store the texts of documents that are stored."""
    texts, edges = [], []
    for document in documents:
        for piece in text_nodes(document):
            texts.append(piece)
            edges.append(Edge(f"has:{piece.id}", "HAS_TEXT", document.id, piece.id))
    cypher.upsert_nodes(tx, "Text", texts)
    cypher.upsert_edges(tx, "HAS_TEXT", edges)


def drop(tx: Transaction, ids: Collection[str]) -> None:
    """Delete documents with their texts."""
    cypher.delete_nodes(tx, "Text", queries.texts_of_documents(tx, ids))
    cypher.delete_nodes(tx, "Document", ids)


def _with_origin(node: Node, stored: Row | None, origin: str | None) -> Node:
    """Return the node with the origin found, and as it was first recorded."""
    kept = {"recorded": stored["recorded"]} if stored else {}
    return Node(node.id, node.label, {**node.properties, **kept, **({"origin": origin} if origin else {})})


def _near(tx: Transaction, new: Mapping[str, Node], touched: Collection[str]) -> dict[str, Row]:
    """Return the stored documents of a change, and all that may be copies of them or of what comes."""
    own = queries.documents(tx, {*touched, *new})
    sketches = [_sketch(row) for row in [*own, *(node.properties for node in new.values())]]
    near = queries.documents_like(tx, {key for one in sketches for key in keys(one)})
    stored = {row["id"]: row for row in [*near, *own]}
    wanted = {row["origin"] for row in stored.values() if not row.get("source")}
    return stored | {row["id"]: row for row in queries.documents_of_origins(tx, wanted)} | {r["id"]: r for r in own}


def _sketch(row: Mapping[str, object]) -> Sketch:
    bins = row.get("sketch")
    return tuple(bins) if isinstance(bins, (list, tuple)) else ()


# --- finding them


def find(store: Store, name: str) -> list[Row]:
    """Return id, title, address and kind of the documents that ``name`` means, by id.

    That is an id (with or without "doc:"), an address or web address, the file that holds documents, or the end of one
    of these from a folder's edge on: "deal.txt" for "articles/deal.txt", and the other way round. What is exact counts
    alone. Raises UsageError if there is none.
    """
    wanted = name.strip()
    while wanted.startswith(("./", ".\\")):
        wanted = wanted[2:]
    if wanted:
        parameters = {"name": wanted, "given": name.strip(), "tail": f"/{wanted}", "windows": f"\\{wanted}"}
        for condition in (_EXACT, _ENDS):
            rows = store.read(f"MATCH (d:Document) WHERE d.kind <> 'registry' AND ({condition}) {_FOUND}", parameters)
            if rows:
                return rows
    raise UsageError(
        f"No document {name!r} in {store.address}. These are there: kg cypher 'MATCH (d:Document) RETURN d.address'"
    )


def find_one(store: Store, name: str) -> Row:
    """Return the one document that ``name`` means, as ``find`` does; raises UsageError if it means several."""
    found = find(store, name)
    if len(found) > 1:
        listed = ", ".join(f"{row['id']} ({row['address']})" for row in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        raise UsageError(f"{name!r} names {len(found)} documents: {listed}{more}. Give an id, or --all.")
    return found[0]


_SHOWN = 5
_EXACT = " OR ".join(
    ["d.id IN [$name, 'doc:' + $name]", *(f"d.{field} IN [$name, $given]" for field in ("address", "url", "file"))]
)
_ENDS = " OR ".join(
    f"d.{field} ENDS WITH $tail OR d.{field} ENDS WITH $windows OR $name ENDS WITH '/' + d.{field}"
    for field in ("address", "file")
)
_FOUND = "RETURN d.id AS id, d.title AS title, d.address AS address, d.kind AS kind ORDER BY id"
