"""Ids from content: the same content gives the same id on every machine, and a second run changes nothing."""

import hashlib
import json
import re
import unicodedata

LENGTH = 20
"""Hexadecimal digits kept of a hash: 80 bits, one chance in a million of a clash among 10^9 items."""

_LEGAL = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc lp llp ag se sa nv bv gmbh oyj ab asa spa sas "
    "srl bhd sdn pte pty tbk kk hf group holding holdings".split()
)
"""Legal forms and the like, which end a name without telling companies apart."""

_POSSESSIVE = re.compile(r"'s\b")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_WORD = re.compile(r"[^\W_]+")
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(*parts: object) -> str:
    """Return a hash of the parts, which must be plain JSON values; order counts."""
    return hashlib.sha256(_JSON.encode(parts).encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def fold(text: str) -> str:
    """Return the text with case, accents and typographic quotes folded."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def name_words(name: str) -> list[str]:
    """Return the folded words of a name, without the legal forms that end it; at least one word stays."""
    folded = fold(name)
    if "'s" in folded:
        folded = _POSSESSIVE.sub("", folded)
    if "." in folded:
        folded = _INITIALS.sub(lambda m: m.group().replace(".", ""), folded)  # "n.v." is one word
    words: list[str] = _WORD.findall(folded)
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return words


def name_key(name: str) -> str:
    """Return what two spellings of one name share: folded letters and digits, without the legal forms that end it.

    Used for the identity of names across documents.
    """
    return "".join(name_words(name)) or fold(name)


def slug(name: str) -> str:
    """Return the name as it stands in an id: lower-case words with hyphens, without the legal forms that end it."""
    return "-".join(name_words(name)) or digest(name)
