"""The date on which a text says it was published: in its byline, its dateline or a line that holds little else.

Careful on purpose: a date inside a sentence is what the text tells of, not when it was told. No date is better than a
wrong one, so a day without a year, an "updated" and an ambiguous 05/06/2026 give nothing.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from kg.core.dates import is_date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May\.?|June?|Jun\.|July?|Jul\.|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_FORMS = (
    rf"{_YEAR}[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d)",  # 2026-05-06, 2026/5/6
    rf"(?P<day>[0-3]?\d)\.\s?(?P<month>[01]?\d)\.\s?{_YEAR}",  # 6.5.2026, never American
    rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>[01]?\d)/{_YEAR}",  # 18/05/2026 can be read in one way only
    rf"(?P<month>[01]?\d)/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",  # and 05/18/2026
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",  # May 6, 2026; Feb. 19, 2026
    rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",  # 18 May 2026; 18-May-2026
)
_DATES = tuple(re.compile(rf"(?<![\w/.])(?<!\w-){form}(?![^\WT])", re.IGNORECASE) for form in _FORMS)
_MONTH_YEAR = re.compile(rf"{_MONTH}\s+{_YEAR}", re.IGNORECASE)

# What may stand around the date in a field of its own.
_SAYS = r"(?:published|posted|released|issued|filed|publication date|dated?\b)"
_CUE = re.compile(rf"(?:(?:first|originally)\s+)?{_SAYS}", re.IGNORECASE)
_BY = r"(?:\s+by\s+[\w/@.'’ -]{2,40}?)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|\.)?,?\s+)?"
_LEAD = rf"(?:{_CUE.pattern}{_BY}(?:\s+(?:on|at))?\s*:?\s*|on\s+)?{_WEEKDAY}"
_ZONE = r"(?:\(?(?:[A-Z]{1,5}|[+-]\d\d:?\d\d)\)?)?"
_TIME = rf"(?:(?:T|,?\s+(?:at\s+)?|,\s*)\d{{1,2}}[:.]\d\d(?::\d\d(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*{_ZONE})?"
_FIELDS = tuple(
    re.compile(rf"[\[(]?\s*{_LEAD}{form}(?![^\WT])\.?\s*{_TIME}\s*[\])]?\.?", re.IGNORECASE) for form in _FORMS
)
_SPLIT = re.compile(r"\s+[|·•–—/-]+\s+|\s*[|·•]\s*|\t+|\s{2,}|(?<!osted)(?<!ished)\s+(?=[Bb][Yy]\s+(?:[A-Z@]|u/))")
_STALE = re.compile(
    r"\b(?:updated|modified|revised|edited|accessed|retrieved|expires?|effective|ended|ending|as of)\b", re.IGNORECASE
)
_OF_EVENT = re.compile(
    r"(?:date\s+of\s+(?:the\s+)?)?(?:earliest\s+)?(?:event|hearing|meeting|incident)(?:\s+(?:date|reported))?\s*:",
    re.IGNORECASE,
)
_IN_SENTENCE = re.compile(r"\b(?:on|by|until|since|before|after|from|for|of)\s+(?:\w+day)?,\s*$", re.IGNORECASE)
# "SHREVEPORT, La., Feb. 19, 2026 (WIRE) --": a place, the date, then a dash or the agency.
_PLACE = re.compile(r"[A-Z][\w.'’ ]*(?:[,/&-][\w.'’ ]+){0,3}[,:]?\s*(?:--?|–|—)?\s*(?:\([A-Z ]+\)\s*(?:--?|–|—)\s*)?")
_WIRE = re.compile(r"\s*(?:[(/][^()/\n]{2,40}[)/])?\s*(?:--?|–|—|:)")

TOP_LINES = 12
"""Lines with text at the beginning that may hold byline or dateline."""

_LAST_LINES = 5


def iso_date(value: str) -> str | None:
    """Return the date as ISO text (2026, 2026-05 or 2026-05-06), or None if it is no such date.

    Of a moment, such as 2026-05-06T23:10:00-04:00, the day as written is kept: the publisher's local date, not shifted.
    """
    value = value.strip()
    day = value[:10] if len(value) > 10 and value[10] in "T " else value
    return day if is_date(day) and day.startswith(("19", "20")) else None


def read_date(value: str) -> str | None:
    """Return the ISO text of a date in any form that is understood here, standing alone; None otherwise."""
    return iso_date(value) or _field_date(value.strip()) or _month(value.strip())


def published(text: str) -> str | None:
    """Return the date of publication that a text states of itself, or None.

    Read are the first lines, then the last ones, where only a date with a word such as "Published" counts.
    """
    lines = _lines(text[:20_000])
    found = _best(lines[:TOP_LINES])
    if found:
        return found
    last = _lines(text[-2_000:])[-_LAST_LINES:]
    fields = [(field, day, line) for line in last for field, day in _told_fields(line)]
    days = {day for field, day, line in fields if _has_cue(field) or line is last[-1]}
    return days.pop() if len(days) == 1 else None


def is_byline(line: str) -> bool:
    """Tell whether a line is about the text, not part of it: a date with little else, or "By" and a name."""
    return bool(re.match(r"\s*[Bb][Yy]:?\s+[A-Z]", line)) or any(True for _ in _dated_fields(line))


def _has_cue(field: str) -> bool:
    return bool(_CUE.match(field.lstrip("[( ")))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _best(lines: Sequence[str]) -> str | None:
    """Return the date of the best kind: with a cue, a field of its own, a dateline, the end of a title, a month alone.

    Many fields with dates are a timeline or a table, many months a heading of one: these say nothing.
    """
    fields = [pair for line in lines for pair in _told_fields(line)]
    cued = [day for field, day in fields if _has_cue(field)]
    plain = [day for _, day in fields]
    datelines = [day for line in lines if (day := _dateline(line))]
    titles = [day for line in lines[:3] if (day := _at_end(line))]
    months = [day for line in lines for field in _split(line) if (day := _month(field))]
    sure = cued + (plain if len(set(plain)) < 3 else []) + datelines + titles
    return next(iter(sure + (months if len(set(months)) == 1 else [])), None)


def _dated_fields(line: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a line, as set off by bars, dots or wide gaps, that are a date and nothing else."""
    for field in _split(line):
        if day := _day_of(field):
            yield field, day


