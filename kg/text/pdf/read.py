"""A PDF file as a document: its text in reading order, where each line stands, and what surrounds it on its pages."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.core.place import Area
from kg.text.pdf.columns import Flow, flows
from kg.text.pdf.furniture import PageRows, set_aside
from kg.text.pdf.joining import Writer, vocabulary
from kg.text.pdf.lines import Row, joined, pieces, rows
from kg.text.pdf.paragraphs import Line, Paragraph, connected, paragraphs
from kg.text.pdf.tables import table_lines
from kg.text.pdf.title import title
from kg.text.pdf.words import turn, words

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MOST_PAGES = 5000
"""Pages that are read of one file."""

_MOST_ON_A_PAGE = 300_000
_MOST_CHARACTERS = 30_000_000
"""Characters of one page, and of all: ten times those of the densest newspaper, and of six thousand pages of a book."""

_WITHOUT_LETTERS = "a PDF whose fonts do not say which letters they show; add a text layer (ocrmypdf --force-ocr)"


@dataclass(frozen=True, slots=True)
class PdfText:
    """What a PDF says. ``pictures`` are the numbers of pages that show pictures and have no text."""

    text: str
    areas: tuple[Area, ...]
    aside: str
    title: str | None
    pages: int
    pictures: tuple[int, ...]


def read_pdf(data: bytes) -> PdfText:
    """Return the text of a PDF; raises ValueError in one line for a damaged or locked file and one without text."""
    import pypdfium2  # noqa: PLC0415  heavy

    try:
        with pypdfium2.PdfDocument(data) as document:
            return _read(document)
    except pypdfium2.PdfiumError as error:
        raise ValueError(_reason(data, error)) from error


def _reason(data: bytes, error: Any) -> str:
    """Say why a file cannot be opened; PDFium's reason may be that of an earlier file, so the bytes are asked too."""
    from pypdfium2 import raw  # noqa: PLC0415  heavy

    if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) and b"/Encrypt" in data:
        return "a PDF locked with a password; save it without one (print it to a new PDF) and load that"
    return "a damaged PDF: no reader can open it; fetch it again"


def _read(document: "PdfDocument") -> PdfText:
    if len(document) > _MOST_PAGES:
        raise ValueError(f"a PDF of {len(document):,} pages, more than {_MOST_PAGES:,}; split it")
    pages: list[PageRows] = []
    pictures: list[int] = []
    characters = 0
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        found, count = _page_rows(page, number)
        characters += count
        if count > _MOST_ON_A_PAGE or characters > _MOST_CHARACTERS:
            raise ValueError(f"a PDF with more characters on page {number} than anybody reads; print it to a new one")
        pages.append(found)
        if not found.rows and _has_picture(page):
            pictures.append(number)
        page.close()
    if not any(page.rows for page in pages):
        raise ValueError(_without_text(pictures))
    first = list(pages[0].rows)
    aside = set_aside(pages)
    writer = _written(pages)
    text = writer.text
    if text.count("\ufffd") * 5 > len(text):
        raise ValueError(_WITHOUT_LETTERS)
    return PdfText(text, tuple(writer.areas), "\n".join(aside), title(document, first), len(pages), tuple(pictures))


def _without_text(pictures: Sequence[int]) -> str:
    if pictures:
        return "a PDF of scanned pages without text; add a text layer (ocrmypdf IN.pdf OUT.pdf) and load that"
    return "a PDF without text"


def _page_rows(page: "PdfPage", number: int) -> tuple[PageRows, int]:
    """Return the rows of a page and how many characters it has; none are read of a page with far too many."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        found = list(words(textpage)) if count <= _MOST_ON_A_PAGE else []
    finally:
        textpage.close()
    letters: Counter[int | None] = Counter()
    for word in found:
        letters[word.quarters] += len(word.text)
    quarters = max((0, 1, 2, 3), key=lambda quarter: letters[quarter])
    _, foot, _, top = turn(page.get_bbox(), quarters)
    turned = " ".join(word.text for word in found if word.quarters != quarters)
    main = pieces((word for word in found if word.quarters == quarters), quarters)
    return PageRows(number, quarters, foot, top, rows(main), [turned] if turned else []), count


def _has_picture(page: "PdfPage") -> bool:
    from pypdfium2 import raw  # noqa: PLC0415  heavy

    return any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _written(pages: Sequence[PageRows]) -> Writer:
    writer = Writer(vocabulary(joined(row).text for page in pages for row in page.rows))
    body = _body_size([row for page in pages for row in page.rows])
    writer.write(connected((found for page in pages for found in _paragraphs(page, body)), body))
    return writer


def _body_size(found: Sequence[Row]) -> float:
    """Return the size in which most of the text is set."""
    sizes: Counter[float] = Counter()
    for row in found:
        for piece in row:
            sizes[round(piece.size, 1)] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _paragraphs(page: PageRows, body: float) -> Iterator[Paragraph]:
    for flow in flows(page.rows):
        if flow.is_table:
            yield from _table(page, flow)
        else:
            yield from paragraphs([Line(page.number, joined(row), page.quarters) for row in flow.rows], body)


def _table(page: PageRows, flow: Flow) -> Iterator[Paragraph]:
    for rows_, text in table_lines(flow.rows):
        yield Paragraph("row", [Line(page.number, joined(row), page.quarters) for row in rows_], text)
