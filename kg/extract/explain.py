"""Why a claim was read from a text, or was not: the frame, the trigger, the arguments and the cues, as plain data."""

from dataclasses import dataclass
from typing import Any

from kg.core.claim import Claim
from kg.extract.proposing.candidates import Argument, Candidate
from kg.extract.reading import Parsed, Reading

Explanation = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Examined:
    """A claim, why it was read, and why it is not claimed; ``reason`` is None where it is."""

    claim: Claim
    explanation: Explanation
    reason: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the claim in the form of JSON Lines, with ``explain`` and, where it was dropped, ``reason``."""
        data = {**self.claim.to_json(), "explain": self.explanation}
        return data if self.reason is None else {**data, "reason": self.reason}


def explain_relation(reading: Reading, c: Candidate, cues: tuple[str, ...]) -> Explanation:
    """Return how a candidate came about.

    ``frame`` and ``trigger`` are those of the lexicon (None where no word of it joins the names), ``rule`` is what the
    grammar makes of it, 0 to 3; ``subject`` and ``object`` are the phrases that fill the roles, in which slots, and
    how sure it is that they stand for the entity; ``cues`` are the words that speak most for the status, in which the
    encoder has its say, too.
    """
    parsed = reading.parsed[c.segment]
    triggered = bool(c.trigger.uses)
    item = parsed.items[c.trigger.item]
    return {
        "frame": c.use.frame or None,
        "trigger": {"lemma": c.trigger.lemma, **_span(reading, item.start, item.end)} if triggered else None,
        "rule": round(c.rule, 2),
        "subject": _argument(reading, parsed, c.subject, c.subject_place.slots),
        "object": _argument(reading, parsed, c.object, c.object_place.slots),
        "cues": _words(cues),
    }


def explain_attribute(reading: Reading, parsed: Parsed, item: int, cues: tuple[str, ...]) -> Explanation:
    """Return which words give an attribute's value, and which its status."""
    value = parsed.items[item]
    return {"value": _span(reading, value.start, value.end), "cues": _words(cues)}


def _argument(reading: Reading, parsed: Parsed, argument: Argument, slots: tuple[str, ...]) -> dict[str, Any]:
    words = {}
    if argument.item >= 0:
        item = parsed.items[argument.item]
        words = _span(reading, item.start, item.end)
    return {**words, "how": argument.how, "chance": round(argument.score, 2), "slots": list(slots)}


def _words(cues: tuple[str, ...]) -> list[str]:
    """Return the words of cues, each once: "mood:may" and "may: in clause" are both "may"."""
    words = (cue.partition(" in ")[0].strip(": ").rpartition(":")[2].partition("|")[0] for cue in cues)
    return list(dict.fromkeys(words))


def _span(reading: Reading, start: int, end: int) -> dict[str, Any]:
    return {"text": reading.text[start:end], "start": start, "end": end}
