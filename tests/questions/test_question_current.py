"""What is over, or only used, is not taken for what is: former owners, users, filters that change a fold."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.core.claim import Claim, EntityName, Evidence
from kg.core.document import Document
from kg.questions.filters import Filters
from kg.questions.run import ask
from kg.schema.ontology import ontology
from kg.schema.registry import registry
from kg.store.base import Store
from kg.store.embedded import EmbeddedStore
from kg.store.ledger import Ledger

SITE = EntityName("Mill Yard", "Facility")
OWNER, FORMER, USER = (EntityName(name, "Company") for name in ("Zeta Compute", "Oldco", "Nimbra Soft"))
Told = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with EmbeddedStore(tmp_path / "store", write=True, read_seconds=60) as store:
        Ledger(store, ontology(), registry()).prepare()
        yield store


@pytest.fixture
def tell(store: Store) -> Told:
    """Return what writes one claim of a document of its own into the store."""
    count = iter(range(100))

    def told(subject: EntityName, predicate: str, target: EntityName | None = None, **more: Any) -> None:
        name = f"{next(count)}.txt"
        document = Document(f"Text of {name}.", name)
        said = Evidence("said", locator="somewhere")
        claim = Claim(name, document.id, subject, predicate, said, target, **{"published": "2026-05", **more})
        list(Ledger(store, ontology(), registry()).load([(document, [claim])], "1"))

    return told


def test_use_stays_use_under_a_filter(store: Store, tell: Told) -> None:
    tell(USER, "USES", SITE)
    tell(OWNER, "OWNS", SITE)
    for chosen in (Filters(), Filters(min_sources=1), Filters(as_of="2030")):
        (row,) = ask(store, "leases", {"facility": "Mill Yard"}, filters=chosen)
        assert (row.tenant, row.landlord, row.stage) == ("Nimbra Soft", "Zeta Compute", "in use")


def test_who_is_at_a_site_names_users_and_tenants(store: Store, tell: Told) -> None:
    tell(USER, "USES", SITE)
    tell(OWNER, "OWNS", SITE)
    tell(EntityName("Qorvex Labs", "Company"), "LEASES_FROM", OWNER, qualifiers={"facility": "Mill Yard"})
    assert {row.tenant for row in ask(store, "who is at Mill Yard")} == {"Nimbra Soft", "Qorvex Labs"}


def test_a_former_owner_has_no_capacity_and_is_no_landlord(store: Store, tell: Told) -> None:
    tell(USER, "USES", SITE)
    tell(FORMER, "OWNS", SITE, status="ended", ended_as="former")
    tell(SITE, "capacity_mw", value=100)
    assert not ask(store, "capacity", {"facility": "Mill Yard", "relation": "owns"})
    assert not ask(store, "leases", {"facility": "Mill Yard"})
    tell(OWNER, "OWNS", SITE)
    (row,) = ask(store, "capacity", {"facility": "Mill Yard", "relation": "owns"})
    assert (row.company, row.capacity_mw) == ("Zeta Compute", 100)
    assert [row.landlord for row in ask(store, "leases", {"facility": "Mill Yard"})] == ["Zeta Compute"]


def test_who_sold_a_site_and_uses_it_is_its_user(store: Store, tell: Told) -> None:
    tell(USER, "USES", SITE)
    tell(USER, "OWNS", SITE, status="ended", ended_as="former")
    tell(OWNER, "OWNS", SITE)
    assert [(row.tenant, row.stage) for row in ask(store, "leases", {"facility": "Mill Yard"})] == [
        ("Nimbra Soft", "in use")
    ]


def test_a_path_through_what_is_over_is_none_where_only_current_facts_count(store: Store, tell: Told) -> None:
    tell(USER, "USES", SITE)
    tell(FORMER, "OWNS", SITE, status="ended", ended_as="former")
    asked = {"entity": "Oldco", "other": "Nimbra Soft"}
    assert [row.step for row in ask(store, "connected", asked)] == [1, 2]
    assert not ask(store, "connected", asked, filters=Filters(current=True))


def test_what_is_new_is_new_by_the_claims_that_count(store: Store, tell: Told) -> None:
    tell(OWNER, "SUPPLIES", USER, published="2026-05-20")
    tell(OWNER, "SUPPLIES", USER, published="2025-11-01", status="planned")
    assert len(ask(store, "recent", {"since": "2026-05"})) == 1
    assert len(ask(store, "recent", {"since": "2026-05"}, filters=Filters(status=("asserted",)))) == 1
    assert not ask(store, "recent", {"since": "2026-05"}, filters=Filters(status=("planned",)))


def test_a_dispute_is_one_of_the_claims_that_count(store: Store, tell: Told) -> None:
    chip = EntityName("H100", "Chip")
    tell(SITE, "HOSTS_CHIP", chip, qualifiers={"chip_count": 100})
    tell(SITE, "HOSTS_CHIP", chip, qualifiers={"chip_count": 500}, status="planned")
    assert [row.why for row in ask(store, "weak", {"why": "disputed"})] == ["disputed"]
    assert not ask(store, "weak", {"why": "disputed"}, filters=Filters(status=("planned",)))
    (row,) = ask(store, "weak", filters=Filters(status=("planned",)))
    assert (row.why, row.disputed) == ("single source", False)


def test_a_denial_of_a_symmetric_fact_stands_once(store: Store, tell: Told) -> None:
    one, other = EntityName("Zeta Compute", "Company"), EntityName("xena Cloud", "Company")
    tell(one, "PARTNERS_WITH", other)
    tell(one, "PARTNERS_WITH", other, status="ended", ended_as="denied")
    assert [row.why for row in ask(store, "weak")] == ["disputed"]
