"""The environment, read in one place."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from kg.exceptions import UsageError

READ_SECONDS = 60.0
TRANSACTION_CLAIMS = 20_000


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for; None where it says nothing. Secrets are in no text made of it."""

    store: str | None
    data: Path | None
    """Where named stores lie; None for the user's data folder."""
    neo4j_uri: str | None
    neo4j_username: str
    neo4j_password: str | None = field(repr=False)
    neo4j_database: str | None
    read_seconds: float
    """How long one reading query may take."""
    transaction_claims: int
    """Claims of one document that are stored in one transaction; a document with more is stored in pieces."""
    ci: bool
    """Whether this runs in continuous integration, where a missing server is a failure and no reason to skip."""


def settings() -> Settings:
    """Return the settings as the environment has them now; raises UsageError for a value that is none."""
    data = _text("KG_DATA")
    return Settings(
        store=_text("KG_STORE"),
        data=Path(data) if data else None,
        neo4j_uri=_text("NEO4J_URI"),
        neo4j_username=_text("NEO4J_USERNAME") or "neo4j",
        neo4j_password=_text("NEO4J_PASSWORD"),
        neo4j_database=_text("NEO4J_DATABASE"),
        read_seconds=_seconds("KG_READ_SECONDS", READ_SECONDS),
        transaction_claims=_count("KG_TRANSACTION_CLAIMS", TRANSACTION_CLAIMS),
        ci=bool(_text("CI")),
    )


def _text(name: str) -> str | None:
    return os.environ.get(name, "").strip() or None


def _seconds(name: str, default: float) -> float:
    text = _text(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1e6:
        raise UsageError(f"{name}={text!r}: a number of seconds above 0 is wanted.")
    return value


def _count(name: str, default: int) -> int:
    text = _text(name)
    if text is None:
        return default
    if not text.isdecimal() or not 0 < int(text) <= 1_000_000:
        raise UsageError(f"{name}={text!r}: a whole number from 1 to 1,000,000 is wanted.")
    return int(text)
