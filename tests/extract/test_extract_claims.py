"""Claims beside one another: which stand near, and how a site stands to a claim."""

from kg.extract.facts.claims import NONE, Claims
from kg.extract.proposing.candidates import PREDICATES, Candidate
from kg.extract.proposing.propose import Proposer
from tests.extract.extract_grammar import read_text

TEXT = (
    "Pinewhistle AI leases Gorse Field from Tarn Cloud. Pinewhistle AI leases capacity from Osprey Group, too.\n\n"
    "Tarn Cloud owns Gorse Field.\n\nIt is a long story.\n\nOsprey Group operates Sedge Mill."
)


class Read:
    """A text with its candidates, found by what they say."""

    def __init__(self) -> None:
        self.proposer = Proposer(read_text(TEXT))
        self.candidates = [c for some in self.proposer.candidates() for c in some]

    def entity(self, name: str) -> int:
        """Return the number of an entity."""
        return next(n for n, e in enumerate(self.proposer.reading.entities) if e.name == name)

    def best(self, subject: str, predicate: str, target: str) -> Candidate:
        """Return the candidate that the grammar likes best."""
        ends = self.entity(subject), self.entity(target)
        found = [c for c in self.candidates if c.predicate == predicate and (c.subject.entity, c.object.entity) == ends]
        return max(found, key=lambda c: c.rule)


def test_a_site_stands_to_a_claim_by_who_holds_it_and_who_else_is_said_to_let() -> None:
    read = Read()
    owner = read.best("Pinewhistle AI", "LEASES_FROM", "Tarn Cloud")
    other = read.best("Pinewhistle AI", "LEASES_FROM", "Osprey Group")
    owns = read.best("Tarn Cloud", "OWNS", "Gorse Field")
    leases = read.best("Pinewhistle AI", "LEASES", "Gorse Field")
    claims = Claims([owner, other, owns, leases])
    site, by = read.entity("Gorse Field"), {name: float(n) for n, name in enumerate(PREDICATES)}
    assert claims.standing(owner, site) == [by["LEASES"], by["OWNS"], 1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 0.0]
    assert claims.standing(other, site) == [by["LEASES"], NONE, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 1.0]
    assert claims.standing(owner, read.entity("Sedge Mill")) == [NONE, NONE, *[0.0] * 8]
    assert claims.standing(leases, read.entity("Tarn Cloud"))[0] == by["LEASES_FROM"]


def test_near_are_the_other_claims_of_the_segment_and_those_beside_it() -> None:
    read = Read()
    claims = Claims(read.candidates)
    for c in read.candidates:
        expected = [o for o in read.candidates if o is not c and abs(o.segment - c.segment) <= 1]
        assert {id(o) for o in claims.near(c)} == {id(o) for o in expected}
        assert len(claims.near(c)) == len(expected)


def test_without_claims_nothing_stands_near_and_nothing_is_joined() -> None:
    read = Read()
    for c in read.candidates:
        assert Claims([]).near(c) == []
        assert Claims([]).standing(c, read.entity("Gorse Field")) == [NONE, NONE, *[0.0] * 8]
