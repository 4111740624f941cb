"""``kg highlight``: where the page goes, which document it shows, and what is no document."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli.root import root

Run = Any


def test_the_page_goes_to_a_file_or_to_standard_output(run: Run, articles: Path) -> None:
    written = run("highlight", "articles/hyperion.txt", "-o", "page.html")
    assert written.stdout == ""
    assert "written to page.html" in written.stderr
    page = Path("page.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "Hyperion" in page
    assert run("highlight", "articles/hyperion.txt").stdout == page
    assert run("highlight", "articles/hyperion.txt", "-o", "-").stdout == page


def test_on_a_terminal_the_page_stands_in_the_working_folder(
    run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_FORCE_TTY", "1")
    result = run("highlight", "report.html")
    assert result.stdout == ""
    assert "written to report-highlighted.html" in result.stderr
    assert Path("report-highlighted.html").is_file()


def test_a_file_with_several_documents_gives_the_one_that_is_named(run: Run, articles: Path) -> None:
    first = run("highlight", "articles/posts.jsonl")
    assert "holds more documents; this is number 1" in first.stderr
    assert run("highlight", "articles/posts.jsonl", "--document", "2").stdout != first.stdout
    assert "fewer than 99 documents" in run("highlight", "articles/posts.jsonl", "--document", "99", code=2).stderr


def test_a_table_and_what_nobody_reads_are_refused_in_one_line(run: Run, articles: Path) -> None:
    Path("sites.csv").write_text("Site,Operator\nColossus 1,xAI\n", encoding="utf-8")
    for name, code in (("sites.csv", 1), ("nowhere.txt", 1)):
        result = run("highlight", name, "-o", "page.html", code=code)
        assert result.stderr.count("\n") == 1
        assert not Path("page.html").exists()


def test_a_plug_in_that_cannot_say_why_is_answered_in_one_line(plain_environment: None, articles: Path) -> None:
    class Mute:
        version = "mute-1"

    result = CliRunner().invoke(root, ["highlight", "report.html"], obj={"extractor": Mute()})
    assert result.exit_code == 2
    assert "mute-1 does not say how it reads" in result.stderr
