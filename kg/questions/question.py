"""A question: what an analyst can ask, as the header of a ``.cypher`` file declares it."""

from dataclasses import dataclass
from typing import Any

ANYTHING = "any"
"""The type of a parameter or column that takes an entity of any type."""

FACT_COLUMNS = ("status", "sources", "claims")
"""What every row about facts carries: what the sources commit to, how many there are, and what they claim."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """An input: ``type`` is text, number, date, choice, ``any`` or entity types joined by "|"."""

    name: str
    type: str
    meaning: str
    required: bool = False
    default: float | str | None = None
    choices: tuple[str, ...] = ()

    @property
    def entity_types(self) -> tuple[str, ...]:
        """The entity types that it takes, () for all of them, if ``is_entity``."""
        return () if self.type == ANYTHING else tuple(self.type.split("|"))

    @property
    def is_entity(self) -> bool:
        """Say whether its value is the name of an entity."""
        return self.type == ANYTHING or self.type[0].isupper()

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return "--" + self.name.replace("_", "-")


@dataclass(frozen=True, slots=True)
class Column:
    """An output: ``type`` is text, number, integer, date, flag, list, id, ids, status, predicate or entity types."""

    name: str
    type: str
    meaning: str
    unit: str | None = None


WITHDRAWN = Column("withdrawn", "flag", "whether later editions of its tables lack all rows that say it")
"""What answers about facts have beside the columns of their question."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to ask it: text with ``{parameter}`` slots, and parameters that the wording itself sets."""

    text: str
    preset: dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with declared inputs and outputs.

    ``examples`` are what to write after ``kg ask``. ``about`` is "facts" (rows with status, sources and claims, which
    filters apply to) or "documents". ``search`` names the module that calls the query more than once to find the
    answer, ``given`` the parameters that this module fills, ``internal`` the columns that it alone reads.
    """

    name: str
    theme: str
    title: str
    question: str
    wordings: tuple[Wording, ...]
    examples: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    cypher: str
    about: str = "facts"
    search: str | None = None
    given: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()

    @property
    def answered(self) -> tuple[Column, ...]:
        """The columns of its answers: its own, and of facts whether they are withdrawn."""
        return (*self.columns, WITHDRAWN) if self.about == "facts" else self.columns

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of this name; ``deal-kind`` and ``deal_kind`` are one."""
        plain = name.replace("-", "_")
        return next((parameter for parameter in self.parameters if parameter.name == plain), None)


def from_json(data: dict[str, Any]) -> Question:
    """Build a question from its compiled form."""
    plain = ("name", "theme", "title", "question", "cypher", "about", "search")
    return Question(
        wordings=tuple(Wording(text, preset) for text, preset in data["wordings"]),
        parameters=tuple(_parameter(cells) for cells in data["parameters"]),
        examples=tuple(data["examples"]),
        columns=tuple(Column(*cells) for cells in data["columns"]),
        given=tuple(data["given"]),
        internal=tuple(data["internal"]),
        **{name: data[name] for name in plain},
    )


def _parameter(cells: list[Any]) -> Parameter:
    name, kind, meaning, required, default, choices = cells
    return Parameter(name, kind, meaning, required, default, tuple(choices))
