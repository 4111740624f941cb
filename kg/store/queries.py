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


def claims_of_documents(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the properties of the claims that these documents state."""
    cypher = "UNWIND $values AS v MATCH (c:Claim) WHERE c.document = v RETURN c {.*} AS c"
    return [r["c"] for r in _each(tx, cypher, ids)]


def claims_of_groups(tx: Transaction, groups: Iterable[str]) -> list[Row]:
    """Return the claims of these groups with origin, kind and recording date of their documents."""
    cypher = (
        "UNWIND $values AS v MATCH (c:Claim) WHERE c.group = v MATCH (c)-[:STATED_IN]->(d:Document) "
        "RETURN c {.*, origin: d.origin, kind: d.kind, recorded: d.recorded} AS c"
    )
    return [r["c"] for r in _each(tx, cypher, groups)]


def claims_of_entities(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the claims that name these entities, in any place."""
    cypher = (
        "UNWIND $values AS v MATCH (e:Entity {id: v})<-[:SUBJECT|OBJECT|AT|OF]-(c:Claim) RETURN DISTINCT c {.*} AS c"
    )
    return list({r["c"]["id"]: r["c"] for r in _each(tx, cypher, ids)}.values())


def entities_by_key(tx: Transaction, keys: Iterable[str]) -> list[Row]:
    """Return the entities of these cluster keys."""
    cypher = "UNWIND $values AS v MATCH (e:Entity) WHERE e.key = v RETURN e {.*, labels: labels(e)} AS e"
    return [r["e"] for r in _each(tx, cypher, keys)]


def entities(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return the entities of these ids."""
    cypher = "UNWIND $values AS v MATCH (e:Entity {id: v}) RETURN e {.*, labels: labels(e)} AS e"
    return [r["e"] for r in _each(tx, cypher, ids)]


def mentions_of(tx: Transaction, ids: Iterable[str]) -> list[Row]:
    """Return which documents name these entities, and how."""
    cypher = (
        "UNWIND $values AS v MATCH (e:Entity {id: v})<-[m:MENTIONS]-(d:Document) "
        "RETURN e.id AS entity, d.id AS document, m {.*} AS m"
    )
    return _each(tx, cypher, ids)


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
    """Return the claims that one document states of the entities with these cluster keys."""
    found: dict[str, Row] = {}
    for batch in _batches(keys):
        cypher = (
            "UNWIND $values AS v MATCH (e:Entity) WHERE e.key = v MATCH (e)<-[:SUBJECT|OBJECT]-(c:Claim) "
            "WHERE c.document = $document RETURN DISTINCT c {.*} AS c"
        )
        found |= {row["c"]["id"]: row["c"] for row in tx.run(cypher, {"values": batch, "document": document})}
    return list(found.values())


def count_claims(tx: Transaction, document: str) -> int:
    """Return how many claims a document states."""
    rows = tx.run("MATCH (c:Claim) WHERE c.document = $document RETURN count(c) AS n", {"document": document})
    return int(rows[0]["n"])


def texts_of_documents(tx: Transaction, ids: Iterable[str]) -> list[str]:
    """Return the ids of the text pieces of these documents."""
    cypher = "UNWIND $values AS v MATCH (:Document {id: v})-[:HAS_TEXT]->(t:Text) RETURN t.id AS id"
    return [row["id"] for row in _each(tx, cypher, ids)]
