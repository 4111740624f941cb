"""A card of one entity: its names and ids, what is told of it, its deals, and the documents that name it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.exceptions import UsageError
from kg.questions.answer import Answer, Row
from kg.questions.documents import document_line
from kg.questions.evidence import attach, mark_doubts
from kg.questions.names import find
from kg.questions.question import WITHDRAWN, Column
from kg.store.base import Store

SCHEMES = ("lei", "cik", "ticker", "wikidata")
"""External ids that an entity may have."""

_MEASURES = (
    Column("capacity_mw", "number", "power", "MW"),
    Column("capacity_bound", "text", "how it is bounded"),
    Column("value_usd", "number", "money", "USD"),
    Column("value_bound", "text", "how it is bounded"),
    Column("chip_count", "number", "number of chips", "chips"),
    Column("chip_bound", "text", "how it is bounded"),
)
_TOLD = (
    Column("status", "status", "what the sources commit to"),
    Column("disputed", "flag", "whether sources contradict each other on it"),
    WITHDRAWN,
    Column("sources", "integer", "independent sources; 0: only the registry of known entities says it"),
    Column("kinds", "list", "what kinds of documents say it: table, news, filing …"),
    Column("first_reported", "date", "when the first of them was published"),
    Column("last_reported", "date", "when the last of them was published"),
    Column("claims", "ids", "the claims that it rests on"),
)
FACTS = (
    Column("fact", "text", "what the entity does, or what is done to it"),
    Column("name", "text", "with whom or what"),
    Column("title", "text", "the office of a person"),
    Column("facility", "Facility", "the site that it is about"),
    Column("chip", "Chip", "the chip that it is about"),
    *_MEASURES,
    Column("term_years", "number", "how long it runs", "years"),
    Column("stake_pct", "number", "share of the equity", "%"),
    Column("date", "date", "when it took or takes place"),
    *_TOLD,
    Column("predicate", "id", "the predicate, or its inverse, where the entity is the object"),
    Column("id", "id", "with whom or what, as id"),
    Column("deal", "id", "the deal"),
)
ATTRIBUTES = (
    Column("attribute", "text", "what is measured"),
    *_MEASURES,
    Column("role", "text", "part in the industry"),
    Column("date", "date", "the date told"),
    Column("amount", "number", "another number, in its unit"),
    Column("unit", "text", "the unit of the amount"),
    Column("words", "text", "what is told in words"),
    Column("valid", "text", "from when to when it holds, where that is told: 2004 – 2021-10-28"),
    Column("basis", "text", "what the number measures"),
    *_TOLD,
)
DEALS = (
    Column("kind", "text", "kind of deal"),
    Column("role", "text", "the entity's role"),
    Column("deal_name", "text", "the deal in words"),
    *_MEASURES[:4],
    Column("term_years", "number", "how long it runs", "years"),
    Column("announced", "date", "when it took place or was first reported"),
    Column("stage", "text", "how far it has come"),
    *_TOLD,
    Column("deal", "id", "the deal"),
)
DOCUMENTS = (
    Column("published", "date", "the publisher's date"),
    Column("publisher", "text", "who published it"),
    Column("title", "text", "its title"),
    Column("kind", "text", "what it is"),
    Column("address", "text", "where it was loaded from"),
    Column("document", "id", "the document"),
)

_FACTS = """
MATCH (e:Entity {id: $id})-[x]-(o:Entity)
WHERE x.status IS NOT NULL
RETURN type(x) AS type, startNode(x).id = $id AS forward, o.name AS name, o.id AS other, x {.*} AS x
ORDER BY type, forward DESC, x.sources DESC, toLower(name), x.id
"""
_ATTRIBUTES = """
MATCH (e:Entity {id: $id})<-[:SUBJECT]-(c:Claim) WHERE c.object_name IS NULL
WITH c ORDER BY c.id
RETURN c.predicate AS attribute, CASE c.predicate WHEN 'role' THEN c.value ELSE null END AS role,
       CASE WHEN c.predicate IN $several THEN c.value ELSE null END AS words, collect(c.id) AS claims
ORDER BY attribute, role, words
"""
_DEALS = """
MATCH (e:Entity {id: $id})-[x:PARTY_TO|COVERS]-(d:Deal)
RETURN coalesce(x.role, 'covered') AS role, d {.*} AS d
ORDER BY d.announced DESC, d.kind, d.id, role
"""
_PARTIES = """
MATCH (d:Entity {id: $id})-[x:PARTY_TO|COVERS]-(o:Entity)
RETURN coalesce(x.role, 'covers') AS fact, o.name AS name, o.id AS id, type(x) AS predicate
ORDER BY predicate DESC, fact, toLower(name), id
"""
_DEAL_DOCUMENTS = """
MATCH (e:Entity {id: $id})<-[:ABOUT]-(:Claim)-[:STATED_IN]->(d:Document)
RETURN DISTINCT d.published AS published, d.publisher AS publisher, d.title AS title, d.kind AS kind,
       d.address AS address, d.id AS document
ORDER BY published IS NULL, published DESC, document
"""
_DOCUMENTS = """
MATCH (e:Entity {id: $id})<-[:MENTIONS]-(d:Document) WHERE d.kind <> 'registry'
RETURN d.published AS published, d.publisher AS publisher, d.title AS title, d.kind AS kind, d.address AS address,
       d.id AS document
