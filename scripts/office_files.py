"""Office files made of their parts: for the samples of loaders and for their tests."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

OFFICE = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = f'xmlns:w="{OFFICE}/wordprocessingml/2006/main"'
CORE = (
    f'xmlns:cp="{OFFICE}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)  # fmt: skip


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these parts; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, (2026, 5, 6, 0, 0, 0)), content)
    return out.getvalue()


def content_types(parts: Mapping[str, str]) -> str:
    """Return the list of what the parts are: "wordprocessingml.document.main" and the like by name."""
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{HEAD}<Types xmlns="{OFFICE}/package/2006/content-types">{rels}{xml}{overrides}</Types>'


def relationships(targets: Mapping[str, str]) -> str:
    """Return which parts belong to one, by what they are to it."""
    links = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{HEAD}<Relationships xmlns="{OFFICE}/package/2006/relationships">{links}</Relationships>'


def docx(body: str, *, notes: Sequence[str] = (), title: str = "") -> bytes:
    """Return a Word document with this body in WordprocessingML; note n has the id n + 2."""
    footnotes = "".join(
        f'<w:footnote w:id="{number}">{paragraph(note)}</w:footnote>' for number, note in enumerate(notes, 2)
    )
    names = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2, 3)
    )
    bullet = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>'
    numbers = f'<w:abstractNum w:abstractNumId="0">{bullet}</w:abstractNum><w:num w:numId="1">'
    parts = {
        "[Content_Types].xml": content_types({"word/document.xml": "wordprocessingml.document.main"}),
        "_rels/.rels": relationships({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": relationships(
            {"styles": "styles.xml", "numbering": "numbering.xml", "footnotes": "footnotes.xml"}
        ),
        "word/document.xml": f"{HEAD}<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"{HEAD}<w:styles {WORD}>{names}</w:styles>",
        "word/numbering.xml": f'{HEAD}<w:numbering {WORD}>{numbers}<w:abstractNumId w:val="0"/></w:num></w:numbering>',
        "word/footnotes.xml": f"{HEAD}<w:footnotes {WORD}>{footnotes}</w:footnotes>",
        "docProps/core.xml": f"{HEAD}<cp:coreProperties {CORE}><dc:title>{title}</dc:title></cp:coreProperties>",
    }
    return archive(parts)


def paragraph(text: str, *, style: str | None = None, is_item: bool = False) -> str:
    """Return a paragraph in WordprocessingML."""
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    looks += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if is_item else ""
    return f"<w:p>{f'<w:pPr>{looks}</w:pPr>' if looks else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: Iterable[Sequence[str]]) -> str:
    """Return a table in WordprocessingML."""
    lines = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"
