"""Make the samples of the loaders whose files no person writes: ``python3 -m scripts.make_document_samples``.

The same text gives the same bytes. All of it is invented.
"""

import base64
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.office_files import docx, paragraph, table
from scripts.pdf_pages import Page, Text, column, pdf
from scripts.steps import ROOT

LEFT = """\
Halcyra Compute has leased 300 mega-
watts at the Caddo Bend campus of
Ridgeline Digital in Shreveport, the
two companies said on Wednesday. The
contract runs for fifteen years and
is worth $4.1 billion.

Ridgeline Digital borrows $2 billion
from Northern Trust Capital for the
construction of the second hall. The
loan is guaranteed by Halcyra Com-
pute, which has never before stood
behind the long-
term debt of a landlord.
"""

RIGHT = """\
The first hall opened in March and holds 4,096 Nvidia H200 processors. A second hall, with 6,000 parts from Vellum \
Semiconductor, is to open next spring.

Cypress Valley Power supplies the campus with electricity from its plant in Bossier City. The utility will build a \
line for the third hall, though regulators have yet to approve it, and nobody else is to pay for what Halcyra
"""

REST = """\
Compute uses, a spokesman said. A decision is expected in the autumn.

Ridgeline Digital owns three campuses, listed below with their tenants and the power that is contracted at each of them.
"""

SITES = (
    ("Site", "Tenant", "Town", "MW"),
    ("Caddo Bend", "Halcyra Compute", "Shreveport", "300"),
    ("Pontotoc West", "Pinnacle Loom", "Pontotoc", "36"),
    ("Old Tannery", "Vesta Research", "Leeds", "120"),
)


def brief() -> bytes:
    """Return a research note of two pages: two columns, running heads, a paragraph across pages, a table."""
    first = Page([Text(72, 762, "Marchbank Research", 8), Text(480, 762, "Sites and tenants", 8)])
    first.lines.append(Text(72, 720, "Halcyra fills Caddo Bend", 18))
    first.lines.append(Text(72, 700, "May 6, 2026", 9))
    left = [Text(72, 670 - 12 * number, line) for number, line in enumerate(LEFT.split("\n"))]
    right = column(RIGHT, 318, 670, 222)
    for index in range(max(len(left), len(right))):  # as many programs write: line by line across the page
        first.lines += left[index : index + 1] + right[index : index + 1]
    first.lines.append(Text(300, 36, "- 1 -", 8))
    second = Page([Text(72, 762, "Marchbank Research", 8), Text(480, 762, "Sites and tenants", 8)])
    second.lines += column(REST, 72, 720, 468)
    for number, row in enumerate(SITES):
        places = zip((72, 200, 350, 480), row, strict=True)
        second.lines += [Text(x, 640 - 16 * number, cell) for x, cell in places]
    second.lines.append(Text(300, 36, "- 2 -", 8))
    second.lines.append(Text(590, 300, "Sample, invented", 8, quarters=1))
    return pdf([first, second], title="Halcyra fills Caddo Bend")


MEMO = f"""\
{paragraph("Vesta Research takes the Old Tannery", style="Heading1")}
<w:p><w:r><w:t xml:space="preserve">MEMO, May 6, 2026. Vesta Research leases </w:t></w:r>
<w:ins w:id="1" w:author="DO"><w:r><w:t>120</w:t></w:r></w:ins>
<w:del w:id="2" w:author="DO"><w:r><w:delText>90</w:delText></w:r></w:del>
<w:r><w:t xml:space="preserve"> megawatts at the Old Tannery in Leeds from Ridgeline Digital.</w:t></w:r>
<w:r><w:footnoteReference w:id="2"/></w:r></w:p>
{paragraph("Who does what", style="Heading2")}
{paragraph("Ridgeline Digital owns the site.", is_item=True)}
{paragraph("Marlow Construction builds the third hall.", is_item=True)}
{table([("Hall", "Tenant", "MW"), ("A", "Vesta Research", "60")])}
"""


def memo() -> bytes:
    """Return a Word document: headings, a list, a table, a note, a change that nobody has accepted yet."""
    return docx(MEMO, notes=["Signed in April."], title="Memo template")


NOTE = """\
Received: from mail.marchbank.example (mail.marchbank.example [192.0.2.7]); Wed, 6 May 2026 21:40:11 -0500
Message-ID: <20260506214011.7@marchbank.example>
Date: Wed, 6 May 2026 21:40:11 -0500
From: =?utf-8?q?Marchbank_Research_=E2=80=93_Notes?= <notes@marchbank.example>
To: readers@marchbank.example
Subject: Re: Halcyra takes all of Caddo Bend
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="m-1"

--m-1
Content-Type: multipart/alternative; boundary="a-1"

--a-1
Content-Type: text/plain; charset=utf-8; format=flowed

Halcyra Compute now leases all of Caddo Bend from Ridgeline Digital, for{blank}
$4.1 billion over fifteen years. The note is attached.

On Wed, May 6, 2026 at 6:02 PM Dana Okonjo <dana@reader.example> wrote:
> Has anybody else bid for the second hall? I heard that Pinnacle Loom
> had leased it.

--{blank}
Marchbank Research, Leeds
--a-1
Content-Type: text/html; charset=utf-8

<p>Halcyra Compute now leases all of Caddo Bend from Ridgeline Digital, for $4.1 billion over fifteen years. The note is
attached.</p><p>Marchbank Research, Leeds</p>
--a-1--
--m-1
Content-Type: application/pdf
Content-Disposition: attachment; filename="caddo-bend-brief.pdf"
Content-Transfer-Encoding: base64

{pdf}
--m-1
Content-Type: image/png
Content-Disposition: inline
Content-ID: <logo>
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--m-1--
"""


def note() -> bytes:
    """Return an e-mail: two forms of its text, a quote, a signature, a logo, a PDF file attached."""
    return NOTE.format(pdf=base64.encodebytes(brief()).decode().strip(), blank=" ").encode()


SAMPLES: Mapping[str, Callable[[], bytes]] = {
    "docx/sample/old-tannery-memo.docx": memo,
    "email/sample/caddo-bend-note.eml": note,
    "pdf/sample/caddo-bend-brief.pdf": brief,
}
"""Each sample below the folder of loaders, with what makes it."""


def main() -> None:
    """Write the samples."""
    for name, make in SAMPLES.items():
        path = Path(ROOT / "loaders" / name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(make())


if __name__ == "__main__":
    main()
