"""An answer as an HTML table, for notebooks."""

import html

from kg.questions.answer import Answer, Row
from kg.render import cells


def html_table(answer: Answer) -> str:
    """Return the table with a caption; evidence unfolds under its row."""
    shown = cells.columns(answer)
    head = "".join(f"<th>{html.escape(column.heading)}</th>" for column in shown)
    body = "".join(
        f"<tr>{''.join(_cell(column, row) for column in shown)}</tr>{_evidence(row, len(shown))}" for row in answer
    )
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in answer.notes)
    caption = html.escape(answer.title)
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{notes}"


def _cell(column: cells.Shown, row: Row) -> str:
    align = ' style="text-align: right"' if column.right else ""
    return f"<td{align}>{html.escape(column.text(row))}</td>"


def _evidence(row: Row, span: int) -> str:
    if not row.evidence:
        return ""
    quotes = "".join(
        f"<blockquote>{html.escape(cells.line(entry['quote']))}<br><small>{html.escape(cells.cite(entry))}</small>"
        "</blockquote>"
        for entry in cells.quotes(row)
    )
    count = len(cells.quotes(row))
    said = "1 quotation" if count == 1 else f"{count} quotations"
    return f'<tr><td colspan="{span}"><details><summary>{said}</summary>{quotes}</details></td></tr>'
