"""Who does what: the slots of verbs and nouns in each construction of English."""

import pytest
from extract_grammar import parse, read_text
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.proposing.triggers import triggers


def heads(text: str, lemma: str, slot: str) -> set[str]:
    """Return what the phrases of a slot end in, for the triggers with a lemma."""
    reading = read_text(text)
    (parsed,) = reading.parsed
    return {
        text[parsed.items[parsed.chunks[k].head].start : parsed.items[parsed.chunks[k].head].end]
        for trigger in triggers(parsed, reading.entities)
        if trigger.lemma == lemma
        for k in trigger.slots.get(slot, ())
    }


@pytest.mark.parametrize(
    ("text", "lemma", "slots"),
    [
        # Plain, passive, infinitive.
        (
            "Tarn Cloud leases Gorse Field from Osprey Group.",
            "lease",
            {"subj": "Tarn Cloud", "obj": "Gorse Field", "from": "Osprey Group"},
        ),
        ("Gorse Field is leased by Tarn Cloud.", "lease", {"obj": "Gorse Field", "by": "Tarn Cloud"}),
        ("Tarn Cloud has agreed to lease Gorse Field.", "lease", {"subj": "Tarn Cloud", "obj": "Gorse Field"}),
        ("Osprey Group asked Tarn Cloud to lease Gorse Field.", "lease", {"subj": "Tarn Cloud"}),
        (
            "With Alder Electric to provide the electricity, Gorse Field will open.",
            "provide",
            {"subj": "Alder Electric"},
        ),
        # Relative clauses.
        ("Gorse Field, which Tarn Cloud leases, is full.", "lease", {"subj": "Tarn Cloud", "obj": "Gorse Field"}),
        ("The site Tarn Cloud rents is full.", "rent", {"subj": "Tarn Cloud", "obj": "site"}),
        ("Osprey Group, from which Tarn Cloud leases Gorse Field, is rich.", "lease", {"from": "Osprey Group"}),
        (
            "Gorse Field, which Tarn Cloud leases and which Osprey Group owns, is full.",
            "own",
            {"subj": "Osprey Group", "obj": "Gorse Field"},
        ),
        ("Ines Farrow is a woman who runs Tarn Cloud.", "run", {"subj": "woman|Ines Farrow"}),
        # Participles.
        ("The hall leased by Tarn Cloud is full.", "lease", {"obj": "hall", "by": "Tarn Cloud"}),
        ("Gorse Field, built by Osprey Group, is full.", "build", {"obj": "Gorse Field", "by": "Osprey Group"}),
        ("Gorse Field is 60% owned by Osprey Group.", "own", {"obj": "Gorse Field", "by": "Osprey Group"}),
        # Coordination.
        ("Tarn Cloud leases Gorse Field and runs it.", "run", {"subj": "Tarn Cloud"}),
        ("Tarn Cloud owns and operates Gorse Field.", "own", {"obj": "Gorse Field"}),
        (
            "Tarn Cloud, Bramble Labs and Pinewhistle AI lease it.",
            "lease",
            {"subj": "Tarn Cloud|Bramble Labs|Pinewhistle AI"},
        ),
        ("Tarn Cloud (60%) and Bramble Labs (40%) own it.", "own", {"subj": "Tarn Cloud|Bramble Labs"}),
        (
            "Osprey Group sold it, and its parent, Harrier Bank, has guaranteed it.",
            "guarantee",
            {"subj": "parent|Harrier Bank"},
        ),
        # Insertions and fronted phrases.
        ("Tarn Cloud, the Denver developer, leases Gorse Field.", "lease", {"subj": "Tarn Cloud"}),
        ("At Gorse Field, Tarn Cloud rents 40 MW.", "rent", {"subj": "Tarn Cloud", "at": "Gorse Field"}),
        ("Behind it stand two funds.", "stand", {}),
        # Verbs left out.
        (
            "Osprey Group owns 20 per cent of it and Harrier Bank 30 per cent.",
            "own",
            {"subj": "Osprey Group|Harrier Bank"},
        ),
        (
            "Osprey Group is building at Gorse Field, Tarn Cloud at Heath Yard.",
            "build",
            {"at": "Gorse Field|Heath Yard"},
        ),
        # Headlines with a colon.
        ("Tarn Cloud: 40 MW at Gorse Field, backed by Sorrel Ventures", "back", {"by": "Sorrel Ventures"}),
        # Nouns.
        ("Tarn Cloud signed a lease with Osprey Group.", "lease", {"subj": "Tarn Cloud", "with": "Osprey Group"}),
        ("Osprey Group, the landlord of Tarn Cloud, left.", "landlord", {"self": "Osprey Group", "of": "Tarn Cloud"}),
        ("The landlord of Tarn Cloud is Osprey Group.", "landlord", {"self": "Osprey Group"}),
        ("A landlord called Osprey Group left.", "landlord", {"self": "Osprey Group"}),
        ("Tarn Cloud named Ines Farrow as chief executive.", "chief executive", {"self": "Ines Farrow"}),
        ("Ines Farrow joined Tarn Cloud as chief executive.", "chief executive", {"self": "Ines Farrow"}),
        ("Harrier Bank, one of the lenders, left.", "lender", {"self": "Harrier Bank"}),
    ],
)
def test_slots(text: str, lemma: str, slots: dict[str, str]) -> None:
    for slot, expected in slots.items():
        assert heads(text, lemma, slot) == set(expected.split("|")), slot


@given(
    st.lists(
        st.sampled_from(
            [
                "Tarn Cloud",
                "leases",
                "which",
                "leased",
                ",",
                "and",
                "by",
                "(",
                ")",
                "to",
                "is",
                "of",
                ":",
                "the site",
                "5%",
            ]
        ),
        max_size=25,
    )
)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    reading = read_text(" ".join(words))
    for parsed in reading.parsed:
        for trigger in triggers(parsed, reading.entities):
            for members in trigger.slots.values():
                assert all(0 <= k < len(parsed.chunks) for k in members)


def test_reading_takes_time_in_proportion_to_length() -> None:
    """Each verb is read once, however long the sentence: what it holds does not grow with the square of it."""
    parsed = parse("Tarn Cloud leases it, and " * 200 + "Osprey Group left.")
    held = sum(len(parsed.syntax.verb_slots(k)) for k, chunk in enumerate(parsed.chunks) if chunk.kind == "VG")
    assert held < 4 * len(parsed.chunks)
