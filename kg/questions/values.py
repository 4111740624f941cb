"""What a person gives for a parameter, as the value that the query takes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.exceptions import UsageError, did_you_mean
from kg.questions.question import Parameter, Question
from kg.store.base import Store


@dataclass(slots=True)
class Bound:
    """The parameters of one run: ``values`` for the query, ``shown`` for people, ``notes`` on what was made of them.

    ``exact`` is False where part of a name, or a name that nothing mentions, stood for an entity.
    """

    values: dict[str, Any] = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    exact: bool = True


def bind(store: Store, question: Question, given: Mapping[str, object]) -> Bound:
    """Return the values for every parameter of the question; None means no restriction.

    Raises UsageError for a parameter that the question does not have or that is missing, and for a value that is none.
    """
    plain = {name.replace("-", "_"): value for name, value in given.items()}
    for name in plain:
        if question.parameter(name) is None:
            raise UsageError(_unknown(question, name))
    bound = Bound()
    for parameter in question.parameters:
        value = plain.get(parameter.name)
        if value is None or value == "":
            if parameter.required:
                raise UsageError(f"The question {question.name} needs {parameter.option}: {parameter.meaning}.")
            bound.values[parameter.name] = parameter.default
        else:
            _take(store, parameter, value, bound)
    return bound


def _unknown(question: Question, name: str) -> str:
    names = [parameter.option for parameter in question.parameters]
    return (
        f"The question {question.name} has no parameter {name!r}.{did_you_mean(f'--{name}', names)} "
        f"It has: {', '.join(names)}."
    )


def _take(store: Store, parameter: Parameter, value: object, bound: Bound) -> None:
    bound.shown[parameter.name] = value
    if parameter.is_entity:
        from kg.questions.names import find  # noqa: PLC0415  not every question is about somebody

        found = find(store, str(value), parameter.entity_types)
        bound.values[parameter.name], bound.shown[parameter.name] = found.id, found.name
        bound.entities.append(found.name)
        bound.exact = bound.exact and found.exact and found.mentioned
        if not found.mentioned:
            bound.notes.append(f"{found.name} is known, but no document in {store.address} mentions it.")
        elif not found.exact:
            bound.notes.append(f"{parameter.option} {value}: taken for {found.name} ({found.id}).")
    elif parameter.type == "number":
        bound.values[parameter.name] = _number(parameter, value)
    elif parameter.type == "date":
        bound.values[parameter.name] = _date(parameter, value)
    elif parameter.type == "choice":
        bound.values[parameter.name] = _choice(parameter, str(value))
    else:
        bound.values[parameter.name] = str(value)


def _number(parameter: Parameter, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{parameter.option} {value!r} is no number.")
    return number


def _date(parameter: Parameter, value: object) -> object:
    from kg.core.dates import is_date  # noqa: PLC0415  few questions take one

    if not is_date(value):
        raise UsageError(f"{parameter.option} {value!r} is no date; one looks like 2026, 2026-05 or 2026-05-07.")
    return value


def _choice(parameter: Parameter, value: str) -> str:
    wanted = value.strip().casefold().replace("-", " ").replace("_", " ")
    if wanted not in parameter.choices:
        raise UsageError(
            f"{parameter.option} {value!r} is none of {', '.join(parameter.choices)}."
            f"{did_you_mean(wanted, parameter.choices)}"
        )
    return wanted
