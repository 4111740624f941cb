"""Answers: typed rows that show as tables, convert to plain data, and keep their evidence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from kg.exceptions import KGError
from kg.questions.question import Column

if TYPE_CHECKING:
    import pandas


class Row(Mapping[str, Any]):
    """One row: a mapping by column whose values are attributes, too.

    Numbers are int or float, dates ISO text, lists lists; None where nothing is told. ``evidence`` lists where it is
    said, if the question was asked with evidence (see ``kg.questions.evidence``); ``weak`` tells whether nothing but
    weak claims support it, where that was looked up.
    """

    __slots__ = ("_values", "evidence", "weak")

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)
        self.evidence: list[dict[str, Any]] | None = None
        self.weak = False

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(f"no column {name!r}; there are {', '.join(self._values)}") from None

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._values]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self._values.items() if value is not None)})"

    def add(self, column: Column, *, value: Any) -> None:
        """Give the row a value that was looked up after its question was answered."""
        self._values[column.name] = value

    def to_dict(self) -> dict[str, Any]:
        """Return the row as a plain dictionary, with ``evidence`` if it was asked for."""
        extra = {} if self.evidence is None else {"evidence": [dict(entry) for entry in self.evidence]}
        return {**self._values, **extra}


class Answer(Sequence[Row]):
    """What a question, a card or a query gave: rows with declared columns.

    ``name`` and ``title`` say what was asked, ``parameters`` with what, ``notes`` what a reader should know about it,
    ``total`` how many rows there are, if not all are here.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        columns: Sequence[Column],
        *,
        name: str = "",
        title: str = "",
        parameters: Mapping[str, Any] | None = None,
        notes: Sequence[str] = (),
        total: int | None = None,
    ) -> None:
        self.rows = list(rows)
        self.columns = tuple(columns)
        self.name = name
        self.title = title
        self.parameters = dict(parameters or {})
        self.notes = list(notes)
        self.total = len(self.rows) if total is None else total

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        from kg.render.table import table  # noqa: PLC0415  only where somebody looks

        head = f"{self.title}\n" if self.title else ""
        notes = "".join(f"\n{note}" for note in self.notes)
        return f"{head}{table(self, width=120)}{notes}".rstrip()

    def _repr_html_(self) -> str:
        from kg.render.html import html_table  # noqa: PLC0415  only in notebooks

        return html_table(self)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as plain dictionaries."""
        return [row.to_dict() for row in self.rows]

    def to_pandas(self) -> "pandas.DataFrame":
        """Return the rows as a DataFrame; raises KGError where pandas is not installed."""
        try:
            import pandas  # noqa: PLC0415  an extra
        except ImportError:
            raise KGError("pandas is not installed. Install it with: pip install 'ai-compute-kg[pandas]'") from None
        return pandas.DataFrame([dict(row) for row in self.rows], columns=[column.name for column in self.columns])
