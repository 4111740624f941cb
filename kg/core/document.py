"""A source document: one retrieved item with its text, where it is from and when it was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from kg.core.ids import digest
from kg.core.place import Area, areas_from

KINDS = ("news", "release", "filing", "blog", "post", "table", "registry", "analyst")
"""What a document can be; ``registry`` is the package's own list of known entities."""


@dataclass(frozen=True, slots=True)
class Document:
    """One retrieved item.

    ``address`` is the path or web address as the user gave it, ``url`` the canonical web address if known, ``file`` the
    path or address of the file that holds it among others, if one does. ``published`` is the publisher's local date at
    the precision stated (ISO text), ``retrieved`` the UTC moment at which the bytes were read, ``sha256`` the hash of
    those bytes. ``aside`` holds what surrounds the text on its page (navigation, related posts, comments): kept, never
    read for claims. ``areas`` say where on its pages the text stands, in the order of the text; only a paged document
    such as a PDF has any.

    Of a table (kind ``table``) each edition is a document whose text says what the table is, not its rows. ``source``
    names the table as its rows' claims do (the first part of their key), ``whole`` says that this edition lists
    every row of the source, so that a row which it lacks has been withdrawn; an excerpt or a single record withdraws
    nothing. The date of an edition is its ``published``. ``selection`` is a hash of the rows that were read of it,
    where only the entities that somebody asked for are read.
    """

    text: str
    address: str
    kind: str = "news"
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    retrieved: str | None = None
    sha256: str | None = None
    aside: str = ""
    file: str | None = None
    source: str | None = None
    whole: bool = False
    selection: str | None = None
    areas: tuple[Area, ...] = field(default=(), repr=False)
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Set the id, which is a hash of the text: the same text is the same document wherever it lies."""
        if self.kind not in KINDS:
            raise ValueError(f"document kind {self.kind!r}: one of {', '.join(KINDS)}")
        object.__setattr__(self, "id", document_id(self.text))

    def to_json(self) -> dict[str, Any]:
        """Return the document as one JSON Lines object."""
        known = {name: getattr(self, name) for name in ("id", "address", "text", *_OPTIONAL)}
        return {name: value for name, value in known.items() if value not in (None, "", False, ())}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Build a document from what ``to_json`` gave; unknown fields are the caller's to refuse."""
        known = {name: data[name] for name in _OPTIONAL if data.get(name)}
        if "areas" in known:
            known["areas"] = areas_from(known["areas"])
        return cls(data["text"], data["address"], **known)


_OPTIONAL = tuple(item.name for item in fields(Document) if item.name not in ("id", "address", "text"))


def document_id(text: str) -> str:
    """Return the id of a document with this text."""
    return f"doc:{digest(text)}"
