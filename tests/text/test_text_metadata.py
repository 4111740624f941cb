"""What a text says about itself: kind, title and publisher by plain cues, else nothing."""

import pytest

from kg.text.metadata import kind, publisher, read_metadata, title

BODY = "Halcyra Compute has leased 36 megawatts at Caddo Bend to Pinnacle Loom. The contract runs for four years."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"FOR IMMEDIATE RELEASE\n\n{BODY}", "release"),
        (f"AUSTIN, Texas--(BUSINESS WIRE)--May 6, 2026--{BODY}", "release"),
        (f"NEW YORK, May 6, 2026 /PRNewswire/ -- {BODY}", "release"),
        (f"{BODY}\n\nMedia contact\nA. Person", "release"),
        (f"Halcyra Q3 2025 Earnings Call, November 12, 2025\n\nOperator: Good morning.\n\n{BODY}", "release"),
        (f"UNITED STATES\nSECURITIES AND EXCHANGE COMMISSION\n\nFORM 8-K\n\n{BODY}", "filing"),
        (f"Item 1.01\n\nCommission File Number 001-1\n{BODY}", "filing"),
        (f"FERN & CO | EQUITY RESEARCH\n\n{BODY}", "analyst"),
        (f"Analysts: B. Fern, CFA\n\n{BODY}", "analyst"),
        (f"u/gpu_fan\n{BODY}", "post"),
        (f"r/datacenters · 214 points, 31 comments\n{BODY}", "post"),
        (f"Power Lines #41\n\nThanks for reading! {BODY}", "blog"),
        (f"By Dana Okonjo | May 6, 2026\n\n{BODY}", "news"),
        (BODY, None),
        (f"By contrast, {BODY}", None),
        (f"Regulators want and/or need more.\n{BODY}", None),
        (f"The company filed its Form 10-K with the Securities and Exchange Commission last week. {BODY}", None),
    ],
)
def test_kinds_by_their_cues(text: str, expected: str | None) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Halcyra fills Caddo Bend\n\n{BODY}", "Halcyra fills Caddo Bend"),
        (f"HOME / AI / INFRASTRUCTURE\n\nHalcyra fills Caddo Bend\n\n{BODY}", "Halcyra fills Caddo Bend"),
        (f"NEWS  |  Energy\n\nHalcyra fills Caddo Bend\n\n{BODY}", "Halcyra fills Caddo Bend"),
        (f"FOR IMMEDIATE RELEASE\n\nHalcyra fills Caddo Bend\n\n{BODY}", "Halcyra fills Caddo Bend"),
        (f"May 6, 2026\nBy Dana Okonjo\nHalcyra fills Caddo Bend\n\n{BODY}", "Halcyra fills Caddo Bend"),
        (f"{BODY}\n\nMore text follows here", None),
        ("One line and nothing else", None),
        ("", None),
    ],
)
def test_titles_stand_above_the_body(text: str, expected: str | None) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BODY}\n\n© 2026 Compute Daily. All rights reserved.", "Compute Daily"),
        (f"{BODY}\n\nCopyright © 2024-2026 InfraDeal Media, Inc. | Privacy", "InfraDeal Media"),
        (f"ULSAN, March 12 (Hanbit) - {BODY}", "Hanbit"),
        (f"NEW YORK, May 6, 2026 (GLOBE NEWSWIRE) -- {BODY}", None),
        (f"PELLWORM & STERN | EQUITY RESEARCH | NETWORKS\n\n{BODY}", "Pellworm & Stern"),
        (f"Publisher: Compute Daily\n\n{BODY}", "Compute Daily"),
        (f"{BODY}\n\nSource: TechPaper", None),
        (BODY, None),
    ],
)
def test_publishers_only_where_sure(text: str, expected: str | None) -> None:
    assert publisher(text) == expected


@pytest.mark.parametrize(
    "text",
    ["a" + " " * 50_000 + "b", "By " * 20_000, "A, " * 20_000, "\n" * 60_000, "(c) 2026 " * 5_000, "A.'" * 20_000],
)
def test_hostile_texts_are_read_within_their_first_and_last_characters(text: str) -> None:
    assert read_metadata(text).published is None
