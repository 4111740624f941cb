"""Numbers as spreadsheets and people write them: 2E+11, 1,234.5, 45 %, $38B, up to 300 MW."""

import math
import re
from dataclasses import dataclass

from kg.tables.cells import is_empty
from kg.tables.memo import remembered

_FACTORS = {
    "": 1.0, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "million": 1e6, "b": 1e9,
    "bn": 1e9, "bln": 1e9, "billion": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_UNITS = {
    "mw": ("MW", 1.0), "gw": ("MW", 1e3), "kw": ("MW", 1e-3), "w": ("MW", 1e-6), "megawatts": ("MW", 1.0),
    "gigawatts": ("MW", 1e3), "%": ("%", 1.0), "percent": ("%", 1.0), "years": ("years", 1.0), "year": ("years", 1.0),
    "yr": ("years", 1.0), "yrs": ("years", 1.0), "months": ("years", 1 / 12),
    "gpus": ("chips", 1.0), "chips": ("chips", 1.0),
}  # fmt: skip
_CURRENCIES = {"$": "USD", "us$": "USD", "usd": "USD", "€": "EUR", "eur": "EUR", "£": "GBP", "gbp": "GBP", "¥": "JPY"}
_BOUNDS = {
    "up to": "max", "≤": "max", "<=": "max", "<": "max", "at most": "max", "max": "max", "under": "max",
    "at least": "min", "≥": "min", ">=": "min", ">": "min", "over": "min", "more than": "min", "min": "min",
    "~": "", "≈": "", "about": "", "around": "", "circa": "", "approx.": "",
}  # fmt: skip
_DIGITS = r"[+-]?(?:\d[\d,.'  ]*|\.\d+)(?:[eE][+-]?\d+)?"
_WORDED = re.compile(
    rf"(?P<bound>{'|'.join(sorted(map(re.escape, _BOUNDS), key=len, reverse=True))})?\s*"
    rf"(?P<currency>US\$|[$€£¥]|USD|EUR|GBP)?\s*(?P<low>{_DIGITS})(?:\s*(?:-|–|to)\s*[$€£]?(?P<high>{_DIGITS}))?\s*"
    r"(?P<factor>(?:thousand|million|billion|trillion)s?|mio|bln|bn|mn|mm|tn|[kmbt](?![a-z]))?(?P<open>\+)?\s*(?P<unit>[a-z%]+)?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?")
_POINTS = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as worded: its value in the unit, the bounds that the words put on it, unit and currency if named.

    ``scaled`` says that the words name its size ("38B", "300 million").
    """

    value: float
    low: float | None
    high: float | None
    unit: str | None = None
    currency: str | None = None
    scaled: bool = False


def number(text: str) -> float | None:
    """Return the plain number in a cell, or None for one that says nothing, as "inf" does.

    Reads 2E+11, 1,234.5, 1 234, 1.234,5 and 0,5. Raises ValueError for anything else.
    """
    try:
        value = float(text) if "_" not in text else _spelled(text)
    except ValueError:
        value = _spelled(text)
    return value if math.isfinite(value) else None


@remembered
def _spelled(text: str) -> float:
    plain = re.sub(r"[\s'\u00a0\u202f]", "", text).replace("\u2212", "-")
    if is_empty(plain):
        return math.nan
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _POINTS.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if "_" in plain:
        raise ValueError(f"{text[:60]!r} is no number")
    try:
        return float(plain)
    except ValueError:
        raise ValueError(f"{text[:60]!r} is no number") from None


@remembered
def amount(text: str) -> Amount | None:
    """Return a number with bound, unit and currency ("≤5 GW", "$38B", "at least 2", "10-15 %"), or None if empty.

    Powers come in MW, terms in years. Raises ValueError for what is no single amount.
    """
    worded = " ".join(text.split())
    if not worded:
        return None
    found = _WORDED.fullmatch(worded)
    if found is None:
        raise ValueError(f"{text[:60]!r} is no amount")
    low = number(found["low"].strip())
    high = number(found["high"].strip()) if found["high"] else low
    if low is None or high is None:
        return None
    word = (found["unit"] or "").lower()
    currency = _CURRENCIES.get((found["currency"] or word).lower())
    unit, scale = _unit(text, "" if word in _CURRENCIES else word)
    scale *= _FACTORS[(found["factor"] or "").lower().removesuffix("s")]
    low, high = low * scale, high * scale
    bound = "min" if found["open"] else _BOUNDS.get((found["bound"] or "").lower(), "")
    return Amount(
        high, None if bound == "max" else low, None if bound == "min" else high, unit, currency, bool(found["factor"])
    )


def _unit(text: str, word: str) -> tuple[str | None, float]:
    if not word:
        return None, 1.0
    if word not in _UNITS:
        raise ValueError(f"{text[:60]!r}: unknown unit {word!r}")
    return _UNITS[word]
