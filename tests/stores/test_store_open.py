"""Which store is meant."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.exceptions import StoreError, StoreUnavailableError, UsageError
from kg.settings import settings
from kg.store.open import SCHEMES, StoreSpec, open_store, resolve


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("KG_STORE", "NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE", "KG_READ_SECONDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("KG_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_what_is_said_most_directly_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert resolve() == StoreSpec("embedded", str(tmp_path / "data" / "default"), "default")
    monkeypatch.setenv("NEO4J_URI", "neo4j://host")
    assert resolve() == StoreSpec("neo4j", "neo4j://host", "NEO4J_URI")
    monkeypatch.setenv("KG_STORE", "mine")
    assert resolve() == StoreSpec("embedded", str(tmp_path / "data" / "mine"), "KG_STORE")
    assert resolve("bolt://other:7687") == StoreSpec("neo4j", "bolt://other:7687", "--store")
    monkeypatch.setenv("KG_STORE", "  ")
    assert resolve().chosen_by == "NEO4J_URI"


def test_a_name_is_kept_among_the_users_data_and_all_else_is_a_path(tmp_path: Path) -> None:
    assert resolve("my_Store-2").address == str(tmp_path / "data" / "my_Store-2")
    assert resolve("./my_Store-2").address == str(tmp_path / "my_Store-2")
    assert resolve("a/b").address == str(tmp_path / "a" / "b")
    assert resolve("store.kg").address == str(tmp_path / "store.kg")
    assert resolve(str(tmp_path)).address == str(tmp_path)
    assert resolve("~/x").address == str(Path.home() / "x")
    (tmp_path / "here").mkdir()
    assert resolve("here").address == str(tmp_path / "here")
    (tmp_path / "note").write_text("a file hides no store of its name")
    assert resolve("note").address == str(tmp_path / "data" / "note")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_addresses_of_neo4j(scheme: str) -> None:
    for address in (f"{scheme}://host", f"{scheme}://host:7687", f"{scheme}://[::1]:7687/", f"{scheme}://a.b?x=y"):
        assert resolve(address).engine == "neo4j"
        assert resolve(address).address == address


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("http://localhost:7474", "neo4j://localhost:7687"),
        ("https://host", "begins with"),
        ("file:///tmp/x", "begins with"),
        ("neo4j://", "looks like"),
        ("neo4j://host/database", "looks like"),
        ("bolt://host:port", "the port is a number"),
        ("bolt://host:99999", "the port is a number"),
        ("bolt://host:0", "looks like"),
        ("neo4j+x://host", "begins with"),
        (" ", "names no store"),
        ("a\0b/c", "names no store"),
        ("~nobody-of-that-name/x", "names no store"),
        ("x" * 5000, "names no store"),
    ],
)
def test_what_names_no_store_is_said_so(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as error:
        resolve(text)
    assert str(error.value).startswith("--store ")


@given(st.sampled_from(SCHEMES), st.from_regex(r"[a-z]{6,9}", fullmatch=True), st.sampled_from(["", "neo4j"]))
def test_passwords_in_addresses_are_refused_and_not_repeated(scheme: str, secret: str, user: str) -> None:
    for address in (f"{scheme}://{user}:{secret}@host", f"{scheme}://{user}:{secret}@host:99999999"):
        with pytest.raises(UsageError) as error:
            resolve(address)
        assert secret not in str(error.value)


def outcome(text: str) -> str:
    try:
        return resolve(text).engine
    except UsageError as error:
        return str(error)


@given(st.text())
def test_any_text_is_a_store_or_one_line(text: str) -> None:
    assert len(outcome(text).splitlines()) == 1


def test_settings_show_no_secret_and_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hush")
    monkeypatch.setenv("KG_READ_SECONDS", "2.5")
    chosen = settings()
    assert chosen.neo4j_password == "hush"
    assert "hush" not in f"{chosen!r} {chosen}"
    assert chosen.read_seconds == 2.5
    monkeypatch.delenv("NEO4J_PASSWORD")
    assert settings().neo4j_password is None


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "inf"])
def test_a_time_limit_is_a_number(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KG_READ_SECONDS", text)
    with pytest.raises(UsageError, match="KG_READ_SECONDS"):
        settings()


def test_reading_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"No store at .*default; load something first: kg load … or kg demo"):
        open_store(write=False)
    assert list(tmp_path.iterdir()) == []


def test_without_the_engine_neo4j_is_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arcadedb", None)
    with pytest.raises(StoreUnavailableError, match=r"Linux \(x86-64, arm64\).*NEO4J_URI"):
        open_store(write=True)
