"""PDF pages as text: in the order in which people read, and every line where the page shows it."""

import re
from collections import Counter
from itertools import zip_longest

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.core.place import boxes, locate
from kg.text.pdf.read import PdfText, read_pdf
from scripts.make_document_samples import brief
from scripts.pdf_pages import LETTER, Page, Text, column, pdf

PROSE = (
    "Halcyra Compute has leased all of the second hall at Caddo Bend from Ridgeline Digital, and it pays for the power "
    "that it draws there. The two signed in May.\n\nPinnacle Loom, whose own site at Pontotoc is full, had bid for the "
    "same hall and lost by a narrow margin, as a person who knows of the talks has said to this paper."
)
OTHER = (
    "The lender is Northern Trust Capital. It has financed three sites of this kind in the last year, none of them as "
    "large.\n\nVellum Semiconductor delivers the parts for the hall from its plant in Leeds, in two lots that follow "
    "each other by half a year or somewhat more."
)

FIRST = "Halcyra has leased the hall from Ridgeline Digital, which bought it at the end of 2024 with a loan of"
SECOND = "Northern Trust Capital, and has since let the rest of it to Vesta."


def lines(*texts: str, x: float = 72, y: float = 700, step: float = 12) -> list[Text]:
    return [Text(x, y - step * number, text) for number, text in enumerate(texts)]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_sample_reads_as_a_person_reads_it() -> None:
    read = read_pdf(brief())
    paragraphs = read.text.split("\n\n")
    assert read.title == paragraphs[0] == "Halcyra fills Caddo Bend"
    assert paragraphs[2].startswith(
        "Halcyra Compute has leased 300 megawatts at the Caddo Bend campus of Ridgeline Digital"
    )
    assert "Halcyra Compute, which has never before stood behind the long-term debt of a landlord." in paragraphs[3]
    assert "else is to pay for what Halcyra Compute uses, a spokesman said." in paragraphs[5]  # from page to page
    assert paragraphs[-1].split("\n")[:2] == [
        "Site | Tenant | Town | MW",
        "Caddo Bend | Halcyra Compute | Shreveport | 300",
    ]
    assert read.aside.split("\n") == ["Marchbank Research Sites and tenants", "- 1 -", "Sample, invented"]


@pytest.mark.parametrize("drawn", ["columns", "rows", "backwards"])
def test_columns_are_read_one_after_the_other_however_they_are_drawn(drawn: str) -> None:
    left, right = column(PROSE, 72, 690, 222), column(OTHER, 318, 686, 222)
    both = [*left, *right]
    if drawn == "rows":
        both = [line for pair in zip_longest(left, right) for line in pair if line]
    head = [Text(72, 730, "Halcyra takes the second hall at Caddo Bend", 16)]
    read = read_pdf(pdf([Page(head + both[:: -1 if drawn == "backwards" else 1])]))
    assert read.text.split("\n\n") == [head[0].text, *PROSE.split("\n\n"), *OTHER.split("\n\n")]


def test_table_is_read_row_by_row_with_its_columns_kept() -> None:
    rows = [
        ("Site", "Tenant", "MW"),
        ("Caddo Bend", "", "300"),
        ("Old Tannery", "Vesta", "$ 120"),
        ("Wharf", "Loom", "9"),
    ]
    drawn = [
        Text(x, 700 - 14 * n, cell) for n, row in enumerate(rows) for x, cell in zip((72, 250, 400), row, strict=True)
    ]
    read = read_pdf(pdf([Page([line for line in drawn if line.text])]))
    assert read.text.split("\n") == [
        "Site | Tenant | MW",
        "Caddo Bend |  | 300",
        "Old Tannery | Vesta | $ 120",
        "Wharf | Loom | 9",
    ]


