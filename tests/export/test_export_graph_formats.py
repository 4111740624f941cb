"""What GEXF, CSV and RDF say beyond nodes and edges."""

import csv
import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from export_hostile import any_text, hostile
from export_sample import Sample, sample
from hypothesis import given
from rdflib import RDF
from rdflib.namespace import DCTERMS, PROV

from kg.exceptions import InputError
from kg.export.formats import FORMATS
from kg.export.rdf import edge_iri, node_iri, subject_of_node, term
from kg.export.tables import guarded
from kg.graph.elements import Edge, Node
from kg.schema.ontology import ontology

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader

GEXF = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def write(source: Sample, folder: Path, name: str) -> Path:
    path = folder / f"graph{FORMATS[name].suffixes[0]}"
    FORMATS[name].write(source, path)
    return path


def pair(**properties: object) -> Sample:
    nodes = [Node("a", "Company", {"name": "A"}), Node("b", "Facility", {})]
    return Sample(nodes, [Edge("e", "LEASES", "a", "b", properties)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("properties", "life"),
    [
        ({"first_reported": "2026-05-07", "current": True, "last_reported": "2026-06-01"}, ("2026-05-07", None)),
        ({"first_reported": "2026-05", "current": False, "last_reported": "2026-06"}, ("2026-05-01", "2026-06-01")),
        ({"first_reported": "2026", "current": False, "last_reported": "2025"}, ("2026-01-01", None)),
        ({"first_reported": "2026-05-07T10:00:00"}, ("2026-05-07", None)),
        ({"first_reported": "2026-Q3"}, (None, None)),
        ({"first_reported": "soon"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_gexf_edges_live_from_their_first_report(
    properties: dict[str, object], life: tuple[str | None, str | None], tmp_path: Path
) -> None:
    tree = ElementTree.parse(write(pair(**properties), tmp_path, "gexf"))
    edge = tree.find(".//g:edge", GEXF)
    graph = tree.find("g:graph", GEXF)
    assert edge is not None
    assert graph is not None
    assert (edge.get("start"), edge.get("end")) == life
    assert edge.get("kind") == "LEASES"
    assert graph.get("mode") == ("dynamic" if "first_reported" in properties else None)


def test_gexf_has_the_ontology_s_colours_and_a_place_for_every_node(tmp_path: Path) -> None:
    tree = ElementTree.parse(write(sample(), tmp_path, "gexf"))
    places = set()
    for node in tree.iterfind(".//g:node", GEXF):
        colour, place = node.find("viz:color", GEXF), node.find("viz:position", GEXF)
        assert colour is not None
        assert place is not None
        places.add((place.get("x"), place.get("y")))
        if node.get("label") == "Halcyon AI":
            found = "#" + "".join(f"{int(colour.get(part, '')):02X}" for part in "rgb")
            assert found == ontology().types["Company"].colour.upper()
    assert len(places) == len(sample().node_list)


@given(any_text)
def test_no_text_cell_is_a_formula_and_every_one_comes_back(text: str) -> None:
    cell = guarded(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == text
    assert guarded(-5.5) == "-5.5"


def test_claims_stand_with_the_document_that_states_them(tmp_path: Path) -> None:
    path = write(sample(), tmp_path, "csv")
    with path.with_name("graph-claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(node.label == "Claim" for node in sample().nodes())
    assert all(row["document_url"].startswith("https://news.example/") and row["quote"] for row in rows)


def test_an_older_table_of_claims_does_not_contradict_the_new_tables(tmp_path: Path) -> None:
    write(sample(), tmp_path, "csv")
    path = write(sample(claims=False), tmp_path, "csv")
    assert len(path.with_name("graph-claims.csv").read_text().splitlines()) == 1


@pytest.mark.parametrize("make", [sample, hostile])
def test_turtle_and_json_ld_say_the_same(make: type[Sample], tmp_path: Path) -> None:
    turtle = rdflib.Graph().parse(write(make(), tmp_path, "turtle"), format="turtle")
    jsonld = rdflib.Graph().parse(write(make(), tmp_path, "jsonld"), format="json-ld")
    assert set(turtle) == set(jsonld)


def test_a_fact_leads_to_its_sentence_and_document(tmp_path: Path) -> None:
    graph = rdflib.Graph().parse(write(sample(), tmp_path, "turtle"), format="turtle")
    quotes = {}
    for fact in graph.subjects(RDF.predicate, term("LEASES_FROM")):
        if graph.value(fact, RDF.subject) != node_iri("company:halcyon-ai"):
            continue
        assert (node_iri("company:halcyon-ai"), term("LEASES_FROM"), graph.value(fact, RDF.object)) in graph
        for claim in graph.objects(fact, PROV.wasDerivedFrom):
            assert (claim, RDF.type, PROV.Entity) in graph
            document = graph.value(claim, PROV.wasDerivedFrom)
            quotes[graph.value(claim, PROV.value).toPython()] = graph.value(document, DCTERMS.issued).toPython()
    assert any("for 300 MW" in quote for quote in quotes)
    assert all(isinstance(day, date) for day in quotes.values())


@pytest.mark.parametrize(
    ("name", "value", "datatype"),
    [
        ("published", "2026-05-31", rdflib.XSD.date),
        ("valid_from", "2019", rdflib.XSD.gYear),
        ("founded", "2019-02", rdflib.XSD.gYearMonth),
        ("opens", "2026-02-30", None),
        ("name", "2026", None),
    ],
)
def test_dates_have_the_type_of_their_precision(name: str, value: str, datatype: rdflib.URIRef | None) -> None:
    said = dict(subject_of_node(Node("company:a", "Company", {name: value}))[1])
    assert rdflib.Literal(value, datatype=datatype) in said.values()


@given(any_text, any_text)
def test_iris_are_legal_and_different_for_different_names(one: str, other: str) -> None:
    safe = one.encode("utf-8", "replace").decode(), other.encode("utf-8", "replace").decode()
    for make in (node_iri, edge_iri, term):
        assert (make(safe[0]) == make(safe[1])) == (safe[0] == safe[1])
        assert make(safe[0]).isascii()
        assert not set(make(safe[0])) & set(' <>"{}|\\^`\n')


def test_the_context_of_json_ld_needs_no_network(tmp_path: Path) -> None:
    context = json.loads(write(sample(), tmp_path, "jsonld").read_text(encoding="utf-8"))["@context"]
    assert all(isinstance(value, str) for value in context.values())
    assert "@import" not in context


def test_a_node_or_edge_that_comes_twice_is_refused(tmp_path: Path) -> None:
    twice = pair()
    twice.node_list.append(Node("a", "Company", {}))
    with pytest.raises(InputError, match="'a' comes twice"):
        write(twice, tmp_path, "jsonl")
    again = pair()
    again.edge_list.append(Edge("e", "OWNS", "a", "b", {}))
    with pytest.raises(InputError, match="'e' comes twice"):
        write(again, tmp_path, "graphml")
    assert list(tmp_path.iterdir()) == []
