"""Every question gives the same answer on both engines, with and without filters, and every row keeps its promises."""

import re
from typing import Any

import pytest

from kg.core.claim import STAGES, STATUSES
from kg.core.dates import is_date
from kg.questions.card import card
from kg.questions.catalog import catalog
from kg.questions.filters import Filters
from kg.questions.graph_source import StoredGraph
from kg.questions.names import find, names
from kg.questions.run import ask
from kg.store.base import Store

GIVEN: dict[str, list[dict[str, object]]] = {
    "capacity": [{}, {"company": "CoreWeave"}, {"facility": "Stargate Abilene", "relation": "builds"}],
    "chips": [{}, {"designer": "nvidia"}, {"chip": "TPU"}, {"facility": "Colossus 1"}, {"user": "Anthropic"}],
    "connected": [
        {"entity": "Anthropic", "other": "Core Scientific"},
        {"entity": "Memphis", "other": "Dario Amodei", "paths": 3},
        {"entity": "Anthropic", "other": "anthropic pbc"},
    ],
    "deals": [{}, {"company": "Crusoe"}, {"deal_kind": "loan"}, {"covers": "Hyperion"}],
    "documents": [{}, {"entity": "Colossus 1"}, {"publisher": "northway wire"}],
    "facility": [{"facility": "Colossus 1"}, {"facility": "Stargate Abilene", "role": "lender"}],
    "financing": [{}, {"recipient": "Anthropic"}, {"financier": "Nvidia", "relation": "invests in"}],
    "leases": [{}, {"tenant": "Anthropic"}, {"landlord": "Crusoe"}, {"facility": "Colossus 1"}],
    "ownership": [{}, {"what": "xAI"}, {"relation": "leads"}, {"who": "Amazon"}],
    "power": [{}, {"supplier": "Constellation Energy"}, {"facility": "Hyperion"}],
    "recent": [{}, {"since": "2026-06"}, {"entity": "Memphis"}],
    "suppliers": [{}, {"buyer": "OpenAI"}, {"chip": "GB200"}],
    "weak": [{}, {"why": "denied"}, {"why": "disputed"}, {"entity": "xAI"}],
}
FILTERS = [
    Filters(),
    Filters(status=("planned", "speculative")),
    Filters(as_of="2026-01", current=True),
    Filters(min_sources=2),
    Filters(kind=("release",)),
]
CASES = [(name, given) for name, cases in GIVEN.items() for given in cases]


def test_every_question_is_tried() -> None:
    assert set(GIVEN) == set(catalog())


@pytest.mark.parametrize(("name", "given"), CASES)
def test_both_engines_give_the_same_answer(
    sample: Store, sample_on_neo4j: Store, name: str, given: dict[str, object]
) -> None:
    evidence = catalog()[name].about == "facts"
    turn = FILTERS[1 + CASES.index((name, given)) % (len(FILTERS) - 1)]
    for filters in (FILTERS[0], turn) if evidence else FILTERS[:1]:
        one = ask(sample, name, given, filters=filters, evidence=evidence)
        other = ask(sample_on_neo4j, name, given, filters=filters, evidence=evidence)
        assert one.to_dicts() == other.to_dicts()
        assert one.parameters == other.parameters


def test_names_cards_and_graphs_are_the_same_on_both_engines(sample: Store, sample_on_neo4j: Store) -> None:
    assert names(sample) == names(sample_on_neo4j)
    for text in ("Anthropic", "colossus i", "chip:gb200", "Elon Musk"):
        assert find(sample, text) == find(sample_on_neo4j, text)
        assert card(sample, text, evidence=True).to_dict() == card(sample_on_neo4j, text, evidence=True).to_dict()
    with StoredGraph(sample, with_claims=True) as one, StoredGraph(sample_on_neo4j, with_claims=True) as other:
        assert [_without_clock(node) for node in one.nodes()] == [_without_clock(node) for node in other.nodes()]
        assert list(one.edges()) == list(other.edges())


def _without_clock(node: Any) -> tuple[Any, ...]:
    return node.id, node.label, {k: v for k, v in node.properties.items() if k not in ("recorded", "retrieved")}


@pytest.mark.parametrize(("name", "given"), CASES)
def test_every_row_is_typed_sourced_and_shown(sample: Store, name: str, given: dict[str, object]) -> None:
    answer = ask(sample, name, given, evidence=catalog()[name].about == "facts")
    for row in answer:
        assert list(row) == [column.name for column in catalog()[name].answered]
        for column in answer.columns:
            _check_type(column.type, row[column.name])
        if catalog()[name].about == "facts":
            assert row.status in STATUSES
            assert row.claims
            assert row.evidence
            assert {entry["claim"] for entry in row.evidence} <= set(row.claims)
            registry = {entry["kind"] for entry in row.evidence} == {"registry"}
            assert (row.sources == 0) == registry
            assert row.sources <= len({entry["document_id"] for entry in row.evidence})


def _check_type(kind: str, value: Any) -> None:
    if kind in ("ids", "list"):
        assert isinstance(value, list)
        assert all(isinstance(item, str) for item in value)
    elif value is None:
        return
    elif kind in ("number", "integer"):
        assert isinstance(value, int | float)
        assert not isinstance(value, bool)
        assert not (isinstance(value, float) and value.is_integer())
    elif kind == "flag":
        assert isinstance(value, bool)
    elif kind == "date":
        assert is_date(value)
    else:
        assert isinstance(value, str)
        assert value


def test_leases_show_what_the_documents_say(sample: Store) -> None:
    answer = ask(sample, "leases", {"tenant": "Anthropic", "facility": "Colossus 1"}, evidence=True)
    assert {(row.landlord, row.capacity_mw, row.status) for row in answer} == {("SpaceX", 300, "asserted")}
    assert any(row.disputed for row in answer)
    told = {entry["document"].rpartition("/")[2] for row in answer for entry in row.evidence}
    assert told >= {"colossus-wire.txt", "memphis-local.txt", "spacex-filing.txt", "tenant-list.md"}


def test_a_lease_without_a_named_landlord_is_a_row(sample: Store) -> None:
    rows = [row for row in ask(sample, "leases", {"tenant": "Anthropic"}) if row.facility == "Colossus 2"]
    assert [row.landlord for row in rows] == [None]


def test_a_deal_told_with_and_without_its_landlord_is_one_row(sample: Store) -> None:
    rows = ask(sample, "leases")
    assert len({(row.deal, row.landlord) for row in rows}) == len(rows)
    told_twice = [claim for row in rows for claim in row.claims]
    assert len(told_twice) == len(set(told_twice))


def test_copies_of_a_wire_story_are_one_source(sample: Store) -> None:
    rows = ask(sample, "facility", {"facility": "Colossus 1", "role": "builder"}, evidence=True)
    assert [(row.name, row.sources, len({entry["document_id"] for entry in row.evidence})) for row in rows] == [
        ("xAI", 1, 2)
    ]


def test_stages_are_known_words(sample: Store) -> None:
    stages = {row.stage for name in ("leases", "deals", "recent") for row in ask(sample, name)}
    assert stages <= {None, *STAGES}


def test_nothing_found_is_said_in_one_line(sample: Store) -> None:
    answer = ask(sample, "leases", {"tenant": "Nvidia", "landlord": "Crusoe"})
    assert not answer
    assert len(answer.notes) == 1
    assert re.search("0 rows.*tenant Nvidia, landlord Crusoe", answer.notes[0])
