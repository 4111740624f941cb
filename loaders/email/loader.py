"""E-mails (.eml): what was written as one document, each attached file that a loader reads as a further one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kg import plugins
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.raw import Raw
from kg.text.mail.message import Attachment, Mail, read_mail
from kg.text.metadata import read_metadata

_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]?|[ \t]+\S|From \S+ ")
_BY_PEOPLE = frozenset({b"from", b"date", b"subject", b"to"})
_BY_MACHINES = frozenset(
    {b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to", b"dkim-signature", b"content-type"}
)
_BOX = re.compile(rb"\r?\nFrom \S+ .*\d{4}\r?\n[A-Za-z-]+: ")
_HEAD = 32_768
_DEEPEST = 3
"""How many mails may be attached to each other."""


def recognise(raw: Raw) -> float:
    """Return whether it begins with the headers of a mail; a memo with "From:" has none that only programs write."""
    names = _header_names(raw.data)
    if names & _BY_PEOPLE and names & _BY_MACHINES:
        return 0.95
    named = raw.suffix == ".eml" or raw.media_type == "message/rfc822"
    return 0.9 if named and names & _BY_PEOPLE else 0.0


def load(raw: Raw) -> Iterator[plugins.Loaded]:
    """Yield the mail, then what is attached to it; what no loader reads is a Rejection."""
    yield from _items(raw, 1)


def _items(raw: Raw, depth: int) -> Iterator[plugins.Loaded]:
    if not _header_names(raw.data) & (_BY_PEOPLE | _BY_MACHINES):
        yield Rejection(raw.address, "not an e-mail: does not begin with headers")
        return
    if raw.data.startswith(b"From ") and _BOX.search(raw.data):
        yield Rejection(raw.address, "a mailbox of several e-mails; save each as a file of its own (.eml)")
        return
    try:
        mail = read_mail(raw.data)
    except ValueError as error:
        yield Rejection(raw.address, str(error))
        return
    if mail.text.strip():
        yield _document(raw, mail)
    elif not mail.attachments:
        yield Rejection(raw.address, "an e-mail without text")
    for attachment in mail.attachments:
        yield from _attached(raw, attachment, depth)


def _document(raw: Raw, mail: Mail) -> Document:
    """Return the mail as a document; its subject is the first line of its text, as a mail program shows it."""
    text = f"{mail.subject}\n\n{mail.text}" if mail.subject else mail.text
    return raw.document(
        text,
        aside=mail.aside,
        kind=read_metadata(mail.text).kind or "post",
        title=mail.subject,
        publisher=mail.sender,
        published=mail.published,
    )


def _attached(raw: Raw, attachment: Attachment, depth: int) -> Iterator[plugins.Loaded]:
    """Yield what a file says; one that turns out damaged is left out whole."""
    address = f"{raw.address}#{attachment.name}"
    file = Raw(address, attachment.data, raw.retrieved, attachment.media_type, named=False)
    if recognise(file):
        if depth == _DEEPEST:
            yield Rejection(
                address, f"attached to the last of {_DEEPEST} e-mails that hold each other; save it as a file"
            )
            return
        items = list(_items(file, depth + 1))
    else:
        try:
            items = list(plugins.load(file))
        except InputError as error:
            items = [Rejection(address, str(error).removeprefix(f"{address}: "))]
    for item in items:
        yield replace(item, file=item.file or raw.address) if isinstance(item, Document) else item


def _header_names(data: bytes) -> set[bytes]:
    """Return the names of the headers with which it begins, in small letters; none if other lines are among them."""
    names = set()
    head = data if len(data) <= _HEAD else data[:_HEAD].rpartition(b"\n")[0]
    for line in head.lstrip(b"\xef\xbb\xbf\r\n").split(b"\n"):
        if not line.strip():
            break
        header = _HEADER.match(line)
        if not header:
            return set()
        if header[1]:
            names.add(header[1].lower())
    return names