def _told_fields(line: str) -> Iterator[tuple[str, str]]:
    """Yield the dated fields of a line but the day of an event: that of "Date of event:" is not when it was told."""
    label = ""
    for field in _split(line):
        if (day := _day_of(field)) and (_has_cue(field) or not _OF_EVENT.match(label.strip())):
            yield field, day
        label = field


def _day_of(field: str) -> str | None:
    return None if _STALE.search(field) else _field_date(field.strip())


def _split(line: str) -> list[str]:
    return _SPLIT.split(line) if len(line) <= 200 else []


def _field_date(field: str) -> str | None:
    matches = (form.fullmatch(field) for form in _FIELDS)
    return next((_iso(match) for match in matches if match), None)


def _month(field: str) -> str | None:
    match = _MONTH_YEAR.fullmatch(field.strip())
    return f"{match['year']}-{_number(match['month']):02}" if match else None


def _dateline(line: str) -> str | None:
    """Return the date between the place and the dash at the start of a paragraph."""
    for form in _DATES:
        match = form.search(line, 0, 120)
        if match and _PLACE.fullmatch(line, 0, match.start()) and _WIRE.match(line, match.end()):
            return _iso(match)
    return None


def _at_end(line: str) -> str | None:
    """Return the date that ends a title after a comma, as in "Q3 2025 Earnings Call, November 12, 2025"."""
    if len(line) > 150 or _STALE.search(line):
        return None
    for form in _DATES:
        for match in form.finditer(line):
            before = line[: match.start()]
            if match.end() == len(line) and before.endswith(", ") and not _IN_SENTENCE.search(before):
                return _iso(match)
    return None


def _iso(match: re.Match[str]) -> str | None:
    try:
        return date(int(match["year"]), _number(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return None


def _number(month: str) -> int:
    return int(month) if month.isdecimal() else _MONTHS.index(month[:3].lower()) + 1
