"""A source document: one retrieved item with its text, where it is from and when it was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.core.ids import digest

KINDS = ("news", "release", "filing", "blog", "post", "table", "registry", "analyst")
"""What a document can be; ``registry`` is the package's own list of known entities."""


@dataclass(frozen=True, slots=True)
class Document:
    """One retrieved item.

    ``address`` is the path or web address as the user gave it, ``url`` the canonical web address if known.
    ``published`` is the publisher's local date at the precision stated (ISO text), ``retrieved`` the UTC moment at
    which the bytes were read, ``sha256`` the hash of those bytes. ``aside`` holds what surrounds the text on its
    page (navigation, related posts, comments): kept, never read for claims.
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
    id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Set the id, which is a hash of the text: the same text is the same document wherever it lies."""
        if self.kind not in KINDS:
            raise ValueError(f"document kind {self.kind!r}: one of {', '.join(KINDS)}")
        object.__setattr__(self, "id", document_id(self.text))

    def to_json(self) -> dict[str, Any]:
        """Return the document as one JSON Lines object."""
        names = (
            "id",
            "address",
            "kind",
            "title",
            "url",
            "publisher",
            "published",
            "retrieved",
            "sha256",
            "text",
            "aside",
        )
        return {name: getattr(self, name) for name in names if getattr(self, name) not in (None, "")}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """Build a document from what ``to_json`` gave; unknown fields are the caller's to refuse."""
        names = ("kind", "title", "url", "publisher", "published", "retrieved", "sha256", "aside")
        return cls(data["text"], data["address"], **{name: data[name] for name in names if data.get(name)})


def document_id(text: str) -> str:
    """Return the id of a document with this text."""
    return f"doc:{digest(text)}"
