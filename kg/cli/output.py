"""Writes answers where the user wants them: data on standard output or into a file, all else on standard error."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from kg.questions.answer import Answer
from kg.render.formats import format_for, writer
from kg.render.terminal import is_terminal, note

ROWS = 50
"""Rows that a table on a terminal has unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Output:
    """The form and place of a command's data; ``limit`` is the most rows, None for all."""

    format: str
    path: str | None
    limit: int | None = None

    @property
    def for_people(self) -> bool:
        """Say whether the format is one to read, which shows the first rows where a program gets all."""
        return self.format in ("table", "md")

    def write(self, answer: Answer) -> None:
        """Write an answer, then say on standard error what a reader should know."""
        with self.stream() as out:
            writer(self.format)(answer, out)
        for text in answer.notes:
            note(text)
        left = answer.total - len(answer)
        if left > 0:
            note(f"… {left:,} more {'row' if left == 1 else 'rows'}; all with --limit 0")
        if self.path:
            note(f"{len(answer):,} {'row' if len(answer) == 1 else 'rows'} written to {self.path}")

    @contextmanager
    def stream(self) -> Iterator[TextIO]:
        """Open the file, which appears whole or not at all, or standard output."""
        if self.path is None:
            yield sys.stdout
            sys.stdout.flush()
            return
        from pathlib import Path  # noqa: PLC0415  only for files

        from kg.export.target import Target  # noqa: PLC0415  as above

        with Target(Path(self.path)) as target:
            yield target.open()


def chosen(format_: str | None, path: str | None, limit: int | None = None) -> Output:
    """Return where and how to write; raises UsageError for a format or suffix that there is none for."""
    path = None if path == "-" else path
    screen = path is None and is_terminal(sys.stdout)
    name = format_for(format_, path, terminal=screen)
    if limit is None and screen and name == "table":
        limit = ROWS
    return Output(name, path, limit or None)
