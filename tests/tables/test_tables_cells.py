"""Cells, numbers, dates and places: what people and spreadsheets write is read, and nothing else is guessed."""

from datetime import date as Day  # noqa: N812  beside the function of the same name

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.values.dates import dates
from kg.tables.cells import Link, Tagged, clean, is_empty, joined, links, split, tagged, unquoted
from kg.tables.dates import date, loose, year_of_part
from kg.tables.numbers import amount, number
from kg.tables.places import coordinates, place_in


@given(st.text(max_size=60))
def test_a_clean_cell_is_one_line_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == once.strip()
    assert not {"\n", "\t", "\xa0"} & set(once)


@given(st.lists(st.text(st.characters(exclude_characters=',()[]{}"', codec="utf-8"), max_size=12), max_size=5))
def test_a_list_without_brackets_is_divided_at_every_comma(parts: list[str]) -> None:
    assert split(",".join(parts)) == [clean(part) for part in parts if clean(part)]


def test_lists_keep_brackets_quotes_and_tags_together() -> None:
    assert tagged('Anthropic #confident, Cursor, "Jupiter, Jülich" #likely, Qilin Co. (APUS, China)') == (
        Tagged("Anthropic", "confident"),
        Tagged("Cursor", None),
        Tagged("Jupiter, Jülich", "likely"),
        Tagged("Qilin Co. (APUS, China)", None),
    )
    assert split("but \"it's probably, going") == ["but \"it's probably", "going"]
    assert split("a (b, c") == ["a (b", "c"]


NAME = st.text("aZ ,;/&.", min_size=1).map(clean).filter(bool)


@given(st.lists(NAME, max_size=5))
def test_a_list_that_was_joined_is_divided_into_the_same(names: list[str]) -> None:
    assert [unquoted(part) for part in split(joined(names))] == names


@given(
    st.lists(st.sampled_from(["xAI (SpaceX; Inc.)", "Oracle", '"A; B"', "Loom [x / y]", "a / b"]), min_size=1),
    st.sampled_from(["; ", " | ", " and ", "||", "];["]),
)
def test_a_separator_of_several_signs_divides_like_one(names: list[str], separator: str) -> None:
    assert split(separator.join(names), separator) == names


def test_links_are_found_with_their_titles_and_without() -> None:
    cell = "- [The [S-1] filing](https://e.org/a_(1).htm#p) \n- https://e.org/b, and [x](https://e.org/a_(1).htm#p)"
    assert links(cell) == [Link("https://e.org/a_(1).htm#p", "x"), Link("https://e.org/b", "")]


@pytest.mark.parametrize("text", ["", " ", "None", "n/a", "NaN", "-", "?", "unknown", " TBD"])
def test_words_for_nothing_are_nothing_and_no_number(text: str) -> None:
    assert is_empty(text)
    assert number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back(value: float) -> None:
    assert number(repr(value)) == value


@given(st.integers(-(10**12), 10**12))
def test_thousands_may_be_grouped(value: int) -> None:
    assert number(f"{value:,}") == value
    assert number(f"{value:,}".replace(",", "\u202f")) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("2E+11", 2e11), ("0,5", 0.5), ("1.234,5", 1234.5), ("inf", None), ("", None), ("n/a", None), ("\u22125", -5)],
)
def test_forms_of_numbers(text: str, value: float | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["12 MW", "about 5", "1_000", "5-6", "0x10"])
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        number(text)


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "unit"),
    [
        ("≤5 GW", 5000, None, 5000, "MW"),
        ("at least 2", 2, 2, None, None),
        (">0.3", 0.3, 0.3, None, None),
        ("10-15 %", 15, 10, 15, "%"),
        ("$38B", 38e9, 38e9, 38e9, None),
        ("2+ GW", 2000, 2000, None, "MW"),
        ("18 months", 1.5, 1.5, 1.5, "years"),
        ("300 USD", 300, 300, 300, None),
    ],
)
def test_amounts_have_bounds_and_units(
    text: str, value: float, low: float | None, high: float | None, unit: str | None
) -> None:
    found = amount(text)
    assert found is not None
    assert (found.value, found.low, found.high, found.unit) == (value, low, high, unit)


