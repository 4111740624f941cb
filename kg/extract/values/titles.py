"""Offices as texts word them: "co-founder and chief executive", "Executive Vice President, Power"."""

import re
from collections.abc import Iterator

_AREA = r"(?:[a-z][a-z&-]*|AI|IT|HR|R&D)"
_CAPITAL = r"(?:[A-Z][A-Za-z&-]+)"
_CHIEF = (
    rf"chief\s(?:{_AREA}(?:[\s,]+(?:and\s)?{_AREA}){{0,2}}\s)?(?:officer|executive(?:\sofficer)?)s?"
    r"|co-chief\sexecutives?(?:\sofficers?)?|chief\s(?:scientist|architect|engineer|economist|technologist|counsel)"
)
_SHORT = r"(?-i:(?:co-|Co-|group\s|Group\s|joint\s|interim\s|founding\s)?C(?:E|F|T|O|I|R|P|M|D|S)Os?|MD)"
_MORE = (
    r"(?:(?:non-)?executive|managing|general|senior|founding|rotating|deputy|vice|group|representative|independent|honorary"
    r"|interim|acting|joint|co|finance|sales|planning|technical|technology|commercial|operations|operating|development|policy"
    r"|site|data\scent(?:er|re)|infrastructure|energy|research|marketing|legal|investment|supervisory|corporate)"
)
_PLAIN = (
    rf"(?:{_MORE}[\s-])*(?:founder-ceo|co-?founders?|founders?|chair(?:man|woman|person)?|treasurer|controller|comptroller|boss|chief"
    r"|counsel|secretary|administrator|commissioner|governor|superintendent|principal|co-ceo)"
)
_WIDE = rf"(?:{_MORE}[\s-])*(?:heads?|presidents?|directors?|partners?|managers?|chair)"
"""Offices that often say of what: "head of silicon", "vice president of hardware"."""

_FIRMS = "company|group|firm|unit|startup|lab|developer|utility|day|maker|cloud"
_FIRM = rf"(?!(?:the\s|its\s|a\s|an\s)?(?:[\w-]+\s)?(?:{_FIRMS})\b)"
_END = r"(?!(?:at|of|and|who|which|said|told|says|until|from|in|since|is|was|for|on|to|as|with|after|before|by)\b)"
_POSSESSOR = rf"(?:{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}['’]s\s)?"
_OF = (
    rf"(?:\s(?:of|for)\s{_FIRM}(?:the\s|its\s)?(?-i:{_POSSESSOR}{_AREA}(?:\s{_END}{_AREA}){{0,3}}"
    rf"|(?:{_CAPITAL})(?:\s{_END}{_CAPITAL}){{0,2}}(?=,|\sat\b|\.|;|\)|$))"
    rf"|(?-i:,\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}(?=,\s(?:of|at)\b|\.|;|$)))"
)
_UNIT = rf"(?:{_CHIEF}|{_SHORT}|{_PLAIN}|{_WIDE}(?![\w-]){_OF}?)(?![\w-])"
_TITLE = re.compile(rf"(?i)(?<![\w-]){_UNIT}(?:(?:,\s?(?:and\s)?|\s(?:and|&)\s|/)(?:the\s|its\s)?{_UNIT}){{0,4}}")
_ONE_OF_MANY = re.compile(r"(?i)(founder|head|president|director|partner|manager|EO|FO|executive|officer)s$")


def titles(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the offices that ``text[start:end]`` names, in order: span and title, the latter in the singular."""
    for found in _TITLE.finditer(text, start, end):
        yield found.start(), found.end(), _ONE_OF_MANY.sub(r"\1", " ".join(found.group().split()))
