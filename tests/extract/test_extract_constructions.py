"""One meaning in every construction: each sentence says what stands beside it, by grammar and lexicon alone."""

import pytest
from extract_grammar import FULL, HALF, read_text, said
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.proposing.propose import Proposer

LEASE = "LEASES_FROM Pinewhistle AI > Tarn Cloud"


@pytest.mark.parametrize(
    "text",
    [
        "Pinewhistle AI leases 40 MW from Tarn Cloud.",
        "Pinewhistle AI has agreed to lease 40 MW from Tarn Cloud.",
        "Tarn Cloud leases 40 MW to Pinewhistle AI.",
        "40 MW was leased to Pinewhistle AI by Tarn Cloud.",
        "Pinewhistle AI's lease from Tarn Cloud runs for 12 years.",
        "The lease of 40 MW by Pinewhistle AI from Tarn Cloud is binding.",
        "Pinewhistle AI signed a lease with Tarn Cloud.",
        "Tarn Cloud, Pinewhistle AI's landlord, is full.",
        "Pinewhistle AI, a tenant of Tarn Cloud, is moving.",
        "Tarn Cloud is the landlord of Pinewhistle AI.",
        "Tarn Cloud, from which Pinewhistle AI leases its space, is full.",
        "Pinewhistle AI, which rents its halls from Tarn Cloud, is moving.",
        "Bramble Labs owns its halls, and Pinewhistle AI rents its own from Tarn Cloud.",
        "Pinewhistle AI RENTS 40 MW FROM Tarn Cloud",
        "Pinewhistle AI to rent 40 MW from Tarn Cloud",
        "* Pinewhistle AI rents 40 MW from Tarn Cloud for 12 years",
        "Rather than build, Pinewhistle AI took 40 MW from Tarn Cloud.",
        "Pinewhistle AI's landlords include Tarn Cloud.",
        "Tarn Cloud and Osprey Group let their halls to Pinewhistle AI.",
    ],
)
def test_a_lease_in_every_construction(text: str) -> None:
    assert LEASE in said(text)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Willow Silicon's H100 is scarce.", "DESIGNS Willow Silicon > H100"),
        ("Osprey Group's Gorse Field campus is full.", "OPERATES Osprey Group > Gorse Field"),
        ("Sorrel-backed Tarn Cloud has moved.", "INVESTS_IN Sorrel > Tarn Cloud"),
        ("Osprey-owned Tarn Cloud has moved.", "SUBSIDIARY_OF Tarn Cloud > Osprey"),
        ("Tarn Cloud, backed by Sorrel Ventures, has moved.", "INVESTS_IN Sorrel Ventures > Tarn Cloud"),
        ("Gorse Field is home to Pinewhistle AI.", "LEASES Pinewhistle AI > Gorse Field"),
        ("Tarn Cloud named Ines Farrow chief executive.", "LEADS Ines Farrow > Tarn Cloud"),
        ("Tarn Cloud chairman Tomas Reyl left.", "LEADS Tomas Reyl > Tarn Cloud"),
        ("The founder of Tarn Cloud, Ines Farrow, left.", "LEADS Ines Farrow > Tarn Cloud"),
        (
            "Sedge Grid, a joint venture between Tarn Cloud and Osprey Group, left.",
            "PARTNERS_WITH Osprey Group > Tarn Cloud",
        ),
        ("Tarn Cloud and Osprey Group are partners.", "PARTNERS_WITH Osprey Group > Tarn Cloud"),
        ("Tarn Cloud and Reedbed Cloud are rivals.", "COMPETES_WITH Reedbed Cloud > Tarn Cloud"),
        ("Gorse Field (Memphis) is full.", "LOCATED_IN Gorse Field > Memphis"),
        ("Gorse Field, in Memphis, is full.", "LOCATED_IN Gorse Field > Memphis"),
        ("Oslo's Tarn Cloud has moved.", "LOCATED_IN Tarn Cloud > Oslo"),
        ("Friends of the Fen v. Osprey Group", "SUES Friends of the Fen > Osprey Group"),
        ("The H100 is made by Heron Foundry.", "FABRICATES Heron Foundry > H100"),
        ("Gorse Field, with 4,000 H100s, is full.", ""),
        ("Gorse Field gets its power from Alder Electric.", "POWERS Alder Electric > Gorse Field"),
        ("Harrier Bank, which lent Tarn Cloud $40m, is small.", "LENDS_TO Harrier Bank > Tarn Cloud"),
        ("Osprey Group stands behind Tarn Cloud's lease.", "GUARANTEES Osprey Group > Tarn Cloud"),
        ("Pinewhistle AI, the company behind Quillon, left.", "DEVELOPS Pinewhistle AI > Quillon"),
        ("Tarn Cloud has bought 4,000 H100s from Willow Silicon.", "SUPPLIES Willow Silicon > Tarn Cloud"),
        ("Osprey Group's takeover of Tarn Cloud has closed.", "ACQUIRES Osprey Group > Tarn Cloud"),
        ("Larkfield Developments has put up Gorse Field.", "BUILDS Larkfield Developments > Gorse Field"),
        ("Gorse Field has changed hands: Osprey Group owns it now.", ""),
        ("Osprey Group: to take 40% of Tarn Cloud for $90m", "INVESTS_IN Osprey Group > Tarn Cloud"),
        ("For $2 billion in cash Osprey Group is buying Tarn Cloud.", "ACQUIRES Osprey Group > Tarn Cloud"),
        ("Tarn Cloud reckons Reedbed Cloud its only rival.", "COMPETES_WITH Reedbed Cloud > Tarn Cloud"),
        (
            "Osprey Group has swallowed Reedbed Cloud, once the chip arm of Tarn Cloud.",
            "ACQUIRES Osprey Group > Reedbed Cloud; SUBSIDIARY_OF Reedbed Cloud > Tarn Cloud",
        ),
        (
            "Gorse Field, which Larkfield Developments is developing and has pre-let to Tarn Cloud, is full.",
            "BUILDS Larkfield Developments > Gorse Field; LEASES Tarn Cloud > Gorse Field",
        ),
        (
            "Moorhen Capital invested in Tarn Cloud, and so did Osprey Group.",
            "INVESTS_IN Moorhen Capital > Tarn Cloud; INVESTS_IN Osprey Group > Tarn Cloud",
        ),
        (
            "Along with Bramble Labs, Pinewhistle AI rents capacity from Tarn Cloud.",
            "LEASES_FROM Bramble Labs > Tarn Cloud; LEASES_FROM Pinewhistle AI > Tarn Cloud",
        ),
        (
            "Gorse Field's owner is Osprey Group and its operator Tarn Cloud.",
            "OWNS Osprey Group > Gorse Field; OPERATES Tarn Cloud > Gorse Field",
        ),
        (
            "Ines Farrow is chief executive of Tarn Cloud, Tomas Reyl of Osprey Group.",
            "LEADS Ines Farrow > Tarn Cloud; LEADS Tomas Reyl > Osprey Group",
        ),
        (
            "Reedbed Cloud, Moorhen Capital, the Gulf fund, and Osprey Group have agreed to buy Tarn Cloud.",
            "ACQUIRES Moorhen Capital > Tarn Cloud; ACQUIRES Osprey Group > Tarn Cloud",
        ),
    ],
)
def test_a_claim_in_its_own_construction(text: str, claims: str) -> None:
    assert set(filter(None, claims.split("; "))) <= said(text)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Tarn Cloud, Bramble Labs and Pinewhistle AI lease space from Osprey Group.", "LEASES_FROM {} > Osprey Group"),
        ("Osprey Group leases space to Tarn Cloud, Bramble Labs and Pinewhistle AI.", "LEASES_FROM {} > Osprey Group"),
        (
            "The tenants of Osprey Group are Tarn Cloud, Bramble Labs and Pinewhistle AI.",
            "LEASES_FROM {} > Osprey Group",
        ),
        (
            "Osprey Group's tenants include Tarn Cloud, Bramble Labs and Pinewhistle AI.",
            "LEASES_FROM {} > Osprey Group",
        ),
        (
            "Moorhen Capital has invested in Tarn Cloud, Bramble Labs and Pinewhistle AI.",
            "INVESTS_IN Moorhen Capital > {}",
        ),
    ],
)
def test_a_list_distributes(text: str, claims: str) -> None:
    assert {claims.format(name) for name in ("Tarn Cloud", "Bramble Labs", "Pinewhistle AI")} <= said(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Pinewhistle AI and Tarn Cloud lease space from Osprey Group.", "LEASES_FROM Pinewhistle AI > Tarn Cloud"),
        (
            "Pinewhistle AI leases space from Osprey Group and racks come from Tarn Cloud.",
            "LEASES_FROM Pinewhistle AI > Tarn Cloud",
        ),
        (
            "Tarn Cloud leases to Pinewhistle AI and Osprey Group to Bramble Labs.",
            "LEASES_FROM Bramble Labs > Tarn Cloud",
        ),
        ("Harrier Bank and Moorhen Capital lent Tarn Cloud $40m.", "LENDS_TO Harrier Bank > Moorhen Capital"),
        ("Osprey Group owns 12% of Tarn Cloud.", "SUBSIDIARY_OF Tarn Cloud > Osprey Group"),
        ("Tarn Cloud bought 4,000 H100s from Willow Silicon.", "ACQUIRES Tarn Cloud > Willow Silicon"),
        ("Ines Farrow, an analyst at Harrier Bank, doubts it.", "LEADS Ines Farrow > Harrier Bank"),
        ("Osprey Group sold Gorse Field to Harrier Bank.", "LEASES_FROM Harrier Bank > Osprey Group"),
        ("Reedbed Cloud, which competes with Tarn Cloud, leases Gorse Field.", "LEASES Tarn Cloud > Gorse Field"),
        ("Tarn Cloud said that Bramble Labs leases Gorse Field.", "LEASES Tarn Cloud > Gorse Field"),
        ("Osprey Group has bought Reedbed Cloud, once an arm of Tarn Cloud.", "ACQUIRES Osprey Group > Tarn Cloud"),
        ("Gorse Field's owner is Osprey Group and its operator Tarn Cloud.", "OWNS Tarn Cloud > Gorse Field"),
    ],
)
def test_what_is_not_said_gets_no_full_support(text: str, claim: str) -> None:
    assert claim not in said(text, HALF)


