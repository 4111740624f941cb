"""An e-mail taken apart: who wrote it when about what, the text that is shown, and the files attached."""

import codecs
import email
import email.header
import email.message
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from kg.text.html import read_page
from kg.text.mail.quotes import Written, unflowed, written
from kg.text.plain import decode, one_line, read_text

_REPLY = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|sv)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_FORWARD = re.compile(r"(?:fwd?|wg|tr)\s*:", re.IGNORECASE)
_IGNORED = (
    "application/pgp-keys",
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/delivery-status",
    "text/calendar",
    "text/vcard",
    "text/x-amp-html",
    "text/x-vcard",
)
"""Parts that say nothing to a reader of the mail: signatures, keys, cards, invitations, a second form of the text."""

_LOCKED = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_MOST_PARTS = 1000


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail: its name, bytes and media type as the mail states them."""

    name: str
    data: bytes
    media_type: str


@dataclass(slots=True)
class Mail:
    """A mail: ``text`` is what was written, ``aside`` what it quotes, signatures and the like.

    ``published`` is the day of the Date header as the sender's clock showed it, ISO text.
    """

    subject: str | None
    sender: str | None
    published: str | None
    text: str
    aside: str
    attachments: list[Attachment] = field(default_factory=list)


def read_mail(data: bytes) -> Mail:
    """Return the parts of an e-mail; raises ValueError in one line for what cannot be read as one."""
    try:
        message = email.message_from_bytes(data)
        parts = _Parts(message)
    except RecursionError as error:
        raise ValueError("an e-mail nested too deeply") from error
    subject = _words(message["Subject"])
    found = [_shown(part, is_forward=bool(_FORWARD.match(subject))) for part in parts.bodies]
    title = _REPLY.sub("", subject, count=1) if _REPLY.match(subject) else subject
    return Mail(
        title or None,
        _sender(message["From"]),
        _day(message["Date"]),
        "\n\n".join(part.text for part in found if part.text),
        "\n\n".join(part.aside for part in found if part.aside),
        parts.attachments,
    )


class _Parts:
    """What a mail is made of: the texts that a mail program shows, and attached files."""

    def __init__(self, message: email.message.Message) -> None:
        self.bodies: list[email.message.Message] = []
        self.attachments: list[Attachment] = []
        self._count = 0
        self.bodies = self._chosen(message)

    def _chosen(self, part: email.message.Message) -> list[email.message.Message]:
        """Return the texts to show of a part; of alternatives the one that says most."""
        self._count += 1
        if self._count > _MOST_PARTS:
            raise ValueError(f"an e-mail of more than {_MOST_PARTS:,} parts")
        kind = part.get_content_type()
        if kind in _LOCKED or kind == "multipart/encrypted":
            raise ValueError("an encrypted e-mail; decrypt it in the mail program and save it again")
        if part.is_multipart() and kind != "message/rfc822":
            below = [self._chosen(child) for child in part.get_payload() if isinstance(child, email.message.Message)]
            return _fullest(below) if kind == "multipart/alternative" else [text for texts in below for text in texts]
        if kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment":
            return [part]
        self._attach(part, kind)
        return []

    def _attach(self, part: email.message.Message, kind: str) -> None:
        embedded = kind.startswith("image/") and (part["Content-ID"] or part.get_content_disposition() == "inline")
        if kind in _IGNORED or embedded:
            return
        data = _bytes(part)
        if data:
            self.attachments.append(Attachment(self._name(part, kind), data, kind))

    def _name(self, part: email.message.Message, kind: str) -> str:
        """Return the name of a file, made up if it has none, and different from those before it."""
        inner = _inner(part)
        name = _words(part.get_filename()) or _words(inner["Subject"] if inner else None) or kind.partition("/")[0]
        name = name.replace("/", "-").replace("\\", "-")
        taken = {attachment.name for attachment in self.attachments}
        return next(free for free in _numbered(name) if free not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} ({number})"
        number += 1


def _inner(part: email.message.Message) -> email.message.Message | None:
    """Return the mail that a part holds."""
    inner = part.get_payload(0) if part.get_content_type() == "message/rfc822" and part.is_multipart() else None
    return inner if isinstance(inner, email.message.Message) else None


def _bytes(part: email.message.Message) -> bytes:
    if inner := _inner(part):
        return inner.as_bytes()
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _fullest(alternatives: list[list[email.message.Message]]) -> list[email.message.Message]:
    """Return the plain text unless another form says twice as much: many mails have no more than a link in it."""
    sizes = [sum(len(_shown(part, is_forward=True).text.split()) for part in texts) for texts in alternatives]
    plain = [
        (size, texts)
        for size, texts in zip(sizes, alternatives, strict=True)
        if texts and all(part.get_content_type() == "text/plain" for part in texts)
    ]
    most = max(sizes, default=0)
    chosen = next((texts for size, texts in plain if 2 * size >= most), None)
    return chosen or next((texts for size, texts in zip(sizes, alternatives, strict=True) if size == most), [])


def _shown(part: email.message.Message, *, is_forward: bool) -> Written:
    """Return what a text says; the main text of a page counts where it is most of the page."""
    data, charset = _bytes(part), part.get_content_charset()
    if part.get_content_type() == "text/html":
        try:
            page = read_page(data, charset=charset)
        except ValueError:
            return Written("", "")
        if len(page.text.split()) >= len(page.aside.split()):
            return Written(page.text, page.aside)
        return Written("\n\n".join(filter(None, (page.text, page.aside))), "")
    text = _plain(data, charset)
    if str(part.get_param("format", "")).lower() == "flowed":
        text = unflowed(text, joined=str(part.get_param("delsp", "")).lower() == "yes")
    return written(text, is_forward=is_forward)


def _plain(data: bytes, charset: str | None) -> str:
    """Return the characters of a text; Japanese mail in seven bits would pass for ASCII, so its word is taken."""
    try:
        if charset and codecs.lookup(charset).name.startswith("iso2022"):
            data = data.decode(charset, "replace").encode()
    except LookupError:
        pass
    return read_text(data, charset) or ""


def _words(value: object) -> str:
    """Return a header as one line, its encoded words decoded; an empty text if there is none."""
    text = str(value or "")
    try:
        pieces = email.header.decode_header(text)
    except (ValueError, email.errors.HeaderParseError):
        return one_line(text)
    return one_line("".join(piece if isinstance(piece, str) else decode(piece, name) or "" for piece, name in pieces))


def _sender(value: object) -> str | None:
    """Return the name of who sent it, else the address."""
    name, address = email.utils.parseaddr(one_line(str(value or "")))
    return _words(name).strip("'\" ") or address or None


def _day(value: object) -> str | None:
    parsed = email.utils.parsedate(str(value or ""))
    try:
        return date(*parsed[:3]).isoformat() if parsed and parsed[0] > 1970 else None
    except ValueError:
        return None
