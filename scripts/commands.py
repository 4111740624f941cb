"""The commands of ``scripts/dev.py``: each makes the environment ready first, then runs what its docstring says."""

import shutil
import sys
from collections.abc import Callable
from contextlib import suppress

from scripts.environment import FOLDERS, activation, prepare, program
from scripts.steps import ROOT, StepFailedError, run, step


def demo(arguments: list[str]) -> None:
    """Load the packaged sample and show a sourced table."""
    python = prepare("run")
    run([python, "-m", "kg", "demo", "-f", "table", *arguments])
    print(f"\nkg is in .venv. To have it in this terminal: {activation()}")


def setup(arguments: list[str]) -> None:
    """Make the environment for working on the project."""
    _takes_none(arguments)
    prepare("dev")
    print(f"Ready. To have kg, pytest, ruff and mypy in this terminal: {activation()}")


def check(arguments: list[str]) -> None:
    """Run the linter, the formatter and the type checker."""
    _takes_none(arguments)
    prepare("dev")
    step("lint", [program("ruff"), "check", "-q", "--output-format=concise"])
    step("format", [program("ruff"), "format", "-q", "--check"])
    step("types", [program("mypy")])


def test(arguments: list[str]) -> None:
    """Run every check: lint, types, tests on both stores, benchmark, wheel."""
    _takes_none(arguments)
    check([])
    python = program("python")
    step("tests", [python, "-m", "pytest", "-q", "-m", "not slow"], shown=True)
    step("benchmark", [python, "benchmarks/cold_ask.py", "--check"], say=last_line)
    step("wheel", [python, "-m", "pytest", "-q", "-m", "slow"], say=last_line)
    print("Every check passed.")


def bench(arguments: list[str]) -> None:
    """Measure a cold question against the bare engine: at most 1.5 times."""
    run([prepare("dev"), "benchmarks/cold_ask.py", *arguments])


def score(arguments: list[str]) -> None:
    """Score the extraction on what is annotated here, or on one FOLDER; --write takes down what was reached."""
    run([prepare("run"), "-m", "scripts.score", *arguments])


def train(arguments: list[str]) -> None:
    """Learn the extractor's weights anew, in an environment of its own."""
    _takes_none(arguments)
    run([prepare("train"), "-m", "scripts.train"])


def neo4j(arguments: list[str]) -> None:
    """Run a Neo4j server until Ctrl-C and say what to set; the graph stays in .neo4j. Needs Java 17 and Maven."""
    with suppress(KeyboardInterrupt):  # that is how it ends
        run([sys.executable, "scripts/neo4j/server.py", "--data", ".neo4j", *arguments])


def examples(arguments: list[str]) -> None:
    """Run the commands that README shows and write down what they print."""
    run([prepare("dev"), "-m", "scripts.examples", *arguments])


def lock(arguments: list[str]) -> None:
    """Pin what pyproject.toml asks for; with --upgrade in the newest versions."""
    run([sys.executable, "-m", "scripts.lock", *arguments])


def clean(arguments: list[str]) -> None:
    """Remove the environments and everything that was made; a graph in .neo4j stays."""
    _takes_none(arguments)
    made = "build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache".split()
    for path in [*(ROOT / name for name in (*FOLDERS.values(), *made)), *ROOT.rglob("__pycache__")]:
        shutil.rmtree(path, ignore_errors=True)


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "demo": demo,
    "test": test,
    "check": check,
    "setup": setup,
    "bench": bench,
    "score": score,
    "train": train,
    "neo4j": neo4j,
    "examples": examples,
    "lock": lock,
    "clean": clean,
}


def main(arguments: list[str]) -> int:
    """Run the command that is named first; return the exit code of what failed, or 0."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print("usage: python3 scripts/dev.py COMMAND\n")
        for name, function in COMMANDS.items():
            print(f"  {name:<9} {str(function.__doc__).strip()}")
        return 0 if arguments in ([], ["help"], ["--help"], ["-h"]) else 2
    try:
        command(arguments[1:])
    except StepFailedError as error:
        return error.code
    except KeyboardInterrupt:
        return 130
    return 0


def _takes_none(arguments: list[str]) -> None:
    if arguments:
        sys.exit(f"This command takes nothing more: {' '.join(arguments)}")


def last_line(printed: str) -> str:
    """Return the last line of what was printed, without the frame that pytest puts around it."""
    lines = printed.strip().splitlines()
    return lines[-1].strip(" =") if lines else ""
