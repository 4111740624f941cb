"""The shapes: they cover the ontology, accept what the package writes, and refuse what contradicts it."""

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import SH, Graph

from kg import KG, resources
from kg.schema.ontology import ontology

KG_NS = rdflib.Namespace("urn:ai-compute-kg:")
TABLES = resources.folder("loaders")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(resources.folder("ontology") / "shapes.ttl")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The samples of all tables of Epoch AI, loaded and written as Turtle."""
    folder = tmp_path_factory.mktemp("shapes")
    graph = KG(str(folder / "store"))
    graph.load(*sorted(TABLES.glob("epoch_*/sample")), excerpt=True, vintage="2026-08-03")
    graph.export(folder / "graph.ttl")
    return Graph().parse(folder / "graph.ttl")


def complaints(data: Graph, shapes: Graph) -> list[str]:
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return sorted(str(value) for value in report.objects(None, SH.resultMessage))


def test_every_predicate_and_attribute_has_its_shape(shapes: Graph) -> None:
    told = ontology()
    for name in told.predicates:
        assert (KG_NS[f"{name}-subject"], SH.targetSubjectsOf, KG_NS[name]) in shapes
        assert (KG_NS[f"{name}-object"], SH.targetObjectsOf, KG_NS[name]) in shapes
    plain = {name for name, attribute in told.attributes.items() if attribute.kind in {"number", "text", "date"}}
    assert not [name for name in plain if (None, SH.path, KG_NS[name]) not in shapes]


def test_types_are_those_of_the_ontology(shapes: Graph) -> None:
    for name, predicate in ontology().predicates.items():
        for end, types in (("subject", predicate.domain), ("object", predicate.range)):
            shape = KG_NS[f"{name}-{end}"]
            listed = shapes.value(shape, SH["or"])
            ways = shapes.items(listed) if listed is not None else [shape]
            assert {shapes.value(way, SH["class"]) for way in ways} == {KG_NS[kind] for kind in types}


def test_what_the_package_writes_is_valid(exported: Graph, shapes: Graph) -> None:
    assert len(list(exported.subjects(rdflib.RDF.type, KG_NS.Facility))) > 5
    assert complaints(exported, shapes) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "id:a a kg:Chip ; rdfs:label 'a' ; kg:USES id:b . id:b a kg:Facility ; rdfs:label 'b' .",
        "id:a a kg:Facility ; rdfs:label 'a' ; kg:it_power_mw -5.0 .",
        "id:a a kg:Facility ; rdfs:label 'a' ; kg:it_power_mw 5.0, 6.0 .",
        "id:a a kg:Facility ; rdfs:label 'a' ; kg:opens 'soon' .",
        "id:a a kg:Facility ; rdfs:label 'a', 'b' .",
        "id:a a kg:Facility ; rdfs:label 'a' ; kg:SUCCEEDS id:b . id:b a kg:Company ; rdfs:label 'b' .",
        "id:a kg:status 'sure' .",
    ],
)
def test_what_contradicts_the_ontology_is_refused(wrong: str, shapes: Graph, tmp_path: Path) -> None:
    prefixes = f"@prefix kg: <{KG_NS}> . @prefix id: <{KG_NS}id:> . @prefix rdfs: <{rdflib.RDFS}> .\n"
    assert complaints(Graph().parse(data=prefixes + wrong, format="turtle"), shapes)
