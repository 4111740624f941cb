"""What is packed is read as if it were not, and a bomb, a torn archive or one too deep says so in one line."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.archives import unpacked
from kg.fetch.files import sources
from kg.fetch.raw import Raw


def raw(data: bytes, *, named: bool = True) -> Raw:
    return Raw("a", data, "2026-05-08T00:00:00Z", named=named)


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def items(data: bytes, limit: int = 1000, *, named: bool = True) -> list[Raw]:
    found = list(unpacked(raw(data, named=named), limit))
    assert all(isinstance(item, Raw) for item in found)
    return [item for item in found if isinstance(item, Raw)]


@given(st.binary(max_size=3000), st.integers(1, 4000))
@settings(deadline=None)
def test_gzip_gives_what_was_packed_held_or_streamed(data: bytes, limit: int) -> None:
    if data.startswith((b"\x1f\x8b", b"PK\3\4")):
        return
    (item,) = items(gzip.compress(data), limit)
    assert (item.address, item.named) == ("a", True)
    assert item.partial is (len(data) > limit)
    for _ in range(2):
        with item.open() as stream:
            assert stream.read() == data


def test_files_of_an_archive_are_called_by_both_names() -> None:
    found = items(zipped(b=b"two", dir__a=b"one", **{".x": b"no", "dir/.x": b"no", "dir/": b""}), limit=2)
    assert [(item.address, item.named) for item in found] == [("a#b", False), ("a#dir/a", False)]
    assert [item.open().read() for item in found] == [b"two", b"one"]


def test_what_is_no_archive_stays_as_it_is() -> None:
    office = zipped(**{"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"})
    for data in (b"plain", b"", b"\x1f\x8b", b"PK\3\4 and no archive", office):
        assert [item.data for item in items(data)] == [data]


def test_one_archive_within_another_is_opened_and_no_more() -> None:
    once = gzip.compress(b"text")
    assert items(zipped(b=once))[0].data == b"text"
    with pytest.raises(InputError, match=r"^a: archives within archives within an archive; unpack it yourself$"):
        items(gzip.compress(gzip.compress(once)))


@pytest.mark.parametrize("cut", [20, 5000, -9, -4])
def test_a_torn_gzip_breaks_off(cut: int) -> None:
    import random

    data = gzip.compress(random.Random(1).randbytes(10_000))[:cut]
    with pytest.raises(InputError, match=r"^a: the archive breaks off; fetch it again$"):
        items(data)
    assert [str(item) for item in unpacked(raw(data, named=False), 10)] == ["a: the archive breaks off; fetch it again"]


def test_a_torn_gzip_that_is_streamed_breaks_off_where_it_is_read() -> None:
    import random

    data = gzip.compress(random.Random(1).randbytes(1_000_000))[:-1000]
    (item,) = items(data, limit=100)
    with item.open() as stream, pytest.raises(InputError, match="the archive breaks off"):
        stream.read()


def test_damage_is_told() -> None:
    packed = bytearray(gzip.compress(b"text" * 1000))
    packed[-6] ^= 255
    with pytest.raises(InputError, match=r"^a: the archive is damaged"):
        items(bytes(packed), limit=10_000)
    archive = bytearray(zipped(b=b"text" * 1000))
    archive[40] ^= 255
    with pytest.raises(InputError, match=r"^a#b: the archive is damaged|^a: the archive"):
        items(bytes(archive), limit=10_000)


def test_bombs_are_refused_before_they_burst() -> None:
    bomb = gzip.compress(bytes(120_000_000))
    (item,) = items(bomb, limit=1000)
    with item.open() as stream, pytest.raises(InputError, match="swells to more than 300 times its size"):
        sum(map(len, iter(lambda: stream.read(1 << 20), b"")))
    with pytest.raises(InputError, match="swells to more than 300 times its size"):
        items(zipped(b=bytes(120_000_000)))


def test_archives_locked_or_of_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    locked = bytearray(zipped(b=b"text"))
    for mark in (b"PK\3\4", b"PK\1\2"):
        locked[locked.index(mark) + (6 if mark == b"PK\3\4" else 8)] |= 1
    with pytest.raises(InputError, match=r"^a#b: locked with a password$"):
        items(bytes(locked))
    monkeypatch.setattr("kg.fetch.archives.FILES", 1)
    with pytest.raises(InputError, match=r"^a: an archive of 2 files, more than 1"):
        items(zipped(b=b"1", c=b"2"))


def test_files_are_unpacked_wherever_they_come_from(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"x,y\n1,2\n"))
    (tmp_path / "b.zip").write_bytes(zipped(c=b"text"))
    (tmp_path / "torn.gz").write_bytes(gzip.compress(b"text")[:-5])
    found = list(sources([str(tmp_path)], limit=5))
    told = [(item.address.removeprefix(f"{tmp_path}/"), item.open().read()) for item in found if isinstance(item, Raw)]
    assert told == [("a.csv.gz", b"x,y\n1,2\n"), ("b.zip#c", b"text")]
    assert [item.reason for item in found if isinstance(item, Rejection)] == ["the archive breaks off; fetch it again"]
    with pytest.raises(InputError, match="the archive breaks off"):
        list(sources([str(tmp_path / "torn.gz")]))
