"""Checks a question as a whole: its header against its query, and both against the ontology."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.exceptions import OntologyError
from kg.questions.question import ANYTHING, FACT_COLUMNS, WITHDRAWN, Question, from_json
from kg.schema.ontology import Ontology
from kg.store import guard

RESERVED = {"store", "format", "output", "limit", "debug", "help", "fail_empty", "evidence"}
RESERVED |= {"status", "min_sources", "as_of", "known_by", "kind", "current"}
"""Names of options that every question has."""

_PARAMETER_TYPES = {"text", "number", "date", "choice", ANYTHING}
_COLUMN_TYPES = {"text", "number", "integer", "date", "flag", "list", "id", "ids", "status", "predicate", ANYTHING}
_FIXED = {"status": "status", "sources": "integer", "claims": "ids", "disputed": "flag"}
_QUOTED = re.compile(r"//[^\n]*|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
_SLOT = re.compile(r"\{(\w+)\}")
_TYPES = re.compile(r"\[\w*:([A-Z_|]+)")
_LABELS = re.compile(r"\(\w*:(\w+)")
_UNBOUND = re.compile(r"\[[^\]]*\*(?!\d*\.\.\d)")
_RETURN = re.compile(r"\bRETURN\b(.*?)(?=\bORDER BY\b|\bUNION\b|\Z)", re.DOTALL)


def check(data: dict[str, Any], ontology: Ontology) -> None:
    """Raise OntologyError, naming the question, unless header, query and ontology fit each other."""
    question = from_json(data)
    for complaint in _complaints(question, ontology):
        raise OntologyError(f"{question.theme}/{question.name}.cypher: {complaint}")


def check_together(questions: list[dict[str, Any]]) -> None:
    """Raise OntologyError if two questions share a name, or a wording without slots: of others the names decide."""
    names = Counter(data["name"] for data in questions)
    wordings = Counter(_SLOT.sub("{}", text.casefold()) for data in questions for text, _ in data["wordings"])
    twice = [text for counts in (names, wordings) for text, count in counts.items() if count > 1 and "{}" not in text]
    if twice:
        raise OntologyError(f"queries: two questions share {twice[0]!r}")


def _complaints(question: Question, ontology: Ontology) -> Iterator[str]:
    yield from _about_parameters(question, ontology)
    yield from _about_columns(question, ontology)
    yield from _about_query(question, ontology)
    if len(question.examples) < 2 or not any(example.split()[0] == question.name for example in question.examples):
        yield "there are two examples, one of them with the question's name"


def _about_parameters(question: Question, ontology: Ontology) -> Iterator[str]:
    declared = {parameter.name: parameter for parameter in question.parameters}
    if len(declared) < len(question.parameters):
        yield "a parameter is declared twice"
    for parameter in question.parameters:
        unknown = set(parameter.entity_types) - set(ontology.types) if parameter.is_entity else set()
        if unknown or not (parameter.is_entity or parameter.type in _PARAMETER_TYPES):
            yield f"parameter {parameter.name} has no known type: {parameter.type!r}"
        if parameter.name in RESERVED:
            yield f"parameter {parameter.name} has the name of an option that every question has"
    for wording in question.wordings:
        slots = set(_SLOT.findall(wording.text)) | set(wording.preset)
        if slots - set(declared):
            yield f"wording {wording.text!r} has a slot for no parameter"
        for name, value in wording.preset.items():
            if value not in declared[name].choices:
                yield f"wording {wording.text!r} sets {name} to {value!r}, which is no choice"
    used = set(re.findall(r"\$(\w+)", _QUOTED.sub("''", question.cypher)))
    own = {name for name in declared if question.search is None or name in used}
    if used != own | set(question.given):
        yield f"the query's parameters {sorted(used)} are not those declared: {sorted(own | set(question.given))}"


def _about_columns(question: Question, ontology: Ontology) -> Iterator[str]:
    names = [column.name for column in question.columns]
    measures = {**ontology.attributes, **ontology.qualifiers}
    for column in question.columns:
        entity = column.type[0].isupper() and set(column.type.split("|")) <= set(ontology.types)
        if not entity and column.type not in _COLUMN_TYPES:
            yield f"column {column.name} has no known type: {column.type!r}"
        if column.name in measures and column.unit != measures[column.name].unit:
            yield f"column {column.name} is in {measures[column.name].unit}, not in {column.unit}"
        if _FIXED.get(column.name, column.type) != column.type:
            yield f"column {column.name} is of type {_FIXED[column.name]}"
    if question.about not in ("facts", "documents"):
        yield f"rows are facts or documents, not {question.about!r}"
    if question.about == "facts" and not set(FACT_COLUMNS) <= set(names):
        yield f"rows about facts carry {', '.join(FACT_COLUMNS)}"
    if WITHDRAWN.name in names:
        yield f"column {WITHDRAWN.name} has the name of one that every answer about facts has"
    for aliases in returned(question.cypher):
        if aliases != [*names, *question.internal]:
            yield f"RETURN gives {aliases}, the header declares {[*names, *question.internal]}"


def _about_query(question: Question, ontology: Ontology) -> Iterator[str]:
    plain = _QUOTED.sub("''", question.cypher)
    guard.check(question.cypher)
    types = {name for found in _TYPES.findall(plain) for name in found.split("|")}
    for name in sorted(types - set(ontology.relationship_types)):
        yield f"the ontology has no relationship type {name}"
    for name in sorted(set(_LABELS.findall(plain)) - set(ontology.labels)):
        yield f"the ontology has no label {name}"
    if _UNBOUND.search(plain):
        yield "a path has no upper bound"
    if "ORDER BY" not in plain[plain.rindex("RETURN") :]:
        yield "the rows have no order"


def returned(cypher: str) -> list[list[str]]:
    """Return the column names of the query's last RETURN, and of those joined to it by UNION."""
    plain = _outermost(_QUOTED.sub("''", cypher))
    return [[_alias(item) for item in _items(match[1])] for match in _RETURN.finditer(plain)]


def _outermost(text: str) -> str:
    """Return the text without what stands in braces, where subqueries and maps are."""
    while (shorter := re.sub(r"\{[^{}]*\}", "", text)) != text:
        text = shorter
    return text


def _items(text: str) -> list[str]:
    """Split at commas outside brackets."""
    while (shorter := re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text)) != text:
        text = shorter
    return [item.strip() for item in text.split(",")]


def _alias(item: str) -> str:
    return re.split(r"(?:^|\s)AS\s", item)[-1].strip()
