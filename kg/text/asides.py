"""Lines that are no part of a story: bylines, credits, menus, links to other stories, offers of newsletters."""

import re

LONGEST = 300
"""Characters of a line that may be set apart for how it begins."""

_BEGINNINGS = (
    r"(?:read|see|watch|listen)\s+(?:next|also|more|on|now)\b",
    r"also\s+read\b",
    r"more\s+(?:from|in|on|stories|news)\b",
    r"related(?:\s+(?:posts|stories|articles|reading|content))?\s*:",
    r"recommended\s+for\s+you",
    r"you\s+may\s+also",
    r"most\s+(?:read|liked|viewed|popular|shared)\b",
    r"(?:top|trending)\s+(?:stories|comments)\b",
    r"editor[’']s\s+picks",
    r"up\s+next\b",
    r"don[’']t\s+miss\b",
    r"share\s+(?:this|on|via|story|article)\b",
    r"(?:sign|log)\s+(?:in|up|out)\b",
    r"subscrib",
    r"unsubscribe",
    r"view\s+in\s+browser",
    r"you(?:['’]re|\s+are)\s+(?:receiving|getting)\s+this",
    r"(?:to\s+)?(?:remove|unsubscribe)\s+yourself",
    r"reply\s+(?:stop|to\s+this)",
    r"©|\(c\)\s*\d{4}",
    r"copyright\b",
    r"all\s+rights\s+reserved",
    r"terms\s+(?:of\s+use|and\s+conditions)|privacy\s+policy",
    r"cookie",
    r"advertise|advertisement|sponsored\b",
    r"(?:paid|partner)\s+(?:post|content)\b",
    r"follow\s+(?:us|him|her|them)\b",
    r"skip\s+to",
    r"home\s*[›»>/|]",
    r"font\s+size",
    r"(?:comments?|conversation)\s*\(\d+\)|\d+\s+comments?\b",
    r"leave\s+a\s+(?:comment|reply)",
    r"photo\s+by\b|getty\s+images",
    r"(?:tags?|keywords?|categor(?:y|ies)|topics?)\s*:|filed\s+under\b",
    r"(?:last\s+)?(?:published|updated|posted|modified)\s*(?::|on\b|\d)",
    r"\d+\s*-?\s*min(?:ute)?s?\s+(?:read|listen)|reading\s+time",
    r"data\s+delayed|appeared\s+in\s+the",
    r"this\s+(?:article|story)\s+(?:was|first|originally)",
    r"(?:send|email)\s+(?:us\s+)?(?:tips|corrections)|write\s+to\s|corrections\s+to",
    r"\(?you\s+can\s+now\s+subscribe",
    r"click\s+here|(?:get|download)\s+(?:the\s+)?app\b",
    r"rate\s+story|listen\s*\(\d|gift\s+article|print\s+edition",
    r"join\s+(?:our|the)\s+(?:newsletter|community|discord|telegram|whatsapp)",
)
_ASIDE = re.compile(rf"(?i)^\W*(?:{'|'.join(_BEGINNINGS)})")
_CREDIT = re.compile(
    r"(?i)^\W*(?:by|text|words|reporter|reporting|editing|analyst|photo(?:graph)?|image|picture|illustration|infographic|"
    r"graphic|credit|source|compiled\s+by|(?:media\s+|press\s+|investor\s+)?contact)s?\s*:\s+(?P<who>.*)$"
)
_CREDITED = 12
"""Words that a credit may have: "Reporter:" before a question opens a turn of a transcript."""

_BYLINE = re.compile(
    r"^\W*[Bb][Yy] [A-ZÀ-Þ][\w’'.-]+(?: (?:[a-zß-ÿ]{1,4} )?[A-ZÀ-Þ][\w’'.-]*){1,4}"
    r"(?:\s*[,|·•—–(].*|\s+(?:and|&|in)\s.*)?$"
)
_LIST = re.compile(
    r"(?i)\W*(recommended|related|more (?:from|in|stories)|read (?:next|also|more)|most read|trending|top stories|"
    r"don[’']t miss)\b[^.]{0,30}$"
)
_MENU_WORDS = frozenset(
    "home news markets tech technology business opinion video videos podcasts podcast events jobs login login "
    "search menu subscribe advertise about contact newsletters newsletter archive analysis economy politics world "
    "sports premium magazine reports data share print save comment listen upgrade sign in log premium up apps "
    "watchlist ipo rise sectors topics magazine shop donate help faq careers".split()
)


def is_aside(line: str) -> bool:
    """Say whether a line is no part of the story."""
    credit = _CREDIT.match(line)
    if credit and len(credit["who"].split()) <= _CREDITED and not credit["who"].endswith("?"):
        return True
    return bool(_ASIDE.match(line) and len(line) < LONGEST) or bool(_BYLINE.match(line)) or _is_menu(line)


def opens_list(line: str) -> bool:
    """Say whether a line stands over links to other stories, which go on to the next empty line."""
    return bool(_LIST.match(line))


def _is_menu(line: str) -> bool:
    """Say whether a line is a navigation bar: short pieces, most of them words of menus."""
    pieces = [p.strip() for p in re.split(r"\s*[|›»·•]\s*|\t|\s{2,}", line) if p.strip()]
    words = re.findall(r"[A-Za-z]+", line.casefold())
    return len(pieces) >= 3 and len(words) <= 30 and sum(w in _MENU_WORDS for w in words) * 2 >= len(words) > 0
