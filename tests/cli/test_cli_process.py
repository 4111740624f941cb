"""The command line as a process of its own: what it imports, how it ends, what it does when it is cut off."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from graphs import filled_folder

HEAVY = (
    "rdflib",
    "rich",
    "trafilatura",
    "networkx",
    "neo4j",
    "yaml",
    "lxml",
    "urllib3",
    "multiprocessing",
    "pandas",
    "rapidfuzz",
    "sqlite3",
)
ROOT = Path(__file__).parents[2]

_WHAT_WAS_IMPORTED = """
import sys
from kg.cli.root import root
try:
    root.main({args})
except SystemExit as end:
    print(end.code, sorted(set({heavy}) & {{name.partition(".")[0] for name in sys.modules}}), file=sys.stderr)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "NEO4J_"))}
    own = {"KG_STORE": str(filled_folder()), "KG_DATA": str(tmp_path), "PYTHONPATH": str(ROOT)}
    return kept | own | {name: os.environ[name] for name in ("KG_CACHE",) if name in os.environ}


def kg(environment: dict[str, str], *args: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *args]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **options)


def python(environment: dict[str, str], script: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("args", [["--help"], ["ask"], ["ask", "leases"], ["ask", "leases", "--tenant", "Anthropic"]])
def test_a_look_up_imports_nothing_heavy(environment: dict[str, str], args: list[str]) -> None:
    done = python(environment, _WHAT_WAS_IMPORTED.format(args=args, heavy=HEAVY))
    assert done.stderr.splitlines()[-1] == "0 []"


def test_help_opens_no_store(environment: dict[str, str]) -> None:
    done = python(environment, _WHAT_WAS_IMPORTED.format(args=["--help"], heavy=("arcadedb",)))
    assert done.stderr.splitlines()[-1] == "0 []"


def test_exit_codes_of_the_process(environment: dict[str, str]) -> None:
    assert kg(environment, "ask", "leases").returncode == 0
    assert kg(environment, "ask", "leases", "--tenant", "Dell", "--fail-empty").returncode == 3
    assert kg(environment, "ask", "leeses").returncode == 2
    assert kg(environment, "ask", "leases", "--store", str(ROOT / "docs")).returncode == 1
    refused = kg(environment, "ask", "leases", "--store", "bolt://127.0.0.1:1")
    assert refused.returncode == 4
    assert len(refused.stderr.splitlines()) == 1


def test_a_reader_that_leaves_early_is_no_error(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "ask", "recent", "--evidence", "-f", "json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process")
def test_ctrl_c_ends_with_130_and_one_line(environment: dict[str, str], tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "load", "-", "--store", "trial"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in error
    assert b"Interrupted" in error
    assert not (tmp_path / "trial").exists()


def test_what_is_unexpected_is_a_line_unless_debugging(environment: dict[str, str]) -> None:
    broken = "import kg.questions.run as r; r.ask = None\nfrom kg.cli.root import root; root.main({})"
    for args, traced in ((["ask", "leases"], False), (["ask", "leases", "--debug"], True)):
        command = [
            sys.executable,
            "-c",
            f"from kg.cli import ask; ask.ask = None\n{broken.partition(chr(10))[2].format(args)}",
        ]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert ("Traceback" in done.stderr) == traced
        assert traced or "See it with --debug" in done.stderr


def test_shells_complete_commands_questions_and_names(environment: dict[str, str]) -> None:
    def completed(*words: str) -> list[str]:
        variables = {"_KG_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        done = python(environment | variables, "from kg.cli.root import root; root.main(prog_name='kg')")
        assert done.stderr == ""
        return [line.partition(",")[2] for line in done.stdout.splitlines() if line]

    assert completed("kg", "onto") == ["ontology"]
    assert completed("kg", "ask", "lea") == ["leases"]
    assert "--landlord" in completed("kg", "ask", "leases", "--land")
    assert "Anthropic" in completed("kg", "ask", "leases", "--tenant", "anth")
    assert "core-scientific" in completed("kg", "ask", "leases", "--landlord", "core")
    assert "colossus-1" in completed("kg", "show", "colo")
    environment["KG_STORE"] = "no-such-store"
    assert completed("kg", "show", "colo") == []


def test_standard_output_is_utf_8_whatever_the_locale(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "kg", "ask", "leases", "-f", "table"]
    done = subprocess.run(command, env=environment | {"PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)
    assert done.returncode == 0
    assert "─" in done.stdout.decode("utf-8")


def test_a_store_that_somebody_writes_to_is_said_to_be_in_use(environment: dict[str, str], tmp_path: Path) -> None:
    from kg.store.embedded import EmbeddedStore

    with EmbeddedStore(tmp_path / "busy", write=True, read_seconds=60):
        environment["KG_STORE"] = str(tmp_path / "busy")
        script = (
            "import kg.store.embedded as e; e.EmbeddedStore.__init__.__kwdefaults__['lock_seconds'] = 0.2\n"
            "from kg.cli.root import root; root.main(['ask', 'leases'])"
        )
        done = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert "is in use" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_json_of_the_process_is_what_people_are_promised(environment: dict[str, str]) -> None:
    rows = json.loads(kg(environment, "ask", "leases", "--evidence", "-f", "json", "--tenant", "anthropic").stdout)
    assert any(row["facility"] == "Colossus 1" and row["capacity_mw"] == 300 for row in rows)
