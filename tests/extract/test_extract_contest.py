"""The contest of a segment's candidates: each stands as its score stands among those of its rivals."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.proposing.candidates import HEAD, NO_USE, Argument, Candidate, Place, Trigger
from kg.extract.ranking.contest import NAMES, NONE, contest, leads
from kg.extract.ranking.lexical import GROUPS, group

_NOWHERE = Place((), HEAD)
_TRIGGER = Trigger(0, 0, "lease", "verb", [], {})

said = st.tuples(st.integers(0, 3), st.sampled_from(["LEASES", "OWNS", "BUILDS"]), st.integers(4, 6))
scored = st.lists(st.tuples(said, st.floats(-10, 10)), min_size=1, max_size=12)


def candidate(subject: int, predicate: str, target: int) -> Candidate:
    ends = (Argument(subject, 1), Argument(target, 2))
    places = (_NOWHERE, _NOWHERE)
    return Candidate(0, predicate, *ends, _TRIGGER, NO_USE, "", *places, 0, 0, 0.0, ("Company", "Facility"))


@given(scored)
def test_a_candidate_leads_its_rivals_where_none_scores_higher(found: list[tuple[tuple[int, str, int], float]]) -> None:
    scores = [score for _, score in found]
    rows = contest([candidate(*what) for what, _ in found], scores)
    for (s, p, o), row in zip((what for what, _ in found), rows, strict=True):
        numbers = dict(zip(NAMES, row, strict=True))
        best = {what: max(score for other, score in found if other == what) for what, _ in found}
        rivals = [score for (s2, p2, o2), score in best.items() if (s2, o2) == (s, o) and p2 != p]
        assert numbers["rival_predicate_best"] == max(rivals, default=NONE)
        assert numbers["rival_predicate_above"] == sum(score > best[s, p, o] for score in rivals)
        others = [score for (s2, p2, o2), score in best.items() if (s2, p2) == (s, p) and o2 != o]
        assert numbers["rival_object_best"] == max(others, default=NONE)


grouped = st.lists(st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.floats(-20, 10)), max_size=12)


@given(grouped)
def test_a_score_leads_the_best_of_another_member_of_its_group(found: list[tuple[int, str, float]]) -> None:
    groups, members, scores = ([row[n] for row in found] for n in range(3))
    expected = []
    for where, who, score in found:
        others = [other for g, m, other in found if g == where and m != who]
        expected.append(score - (max(others) if others else NONE))
    assert leads(iter(groups), iter(members), scores) == expected


def test_what_is_told_of_a_member_twice_is_no_rival_to_itself() -> None:
    assert leads("aaa", "xxy", [1.0, 3.0, 2.0]) == [-1.0, 1.0, -1.0]
    assert leads("ab", "xy", [1.0, 3.0]) == [1.0 - NONE, 3.0 - NONE]


def test_every_feature_of_words_belongs_to_one_group() -> None:
    shown = {
        "t=lease|subj|obj": "trigger",
        ">bb=from_the": "between",
        "path>V:lease/from": "path",
        "on<from": "path",
        "on|of|verb": "shape",
        "ogov=lease:obj": "arguments",
        "srole=utility": "roles",
        "about|campus": "around",
        "types=Company|Facility": "shape",
    }
    assert {feature: GROUPS[group(feature)] for feature in shown} == shown
