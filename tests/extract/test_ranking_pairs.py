"""Pairs: one number for each candidate, that of its own predicate, whoever else is asked about."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings

from kg.exceptions import OntologyError
from kg.extract.encoding import texts as package
from kg.extract.encoding.encoder import gelu
from kg.extract.encoding.texts import Encoded, TextEncoder
from kg.extract.encoding.windows import windows
from kg.extract.learned import arrays_of
from kg.extract.proposing.candidates import PREDICATES, Argument, Candidate
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.pairs import HOWS, RANKS, PairScorer, Placed, pair_of, placed, trained
from kg.extract.reading import TYPES, Reading
from tests.extract.encoding_small import ENCODER, PAIR, ROUNDED, arrays, lines, texts
from tests.extract.extract_grammar import read_text

SCORER = PairScorer.of(arrays())

TEXT = (
    "Tarn Cloud leases Gorse Field from Osprey Group. It also builds Sedge Mill in Denver, where Ines Farrow leads it. "
    "The company buys H100 chips from Willow Silicon and trains Quillon on them. Harrier Bank lends it $5 billion.\n\n"
    "Larkfield Developments owns Heath Yard, a campus of 300 MW. Its tenant is Reedbed Cloud. Sedge Grid powers it. "
    "They partner with Bramble Labs. Moorhen Capital invested in Pinewhistle AI, which rents B200 chips in Oslo."
)

few = settings(max_examples=25)


def proposed(text: str) -> tuple[Reading, list[list[Candidate]]]:
    """Return how a text is read, and the candidates of its segments."""
    reading = read_text(text)
    return reading, [*Proposer(reading).candidates()]


def scores(scorer: PairScorer, reading: Reading, asked: Iterable[list[Candidate]]) -> list[list[float]]:
    """Return the scores of candidates, segment by segment."""
    return [found for _, found in scorer.scores(reading, encoded(reading), asked)]


def encoded(reading: Reading, encoder: TextEncoder = ENCODER) -> list[Encoded]:
    """Return a text as it is encoded."""
    return encoder.encode(reading.text, reading.segments)


def places(reading: Reading) -> list[tuple[Placed, int]]:
    """Return the windows of a text with their segments, and each time how many segments there are before."""
    found, before = [], 0
    for place in placed(reading, windows(reading.text, reading.segments, ENCODER.pieces)):
        found.append((place, before))
        before += len(place.parsed)
    return found


def near(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> bool:
    """Say whether scores differ by no more than rounding."""
    return [pytest.approx(row, abs=ROUNDED) for row in one] == [*other]


@few
@given(texts())
def test_each_candidate_has_one_finite_score_the_same_each_time(text: str) -> None:
    reading, candidates = proposed(text)
    found = scores(SCORER, reading, candidates)
    assert [len(row) for row in found] == [len(row) for row in candidates]
    assert all(np.isfinite(score) and round(score, 2) == score for row in found for score in row)
    assert scores(SCORER, reading, candidates) == found


@few
@given(texts())
def test_each_segment_comes_back_with_its_own_candidates(text: str) -> None:
    reading, candidates = proposed(text)
    found = [asked for asked, _ in SCORER.scores(reading, encoded(reading), iter(candidates))]
    assert len(found) == len(reading.parsed)
    assert all(one is other for one, other in zip(found, candidates, strict=True))


def test_candidates_are_proposed_only_when_their_window_is_read() -> None:
    reading, candidates = proposed(TEXT)
    waiting = iter(candidates)
    found = SCORER.scores(reading, encoded(reading), waiting)
    assert next(found)[0] is candidates[0]
    first, _ = places(reading)[0]
    assert [*waiting] == candidates[len(first.parsed) :] != []


def test_the_text_has_candidates_in_several_windows() -> None:
    """What the tests below lean on."""
    reading, candidates = proposed(TEXT)
    asking = [sum(map(len, candidates[at : at + len(place.parsed)])) for place, at in places(reading)]
    assert len([many for many in asking if many]) > 1
    assert len({c.predicate for row in candidates for c in row}) > 3
    assert len({score for row in scores(SCORER, reading, candidates) for score in row}) > 10


def test_what_is_asked_of_other_segments_does_not_count() -> None:
    reading, candidates = proposed(TEXT)
    together = scores(SCORER, reading, candidates)
    for n, row in enumerate(candidates):
        alone = scores(SCORER, reading, [row if m == n else [] for m in range(len(candidates))])
        assert near(alone, [together[n] if m == n else [] for m in range(len(candidates))])


def test_candidates_are_scored_each_by_itself_in_any_order() -> None:
    reading, candidates = proposed(TEXT)
    found = scores(SCORER, reading, candidates)
    assert near(scores(SCORER, reading, [row[::-1] for row in candidates]), [row[::-1] for row in found])
    assert near(scores(SCORER, reading, [row[:1] for row in candidates]), [row[:1] for row in found])
    assert near(scores(SCORER, reading, [row * 2 for row in candidates]), [row * 2 for row in found])


def test_where_nothing_is_asked_nothing_is_said() -> None:
    reading = read_text(TEXT)
    assert scores(SCORER, reading, [[] for _ in reading.parsed]) == [[] for _ in reading.parsed]
    assert scores(SCORER, read_text(""), []) == []


def test_a_segment_without_items_has_no_scores_and_leaves_the_others_as_they_are() -> None:
    """A line to fill in has no word."""
    reading, candidates = proposed(f"{TEXT}\n\n1. ____\n\n{TEXT}")
    (blank,) = (n for n, parsed in enumerate(reading.parsed) if not parsed.items)
    found = scores(SCORER, reading, candidates)
    assert 0 < blank < len(found) - 1
    assert [len(row) for row in found] == [len(row) for row in candidates]
    assert found[blank] == []
    assert any(found[:blank])
    assert any(found[blank + 1 :])
    alone, nothing = proposed("1. ____")
    assert scores(SCORER, alone, nothing) == [[]]


@few
@given(texts())
def test_a_candidate_has_the_number_of_its_own_predicate(text: str) -> None:
    written = arrays()
    written["pairs.out.weight"] = np.zeros_like(written["pairs.out.weight"])
    written["pairs.out.bias"] = np.arange(len(PREDICATES), dtype=np.float16)
    reading, candidates = proposed(text)
    found = scores(PairScorer.of(written), reading, candidates)
    assert found == [[PREDICATES.index(c.predicate) for c in row] for row in candidates]


def test_a_score_is_what_the_network_is_defined_to_make_of_two_rows() -> None:
    """The same sum is fitted in another library: here it is written out for one pair at a time."""
    reading, candidates = proposed(TEXT)
    found, half = scores(SCORER, reading, candidates), len(HOWS) * RANKS
    for place, at in places(reading):
        states = ENCODER.encoder(place.window.pieces)
        subject, target, subject_named, object_named, one, other = np.split(SCORER.projections(states), 6, axis=1)
        for n in range(len(place.parsed)):
            for c, score in zip(candidates[at + n], found[at + n], strict=True):
                s, o = place.position(n, c.subject), place.position(n, c.object)
                seen = (subject[s.first] + subject[s.last] + target[o.first] + target[o.last]) / 2
                seen = seen + SCORER.context(states[0]) + one[s.first] * other[o.first]
                seen = seen + SCORER.hows[s.how] + SCORER.hows[half + o.how]
                seen = seen + SCORER.types[TYPES.index(c.types[0])] + SCORER.types[len(TYPES) + TYPES.index(c.types[1])]
                seen = seen + (subject_named[s.named] if s.named else 0) + (object_named[o.named] if o.named else 0)
                logits = SCORER.out(gelu(SCORER.hidden(gelu(seen))))
                assert score == pytest.approx(logits[PREDICATES.index(c.predicate)], abs=ROUNDED)


@pytest.mark.parametrize(("part", "end"), [(2, 4), (3, 5)])
def test_a_name_elsewhere_counts_only_for_what_refers_to_it(part: int, end: int) -> None:
    """``part`` is one of the projections, ``end`` the index of a pair that says where it looks."""
    written = arrays()
    written["pairs.projections.bias"][part * PAIR : (part + 1) * PAIR] += 1
    reading, candidates = proposed(TEXT)
    before, after = scores(SCORER, reading, candidates), scores(PairScorer.of(written), reading, candidates)
    named, elsewhere = 0, 0
    for place, at in places(reading):
        for n in range(len(place.parsed)):
            for c, one, other in zip(candidates[at + n], before[at + n], after[at + n], strict=True):
                if place.indices(n, pair_of(c))[end]:
                    elsewhere += one != other
                else:
                    named += 1
                    assert other == pytest.approx(one, abs=ROUNDED)
    assert named
    assert elsewhere


@few
@given(texts())
def test_the_indices_of_a_pair_are_rows_that_are_there(text: str) -> None:
    reading, candidates = proposed(text)
    hows = len(HOWS) * RANKS
    for place, before in places(reading):
        for n in range(len(place.parsed)):
            for c in candidates[before + n]:
                *positions, s_how, o_how, s_type, o_type = place.indices(n, pair_of(c))
                assert len(positions) == 6
                assert all(0 <= at < len(place.window.pieces) for at in positions)
                assert 0 <= s_how < hows <= o_how < 2 * hows
                assert (TYPES[s_type], TYPES[o_type - len(TYPES)]) == c.types


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("predicates", PREDICATES[1:]),
        ("predicates", PREDICATES[::-1]),
        ("predicates", (*PREDICATES, "DREAMS_OF")),
        ("predicates", (PREDICATES[0].lower(), *PREDICATES[1:])),
        ("hows", HOWS),
        ("hows", (*HOWS[1:], str(RANKS))),
        ("hows", (*HOWS[::-1], str(RANKS))),
        ("hows", (*HOWS, "dream", str(RANKS))),
        ("hows", (*HOWS, str(RANKS + 1))),
    ],
)
def test_arrays_that_were_learned_for_other_things_are_refused(name: str, words: tuple[str, ...]) -> None:
    with pytest.raises(OntologyError, match=re.escape("python scripts/dev.py train")):
        PairScorer.of({**arrays(), f"written.{name}": lines(words)})


def test_the_arrays_of_the_package_fit_each_other_and_the_package() -> None:
    scorer, (_, size) = trained(), arrays_of("encoder")["pieces"].shape
    width = len(scorer.context.bias)
    assert scorer.projections.weight.shape == (size, 6 * width)
    assert scorer.hows.shape == (2 * len(HOWS) * RANKS, width)
    assert scorer.types.shape == (2 * len(TYPES), width)
    assert scorer.out.bias.shape == (len(PREDICATES),)


def test_the_package_scores_every_candidate() -> None:
    reading, candidates = proposed(TEXT)
    found = [row for _, row in trained().scores(reading, encoded(reading, package.trained()), candidates)]
    assert [len(row) for row in found] == [len(row) for row in candidates]
    assert all(np.isfinite(score) for row in found for score in row)
    assert trained() is trained()


# --- where arguments stand


def first_place(text: str) -> tuple[Placed, Reading]:
    """Return the first window of a text with its segments, and how the text is read."""
    reading = read_text(text)
    return places(reading)[0][0], reading


def item(place: Placed, text: str, segment: int, word: str) -> int:
    """Return the place of a word among a segment's items."""
    return next(n for n, i in enumerate(place.parsed[segment].items) if text[i.start : i.end] == word)


