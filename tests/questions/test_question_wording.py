"""A question is found by the way people word it, and its slots are filled with names that exist."""

import pytest

from kg.exceptions import UsageError
from kg.questions.run import ask
from kg.store.base import Store


@pytest.mark.parametrize(
    ("text", "name", "parameters"),
    [
        ("who leases from whom", "leases", {}),
        ("Who leases from SpaceX?", "leases", {"landlord": "SpaceX"}),
        ("what does the anthropic lease", "leases", {"tenant": "Anthropic"}),
        ("who leases Colossus 1?", "leases", {"facility": "Colossus 1"}),
        ("who runs colossus 1", "facility", {"facility": "Colossus 1", "role": "operator"}),
        ("who runs Nvidia", "ownership", {"what": "Nvidia", "relation": "leads"}),
        ("Who leads OpenAI?", "ownership", {"what": "OpenAI", "relation": "leads"}),
        ("how is Anthropic connected to Crusoe", "connected", {"entity": "Anthropic", "other": "Crusoe"}),
        ("what is between Anthropic and Crusoe", "connected", {"entity": "Anthropic", "other": "Crusoe"}),
        ("what's", None, 'No question is worded like "what\'s new".*Closest'),
        ("where do sources disagree", "weak", {"why": "disputed"}),
        ("what is new since 2026-06", "recent", {"since": "2026-06"}),
        ("king of France", None, "No question is worded like 'king of France'. Closest: "),
        ("who leases from Anthropik", None, "No company 'Anthropik'.*Did you mean Anthropic"),
        ("leeses", None, "No question 'leeses'. Did you mean leases"),
    ],
)
def test_wordings(sample: Store, text: str, name: str | None, parameters: dict[str, str] | str) -> None:
    if name is None:
        with pytest.raises(UsageError, match=str(parameters)):
            ask(sample, text if " " in text or text == "leeses" else f"{text} new")
        return
    answer = ask(sample, text)
    assert (answer.name, answer.parameters) == (name, parameters)


def test_a_parameter_can_be_added_to_a_wording(sample: Store) -> None:
    answer = ask(sample, "who leases from SpaceX", {"tenant": "Meta"})
    assert {row.tenant for row in answer} == {"Meta"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"tenat": "x"}, "has no parameter 'tenat'. Did you mean --tenant"),
        ({"tenant": ""}, ""),
    ],
)
def test_parameters_that_do_not_exist(sample: Store, given: dict[str, object], message: str) -> None:
    if not message:
        assert ask(sample, "leases", given).to_dicts() == ask(sample, "leases").to_dicts()
        return
    with pytest.raises(UsageError, match=message):
        ask(sample, "leases", given)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("facility", {}, "needs --facility"),
        ("facility", {"facility": "Colossus 1", "role": "onwer"}, "Did you mean owner"),
        ("recent", {"since": "last week"}, "--since 'last week' is no date"),
        ("connected", {"entity": "xAI", "other": "Crusoe", "steps": "many"}, "--steps 'many' is no number"),
        ("connected", {"entity": "xAI", "other": "Crusoe", "steps": "inf"}, "--steps 'inf' is no number"),
        ("connected", {"entity": "xAI", "other": "Crusoe", "steps": "nan"}, "--steps 'nan' is no number"),
    ],
)
def test_values_that_are_none(sample: Store, name: str, given: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message) as error:
        ask(sample, name, given)
    assert "\n" not in str(error.value)


def test_choices_may_be_spelt_with_hyphens(sample: Store) -> None:
    assert ask(sample, "financing", {"relation": "lends-to"}).parameters == {"relation": "lends-to"}
    assert {row.relation for row in ask(sample, "financing", {"relation": "Lends To"})} == {"lends to"}
