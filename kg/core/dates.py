"""Dates as texts give them: ISO at the precision stated, compared as the days that they may mean."""

import calendar
import re
from functools import lru_cache

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def is_date(text: object) -> bool:
    """Say whether this is ISO text of a year, a month or a day that exists."""
    return isinstance(text, str) and len(text) <= 10 and _is_date(text)


@lru_cache(maxsize=4096)
def _is_date(text: str) -> bool:
    found = _ISO.fullmatch(text)
    if not found or not 1 <= int(found[2] or 1) <= 12 or int(found[1]) < 1:
        return False
    return 1 <= int(found[3] or 1) <= calendar.monthrange(int(found[1]), int(found[2] or 1))[1]


def earliest(date: str) -> str:
    """Return the first day that the date may mean."""
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date[:10]


def latest(date: str) -> str:
    """Return the last day that the date may mean."""
    if len(date) == 4:
        return f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-{calendar.monthrange(int(date[:4]), int(date[5:7]))[1]:02}"
    return date[:10]


def overlap(one: str, other: str) -> bool:
    """Say whether two dates can be the same day."""
    return earliest(one) <= latest(other) and earliest(other) <= latest(one)
