"""Numbers of cells as quantities, worded alike however a spreadsheet has saved them."""

from kg.core.claim import EXACT, Quantity, plain


def quantity(
    value: float,
    unit: str,
    *,
    basis: str | None = None,
    currency: str | None = None,
    per: str | None = None,
    as_of: str | None = None,
    low: float | None = None,
    high: float | None = None,
) -> Quantity:
    """Return the quantity of a number in a cell; ``low`` and ``high`` where the table gives an interval.

    Its text is made from the number, not from the cell, since 2E+11 and 200000000000 are one cell saved twice: claims
    with them must be one claim. The cell itself stands in the evidence.
    """
    lowest = value if low is None else low
    highest = value if high is None else high
    return Quantity(worded(value, unit), lowest, highest, unit, basis, currency, per, as_of)


def worded(value: float, unit: str) -> str:
    """Return the text of a number in a cell: "300 MW"."""
    is_whole = isinstance(value, float) and value.is_integer() and abs(value) < EXACT
    number = int(value) if is_whole else plain(round(value, 3))  # rounding takes longest
    return f"{number} {unit}"
