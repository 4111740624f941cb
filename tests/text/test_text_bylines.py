"""Dates of publication: where a text states one it is found, anywhere else nothing is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.bylines import iso_date, published, read_date

BODY = "\n\nHalcyra Compute has leased a site.\n\n" + "It is a large one, and more is to come.\n" * 30
STATED = [
    ("By Dana Okonjo | May 6, 2026, 4:12 PM EDT", "2026-05-06"),
    ("By Dana Okonjo, Compute Daily - May 6, 2026", "2026-05-06"),
    ("17 April 2026   By Hattie Orlov   Have your say", "2026-04-17"),
    ("18 May 2026", "2026-05-18"),
    ("Thursday, May 7, 2026", "2026-05-07"),
    ("Wed May 6 2026", "2026-05-06"),
    ("22 July 2025 · InfraDeal", "2025-07-22"),
    ("Feb. 19, 2026", "2026-02-19"),
    ("Sept. 3, 2025", "2025-09-03"),
    ("6-May-2026", "2026-05-06"),
    ("2026.05.06", "2026-05-06"),
    ("6.5.2026", "2026-05-06"),
    ("18/05/2026", "2026-05-18"),
    ("05/18/2026", "2026-05-18"),
    ("(Published 6th May 2026)", "2026-05-06"),
    ("Published May 6, 2026 | Updated May 7, 2026", "2026-05-06"),
    ("Updated May 7, 2026 | First published May 6, 2026", "2026-05-06"),
    ("Posted by Dana on May 6, 2026", "2026-05-06"),
    ("Posted on May 6, 2026 by u/gpu_fan", "2026-05-06"),
    ("Published: 2026-05-06T23:30:00-04:00", "2026-05-06"),
    ("Date: Wed, 6 May 2026 16:12:00 -0400", "2026-05-06"),
    ("Dated: May 6, 2026", "2026-05-06"),
    ("Issue #45 • May 6, 2026 • 5 min read", "2026-05-06"),
    ("Halcyra Compute Inc. (HLCY) Q3 2025 Earnings Call, November 12, 2025", "2025-11-12"),
    ("SHREVEPORT, La., Feb. 19, 2026 (GLOBE NEWSWIRE) -- Halcyra Compute today said", "2026-02-19"),
    ("NEW YORK, May 6, 2026 /PRNewswire/ -- Halcyra", "2026-05-06"),
    ("AUSTIN, Texas--(BUSINESS WIRE)--May 6, 2026--Halcyra", "2026-05-06"),
    ("AUSTIN, Texas — May 6, 2026 — Halcyra today announced", "2026-05-06"),
    ("LONDON, 6 May 2026: Halcyra has", "2026-05-06"),
    ("FERN & CO | EQUITY RESEARCH | May 2026", "2026-05"),
    ("Date of event:  May 4, 2026\nAbstracted:  May 6, 2026", "2026-05-06"),
    ("Event: Q3 call | Published: May 6, 2026", "2026-05-06"),
    ("Meeting date:  May 4, 2026 | Published: May 6, 2026", "2026-05-06"),
]
NOT_STATED = [
    "Date of event:  May 4, 2026",
    "Date of earliest event reported:  May 4, 2026",
    "ULSAN, March 12 (Hanbit) - Samsung",
    "On May 6, 2026, Halcyra signed.",
    "May 6, 2026 was a big day for Halcyra",
    "The merger closed on November 12, 2025",
    "The company, based in Austin, said on Tuesday, May 6, 2026",
    "Updated May 7, 2026",
    "Last updated: 7 May 2026",
    "for the quarterly period ended September 30, 2025",
    "Date of Report (Date of earliest event reported): May 4, 2026",
    "05/06/2026",
    "May 35, 2026",
    "Terms of 2026",
    "| May 2026 | June 2026 | July 2026 |",
    "May 1, 2026 | first hall\nMay 9, 2026 | second hall\nJune 3, 2026 | third hall",
]


@pytest.mark.parametrize(("line", "day"), STATED)
def test_stated_dates(line: str, day: str) -> None:
    assert published(f"Halcyra leases a campus\n\n{line}{BODY}") == day


@pytest.mark.parametrize("line", NOT_STATED)
def test_no_date_is_better_than_a_wrong_one(line: str) -> None:
    assert published(f"Halcyra leases a campus\n\n{line}{BODY}") is None


def test_last_lines_count_with_a_cue_or_as_the_very_last() -> None:
    assert published(f"Halcyra leases{BODY}\nPublished May 6, 2026\nShare") == "2026-05-06"
    assert published(f"Halcyra leases{BODY}\n22 July 2025 · InfraDeal") == "2025-07-22"
    assert published(f"Halcyra leases{BODY}\nRelated\nMay 6, 2026\nAnother story") is None


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_form(day: date) -> None:
    month = day.strftime("%B")
    forms = [f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}", f"{month[:3]}. {day.day}, {day.year}"]
    for form in [*forms, day.isoformat(), f"{day.isoformat()}T23:59:59+09:00"]:
        assert read_date(form) == day.isoformat()
    assert published(f"Title of a text\n\nBy Dana Okonjo | {forms[0]}{BODY}") == day.isoformat()


@given(st.text(max_size=40) | st.from_regex(r"\d{2,5}-?\d{0,3}-?\d{0,3}T?.{0,5}", fullmatch=True))
def test_iso_dates_are_real_ones(value: str) -> None:
    day = iso_date(value)
    if day is not None:
        assert value.strip().startswith(day)
        assert date.fromisoformat(day + "-01-01"[len(day) - 4 :]) if len(day) < 10 else date.fromisoformat(day)


@pytest.mark.parametrize("value", ["2026-13", "2026-02-30", "26-05-06", "2026-5-6", "May 2026", "", "2026-05-06x"])
def test_what_is_no_iso_date(value: str) -> None:
    assert iso_date(value) is None


@given(st.text("May 6, 2026|·-—()By \n", max_size=400))
def test_any_text_gets_an_answer(text: str) -> None:
    day = published(text)
    assert day is None or iso_date(day) == day
