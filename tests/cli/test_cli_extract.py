"""``kg extract``: the claims, why they were read, what was dropped and why, and where the cut lies."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli.root import root
from kg.core.claim import Claim, EntityName, Evidence
from kg.core.document import Document
from kg.examine import Considered

WORDS = "Anthropic leases from xAI. Meta may buy Rivos. Meta owns it."
Run = Callable[..., Result]


def said(document: Document, subject: str, predicate: str, target: str, chance: float, end: int) -> Claim:
    ends = EntityName(subject, "Company"), EntityName(target, "Company")
    text = Evidence(document.text[:end], 0, end)
    return Claim(
        document.address, document.id, ends[0], predicate, text, ends[1], confidence=chance, extractor="reader"
    )


@dataclass(frozen=True)
class Extraction:
    claims: tuple[Claim, ...]


class Reader:
    """A plug-in that can say why; of what it considers, one is dropped by itself and one breaks the ontology."""

    version = "reader-1"

    def examine(self, document: Document) -> list[Considered]:
        lease = said(document, "Anthropic", "LEASES_FROM", "xAI", 0.9, 26)
        return [
            Considered(lease, {"trigger": "leases"}),
            Considered(said(document, "Meta", "ACQUIRES", "Rivos", 0.4, 46), {"trigger": "buy"}),
            Considered(said(document, "Meta", "OWNS", "Rivos", 0.8, 60), {"trigger": "owns"}),
            Considered(replace(lease, predicate="SUPPLIES", confidence=0.1), {"trigger": None}, "too doubtful"),
        ]

    def extract(self, document: Document) -> Extraction:
        return Extraction(tuple(c.claim for c in self.examine(document) if c.reason is None))


class Mute:
    """A plug-in that only extracts."""

    version = "mute-1"

    def extract(self, document: Document) -> Extraction:
        return Reader().extract(document)


@pytest.fixture
def ask(plain_environment: None, tmp_path: Path) -> Run:
    """Extract one document with a plug-in."""
    (tmp_path / "story.txt").write_text(WORDS, encoding="utf-8")

    def call(*args: str, extractor: Any = None, code: int = 0) -> Result:
        words = ["extract", str(tmp_path / "story.txt"), *args]
        result = CliRunner().invoke(root, words, obj={"extractor": extractor or Reader()})
        assert result.exit_code == code, result.output
        return result

    return call


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_claims_come_without_reasons_unless_asked_for(ask: Run) -> None:
    found = lines(ask())
    assert [claim["predicate"] for claim in found] == ["LEASES_FROM", "ACQUIRES"]
    assert not any({"explain", "reason"} & set(claim) for claim in found)


def test_explain_adds_to_each_claim_how_it_was_read_and_changes_nothing_else(ask: Run) -> None:
    explained = lines(ask("--explain"))
    assert [claim.pop("explain") for claim in explained] == [{"trigger": "leases"}, {"trigger": "buy"}]
    assert explained == lines(ask())


def test_rejected_gives_what_was_dropped_by_extractor_and_ontology_with_the_reason(ask: Run) -> None:
    dropped = lines(ask("--rejected"))
    assert [claim["predicate"] for claim in dropped] == ["OWNS", "SUPPLIES"]
    assert dropped[1]["reason"] == "too doubtful"
    assert "object is a Facility, not a Company" in dropped[0]["reason"]
    assert not any("explain" in claim for claim in dropped)
    assert [line["explain"] for line in lines(ask("--rejected", "--explain"))] == [
        {"trigger": "owns"},
        {"trigger": None},
    ]


def test_every_considered_claim_is_either_claimed_or_dropped(ask: Run) -> None:
    for cut in ([], ["--min-confidence", "0.5"], ["--min-confidence", "0.95"]):
        claimed, dropped = lines(ask("--explain", *cut)), lines(ask("--rejected", *cut))
        assert len(claimed) + len(dropped) == 4
        assert lines(ask(*cut)) == [{k: v for k, v in claim.items() if k != "explain"} for claim in claimed]


def test_the_cut_drops_claims_with_that_reason(ask: Run) -> None:
    assert [claim["predicate"] for claim in lines(ask("--min-confidence", "0.5"))] == ["LEASES_FROM"]
    reasons = {line["predicate"]: line["reason"] for line in lines(ask("--rejected", "--min-confidence", "0.5"))}
    assert reasons["ACQUIRES"] == "confidence 0.40 is below 0.50"


@pytest.mark.parametrize("option", ["--explain", "--rejected"])
def test_a_plug_in_that_cannot_say_why_is_answered_in_one_line(ask: Run, option: str) -> None:
    result = ask(option, extractor=Mute(), code=2)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "mute-1 does not say how it reads" in result.stderr
    assert len(lines(ask(extractor=Mute()))) == 2


def test_the_claims_of_rows_are_explained_by_their_row(run: Run, articles: Path) -> None:
    Path("sites.csv").write_text("Site,Operator\nColossus 1,xAI\nHyperion,Meta\n", encoding="utf-8")
    mapping = run("map", "suggest", "sites.csv").stdout
    Path("sites.yml").write_text(mapping, encoding="utf-8")
    result = lines(run("extract", "sites.csv", "--map", "sites.yml", "--explain"))
    assert result
    assert all(claim["explain"] == {"row": claim["evidence"]["locator"]} for claim in result)


def test_the_packages_extractor_claims_below_its_cut_when_told_to(plain_environment: None, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(
        "Anthropic has signed with xAI for all 300 MW of Colossus 1 in Memphis.", encoding="utf-8"
    )

    def printed(*args: str) -> list[dict[str, Any]]:
        return lines(CliRunner().invoke(root, ["extract", str(tmp_path / "story.txt"), *args]))

    usual, generous, strict = printed(), printed("--min-confidence", "0.05"), printed("--min-confidence", "0.8")
    assert {c["predicate"] for c in strict} <= {c["predicate"] for c in usual}
    assert len(generous) > len(usual)
    assert all(claim["confidence"] >= 0.8 for claim in strict)
    assert all({"cues"} <= set(claim["explain"]) for claim in printed("--explain"))
    assert all("is below" in line["reason"] for line in printed("--rejected"))
