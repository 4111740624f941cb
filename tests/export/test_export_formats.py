"""Formats are found by suffix or name, load only when used, stream, and go to standard output."""

import io
import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from export_sample import sample

from kg.exceptions import UsageError
from kg.export.formats import FORMATS, exporter_for
from kg.graph.elements import Edge, Node


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_suffix_and_name_leads_to_its_format(name: str) -> None:
    for suffix in FORMATS[name].suffixes:
        assert exporter_for(Path(f"Graph{suffix.upper()}")).name == name
        assert exporter_for(Path("-"), suffix.removeprefix(".")).name == name
    assert exporter_for(Path("x.dat"), name.upper()).name == name


def test_an_unknown_suffix_is_answered_with_the_closest_and_all() -> None:
    with pytest.raises(UsageError) as caught:
        exporter_for(Path("graph.graphlm"))
    assert "Did you mean .graphml" in str(caught.value)
    assert all(exporter.suffixes[0] in str(caught.value) for exporter in FORMATS.values())
    with pytest.raises(UsageError, match=r"Did you mean \.html"):
        exporter_for(Path("-"), "htlm")
    with pytest.raises(UsageError, match="no suffix"):
        exporter_for(Path("-"))


@pytest.mark.parametrize("name", [name for name, exporter in FORMATS.items() if exporter.pipes])
def test_standard_output_gets_the_same_bytes(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph"
    FORMATS[name].write(sample(), path)
    binary = io.BytesIO()
    out = io.TextIOWrapper(binary, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", out)
    FORMATS[name].write(sample(), Path("-"))
    out.write("still open")
    out.flush()
    assert binary.getvalue() == path.read_bytes() + b"still open"


def test_tables_do_not_go_to_standard_output() -> None:
    with pytest.raises(UsageError, match="more than one file"):
        FORMATS["csv"].write(sample(), Path("-"))


def test_the_table_of_formats_loads_no_format() -> None:
    heavy = ("rdflib", "networkx", "kg.export.html")
    code = f"import sys, kg.export.formats; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


class Endless:
    """A source of any size that keeps nothing."""

    def __init__(self, size: int) -> None:
        self.size = size

    def nodes(self) -> Iterator[Node]:
        """Yield two nodes."""
        yield from (Node("a", "Company", {"name": "A"}), Node("b", "Company", {"name": "B"}))

    def edges(self) -> Iterator[Edge]:
        """Yield parallel edges."""
        for number in range(self.size):
            yield Edge(f"edge:{number:06}", "LEASES_FROM", "a", "b", {"value_usd": number * 1.5, "note": f"n{number}"})


@pytest.mark.parametrize("name", list(FORMATS))
def test_memory_does_not_grow_with_the_graph(name: str, tmp_path: Path) -> None:
    def peak(size: int) -> int:
        tracemalloc.start()
        FORMATS[name].write(Endless(size), tmp_path / f"graph{FORMATS[name].suffixes[0]}")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    small = peak(100)
    assert peak(2000) < small + 150_000  # 2,000 edges kept would be a megabyte


def test_json_lines_are_what_the_documentation_says(tmp_path: Path) -> None:
    path = tmp_path / "graph.jsonl"
    FORMATS["jsonl"].write(Endless(1), path)
    first, *_, last = (json.loads(line) for line in path.read_text().splitlines())
    assert first == {"kind": "node", "id": "a", "label": "Company", "properties": {"name": "A"}}
    ends = {"kind": "edge", "id": "edge:000000", "type": "LEASES_FROM", "source": "a", "target": "b"}
    assert last == ends | {"properties": {"value_usd": 0.0, "note": "n0"}}
