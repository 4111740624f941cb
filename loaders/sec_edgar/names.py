"""Names as EDGAR writes them: in capitals, with the state of incorporation behind a slash."""

import re

from kg.core.external import external_id

_STATE = re.compile(r"\s*/\s*(?:[A-Za-z]{2,3}|NEW|ADV|FI|BD)\s*/?\s*$")


def plain(name: str) -> str:
    """Return a name without EDGAR's mark of a state: "ENTERGY CORP /DE/", "Core Scientific, Inc./tx"."""
    return (_STATE.sub("", name).strip() or name) if "/" in name else name


def text(value: object) -> str:
    """Return a value as a cell: null, and the word that stands for it, say nothing."""
    if type(value) is str and value.isascii() and "  " not in value:
        return "" if value == "None" else value.strip()
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(text, value)))
    return " ".join(str(value).split())


def cik_of(value: object) -> str | None:
    """Return the number of a filer without the zeros before it, whether it comes as a number or padded text."""
    if type(value) is int and 0 < value < 10_000_000_000:
        return str(value)
    try:
        return external_id("cik", text(value)).removeprefix("cik:")
    except ValueError:
        return None
