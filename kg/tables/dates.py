"""Dates as tables give them: ISO, spreadsheet forms and serials, months, quarters and halves."""

import re
from datetime import date as Day  # noqa: N812  a class beside functions that read dates
from datetime import timedelta

from kg.tables.memo import remembered

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[T ]\d.*)?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)(?: \d.*)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d\d)(?: \d.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?: \d.*)?")
_YEAR = re.compile(r"(?:FY|CY)?\s*(\d{4})(?:\.0)?", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_MONTH_YEAR = re.compile(rf"{_MONTH}[\s,'-]*(\d{{4}})", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE)
_DAY_MONTH = re.compile(rf"(\d{{1,2}})[\s-]+{_MONTH}[\s,-]+(\d{{4}})", re.IGNORECASE)
_SHORT_MONTH = re.compile(rf"{_MONTH}(?:-'?|\s*')(\d\d)", re.IGNORECASE)
_SHORT_DAY = re.compile(rf"(\d{{1,2}})[\s-]+{_MONTH}[\s,-]+'?(\d\d)", re.IGNORECASE)
_PIECE = r"(?:(?:Q\s?[1-4]|H\s?[12])(?:[\s,'’/-]+|(?=[FC]Y))|(?:[1-4]\s?Q|[12]\s?H)[\s,'’/-]*)"
"""A quarter or half before its year: of H1 and H2 something divides it, as H100 and H200 are chips."""

_WORDS = (
    r"early|mid|late|spring|summer|autumn|fall|winter|(?:year-?)?end(?:\s+of)?|(?:start|beginning|middle)\s+of"
    r"|(?:first|second|third|fourth)\s+quarter(?:\s+of)?|(?:first|second)\s+half(?:\s+of)?"
)
_LOOSE = re.compile(
    rf"(?:(?:{_PIECE}(?:[FC]Y\s*['’]?)?|[FC]Y\s*['’]?)(?P<first>\d{{4}}|\d\d)"
    rf"|(?:[FC]Y\s*['’]?)?(?P<last>\d{{4}}|(?<=[Y'’])\d\d)[\s,'’/-]*(?:Q\s?[1-4]|H\s?[12])"
    rf"|(?:(?:the\s+)?(?:{_WORDS})[\s-]+)?(?P<whole>\d{{4}}))\s?[AEF]?",
    re.IGNORECASE,
)
"""A part of a year, or a year with the sign of what is actual, estimated or forecast."""

_NAMED = re.compile(rf"(?<!\w)(?:{_LOOSE.pattern})(?!\w)", re.IGNORECASE)

_EPOCH = Day(1899, 12, 30)
"""Day 0 of spreadsheets, whose 1900 has a 29 February."""


@remembered
def date(text: str) -> str | None:
    """Return a date as ISO text at the precision given (2026, 2026-05, 2026-05-06), or None for an empty cell.

    Reads ISO with or without a time, 20260506, 5/6/2026 (month first, unless it can be no month; for the cells of a
    column see ``kg.tables.orders``), 6.5.2026 (day first), spreadsheet serials (44974), "May 2026", "6 May 2026",
    and as spreadsheets shorten them: "May-26", "6-May-26". Quarters and halves have no such form: see ``loose``.
    Raises ValueError.
    """
    plain = text.strip()
    if not plain:
        return None
    if found := _ISO.fullmatch(plain):
        return _checked(text, found[1], found[2], found[3])
    for reader in (_numeric, _worded):
        if iso := reader(plain):
            return _checked(text, *iso)
    raise ValueError(f"{text[:60]!r} is no date")


@remembered
def loose(text: str) -> str | None:
    """Return a date as ``date`` does, and the year of what names a part of it: "Q4 2026", "1H27", "mid-2026", "FY27".

    So do texts (``kg.extract.values.dates``): ISO text has no form for what lies between a year and a month, and a
    month would be one that nobody stated. What is marked as actual, estimated or forecast ("2027E", "4Q26F") is
    dated no otherwise. Raises ValueError.
    """
    found = _LOOSE.fullmatch(text.strip())
    if not found:
        return date(text)
    return _checked(text, _year(found["first"] or found["last"] or found["whole"]), None, None)


def year_of_part(text: str) -> str | None:
    """Return the year of the first part of one that a text names: "Q1 2024 - MI300X", "planned for H2 2026"."""
    found = next((one for one in _NAMED.finditer(text) if one["first"] or one["last"]), None)
    return _checked(text, _year(found["first"] or found["last"]), None, None) if found else None


def order(text: str) -> str | None:
    """Return what a slashed date shows of its order: "day" or "month" first, or "either"; None for another text.

    5/5/2026 is the same day in both and shows nothing.
    """
    found = _SLASHED.fullmatch(text.strip()) if "/" in text else None
    first, second = (int(found[1]), int(found[2])) if found else (0, 0)
    if first == second or min(first, second) > 12:
        return None
    return "day" if first > 12 else "month" if second > 12 else "either"


def _numeric(text: str) -> tuple[str | None, ...] | None:
    if (found := _COMPACT.fullmatch(text)) or (found := _YEAR_FIRST.fullmatch(text)):
        return found[1], found[2], found[3]
    if found := _SLASHED.fullmatch(text):
        month, day = (found[2], found[1]) if order(text) == "day" else (found[1], found[2])
        return _year(found[3]), month, day
    if found := _DOTTED.fullmatch(text):
        return _year(found[3]), found[2], found[1]
    if found := _SERIAL.fullmatch(text):
        day = _EPOCH + timedelta(days=int(found[1]))
        return str(day.year), str(day.month), str(day.day)
    found = _YEAR.fullmatch(text)
    return (found[1], None, None) if found else None


def _year(digits: str) -> str:
    return digits if len(digits) == 4 else f"20{digits}"


def _worded(text: str) -> tuple[str | None, ...] | None:
    if found := _MONTH_DAY.fullmatch(text):
        return found[3], _month(found[1]), found[2]
    if found := _DAY_MONTH.fullmatch(text):
        return found[3], _month(found[2]), found[1]
    if found := _SHORT_DAY.fullmatch(text):
        return _year(found[3]), _month(found[2]), found[1]
    found = _MONTH_YEAR.fullmatch(text) or _SHORT_MONTH.fullmatch(text)
    return (_year(found[2]), _month(found[1]), None) if found else None


def _month(word: str) -> str:
    return str(_MONTHS.index(word[:3].lower()) + 1)


def _checked(text: str, year: str | None, month: str | None, day: str | None) -> str:
    """Return ISO text; raises ValueError for a day that does not exist, or a year of another age (0202)."""
    try:
        found = Day(int(year or 0), int(month or 1), int(day or 1))
    except ValueError:
        raise ValueError(f"{text[:60]!r} is no date") from None
    if not 1900 <= found.year <= 2199:
        raise ValueError(f"{text[:60]!r}: a date of the year {found.year}")
    iso = found.isoformat()
    return iso if day else iso[:7] if month else iso[:4]
