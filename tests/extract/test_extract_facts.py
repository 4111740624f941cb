"""Status, qualifiers and attributes of plain sentences, names given; and what must hold of any."""

from dataclasses import replace
from typing import Any

import pytest

from kg.core.claim import ENDED_AS, STAGES, STATUSES
from kg.exceptions import OntologyError
from kg.extract.encoding import texts
from kg.extract.extractor import ATTRIBUTE_CUT
from kg.extract.facts import attributes as module_of_attributes
from kg.extract.facts import qualifiers as module_of_qualifiers
from kg.extract.facts import status as module_of_status
from kg.extract.facts.attributes import Attributed, attributes
from kg.extract.facts.claims import Claims
from kg.extract.facts.heard import Heard, asked_of
from kg.extract.facts.qualifiers import CLEAR, Qualified, QualifierModel, qualify, settle_amounts, telling
from kg.extract.facts.status import Status, status_of
from kg.extract.forest import Forest
from kg.extract.learned import as_lines
from kg.extract.proposing.candidates import Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.rivals import Scored
from kg.extract.reading import Reading
from kg.schema.ontology import ontology
from tests.extract.extract_grammar import read_text


def best(text: str, predicate: str) -> tuple[Candidate, Proposer]:
    """Return the candidate of a predicate that the grammar likes best."""
    proposer = Proposer(read_text(text))
    every = [c for candidates in proposer.candidates() for c in candidates if c.predicate == predicate]
    return max(every, key=lambda c: c.rule), proposer


def heard_of(reading: Reading) -> Heard:
    """Return what the package's encoder makes of a text's facts."""
    return Heard(reading, texts.trained().encode(reading.text, reading.segments))


def status(text: str, predicate: str) -> Status:
    c, proposer = best(text, predicate)
    return status_of(c, proposer, heard_of(proposer.reading).status(asked_of(c)))


def entry(*places: tuple[float, Candidate]) -> Scored:
    """Return a claim with the places that tell it."""
    c = places[0][1]
    return Scored((c.subject.entity, c.predicate, c.object.entity), [*places])


def qualified(text: str, predicate: str) -> Qualified:
    c, proposer = best(text, predicate)
    return qualify(entry((1.0, c)), proposer, Claims([]), heard_of(proposer.reading))


def held(text: str) -> dict[tuple[str, str], Attributed]:
    reading = read_text(text)
    likely = [a for a in attributes(Proposer(reading), heard_of(reading)) if a.confidence >= ATTRIBUTE_CUT]
    return {(reading.entities[a.entity].name, a.name): a for a in likely}


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        ("Pinewhistle AI leases Gorse Field from Tarn Cloud.", "LEASES_FROM", "asserted"),
        ("Pinewhistle AI has signed a lease with Tarn Cloud.", "LEASES_FROM", "asserted"),
        ("Pinewhistle AI is in talks to lease Gorse Field from Tarn Cloud.", "LEASES_FROM", "planned"),
        ("Moorhen Capital plans to invest in Bramble Labs.", "INVESTS_IN", "planned"),
        ("Pinewhistle AI used to rent capacity from Tarn Cloud.", "LEASES_FROM", "ended"),
        ("Pinewhistle AI has reportedly leased Gorse Field.", "LEASES", "reported"),
        ("Osprey Group has agreed to acquire Bramble Labs.", "ACQUIRES", "planned"),
        ("Ines Farrow, the former chief executive of Bramble Labs, wrote it.", "LEADS", "ended"),
        ("Pinewhistle AI denied that it had leased Gorse Field from Tarn Cloud.", "LEASES_FROM", "ended"),
        ("Tarn Cloud may buy H100 chips next year.", "USES_CHIP", "speculative"),
        ("Ines Farrow founded Bramble Labs in 2019.", "LEADS", "asserted"),
    ],
)
def test_status(text: str, predicate: str, expected: str) -> None:
    assert status(text, predicate).status == expected


def test_a_denial_says_how_it_ended_and_by_which_words() -> None:
    found = status("Pinewhistle AI denied that it had leased Gorse Field from Tarn Cloud.", "LEASES_FROM")
    assert (found.ended_as, found.stage) == ("denied", "ended")
    assert found.cues


@pytest.mark.parametrize(
    ("text", "predicate", "expected"),
    [
        (
            "Pinewhistle AI leases 60 megawatts from Tarn Cloud for 12 years at Gorse Field.",
            "LEASES_FROM",
            {"capacity_mw": 60, "term_years": 12, "facility": "Gorse Field"},
        ),
        (
            "Moorhen Capital bought 8% of Bramble Labs for $30 million.",
            "INVESTS_IN",
            {"stake_pct": 8, "value_usd": 3e7},
        ),
        (
            "Ines Farrow, chief financial officer of Bramble Labs, said so.",
            "LEADS",
            {"title": "chief financial officer"},
        ),
        ("Tarn Cloud has bought 4,096 H100 chips.", "USES_CHIP", {"chip_count": 4096}),
    ],
)
def test_qualifiers(text: str, predicate: str, expected: dict[str, object]) -> None:
    assert qualified(text, predicate).values == expected


