"""The table format: a table as wide as the terminal, or as wide as it needs where there is none."""

from typing import TextIO

from kg.questions.answer import Answer
from kg.render.table import lines
from kg.render.terminal import colours, is_terminal, note, width

_ANY = 100_000
"""Width where nobody looks: nothing is wrapped."""


def write_table(answer: Answer, out: TextIO) -> None:
    """Write the table."""
    room = width(out) if is_terminal(out) else _ANY
    written, dropped = lines(answer, room, colour=colours(out))
    out.writelines(text.rstrip() + "\n" for text in written)
    if dropped:
        note(f"No room for: {', '.join(dropped)}. A wider window or --format csv shows all.")


WRITERS = {"table": write_table}
