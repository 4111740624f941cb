"""Units that a column can be in, and the one in which its numbers are stored."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number is multiplied with to be in the unit of the ontology; "" where any unit will do."""

    unit: str
    factor: float


UNITS = {
    "mw": Unit("MW", 1),
    "gw": Unit("MW", 1e3),
    "kw": Unit("MW", 1e-3),
    "usd": Unit("USD", 1),
    "usd thousands": Unit("USD", 1e3),
    "usd millions": Unit("USD", 1e6),
    "usd billions": Unit("USD", 1e9),
    "years": Unit("years", 1),
    "months": Unit("years", 1 / 12),
    "chips": Unit("chips", 1),
    "thousand chips": Unit("chips", 1e3),
    "%": Unit("%", 1),
    "share": Unit("%", 100),
    "thousands": Unit("", 1e3),
    "millions": Unit("", 1e6),
    "billions": Unit("", 1e9),
}
"""Units by the word for them in a mapping, in lower case."""
