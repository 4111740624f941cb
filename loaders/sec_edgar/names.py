"""Names as EDGAR writes them: in capitals, with the state of incorporation behind a slash."""

import re

from kg.core.external import external_id

_STATE = re.compile(r"\s*/\s*(?:[A-Za-z]{2,3}|NEW|ADV|FI|BD)\s*/?\s*$")


def plain(name: str) -> str:
    """Return a name without EDGAR's mark of a state: "ENTERGY CORP /DE/", "Core Scientific, Inc./tx"."""
    bare = _STATE.sub("", name).strip()
    return bare or name


def text(value: object) -> str:
    """Return a value as a cell: null, and the word that stands for it, say nothing."""
    if value is None or value == "None":
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(text, value)))
    return " ".join(str(value).split())


def cik_of(value: object) -> str | None:
    """Return the number of a filer without the zeros before it, whether it comes as a number or padded text."""
    try:
        return external_id("cik", text(value)).removeprefix("cik:")
    except ValueError:
        return None
