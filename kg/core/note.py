"""Prose in a cell of a table: a text of its own that the extractor may read, with the cell as its locator."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """What a cell says in sentences.

    ``key`` is that of the claims read from it ("source|row|field"), ``locator`` where the cell stands, ``about`` the
    name of what the row describes, so that a reader knows whom "the site" means. ``citations`` are the web addresses
    that the row cites.
    """

    document_id: str
    text: str
    locator: str
    key: str
    about: str
    published: str | None = None
    citations: tuple[str, ...] = ()