@given(st.dates(Day(1900, 1, 1), Day(2199, 12, 31)))
def test_a_day_is_one_however_it_is_saved(day: Day) -> None:
    iso = day.isoformat()
    serial = (day - Day(1899, 12, 30)).days
    forms = [iso, f"{iso}T00:00:00.000Z", f"{iso} 23:27:52+00:00", iso.replace("-", "")]
    forms += [f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"]
    forms += [f"{day.month}/{day.day}/{day.year}", f"{day.day}.{day.month}.{day.year}"]
    assert {date(form) for form in forms} == {iso}
    assert not 10_000 <= serial <= 99_999 or date(str(serial)) == iso


@given(st.dates(Day(2000, 1, 1), Day(2099, 12, 31)))
def test_years_may_have_two_digits_where_a_spreadsheet_shortens_them(day: Day) -> None:
    assert {date(f"{day:%d-%b-%y}"), date(f"{day.day} {day:%b %y}"), date(f"{day:%m/%d/%y}")} == {day.isoformat()}
    assert {date(f"{day:%b-%y}"), date(f"{day:%B-%y}"), date(f"{day:%b} '{day:%y}")} == {f"{day:%Y-%m}"}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Planned H2 2026", "2026"),
        ("Q4 2024", "2024"),
        ("FY24 Q1 - MI300X", "2024"),
        ("2024 Q1 - Siyuan 590", "2024"),
        ("upgrade to H100s in 2025", None),
        ("H200 from 2025", None),
        ("2029-02", None),
    ],
)
def test_quarters_and_halves_among_other_words_give_their_year(text: str, year: str | None) -> None:
    assert year_of_part(text) == year


IN_WORDS = [
    "Q4 {year}", "{year} Q4", "Q4'{short}", "4Q{short}", "H2 {year}", "1H {year}", "1H'{short}", "FY{year}",
    "FY{short}", "Q1 FY{short}", "FY{short} Q1", "{year}/Q4", "Q4/{year}", "mid-{year}", "late {year}", "early {year}",
    "end of {year}", "Spring {year}", "first half of {year}", "the second quarter {year}", "4Q{short}E",
]  # fmt: skip
IN_TABLES = ["{year}E", "{year}e", "{year}F", "{year}A", "FY{year}E", "Q4 {year}E", "{year}Q4", "Q4-{short}"]


@given(st.sampled_from(IN_WORDS + IN_TABLES), st.integers(2000, 2049))
def test_what_names_a_part_of_a_year_is_its_year_as_in_texts(form: str, year: int) -> None:
    text = form.format(year=year, short=f"{year % 100:02}")
    assert loose(text) == loose(f" {text} ") == str(year)
    if form in IN_WORDS:
        short_estimate = form == "4Q{short}E" and year < 2010  # no text expects a year gone by; "4Q00E" is a part
        assert {when.iso for when in dates(text, 0, len(text))} == (set() if short_estimate else {str(year)})


@given(st.dates(Day(1900, 1, 1), Day(2199, 12, 31)))
def test_what_is_a_date_stays_as_precise_as_it_is(day: Day) -> None:
    for form in (day.isoformat(), f"{day:%Y-%m}", f"{day:%b %Y}", f"{day.month}/{day.day}/{day.year}", f"{day.year}"):
        assert loose(form) == date(form)
    assert loose("") is None


@pytest.mark.parametrize(
    "text",
    ["Q5 2026", "H3 2026", "5Q26", "H100", "H200", "27", "27E", "mid-26", "FY2026/27", "2025-2027", "Q3 - Q4 2026",
     "Q4 1801", "by 2027", "~2027", "45000E", "2026-13", "soon"],
)  # fmt: skip
def test_what_names_no_one_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="date"):
        loose(text)


@pytest.mark.parametrize(
    "text", ["0202-07-30", "2026-02-30", "soon", "May 26", "26-May", "31-Feb-26", "31/31/2026", "12", "Q5 2026"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|period"):
        date(text)


@pytest.mark.parametrize(
    ("address", "country", "name"),
    [
        ("5420 Tulane Rd, Memphis, TN 38109", "United States", "Memphis"),
        ("601 Kuna Mora Rd,  Kuna ID 83634", "United States", "Kuna"),
        ("M39X+XG, Mt Pleasant, WI 53177", "United States of America", "Mt Pleasant"),
        ("33°24'28.7\"N 112°21'54.3\"W\nGoodyear, Arizona, USA", "United States of America", "Goodyear"),
        ("Via Piero Gobetti, 101, 40129 Bologna BO, Italy", "Italy", "Italy"),
        ("Incheon, South Korea", "Korea (Republic of)", "Incheon"),
        ("", "Korea (Republic of)", "Korea (Republic of)"),
        ("Texas", "United States of America", "Texas"),
        ("China", "China", "China"),
    ],
)
def test_the_most_specific_place_is_named_as_the_address_does(address: str, country: str, name: str) -> None:
    place = place_in(address, country)
    assert place is not None
    assert place.name == name
    assert (place.id or "").startswith("place:")


def test_no_place_is_made_up() -> None:
    assert place_in('Undisclosed, could be anywhere "across the globe world"') is None


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("27°33'21.6\"N 35°32'18.4\"E", (27.556, 35.538444)),
        ("33°24'28.7\"N 112°21'54.3\"W\nGoodyear, Arizona", (33.407972, -112.365083)),
        ("Muskogee, Oklahoma 35.693709, -95.386957", (35.693709, -95.386957)),
        ("3,500.5, 12", None),
        ("95.1234, 10.5678", None),
    ],
)
def test_coordinates_are_degrees_north_and_east(text: str, where: tuple[float, float] | None) -> None:
    assert coordinates(text) == where
