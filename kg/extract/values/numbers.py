"""Numbers in digits and words: "1,140", "1.25 lakh", "twenty-four", "half a", "three hundred and sixty"."""

import re

_SMALL = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 20 + 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
}
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "cr": 1e7,
    "million": 1e6, "mn": 1e6, "mln": 1e6, "m": 1e6, "mio": 1e6, "billion": 1e9, "bn": 1e9, "bln": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
_WORD = "(?:" + "|".join(sorted(_SMALL, key=len, reverse=True)) + ")"
_PART = rf"(?:{_WORD}|hundred|thousand)"
_COUNTED = "hundred|thousand|million|billion|trillion|decade|gigawatt|megawatt"

WORDS = rf"(?:{_PART}(?:[-\s](?:and\s)?{_PART}){{0,8}})(?![A-Za-z])"
DIGITS = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
NUMBER = rf"(?:{DIGITS}|{WORDS}|half\san?|a\squarter\sof\san?|an?(?=\s(?:{_COUNTED})))"
SCALE = (
    r"(?:hundred|thousand|lakhs?|million|billion|trillion|crores?|mln|mio|bln|trn|bn|mn|tn|cr|[kKmMbB])(?![A-Za-z])"
    r"(?:\s(?:lakh|crore)s?(?![A-Za-z]))?"
)


def factor(scale: str) -> float:
    """Return what a scale word multiplies by: 1e9 for "bn", 1e12 for "lakh crore"."""
    product = 1.0
    for word in scale.casefold().split():
        product *= _SCALES[word]
    return product


def number(words: str) -> float:
    """Return the value of digits or number words."""
    if words[0].isdigit():
        return float(words.replace(",", ""))
    folded = words.casefold()
    if folded.startswith("half"):
        return 0.5
    if folded.startswith("a quarter"):
        return 0.25
    total = current = 0.0
    for word in re.findall(r"[a-z]+", folded):
        if word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = total + (current or 1) * 1000, 0.0
        else:
            current += 1 if word in ("a", "an") else _SMALL.get(word, 0)
    return total + current
