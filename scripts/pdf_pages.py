"""PDF files made of lines at given places: for the sample of the PDF loader and for its tests.

Set in Courier, whose letters are all 0.6 of the size wide, so that whoever places lines knows where they end.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 612, 792
LETTER = 0.6
"""Width of a letter, in sizes of the font."""

_LOCK = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>] " % (b"5a" * 32, b"a5" * 32)


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text that begins at a place of the page, in points from its lower left; ``angle`` in quarter turns."""

    x: float
    y: float
    text: str
    size: float = 10
    quarters: int = 0

    def width(self) -> float:
        """Return how far it reaches."""
        return LETTER * self.size * len(self.text)


@dataclass(slots=True)
class Page:
    """The lines of a page, whether it shows a picture, and by how many degrees a viewer turns it."""

    lines: list[Text] = field(default_factory=list)
    picture: bool = False
    rotate: int = 0


def pdf(pages: Iterable[Page], *, title: str | None = None, locked: bool = False) -> bytes:
    """Return a PDF file; the same pages give the same bytes. ``locked`` is with a password that nobody knows."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
        _stream(b"\xff\x00\x00" * 4, b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceRGB "
                b"/BitsPerComponent 8 "),
    ]  # fmt: skip
    kids = []
    for page in pages:
        objects.append(_stream(_content(page)))
        kids.append(len(objects) + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {page.rotate} /Contents "
            f"{len(objects)} 0 R /Resources << /Font << /F 3 0 R >> /XObject << /I 4 0 R >> >> >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    objects.append(b"<< /Title " + _string(title or "") + b" >>")
    return _file(objects, _LOCK if locked else b"")


def _content(page: Page) -> bytes:
    parts = [b"q 200 0 0 200 100 400 cm /I Do Q"] if page.picture else []
    for line in page.lines:
        turn = ("1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0")[line.quarters]
        place = f"BT /F {line.size:g} Tf {turn} {line.x:g} {line.y:g} Tm ".encode()
        parts.append(place + _string(line.text) + b" Tj ET")
    return b"\n".join(parts)


def _string(text: str) -> bytes:
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(" + escaped.encode("cp1252", "replace") + b")"


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    last = len(objects)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        last + 1,
        last,
        trailer,
        table,
    )
    return bytes(out)


def column(text: str, x: float, y: float, width: float, size: float = 10) -> list[Text]:
    """Return a text as lines of a column that begins at this place; paragraphs are parted by blank lines."""
    lines = []
    for paragraph in text.split("\n\n"):
        for line in textwrap.wrap(paragraph, int(width / size / LETTER)):
            lines.append(Text(x, round(y, 2), line, size))
            y -= 1.2 * size
        y -= 0.8 * size
    return lines
