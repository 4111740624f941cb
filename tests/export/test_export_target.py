"""An export appears whole or not at all."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from export_sample import Sample, sample

from kg.exceptions import KGError, UsageError
from kg.export.formats import FORMATS
from kg.export.target import Target
from kg.graph.elements import Edge, Node


class Broken(Sample):
    """A source that fails after its first edges."""

    def edges(self) -> Iterator[Edge]:
        """Yield a few edges, then fail."""
        yield from list(super().edges())[:3]
        raise RuntimeError("the store went away")


def broken() -> Broken:
    whole = sample()
    return Broken(whole.node_list, whole.edge_list)


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_failing_source_leaves_the_old_file_and_nothing_else(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{FORMATS[name].suffixes[0]}"
    FORMATS[name].write(sample(claims=False), path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(RuntimeError, match="went away"):
        FORMATS[name].write(broken(), path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_second_export_is_the_same_bytes(name: str, tmp_path: Path) -> None:
    contents = []
    for _ in range(2):
        FORMATS[name].write(sample(), tmp_path / f"graph{FORMATS[name].suffixes[0]}")
        contents.append({file.name: file.read_bytes() for file in tmp_path.iterdir()})
    assert contents[0] == contents[1]


def test_keyboard_interrupt_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with Target(tmp_path / "a.txt") as target:
            target.open().write("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_several_files_appear_together(tmp_path: Path) -> None:
    with Target(tmp_path / "a.csv") as target:
        target.open("-x").write("1")
        target.open("-y").write("2")
        assert not (tmp_path / "a-x.csv").exists()
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a-x.csv": "1", "a-y.csv": "2"}


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    with Target(link) as target:
        target.open().write("new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    with Target(tmp_path / "mine") as target:
        target.open().write("x")
    assert (tmp_path / "mine").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_one_line_for_a_path_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    for path in (tmp_path / "nowhere" / "a.jsonl", tmp_path / "folder.jsonl"):
        with pytest.raises(UsageError) as caught:
            FORMATS["jsonl"].write(sample(), path)
        assert str(path.name if path.is_dir() else path.parent) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_special_file_is_not_replaced() -> None:
    with pytest.raises(UsageError, match="not a regular file"):
        FORMATS["jsonl"].write(sample(), Path(os.devnull))


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    class Full(Sample):
        def nodes(self) -> Iterator[Node]:
            raise OSError(28, "No space left on device")

    with pytest.raises(KGError, match=r"No space left on device\. Nothing was written"):
        FORMATS["jsonl"].write(Full(), tmp_path / "a.jsonl")
    assert list(tmp_path.iterdir()) == []
