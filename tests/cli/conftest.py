"""The command line in this process, on the sample, with people's annotations in the place of the extractor."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from graphs import SAMPLE, GoldExtractor, filled_folder

from kg.cli.root import root

Run = Callable[..., Result]
LOADERS = Path(__file__).parents[2] / "loaders"


@pytest.fixture
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let nothing of the user's settings reach a test, and nothing of a test the user's stores."""
    for name in ("NEO4J_URI", "KG_FORMAT", "KG_LIMIT", "KG_DEBUG", "KG_FORCE_TTY", "NO_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KG_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("KG_STORE", str(filled_folder()))
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def run(plain_environment: None) -> Run:
    """Run a command as ``kg`` does; ``code`` is the exit code that it must have."""

    def call(*args: str, code: int = 0, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(root, list(args), input=stdin, obj={"extractor": GoldExtractor()})
        assert result.exit_code == code, result.output
        return result

    return call


@pytest.fixture
def own_store(plain_environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of the filled store that a test may change; KG_STORE names it."""
    folder = tmp_path / "own"
    shutil.copytree(filled_folder(), folder, ignore=shutil.ignore_patterns("lock"))
    monkeypatch.setenv("KG_STORE", str(folder))
    return folder


FILE = re.compile(r"<!-- file: (\S+) -->\s*```\w+\n(.*?)```", re.DOTALL)
"""A file that a page shows, and that its examples read."""


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with documents in ``articles``, tables in ``tables``, and files of the pages beside them."""
    work = tmp_path / "work"
    shutil.copytree(SAMPLE, work / "articles", ignore=shutil.ignore_patterns("README.md"))
    shutil.copy(SAMPLE / "nebius-vineland.html", work / "report.html")
    shutil.copytree(LOADERS / "epoch_data_centers" / "sample", work / "tables")
    for name, text in FILE.findall((LOADERS.parent / "docs" / "tables.md").read_text(encoding="utf-8")):
        (work / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(work)
    return work / "articles"
