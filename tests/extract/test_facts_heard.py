"""Facts as the encoder hears them: a row of answers each, whoever else is asked about, and none across windows."""

import re

import numpy as np
import pytest
from hypothesis import given, settings

from kg.core.claim import STATUSES
from kg.exceptions import OntologyError
from kg.extract.encoding import texts as package
from kg.extract.encoding.encoder import Matrix, gelu, linear_of
from kg.extract.encoding.texts import log_shares
from kg.extract.encoding.windows import windows
from kg.extract.facts import heard as facts
from kg.extract.facts.heard import (
    ABOUT,
    COLUMNS,
    STATES,
    WAYS,
    Asked,
    FactNetwork,
    FactScorer,
    Heard,
    Placing,
    asked_of,
)
from kg.extract.facts.holders import ATTRIBUTES, held
from kg.extract.facts.surroundings import NOWHERE
from kg.extract.facts.weighing import QUALIFIERS
from kg.extract.learned import arrays_of
from kg.extract.proposing.propose import Proposer
from kg.extract.ranking.pairs import HOWS, RANKS
from kg.extract.reading import Reading
from tests.extract.encoding_small import ENCODER, FACT, ROUNDED, arrays, heard_by_small, lines, texts
from tests.extract.extract_grammar import read_text

SCORER = FactScorer.of(arrays())

TEXT = (
    "Tarn Cloud leases 60 MW at Gorse Field from Osprey Group for $2 billion. It may build Sedge Mill in 2027.\n\n"
    "Larkfield Developments owns Heath Yard, a campus of 300 MW. Its tenant is Reedbed Cloud, a neocloud. Sedge Grid "
    "powers it. Moorhen Capital invested $40 million in Pinewhistle AI, which rents B200 chips in Oslo.\n\n" * 2
)

few = settings(max_examples=25)


def asked(reading: Reading) -> list[Asked]:
    """Return the status of every candidate, each beside all values of its segment, and all attributes."""
    proposer = Proposer(reading)
    found = [asked_of(c) for candidates in proposer.candidates() for c in candidates[:4]]
    for i, parsed in enumerate(reading.parsed):
        values = [at for at, item in enumerate(parsed.items) if item.kind in ("amount", "date")]
        found += [one._replace(value=(i, at)) for one in found[:3] for at in values[:3]]
        found += [Asked("", i, h.argument, None, (i, h.item)) for h in held(proposer, i)]
    return found


def placing_of(reading: Reading) -> Placing:
    """Return where facts of a text stand."""
    return Placing(reading, windows(reading.text, reading.segments, ENCODER.pieces))


@few
@given(texts())
def test_each_fact_has_one_row_the_same_each_time(text: str) -> None:
    reading = read_text(text)
    every = asked(reading)
    found = heard_by_small(reading).answers(every)
    assert [len(row) for row in found] == [len(COLUMNS)] * len(every)
    assert all(np.isfinite(answer) and round(answer, 2) == answer for row in found for answer in row)
    assert heard_by_small(reading).answers(every) == found


@few
@given(texts())
def test_what_does_not_stand_in_one_window_has_no_answer(text: str) -> None:
    reading = read_text(text)
    every = asked(reading)
    placing = placing_of(reading)
    for one, row in zip(every, heard_by_small(reading).answers(every), strict=True):
        assert (row == [NOWHERE] * len(COLUMNS)) == (placing.window(one) < 0)


def test_the_text_asks_across_windows_and_within_them() -> None:
    """What the tests below lean on."""
    reading = read_text(TEXT)
    placing = placing_of(reading)
    found = [placing.window(one) for one in asked(reading)]
    assert min(found) == -1
    assert max(found) > 0
    assert {one.about for one in asked(reading)} > {"", "LEASES_FROM", "INVESTS_IN"}


def test_whoever_else_is_asked_about_does_not_count() -> None:
    reading = read_text(TEXT)
    every, listening = asked(reading), heard_by_small(reading)
    together = listening.answers(every)
    for one, row in zip(every, together, strict=True):
        assert listening.answers([one])[0] == pytest.approx(row, abs=ROUNDED)
    assert len({tuple(row) for row in together}) > 10


def test_shares_of_statuses_are_one_together() -> None:
    reading = read_text(TEXT)
    listening = heard_by_small(reading)
    found = [listening.status(one) for one in asked(reading)]
    answered = [row for row in found if row != [NOWHERE] * len(STATUSES)]
    assert len(answered) > 10
    for row in answered:
        assert len(row) == len(STATUSES)
        assert sum(np.exp(row)) == pytest.approx(1, abs=0.03)


def test_each_column_answers_by_its_own_name() -> None:
    """A network that answers the number of each column, whatever it is asked."""
    written = arrays()
    numbers = np.arange(len(COLUMNS), dtype=np.float16)
    for network, part in (("status", numbers[: len(STATUSES)]), ("values", numbers[len(STATUSES) :])):
        written[f"{network}.out.weight"] = np.zeros_like(written[f"{network}.out.weight"])
        written[f"{network}.out.bias"] = part
    reading = read_text(TEXT)
    listening = Heard(reading, ENCODER.encode(reading.text, reading.segments), FactScorer.of(written))
    one = next(one for one in asked(reading) if one.value and listening.answers([one])[0][0] != NOWHERE)
    for name in {*QUALIFIERS, *ATTRIBUTES}:
        assert listening.values([(one, name)]) == [COLUMNS.index(name)]
    status = listening.status(one)
    assert status == sorted(status)  # the shares of 0, 1, 2, 3, 4


