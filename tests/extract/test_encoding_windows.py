"""Windows: every segment in one of them, in order; items, names and antecedents stand where their letters are."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings

from kg.extract.encoding.windows import HOWS, LENGTH, RANKS, TYPES, Window, windows
from kg.extract.encoding.wordpiece import CLS, SEP, WordPieces
from kg.extract.naming.names import name_document
from kg.extract.proposing.candidates import Argument
from kg.extract.proposing.propose import Proposer
from kg.extract.reading import Reading, read
from kg.text.segment import segments
from tests.extract.encoding_small import PIECES, texts
from tests.extract.extract_grammar import read_text

LETTERS = WordPieces(PIECES)

few = settings(max_examples=40)
ENDLESS = f"Tarn Cloud leases {'and builds ' * 400}Gorse Field."


def word_pieces(reading: Reading, segment: int) -> list[list[int]]:
    """Return the pieces of each item of a segment."""
    return [LETTERS.cut(reading.text[item.start : item.end]) for item in reading.parsed[segment].items]


def whole(window: Window) -> bool:
    """Say whether a window has room for more, so that nothing can have been left out."""
    return len(window.pieces) < LENGTH


@few
@given(texts())
@example(ENDLESS)
@example(f"{ENDLESS} {ENDLESS}")
def test_every_segment_is_in_one_window_and_none_is_too_long(text: str) -> None:
    reading = read_text(text)
    found = [*windows(reading, LETTERS)]
    assert [segment for window in found for segment in window.items] == [*range(len(reading.parsed))]
    for window in found:
        assert len(window.types) == len(window.pieces) <= LENGTH
        assert (window.pieces[0], window.pieces[-1]) == (LETTERS[CLS], LETTERS[SEP])
        assert window.pieces.count(LETTERS[SEP]) == len(window.items) > 0


@few
@given(texts())
def test_a_window_ends_only_where_the_next_segment_has_no_room(text: str) -> None:
    reading = read_text(text)
    found = [*windows(reading, LETTERS)]
    for window, following in pairwise(found):
        size = sum(map(len, word_pieces(reading, min(following.items)))) + 1
        assert len(window.pieces) + size > LENGTH


@pytest.mark.parametrize("spare", [-2, -1, 0, 1, 2])
def test_a_segment_that_just_fits_is_added_whole(spare: int) -> None:
    """A start, four words of 50 letters, a full stop and a break leave room for a word, a full stop and a break."""
    rest = LENGTH - 1 - 4 * 50 - 2 - 2 - spare
    text = f"{' '.join(['A' + 'a' * 49] * 4)}.\n\nB{'b' * (rest - 1)}."
    found = [*windows(read_text(text), LETTERS)]
    assert [[*window.items] for window in found] == ([[0, 1]] if spare >= 0 else [[0], [1]])
    assert sum(len(window.pieces) - 1 for window in found) == LENGTH - 1 - spare


@few
@given(texts())
@example(ENDLESS)
@example("Tarn Cloud grew.\n\n1. ____\n\nIt built Gorse Field.")
def test_items_stand_where_their_pieces_are(text: str) -> None:
    reading = read_text(text)
    for window in windows(reading, LETTERS):
        for segment, spans in window.items.items():
            for (first, last), pieces in zip(spans, word_pieces(reading, segment), strict=True):
                assert 0 < first <= last < len(window.pieces)
                if pieces and (whole(window) or last < LENGTH - 2):
                    assert window.pieces[first : last + 1] == pieces


@few
@given(texts())
@example(ENDLESS)
def test_pieces_of_names_and_only_they_have_a_type(text: str) -> None:
    reading = read_text(text)
    for window in windows(reading, LETTERS):
        expected = [0] * len(window.pieces)
        for entity, spans in window.names.items():
            assert spans == sorted(spans)
            for first, last in spans:
                number = TYPES.index(reading.entities[entity].type)
                expected[first : last + 1] = [number] * (last + 1 - first)
        assert window.types == expected
        if whole(window):
            named = [
                (reading.parsed[segment].names[item.ref].entity, span)
                for segment, spans in window.items.items()
                for item, span in zip(reading.parsed[segment].items, spans, strict=True)
                if item.kind == "name"
            ]
            assert sorted(named) == sorted((e, span) for e, spans in window.names.items() for span in spans)


def test_the_rest_of_an_endless_segment_is_taken_for_its_end() -> None:
    (window,) = windows(read_text(ENDLESS), LETTERS)
    assert len(window.pieces) == LENGTH
    assert window.items[0][0][0] == 1
    assert window.items[0][-1] == (LENGTH - 1, LENGTH - 1)
    assert len(window.names) == 1


def test_documents_as_the_extractor_reads_them() -> None:
    text = (
        "# Nvidia and Oracle sign\n\nOracle leases a campus in Abilene, Texas, to OpenAI.\n\n"
        "| Company | MW |\n| --- | --- |\n| xAI | 300 |\n\n"
        f"It {'trains and ' * 1000}trains on H100 chips. So did Oracle."
    )
    parts = segments(text)
    reading = read(text, parts, *name_document(text, parts))
    found = [*windows(reading, LETTERS)]
    assert [segment for window in found for segment in window.items] == [*range(len(reading.parsed))]
    assert max(len(window.pieces) for window in found) == LENGTH
    assert {reading.entities[entity].name for window in found for entity in window.names} >= {"Oracle", "OpenAI"}


@pytest.mark.parametrize("text", ["", "\n\n", " \t"])
def test_a_document_without_words_has_no_window(text: str) -> None:
    assert [*windows(read_text(text), LETTERS)] == []


def test_a_segment_without_items_is_no_more_than_its_end() -> None:
    """A line to fill in has no word."""
    reading = read_text("Tarn Cloud grew.\n\n1. ____\n\nIt built Gorse Field.")
    (window,) = windows(reading, LETTERS)
    assert [len(spans) for spans in window.items.values()] == [len(parsed.items) for parsed in reading.parsed]
    assert window.items[1] == []
    assert window.pieces.count(LETTERS[SEP]) == 3
    topic = window.position(1, Argument(min(window.names), -1, "topic"))
    assert (topic.first, topic.last) == (0, 0)
    assert topic.named in {first for first, _ in window.names[min(window.names)]}


def first_window(text: str) -> tuple[Window, Reading]:
    """Return the first window of a text, and how the text is read."""
    reading = read_text(text)
    return next(windows(reading, LETTERS)), reading


def item(reading: Reading, segment: int, word: str, skipped: int = 0) -> int:
    """Return the place of a word among a segment's items."""
    items = reading.parsed[segment].items
    return [n for n, i in enumerate(items) if reading.text[i.start : i.end] == word][skipped]