def named(place: Placed, segment: int) -> int:
    """Return the first piece of the first name in a segment."""
    name = place.parsed[segment].names[0]
    return place.window.place(name.start, name.end)[0]


def test_what_a_pronoun_refers_to_is_named_last_before_it() -> None:
    text = "Tarn Cloud grew. Tarn Cloud said it would build. Tarn Cloud did."
    place, _ = first_place(text)
    pronoun, name = item(place, text, 1, "it"), item(place, text, 1, "Tarn Cloud")
    assert place.position(1, Argument(0, pronoun, "pronoun")).named == named(place, 1)
    assert place.position(1, Argument(0, name, "pronoun")).named == named(place, 0)


def test_what_is_named_only_later_is_the_next_name() -> None:
    text = "Once it grew, Tarn Cloud built. Tarn Cloud did."
    place, _ = first_place(text)
    assert place.position(0, Argument(0, item(place, text, 0, "it"), "pronoun")).named == named(place, 0)


def test_a_name_refers_to_no_other_and_what_is_named_elsewhere_to_none() -> None:
    text = "Tarn Cloud grew. Tarn Cloud built."
    place, _ = first_place(text)
    at = item(place, text, 1, "Tarn Cloud")
    assert place.position(1, Argument(0, at)).named == 0
    assert place.position(1, Argument(7, at, "definite")).named == 0


