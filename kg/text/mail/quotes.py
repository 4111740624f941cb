"""The text of a mail: what its writer says, apart from what is quoted, signed or added by a list."""

import re
from itertools import pairwise
from typing import NamedTuple

_QUOTED = re.compile(r"\s*>")
_INTRODUCED = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Den|Em)\b.{4,300}(?:wrote|schrieb|écrit|escribió|scritto|schreef|skrev|escreveu)\s*:\s*$",
    re.DOTALL,
)
_ORIGINAL = re.compile(
    r"-{2,}\s*(?:Original Message|Original-Nachricht|Ursprüngliche Nachricht|Message d'origine)\s*-{2,}\s*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"-- ?$")
_LIST = re.compile(r"_{20,}$")
_HEAD = re.compile(r"\W*(?:From|Von|De|Da|Van|Från|Fra)\W*:", re.IGNORECASE)
_MOST_SIGNED = 20
"""Lines that a signature or the foot of a list may have."""


class Written(NamedTuple):
    """What a mail says, and what it only carries along."""

    text: str
    aside: str


def written(text: str, *, is_forward: bool) -> Written:
    """Return the writer's own lines, and apart from them quotes and what introduces them, signature, foot of a list.

    What was forwarded is what the mail is for, so there nothing counts as quoted.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    own = [True] * len(lines)
    if not is_forward:
        _mark_quotes(lines, own)
    _mark_foot(lines, own, is_forward=is_forward)
    kept = [line for line, is_own in zip(lines, own, strict=True) if is_own]
    left = [line for line, is_own in zip(lines, own, strict=True) if not is_own]
    return Written(_tidied(kept), _tidied(left))


def unflowed(text: str, *, joined: bool) -> str:
    """Return a text of format=flowed (RFC 3676) with its paragraphs whole; ``joined`` drops the space at line ends."""
    out: list[str] = []
    is_open = False
    for raw in text.split("\n"):
        line = raw.removeprefix(" ")
        flows = line.endswith(" ") and line != "-- "
        if joined and flows:
            line = line[:-1]
        quoted = bool(_QUOTED.match(line))
        if is_open and not quoted:
            out[-1] += line
        else:
            out.append(line)
        is_open = flows and not quoted
    return "\n".join(out)


def _mark_quotes(lines: list[str], own: list[bool]) -> None:
    for index, line in enumerate(lines):
        if _ORIGINAL.match(line):
            own[index:] = [False] * (len(lines) - index)
            return
        if _QUOTED.match(line):
            own[index] = False
            _mark_introduction(lines, own, index)


def _mark_introduction(lines: list[str], own: list[bool], quote: int) -> None:
    """Set aside "On Wednesday Dana wrote:" above a quote, which may be broken over three lines."""
    last = quote - 1
    while last >= 0 and not lines[last].strip():
        last -= 1
    for first in range(last, max(last - 3, -1), -1):
        if not own[first] or not lines[first].strip():
            return
        if _INTRODUCED.match("\n".join(lines[first : last + 1]).strip()):
            own[first : last + 1] = [False] * (last + 1 - first)
            return


def _mark_foot(lines: list[str], own: list[bool], *, is_forward: bool) -> None:
    there = [index for index, line in enumerate(lines) if own[index] and line.strip()]
    for index, following in pairwise([*there[-_MOST_SIGNED:], len(lines)]):
        if is_forward and following < len(lines) and _HEAD.match(lines[following]):
            continue  # a rule above the head of what is forwarded
        if _SIGNATURE.match(lines[index]) or _LIST.match(lines[index]):
            own[index:] = [False] * (len(lines) - index)
            return


def _tidied(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