def test_cells_of_several_lines_are_whole_and_two_tables_are_two() -> None:
    drawn = [
        *lines("Party", "Ridgeline", y=700, step=20), *lines("Owns the campus and lets", "its halls to tenants", y=680),
        *lines("What it does", x=250, y=700), *lines("Since", "2024", x=450, y=700, step=20),
    ]  # fmt: skip
    moved = [Text(250, line.y, line.text) if line.text.startswith(("Owns", "its")) else line for line in drawn]
    moved += [Text(x, 640, cell) for x, cell in zip((72, 250, 450), ("Marlow", "Builds the hall", "2025"), strict=True)]
    for row, y in ((("Site", "MW"), 560), (("Caddo Bend", "300"), 540), (("Leeds", "120"), 520)):
        moved += [Text(x, y, cell) for x, cell in zip((72, 350), row, strict=True)]
    assert read_pdf(pdf([Page(moved)])).text.split("\n") == [
        "Party | What it does | Since",
        "Ridgeline | Owns the campus and lets its halls to tenants | 2024",
        "Marlow | Builds the hall | 2025",
        "Site | MW",
        "Caddo Bend | 300",
        "Leeds | 120",
    ]


def test_bullets_drawn_off_the_line_stay_with_their_text() -> None:
    left = lines(
        "the lenders, who were not", "asked before and did not", "say yes when they were in", "the end.", y=640
    )
    right = [
        Text(250, 637, "•"),
        *lines("Power is what is lacking now", "and will be for years to", "come.", x=262, y=640),
    ]
    right += [Text(250, 601, "•"), Text(262, 604, "Landlords borrow for that.")]
    assert read_pdf(pdf([Page(left + right)])).text.split("\n\n") == [
        "the lenders, who were not asked before and did not say yes when they were in the end.",
        "* Power is what is lacking now and will be for years to come.\n* Landlords borrow for that.",
    ]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("It leases capa-", "city from Vesta.", "It leases capacity from Vesta."),
        ("It has long-", "term debt.", "It has long-term debt."),
        ("The load-", "balancing hall.", "The load-balancing hall."),
        ("Rolls-", "Royce sells it.", "Rolls-Royce sells it."),
        ("They use GPT-", "4 and a 300-", "They use GPT-4 and a 300-"),
        ("From 2025–", "2027 and/", "From 2025–2027 and/"),
        ("It leases", "capacity.", "It leases capacity."),
    ],
)
def test_words_divided_at_the_end_of_a_line_are_made_whole(first: str, second: str, joined: str) -> None:
    known = "They speak of a load and of balancing each day."
    read = read_pdf(pdf([Page([*lines(first, second), *lines(known, y=600)])]))
    assert read.text == f"{joined}\n\n{known}"


def test_items_are_lines_of_their_own_and_keep_their_second_lines() -> None:
    drawn = [
        *lines("The tenants are these, from north to south:"),
        *lines("• Vesta, with a hall that it shares with", x=82, y=680),
        *lines("Pinnacle Loom", x=94, y=668),
        *lines("• Halcyra", "• Orla", x=82, y=656),
        *lines("None of them has said more about it.", y=620),
    ]
    assert read_pdf(pdf([Page(drawn)])).text.split("\n") == [
        "The tenants are these, from north to south:",
        "",
        "* Vesta, with a hall that it shares with Pinnacle Loom",
        "* Halcyra",
        "* Orla",
        "",
        "None of them has said more about it.",
    ]


def test_a_date_or_a_dash_at_the_start_of_a_line_begins_no_item() -> None:
    drawn = lines(
        "Halcyra leases the second hall from June", "26. It pays for all of the power it draws", "– and that is a lot."
    )
    assert read_pdf(pdf([Page(drawn)])).text == " ".join(line.text for line in drawn)
    listed = lines(
        "The tenants of the hall are these two:", "1. Halcyra Compute, since June", "2. Vesta, since May", "- Orla"
    )
    assert read_pdf(pdf([Page(listed)])).text.count("\n") == 4 + 2


def test_running_heads_and_page_numbers_are_set_aside_and_heads_of_tables_are_not() -> None:
    pages = []
    for number in range(1, 7):
        head = [
            Text(72, 760, f"Chapter {(number + 1) // 2}   {number}", 8),
            Text(300, 30, "Marchbank - not for sale", 8),
        ]
        row = [Text(x, 740, cell) for x, cell in ((72, "Site"), (200, "Tenant"), (330, "Town"), (450, "MW"))]
        cells = [
            Text(x, 726, f"{cell}{number}") for x, cell in ((72, "Hall"), (200, "Vesta"), (330, "Leeds"), (450, "1"))
        ]
        pages.append(Page(head + row + cells))
    read = read_pdf(pdf(pages))
    assert read.text == "\n".join(
        f"Site | Tenant | Town | MW\nHall{n} | Vesta{n} | Leeds{n} | 1{n}" for n in range(1, 7)
    )
    assert read.aside.split("\n")[:2] == ["Chapter 1 1", "Marchbank - not for sale"]


