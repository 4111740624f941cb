"""The questions that there are: the files below ``queries/``, checked and compiled once, found by name."""

from functools import cache
from pathlib import Path
from typing import Any

from kg import resources
from kg.exceptions import OntologyError, UsageError, did_you_mean
from kg.questions.question import Question, from_json
from kg.schema.cache import cached


@cache
def catalog() -> dict[str, Question]:
    """Return all questions by name, sorted; from the compiled form if there is one."""
    return load(resources.folder("queries"))


def load(folder: Path) -> dict[str, Question]:
    """Return the questions of a folder; raises OntologyError for one whose header, query and ontology do not fit."""
    paths = sorted(folder.glob("*/*.cypher"))
    here = Path(__file__)
    code = [here.with_name(name) for name in ("header.py", "check.py", "question.py")]
    turtle = resources.folder("ontology") / "compute.ttl"
    key = resources.fingerprint([*paths, *code, turtle])
    compiled = cached("questions", key, lambda: _compile(paths))
    return {data["name"]: from_json(data) for data in compiled}


def question(name: str) -> Question:
    """Return the question of this name; raises UsageError with the closest names."""
    found = catalog().get(name)
    if found is None:
        raise UsageError(f"No question {name!r}.{did_you_mean(name, catalog())} To list them: kg ask")
    return found


def _compile(paths: list[Path]) -> list[dict[str, Any]]:
    from kg.questions import check, header  # noqa: PLC0415  only wanted when there is no compiled form
    from kg.schema.ontology import ontology  # noqa: PLC0415  as above

    questions = [header.read(path) for path in paths]
    for path, data in zip(paths, questions, strict=True):
        if data["name"] != path.stem:
            raise OntologyError(f"{path.name}: the question's name is {data['name']!r}")
        check.check(data, ontology())
    check.check_together(questions)
    return sorted(questions, key=lambda data: str(data["name"]))
