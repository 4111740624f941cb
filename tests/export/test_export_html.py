"""The page: its data comes back, nothing in it can run or phone home, and it opens in a browser."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from export_hostile import hostile
from export_readers import parse_html
from export_sample import Sample, sample

from kg.core.confidence import WEAK
from kg.exceptions import UsageError
from kg.export import html
from kg.export.formats import FORMATS
from kg.graph.elements import Node

ROOT = Path(__file__).parents[2]
VIEWER = ROOT / "kg" / "export" / "viewer"
SOURCES = ROOT / "scripts" / "viewer" / "src"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)

NO_PICTURE = '<body class="[^"]*no-picture'


def page(source: Sample, folder: Path, title: str = "Who leases from whom") -> Path:
    path = folder / "graph.html"
    FORMATS["html"].write(source, path, title=title)
    return path


@pytest.mark.parametrize("make", [sample, hostile])
def test_no_value_ends_the_data_or_opens_a_tag(make: type[Sample], tmp_path: Path) -> None:
    text = page(make(), tmp_path, title='</title><script>alert("x")</script>').read_text(encoding="utf-8")
    data, tags = parse_html(tmp_path / "graph.html")
    assert [tag for tag, _ in tags].count("script") == 2
    assert "img" not in [tag for tag, _ in tags]
    inside = text.partition('type="application/json">')[2].partition("</script>")[0]
    assert "<" not in inside
    assert json.loads(inside) == data
    assert data["meta"]["title"] == '</title><script>alert("x")</script>'


def test_the_page_asks_nothing_of_any_network(tmp_path: Path) -> None:
    _, tags = parse_html(page(sample(), tmp_path))
    addresses = [value for _, attributes in tags for name, value in attributes.items() if name in ("src", "href")]
    assert addresses == ["data:,"]
    policy = next(a["content"] for _, a in tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"https?:|\*|unsafe-eval|script-src[^;]*unsafe", policy)
    assert "@import" not in (VIEWER / "viewer.css").read_text()
    assert "url(" not in (VIEWER / "viewer.css").read_text()


def test_the_policy_allows_exactly_the_script_of_the_page(tmp_path: Path) -> None:
    text = page(sample(), tmp_path).read_text(encoding="utf-8")
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)[-1]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text


def test_a_graph_too_large_to_draw_is_refused_with_advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LIMIT", 2)
    records = [Node(f"claim:{number}", "Claim", {}) for number in range(9)]
    page(Sample([Node("a", "Company", {}), Node("b", "Company", {}), *records]), tmp_path)
    with pytest.raises(UsageError, match=r"3 entities and deals .* more than .* \(2\).*gexf"):
        page(Sample([Node(name, "Company", {}) for name in "abc"]), tmp_path)


def test_the_bundle_is_what_was_built_from_these_sources() -> None:
    hashes = json.loads((VIEWER / "hashes.json").read_text())
    for name, digest in hashes["bundled"].items():
        assert hashlib.sha256((VIEWER / name).read_bytes()).hexdigest() == digest, name
    if not SOURCES.is_dir():
        pytest.skip("installed without scripts/viewer")
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SOURCES.iterdir()}
    assert found == hashes["sources"], "run npm run build in scripts/viewer"


def test_the_bundle_carries_its_licences_and_cannot_end_its_script() -> None:
    licences = (VIEWER / "LICENSES.txt").read_text()
    for package in ("sigma", "graphology", "graphology-layout-forceatlas2", "graphology-layout-noverlap", "events"):
        assert re.search(rf"^{package} [\d.]+ \(MIT\)$", licences, re.MULTILINE)
    packages = re.findall(r"^[\w-]+ [\d.]+ \(MIT\)$", licences, re.MULTILINE)
    assert licences.count("Permission is hereby granted") == len(packages)
    script = (VIEWER / "viewer.js").read_text()
    assert "</script" not in script.lower()
    assert "<!--" not in script


def test_the_lock_file_names_no_registry() -> None:
    lock = ROOT / "scripts" / "viewer" / "package-lock.json"
    if not lock.exists():
        pytest.skip("installed without scripts/viewer")
    packages = json.loads(lock.read_text())["packages"]
    assert not any("resolved" in package for package in packages.values())
    assert all("integrity" in package for name, package in packages.items() if name)


def rendered(path: Path, *flags: str) -> str:
    """Return the page's elements after its script has run."""
    if BROWSER is None:
        pytest.skip("no Chromium found")
    profile = path.parent / "profile"
    command = [BROWSER, "--headless", "--no-sandbox", f"--user-data-dir={profile}", "--dump-dom", *flags, path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stdout


def test_without_webgl_a_browser_shows_the_facts_as_a_table(tmp_path: Path) -> None:
    dom = rendered(page(sample(), tmp_path), "--disable-3d-apis")
    assert re.search(NO_PICTURE, dom)
    assert len(re.findall("<tr>", dom)) > 50
    assert "up to 300 MW · $11.9 billion · 5 years · Monolith 1" in dom


def test_facts_below_the_threshold_are_marked_as_weak(tmp_path: Path) -> None:
    source = sample()
    facts = [edge for edge in source.edge_list if "confidence" in edge.properties]
    weak = {**facts[0].properties, "confidence": WEAK - 0.01}
    source.edge_list[source.edge_list.index(facts[0])] = replace(facts[0], properties=weak)
    data, _ = parse_html(page(source, tmp_path))
    assert data["meta"]["weak"] == WEAK
    dom = rendered(tmp_path / "graph.html", "--disable-3d-apis")
    assert dom.count('class="chip weak"') == 1


def test_facts_whose_rows_are_all_withdrawn_are_marked(tmp_path: Path) -> None:
    source = sample()
    facts = [edge for edge in source.edge_list if len(edge.properties.get("claims") or ()) > 1]  # type: ignore[arg-type]
    edition = next(node for node in source.node_list if node.label == "Document")
    gone = {*facts[0].properties["claims"], facts[1].properties["claims"][0]}  # type: ignore[misc,index]
    source.node_list[:] = [
        replace(node, properties={**node.properties, "withdrawn_by": edition.id}) if node.id in gone else node
        for node in source.node_list
    ]
    dom = rendered(page(source, tmp_path), "--disable-3d-apis")
    assert dom.count('class="chip withdrawn"') == 1


def test_with_webgl_a_browser_draws_and_shows_values_as_text(tmp_path: Path) -> None:
    source = sample()
    source.node_list.append(Node("company:evil", "Company", {"name": "<img src=x onerror=document.title='run'>"}))
    dom = rendered(page(source, tmp_path), "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
    if re.search(NO_PICTURE, dom):
        pytest.skip("this Chromium has no WebGL")
    assert "sigma-nodes" in dom
    assert "<img" not in dom
    assert "<title>Who leases from whom</title>" in dom