ORDER BY published IS NULL, published DESC, document
"""


@dataclass(frozen=True, slots=True)
class Card:
    """What the store knows of one entity.

    ``known`` tells whether the registry lists it; facts with 0 sources come from there alone. ``ids`` are external ids
    by scheme.
    """

    id: str
    name: str
    type: str
    aliases: list[str]
    ids: dict[str, str]
    known: bool
    attributes: Answer
    facts: Answer
    deals: Answer
    documents: Answer
    notes: list[str]

    def to_dict(self) -> dict[str, Any]:
        """Return the card as plain data."""
        plain = ("id", "name", "type", "aliases", "ids", "known")
        parts = zip(("attributes", "facts", "deals", "documents"), self.parts, strict=True)
        return {name: getattr(self, name) for name in plain} | {name: part.to_dicts() for name, part in parts}

    @property
    def parts(self) -> tuple[Answer, Answer, Answer, Answer]:
        """Return attributes, facts, deals and documents."""
        return self.attributes, self.facts, self.deals, self.documents

    def __repr__(self) -> str:
        """Return the card as it is printed."""
        from kg.questions.cut import ROWS, cut  # noqa: PLC0415  only where somebody looks
        from kg.render.card import card_lines  # noqa: PLC0415  as above

        return "\n".join(card_lines(cut(self, ROWS), width=120))

    def _repr_html_(self) -> str:
        from kg.render.card import card_html  # noqa: PLC0415  only in notebooks

        return card_html(self)


def card(store: Store, text: str, *, evidence: bool = False) -> Card:
    """Return the card of the entity that ``text`` names; raises UsageError if there is none, or several.

    With ``evidence`` each fact and attribute lists where it is stated. Of a text that names a document the error says
    what the document is.
    """
    try:
        found = find(store, text)
    except UsageError:
        line = document_line(store, text)
        if line is None:
            raise
        raise UsageError(line) from None
    notes = [] if found.exact else [f"{text}: taken for {found.name} ({found.id})."]
    if not found.mentioned:
        notes.append(f"{found.name} is known, but no document in {store.address} mentions it.")
    rows = store.read("MATCH (e:Entity {id: $id}) RETURN e {.*} AS e", {"id": found.id})
    entity: Mapping[str, Any] = rows[0]["e"] if rows else _registered(found.id)
    is_deal = found.type == "Deal"
    made = Card(
        id=found.id,
        name=found.name,
        type=found.type,
        aliases=list(entity.get("aliases") or ()),
        ids={scheme: _joined(entity[scheme]) for scheme in SCHEMES if entity.get(scheme)},
        known=bool(entity.get("known")),
        attributes=_answer(ATTRIBUTES, _attributes(store, found.id)),
        facts=_answer(FACTS, store.read(_PARTIES, {"id": found.id}) if is_deal else _facts(store, found.id)),
        deals=_answer(DEALS, [_deal(entity)] if is_deal else _deals(store, found.id)),
        documents=_answer(DOCUMENTS, store.read(_DEAL_DOCUMENTS if is_deal else _DOCUMENTS, {"id": found.id})),
        notes=notes,
    )
    mark_doubts(store, [row for row in (*made.facts, *made.attributes, *made.deals) if row["claims"]])
    if evidence:
        attach(store, [*made.attributes, *(made.deals if is_deal else made.facts)])
    return made


def _joined(told: str | list[str]) -> str:
    """Return an id as text; a company may trade under several tickers."""
    return told if isinstance(told, str) else ", ".join(told)


def _registered(id_: str) -> Mapping[str, Any]:
    """Return what the registry says of an entity that no document names."""
    from kg.schema.registry import registry  # noqa: PLC0415  takes longer than most look-ups

    entry = registry().entries[id_]
    return {"aliases": sorted(entry.aliases), "known": True, **entry.external}


def _answer(columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> Answer:
    plain = [{column.name: _plain(column, row.get(column.name)) for column in columns} for row in rows]
    return Answer([Row(row) for row in plain], columns)


def _plain(column: Column, value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value or ()) if column.type in ("ids", "list") else value


def _facts(store: Store, id_: str) -> list[dict[str, Any]]:
    from kg.schema.ontology import ontology  # noqa: PLC0415  not for every look-up

    facts = []
    for row in store.read(_FACTS, {"id": id_}):
        predicate = ontology().predicates[row["type"]]
        forward = row["forward"] or predicate.symmetric
        label, name = (predicate.label, predicate.name) if forward else (predicate.inverse_label, predicate.inverse)
        facts.append({**row["x"], "fact": label, "predicate": name, "name": row["name"], "id": row["other"]})
    order = {name: number for number, name in enumerate(ontology().predicates)}
    inverse = {p.inverse: p.name for p in ontology().predicates.values()}
    return sorted(facts, key=lambda fact: order[inverse.get(fact["predicate"], fact["predicate"])])


def _attributes(store: Store, id_: str) -> list[dict[str, Any]]:
    from kg.graph.fold import View  # noqa: PLC0415  the first look-up stays quick
    from kg.questions.refold import refold  # noqa: PLC0415  as above
    from kg.schema.ontology import ontology  # noqa: PLC0415  as above

    several = [attribute.name for attribute in ontology().attributes.values() if attribute.several]
    rows = store.read(_ATTRIBUTES, {"id": id_, "several": several})

    empty = {column.name: None for column in ATTRIBUTES}
    labelled = [{**empty, **row, "attribute": ontology().attributes[row["attribute"]].label} for row in rows]
    return refold(store, labelled, View())


def _deals(store: Store, id_: str) -> list[dict[str, Any]]:
    rows = store.read(_DEALS, {"id": id_})
    return [_deal(row["d"]) | {"role": row["role"]} for row in rows]


def _deal(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {**properties, "deal_name": properties["name"], "deal": properties["id"]}
