"""Files, folders, patterns and standard input: what is read, in which order, and what is said of the rest."""

import hashlib
import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.core.rejection import Rejection
from kg.exceptions import FetchError, InputError
from kg.fetch.files import sources
from kg.fetch.raw import Raw


def addresses(*paths: str, **options: object) -> list[str]:
    items = list(sources(paths, **options))  # type: ignore[arg-type]
    assert all(isinstance(item, Raw) for item in items)
    return [item.address for item in items if isinstance(item, Raw)]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.txt", "sub/z.txt", "sub/deeper/c.txt", ".hidden.txt", "~$a.docx", ".git/config"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "news"


def test_folder_is_read_in_sorted_order_without_hidden_files(folder: Path) -> None:
    assert addresses("news") == ["news/a.txt", "news/b.txt", "news/sub/deeper/c.txt", "news/sub/z.txt"]


def test_each_file_is_read_once_however_often_it_is_named(folder: Path) -> None:
    assert addresses("news/b.txt", "news", "news/b.txt", "news/*.txt") == [
        "news/b.txt", "news/a.txt", "news/sub/deeper/c.txt", "news/sub/z.txt",
    ]  # fmt: skip


def test_pattern_is_expanded_and_goes_deep_with_two_stars(folder: Path) -> None:
    assert addresses("news/*.txt") == ["news/a.txt", "news/b.txt"]
    assert addresses("news/**/*.txt") == addresses("news")


def test_file_with_a_bracket_in_its_name_is_no_pattern(folder: Path) -> None:
    (folder / "q[1].txt").write_text("x")
    assert addresses("news/q[1].txt") == ["news/q[1].txt"]


def test_named_and_found_items_can_be_told_apart(folder: Path) -> None:
    named, found = sources(["news/a.txt", "news/sub/deeper"])
    assert isinstance(named, Raw)
    assert isinstance(found, Raw)
    assert (named.named, found.named) == (True, False)
    assert named.data == b"a.txt"
    assert named.retrieved.endswith("Z")


@pytest.mark.parametrize("path", ["missing.txt", "missing/*.txt", "news/nothing*", "", "a\0b"])
def test_what_is_not_there_is_said_before_anything_is_read(folder: Path, path: str) -> None:
    with pytest.raises(InputError) as error:
        next(sources(["news/a.txt", path]))
    assert "\n" not in str(error.value)


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="without files"):
        list(sources([str(tmp_path)]))


def test_other_schemes_are_no_files() -> None:
    with pytest.raises(FetchError, match="only http and https"):
        list(sources(["ftp://example.org/a.txt"]))


def test_links_in_a_circle_end(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    assert len(addresses("news")) == 4


def test_linked_folder_is_read(folder: Path) -> None:
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "d.txt").write_text("d")
    (folder / "linked").symlink_to(folder.parent / "other", target_is_directory=True)
    assert "news/linked/d.txt" in addresses("news")


def test_broken_link_and_pipe_in_a_folder_are_rejected(folder: Path) -> None:
    (folder / "broken").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    rejected = {item.where: item.reason for item in sources(["news"]) if isinstance(item, Rejection)}
    assert rejected == {"news/broken": "a link that leads nowhere", "news/pipe": "neither a file nor a folder"}
    with pytest.raises(InputError, match="leads nowhere"):
        list(sources(["news/broken"]))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    assert any(isinstance(item, Rejection) and "Permission" in item.reason for item in sources(["news"]))
    with pytest.raises(InputError, match="Permission"):
        list(sources(["news/a.txt"]))


def test_large_file_is_read_as_it_comes(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"x" * 101)
    (raw,) = sources(["news/b.txt"], limit=100)
    assert isinstance(raw, Raw)
    assert raw.partial
    with raw.open() as stream:
        assert stream.read() == b"x" * 101
    assert raw.sha256 == hashlib.sha256(b"x" * 101).hexdigest()
    (small,) = sources(["news/b.txt"], limit=101)
    assert isinstance(small, Raw)
    assert not small.partial


def test_large_file_that_changes_while_it_is_read_is_an_error(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"x" * 101)
    (raw,) = sources(["news/b.txt"], limit=100)
    assert isinstance(raw, Raw)
    with (folder / "b.txt").open("ab") as file:
        file.write(b"y")
    with pytest.raises(InputError, match=r"^news/b\.txt: changed while it was read"), raw.open() as stream:
        stream.read()


def test_standard_input_is_read_once_and_within_the_limit() -> None:
    (raw,) = sources(["-", "-"], stdin=io.BytesIO(b"text"))
    assert isinstance(raw, Raw)
    assert (raw.address, raw.data) == ("-", b"text")
    with pytest.raises(InputError, match="standard input"):
        list(sources(["-"], stdin=io.BytesIO(b"12345"), limit=4))


def test_one_item_at_a_time(folder: Path) -> None:
    items = sources(["news"])
    next(items)
    (folder / "b.txt").write_text("changed while the first was read")
    second = next(items)
    assert isinstance(second, Raw)
    assert second.data.startswith(b"changed")


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_name_that_cannot_be_printed_is_shown_so_that_it_can(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.txt")).write_text("x")
    (raw,) = sources([str(tmp_path)])
    assert isinstance(raw, Raw)
    assert raw.address.encode("utf-8").endswith("caf\ufffd\ufffd.txt".encode())


@given(
    st.sets(st.text("ab/", min_size=1, max_size=8).map(lambda t: "/".join(p for p in t.split("/") if p)), max_size=8)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_tree_of_files_is_read_whole_and_sorted(tmp_path_factory: pytest.TempPathFactory, names: set[str]) -> None:
    top = tmp_path_factory.mktemp("tree")
    written = {f"{name}.txt" for name in names if name}
    for name in written:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(name)
    if not written:
        return
    found = [Path(address).relative_to(top) for address in addresses(str(top))]
    assert {path.as_posix() for path in found} == written
    assert found == sorted(found, key=lambda path: path.parts)
