"""Who is one entity in the store: ids before names, nothing merged against its ids, and all of it undone again."""

from worlds import Told, difference, graph, ledger, load

from kg.core.claim import Claim, EntityName, Evidence, row_key
from kg.core.document import Document
from kg.schema.registry import registry
from kg.store.base import Store

LEI, LEI2 = "lei:AAAAAAAAAAAAAAAAAA01", "lei:BBBBBBBBBBBBBBBBBB02"


def register(number: int, *names: EntityName, same_as: str | None = None) -> Told:
    document = Document(f"Register {number}.", f"{number}.csv", kind="table", source=f"register-{number}")
    claims = []
    for name in names:
        for predicate, value in (("role", "neocloud"), ("same_as", same_as)):
            if value:
                key = row_key(f"register-{number}", f"{name.name} {name.id}", predicate)
                evidence = Evidence(name.name, locator="row")
                claims.append(Claim(document.address, document.id, name, predicate, evidence, value=value, key=key))
    return Told(document, tuple(claims))


def text(number: int, *names: str) -> Told:
    document = Document(f"Text {number}.", f"{number}.txt")
    evidence = Evidence("x", locator="somewhere")
    claims = [
        Claim(document.address, document.id, EntityName(name, "Company"), "role", evidence, value="ai_lab")
        for name in names
    ]
    return Told(document, tuple(claims))


def company(name: str, link: str | None = None) -> EntityName:
    return EntityName(name, "Company", link)


def entities(store: Store) -> dict[str, dict[str, object]]:
    rows = store.read("MATCH (e:Company) RETURN e {.*} AS e ORDER BY e.id")
    return {row["e"]["id"]: row["e"] for row in rows}


def test_one_id_makes_one_entity_of_two_names(store: Store) -> None:
    load(store, [text(1, "Foo Power"), register(2, company("Foo Power", LEI)), register(3, company("Bar Energy", LEI))])
    (entity,) = entities(store).values()
    assert entity["id"] == "company:bar-energy", "of the alphabetically first name"
    assert (entity["lei"], entity["documents"]) == (LEI.partition(":")[2], 3)
    assert {entity["name"], *entity["aliases"]} == {"Bar Energy", "Foo Power"}  # type: ignore[misc]


def test_an_id_of_the_registry_leads_to_its_entry_whatever_the_name(store: Store) -> None:
    known = next(known for known in registry() if known.external.get("cik"))
    load(store, [register(1, company("Something Else Entirely", f"cik:{known.external['cik']}"))])
    assert known.id in entities(store)
    assert "company:something-else-entirely" not in entities(store)


def test_ids_that_contradict_each_other_keep_a_name_apart_and_are_reported(store: Store) -> None:
    book = ledger(store)
    told = [text(1, "Foo Power"), register(2, company("Foo Power", LEI)), register(3, company("Foo Power", LEI2))]
    list(book.load([(item.document, item.claims) for item in told], "1"))
    found = entities(store)
    assert len(found) == 3
    assert {str(entity.get("lei")) for entity in found.values()} == {"None", LEI[4:], LEI2[4:]}
    plain = [id_ for id_, entity in found.items() if "lei" not in entity]
    assert plain == ["company:foo-power"], "the name alone has the plain id"
    assert all(id_.startswith("company:foo-power") for id_ in found)
    assert [rejection.where for rejection in book.apart] == [
        f"company=foopower and company@{LEI}",
        f"company=foopower and company@{LEI2}",
    ]


def test_a_told_id_joins_and_its_end_parts(store: Store) -> None:
    apart = [register(1, company("Foo Power", LEI)), register(2, company("Bar Energy", "wikidata:Q900001"))]
    load(store, apart)
    before = graph(store)
    assert len(entities(store)) == 2
    tie = register(3, company("Third Name", "wikidata:Q900001"), same_as=LEI)
    load(store, [tie])
    (entity,) = entities(store).values()
    assert (entity["lei"], entity["wikidata"]) == (LEI[4:], "Q900001")
    ledger(store).forget([tie.document.id])
    assert difference(graph(store), before) == {}


def test_what_an_id_joins_keeps_its_facts_and_mentions(store: Store) -> None:
    deal = Document("Deal.", "deal.txt")
    evidence = Evidence("x", locator="somewhere")
    lease = Claim("deal.txt", deal.id, company("Foo Power"), "LEASES_FROM", evidence, object=company("xAI"))
    load(store, [Told(deal, (lease,)), register(1, company("Foo Power", LEI)), register(2, company("Aaa Power", LEI))])
    rows = store.read(
        "MATCH (a)-[:LEASES_FROM]->() MATCH (:Claim {id: $id})-[:SUBJECT]->(s) "
        "MATCH (:Document {id: $deal})-[m:MENTIONS]->(a) "
        "RETURN a.id AS a, s.id AS s, m.names AS names",
        {"id": lease.id, "deal": deal.id},
    )
    assert rows == [{"a": "company:aaa-power", "s": "company:aaa-power", "names": ["Foo Power"]}]


def test_a_name_that_leads_to_two_entries_takes_the_id_of_neither(store: Store) -> None:
    """One of them has the plain id, as "company:eqt" is."""
    both = {key: registry().by_name(key, "Company") for key in registry().keys}
    name = next(key for key, found in both.items() if len(found) > 1 and f"company:{key}" in registry().entries)
    load(store, [text(1, name)])
    (id_,) = entities(store)
    assert id_.startswith(f"company:{name}-")
    assert id_ not in registry().entries
