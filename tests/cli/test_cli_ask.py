"""``kg ask``: data on standard output, notes beside it, wrong words answered with the right ones."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg.questions.catalog import catalog

Run = Any

EVIDENCE = "document publisher published status quote start end locator".split()


def test_without_a_question_they_are_listed(run: Run) -> None:
    listed = json.loads(run("ask", "-f", "json").stdout)
    assert [item["question"] for item in listed] == list(catalog())
    assert set(listed[0]) == {"question", "title", "parameters"}
    leases = next(item for item in listed if item["question"] == "leases")
    assert leases["parameters"] == ["tenant", "landlord", "facility"]


def test_what_is_typed_goes_before_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LIMIT", "5")
    monkeypatch.setenv("KG_FORMAT", "csv")
    for words, rows in (
        (["ask", "leases"], 5),
        (["ask", "--limit", "3", "leases"], 3),
        (["ask", "leases", "--limit", "2"], 2),
        (["ask", "--limit", "3", "leases", "--limit", "2"], 2),
    ):
        assert len(list(csv.DictReader(io.StringIO(run(*words).stdout)))) == rows
    everything = list(csv.DictReader(io.StringIO(run("ask", "--limit", "3", "leases", "--limit", "0").stdout)))
    assert len(everything) > 5
    assert "nonsense" in run("ask", "-f", "nonsense", "leases", code=2).stderr


def test_a_pipe_gets_csv_with_a_header_and_nothing_else(run: Run) -> None:
    result = run("ask", "leases", "--tenant", "anthropic")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == [column.name for column in catalog()["leases"].answered]
    assert {row["tenant"] for row in rows} == {"Anthropic"}
    assert {row["capacity_mw"] for row in rows} >= {"300", ""}
    assert result.stderr == ""


def test_json_has_the_declared_columns_and_evidence_where_asked(run: Run) -> None:
    rows = json.loads(run("ask", "leases", "--tenant", "anthropic", "-f", "json").stdout)
    names = [column.name for column in catalog()["leases"].answered]
    assert all(list(row) == names for row in rows)
    rows = json.loads(run("ask", "leases", "--tenant", "anthropic", "--evidence", "-f", "json").stdout)
    assert all(list(row) == [*names, "evidence"] for row in rows)
    assert all(set(EVIDENCE) <= set(entry) for row in rows for entry in row["evidence"])
    assert any(
        "220,000" in entry["quote"] or "Colossus 1" in entry["quote"] for row in rows for entry in row["evidence"]
    )


def test_a_terminal_gets_a_table_with_quotes_under_their_row(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_FORCE_TTY", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    result = run("ask", "leases", "--tenant", "anthropic", "--facility", "colossus 1", "--evidence")
    lines = result.stdout.splitlines()
    assert lines[0].split()[:3] == ["tenant", "landlord", "facility"]
    assert lines[2].startswith("Anthropic")
    assert any(line.startswith("    “") for line in lines)
    assert all(len(line) <= 120 for line in lines)
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_are_for_terminals(
    run: Run, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], coloured: bool
) -> None:
    assert "\x1b" not in run("ask", "leases", "-f", "table").stdout
    monkeypatch.setenv("KG_FORCE_TTY", "1")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b" in run("ask", "leases").stdout) == coloured


def test_a_long_table_stops_and_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = len(json.loads(run("ask", "recent", "-f", "json").stdout))
    monkeypatch.setenv("KG_FORCE_TTY", "1")
    result = run("ask", "recent")
    assert f"… {everything - 50} more rows; all with --limit 0" in result.stderr
    assert "more rows" not in run("ask", "recent", "--limit", "0").stderr
    assert len(run("ask", "recent", "--limit", "3", "-f", "csv").stdout.splitlines()) == 4


def test_words_find_the_question_and_say_which(run: Run) -> None:
    result = run("ask", "who leases from SpaceX", "-f", "json")
    assert result.stderr.strip() == "Asked: kg ask leases --landlord SpaceX"
    assert {row["landlord"] for row in json.loads(result.stdout)} == {"SpaceX"}
    assert run("ask", "who", "leases", "from", "SpaceX", "-f", "json").stdout == result.stdout
    assert 'kg ask facility --facility "Colossus 1"' in run("ask", "what stands at colossus i").stderr


def test_options_may_stand_before_the_question(run: Run) -> None:
    before = run("ask", "-f", "json", "--min-sources", "2", "--evidence", "leases", "--tenant", "anthropic")
    after = run("ask", "leases", "--tenant", "anthropic", "--evidence", "--min-sources", "2", "-f", "json")
    assert before.stdout == after.stdout


def test_a_required_entity_may_stand_alone(run: Run) -> None:
    named = run("ask", "facility", "--facility", "Colossus 1")
    assert run("ask", "facility", "Colossus 1").stdout == named.stdout
    assert "given twice" in run("ask", "facility", "Colossus 1", "--facility", "Hyperion", code=2).stderr


def test_filters_choose_what_counts(run: Run) -> None:
    planned = json.loads(run("ask", "leases", "--status", "planned,speculative", "-f", "json").stdout)
    assert {row["status"] for row in planned} <= {"planned", "speculative"}
    sourced = json.loads(run("ask", "leases", "--min-sources", "2", "-f", "json").stdout)
    assert {row["sources"] for row in sourced} <= {2, 3, 4, 5, 6, 7}
    current = json.loads(run("ask", "leases", "--current", "-f", "json").stdout)
    assert "ended" not in {row["status"] for row in current}


def test_a_file_gets_the_format_of_its_suffix(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "leases.json"
    result = run("ask", "leases", "-o", str(path))
    assert result.stdout == ""
    assert f"rows written to {path}" in result.stderr
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(run("ask", "leases", "-f", "json").stdout)
    run("ask", "leases", "-o", str(tmp_path / "leases.txt"), "-f", "md")
    assert (tmp_path / "leases.txt").read_text(encoding="utf-8").startswith("| tenant |")


def test_a_known_name_without_rows_is_success_with_a_note(run: Run) -> None:
    result = run("ask", "leases", "--tenant", "Dell")
    assert len(result.stdout.splitlines()) == 1
    assert "0 rows: nothing matches for tenant Dell" in result.stderr
    assert json.loads(run("ask", "leases", "--tenant", "Tencent", "-f", "json").stdout) == []
    assert "no document in" in run("ask", "leases", "--tenant", "Tencent").stderr
    run("ask", "leases", "--tenant", "Dell", "--fail-empty", code=3)
    run("ask", "leases", "--fail-empty")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["leeses"], "No question 'leeses'. Did you mean leases? To list them: kg ask"),
        (["leases", "--tenant", "Anthropik"], "No company 'Anthropik'"),
        (["leases", "--tenat", "x"], "'--tenat'"),
        (["leases", "-f", "jsn"], "No format 'jsn'. Did you mean json"),
        (["leases", "-o", "x.jsn"], "no format has the suffix '.jsn'"),
        (["leases", "--status", "assertd"], "Did you mean asserted"),
        (["leases", "--as-of", "soon"], "--as-of 'soon' is no date"),
        (["leases", "--limit", "few"], "'few' is not a valid integer"),
        (["leases", "extra"], "extra"),
        (["facility"], "needs --facility"),
        (["--tenant", "xAI", "leases"], "--tenant belongs to a question"),
        (["king of France"], "No question is worded like"),
        (["documents", "--evidence"], "is about documents"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(run: Run, args: list[str], message: str) -> None:
    result = run("ask", *args, code=2)
    assert result.stdout == ""
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("Error: ")


def test_help_of_a_question_shows_its_own_options_and_defaults(run: Run) -> None:
    text = run("ask", "leases", "--help").stdout
    assert "--tenant COMPANY" in text
    assert "who leases from <landlord>" in text
    assert "capacity_mw" in text
    assert "[default: 4]" in run("ask", "connected", "--help").stdout
    assert "leases" in run("ask", "--help").stdout


def test_what_rests_on_weak_claims_is_marked(run: Run) -> None:
    shown = run("ask", "leases", "--tenant", "Anthropic", "-f", "table").stdout
    assert "speculative, weak" in next(line for line in shown.splitlines() if "MACROHARDRR" in line)
