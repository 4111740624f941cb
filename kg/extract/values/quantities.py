"""Numbers with their units as texts word them: power, money, terms, shares, counts. Values come with bounds and span.

A table-driven grammar, because general readers of quantities take "$1.5bn" for a particle cross-section and
"200,000 GPUs" for a field strength.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.core.claim import Quantity
from kg.extract.values import currencies
from kg.extract.values.numbers import DIGITS, NUMBER, SCALE, WORDS, factor, number


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity in a text: ``text[start:end]``.

    ``kind`` is power (MW), money (in ``currency``), term (years), percent, or count (of whatever follows).
    ``low`` and ``high`` bound the value; both are the value itself for a plain or rounded number ("about 300 MW"),
    ``low`` is None for "up to", ``high`` for "at least".
    """

    start: int
    end: int
    kind: str
    low: float | None
    high: float | None
    currency: str | None = None
    approximate: bool = False
    per: str | None = None

    @property
    def value(self) -> float:
        """The number that stands for it: the upper end of a range, the bound of a bounded one."""
        return self.high if self.high is not None else self.low or 0.0

    def quantity(self, text: str, basis: str | None = None) -> Quantity:
        """Return it as it stands in a claim."""
        unit = {"power": "MW", "money": self.currency, "term": "years", "percent": "%", "count": None}[self.kind]
        return Quantity(text[self.start : self.end], self.low, self.high, unit, basis, self.currency, self.per)


_UNIT = r"(?:MW|GW)(?:e|p|ac|dc|s)?|kW|TW"
_POWER = r"(?:mega-?watts?|giga-?watts?|kilowatts?|terawatts?|meg)(?![A-Za-z]|-?hours?|\s?hours?)"
_TERM = r"(?:years?|yrs?|decades?|months?)"
_PERCENT = r"(?:%|per\s?cent|percent|pct\b|percentage\spoints?)"
_RANGE = r"(?:\s?[-–—]\s?|\sto\s|-to-|\sand\s|\sor\s)"
_SIGN = rf"(?-i:{currencies.SIGN})"
_THOUSANDS = {"k": 1e-3, "m": 1.0, "g": 1e3, "t": 1e6}
_LONGEST = 20
"""Digits of the longest number that measures anything."""

_AMOUNT = re.compile(
    rf"""(?ix)
      (?P<sign>{_SIGN})\s?(?P<m1>{DIGITS}|{WORDS}|half\s?an?)(?:[\s-]?(?P<ms1>{SCALE}))?
      (?:(?P<span>{_RANGE})(?P<sign2>{_SIGN}\s?)?(?P<m2>{DIGITS})(?:[\s-]?(?P<ms2>{SCALE}))?)?
    | (?<![\w.$€£])(?P<n1>{NUMBER})(?:[\s-]?(?P<s1>{SCALE}))?
      (?:(?P<range>{_RANGE})(?P<n2>{DIGITS}|{WORDS})(?:[\s-]?(?P<s2>{SCALE}))?)?
      (?:
          [\s-]?(?P<power>(?-i:{_UNIT})(?![A-Za-z])|{_POWER})
        | \s?(?P<percent>{_PERCENT})
        | \s(?P<money>{currencies.MONEY_WORD})
        | [\s-]?(?P<term>{_TERM})(?![A-Za-z-]*-?old)\b
        | (?![\w%])
      )
    """
)


_OTHER = re.compile(rf"(?i)[\s-]?(?:(?-i:{_UNIT})|{_POWER}|{_PERCENT}|{_TERM})(?![A-Za-z])")
"""What makes a number one of something else than money."""


def _words(*phrases: str) -> str:
    """Return a pattern of any of the phrases, with any white space between their words."""
    return "|".join(phrase.replace(" ", r"\s+") for phrase in phrases)


_MOST = _words(
    "up to", "as (?:much|many) as", "at (?:the )?most", "no more than", "not more than", "less than", "fewer than",
    "under", "below", "maximum of", "capped at", "<", "≤", "a ceiling of", "within",
)  # fmt: skip
_LEAST = _words(
    "at least", "more than", "over", "upwards? of", "no (?:less|fewer) than", "not less than", "in excess of",
    "exceed(?:s|ing)?", "north of", "above", "greater than", "minimum of", ">", "≥", "beyond", "topping", "better than",
)  # fmt: skip
_ABOUT = _words(
    "about", "around", "roughly", "nearly", "almost", "some", r"approx(?:imately|\.)?", "close to",
    "just (?:over|under)", "circa", r"c\.", "an? estimated", "an? reported", "~", "≈", "or so", "just shy of",
    "in the region of", "in the order of", "well over",
    "a (?:little|bit) (?:over|under|more than|less than)",
)  # fmt: skip
_BEFORE = re.compile(rf"(?i)(?<![A-Za-z])(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|(?P<about>{_ABOUT}))(?![A-Za-z])")
_AFTER = re.compile(
    r"(?i)\s*(?:(?P<least>or\s+(?:more|above|better)|\+|plus\b|and\s+(?:up|above|counting))"
    r"|(?P<most>or\s+(?:less|under|fewer)|at\s+(?:the\s+)?most)|(?P<about>or\s+so))"
)
_WHOLE = _words(
    "MW", "megawatt", "gigawatt", "GW", "kW", "kilowatt(?:[- ]hour)?", "MWh", "kWh", "GPU", "chip", "card", "share",
    "rack", "hour", "month", "year", "square f[a-z]+", "token", "server", "employee", "head", "job", "building", "unit",
)  # fmt: skip
_PER = re.compile(
    rf"(?i)\s*(?:-\s?)?(?:(?:an?|per|each|every|for\s+each(?:\s+of)?)\s+(?P<unit>{_WHOLE})s?\b"
    r"|/\s?(?P<slash>MW|GW|kW|kWh|MWh|GPU|hr|h|hour|month|mo|yr|year)\b)"
)


