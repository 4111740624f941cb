"""Small worlds of claims: documents, copies and editions of tables that speak of a few entities, for property tests."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from kg.core.claim import Claim, EntityName, Evidence, Quantity, row_key
from kg.core.document import Document
from kg.schema.ontology import ontology
from kg.schema.registry import registry
from kg.store.base import Store
from kg.store.ledger import Ledger

COMPANIES = (
    "Anthropic",
    "xAI",
    "X.AI Corp.",
    "Foo",
    "Foo Holdings Inc.",
    "foo",
    "Foo Bar",
    "FooBar Ltd",
    "Zed Compute",
)
FACILITIES = ("Colossus 1", "Zed campus", "zed Campus")
CHIPS = ("H100", "Zed One")
LINKS = ("cik:900001", "cik:900002", "lei:ZZZZZZZZZZZZZZZZZZ11", "lei:ZZZZZZZZZZZZZZZZZZ22", "wikidata:Q900001")
STORY = "One story told in the very same words by every paper that prints it, " * 8
SOURCES = ("sites", "deals")
PAGES = ("https://e.org/0", "https://e.org/1", "https://e.org/2")
"""Where the first texts of a world stand, and what rows cite."""


@dataclass(frozen=True)
class Told:
    """A document with its claims."""

    document: Document
    claims: tuple[Claim, ...]


def names(kind: str, words: Iterable[str], *, linked: bool) -> st.SearchStrategy[EntityName]:
    links = st.none() | st.sampled_from(LINKS) if linked and kind == "Company" else st.none()
    aliases = st.sampled_from([(), ("the startup of Foo",), ("Foo",)])
    return st.builds(EntityName, st.sampled_from(list(words)), st.just(kind), links, aliases)


@st.composite
def claims(draw: st.DrawFn, document: Document, *, row: bool) -> Claim:
    company = names("Company", COMPANIES, linked=row)
    facility = names("Facility", FACILITIES, linked=row)
    predicate = draw(
        st.sampled_from(
            "LEASES_FROM LEASES_FROM LEASES SUPPLIES INVESTS_IN LENDS_TO PARTNERS_WITH OWNS HOSTS_CHIP SUBSIDIARY_OF "
            "capacity_mw role same_as".split()
        )
    )
    status, ended_as = draw(
        st.sampled_from([("asserted", None), ("planned", None), ("ended", "terminated"), ("ended", "denied")])
    )
    common: dict[str, Any] = {
        "document": document.address,
        "document_id": document.id,
        "predicate": predicate,
        "evidence": Evidence(f"{predicate} says it", locator=f"row {draw(st.integers(1, 3))}"),
        "status": status,
        "ended_as": ended_as,
        "confidence": draw(st.sampled_from([0.4, 0.9])),
        "published": document.published,
    }
    if row:
        common["key"] = row_key(str(document.source), f"row {draw(st.integers(1, 4))}", predicate)
        common["citations"] = tuple(draw(st.lists(st.sampled_from(PAGES), max_size=2, unique=True)))
    if predicate == "capacity_mw":
        basis = draw(st.sampled_from([None, "it", "facility_power"]))
        value = draw(st.sampled_from([100, 300]))
        return Claim(
            subject=draw(facility),
            value=value,
            quantities={"capacity_mw": Quantity(f"{value} MW", max=value, unit="MW", basis=basis)},
            **common,
        )
    if predicate == "role":
        return Claim(subject=draw(company), value=draw(st.sampled_from(["neocloud", "ai_lab"])), **common)
    if predicate == "same_as":
        return Claim(subject=draw(company), value=draw(st.sampled_from(LINKS)), **common)
    known = ontology().predicates[predicate]
    subject = draw(company if "Company" in known.domain else facility)
    if known.range == ("Chip",):
        target = draw(names("Chip", CHIPS, linked=False))
    else:
        target = draw(company if "Company" in known.range else facility)
    if (target.name, target.type) == (subject.name, subject.type):
        target = EntityName("Other Party", "Company")
    if known.symmetric and target.name < subject.name:
        subject, target = target, subject
    said = {"capacity_mw": [300, 310], "value_usd": [10**9, 5 * 10**9], "facility": list(FACILITIES), "date": ["2025"]}
    wanted = [name for name in known.qualifiers if name in said and draw(st.integers(0, 2)) == 0]
    qualifiers = {name: draw(st.sampled_from(said[name])) for name in wanted}
    return Claim(subject=subject, object=target, qualifiers=qualifiers, **common)


@st.composite
def told(draw: st.DrawFn, number: int) -> Told:
    """A text, perhaps a copy of the story, or an edition of a table, with its claims."""
    published = draw(st.sampled_from([None, "2025-01-05", "2025-01-20", "2026-03"]))
    source = draw(st.sampled_from([None, None, *SOURCES]))
    if source:
        text = f"Edition {number} of {source}."
        document = Document(
            text, f"{source}-{number}.csv", kind="table", source=source, whole=draw(st.booleans()), published=published
        )
    else:
        text = f"{STORY} Copy {number}." if draw(st.booleans()) else f"Text {number}."
        url = PAGES[number] if number < len(PAGES) else None
        document = Document(text, f"notes/{number}.txt", published=published, url=url)
    document = replace(document, retrieved=f"2026-06-{number + 1:02}T00:00:00Z")
    found = draw(st.lists(claims(document, row=bool(source)), max_size=5))
    return Told(document, tuple({claim.id: claim for claim in found}.values()))


@st.composite
def worlds(draw: st.DrawFn, most: int = 6) -> list[Told]:
    """Up to so many documents; editions of a table repeat each other's rows."""
    count = draw(st.integers(1, most))
    made = [draw(told(number)) for number in range(count)]
    return [_with_repeats(draw, item, made[:number]) for number, item in enumerate(made)]


