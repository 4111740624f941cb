"""A Word document (DOCX) as text: headings, paragraphs, lists and the rows of tables, as in an HTML page."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from kg.text import metadata
from kg.text.blocks import Block, read_blocks, render
from kg.text.metadata import Metadata
from kg.text.office.package import opened, part
from kg.text.plain import one_line

_MOST = 500_000_000
_MOST_XML = 20_000_000
"""Bytes of one part of text, for which the parser needs many times the memory; a book of a thousand pages has 10 MB."""

_TITLE = re.compile(rb"<dc:title[^>]*>([^<]*)</dc:title>")
_WORD = re.compile(r"\w+")
_NOTE = re.compile(r"#(?:footnote|endnote|comment)-")


@dataclass(frozen=True, slots=True)
class DocxText:
    """What a Word document says, and what it says about itself."""

    text: str
    metadata: Metadata


def read_docx(data: bytes) -> DocxText:
    """Return the text of a DOCX file; raises ValueError in one line for a damaged file and one that swells.

    Insertions that are not accepted yet are read, deletions are not. Pictures, comments, heads and feet are left out;
    notes stand at the end.
    """
    with opened(io.BytesIO(data), _MOST) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                part(archive, name, _MOST_XML)
        stated = _stated_title(archive)
    blocks = read_blocks(_tree(_html(data)))
    text = render(blocks)
    said = metadata.read_metadata(text)
    return DocxText(text, Metadata(_title(stated, blocks) or said.title, said.kind, said.publisher, said.published))


def _html(data: bytes) -> str:
    import mammoth  # noqa: PLC0415  heavy

    no_picture = mammoth.images.img_element(lambda image: {})  # noqa: ARG005  mammoth calls it with the picture
    try:
        result = mammoth.convert_to_html(io.BytesIO(data), convert_image=no_picture, include_embedded_style_map=False)
    except RecursionError as error:
        raise ValueError("a Word document nested too deeply") from error
    except Exception as error:  # mammoth trusts the file; whatever it stumbles over, the file is damaged
        raise ValueError("a damaged Word document: its parts do not fit together; save it again") from error
    return str(result.value)


def _tree(markup: str) -> Any:
    from lxml import etree, html  # noqa: PLC0415  heavy

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        tree = html.document_fromstring(f"<body>{markup}</body>".encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError("a Word document without text") from error
    for link in list(tree.iter("a")):
        if _NOTE.match(link.get("href") or ""):
            link.drop_tree()  # the number of a note, and the arrow that leads back to it
    return tree


def _stated_title(archive: zipfile.ZipFile) -> str:
    found = _TITLE.search(part(archive, "docProps/core.xml", _MOST_XML) or b"")
    return one_line(found[1].decode("utf-8", "replace")) if found else ""


def _title(stated: str, blocks: list[Block]) -> str | None:
    """Return the stated title if the document begins with it (many are left over), else its first large heading."""
    begins = " ".join(_WORD.findall(" ".join(block.text for block in blocks[:8]).casefold()))
    words = " ".join(_WORD.findall(stated.casefold()))
    if words and words in begins:
        return stated
    return next((one_line(block.text) for block in blocks[:20] if block.kind == "heading" and block.level == 1), None)
