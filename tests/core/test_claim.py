"""Claims: ids from what is said and by whom; a row's claim is the same in every edition of its table."""

from dataclasses import MISSING, FrozenInstanceError, fields, replace
from inspect import Parameter, signature

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.core.claim import STATUSES, Claim, EntityName, Evidence, Quantity, row_key

NAMES = st.builds(EntityName, st.text(min_size=1), st.sampled_from(["Company", "Facility"]))
EVIDENCE = st.builds(Evidence, st.text(), st.none() | st.integers(0, 99), st.none(), st.none() | st.text())
NUMBERS = st.none() | st.floats(0, 1e12)
QUANTITIES = st.builds(Quantity, st.text(), NUMBERS, NUMBERS, st.none() | st.just("MW"))
CLAIMS = st.builds(
    Claim,
    document=st.text(),
    document_id=st.text(),
    subject=NAMES,
    predicate=st.just("LEASES_FROM"),
    evidence=EVIDENCE,
    object=NAMES,
    qualifiers=st.dictionaries(st.sampled_from(["capacity_mw", "value_usd"]), st.floats(0, 1e12) | st.integers(0, 9)),
    quantities=st.dictionaries(st.just("capacity_mw"), QUANTITIES),
    status=st.sampled_from(STATUSES),
    confidence=st.floats(0, 1),
    also=st.lists(EVIDENCE, max_size=2).map(tuple),
)


def told(**changes: object) -> Claim:
    claim = Claim(
        document="a.txt",
        document_id="doc:1",
        subject=EntityName("Anthropic", "Company"),
        predicate="LEASES_FROM",
        evidence=Evidence("Anthropic leases from xAI", 0, 25),
        object=EntityName("xAI", "Company"),
    )
    return replace(claim, **changes)  # type: ignore[arg-type]


@given(CLAIMS)
def test_a_claim_comes_back_from_its_line(claim: Claim) -> None:
    again = Claim.from_json(claim.to_json())
    assert again.id == claim.id
    assert again.to_json() == claim.to_json()


@pytest.mark.parametrize(
    "changes",
    [
        {"confidence": 0.1},
        {"extractor": "other"},
        {"evidence": Evidence("elsewhere", 7, 16)},
        {"also": (Evidence("again", 9, 14),)},
        {"document": "moved.txt"},
        {"subject": EntityName("Anthropic", "Company", "company:anthropic", ("the Claude maker",))},
    ],
)
def test_what_is_not_said_is_not_in_the_id(changes: dict[str, object]) -> None:
    assert told(**changes).id == told().id


@pytest.mark.parametrize(
    "changes",
    [
        {"document_id": "doc:2"},
        {"predicate": "SUPPLIES"},
        {"status": "planned"},
        {"object": EntityName("xAI Corp", "Company")},
        {"qualifiers": {"capacity_mw": 300}},
        {"quantities": {"capacity_mw": Quantity("up to 300 MW", max=300)}},
    ],
)
def test_what_is_said_is_in_the_id(changes: dict[str, object]) -> None:
    assert told(**changes).id != told().id


def test_whole_numbers_are_one_number() -> None:
    assert told(qualifiers={"capacity_mw": 300.0}).id == told(qualifiers={"capacity_mw": 300}).id


def test_a_row_says_the_same_in_every_edition() -> None:
    key = row_key("epoch-data-centers", "Colossus 1 | phase 2", "owner")
    first, second = (told(key=key, document_id=edition, published=edition) for edition in ("2025", "2026"))
    assert first.id == second.id
    assert (first.source, first.row) == ("epoch-data-centers", "epoch-data-centers|Colossus 1 | phase 2")
    assert told(key=row_key("epoch-data-centers", "Colossus 2", "owner")).id != first.id
    assert (told().source, told().row) == (None, None)


@pytest.mark.parametrize("parts", [("", "row", "field"), ("a|b", "row", "field"), ("a", " ", "b"), ("a", "b", "c|d")])
def test_a_row_key_has_three_parts(parts: tuple[str, str, str]) -> None:
    with pytest.raises(ValueError, match="row key"):
        row_key(*parts)
    with pytest.raises(ValueError, match=r"source\|row\|field"):
        told(key="source|row")


def test_a_claim_has_an_object_or_a_value() -> None:
    with pytest.raises(ValueError, match="not both"):
        told(value=3)
    with pytest.raises(ValueError, match="not both"):
        told(object=None)


def test_its_constructor_takes_its_fields_in_their_order_with_their_defaults() -> None:
    taken = list(signature(Claim).parameters.values())
    assert [parameter.name for parameter in taken] == [field.name for field in fields(Claim)]
    for parameter, field in zip(taken, fields(Claim), strict=True):
        made = field.default if field.default_factory is MISSING else field.default_factory()
        assert parameter.default == (Parameter.empty if made is MISSING else made), field.name


def test_a_claim_never_changes() -> None:
    with pytest.raises(FrozenInstanceError):
        told().status = "ended"  # type: ignore[misc]
