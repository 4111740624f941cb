"""Bytes as retrieved, before anybody knows what they are."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kg.core.document import Document

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def utc_now() -> str:
    """Return this moment as ISO text in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Raw:
    """One retrieved item: its bytes, where they came from and when.

    ``address`` is the path or web address as the user gave it (``-`` for standard input), ``retrieved`` the UTC moment
    of reading as ISO text. ``content_type`` and ``final_url`` are what a web server said and where redirects ended.
    ``named`` tells whether the user named this item or it was found in a folder: the first must be readable, the
    second may be left out with a reason.
    """

    address: str
    data: bytes = field(repr=False)
    retrieved: str
    content_type: str | None = None
    final_url: str | None = None
    named: bool = True

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes, as 64 hexadecimal digits."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def suffix(self) -> str:
        """Return the end of the name, such as ``.md``, in lower case: a hint, never a proof."""
        path = urlsplit(self.final_url).path if self.final_url else self.address.replace("\\", "/")
        return PurePosixPath(path).suffix.lower()

    @property
    def media_type(self) -> str:
        """Return what the server called it, such as ``text/html``; empty if nobody said."""
        return (self.content_type or "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """Return the character set that the server declared."""
        declared = _CHARSET.search(self.content_type or "")
        return declared[1] if declared else None

    def document(
        self,
        text: str,
        *,
        kind: str | None = None,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
        aside: str = "",
    ) -> Document:
        """Return the document with this text, with address, hash and moment of retrieval filled in.

        A kind that nobody knows is ``news``.
        """
        return Document(
            text,
            self.address,
            kind=kind or "news",
            title=title,
            url=url or self.final_url,
            publisher=publisher,
            published=published,
            retrieved=self.retrieved,
            sha256=self.sha256,
            aside=aside,
        )
