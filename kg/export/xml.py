"""The little XML that the graph formats need: escaping that survives every parser's whitespace rules."""

import re

_SPECIAL = re.compile(r"[&<>\"\r\n\t]")
"""What may need escaping: most values hold none of it, and looking is cheaper than translating."""

_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_QUOTED = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text(value: str) -> str:
    """Return the value for the inside of an element; carriage returns stay."""
    return value.translate(_TEXT) if _SPECIAL.search(value) else value


def quoted(value: str) -> str:
    """Return the value as an attribute with its quotes; line breaks and tabs stay."""
    return f'"{value.translate(_QUOTED)}"' if _SPECIAL.search(value) else f'"{value}"'
