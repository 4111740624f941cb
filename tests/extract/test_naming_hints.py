"""What the encoder says of words counts for the names that they may be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exceptions import OntologyError
from kg.extract.encoding.texts import LABELS, Hints
from kg.extract.grammar.tokens import tokenize
from kg.extract.learned import arrays_of, as_lines
from kg.extract.naming import entities, names
from kg.extract.naming.names import name_document
from kg.extract.naming.runs import Run
from kg.extract.naming.tagger import RECALL, TRUST, Context, Sentence, decode, features, score
from kg.extract.reading import TYPES
from kg.text.segment import segments

TEXT = "Quellmoor Compute leases Old Tannery."
SURE, NEVER = -0.1, -8.0

shares = st.lists(st.floats(-8, 0), min_size=len(LABELS), max_size=len(LABELS))


def prepared(hints: Hints) -> Sentence:
    """Return a sentence that no list and no weight knows."""
    return Sentence.prepare(TEXT, tokenize(TEXT, 0, len(TEXT)), [], "sentence", hints, shouting=False)


def hinted(**labels: str) -> dict[int, list[float]]:
    """Return hints that are sure of the labels of some words, and of no name elsewhere."""
    wanted = {TEXT.index(word): label for word, label in labels.items()}
    return {
        token.start: [SURE if label == wanted.get(token.start, "O") else NEVER for label in LABELS]
        for token in tokenize(TEXT, 0, len(TEXT))
    }


@given(st.lists(shares, min_size=2, max_size=2))
def test_a_span_is_as_likely_a_name_as_its_words_begin_and_continue_one(rows: list[list[float]]) -> None:
    sentence = prepared(dict(zip((TEXT.index("Quellmoor"), TEXT.index("Compute")), rows, strict=True)))
    found = score(sentence, 0, 1, {}, Context())
    first, second = (dict(zip(LABELS, row, strict=True)) for row in rows)
    expected = [TRUST * (first[f"B-{name}"] + second[f"I-{name}"]) for name in TYPES]
    assert found == pytest.approx([*expected, TRUST * (first["O"] + second["O"]) - RECALL])


def test_words_that_the_encoder_has_not_read_are_told_by_the_weights_alone() -> None:
    assert score(prepared({}), 0, 1, {}, Context()) == [0.0] * len(TYPES) + [-RECALL]


def test_without_weights_the_encoder_decides() -> None:
    sentence = prepared(hinted(Quellmoor="B-Company", Compute="I-Company", Old="B-Facility", Tannery="I-Facility"))
    found = [name for run in (Run(0, 1), Run(3, 4)) for name in decode(sentence, run, {}, Context())[0]]
    assert [name[:3] for name in found] == [(0, 1, "Company"), (3, 4, "Facility")]
    assert decode(prepared(hinted()), Run(0, 1), {}, Context())[0] == []


def test_what_is_seen_of_a_span_is_the_same_each_time_but_for_the_votes() -> None:
    sentence = prepared({})
    once, again = ([*features(sentence, 0, 1, Context())] for _ in range(2))
    voted = [*features(sentence, 0, 1, Context(votes={"quellmoor compute": {"Company": 2.0}}))]
    assert once == again
    assert voted[: len(once)] == once
    assert voted[len(once) :] == ["vote=Company", "votes=Company"]


def test_a_document_is_named_by_the_hints_that_are_given() -> None:
    said = {}
    for kind in ("Company", "Facility"):
        hints = hinted(Quellmoor=f"B-{kind}", Compute=f"I-{kind}")
        entities, _ = name_document(TEXT, segments(TEXT), hints)
        said[kind] = next(e for e in entities if e.name == "Quellmoor Compute").chance("Company")
    assert said["Company"] > said["Facility"]


def test_names_that_were_learned_beside_another_encoder_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    other = {**arrays_of("names"), "encoder": as_lines(["0" * 16])}
    monkeypatch.setattr(names, "arrays_of", lambda _: other)
    names.model.cache_clear()
    with pytest.raises(OntologyError, match=r"run: python scripts/dev\.py train"):
        names.model()
    monkeypatch.undo()
    names.model.cache_clear()
    assert np.array_equal(arrays_of("names")["encoder"], as_lines([names.texts.trained().made]))


@pytest.mark.parametrize(
    ("several", "one"),
    [
        ("GB300s", "GB300"),
        ("MI355Xs", "MI355X"),
        ("TPU v6es", "TPU v6e"),
        ("LPUs", "LPU"),
        ("Atlas", "Atlas"),
        ("H100", "H100"),
    ],
)
def test_what_several_chips_are_each_called(several: str, one: str) -> None:
    assert entities.of_one(several) == one
    assert entities.of_one(one) == one


def test_what_a_hyphen_adds_in_small_letters_is_part_of_a_persons_name_and_of_no_other() -> None:
    text = "Kang Sung-mo runs Quellmoor Compute, a Larkfield-backed cloud. Its rival is led by Hou Pei-chun of Taipei."
    entities, _ = name_document(text, segments(text))
    found = {e.name for e in entities}
    assert found >= {"Kang Sung-mo", "Hou Pei-chun", "Quellmoor Compute"}
    assert not any("backed" in name for name in found)