def test_the_sums_are_those_of_the_network_that_was_learned() -> None:
    """Worked out once more as ``scripts/train/network.py`` does it: all pieces projected, then looked up."""
    reading = read_text(TEXT)
    encoded = ENCODER.encode(reading.text, reading.segments)
    placing, listening = placing_of(reading), heard_by_small(reading)
    for one in [one for one in asked(reading) if placing.window(one) >= 0][:40]:
        states, indices = encoded[placing.window(one)].states, placing.indices(one)
        status = worked_out("status", SCORER.status, states, indices)
        expected = [*log_shares(status)[0], *worked_out("values", SCORER.values, states, indices)[0]]
        assert listening.answers([one])[0] == pytest.approx(expected, abs=ROUNDED)


def worked_out(name: str, network: FactNetwork, states: Matrix, indices: list[int]) -> Matrix:
    """Return the answers of a network to one fact, as a row."""
    projected = linear_of(arrays(), f"{name}.projections")(states)
    parts = projected.reshape(len(states), STATES, FACT).transpose(1, 0, 2)
    subject, target, value, end, other, of_value, left, right, meant = parts
    s, s_last, o, o_last, v, v_last, s_way, o_way, about = indices
    first = (subject[s] + subject[s_last] + target[o] + target[o_last] + value[v] + value[v_last]) / 2
    first = first + network.context(states[:1])[0] + network.ways[s_way] + network.ways[o_way] + network.about[about]
    first = first + (end[s] + other[o]) * of_value[v] + left[s] * right[o] + meant[v] * network.gates[about]
    return network.out(gelu(network.hidden(gelu(first[None]))))


def test_ends_and_value_are_looked_up_where_they_stand() -> None:
    reading = read_text("Tarn Cloud leases 60 megawatts at Gorse Field from Osprey Group.")
    (window,) = windows(reading.text, reading.segments, ENCODER.pieces)
    claim = next(
        c
        for found in Proposer(reading).candidates()
        for c in found
        if (c.predicate, c.subject.how, c.object.how) == ("LEASES_FROM", "name", "name")
        and [reading.entities[a.entity].name for a in (c.subject, c.object)] == ["Tarn Cloud", "Osprey Group"]
    )
    at = next(n for n, item in enumerate(reading.parsed[0].items) if item.kind == "amount")
    expected: list[int] = []
    for words in ("Tarn Cloud", "Osprey Group", "60 megawatts"):
        start = reading.text.index(words)
        expected += window.place(start, start + len(words))
    assert len({*expected}) == len(expected)
    found = placing_of(reading).indices(asked_of(claim, (0, at)))
    assert found == [*expected, claim_way("name"), WAYS + claim_way("name"), ABOUT.index("LEASES_FROM")]


def claim_way(how: str) -> int:
    """Return the row of an end that refers so, to its first antecedent."""
    return HOWS.index(how) * RANKS


def test_what_a_window_leaves_out_of_a_long_segment_has_no_answer() -> None:
    reading = read_text("Tarn Cloud leases 60 megawatts " + "and so on " * 60 + "for $2 billion from Osprey Group.")
    (long,) = reading.parsed
    claim = next(c for found in Proposer(reading).candidates() for c in found)
    first, last = (n for n, item in enumerate(long.items) if item.kind == "amount")
    near, far = heard_by_small(reading).answers([asked_of(claim, (0, first)), asked_of(claim, (0, last))])
    assert NOWHERE not in near
    assert far == [NOWHERE] * len(COLUMNS)


def test_what_there_is_not_stands_at_the_start_and_is_marked() -> None:
    reading = read_text(TEXT)
    placing = placing_of(reading)
    candidate = next(c for found in Proposer(reading).candidates() for c in found)
    alone = Asked("", candidate.segment, candidate.subject)
    indices = placing.indices(alone)
    assert indices[2:6] == [0, 0, 0, 0]
    assert indices[7:] == [2 * WAYS - 1, ABOUT.index("")]
    assert placing.indices(asked_of(candidate))[7] != 2 * WAYS - 1


@pytest.mark.parametrize("name", ["columns", "about", "ways", "networks"])
def test_arrays_learned_for_other_things_are_refused(name: str) -> None:
    other = {**arrays(), f"written.{name}": lines(["else"])}
    with pytest.raises(OntologyError, match=re.escape("weights/encoder.npz")):
        FactScorer.of(other)


def test_the_arrays_of_the_package_fit_each_other_and_the_package() -> None:
    scorer, (_, size) = facts.trained(), arrays_of("encoder")["pieces"].shape
    for network, answers in ((scorer.status, len(STATUSES)), (scorer.values, len(COLUMNS) - len(STATUSES))):
        assert [part.weight.shape for part in network.projections] == [network.context.weight.shape] * STATES
        assert network.context.weight.shape[0] == size
        assert network.ways.shape[0] == 2 * WAYS
        assert network.about.shape[0] == network.gates.shape[0] == len(ABOUT)
        assert network.out.bias.shape == (answers,)


def test_the_package_hears_plans_as_plans() -> None:
    reading = read_text("Tarn Cloud leases Gorse Field from Osprey Group. Tarn Cloud plans to lease Sedge Mill.")
    encoded = package.trained().encode(reading.text, reading.segments)
    listening = Heard(reading, encoded)
    by_segment = {c.segment: c for found in Proposer(reading).candidates() for c in found if c.predicate == "LEASES"}
    planned = STATUSES.index("planned")
    leased, planning = (listening.status(asked_of(by_segment[n]))[planned] for n in (0, 1))
    assert planning > leased
