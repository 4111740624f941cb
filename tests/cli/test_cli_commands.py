"""The other commands, each doing what its help says."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.cli.root import COMMANDS, root
from kg.export.formats import FORMATS
from kg.plugins import LOADERS

Run = Any


def test_help_lists_every_command_and_the_exit_codes(run: Run) -> None:
    text = run("--help").stdout
    for name, line in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line.split()[0])}", text, re.MULTILINE)
    for code in ("0", "1", "2", "3", "4", "130"):
        assert re.search(rf"^ +{code} +\w", text, re.MULTILINE)
    assert run("--version").stdout == f"kg {kg.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_two_examples(run: Run, name: str) -> None:
    text = run(name, "--help").stdout
    command = root.get_command(None, name)  # type: ignore[arg-type]  # no context is needed
    assert command is not None
    assert len(re.findall(rf"^ +kg {name}\b", str(command.epilog), re.MULTILINE)) >= 2
    assert f"kg {name}" in text
    assert all(option.help for option in command.params if getattr(option, "opts", [""])[0].startswith("-"))


def test_an_unknown_command_is_answered_with_the_right_one(run: Run) -> None:
    assert run("dorctor", code=2).stderr == "Error: No command 'dorctor'. Did you mean doctor? See: kg --help\n"


# --- load, forget, rebuild


def test_loading_says_what_became_of_the_documents(run: Run, articles: Path) -> None:
    (articles / "broken.html").write_bytes(b"\x00\x01\x02")
    first = run("load", "articles", "--store", "trial")
    assert first.stdout == ""
    assert re.search(r"^store: .*trial$", first.stderr, re.MULTILINE)
    assert re.search(r"^rejected: articles/broken\.html: ", first.stderr, re.MULTILINE)
    assert re.search(
        r"^19 documents: 19 new, 0 unchanged, 1 rejected; 499 claims, 499 new$", first.stderr, re.MULTILINE
    )
    again = run("load", "articles", "--store", "trial", "-f", "json")
    assert "19 documents: 0 new, 19 unchanged, 1 rejected; 499 claims, 0 new" in again.stderr
    outcomes = [row["outcome"] for row in json.loads(again.stdout)]
    assert (outcomes.count("unchanged"), outcomes.count("rejected")) == (19, 1)


def test_loading_standard_input_and_one_file(run: Run, articles: Path) -> None:
    text = (articles / "hyperion.txt").read_text(encoding="utf-8")
    assert "1 document: 1 new" in run("load", "-", "--store", "trial", stdin=text).stderr
    assert "1 document: 0 new, 1 unchanged" in run("load", "articles/hyperion.txt", "--store", "trial").stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["nowhere.txt"], "nowhere.txt: no such file or folder"),
        (["*.nothing"], "no file has a name like this"),
        (["report.html", "--loader", "htlm"], "Did you mean html"),
        (["http://127.0.0.1:9/x"], "private network"),
        (["ftp://example.org/x"], "ftp"),
    ],
)
def test_bad_input_leaves_no_store_behind(
    run: Run, articles: Path, tmp_path: Path, args: list[str], message: str
) -> None:
    result = run("load", *args, "--store", "trial", code=2 if "--loader" in args else 1)
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "data" / "trial").exists()


def test_nothing_but_rejections_is_a_failure(run: Run, articles: Path) -> None:
    folder = articles.parent / "junk"
    folder.mkdir()
    (folder / "a.bin").write_bytes(b"\x00\x01" * 50)
    assert "0 documents: 0 new, 0 unchanged, 1 rejected" in run("load", "junk", "--store", "trial", code=1).stderr


def test_forgetting_leaves_the_store_as_it_was_before(run: Run, own_store: Path, articles: Path) -> None:
    before = run("ask", "recent", "-f", "json").stdout, run("show", "xAI", "-f", "json").stdout
    extra = articles.parent / "extra.txt"
    extra.write_text("Rack & Ridge, June 1, 2026. Anthropic also rents Hyperion from Meta.", encoding="utf-8")
    run("load", "extra.txt")
    result = run("forget", "extra.txt")
    assert "forgotten: " in result.stderr
    assert f"store: {own_store}" in result.stderr
    assert (run("ask", "recent", "-f", "json").stdout, run("show", "xAI", "-f", "json").stdout) == before


def test_forgetting_takes_a_document_by_any_of_its_names(run: Run, own_store: Path) -> None:
    listed = json.loads(run("ask", "documents", "-f", "json").stdout)
    wire = next(row for row in listed if "colossus-wire" in row["address"])
    post = next(row for row in listed if row["kind"] == "post")
    for name in (wire["document"], post["address"], "hyperion.txt"):
        run("forget", name)
        assert run("forget", name, code=2).stderr.splitlines()[-1].startswith("Error: No document")
    left = {row["document"] for row in json.loads(run("ask", "documents", "-f", "json").stdout)}
    assert len(left) == len(listed) - 3


def test_a_file_name_of_two_documents_is_not_enough(run: Run, own_store: Path, articles: Path) -> None:
    for folder in ("one", "two"):
        (articles.parent / folder).mkdir()
        (articles.parent / folder / "note.txt").write_text(
            f"A note of folder {folder}, and a few words.", encoding="utf-8"
        )
    run("load", "one", "two")
    result = run("forget", "note.txt", code=2)
    assert "'note.txt' names 2 documents: doc:" in result.stderr
    assert "one/note.txt" in result.stderr
    assert len(re.findall("^forgotten", run("forget", "note.txt", "--all").stderr, re.MULTILINE)) == 2


def test_rebuilding_changes_nothing(run: Run, own_store: Path) -> None:
    before = run("ask", "recent", "-f", "json").stdout
    assert "derived again from 19 documents" in run("rebuild").stderr
    assert run("ask", "recent", "-f", "json").stdout == before
    assert "No store at" in run("rebuild", "--store", "nothing-here", code=1).stderr


# --- extract


def test_extracting_prints_claims_as_json_lines(run: Run, articles: Path) -> None:
    result = run("extract", "articles/colossus-wire.txt")
    claims = [json.loads(line) for line in result.stdout.splitlines()]
    text = (articles / "colossus-wire.txt").read_text(encoding="utf-8")
    assert len(claims) == 36
    for claim in claims:
        assert claim["document"] == "articles/colossus-wire.txt"
        assert text[claim["evidence"]["start"] : claim["evidence"]["end"]] == claim["evidence"]["text"]
    sure = run("extract", "articles", "--min-confidence", "0.5").stdout.splitlines()
    assert 0 < len(sure) < len(run("extract", "articles").stdout.splitlines())
    assert all(json.loads(line)["confidence"] >= 0.5 for line in sure)


# --- show, cypher, export


def test_a_card_shows_both_directions_and_marks_the_registry(run: Run) -> None:
    card = json.loads(run("show", "xai", "-f", "json").stdout)
    assert (card["id"], card["type"], card["known"]) == ("company:xai", "Company", True)
    facts = {(fact["fact"], fact["name"]) for fact in card["facts"]}
    assert {("subsidiary of", "SpaceX"), ("builds", "Colossus 1"), ("sued by", "NAACP")} <= facts
    assert {document["title"] for document in card["documents"]}
    assert {attribute["role"] for attribute in card["attributes"]} >= {"ai_lab"}
    shown = run("show", "Colossus 1", "-f", "table").stdout
    assert shown.startswith("Colossus 1\nFacility, facility:colossus-1, in the registry of known entities\n")
    assert "leased by" in shown
    registry = run("show", "Amazon", "-f", "table").stdout
    assert re.search(r"parent of +Amazon Web Services .*registry", registry)


def test_a_card_in_every_format(run: Run) -> None:
    assert run("show", "Anthropic", "-f", "md").stdout.startswith("# Anthropic\n")
    assert run("show", "Anthropic").stdout.startswith("fact,name,")
    evidence = json.loads(run("show", "Anthropic", "--evidence", "-f", "json").stdout)
    assert all(fact["evidence"] for fact in evidence["facts"])
    deal = evidence["deals"][0]["deal"]
    assert json.loads(run("show", deal, "-f", "json").stdout)["type"] == "Deal"
    assert "No entity 'Nobody at all'" in run("show", "Nobody at all", code=2).stderr
    assert "no document in" in run("show", "Tencent").stderr


def test_a_card_has_so_many_rows_of_each_kind_and_says_how_many_more(run: Run) -> None:
    whole = json.loads(run("show", "Anthropic", "-f", "json").stdout)["facts"]
    most, times = Counter(fact["fact"] for fact in whole).most_common(1)[0]
    assert times > 1
    page = run("show", "Anthropic", "-f", "table", "--limit", "1").stdout
    assert f"… and {times - 1} more of {most}; all with --limit 0" in page
    assert f"Facts ({len(whole)})" in page
    assert "--limit 0" not in run("show", "Anthropic", "-f", "table", "--limit", "0").stdout
    assert f"more of {most}; all" in run("show", "Anthropic", "-f", "md", "--limit", "1").stdout
    one = run("show", "Anthropic", "-f", "json", "--limit", "1")
    assert len(json.loads(one.stdout)["facts"]) == len({fact["fact"] for fact in whole})
    assert f"… and {times - 1} more of {most}" in one.stderr
    lines = run("show", "Anthropic").stdout.splitlines()
    assert len(lines) == len(whole) + 1, "where a program reads nothing is left out"


def test_a_document_has_no_card_but_is_said_to_be_one(run: Run) -> None:
    listed = json.loads(run("ask", "documents", "-f", "json").stdout)
    wire = next(row for row in listed if "colossus-wire" in row["address"])
    for name in (wire["document"], wire["address"]):
        error = run("show", name, code=2).stderr.splitlines()[-1]
        assert wire["title"] in error
        assert f"states {wire['claim_count']} claims" in error
        assert error.endswith("To list documents: kg ask documents")


def test_cypher_reads_with_parameters(run: Run) -> None:
    query = "MATCH (c:Company {name: $name}) RETURN c.id AS id, $n AS n, $list AS list, $text AS text"
    options = ["-p", "name=Anthropic", "-p", "n=300", "-p", 'list=["a", "b"]', "-p", 'text="300"', "-f", "json"]
    assert json.loads(run("cypher", query, *options).stdout) == [
        {"id": "company:anthropic", "n": 300, "list": ["a", "b"], "text": "300"}
    ]
    assert run("cypher", "-", stdin="RETURN 1 AS one").stdout == "one\n1\n"
    assert run("cypher", "MATCH (n:Chip {id: 'none'}) RETURN n.id AS id").stderr == "0 rows\n"
    run("cypher", "MATCH (n:Chip {id: 'none'}) RETURN n.id AS id", "--fail-empty", code=3)


@pytest.mark.parametrize(
    ("query", "message", "code"),
    [
        ("CREATE (n:Company {id: 'x'})", "only reads", 1),
        ("MATCH (n) DETACH DELETE n", "only reads", 1),
        ("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "begins with MATCH", 1),
        ("MATCH (n) LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line", "LOAD CSV is not allowed", 1),
        ("MATCH (n RETURN n", "not understood", 1),
        ("RETURN $missing AS x", "", 1),
    ],
)
def test_cypher_refuses_in_one_line(run: Run, query: str, message: str, code: int) -> None:
    before = run("status", "-f", "json").stdout
    result = run("cypher", query, code=code)
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert run("status", "-f", "json").stdout == before


def test_parameters_of_cypher_have_a_name(run: Run) -> None:
    assert "given as name=value" in run("cypher", "RETURN 1 AS one", "-p", "x", code=2).stderr


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_has_the_same_counts(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / f"graph{FORMATS[name].suffixes[0]}"
    for options in ([], ["--with-claims"]):
        counts = run("export", str(path), *options).stderr.partition(" written")[0]
        reference = run("export", str(tmp_path / "all.jsonl"), *options).stderr.partition(" written")[0]
        assert counts == reference
        assert re.fullmatch(r"[\d,]+ nodes, [\d,]+ edges", counts)
    assert list(tmp_path.glob("graph*"))


def test_an_export_may_go_to_standard_output(run: Run) -> None:
    result = run("export", "-", "--as", "jsonl")
    assert all(json.loads(line) for line in result.stdout.splitlines())
    assert "written to standard output (jsonl)" in result.stderr
    assert "Did you mean .gexf" in run("export", "graph.gefx", code=2).stderr
    assert "No export format 'gef'" in run("export", "x", "--as", "gef", code=2).stderr


# --- status, doctor, ontology, completion, demo


def test_status_says_where_and_what(run: Run, tmp_path: Path) -> None:
    status = json.loads(run("status", "-f", "json").stdout)
    assert (status["engine"], status["chosen_by"], status["exists"]) == ("embedded", "KG_STORE", True)
    assert status["documents"]["news"] > 10
    assert status["entities"]["Company"] > 50
    assert sum(status["claims"].values()) == 590
    assert status["outdated"] == []
    empty = run("status", "--store", "nothing", "-f", "json")
    assert json.loads(empty.stdout) == {
        "store": str(tmp_path / "data" / "nothing"),
        "chosen_by": "--store",
        "engine": "embedded",
        "exists": False,
    }
    assert "To begin: kg demo" in empty.stderr
    assert not (tmp_path / "data" / "nothing").exists()


def test_a_store_that_another_ontology_made_wants_a_rebuild(run: Run, own_store: Path) -> None:
    from kg.store.open import open_store

    with open_store(None, write=True) as store:
        store.write(lambda tx: tx.run("MATCH (s:KGStore) SET s.registry = 'older'"))
    result = run("status", "-f", "json")
    assert json.loads(result.stdout)["outdated"] == ["registry"]
    assert "kg rebuild" in result.stderr
    run("rebuild")
    assert json.loads(run("status", "-f", "json").stdout)["outdated"] == []


def test_doctor_looks_at_everything_and_prints_no_password(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    checks = {row["check"]: row for row in json.loads(run("doctor", "-f", "json").stdout)}
    assert {checks[name]["state"] for name in ("python", "embedded engine", "places", "data folder")} == {"ok"}
    assert checks["neo4j"]["state"] == "not set up"
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("NEO4J_PASSWORD", "very-secret")
    result = run("doctor", "-f", "json", code=1)
    checks = {row["check"]: row for row in json.loads(result.stdout)}
    assert checks["neo4j"]["state"] == "missing"
    assert "very-secret" not in result.output
    monkeypatch.delenv("NEO4J_URI")
    monkeypatch.setenv("KG_STORE", "bolt://127.0.0.1:1")
    checks = {row["check"]: row for row in json.loads(run("doctor", "-f", "json", code=1).stdout)}
    assert checks["neo4j"]["state"] == "missing"


def test_the_ontology_explains_its_words(run: Run) -> None:
    listed = json.loads(run("ontology", "-f", "json").stdout)
    assert {"type", "predicate", "attribute", "qualifier", "status"} <= {row["kind"] for row in listed}
    leases = json.loads(run("ontology", "leases_from", "-f", "json").stdout)
    assert leases["from"] == "Company"
    assert leases["example"]
    assert json.loads(run("ontology", "LEASES_TO", "-f", "json").stdout)["name"] == "LEASES_FROM"
    assert json.loads(run("ontology", "leases from", "-f", "json").stdout)["name"] == "LEASES_FROM"
    assert json.loads(run("ontology", "Company", "-f", "json").stdout)["examples"]
    assert json.loads(run("ontology", "capacity_mw", "-f", "json").stdout)["unit"] == "MW"
    assert "Did you mean LEASES_FROM" in run("ontology", "leeses_from", code=2).stderr


def test_completion_prints_a_script(run: Run) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "_KG_COMPLETE" in run("completion", shell).stdout
    assert "Did you mean bash" in run("completion", "bsh", code=2).stderr


def test_the_demo_is_repeatable_and_sourced(run: Run, tmp_path: Path) -> None:
    first = run("demo", "-f", "json")
    rows = json.loads(first.stdout)
    assert len(rows) >= 5
    assert all(len(row["evidence"]) == 1 for row in rows)
    assert "new, 0 unchanged" in first.stderr
    tries = re.findall(r"^  (kg .*)$", first.stderr, re.MULTILINE)
    assert len(tries) == 4
    assert all("--store demo" in line for line in tries)
    again = run("demo", "-f", "json")
    assert again.stdout == first.stdout
    assert " 0 new" in again.stderr
    assert (tmp_path / "data" / "demo").is_dir()


def test_every_loader_is_listed_with_its_licence(run: Run) -> None:
    listed = json.loads(run("sources", "-f", "json").stdout)
    assert sorted(item["source"] for item in listed) == sorted(LOADERS)
    for item in listed:
        assert item["gives"]
        assert item["reads"]
        assert bool(item["tables"]) <= bool(item["publisher"] and item["licence"] and item["homepage"])
    assert "Did you mean epoch-data-centers" in run("sources", "epoch-datacenters", code=2).stderr


def test_a_draft_of_a_mapping_can_be_loaded_as_it_is(run: Run, articles: Path, own_store: Path) -> None:
    run("map", "suggest", "deals.csv", "-o", "draft.yml")
    result = run("load", "deals.csv", "--map", "draft.yml", "-f", "json")
    assert json.loads(result.stdout)[0]["new_claims"] == 3
    (row, *_) = json.loads(run("ask", "leases", "--tenant", "OpenAI", "--kind", "table", "-f", "json").stdout)
    assert row["facility"]
    assert "no table with a header" in run("map", "suggest", "report.html", code=1).stderr


def test_options_of_tables_are_checked(run: Run, articles: Path, own_store: Path) -> None:
    assert "--vintage 'soon'" in run("load", "deals.csv", "--vintage", "soon", code=2).stderr
    assert "exclude each other" in run("load", "deals.csv", "--map", "deals.yml", "--as", "text", code=2).stderr
    unknown = run("load", "deals.csv", code=1).stderr
    assert "kg map suggest" in unknown
    assert "Deal, Tenant, Landlord" in unknown
    few = run("load", "tables/data_centers.csv", code=1).stderr
    assert "3 rows, but epoch-data-centers has at least 40" in few


def test_a_dry_run_stores_nothing(run: Run, articles: Path, own_store: Path) -> None:
    count = ("cypher", "MATCH (n) RETURN count(n) AS n")
    before = run(*count).stdout
    result = run("load", "tables", "--excerpt", "--vintage", "2026-08-03", "--dry-run")
    assert "would be: 3 documents: 3 new" in result.stderr
    assert run(*count).stdout == before
