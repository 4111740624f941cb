"""Finds the question that somebody means by the way they word it: "who leases from xAI"."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.questions.catalog import catalog
from kg.questions.question import Question

_SLOT = re.compile(r"\\\{(\w+)\\\}")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A question that a text asks, and the parameters that the text gives."""

    question: Question
    values: Mapping[str, str]
    certainty: tuple[int, int]


def matches(text: str) -> list[Match]:
    """Return the questions that the text asks word for word, surest first: those with most words of their own."""
    plain = _plain(text)
    found = [match for question in catalog().values() for match in _of_question(question, plain)]
    return sorted(found, key=lambda match: match.certainty, reverse=True)


def closest(text: str) -> list[str]:
    """Return the wordings that are most like the text, with their slots, at most three."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415  only wanted when nothing matched

    known = {
        wording.text.replace("{", "<").replace("}", ">"): question.name
        for question in catalog().values()
        for wording in question.wordings
    }
    hits = process.extract(_plain(text), list(known), scorer=fuzz.token_set_ratio, limit=30)
    best: dict[str, str] = {}
    for wording, *_ in hits:
        best.setdefault(known[wording], wording)
    return list(best.values())[:_SHOWN]


def _of_question(question: Question, text: str) -> list[Match]:
    found = []
    for wording in question.wordings:
        plain = _plain(wording.text)
        match = re.fullmatch(_SLOT.sub(r"(?P<\1>.+?)", re.escape(plain)), text, re.IGNORECASE)
        if match:
            values = {name: value.strip(" \"'“”‘’") for name, value in match.groupdict().items()}
            words = len(re.sub(r"\{\w+\}", "", plain))
            found.append(Match(question, {**wording.preset, **values}, (words, -len(values))))
    return found


def _plain(text: str) -> str:
    """Return the text in single spaces, without a question mark at its end and without articles."""
    words = text.strip().rstrip("?.! ").replace("’", "'").split()
    return " ".join(word for word in words if word.casefold() not in ("the", "a", "an"))
