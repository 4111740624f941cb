"""What a load would do: new documents and claims, rows that have changed or gone, facts that would be disputed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extractors import Extractor
from kg.pipeline import LoadReport, Progress, ledger, load
from kg.reading import Source
from kg.store.base import Row, Store
from kg.store.rehearsal import rehearse

_DISPUTED = """
MATCH (a:Entity)-[x]->(b:Entity) WHERE x.disputed
RETURN type(x) AS predicate, x.id AS id, a.name AS subject, b.name AS object, x.facility AS facility ORDER BY id
"""
_CHANGED = """
UNWIND $documents AS id MATCH (d:Document {id: id})<-[:STATED_IN]-(c:Claim) WHERE c.row IS NOT NULL
WITH DISTINCT d.id AS document, c.row AS row, c.id AS claim
RETURN document, row, collect(claim) AS claims
"""
_ROWS = """
UNWIND $rows AS row MATCH (c:Claim) WHERE c.row = row MATCH (c)-[:STATED_IN]->(d:Document)
WHERE NOT d.id IN $documents RETURN row, collect(DISTINCT c.id) AS claims
"""
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Preview:
    """What a load would do.

    ``report`` says what would become of each document, and which rows would be withdrawn; ``changed`` names the rows
    that earlier editions give otherwise, ``disputed`` the facts that would be disputed and are not yet, in words.
    """

    report: LoadReport
    changed: list[str]
    disputed: list[str]


def preview(
    source: Source,
    spec: str | None = None,
    extractor: Extractor | None = None,
    *,
    progress: Progress | None = None,
    jobs: int = 1,
) -> Preview:
    """Load documents into the store that ``spec`` names, see what comes of it, and take it back.

    Raises what loading them would raise. Where there is no store yet, everything is new.
    """

    def work(store: Store) -> Preview:
        disputed = _disputed(store)
        report = load(source, lambda: store, extractor, progress=progress, jobs=jobs)
        fresh = [document.id for document in report.documents if document.outcome != "unchanged"]
        return Preview(
            report,
            _changed(store, fresh),
            [words for id_, words in _disputed(store).items() if id_ not in disputed],
        )

    return rehearse(spec, lambda store: ledger(store).prepare(), work)


def _disputed(store: Store) -> dict[str, str]:
    """Return in words what sources dispute: facts by their id, values by entity and attribute."""
    facts = {str(row["id"]): _words(row) for row in store.read(_DISPUTED)}
    return facts | dict(_disputed_values(store))


def _disputed_values(store: Store) -> Iterator[tuple[str, str]]:
    from kg.graph.entities import value_names  # noqa: PLC0415  as in the pipeline
    from kg.schema.ontology import ontology  # noqa: PLC0415  as above

    flags = [f"{name}_disputed" for name in value_names(ontology())]
    shown = ", ".join(f".`{flag}`" for flag in flags)
    some = " OR ".join(f"e.`{flag}`" for flag in flags)
    query = f"MATCH (e:Entity) WHERE {some} RETURN e.id AS id, e.name AS name, e {{{shown}}} AS flags ORDER BY id"
    for row in store.read(query):
        for flag in flags:
            if row["flags"].get(flag):
                attribute = flag.removesuffix("_disputed").replace("_", " ")
                yield f"{row['id']} {flag}", f"{row['name']}: {attribute}"


def _words(row: Row) -> str:
    from kg.schema.ontology import ontology  # noqa: PLC0415  as in the pipeline

    predicate = ontology().predicates.get(row["predicate"])
    at = f" ({row['facility']})" if row["facility"] else ""
    return f"{row['subject']} {predicate.label if predicate else row['predicate']} {row['object']}{at}"


def _changed(store: Store, documents: list[str]) -> list[str]:
    """Return the rows that earlier editions give with other claims."""
    now = {row["row"]: set(row["claims"]) for row in store.read(_CHANGED, {"documents": documents})}
    before: dict[str, set[str]] = {}
    for batch in _batches(sorted(now)):
        found = store.read(_ROWS, {"rows": batch, "documents": documents})
        before |= {row["row"]: set(row["claims"]) for row in found}
    return sorted(row for row, claims in before.items() if claims != now[row])


def _batches(items: list[str]) -> Iterable[list[str]]:
    return (items[i : i + _BATCH] for i in range(0, len(items), _BATCH))
