"""Which phrases refer to something, and to what kind of thing."""

import pytest

from kg.extract.reading import Parsed, parse
from kg.extract.reference.references import phrases
from kg.text.segment import segments


def parsed(text: str) -> Parsed:
    """Parse the first segment of a text without names."""
    return parse(text, 0, segments(text)[0], [], [])


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("It leases the hall for ten years.", "It", "Company"),
        ("The company signed its lease on Monday.", "its", "Company"),
        ("She joined in May.", "She", "Person"),
        ("We rent two halls.", "We", "Company"),
        ("The Denver developer broke ground.", "developer", "Company"),
        ("This campus opens in June.", "campus", "Facility"),
        ("Both startups train there.", "startups", "Company"),
        ("The accelerators arrived in May.", "accelerators", "Chip"),
        ("The model was trained in a month.", "model", "Model"),
    ],
)
def test_what_refers(text: str, words: str, kind: str) -> None:
    found = {text[i.start : i.end]: p for p in phrases(parsed(text)) for i in [parsed(text).items[p.item]]}
    assert words in found
    assert max(found[words].kinds, key=lambda k: found[words].kinds[k]) == kind


@pytest.mark.parametrize("text", ["A company signed a lease.", "Power prices rose.", "The weather was fine."])
def test_what_refers_to_nothing(text: str) -> None:
    assert list(phrases(parsed(text))) == []
