"""The package in Python: typed rows, tables in notebooks, and a store that nobody is kept out of."""

import subprocess
import sys
from pathlib import Path

import pytest
from graphs import SAMPLE, GoldExtractor, filled_folder

from kg import KG
from kg.exceptions import KGError, StoreError, UsageError
from kg.questions.card import Card
from kg.store.open import open_store


@pytest.fixture(scope="module")
def graph() -> KG:
    return KG(str(filled_folder()))


def test_rows_are_mappings_with_attributes(graph: KG) -> None:
    answer = graph.ask("leases", tenant="Anthropic", evidence=True)
    row = answer[0]
    assert row.tenant == row["tenant"] == dict(row)["tenant"] == "Anthropic"
    assert "landlord" in dir(row)
    assert isinstance(row.capacity_mw, int)
    assert row.evidence
    assert row.evidence[0]["quote"]
    assert "tenant='Anthropic'" in repr(row)
    assert answer.to_dicts()[0]["evidence"] == row.evidence
    assert len(answer) == answer.total
    with pytest.raises(AttributeError, match="no column 'tenat'; there are tenant, landlord"):
        _ = row.tenat


def test_an_answer_is_drawn_as_a_table(graph: KG) -> None:
    answer = graph.ask("leases", tenant="Anthropic", landlord="Microsoft", evidence=True)
    assert repr(answer).startswith("Leases of compute and data-center capacity\ntenant")
    page = answer._repr_html_()
    assert "<td>Microsoft</td>" in page
    assert "<summary>" in page
    assert "0 rows" in repr(graph.ask("leases", tenant="Dell"))
    assert graph.show("Colossus 1")._repr_html_().startswith("<h3>Colossus 1</h3>")


def test_words_filters_and_limits_work_as_on_the_command_line(graph: KG) -> None:
    worded = graph.ask("who leases from SpaceX", min_sources=2, status="asserted")
    assert worded.name == "leases"
    assert {row.landlord for row in worded} == {"SpaceX"}
    assert all(row.sources >= 2 for row in worded)
    few = graph.ask("recent", limit=3)
    assert (len(few), few.total > 3) == (3, True)
    assert [row.question for row in graph.questions()][:2] == ["capacity", "chips"]
    assert any(row.weak for row in graph.ask("leases", tenant="Anthropic"))


def test_wrong_words_are_usage_errors(graph: KG) -> None:
    with pytest.raises(UsageError, match="Did you mean leases"):
        graph.ask("leeses")
    with pytest.raises(UsageError, match="no parameter 'tenat'"):
        graph.ask("leases", tenat="Anthropic")
    with pytest.raises(UsageError, match="Did you mean Anthropic"):
        graph.show("Anthropik")
    with pytest.raises(UsageError, match="Nothing to load"):
        graph.load()
    with pytest.raises(StoreError, match="No store at"):
        KG("/nowhere/at/all").ask("leases")


def test_cards_queries_documents_and_graphs(graph: KG, tmp_path: Path) -> None:
    card = graph.show("xai", evidence=True)
    assert isinstance(card, Card)
    assert card.to_dict()["id"] == "company:xai"
    rows = graph.cypher("MATCH (c:Company {name: $name}) RETURN c.id AS id", name="xAI")
    assert rows.to_dicts() == [{"id": "company:xai"}]
    assert {row.kind for row in graph.documents()} >= {"news", "post"}
    assert len(graph.documents("Colossus 1")) < len(graph.documents())
    drawn = graph.graph()
    counts = graph.export(tmp_path / "graph.jsonl")
    assert (drawn.number_of_nodes(), drawn.number_of_edges()) == (counts.nodes, counts.edges)
    assert drawn.nodes["company:xai"]["label"] == "Company"
    assert graph.status()["engine"] == "embedded"


def test_pandas_is_used_where_it_is_there(graph: KG, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KGError, match="pip install 'ai-compute-kg\\[pandas\\]'"):
        graph.ask("leases").to_pandas()
    monkeypatch.undo()
    pandas = pytest.importorskip("pandas")
    frame = graph.ask("leases").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns)[:2] == ["tenant", "landlord"]


def test_between_calls_the_store_is_free(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    seen: list[str] = []
    with KG(folder, extractor=GoldExtractor()) as own:
        report = own.load(SAMPLE / "hyperion.txt", on_progress=lambda done, address: seen.append(f"{done} {address}"))
        assert (report.count("new"), report.claims) == (1, report.new_claims)
        assert seen == [f"1 {SAMPLE / 'hyperion.txt'}"]
        with open_store(folder, write=True):
            pass
        before = own.ask("recent").to_dicts()
        own.load(SAMPLE / "openai-interview.txt")
        assert own.forget("openai-interview.txt").gone_claims > 0
        assert own.ask("recent").to_dicts() == before
        assert own.rebuild() == 1
        assert own.ask("recent").to_dicts() == before


def test_importing_the_package_is_quick() -> None:
    script = "import sys, kg; kg.KGError; assert 'kg.api' not in sys.modules; from kg import KG; KG('x')\n"
    heavy = "print([m for m in ('rdflib', 'networkx', 'neo4j', 'pandas', 'arcadedb', 'lxml') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script + heavy], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
