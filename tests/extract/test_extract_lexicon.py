"""Every frame of the lexicon understands its own examples, and refuses its counter-examples."""

import pytest
from extract_grammar import FULL, HALF, said

from kg.extract.grammar.lexicon import Example, lexicon

_EXAMPLES = [(name, example) for name, frame in lexicon().frames.items() for example in frame.examples]


@pytest.mark.parametrize(("frame", "example"), _EXAMPLES, ids=[f"{n}: {e.text}" for n, e in _EXAMPLES])
def test_an_example_says_what_it_claims_and_nothing_that_it_must_not(frame: str, example: Example) -> None:
    found = said(example.text, FULL)
    own = {predicate for predicate, *_ in lexicon().frames[frame].says}
    assert set(example.says) <= found
    assert {claim for claim in found if claim.split()[0] in own} <= set(example.says)
    assert not set(example.not_said) & said(example.text, HALF)


def test_every_frame_has_examples() -> None:
    assert all(frame.examples for frame in lexicon().frames.values())


def test_every_predicate_of_prose_has_a_frame() -> None:
    assert len(lexicon().predicates) == 22
