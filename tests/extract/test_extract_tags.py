"""Words that may be several things are told apart by their neighbours."""

import pytest
from extract_grammar import parse
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.grammar.tags import tag
from kg.extract.grammar.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        # Past tense and participle.
        ("Tarn Cloud leased the site.", "leased", "VBD"),
        ("The site leased by Tarn Cloud opened.", "leased", "VBN"),
        ("The site leased to Tarn Cloud opened in May.", "opened", "VBD"),
        ("The carrier, which holds shares, declined to comment.", "declined", "VBD"),
        ("A site called Gorse Field is open.", "called", "VBN"),
        ("Harrier Bank financed it, and Osprey Group leased it.", "leased", "VBD"),
        # Verb in the singular, and plural noun.
        ("The carrier holds shares in it.", "holds", "VBZ"),
        ("The carrier holds shares in it.", "shares", "NOUN"),
        ("The company's plans for Gorse Field are known.", "plans", "NOUN"),
        ("Tarn Cloud rents all of it.", "rents", "VBZ"),
        ("The two rivals met.", "rivals", "NOUN"),
        ("The unit owns and operates it.", "operates", "VBZ"),
        # Base form and noun.
        ("Tarn Cloud has a lease.", "lease", "NOUN"),
        ("Tarn Cloud wants to lease it.", "lease", "VB"),
        ("They lease it.", "lease", "VB"),
        ("The 4,000 H100s hum away.", "hum", "VB"),
        ("Friends of the Fen have taken it to court.", "court", "NOUN"),
        ("Tarn Cloud could one day power it.", "power", "VB"),
        ("The state let Tarn Cloud build it.", "build", "VB"),
        # Words in -ing.
        ("Tarn Cloud is building it.", "building", "VBG"),
        ("Tarn Cloud bought the building.", "building", "NOUN"),
        ("It is a training chip.", "training", "ADJ"),
        # Little words.
        ("The site that Tarn Cloud leases is full.", "that", "REL"),
        ("Tarn Cloud said that it leases it.", "that", "SUB"),
        ("It leases that site.", "that", "DET"),
        ("Each holds 5% of the other.", "other", "NOUN"),
        ("Tarn Cloud and Bramble Labs each hold 5%.", "each", "ADV"),
        ("The walls went up.", "up", "ADV"),
        ("Tarn Cloud no longer leases it.", "no_longer", "ADV"),
    ],
)
def test_tags(text: str, word: str, expected: str) -> None:
    assert next(item.tag for item in parse(text).items if item.lower == word) == expected


@given(
    st.lists(
        st.sampled_from(["that", "lease", "leases", "leased", "the", ",", "is", "up", "other", "'", "X", "to", "5"]),
        max_size=30,
    )
)
def test_every_token_gets_one_tag_whatever_stands_around_it(words: list[str]) -> None:
    text = " ".join(words)
    tokens = tokenize(text, 0, len(text))
    tag(tokens)
    assert all(token.tag and "/" not in token.tag and token.lemma for token in tokens)
