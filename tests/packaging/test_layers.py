"""Modules import one way: what stands earlier in the order never imports what stands later."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KG = (
    "core",
    "schema",
    "text",
    "extract",
    "resolve",
    "graph",
    "fetch",
    "tables",
    "store",
    "questions",
    "render",
    "export",
    "pipeline",
    "cli",
)
PRINTED = ("questions/answer.py", "questions/card.py")
"""Answers and cards print themselves, and import what renders them when they do."""
EXTRACT = (
    "values",
    "grammar",
    "reading",
    "encoding",
    "naming",
    "reference",
    "proposing",
    "ranking",
    "facts",
    "extractor",
)


def imported(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize(("package", "order"), [("kg", KG), ("kg.extract", EXTRACT)], ids=["kg", "kg.extract"])
def test_imports_go_one_way(package: str, order: tuple[str, ...]) -> None:
    folder = ROOT.joinpath(*package.split("."))
    wrong, seen = [], set()
    for path in folder.rglob("*.py"):
        here = path.relative_to(folder).parts[0].removesuffix(".py")
        if here not in order:
            continue
        seen.add(here)
        for module in imported(path):
            other = module.removeprefix(f"{package}.").partition(".")[0] if module.startswith(f"{package}.") else ""
            prints = other == "render" and str(path.relative_to(folder)) in PRINTED
            if other in order and order.index(other) > order.index(here) and not prints:
                wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert seen == set(order)
    assert not wrong
