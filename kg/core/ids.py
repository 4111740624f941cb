"""Ids from content: the same content gives the same id on every machine, and a second run changes nothing."""

import hashlib
import json
import re
import unicodedata

LENGTH = 20
"""Hexadecimal digits kept of a hash: 80 bits, one chance in a million of a clash among 10^9 items."""

_LEGAL = re.compile(
    r"\b(inc|incorporated|corp|corporation|co|company|ltd|limited|llc|plc|lp|llp|ag|se|sa|nv|bv|gmbh|oyj|ab|asa|spa|"
    r"bhd|sdn|pte|pty|tbk|kk|group|holdings?)\b\.?"
)


def digest(*parts: object) -> str:
    """Return a hash of the parts, which must be plain JSON values; order counts."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def fold(text: str) -> str:
    """Return the text with case, accents and typographic quotes folded."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def name_key(name: str) -> str:
    """Return what two spellings of one name share: folded letters and digits, without a legal suffix.

    Used for the identity of names across documents; a name that is nothing but a suffix keeps it.
    """
    folded = re.sub(r"'s\b", "", fold(name))
    short = re.sub(r"[\W_]+", "", _LEGAL.sub(" ", folded))
    return short or re.sub(r"[\W_]+", "", folded) or folded


def slug(name: str) -> str:
    """Return the name as it stands in an id: lower-case words with hyphens, without a legal suffix."""
    folded = re.sub(r"'s\b", "", fold(name))
    words = re.findall(r"\w+", _LEGAL.sub(" ", folded)) or re.findall(r"\w+", folded)
    return "-".join(words).replace("_", "-") or digest(name)
