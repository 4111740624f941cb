"""The gold annotations of the packaged sample fit their documents and the ontology."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.extract.grammar.lexicon import lexicon
from kg.schema.ontology import Valued, ontology

HERE = Path(__file__).parent
SAMPLE = HERE.parent / "kg" / "sample"
GOLD = sorted(path for path in (HERE / "gold").glob("*.json") if path.name != "reached.json")
NAMES = [path.stem for path in GOLD]
ISO = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

every_document = pytest.mark.parametrize("name", NAMES)


@cache
def gold(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((HERE / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return data


@cache
def text(name: str) -> str:
    (path,) = SAMPLE.glob(f"{name}.*")
    return path.read_text(encoding="utf-8")


def entity_types(name: str) -> dict[str, str]:
    return {entity["name"]: entity["type"] for entity in gold(name)["entities"]}


def records(name: str) -> Iterator[dict[str, Any]]:
    yield from gold(name)["relations"]
    yield from gold(name)["attributes"]


def takes(kind: Valued, value: Any, types: dict[str, str]) -> bool:
    """Say whether the ontology allows this value for a qualifier or attribute."""
    match kind.kind:
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool) and value > 0
        case "date":
            return isinstance(value, str) and ISO.fullmatch(value) is not None
        case "text":
            return isinstance(value, str) and value != ""
        case "Role":
            return value in ontology().roles
        case entity_type:
            return types.get(value) == entity_type


def test_every_prose_document_of_the_sample_has_gold() -> None:
    prose = [path.stem for path in SAMPLE.iterdir() if path.suffix in {".txt", ".md"} and path.name != "README.md"]
    assert sorted(prose) == NAMES


@every_document
def test_the_file_names_its_document_and_its_date(name: str) -> None:
    data = gold(name)
    assert set(data) == {"id", "published", "entities", "relations", "attributes"}
    assert data["id"] == name
    year, _, day = data["published"].split("-")
    assert ISO.fullmatch(data["published"])
    assert year in text(name)
    assert re.search(rf"\b0?{int(day)}\b", text(name))


@every_document
def test_every_form_of_an_entity_stands_in_the_text_and_names_one_entity(name: str) -> None:
    known = set(ontology().types) - {"Deal"}
    forms: list[str] = []
    for entity in gold(name)["entities"]:
        assert set(entity) == {"name", "type", "aliases"}
        assert entity["type"] in known
        forms += [entity["name"], *entity["aliases"]]
    assert [form for form in forms if form not in text(name)] == []
    assert [form for form, count in Counter(forms).items() if count > 1] == []


@every_document
def test_evidence_is_a_slice_of_the_text_and_the_status_is_known(name: str) -> None:
    for record in records(name):
        assert record["evidence"], record
        assert record["evidence"] in text(name), record
        assert record["status"] in ontology().statuses, record


@every_document
def test_relations_fit_the_ontology(name: str) -> None:
    types = entity_types(name)
    for relation in gold(name)["relations"]:
        assert set(relation) == {"s", "p", "o", "status", "quals", "evidence"}
        predicate = ontology().predicates[relation["p"]]
        assert types[relation["s"]] in predicate.domain, relation
        assert types[relation["o"]] in predicate.range, relation
        assert relation["s"] != relation["o"], relation
        for qualifier, value in relation["quals"].items():
            assert qualifier in predicate.qualifiers, relation
            assert takes(ontology().qualifiers[qualifier], value, types), relation


@every_document
def test_attributes_fit_the_ontology(name: str) -> None:
    types = entity_types(name)
    for attribute in gold(name)["attributes"]:
        assert set(attribute) == {"e", "p", "v", "status", "evidence"}
        kind = ontology().attributes[attribute["p"]]
        assert types[attribute["e"]] in kind.domain, attribute
        assert takes(kind, attribute["v"], types), attribute


@every_document
def test_nothing_is_recorded_twice(name: str) -> None:
    said: list[tuple[Any, ...]] = []
    for relation in gold(name)["relations"]:
        ends = [relation["s"], relation["o"]]
        if ontology().predicates[relation["p"]].symmetric:
            ends.sort()
        said.append((relation["p"], *ends, json.dumps(relation["quals"], sort_keys=True)))
    said += [(attribute["p"], attribute["e"], attribute["v"]) for attribute in gold(name)["attributes"]]
    assert [fact for fact, count in Counter(said).items() if count > 1] == []


def test_the_gold_covers_every_status_and_predicate() -> None:
    every = [record for name in NAMES for record in records(name)]
    assert {record["status"] for record in every} == set(ontology().statuses)
    read = {predicate for frame in lexicon().frames.values() for predicate, *_ in frame.says}
    read |= {"capacity_mw", "chip_count", "cost_usd", "opens", "role", "valuation_usd"}
    assert {record["p"] for record in every} == read
    assert read <= {*ontology().predicates, *ontology().attributes}  # tables and registers tell more


def test_the_sample_tells_one_lease_often_and_disagrees_about_another() -> None:
    tells = [
        name
        for name in NAMES
        if any((r["s"], r["p"], r["o"]) == ("Anthropic", "LEASES", "Colossus 1") for r in gold(name)["relations"])
    ]
    assert len(tells) >= 5
    megawatts = {
        r["quals"]["capacity_mw"]
        for name in ("abilene-lease", "abilene-blog")
        for r in gold(name)["relations"]
        if (r["s"], r["p"], r["o"]) == ("Microsoft", "LEASES", "Abilene campus")
    }
    assert megawatts == {700, 900}


def test_the_sample_stays_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 60_000


def test_posts_and_pages_carry_date_and_publisher() -> None:
    posts = [json.loads(line) for line in (SAMPLE / "posts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert all(ISO.fullmatch(post["published"]) and post["publisher"] and post["text"] for post in posts)
    for page in SAMPLE.glob("*.html"):
        source = page.read_text(encoding="utf-8")
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
        assert found, page.name
        assert {"datePublished", "publisher"} <= set(re.findall(r'"(\w+)"\s*:', json.dumps(json.loads(found[1]))))
