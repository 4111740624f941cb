"""Shares in words: "half of the business", "a fifth of its stock", "wholly owned", "an equal joint venture"."""

import re
from collections.abc import Iterator

_PARTS = {
    "half": 50,
    "third": 33,
    "quarter": 25,
    "fifth": 20,
    "sixth": 16.7,
    "eighth": 12.5,
    "tenth": 10,
    "twentieth": 5,
}
_TIMES = {"a": 1, "one": 1, "another": 1, "the other": 1, "two": 2, "three": 3, "four": 4, "": 1}
_NOT = r"a\s|of\s(?:20|19)|quarter|half|year|time|floor|hall|building|phase|party|\d"
_SHARE = re.compile(
    r"(?i)\b(?:(?P<times>a|one|another|the\sother|two|three|four)[\s-])?"
    rf"(?P<part>{'|'.join(_PARTS)})s?\b(?!\s(?:{_NOT}))"
    r"|(?P<whole>(?:wholly|fully)[\s-]owned|owns?\sall\sof|held\sentirely|outright|sole\sowner)"
    r"|(?P<equal>equal\s(?:joint\sventure|partners?|shares?|parts?|owners?)|50[-–/ ]50|fifty-fifty"
    r"|half[\s-]and[\s-]half|in\sequal)"
)


def shares(text: str, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    """Yield the shares of ``text[start:end]`` that words give, in order: span, and per cent."""
    for found in _SHARE.finditer(text, start, end):
        if found["whole"]:
            yield *found.span(), 100.0
        elif found["equal"]:
            yield *found.span(), 50.0
        elif found["part"].casefold() == "half" or found["times"]:
            times = _TIMES.get(" ".join((found["times"] or "").casefold().split()), 1)
            yield *found.span(), float(times * _PARTS[found["part"].casefold()])
