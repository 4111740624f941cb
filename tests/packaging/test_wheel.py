"""The wheel: everything that is needed is inside, below one name, and it works in a clean environment elsewhere."""

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

import kg as package
from scripts.environment import program

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DATA = ("loaders", "ontology", "queries")
"""Folders beside ``kg`` in a checkout that are below it in the wheel."""

LARGEST = 20_000_000
"""Bytes of a wheel that nobody minds downloading; eleven million of them are the encoder's, which hardly compress."""

PAGE = "On May 6, 2026, Anthropic signed a lease with SpaceX for all 300 MW of Colossus 1, in Memphis, Tennessee.\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


def build(source: Path, kind: str, folder: Path) -> Path:
    """Build a "wheel" or an "sdist" of a source tree and return it."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder],
        cwd=source, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def run(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Install the wheel with what the lock pins, and return what runs ``kg`` from a folder that knows nothing of us."""
    place, home = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("home")
    venv.create(place, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(place), "--disable-pip-version-check"]
    install = [*pip, "install", "-q", "--no-compile"]
    subprocess.run([*install, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*install, "--no-deps", "--no-index", wheel], check=True)
    subprocess.run([*pip, "check"], check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KG_", "PYTHON", "VIRTUAL_ENV"))}
    own = {"HOME": str(home), "USERPROFILE": str(home), "KG_DATA": str(home / "data"), "KG_CACHE": str(home / "cache")}

    def call(*words: str, name: str = "kg") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(program(name, place)), *words],
            cwd=home, env=kept | own, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip

    return call


def test_the_wheel_holds_all_files_of_the_package_and_no_others(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    folders = {"kg": "kg", **{name: f"kg/{name}" for name in DATA}}
    there = {
        str(PurePosixPath(inside, *path.relative_to(ROOT / folder).parts))
        for folder, inside in folders.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc" and not path.name.startswith(".")
    }
    assert held == there
    assert wheel.stat().st_size < LARGEST


def test_the_source_archive_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    archive = build(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(archive) as file:
        names = {PurePosixPath(name).parts[1] for name in file.getnames()}
        file.extractall(tmp_path, filter="data")
    assert {"tests", "docs", "scripts", "README.md", "LICENSE", "NOTICE", "requirements-dev.lock"} <= names
    assert not {name for name in names if name.startswith(".") and name != ".gitignore"}
    again = build(tmp_path / archive.name.removesuffix(".tar.gz"), "wheel", tmp_path / "wheel")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()


def test_nothing_of_a_general_name_comes_to_the_top_of_an_environment(run: Run) -> None:
    script = (
        "import importlib.metadata as m, json; files = m.files('ai-compute-kg'); "
        "print(json.dumps(sorted({f.parts[0] for f in files if not f.parts[0].startswith('.')})))"
    )
    tops = json.loads(run("-c", script, name="python").stdout)
    assert tops == [f"ai_compute_kg-{package.__version__}.dist-info", "kg"]


def test_the_first_commands_work_from_anywhere(run: Run) -> None:
    assert "kg demo" in run("--help").stdout
    assert run("--version").stdout.strip() == f"kg {package.__version__}"
    shown = run("demo", "-f", "table").stdout.splitlines()
    assert shown[0].split()[:3] == ["tenant", "landlord", "facility"]
    assert any("“" in line for line in shown)
    rows = json.loads(run("ask", "leases", "--store", "demo", "--evidence", "-f", "json").stdout)
    assert all(entry["quote"] for row in rows for entry in row["evidence"])
    assert any(row["tenant"] == "Anthropic" for row in rows)


def test_ontology_loaders_and_extractor_are_inside(run: Run) -> None:
    assert "tenant" in run("ontology", "LEASES_FROM", "-f", "table").stdout
    folder = Path(run("-c", "from pathlib import Path; print(Path.cwd())", name="python").stdout.strip())
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    claims = [json.loads(line) for line in run("extract", "page.txt").stdout.splitlines()]
    assert "Anthropic" in {claim["subject"]["name"] for claim in claims}
    for claim in claims:
        start, end = claim["evidence"]["start"], claim["evidence"]["end"]
        assert PAGE[start:end] == claim["evidence"]["text"]


def test_the_doctor_finds_nothing_missing(run: Run) -> None:
    checks = json.loads(run("doctor", "-f", "json").stdout)
    assert {check["state"] for check in checks} <= {"ok", "not set up"}
    assert next(check["detail"] for check in checks if check["check"] == "version") == package.__version__