def test_a_topic_stands_at_the_start_and_refers_to_what_came_before_its_segment() -> None:
    place, reading = first_place("Tarn Cloud grew. They built Gorse Field for Tarn Cloud.")
    topic = place.position(1, Argument([e.name for e in reading.entities].index("Tarn Cloud"), -1, "topic"))
    assert (topic.first, topic.last) == (0, 0)
    assert topic.named == named(place, 0)


def test_a_topic_of_a_segment_without_items_refers_to_nothing_before_the_text() -> None:
    """A line to fill in has no word."""
    place, _ = first_place("Tarn Cloud grew.\n\n1. ____\n\nIt built Gorse Field.")
    assert place.parsed[1].items == []
    topic = place.position(1, Argument(place.parsed[0].names[0].entity, -1, "topic"))
    assert (topic.first, topic.last, topic.named) == (0, 0, named(place, 0))


def test_ways_to_refer_and_the_first_ranks_are_told_apart() -> None:
    place, _ = first_place("Tarn Cloud grew.")
    hows = [place.position(0, Argument(0, 0, how, rank)).how for how in HOWS for rank in range(RANKS)]
    assert hows == [*range(len(HOWS) * RANKS)]
    assert place.position(0, Argument(0, 0, HOWS[-1], 50)).how == hows[-1]


@few
@given(texts())
def test_whatever_can_fill_a_role_stands_in_its_window(text: str) -> None:
    reading = read_text(text)
    proposer = Proposer(reading)
    for place, before in places(reading):
        names = {place.window.place(o.start, o.end)[0] for parsed in place.parsed for o in parsed.names}
        for n, parsed in enumerate(place.parsed):
            for argument in proposer.arguments(before + n):
                found = place.position(n, argument)
                at = parsed.items[argument.item]
                expected = place.window.place(at.start, at.end) if argument.item >= 0 else (0, 0)
                assert (found.first, found.last) == expected
                assert found.named in {0, *names}
                assert found == place.position(n, argument)