def test_notes_at_the_foot_do_not_interrupt_a_paragraph() -> None:
    first = column(FIRST, 72, 700, 306)
    note = Text(72, 90, "1 The loan was repaid.", 7)
    second = column(SECOND, 72, 700, 306)
    read = read_pdf(pdf([Page([*first, note]), Page(second)]))
    assert read.text.split("\n\n") == [
        f"{FIRST} {SECOND}",
        "1 The loan was repaid.",
    ]


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("rotate", [0, 90])
def test_pages_printed_across_read_like_any_other(quarters: int, rotate: int) -> None:
    places = [(72, 700, 72, 688), (300, 72, 312, 72), (540, 300, 540, 312), (300, 700, 288, 700)][quarters]
    drawn = [
        Text(*places[:2], "Halcyra leases the second hall", quarters=quarters),
        Text(*places[2:], "at Caddo Bend from Ridgeline.", quarters=quarters),
    ]
    data = pdf([Page(drawn, rotate=rotate)])
    read = read_pdf(data)
    assert read.text == "Halcyra leases the second hall at Caddo Bend from Ridgeline."
    assert shows(data, read, 5, 45)


def shows(data: bytes, read: PdfText, start: int, end: int) -> bool:
    """Tell whether the boxes of a slice, cut out of their pages, hold its letters."""
    cut = ""
    with pypdfium2.PdfDocument(data) as document:
        for page, (left, bottom, right, top) in boxes(locate(read.areas, start, end) or ""):
            cut += letters(document[page - 1].get_textpage().get_text_bounded(left, bottom, right, top))
    return bool(cut) and not Counter(letters(read.text[start:end])) - Counter(cut)


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


words = st.lists(st.text("abcdefgHIJKL", min_size=1, max_size=11), min_size=1, max_size=60).map(" ".join)
texts = st.lists(words, min_size=1, max_size=3).map("\n\n".join)
sizes = st.sampled_from([7.0, 9.0, 10.0, 12.5])


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """One to three columns, some with a line over all, drawn in one order or another."""
    drawn = [Text(72, 740, draw(words)[:30], draw(st.sampled_from([10.0, 18.0])))] if draw(st.booleans()) else []
    size = draw(sizes)
    count = draw(st.integers(1, 3))
    width = (468 - 24 * (count - 1)) / count
    columns = [
        column(draw(texts), 72 + n * (width + 24), draw(st.integers(690, 700)), width, size) for n in range(count)
    ]
    drawn += [line for lines in draw(st.permutations(columns)) for line in lines]
    return Page([line for line in dict.fromkeys(drawn) if line.y > 20], rotate=draw(st.sampled_from([0, 90, 180])))


@given(st.lists(pages(), min_size=1, max_size=3), st.data())
@settings(deadline=None, max_examples=30)
def test_every_slice_stands_in_the_boxes_of_its_locator(drawn: list[Page], data: st.DataObject) -> None:
    file = pdf(drawn)
    read = read_pdf(file)
    assert [area.start for area in read.areas] == sorted(area.start for area in read.areas)
    assert letters("".join(read.text[area.start : area.end] for area in read.areas)) == letters(read.text)
    start = data.draw(st.integers(0, len(read.text) - 1))
    end = data.draw(st.integers(start + 1, len(read.text)))
    if letters(read.text[start:end]):
        assert shows(file, read, start, end)
    for area in read.areas:
        assert shows(file, read, area.start, area.end)


@given(pages())
@settings(deadline=None, max_examples=20)
def test_no_word_is_lost_or_invented(drawn: Page) -> None:
    read = read_pdf(pdf([drawn]))
    assert sorted(letters(read.text + read.aside)) == sorted(letters("".join(line.text for line in drawn.lines)))


def test_lines_are_as_wide_as_the_script_says() -> None:
    read = read_pdf(pdf([Page([Text(100, 500, "HHHH", 10)])]))
    left, _, right, _ = read.areas[0].box
    assert right - left == pytest.approx(4 * LETTER * 10, abs=3)