def test_bounds_are_kept() -> None:
    found = qualified("Pinewhistle AI leases up to 60 megawatts from Tarn Cloud.", "LEASES_FROM")
    assert found.quantities["capacity_mw"].bound == "up to"


def test_attributes_of_a_site() -> None:
    found = held("Gorse Field, a 240-megawatt campus, will cost $2.4 billion and open in May 2027.")
    assert {name: a.value for (_, name), a in found.items()} == {
        "capacity_mw": 240, "cost_usd": 2.4e9, "opens": "2027-05"}  # fmt: skip
    assert found["Gorse Field", "opens"].status.status == "planned"


def test_a_role_is_told_of_the_company_described() -> None:
    found = held("Tarn Cloud, a neocloud, rents Gorse Field. Moorhen Capital is a private equity firm.")
    assert found["Tarn Cloud", "role"].value == "neocloud"
    assert found["Moorhen Capital", "role"].value == "investor"


TEXT = (
    "Pinewhistle AI leases 60 megawatts at Gorse Field from Tarn Cloud until 2030. It may buy H100 chips.\n\n"
    "Tarn Cloud, a neocloud worth $3 billion, denied it. Was Tomas Reyl its chief executive?"
)


def test_whatever_is_found_is_known_to_the_ontology() -> None:
    proposer = Proposer(read_text(TEXT))
    heard = heard_of(proposer.reading)
    for candidates in proposer.candidates():
        claims = Claims(candidates)
        for c in candidates:
            found = status_of(c, proposer, heard.status(asked_of(c)))
            assert found.status in STATUSES
            assert found.stage is None or found.stage in STAGES
            assert (found.ended_as in ENDED_AS) == (found.status == "ended")
            limits = qualify(entry((1.0, c)), proposer, claims, heard).values
            assert set(limits) <= set(ontology().predicates[c.predicate].qualifiers)
    for a in attributes(proposer, heard):
        assert 0 <= a.confidence <= 1
        assert proposer.reading.entities[a.entity].type in ontology().attributes[a.name].domain


APART = (
    "Pinewhistle AI leases Gorse Field. The hall stands in Denver, and Osprey Group built it.\n\n"
    "A spokesman had no comment. Rents in the region rose last year, brokers said, and power is scarce.\n\n"
    "Pinewhistle AI leases Gorse Field for 12 years. It began to hire in spring."
)


@pytest.mark.parametrize(("clear", "expected"), [(CLEAR, {"term_years": 12.0}), (CLEAR - 0.01, {})])
def test_what_limits_a_claim_is_gathered_from_all_places_that_tell_it_clearly(
    clear: float, expected: dict[str, float]
) -> None:
    proposer = Proposer(read_text(APART))
    every = (c for candidates in proposer.candidates() for c in candidates if c.predicate == "LEASES")
    first, *_, last = sorted((c for c in every if min(c.subject.item, c.object.item) >= 0), key=lambda c: c.segment)
    assert first.segment < last.segment - 2
    model = QualifierModel(Forest.from_json([]), {"term_years": 0.5})
    told = entry((0.9, first), (clear, last))
    assert qualify(told, proposer, Claims([]), heard_of(proposer.reading), model).values == expected


def test_places_with_both_ends_tell_what_limits_a_claim_where_there_are_any() -> None:
    c, _ = best("Pinewhistle AI leases Gorse Field.", "LEASES")
    absent = replace(c.object, item=-1)
    told = [(0.9 - n / 10, replace(c, segment=n, object=absent if n in (0, 2) else c.object)) for n in range(4)]
    assert [place.segment for _, place in telling(entry(*told))] == [1, 3]
    assert [place.segment for _, place in telling(entry(told[1], told[2]))] == [1]
    assert [place.segment for _, place in telling(entry(told[0], told[2]))] == [0]


def test_an_amount_that_stands_once_limits_one_claim_of_a_pair() -> None:
    c, _ = best("Pinewhistle AI leases capacity from Osprey Group.", "LEASES_FROM")
    back = replace(c, predicate="INVESTS_IN", subject=c.object, object=c.subject)
    other = replace(c, object=replace(c.object, entity=c.object.entity + 100))

    def with_money(chance: float, item: int) -> Qualified:
        return Qualified({"value_usd": 8e9, "term_years": 3}, told={"value_usd": (chance, 0, item)})

    found = [(c, with_money(0.6, 4)), (back, with_money(0.7, 4)), (c, with_money(0.5, 9)), (other, with_money(0.5, 4))]
    settle_amounts(found)
    assert ["value_usd" in qualified.values for _, qualified in found] == [False, True, True, True]
    assert all(qualified.values["term_years"] == 3 for _, qualified in found)


@pytest.mark.parametrize("module", [module_of_attributes, module_of_qualifiers, module_of_status])
def test_weights_that_were_learned_beside_another_encoder_are_refused(
    module: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, other = ("arrays_of", as_lines(["0" * 16])) if module is module_of_status else ("weights_of", "0" * 16)
    known = getattr(module, read)
    monkeypatch.setattr(module, read, lambda name: {**known(name), "encoder": other})
    with pytest.raises(OntologyError, match=r"run: python scripts/dev\.py train"):
        module.trained.__wrapped__()
    monkeypatch.undo()
    assert module.trained.__wrapped__()
