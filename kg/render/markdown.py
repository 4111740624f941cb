"""Markdown: the table that people read, for notes and issues; evidence as quotations below it."""

from typing import TextIO

from kg.questions.answer import Answer
from kg.render import cells


def write_markdown(answer: Answer, out: TextIO) -> None:
    """Write a table, then for each row with evidence its quotations; nothing where there are no rows."""
    shown = cells.columns(answer)
    if not shown:
        return
    out.write(_row([column.heading for column in shown]))
    out.write(_row(["---:" if column.right else "---" for column in shown]))
    out.writelines(_row([_escaped(column.text(row)) for column in shown]) for row in answer)
    for row in answer:
        if row.evidence:
            first = [column.text(row) for column in shown[:4]]
            out.write(f"\n**{_escaped(' · '.join(filter(None, first)))}**\n")
            out.writelines(
                f"\n> {_escaped(cells.line(entry['quote']))}\n>\n> {_escaped(cells.cite(entry))}\n"
                for entry in cells.quotes(row)
            )


def _row(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |\n"


def _escaped(text: str) -> str:
    for mark in "\\|*_`<>[]":
        text = text.replace(mark, f"\\{mark}")
    return text


WRITERS = {"md": write_markdown}
