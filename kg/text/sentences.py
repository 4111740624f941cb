"""Where sentences end: rules over abbreviations and what follows, with offsets that slice back to the text."""

import re
from collections.abc import Iterator

# Never the end of a sentence: a name, number or title goes on.
_GOES_ON = frozenset(
    "mr mrs ms dr prof sen rep gov gen col capt lt st mt ft no nos vs v fig figs eq al approx est ca cf ed eds "
    "vol pp jan feb mar apr jun jul aug sep sept oct nov dec tan sri hon rev messrs mssrs sr art sec para ref tel "
    "dept univ assn ave blvd rd hwy".split()
)
# The end of a sentence only if the next word looks like a start: legal suffixes, countries, times of day.
_MAY_END = frozenset(
    "inc corp co ltd llc plc bros cos jr esq bhd pte pty sdn u.s u.k u.n u.a.e e.u d.c a.m p.m am pm etc bn mn tn "
    "bln mln min hr hrs s.p.a s.a n.v a.g b.v s.e l.p ph.d m.b.a intl mfg".split()
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[。！？]")
_NUMBERED = re.compile(r"[*_(\[]*\d[\d,]*(?:\.\d+)?")
_LAST_WORD = re.compile(r"([\w&]+(?:\.[\w&]+)*)$")
# Words that rarely begin anything but a sentence.
_STARTERS = frozenset(
    "the a an it its this that these those he she they we i his her their our in on at for but and so as if when "
    "while after before by with from no not there here what who how why which then now meanwhile however still "
    "yet also both neither either one two three some many most last next under over since until despite "
    "according".split()
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences of ``text[start:end]``, without the white space around them.

    A full stop after an abbreviation ends a sentence only where the next word looks like a beginning; one after the
    number that a passage begins with ends none: "**4. Itself.** It builds", "190. The megawatts that it has".
    """
    begin = start
    for mark in _END.finditer(text, start, end):
        if mark.group() == "." and _NUMBERED.fullmatch(text, start, mark.start()):
            continue
        if _is_end(text, mark, begin, end):
            yield from _trimmed(text, begin, mark.end())
            begin = mark.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if left < right:
        yield start + left, start + right


def _is_end(text: str, mark: re.Match[str], begin: int, end: int) -> bool:
    following = text[mark.end() : min(end, mark.end() + 40)].lstrip()
    if not following:
        return True
    first = following.lstrip("\"'“‘([*•-–— ")
    if text[mark.start()] != "." or mark.group().startswith(".."):
        return not first[:1].islower()
    word = _LAST_WORD.search(text, max(begin, mark.start() - 20), mark.start())
    last = word.group(1).casefold() if word else ""
    if last in _GOES_ON or (len(last) == 1 and last.isalpha() and text[mark.start() - 1].isupper()):
        return last == "i"
    next_word = re.match(r"[\w’']*", first)
    if last in _MAY_END or ("." in last and last[:1].isalpha()):
        return next_word is not None and next_word.group().casefold() in _STARTERS and first[:1].isupper()
    if first[:1].islower():
        # Names such as nVent or xAI may begin a sentence: lower case, then a capital.
        return bool(re.match(r"[a-z]{1,2}[A-Z]", first))
    return True
