"""The page's search box finds names that are half typed or mistyped."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from export_sample import COMPANIES, FACILITIES

SOURCE = Path(__file__).parents[2] / "scripts" / "viewer" / "src" / "search.js"
ASKED = {
    "Halcyon AI": "Halcyon AI",
    "halc": "Halcyon AI",
    "ai halcyon": "Halcyon AI",
    "halcion": "Halcyon AI",
    "hlacyon": "Halcyon AI",
    "silvane semicondcutor": "Silvane Semiconductor",
    "ZEPHYR": "Zephyr",
    "atlas vale": "Atlas & Vale",
    "kiln statoin": "Kiln Station",
    "monolith 2": "Monolith 2",
    "sankt orjan": "Sankt Örjan",
    "qqqq": None,
    "": None,
}


@pytest.mark.skipif(shutil.which("node") is None or not SOURCE.exists(), reason="needs Node and scripts/viewer")
def test_search_forgives_what_people_type() -> None:
    names = [*COMPANIES, *FACILITIES, *FACILITIES.values()]
    code = f"""
        import {{ searcher }} from {json.dumps(SOURCE.as_uri())};
        const names = {json.dumps(names)}.map((name) => ({{ item: name, names: [name], weight: 1 }}));
        const find = searcher(names);
        console.log(JSON.stringify({json.dumps(list(ASKED))}.map((query) => find(query)[0]?.item ?? null)));
    """
    run = subprocess.run(["node", "--input-type=module", "-e", code], capture_output=True, text=True, check=True)
    assert dict(zip(ASKED, json.loads(run.stdout), strict=True)) == ASKED
