"""What kind of entity an item is: by its class, else by properties that only one kind has."""

from collections.abc import Mapping
from typing import Any

from .statements import statements

CLASSES = {
    "Person": "Q5",
    "Company": (
        "Q43229 Q4830453 Q783794 Q891723 Q6881511 Q1058914 Q18388277 Q161726 Q167037 Q22687 Q5621421 Q219577 Q270791 "
        "Q31855 Q3918 Q327333 Q658255 Q1480166 Q778575 Q13235160 Q134161 Q1589009"
    ),
    "Facility": "Q671224 Q121117 Q159719 Q83405 Q134447",
    "Chip": "Q183484 Q5300 Q5297",
    "Place": (
        "Q515 Q1549591 Q6256 Q486972 Q35657 Q47168 Q3624078 Q1093829 Q532 Q3957 Q15284 Q262166 Q22865 Q7275 Q1637706 "
        "Q5119"
    ),
}
"""Classes of items (P31) by the kind of entity that they are."""

_BY_CLASS = {number: kind for kind, numbers in CLASSES.items() for number in numbers.split()}
_BY_PROPERTY = {
    "P5531": "Company",  # number of a filer with the SEC
    "P1278": "Company",  # LEI
    "P414": "Company",  # stock exchange
    "P169": "Company",  # chief executive
    "P749": "Company",  # parent organisation
    "P569": "Person",  # date of birth
    "P21": "Person",  # sex or gender
    "P1082": "Place",  # population
}


def kind_of(item: Mapping[str, Any], where: str) -> str | None:
    """Return the type of entity that an item is, or None if neither class nor properties say so."""
    classes = [statement.value for statement in statements(item, "P31", where)]
    by_class = next((_BY_CLASS[number] for number in classes if number in _BY_CLASS), None)
    return by_class or next((kind for name, kind in _BY_PROPERTY.items() if any(statements(item, name, where))), None)
