"""Graphs made to break exports: one by hand, and a strategy for many."""

from datetime import date
from enum import Enum, StrEnum

from export_sample import Sample
from hypothesis import strategies as st

from kg.graph.elements import Edge, Node


class Mood(Enum):
    """An enumeration whose members must be written as their values."""

    GOOD = "good"


class Tone(StrEnum):
    """The same with members that are texts."""

    LOUD = "loud"


NAMES = ["id", "type", "label", "source", "target", "weight", "start", "end", "key", "kind", "name", "parent", "title"]
NAMES += [
    "relation",
    "viz",
    "ID",
    "property_id",
    "a b",
    "a<b>&\"'",
    "ünïcode",
    "",
    "with\x00nul",
    "=1+1",
    "url",
    "quote",
]
NAMES += ["aliases", "claims", "first_reported", "capacity_mw", "networkx_key", "published"]

VALUES = [
    None,
    float("nan"),
    float("inf"),
    True,
    0,
    -7,
    2**53 + 1,
    2**80,
    1.5,
    1e300,
    -0.0,
    "",
    " edged with spaces ",
    "two\nlines\r\nand\ta tab",
    "</script><script>alert(1)</script><!--",
    '=HYPERLINK("http://x")',
    "'quoted",
    "-5",
    "+1",
    "@cmd",
    "a\x00b\x0bc\ufffe",
    "lone \ud800 surrogate",
    "pair \ud83d\ude00",
    "2026-05",
    "]]> &amp; <b>",
    "Sankt Örjan 東京 🚀",
    date(2026, 5, 7),
    Mood.GOOD,
    Tone.LOUD,
    ["a", "b; c", "ü"],
    [1, None, 2.5],
    [True, False],
    ["x", 1],
    [],
    {"nested": [1, {"deep": None}]},
]


def hostile() -> Sample:
    """Return a graph in which every bad name meets every bad value."""
    ids = ["a", "A", "a\x00", "ünï<>&\"'", "x y\n", "#/?%:", "~", "company:xai"]
    nodes, edges = [], []
    for at, identifier in enumerate(ids):
        properties = {name: VALUES[(at * 7 + step * 3) % len(VALUES)] for step, name in enumerate(NAMES)}
        label = ("Company", "Claim", "Document", "Odd label <&>")[at % 4]
        nodes.append(Node(identifier, label, properties))  # type: ignore[arg-type]
    for at in range(40):
        properties = {name: VALUES[(at * 5 + step * 11) % len(VALUES)] for step, name in enumerate(NAMES)}
        ends = ids[at % len(ids)], ids[at * at % len(ids)]
        kind = ("LEASES_FROM", "STATED_IN", "ODD type")[at % 3]
        edges.append(Edge(f"e{at}" if at % 2 else f"é<{at}>\x01", kind, *ends, properties))  # type: ignore[arg-type]
    return Sample(nodes, edges)


any_text = st.text(st.characters(exclude_categories=()), max_size=12)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), any_text, st.dates(), st.sampled_from([Mood.GOOD, Tone.LOUD])
)
values = st.one_of(scalars, st.lists(scalars, max_size=4))
properties = st.dictionaries(st.one_of(st.sampled_from(NAMES), any_text), values, max_size=5)


@st.composite
def graphs(draw: st.DrawFn) -> Sample:
    """Draw a small graph with any ids, labels, types and properties; edges may be parallel or loops."""
    ids = draw(st.lists(any_text, min_size=1, max_size=5, unique=True))
    labels = st.sampled_from(["Company", "Claim", "Document", "Odd"])
    nodes = [Node(identifier, draw(labels), draw(properties)) for identifier in ids]
    edge_ids = draw(st.lists(any_text, max_size=6, unique=True))
    types = st.sampled_from(["LEASES_FROM", "STATED_IN", "SUBJECT", "odd one"])
    ends = st.sampled_from(ids)
    edges = [Edge(key, draw(types), draw(ends), draw(ends), draw(properties)) for key in edge_ids]
    return Sample(nodes, edges)
