"""What the command of one question has: its options and arguments, and its help."""

from collections.abc import Mapping
from typing import Any

import click

from kg.cli.complete import entity_names
from kg.exceptions import UsageError
from kg.questions.question import Parameter, Question


def option(parameter: Parameter) -> click.Option:
    """Return the option of a parameter, which completes entity names and choices."""
    kind = "DATE" if parameter.type == "date" else "N" if parameter.type == "number" else "TEXT"
    default = f"  [default: {parameter.default:g}]" if isinstance(parameter.default, float) else ""
    choices = f": {', '.join(parameter.choices)}" if parameter.choices else ""
    needed = "  [required]" if parameter.required else ""
    meaning = parameter.meaning[0].upper() + parameter.meaning[1:]
    return click.Option(
        [parameter.option, parameter.name],
        metavar="|".join(parameter.entity_types).upper() or "NAME" if parameter.is_entity else kind,
        help=f"{meaning}{choices}.{default}{needed}",
        shell_complete=_completer(parameter),
    )


def argument(parameter: Parameter) -> click.Argument:
    """Return the argument that a required parameter may be given as."""
    return click.Argument(
        [f"{parameter.name}_"],
        required=False,
        metavar=f"[{parameter.name.upper()}]",
        shell_complete=_completer(parameter),
    )


def _completer(parameter: Parameter) -> Any:
    if parameter.choices:
        return lambda _ctx, _param, text: [choice for choice in parameter.choices if choice.startswith(text)]
    return entity_names(parameter.entity_types) if parameter.is_entity else None


def parameters(question: Question, given: Mapping[str, Any]) -> dict[str, object]:
    """Return the question's own parameters, given as options or in the order of the required ones."""
    own = {parameter.name: given[parameter.name] for parameter in question.parameters}
    for parameter in question.parameters:
        value = given.get(f"{parameter.name}_")
        if value is not None and own[parameter.name] is not None:
            raise UsageError(f"{parameter.option} is given twice: {own[parameter.name]!r} and {value!r}.")
        own[parameter.name] = own[parameter.name] if value is None else value
    return own


def _unlike(question: Question) -> list[str]:
    """Return wordings that ask different things: the first one for each choice of slots."""
    first: dict[tuple[object, ...], str] = {}
    for wording in question.wordings:
        slots = [parameter.name for parameter in question.parameters if f"{{{parameter.name}}}" in wording.text]
        first.setdefault((*slots, *wording.preset.values()), wording.text)
    return list(first.values())


def help_text(question: Question) -> str:
    """Return the help of a question: what it asks, how, and what its columns mean."""
    wordings = "\n".join(f"  {text.replace('{', '<').replace('}', '>')}" for text in _unlike(question))
    examples = "\n".join(f"  kg ask {example}" for example in question.examples)
    columns = "\n".join(f"  {c.name:<16} {c.meaning}{f' ({c.unit})' if c.unit else ''}" for c in question.answered)
    return (
        f"{question.question}\n\n\b\nExamples:\n{examples}\n\n\b\nAsked in words, for instance:\n{wordings}"
        f"\n\n\b\nColumns:\n{columns}"
    )
