"""What a text says about itself: title, kind, publisher and date, each only where the text makes it plain."""

import re
from dataclasses import dataclass

from kg.text.bylines import is_byline, published


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document besides its text; None is unknown. ``published`` is ISO text as precise as stated."""

    title: str | None = None
    kind: str | None = None
    publisher: str | None = None
    published: str | None = None


# The first kind with a cue wins: what a text is comes before where it was passed on. Cues are searched in the first
# 4,000 and the last 1,500 characters, upper and lower case as written unless they begin with (?i).
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "filing",
        (
            r"(?im)^[ \t#*]*(?:united states )?securities and exchange commission\b",
            r"(?im)^[ \t#*]*form (?:8-K|10-K|10-Q|20-F|6-K|S-1|S-4|F-1|DEF ?14A|424B\d)\b",
            r"(?i)\(exact name of registrant",
            r"(?i)\bcommission file (?:number|no)\b",
            r"(?i)pursuant to section 13 or 15\(d\)",
            r"(?i)\bthe registrant (?:has duly caused|entered into|hereby)",
        ),
    ),
    (
        "release",
        (
            r"(?i)\bfor immediate release\b",
            r"\(?BUSINESS WIRE\)?\s*--",
            r"/PRNewswire/|\(GLOBE ?NEWSWIRE\)|\bACCESS ?WIRE\b|\(ACCESS Newswire\)|/CNW/",
            r"(?im)^[ \t#*]*press release\b",
            r"(?im)^[ \t#*]*(?:media|press) (?:contacts?|inquiries|enquiries)\b",
            r"(?im)\b(?:earnings|results) (?:conference )?call\b(?s:.{0,1500})^operator:",
        ),
    ),
    (
        "analyst",
        (
            r"(?i)\bequity research\b",
            r"(?im)^[ \t#*]*(?:lead )?analysts?: ",
            r"(?i)\b(?:price target|target price|rating):? .{0,40}\b(?:buy|hold|sell|overweight|outperform|reduce)\b",
            r"(?i)\b(?:acted as|is a|was a) (?:joint |lead )?(?:bookrunner|market maker)\b",
        ),
    ),
    (
        "post",
        (
            r"(?m)(?:^|[ (])/?(?:u|r)/[A-Za-z0-9_-]{3,}",
            r"(?i)\b\d+ (?:points?|upvotes?)\b.{0,60}\b(?:by|comments?|ago)\b",
            r"(?m)^(?:Show|Ask|Tell) HN:",
            r"(?m)^@\w{2,}(?: ·|$)|^[^\n]{2,40} @\w{2,}(?: ·|$)",
            r"(?i)\b(?:likes?|reposts?|retweets?)\b[^\n]{0,30}\b(?:replies|reposts?|retweets?|quotes)\b",
        ),
    ),
    (
        "blog",
        (
            r"(?i)\b(?:newsletter|dispatch) (?:#|no\.? ?|issue )\d",
            r"(?im)^[ \t#*]*issue #? ?\d+\b",
            r"(?i)\bsubstack\b",
            r"(?i)\bthanks for reading\b",
            r"(?i)\bshare this post\b",
            r"(?i)\bwelcome (?:back )?to (?:this|another|the \w+) (?:week|edition|issue)",
        ),
    ),
    (
        "news",
        (
            r"(?m)^By [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}\b(?=[^\n]{0,80}$)",
            r"(?m)^[A-Z][A-Z .,'’-]{2,40}(?:, [A-Z][\w. ]{2,20})? \((?:Reuters|AP|AFP|Bloomberg|Kyodo|Yonhap)\)",
            r"(?i)\ball rights reserved\b.*\b(?:reuters|bloomberg|associated press|news)\b",
        ),
    ),
)
_CUES = tuple((kind, tuple(re.compile(cue) for cue in cues)) for kind, cues in _KINDS)

# What stands above a title: breadcrumbs and section names, labels, distribution notes, teasers.
_FURNITURE = re.compile(
    r"for immediate release|press release|news release|breaking|exclusive|analysis|opinion|share|advertisement|"
    r"top \d+ .*|related posts?|trending.*|popular .*|home|menu|skip to .*|subscribe.*|sign in.*|newsletter|listen.*|"
    r"transcript.*|\[[^\]]*\]|[\w ]{2,20}: \S{1,12}",
    re.IGNORECASE,
)
_TRAIL = re.compile(r"\s[/|>›»]\s|\S\s{2,}\S")
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)(?:\s*©)?\s*(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?,?\s+(?:by )?"
    r"(?P<name>[A-Z][\w&.'’ -]{1,40}?)(?:,? (?:inc|llc|ltd|plc|gmbh)\b\.?)?(?:[.,]|\s*[|·]|\s+all rights|$)",
    re.IGNORECASE | re.MULTILINE,
)
_AGENCY = re.compile(r"^[A-Z][\w .,'’/-]{2,60}\((?P<name>[A-Z][\w&.'’ -]{1,30})\)\s*(?:--?|–|—)", re.MULTILINE)
_RESEARCH = re.compile(r"^(?P<name>[A-Z][\w&.'’ -]{2,40}?)\s+[|·•–—]\s+(?:equity |global )?research\b", re.IGNORECASE)
_STATED = re.compile(
    r"^(?:publisher|published by|publication):[ \t]+(?P<name>[A-Z][^\n|]{1,60})$", re.IGNORECASE | re.MULTILINE
)
_WIRES = (
    "business wire",
    "globe newswire",
    "globenewswire",
    "prnewswire",
    "pr newswire",
    "accesswire",
    "access newswire",
)


def read_metadata(text: str) -> Metadata:
    """Return what a plain text says about itself."""
    return Metadata(title(text), kind(text), publisher(text), published(text))


def kind(text: str) -> str | None:
    """Return what kind of document a text is by its own wording, or None if nothing in it says so."""
    seen = text if len(text) < 6000 else f"{text[:4000]}\n{text[-1500:]}"
    return next((name for name, cues in _CUES if any(cue.search(seen) for cue in cues)), None)


def publisher(text: str) -> str | None:
    """Return who published a text, or None: a line that says so, a rights notice, an agency in the dateline."""
    head, tail = text[:1500], text[-1500:]
    for found in (_STATED.search(head), _RESEARCH.match(head.lstrip()), _RIGHTS.search(tail), _AGENCY.search(head)):
        name = found["name"].strip() if found else ""
        if name and name.lower() not in _WIRES:
            return name.title() if name.isupper() and len(name) > 5 else name
    return None


def title(text: str) -> str | None:
    """Return the first line that stands like a heading, or None if the text begins at once."""
    lines = [line.strip() for line in text[:4000].split("\n")]
    filled = [line for line in lines if line][:8]
    for line in filled[:-1]:
        if _is_heading(line):
            return line
        if len(line) > 200 or _is_sentence(line):
            return None
    return None


def _is_heading(line: str) -> bool:
    words = line.split()
    if len(words) < 3 or len(line) > 200 or _is_sentence(line) or words[0] in ("*", "-", "|"):
        return False
    return not (is_byline(line) or _FURNITURE.fullmatch(line) or _is_trail(line))


def _is_sentence(line: str) -> bool:
    """Tell whether a line reads like the body: long and with an end, or opened by a dateline."""
    return (len(line) > 90 and line.endswith((".", "!", "”", '"', ":"))) or bool(
        re.match(r"[A-Z][A-Z ,]{3,40}.{0,60}(?:--|—) ", line)
    )


def _is_trail(line: str) -> bool:
    """Tell whether a line is a breadcrumb or masthead: short pieces between bars or wide gaps."""
    return len(line) < 100 and bool(_TRAIL.search(line))
