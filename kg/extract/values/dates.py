"""Dates as texts word them, to ISO at the precision stated; a quarter or half year counts as its year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.core.dates import is_date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ), 1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = (
    r"(?P<{0}>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?|January|February|March|April|May|June|July|August"
    "|September|October|November|December)"
)
_YEAR = r"(?:19[89]|20[0-4])\d"
_PART = (
    r"(?:the\s+)?(?:first|second|third|fourth|last|final)\s+(?:quarter|half)|[QH][1-4]|[1-4][QH]|(?:early|mid|late)[-\s]"
    r"|(?:the\s+)?(?:end|start|beginning|middle|close|turn)\s+of|spring|summer|autumn|fall|winter|fiscal(?:\s+year)?|FY"
)
_COUNTED = r"MW|GW|GPUs?|chips|megawatts|people|jobs|acres|sq|per\scent|percent|%|million|billion|units|servers"
_NO_YEAR = r"(?:customers|employees|tenants|sites|racks|days|weeks|months|years)"
_DATE = re.compile(
    rf"""(?x)
      \b(?P<iso>{_YEAR}-\d\d-\d\d)\b
    | \b{_MONTH.format("month_a")}\s+(?P<day_a>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_a>{_YEAR})\b
    | \b(?P<day_b>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format("month_b")},?\s+(?P<year_b>{_YEAR})\b
    | \b{_MONTH.format("month_c")},?\s+(?:of\s+)?(?P<year_c>{_YEAR})\b
    | \b(?P<day_s>\d{{1,2}})/(?P<month_s>\d{{1,2}})/(?P<year_s>{_YEAR})\b
    | \b(?P<part>(?:{_PART})\s*(?:of\s+|in\s+|,\s*|['’])?)(?P<year_p>{_YEAR}|(?<=[’'QHY])\d\d)\b
    | \b(?P<quarter>[1-4][QH]|[QH][1-4])\s?[’']?(?P<year_q>[1-4]\d)E?\b(?!\s?(?:{_COUNTED}|{_NO_YEAR}\b))
    | (?<![\d.,$€£¥₹])\b(?P<year>{_YEAR})\b(?![,.]?\d|\s?(?:{_COUNTED}))
    | \b{_MONTH.format("month_d")}\s+(?P<day_d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\s*\d)
    | \b(?P<day_e>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH.format("month_e")}\b
    """
)


@dataclass(frozen=True, slots=True)
class When:
    """A date in a text: ``text[start:end]``; ``iso`` is None where the text gives no year, or no day that exists."""

    start: int
    end: int
    iso: str | None


def dates(text: str, start: int, end: int) -> Iterator[When]:
    """Yield the dates of ``text[start:end]`` in order."""
    for found in _DATE.finditer(text, start, end):
        iso = _iso(found)
        yield When(*found.span(), iso if is_date(iso) else None)


def _iso(found: re.Match[str]) -> str | None:
    if found["iso"]:
        return found["iso"]
    for form in "abc":
        if found[f"month_{form}"]:
            month = MONTHS[found[f"month_{form}"].casefold().rstrip(".")]
            day = int(found[f"day_{form}"]) if form != "c" else 0
            return f"{found[f'year_{form}']}-{month:02}" + (f"-{day:02}" if day else "")
    if found["year_s"]:
        return found["year_s"]  # day and month come in either order
    short = found["year_q"] or (found["year_p"] if found["year_p"] and len(found["year_p"]) == 2 else None)
    if short:
        return f"20{short}"
    return found["year_p"] or found["year"]
