"""What a change needs to know of the store: the reading statements, each with what it returns."""

from collections.abc import Collection, Iterable

from kg.store.base import Row, Transaction

BATCH = 2_000


def _batches(values: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(set(values))
    for i in range(0, len(ordered), BATCH):
        yield ordered[i : i + BATCH]


def _each(tx: Transaction, cypher: str, values: Iterable[str]) -> list[Row]:
    return [row for batch in _batches(values) for row in tx.run(cypher, {"values": batch})]


def documents(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the properties of documents by id."""
    return [r["d"] for r in _each(tx, "UNWIND $values AS v MATCH (d:Document {id: v}) RETURN d {.*} AS d", ids)]


def documents_like(tx: Transaction, keys: Collection[str]) -> list[Row]:
    """Return id, origin and sketch of the documents that share one of these "bin:value" keys."""
    found: dict[str, Row] = {}
    by_bin: dict[str, list[str]] = {}
    for key in keys:
        place, _, value = key.partition(":")
        by_bin.setdefault(place, []).append(value)
    for place, values in sorted(by_bin.items()):
        cypher = (
            f"UNWIND $values AS v MATCH (d:Document) WHERE d.sketch_{place} = v "
            "RETURN d.id AS id, d.origin AS origin, d.sketch AS sketch"
        )
        for row in _each(tx, cypher, values):
            found[row["id"]] = row
    return list(found.values())


def documents_of_origins(tx: Transaction, origins: Iterable[str]) -> list[Row]:
    """Return id, origin and sketch of the documents that share these origins."""
    cypher = (
        "UNWIND $values AS v MATCH (d:Document) WHERE d.origin = v "
        "RETURN d.id AS id, d.origin AS origin, d.sketch AS sketch"
    )
    return _each(tx, cypher, origins)


def about_documents(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return of documents what their claims are folded and put in order by."""
    cypher = (
        "UNWIND $values AS v MATCH (d:Document {id: v}) "
        "RETURN d {.id, .origin, .kind, .recorded, .published, .retrieved, .source, .url, .address} AS d"
    )
    return [r["d"] for r in _each(tx, cypher, ids)]


_STATEMENTS = "MATCH (c)-[s:STATED_IN]->(d:Document) RETURN c {.*} AS c, s {.*, document: d.id} AS s"
"""A row for each document that states a claim."""


def statements_of_claims(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the statements of these claims: the claim's properties, and those of its edge to the document."""
    return _each(tx, f"UNWIND $values AS v MATCH (c:Claim {{id: v}}) {_STATEMENTS}", ids)


def statements_of_documents(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the statements of all claims that these documents state."""
    start = "UNWIND $values AS v MATCH (:Document {id: v})<-[:STATED_IN]-(c:Claim)"
    return _each(tx, f"{start} WITH DISTINCT c {_STATEMENTS}", ids)


def statements_of_groups(tx: Transaction, groups: Iterable[str]) -> list[Row]:
    """Return the statements of all claims of these groups."""
    return _each(tx, f"UNWIND $values AS v MATCH (c:Claim) WHERE c.group = v {_STATEMENTS}", groups)


def statements_of_entities(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the statements of all claims that name these entities, in any place."""
    start = "UNWIND $values AS v MATCH (:Entity {id: v})<-[:SUBJECT|OBJECT|AT|OF]-(c:Claim)"
    return _each(tx, f"{start} WITH DISTINCT c {_STATEMENTS}", ids)


def claims_of_documents(tx: Transaction, ids: Iterable[str], limit: int | None = None) -> list[Row]:
    """Return which claim which document states, by id, for documents that are at hand; at most ``limit`` of each."""
    some = f" LIMIT {limit}" if limit else ""
    cypher = f"MATCH (d:Document {{id: $id}})<-[:STATED_IN]-(c:Claim) RETURN c.id AS claim, d.id AS document{some}"
    return [row for id_ in sorted(set(ids)) for row in tx.run(cypher, {"id": id_})]


def entities_by_key(tx: Transaction, keys: Iterable[str]) -> list[Row]:
    """Return the entities of these cluster keys."""
    cypher = "UNWIND $values AS v MATCH (e:Entity) WHERE e.key = v RETURN e {.*, labels: labels(e)} AS e"
    return [r["e"] for r in _each(tx, cypher, keys)]


def entities(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the entities of these ids."""
    cypher = "UNWIND $values AS v MATCH (e:Entity {id: v}) RETURN e {.*, labels: labels(e)} AS e"
    return [r["e"] for r in _each(tx, cypher, ids)]


def names_of_entities(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return id and name of entities."""
    return _each(tx, "UNWIND $values AS v MATCH (e:Entity {id: v}) RETURN e.id AS id, e.name AS name", ids)


def mentions_of_documents(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return which entities these documents name, by cluster key, and how."""
    cypher = (
        "UNWIND $values AS v MATCH (d:Document {id: v})-[m:MENTIONS]->(e:Entity) "
        "RETURN d.id AS document, e.key AS key, e.id AS entity, m {.*} AS m"
    )
    return _each(tx, cypher, ids)


def mentions_of_pairs(tx: Transaction, pairs: Collection[tuple[str, str]]) -> list[Row]:
    """Return how each document names the entity of this cluster key, looked up from the entity: for large documents."""
    ordered = sorted(pairs)
    found: list[Row] = []
    for i in range(0, len(ordered), BATCH):
        rows = [{"d": document, "k": key} for document, key in ordered[i : i + BATCH]]
        found += tx.run(
            "UNWIND $rows AS r MATCH (e:Entity) WHERE e.key = r.k MATCH (e)<-[m:MENTIONS]-(d:Document) "
            "WHERE d.id = r.d RETURN d.id AS document, e.key AS key, e.id AS entity, m {.*} AS m",
            {"rows": rows},
        )
    return found


def mentions_of_entities(tx: Transaction, keys: Iterable[str]) -> list[Row]:
    """Return which documents name the entities of these cluster keys, and how."""
    cypher = (
        "UNWIND $values AS v MATCH (e:Entity) WHERE e.key = v MATCH (e)<-[m:MENTIONS]-(d:Document) "
        "RETURN d.id AS document, e.key AS key, e.id AS entity, m {.*} AS m"
    )
    return _each(tx, cypher, keys)


def referents(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the referents of these ids that are tied to others, each with the key of its cluster."""
    cypher = "UNWIND $values AS v MATCH (r:Referent {id: v}) RETURN r.id AS id, r.cluster AS cluster"
    return _each(tx, cypher, ids)


def referents_of_clusters(tx: Transaction, keys: Iterable[str]) -> list[Row]:
    """Return the tied referents of the clusters with these keys."""
    cypher = "UNWIND $values AS v MATCH (r:Referent) WHERE r.cluster = v RETURN r.id AS id, r.cluster AS cluster"
    return _each(tx, cypher, keys)


def ties_of(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the ties of these referents: their ends and properties."""
    cypher = (
        "UNWIND $values AS v MATCH (:Referent {id: v})-[t:TIED_TO]-(:Referent) WITH DISTINCT t "
        "RETURN startNode(t).id AS one, endNode(t).id AS other, t {.*} AS t"
    )
    return list({row["t"]["id"]: row for row in _each(tx, cypher, ids)}.values())


def edges_between(tx: Transaction, kind: str, pairs: Collection[tuple[str, str]]) -> list[Row]:
    """Return the relationships of one type between these ends: source, target, properties."""
    ordered = sorted(pairs)
    found: list[Row] = []
    for i in range(0, len(ordered), BATCH):
        rows = [{"s": s, "t": t} for s, t in ordered[i : i + BATCH]]
        found += tx.run(
            f"UNWIND $rows AS r MATCH (a:Entity {{id: r.s}}) MATCH (b:Entity {{id: r.t}}) MATCH (a)-[x:`{kind}`]->(b) "
            "RETURN a.id AS source, b.id AS target, x {.*} AS x",
            {"rows": rows},
        )
    return found


def deals_of_claims(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the deals that these claims tell of, with their properties."""
    cypher = "UNWIND $values AS v MATCH (:Claim {id: v})-[:ABOUT]->(d:Entity) RETURN DISTINCT d {.*} AS d"
    return list({r["d"]["id"]: r["d"] for r in _each(tx, cypher, ids)}.values())


def deal_edges(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return who takes part in these deals and what they cover: type, source, target, properties."""
    parties = (
        "UNWIND $values AS v MATCH (d:Entity {id: v})<-[x:PARTY_TO]-(p:Entity) "
        "RETURN 'PARTY_TO' AS type, p.id AS source, d.id AS target, x {.*} AS x"
    )
    covers = (
        "UNWIND $values AS v MATCH (d:Entity {id: v})-[x:COVERS]->(c:Entity) "
        "RETURN 'COVERS' AS type, d.id AS source, c.id AS target, x {.*} AS x"
    )
    ids = list(ids)
    return _each(tx, parties, ids) + _each(tx, covers, ids)


def claims_of_keys(tx: Transaction, keys: Iterable[str], document: str) -> list[Row]:
    """Return id and key of the claims that one document states of the entities with these cluster keys."""
    found: dict[str, Row] = {}
    for batch in _batches(keys):
        cypher = (
            "UNWIND $values AS v MATCH (e:Entity) WHERE e.key = v MATCH (e)<-[:SUBJECT|OBJECT]-(c:Claim) "
            "WHERE c.document = $document RETURN DISTINCT c {.id, .key} AS c"
        )
        found |= {row["c"]["id"]: row["c"] for row in tx.run(cypher, {"values": batch, "document": document})}
    return list(found.values())


def existing(tx: Transaction, label: str, ids: Iterable[str]) -> set[str]:
    """Return which of these ids nodes of a record label have."""
    return {row["id"] for row in _each(tx, f"UNWIND $values AS v MATCH (n:`{label}` {{id: v}}) RETURN n.id AS id", ids)}


def count_claims(tx: Transaction, document: str) -> int:
    """Return how many claims a document states."""
    cypher = "MATCH (d:Document {id: $document}) RETURN COUNT { (d)<-[:STATED_IN]-(:Claim) } AS n"
    rows = tx.run(cypher, {"document": document})
    return int(rows[0]["n"]) if rows else 0


def texts_of_documents(tx: Transaction, ids: Iterable[str]) -> list[str]:
    """Return the ids of the text pieces of these documents."""
    cypher = "UNWIND $values AS v MATCH (:Document {id: v})-[:HAS_TEXT]->(t:Text) RETURN t.id AS id"
    return [row["id"] for row in _each(tx, cypher, ids)]


# --- editions of a table

_EDITION = "d {.id, .published, .retrieved, .recorded}"


def whole_editions(tx: Transaction, source: str) -> list[Row]:
    """Return the documents that list every row of a source."""
    which = "d.source = $source AND d.whole = true AND d.state = 'complete'"
    cypher = f"MATCH (d:Document) WHERE {which} RETURN {_EDITION} AS d"
    return [row["d"] for row in tx.run(cypher, {"source": source})]


def claims_not_in(tx: Transaction, source: str, document: str) -> list[Row]:
    """Return the claims of a source that a document does not state, or that are marked, with each that states them."""
    cypher = (
        "MATCH (c:Claim) WHERE c.source = $source AND (c.withdrawn_by IS NOT NULL OR "
        "NOT EXISTS { MATCH (c)-[:STATED_IN]->(:Document {id: $document}) }) MATCH (c)-[:STATED_IN]->(d:Document) "
        f"RETURN c.row AS row, c.id AS claim, c.withdrawn_by AS mark, {_EDITION} AS d"
    )
    return tx.run(cypher, {"source": source, "document": document})


def marked_claims(tx: Transaction, source: str) -> list[Row]:
    """Return the claims of a source that are marked as withdrawn."""
    cypher = (
        "MATCH (c:Claim) WHERE c.source = $source AND c.withdrawn_by IS NOT NULL RETURN c.row AS row, c.id AS claim"
    )
    return tx.run(cypher, {"source": source})


def rows_in(tx: Transaction, rows: Iterable[str], document: str) -> set[str]:
    """Return which of these rows a document has."""
    found: set[str] = set()
    for batch in _batches(rows):
        cypher = (
            "UNWIND $values AS v MATCH (c:Claim) WHERE c.row = v MATCH (c)-[:STATED_IN]->(d:Document) "
            "WHERE d.id = $document RETURN DISTINCT v AS row"
        )
        found |= {row["row"] for row in tx.run(cypher, {"values": batch, "document": document})}
    return found
