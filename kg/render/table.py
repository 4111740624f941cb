"""Tables for people: on a terminal, with the evidence under each row.

Written here rather than with a library because quotes stand under their row, across all columns, and because nothing is
ever cut: what does not fit is wrapped, and a column that must be left out is named.
"""

from collections.abc import Iterator

from kg.questions.answer import Answer, Row
from kg.render import cells
from kg.render.layout import beside, fit, wrap

_DISPENSABLE = ("stage", "basis", "date", "reported", "term", "facility")
"""Headings of columns that go first where the screen is too narrow."""
_INDENT = "    "


def table(answer: Answer, width: int, *, colour: bool = False) -> str:
    """Return the answer as lines of at most ``width`` places, as far as words allow."""
    return "\n".join(lines(answer, width, colour=colour)[0])


def lines(answer: Answer, width: int, *, colour: bool = False) -> tuple[list[str], list[str]]:
    """Return the table's lines, and the headings of columns that had no room."""
    shown = cells.columns(answer)
    if not shown:
        return [], []
    texts = [[column.text(row) for row in answer] for column in shown]
    shown, texts, widths, dropped = _fitted(shown, texts, width)
    right = [column.right for column in shown]
    result = [_style(line, "1", on=colour) for line in beside([column.heading for column in shown], widths, right)]
    result.append("  ".join("─" * room for room in widths))
    for number, row in enumerate(answer):
        result += beside([column[number] for column in texts], widths, right)
        result += evidence_lines(row, width, colour=colour)
    return result, dropped


def _fitted(
    shown: list[cells.Shown], texts: list[list[str]], width: int
) -> tuple[list[cells.Shown], list[list[str]], list[int], list[str]]:
    """Leave columns out until the others have room; what cannot be left out may run over."""
    dropped: list[str] = []
    while True:
        columns = [[column.heading, *column_texts] for column, column_texts in zip(shown, texts, strict=True)]
        widths = fit(columns, width)
        if widths:
            return shown, texts, widths, dropped
        victim = next((n for name in _DISPENSABLE for n, c in enumerate(shown) if c.heading == name), None)
        if victim is None:
            return shown, texts, [max(4, min(12, max(map(len, cells_)))) for cells_ in columns], dropped
        dropped.append(shown[victim].heading)
        shown = shown[:victim] + shown[victim + 1 :]
        texts = texts[:victim] + texts[victim + 1 :]


def evidence_lines(row: Row, width: int, *, colour: bool = False) -> Iterator[str]:
    """Yield the quotes of a row, each with where it stands below it; an empty line ends them."""
    room = max(30, width - len(_INDENT))
    for entry in cells.quotes(row):
        for text in wrap(f"“{cells.line(entry['quote'])}”", room):
            yield _INDENT + text
        for text in wrap(cells.cite(entry), room - 2):
            yield _INDENT + "  " + _style(text, "2", on=colour)
    if row.evidence is not None:
        yield ""


def _style(text: str, code: str, *, on: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if on else text
