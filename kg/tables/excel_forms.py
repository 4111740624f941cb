"""Number forms of spreadsheets: what a stored number means by the way in which its cell shows it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

Form = Callable[[str, bool], str]
"""Turns the number in a cell, as it is stored, into text; the second argument says whether days count from 1904."""

_BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss",
} | dict.fromkeys([*range(27, 37), *range(50, 59)], "yyyy-mm-dd")
"""Forms that a file names by number alone; those from 27 on are dates of Chinese, Japanese and Korean calendars."""

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_CURRENCIES = {"€": "€", "£": "£", "¥": "¥", "EUR": "€", "GBP": "£", "JPY": "¥"}
_LAST_SERIAL = 2_958_466


@lru_cache(maxsize=1000)
def form(number: int, code: str | None) -> Form:
    """Return how to read numbers in cells of a form, which has a number and, unless it is built in, a code."""
    code = (code or _BUILT_IN.get(number, "General")).partition(";")[0]
    if code.lower() == "general" or code == "@":
        return _plain
    literals = [found for match in _LITERAL.finditer(code) for found in match.groups() if found]
    marks = _LITERAL.sub("", code)
    if re.search(r"\[(?:h+|m+|s+)\]", code, re.IGNORECASE):
        return _clock
    if re.search(r"[dmyhs]", marks, re.IGNORECASE) and not re.search(r"[0#?]", marks.replace(".0", "")):
        return _dated(marks.lower())
    if "%" in marks:
        return lambda text, _: f"{_digits(100 * float(text))}%"
    return _worded(marks, literals)


def _plain(text: str, _: bool = False) -> str:  # noqa: FBT001, FBT002, RUF100  a Form
    return text if text.isdecimal() and len(text) < 16 else _digits(float(text))


def _digits(value: float) -> str:
    """Return a number with the fifteen digits that a spreadsheet keeps; 0.1 + 0.2 is 0.3 there."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15g}"


def _worded(marks: str, literals: list[str]) -> Form:
    """Return the reader of a form that shows a currency or a unit with its numbers; dollars are what numbers are in.

    A form may show the whole number that is stored in thousands or millions, with a word for that ("4.1 M") or without
    one, where the heading has it ("Value ($m)"): what is shown counts, as it does in a cell that was typed.
    """
    commas = len(re.search(r"(,*)[^0#?,]*$", marks.rstrip())[1])  # type: ignore[index]  # it matches any text
    currency = next((sign for mark in [*literals, *marks] for name, sign in _CURRENCIES.items() if name in mark), "")
    words = " ".join(word for word in (literal.strip() for literal in literals) if re.search("[A-Za-z]", word))
    words = re.sub(r"\b(?:EUR|GBP|JPY|USD|US)\b", "", words).strip()
    if not words and not commas:
        return (lambda text, _: currency + _plain(text)) if currency else _plain
    return lambda text, _: f"{currency}{_digits(float(text) / 1000**commas)} {words}".rstrip()


def _dated(marks: str) -> Form:
    """Return the reader of dates, as precise as the form shows them: "mmm-yy" gives 2026-05."""
    has_day, has_year = "d" in marks, "y" in marks
    has_clock = "h" in marks or "s" in marks
    if not has_day and not has_year and (has_clock or "m" not in marks):
        return _clock
    precise = 7 if has_year and not has_day and "m" in marks else 4 if has_year and not has_day else 10

    def read(text: str, from_1904: bool) -> str:  # noqa: FBT001, RUF100  a Form
        moment = _moment(float(text), from_1904=from_1904)
        if moment is None:
            return _plain(text)
        if has_clock and (moment.hour or moment.minute or moment.second):
            return moment.isoformat(timespec="seconds")
        return moment.date().isoformat()[:precise]

    return read


def _moment(serial: float, *, from_1904: bool) -> datetime | None:
    """Return the moment of a serial number; the first sixty days of 1900 count a 29 February that never was."""
    if not 0 < serial < _LAST_SERIAL:
        return None
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30 if serial >= 60 else 31)  # noqa: DTZ001  a calendar's
    return start + timedelta(seconds=round(serial * 86_400))


def _clock(text: str, _: bool) -> str:  # noqa: FBT001, RUF100  a Form
    """Return the time of a day; a span of more than one day stays a number of days."""
    serial = float(text)
    if not 0 <= serial < 1:
        return _plain(text)
    minutes, seconds = divmod(min(round(serial * 86_400), 86_399), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