def test_rows_of_a_table_say_what_their_headings_say() -> None:
    rows = (
        "Site | Town | Leased to",
        "--- | --- | ---",
        "Gorse Field | Memphis | Pinewhistle AI",
        "Heath Yard | Oslo | Tarn Cloud",
    )
    text = "".join(f"| {row} |\n" for row in rows)
    assert said(text) == {
        "LOCATED_IN Gorse Field > Memphis",
        "LEASES Pinewhistle AI > Gorse Field",
        "LOCATED_IN Heath Yard > Oslo",
        "LEASES Tarn Cloud > Heath Yard",
    }


@given(st.text(max_size=120), st.sampled_from(["Tarn Cloud leases Gorse Field", "Osprey Group's Gorse Field", "H100"]))
def test_candidates_of_any_text_are_sound(noise: str, kernel: str) -> None:
    reading = read_text(f"{noise} {kernel} {noise}")
    for candidates in Proposer(reading).candidates():
        for c in candidates:
            parsed = reading.parsed[c.segment]
            assert 0 <= c.rule <= 3
            assert c.subject.entity != c.object.entity
            assert all(a.item < len(parsed.items) for a in (c.subject, c.object))
            assert c.triggers == len(c.rules)


@given(st.text(max_size=200))
def test_the_same_text_gives_the_same_candidates(text: str) -> None:
    assert said(f"{text} Tarn Cloud leases Gorse Field.", FULL) == said(f"{text} Tarn Cloud leases Gorse Field.", FULL)
