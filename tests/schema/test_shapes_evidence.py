"""The shapes of what a graph rests on: the sample is valid with its claims, and nothing stands without evidence."""

from pathlib import Path

import pyshacl
import pytest
from graphs import filled_folder
from rdflib import RDF, SH, Graph, Namespace

from kg import KG, resources

KG_NS = Namespace("urn:ai-compute-kg:")
PREFIXES = (
    f"@prefix kg: <{KG_NS}> . @prefix id: <{KG_NS}id:> . @prefix prov: <http://www.w3.org/ns/prov#> . "
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . "
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
)
CLAIM = """
id:d a kg:Document ; kg:kind "news" ; kg:address "a.txt" ; kg:origin "d" ; kg:state "complete" .
id:x a kg:Company ; rdfs:label "x" .
id:y a kg:Facility ; rdfs:label "y" .
id:c a kg:Claim ; kg:STATED_IN id:d ; kg:SUBJECT id:x ; kg:OBJECT id:y ; prov:value "quote" ; kg:status "asserted" ;
    kg:confidence 0.9 ; kg:start 0 .
id:deal a kg:Deal ; rdfs:label "x leases y" ; kg:kind "lease" ; kg:status "asserted" ; kg:COVERS id:y .
id:x kg:PARTY_TO id:deal .
"""


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(resources.folder("ontology") / "shapes.ttl")


def complaints(data: Graph, shapes: Graph) -> list[str]:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return sorted(str(value) for value in report.objects(None, SH.resultMessage))


def test_the_sample_is_valid_with_its_claims(shapes: Graph, tmp_path: Path) -> None:
    KG(str(filled_folder())).export(tmp_path / "graph.ttl", with_claims=True)
    data = Graph().parse(tmp_path / "graph.ttl")
    for kind in ("Company", "Deal", "Claim", "Document"):
        assert len(list(data.subjects(RDF.type, KG_NS[kind]))) > 10
    assert complaints(data, shapes) == []


def test_a_claim_with_all_that_it_needs_is_valid(shapes: Graph) -> None:
    assert complaints(Graph().parse(data=PREFIXES + CLAIM, format="turtle"), shapes) == []


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("kg:STATED_IN id:d ; ", "", "A document states a claim."),
        ('prov:value "quote" ; ', "", "A claim has its quote."),
        ("kg:SUBJECT id:x ; ", "", "A claim is about one entity."),
        ("kg:OBJECT id:y ; ", "", "A claim has an object or a value, and characters or a locator."),
        (" ;\n    kg:confidence 0.9 ; kg:start 0", " ; kg:confidence 0.9", "A claim has an object or a value"),
        ("id:x kg:PARTY_TO id:deal .", "", "Companies are party to a deal."),
        ('"lease"', '"lunch"', "lunch"),
        ('"complete"', '"loading"', "A document is stored whole."),
        ('kg:address "a.txt" ; ', "", "A document has the address that it was loaded from."),
        (
            "id:x kg:PARTY_TO id:deal .",
            "id:x kg:PARTY_TO id:deal . id:s a rdf:Statement ; kg:status 'planned' .",
            "A fact rests",
        ),
    ],
)
def test_what_lacks_its_evidence_is_refused(right: str, wrong: str, message: str, shapes: Graph) -> None:
    assert right in CLAIM
    found = complaints(Graph().parse(data=PREFIXES + CLAIM.replace(right, wrong), format="turtle"), shapes)
    assert any(message in complaint for complaint in found), found
