"""Every example of the help texts, the questions and the documentation runs as it is printed."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.cli.root import COMMANDS, root
from kg.questions.catalog import catalog

Run = Any

ROOT = Path(__file__).parents[2]
MARK = re.compile(r"<!-- examples: run(?:, roughly)? -->\s*```(?:sh|console)\n(.*?)```", re.DOTALL)
"""Before a code block of a documentation page whose ``kg`` lines are run here."""


def _of_help() -> Iterator[str]:
    for name in COMMANDS:
        command = root.get_command(None, name)  # type: ignore[arg-type]  # no context is needed
        assert command is not None
        yield from _lines(str(command.epilog))
    yield from _lines(str(root.help))


def _of_pages() -> Iterator[str]:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        if page.is_file():
            for block in MARK.findall(page.read_text(encoding="utf-8")):
                yield from _lines(block)


def _lines(text: str) -> list[str]:
    return re.findall(r"^\s*(?:\$ )?(kg .+?)\s*$", text, re.MULTILINE)


EXAMPLES = sorted({*_of_help(), *_of_pages()})


@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_runs(run: Run, articles: Path, own_store: Path, line: str) -> None:
    if "--store demo" in line:
        run("demo")
    result = run(*shlex.split(line)[1:])
    assert "Error" not in result.stderr


@pytest.mark.parametrize("name", catalog())
def test_the_examples_of_a_question_find_something(run: Run, name: str) -> None:
    for example in catalog()[name].examples:
        result = run("ask", *shlex.split(example))
        assert len(result.stdout.splitlines()) > 1, example
        worded = " " in shlex.split(example)[0]
        assert (f"Asked: kg ask {name}" in result.stderr) == worded


def test_the_pages_have_examples() -> None:
    for page in ("cli", "questions", "tables"):
        assert MARK.search((ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8"))


def test_the_page_of_questions_lists_them_all() -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    for name, question in catalog().items():
        assert f"| `{name}` | {question.question} |" in text
