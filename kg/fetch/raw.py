"""Bytes as retrieved, before anybody knows what they are."""

import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from kg.core.document import Document

HEAD = 65_536
"""Bytes by which a format is recognised."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_PIECE = 1 << 20


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

    An item too large to be held has a ``stream`` that opens it anew; its ``data`` is then only the beginning, and none
    but loaders that say ``STREAMS = True`` read it. ``vintage`` (ISO date of the edition) and ``excerpt`` (fewer rows
    than the source has are no error, and withdraw nothing) are what the user said of a table. ``wanted`` names
    entities, by name or id, whose records are taken from a register that has millions; "*" stands for all.
    ``day_first`` has the columns, each with the name of its worksheet, whose slashed dates were found to have the day
    first.
    """

    address: str
    data: bytes = field(repr=False)
    retrieved: str
    content_type: str | None = None
    final_url: str | None = None
    named: bool = True
    stream: Callable[[], BinaryIO] | None = field(default=None, repr=False, compare=False)
    vintage: str | None = None
    excerpt: bool = False
    wanted: tuple[str, ...] = ()
    day_first: frozenset[tuple[str | None, str]] = frozenset()

    @property
    def head(self) -> bytes:
        """Return the beginning, by which a format is recognised."""
        return self.data[:HEAD]

    @property
    def partial(self) -> bool:
        """Say whether ``data`` is only the beginning."""
        return self.stream is not None

    def open(self) -> BinaryIO:
        """Return all bytes from the start as a stream, which the caller closes; each call begins anew."""
        return self.stream() if self.stream else io.BytesIO(self.data)

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes, as 64 hexadecimal digits."""
        if not self.partial:
            return hashlib.sha256(self.data).hexdigest()
        total = hashlib.sha256()
        with self.open() as stream:
            while piece := stream.read(_PIECE):
                total.update(piece)
        return total.hexdigest()

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
        source: str | None = None,
        whole: bool = False,
        sha256: str | None = None,
    ) -> Document:
        """Return the document with this text, with address, hash and moment of retrieval filled in.

        A kind that nobody knows is ``news``. ``sha256`` is given by a caller that has it already.
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
            sha256=sha256 or self.sha256,
            aside=aside,
            source=source,
            whole=whole,
        )
