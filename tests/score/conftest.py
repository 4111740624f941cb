"""The project's own gold, with the texts that an extractor reads."""

import pytest
from graphs import documents

from scripts.score.gold import Gold, sets


@pytest.fixture(scope="session")
def own() -> list[tuple[Gold, str]]:
    """The project's own gold, each document with its text."""
    texts = {document.address.split("/")[-1]: document.text for document in documents()}
    return [(gold, texts[gold.path.name]) for gold in sets()[0].documents]