def amounts(text: str, start: int, end: int) -> Iterator[Amount]:
    """Yield the quantities of ``text[start:end]`` in order; spans do not overlap."""
    position = start
    while found := _AMOUNT.search(text, position, end):
        amount = _read(found)
        position = found.end() if amount is None else amount.end
        if amount is not None:
            amount = _bounded(text, amount, start, end)
            per = _PER.match(text, amount.end, end)
            yield replace(amount, per=(per["unit"] or per["slash"]).casefold()) if per else amount


def _read(found: re.Match[str]) -> Amount | None:
    """Return the amount of a match, unbounded as yet, or None for a number that measures nothing here."""
    if found.end() - found.start() > 80 or max(len(found["m1"] or ""), len(found["n1"] or "")) > 60 or _too_long(found):
        return None
    span = found.span()
    if found["sign"]:
        second = ("m2", "ms2") if found["m2"] and _is_range_of_money(found) else None
        end = span[1] if second else max(found.end("m1"), found.end("ms1"))
        low, high = _ends(found["m1"], found["ms1"], *(found.group(*second) if second else (None, None)))
        return Amount(span[0], end, "money", low, high, currencies.of_sign(found["sign"]))
    low, high = _ends(found["n1"], found["s1"], found["n2"], found["s2"])
    range_word = (found["range"] or "").strip().casefold()
    if range_word in ("and", "or") and not _between(found):
        low, span = high, (found.start("n2"), span[1])
    unit = _unit(found)
    if unit is None:
        bare = found["n1"].casefold() in ("a", "an") and not found["s1"]
        return None if bare else Amount(*span, "count", low, high)
    kind, times, currency = unit
    return Amount(*span, kind, low * times, high * times, currency)


def _too_long(found: re.Match[str]) -> bool:
    return any(len(part) > _LONGEST and part[0].isdigit() for part in found.group("m1", "m2", "n1", "n2") if part)


def _unit(found: re.Match[str]) -> tuple[str, float, str | None] | None:
    """Return the kind that a number's unit makes it, what the unit multiplies by, and its currency."""
    if found["power"]:
        return "power", _THOUSANDS[found["power"][0].casefold()], None
    if found["percent"]:
        return "percent", 1.0, None
    if found["money"]:
        return "money", 1.0, currencies.of_word(found["money"])
    if found["term"]:
        unit = found["term"].casefold()
        return "term", 10.0 if unit.startswith("decade") else 1 / 12 if unit.startswith("month") else 1.0, None
    return None


def _between(found: re.Match[str]) -> bool:
    return _stands_between(found) or (found["range"] or "").strip() == "or"


def _stands_between(found: re.Match[str]) -> bool:
    return bool(re.search(r"(?i)\bbetween\s+$", found.string[max(0, found.start() - 12) : found.start()]))


def _is_range_of_money(found: re.Match[str]) -> bool:
    """Say whether a second number is the other end of an amount of money, and no amount of its own.

    "$3 billion and 300 MW", "$17.4 billion to 5 customers" and "$300 billion and $38 billion" are none.
    """
    if found["span"].strip().casefold() == "and" and not _stands_between(found):
        return False
    if found["sign2"] or found["ms2"]:
        return True
    grows = not found["ms1"] and number(found["m2"]) > number(found["m1"])
    return grows and not _OTHER.match(found.string, found.end())


def _ends(first: str, scale: str | None, second: str | None, second_scale: str | None) -> tuple[float, float]:
    high_factor = factor(second_scale) if second_scale else 1.0
    low_factor = factor(scale) if scale else (high_factor if second else 1.0)
    low = number(first) * low_factor
    if not second:
        return low, low
    high = number(second) * (high_factor if second_scale else (factor(scale) if scale else 1.0))
    return (low, high) if high >= low else (high, high)


def _bounded(text: str, amount: Amount, start: int, stop: int) -> Amount:
    """Apply the words around a number that bound it: "up to 300 MW", "at least $1bn", "400 MW or more"."""
    if amount.low != amount.high:
        return amount
    window = text[max(start, amount.start - 28) : amount.start]
    before = [m for m in _BEFORE.finditer(window) if not window[m.end() :].strip(" a$€£¥₹~(")]
    after = _AFTER.match(text, amount.end, stop)
    found = before[-1] if before else after
    if not found or not _bounds(amount, found.group().casefold()):
        return amount
    begin = amount.start - len(window) + before[-1].start() if before else amount.start
    end = amount.end if before else found.end()
    if found["most"]:
        return replace(amount, start=begin, end=end, low=None)
    if found["least"]:
        return replace(amount, start=begin, end=end, high=None)
    return replace(amount, start=begin, end=end, approximate=True)


def _bounds(amount: Amount, word: str) -> bool:
    """Say whether a word bounds an amount of this kind: "over five years" is how long, "within two miles" how far."""
    return word != ("over" if amount.kind == "term" else "within")