def test_what_a_pronoun_refers_to_is_named_last_before_it() -> None:
    window, reading = first_window("Tarn Cloud grew. Tarn Cloud said it would build. Tarn Cloud did.")
    first, second, third = (window.items[n][item(reading, n, "Tarn Cloud")][0] for n in range(3))
    pronoun = item(reading, 1, "it")
    assert [start for start, _ in window.names[0]] == [first, second, third]
    assert window.position(1, Argument(0, pronoun, "pronoun")).named == second
    assert window.position(1, Argument(0, item(reading, 1, "Tarn Cloud"), "pronoun")).named == first


def test_what_is_named_only_later_is_the_next_name() -> None:
    window, reading = first_window("Once it grew, Tarn Cloud built. Tarn Cloud did.")
    start = window.items[0][item(reading, 0, "Tarn Cloud")][0]
    assert window.position(0, Argument(0, item(reading, 0, "it"), "pronoun")).named == start


def test_a_name_refers_to_no_other_and_what_is_named_elsewhere_to_none() -> None:
    window, reading = first_window("Tarn Cloud grew. Tarn Cloud built.")
    at = item(reading, 1, "Tarn Cloud")
    assert window.position(1, Argument(0, at)).named == 0
    assert window.position(1, Argument(7, at, "definite")).named == 0


def test_a_topic_stands_at_the_start_and_refers_to_what_came_before_its_segment() -> None:
    window, reading = first_window("Tarn Cloud grew. They built Gorse Field for Tarn Cloud.")
    topic = window.position(1, Argument([e.name for e in reading.entities].index("Tarn Cloud"), -1, "topic"))
    assert (topic.first, topic.last) == (0, 0)
    assert topic.named == window.items[0][item(reading, 0, "Tarn Cloud")][0]


def test_ways_to_refer_and_the_first_ranks_are_told_apart() -> None:
    window, _ = first_window("Tarn Cloud grew.")
    hows = [window.position(0, Argument(0, 0, how, rank)).how for how in HOWS for rank in range(RANKS)]
    assert hows == [*range(len(HOWS) * RANKS)]
    assert window.position(0, Argument(0, 0, HOWS[-1], 50)).how == hows[-1]


@few
@given(texts())
def test_whatever_can_fill_a_role_stands_in_its_window(text: str) -> None:
    reading = read_text(text)
    proposer = Proposer(reading)
    for window in windows(reading, LETTERS):
        names = {first for spans in window.names.values() for first, _ in spans}
        for segment, spans in window.items.items():
            for argument in proposer.arguments(segment):
                position = window.position(segment, argument)
                assert (position.first, position.last) == (spans[argument.item] if argument.item >= 0 else (0, 0))
                assert position.named in {0, *names}
                assert position == window.position(segment, argument)
