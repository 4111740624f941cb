"""What pyproject.toml asks for is what the code imports, within bounds, and the locks pin all of it."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.lock import HOLDS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WANTED = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
FOR_OTHERS = {"lxml-html-clean"}
"""Dependencies that only another one imports; pyproject.toml says why they are named."""

DISTRIBUTIONS = {"sklearn": "scikit-learn"}
"""Names to install by, of packages that the environment of the tests need not have."""

PIN = re.compile(
    r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+?)(?: ; (?P<marker>.+?))? \\\n"
    r"(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+",
    re.MULTILINE,
)


def group(name: str) -> Iterator[Requirement]:
    """Yield what a dependency group asks for, the groups that it includes among it."""
    for entry in PROJECT["dependency-groups"][name]:
        if isinstance(entry, str):
            yield Requirement(entry)
        else:
            yield from group(entry["include-group"])


def imported(*folders: str) -> set[str]:
    """Return the packages that modules below these folders import, anywhere in them."""
    names: set[str] = set()
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module.partition(".")[0])
    return names - sys.stdlib_module_names - {"kg", "loaders"}


def pins(lock: str) -> dict[str, list[tuple[str, str | None]]]:
    """Return versions and markers by package."""
    found: dict[str, list[tuple[str, str | None]]] = {}
    for pin in PIN.finditer((ROOT / lock).read_text(encoding="utf-8")):
        found.setdefault(pin["name"], []).append((pin["version"], pin["marker"]))
    return found


def test_what_is_imported_is_asked_for_and_what_is_asked_for_is_imported() -> None:
    homes = packages_distributions()
    used = {canonicalize_name(homes.get(name, [name])[0]) for name in imported("kg", "loaders")}
    optional = {
        canonicalize_name(Requirement(text).name)
        for texts in PROJECT["project"]["optional-dependencies"].values()
        for text in texts
    }
    assert used - optional == {canonicalize_name(wanted.name) for wanted in WANTED} - FOR_OTHERS


@pytest.mark.parametrize(("folder", "names"), [("scripts/train", {"train"}), ("scripts", {"train", "places"})])
def test_what_scripts_import_is_asked_for_by_their_groups(folder: str, names: set[str]) -> None:
    asked = {canonicalize_name(wanted.name) for wanted in [*WANTED, *(one for name in names for one in group(name))]}
    assert {canonicalize_name(DISTRIBUTIONS.get(name, name)) for name in imported(folder) - {"scripts"}} <= asked


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.name)
def test_dependencies_have_bounds_on_both_sides(wanted: Requirement) -> None:
    assert {">=", "<"} == {specifier.operator for specifier in wanted.specifier}


@pytest.mark.parametrize(
    ("system", "machine", "has_wheel"),
    [
        ("linux", "x86_64", True),
        ("linux", "aarch64", True),
        ("linux", "ppc64le", False),
        ("darwin", "arm64", True),
        ("darwin", "x86_64", False),
        ("win32", "AMD64", True),
        ("win32", "ARM64", False),
    ],
)
def test_the_embedded_engine_is_asked_for_where_it_has_wheels(system: str, machine: str, has_wheel: bool) -> None:
    here = {"sys_platform": system, "platform_machine": machine}
    wanted = next(wanted for wanted in WANTED if wanted.name == "arcadedb")
    assert wanted.marker is not None
    assert wanted.marker.evaluate(here) == has_wheel
    for lock in HOLDS:
        ((_, marker),) = pins(lock)["arcadedb"]
        assert marker is not None
        assert Marker(marker).evaluate(here) == has_wheel


@pytest.mark.parametrize("lock", HOLDS)
def test_a_lock_pins_everything_that_is_asked_for(lock: str) -> None:
    pinned = pins(lock)
    for wanted in [*WANTED, *(one for name in HOLDS[lock] for one in group(name))]:
        versions = pinned[canonicalize_name(wanted.name)]
        assert all(wanted.specifier.contains(version, prereleases=True) for version, _ in versions), wanted


@pytest.mark.parametrize("lock", HOLDS)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    left = [line for line in PIN.sub("", text).splitlines() if not line.strip().startswith("#")]
    assert left == []
    assert not re.search(r"://|index|find-links|[/\\](?:home|root|tmp|Users)[/\\]", text)


@pytest.mark.parametrize("lock", HOLDS)
def test_all_locks_agree_on_what_they_share(lock: str) -> None:
    everything = pins(lock)
    for name, versions in pins("requirements.lock").items():
        assert everything[name] == versions


def test_the_build_backend_is_the_same_with_and_without_isolation() -> None:
    assert PROJECT["build-system"]["requires"] == PROJECT["dependency-groups"]["build"]
