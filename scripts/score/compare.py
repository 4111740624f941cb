"""When a name or a value that was read is the one that an annotator meant."""

import re
import unicodedata

LEGAL = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc lp ag se sa nv group holding holdings".split()
)
"""Words that tell no names apart."""

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


def form(name: object) -> str:
    """Return what two spellings of a name share: folded letters and digits, without legal words and possessives."""
    folded = re.sub(r"['’]s\b", "", unicodedata.normalize("NFKD", str(name)).casefold())
    words = re.findall(r"\w+", folded)
    kept = [word for word in words if word not in LEGAL]
    return "".join(kept).replace("_", "") or "".join(words).replace("_", "")


def same_value(gold: object, found: object) -> bool:
    """Say whether two values are one: numbers within 1 %, dates as far as both go, anything else as names are."""
    numbers = _number(gold), _number(found)
    if numbers[0] is not None and numbers[1] is not None:
        return abs(numbers[0] - numbers[1]) <= 0.01 * max(abs(numbers[0]), 1e-9)
    told, read = str(gold).casefold(), str(found).casefold()
    if _DATE.fullmatch(told) and _DATE.fullmatch(read):
        return told.startswith(read) or read.startswith(told)
    return form(told) == form(read)


def _number(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]  # whatever it is, it is a number or it is not
    except (TypeError, ValueError):
        return None
