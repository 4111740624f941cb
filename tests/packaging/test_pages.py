"""The texts beside the code: links lead somewhere, and README shows what its commands print."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.commands import COMMANDS
from scripts.examples import BLOCK, README, Scratch, differences, renewed, scratch

ROOT = Path(__file__).parents[2]
FOLDERS = ("docs", "kg", "loaders", "ontology", "scripts", "tests")
PAGES = sorted({*ROOT.glob("*.md"), *(page for name in FOLDERS for page in (ROOT / name).rglob("*.md"))})
PAGES = [page for page in PAGES if "sample" not in page.parts or page.name == "README.md"]
PAGES = [page for page in PAGES if "node_modules" not in page.parts]
LINK = re.compile(r"\[[^\]]+\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
PYTHON = re.compile(r"<!-- examples: run -->\s*```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PROGRAMS = [(page, code) for page in PAGES for code in PYTHON.findall(page.read_text(encoding="utf-8"))]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_to_files_and_headings_that_exist(page: Path) -> None:
    for path, heading in LINK.findall(page.read_text(encoding="utf-8")):
        target = page.parent / path if path else page
        assert target.exists(), path
        if heading:
            titles = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_of_the_documentation_is_named_in_readme() -> None:
    named = {path for path, _ in LINK.findall(README.read_text(encoding="utf-8"))}
    assert {name(page) for page in (ROOT / "docs").glob("*.md")} <= named


def test_readme_shows_what_its_commands_print() -> None:
    text = README.read_text(encoding="utf-8")
    assert len(BLOCK.findall(text)) > 3
    assert list(differences(text, renewed(text))) == [], "write it anew with: python3 scripts/dev.py examples"


def test_a_block_that_shows_something_else_is_found() -> None:
    exact = "<!-- examples: run -->\n```console\n$ kg ask\none two three four\n```\n"
    rough = exact.replace("run", "run, roughly")
    changed = ("three", "3")
    assert list(differences(exact, exact)) == []
    assert list(differences(exact, exact.replace(*changed))) == ["$ kg ask"]
    assert list(differences(rough, rough.replace(*changed))) == []
    assert list(differences(rough, rough.replace("one two three four", "five six"))) == ["$ kg ask"]


@pytest.fixture(scope="module")
def loaded() -> Iterator[Scratch]:
    """A scratch folder whose default store holds the sample."""
    with scratch() as place:
        place.printed("-m", "kg", "load", "articles")
        yield place


@pytest.mark.parametrize(("page", "code"), PROGRAMS, ids=[name(page) for page, _ in PROGRAMS])
def test_programs_on_the_pages_run(loaded: Scratch, page: Path, code: str) -> None:
    loaded.printed("-c", code)


def test_readme_and_the_page_of_questions_have_programs() -> None:
    assert {"README.md", "docs/questions.md"} <= {name(page) for page, _ in PROGRAMS}


def test_contributing_names_every_command() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(COMMANDS)
