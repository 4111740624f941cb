"""Whatever words stand in whatever order: the grammar reads them, and every slot names phrases that are there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.grammar.lexicon import lexicon
from kg.extract.naming.names import name_document
from kg.extract.proposing.propose import Proposer
from kg.extract.reading import read
from kg.text.segment import segments

NAMES = "Tarn Cloud|Oracle|Gorse Field|Leeds|H100|Ada Moss|Nvidia|xAI".split("|")
SMALL = (
    "the a its which who that and or but by from to with for of at in on as well as "
    "letter of intent not will has been is"
).split()
MARKS = [
    ",",
    ".",
    ";",
    ":",
    "(",
    ")",
    "—",
    "'s",
    "|",
    "\n",
    "\n\n* ",
    "“",
    "”",
    "300 MW",
    "$5 billion",
    "2026",
    "per cent",
    "-",
]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a jumble of names, triggers, small words and marks."""
    triggers = sorted({*lexicon().verbs, *lexicon().nouns})
    word = st.one_of(st.sampled_from(NAMES), st.sampled_from(SMALL), st.sampled_from(MARKS), st.sampled_from(triggers))
    return " ".join(draw(st.lists(word, min_size=1, max_size=40)))


@settings(max_examples=150, deadline=None)
@given(texts())
def test_any_jumble_is_read(text: str) -> None:
    parts = segments(text)
    entities, occurrences = name_document(text, parts)
    reading = read(text, parts, entities, occurrences)
    proposer = Proposer(reading)
    for i, candidates in enumerate(proposer.candidates()):
        chunks = reading.parsed[i].chunks
        for c in candidates:
            assert c.subject.entity != c.object.entity
            assert 0 <= c.rule <= 3
            assert all(0 <= k < len(chunks) for members in c.trigger.slots.values() for k in members)
