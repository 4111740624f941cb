"""What a claim leans on in its document: the triangles that it closes."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.proposing.candidates import HEAD, NO_USE, Argument, Candidate, Place, Trigger
from kg.extract.ranking.features import Row
from kg.extract.ranking.rivals import Rivals, by_triple

TENANT, LANDLORD, SITE, OTHER = range(4)
_NOWHERE = Place((), HEAD)


def candidate(triple: tuple[int, str, int], segment: int = 0) -> Candidate:
    s, p, o = triple
    trigger = Trigger(0, 0, "lease", "verb", [], {})
    ends, places, types = (Argument(s, 1), Argument(o, 2)), (_NOWHERE, _NOWHERE), ("Company", "Facility")
    return Candidate(segment, p, *ends, trigger, NO_USE, "", *places, 0, 0, 0.0, types)


def row_of(triple: tuple[int, str, int], *said: tuple[int, str, int, float]) -> Row:
    """Return the row of a triple of chance .5 in a document that says these, too."""
    triples = by_triple([(chance, candidate((s, p, o))) for s, p, o, chance in (*said, (*triple, 0.5))])
    return Rivals(triples, {}).row(triples[triple])


def test_who_leases_a_site_leases_from_who_holds_it() -> None:
    triple = (TENANT, "LEASES_FROM", LANDLORD)
    alone = row_of(triple)
    held = row_of(triple, (TENANT, "LEASES", SITE, 0.9), (LANDLORD, "OPERATES", SITE, 0.7))
    elsewhere = row_of(triple, (TENANT, "LEASES", SITE, 0.9), (LANDLORD, "OPERATES", OTHER, 0.7))
    assert 0.7 in held
    assert held[-2] == 0.7
    assert alone[-2] == elsewhere[-2] == 0.0


def test_a_faint_claim_lends_no_support() -> None:
    triple = (TENANT, "LEASES", SITE)
    assert row_of(triple, (TENANT, "LEASES_FROM", LANDLORD, 0.04), (LANDLORD, "OWNS", SITE, 0.9))[-2] == 0.0


def test_rows_have_one_length() -> None:
    lengths = {len(row_of((TENANT, p, SITE))) for p in ("LEASES", "OWNS", "LEADS", "HOSTS_CHIP", "PARTNERS_WITH")}
    assert len(lengths) == 1


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 5)), min_size=1), st.floats(0, 1), st.integers(1, 6))
def test_places_are_the_clearest_of_each_segment(told: list[tuple[float, int]], least: float, most: int) -> None:
    triple = (TENANT, "LEASES", SITE)
    [entry] = by_triple([(chance, candidate(triple, segment)) for chance, segment in told]).values()
    clearest: dict[int, float] = {}
    for chance, segment in told:
        clearest[segment] = max(chance, clearest.get(segment, 0.0))
    best = max(clearest.values())
    wanted = sorted((c for c in clearest.values() if c >= least), reverse=True) or [best]
    found = entry.places(least, most)
    assert [chance for chance, _ in found] == wanted[:most]
    assert all(clearest[c.segment] == chance for chance, c in found)
    assert len({c.segment for _, c in found}) == len(found)