def _with_repeats(draw: st.DrawFn, item: Told, before: list[Told]) -> Told:
    same = [other for other in before if other.document.source and other.document.source == item.document.source]
    rows = [claim for other in same for claim in other.claims]
    if not rows:
        return item
    again = draw(st.lists(st.sampled_from(rows), max_size=4))
    mine = [
        replace(claim, document_id=item.document.id, document=item.document.address, published=item.document.published)
        for claim in again
    ]
    return Told(item.document, tuple({claim.id: claim for claim in [*item.claims, *mine]}.values()))


# --- stores


def ledger(store: Store) -> Ledger:
    book = Ledger(store, ontology(), registry())
    book.prepare()
    return book


def empty(store: Store) -> Store:
    store.write(lambda tx: tx.run("MATCH (n) DETACH DELETE n"))
    return store


def load(store: Store, world: Iterable[Told], version: str = "1") -> list[Any]:
    return list(ledger(store).load([(item.document, item.claims) for item in world], version))


def graph(store: Store, *, moments: bool = True) -> dict[str, Any]:
    """Return all nodes and edges with their properties, but for the store's own node.

    Without ``moments``, when the store learnt of a document is left out: it differs from run to run.
    """
    return dict(sorted([*_nodes(store, moments), *_edges(store)]))


def _nodes(store: Store, moments: bool) -> Iterator[tuple[str, Any]]:
    for row in store.read("MATCH (n) WHERE NOT n:KGStore RETURN n {.*} AS n, labels(n) AS labels"):
        kept = {name: value for name, value in row["n"].items() if moments or name != "recorded"}
        yield f"{sorted(row['labels'])} {kept['id']}", kept


def _edges(store: Store) -> Iterator[tuple[str, Any]]:
    for row in store.read("MATCH (a)-[x]->(b) RETURN a.id AS a, b.id AS b, type(x) AS type, x {.*} AS x"):
        yield f"{row['type']} {row['x'].get('id')} {row['a']} {row['b']}", row["x"]


def difference(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Return what differs, so that a failure can be read."""
    return {key: (one.get(key), other.get(key)) for key in {*one, *other} if one.get(key) != other.get(key)}
