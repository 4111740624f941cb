"""Every loader: its folder is complete, its sample gives what source.yml says, and it is pure."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from kg import resources
from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.rejection import Rejection
from kg.exceptions import InputError
from kg.fetch.files import sources
from kg.fetch.raw import Raw
from kg.plugins import LOADERS, loader, loader_for
from kg.schema.ontology import ontology
from kg.schema.validate import checked
from kg.tables.source import folder_of, source
from kg.text.bylines import iso_date

FOLDER = resources.folder("loaders")
SAMPLES = [(name, path) for name in sorted(LOADERS) for path in sorted((FOLDER / folder_of(name) / "sample").iterdir())]


def read(path: Path) -> Raw:
    (raw,) = sources([str(path)])
    assert isinstance(raw, Raw)
    return replace(raw, excerpt=True, wanted=("*",))  # a sample has fewer rows than the source, about nobody known


def test_table_and_folders_agree() -> None:
    assert sorted(map(folder_of, LOADERS)) == sorted(path.parent.name for path in FOLDER.glob("*/loader.py"))


@pytest.mark.parametrize("name", sorted(LOADERS))
def test_folder_is_complete(name: str) -> None:
    source = yaml.safe_load((FOLDER / folder_of(name) / "source.yml").read_text(encoding="utf-8"))
    assert source["name"] == name
    assert source["title"]
    assert source["gives"]
    assert sorted(source["sample"]) == [path.name for sample, path in SAMPLES if sample == name]
    assert (FOLDER / folder_of(name) / "README.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.parametrize(("name", "path"), SAMPLES, ids=lambda value: getattr(value, "name", value))
def test_sample_gives_what_is_expected(name: str, path: Path) -> None:
    raw = read(path)
    assert loader_for(raw) is loader(name)
    items = list(loader(name).load(raw))
    documents = [item for item in items if isinstance(item, Document)]
    claims = [item for item in items if isinstance(item, Claim)]
    counts = {"documents": len(documents), "rejected": sum(isinstance(item, Rejection) for item in items)}
    counts |= {"claims": len(claims)} if claims else {}
    expected = yaml.safe_load((FOLDER / folder_of(name) / "source.yml").read_text(encoding="utf-8"))["sample"][
        path.name
    ]
    assert counts == expected
    assert items == list(loader(name).load(raw))
    for document in documents:
        assert document.published is None or iso_date(document.published) == document.published
        assert document.retrieved
        assert len(document.sha256 or "") == 64
    for claim in claims:
        assert claim.key
        assert claim.source in source(name).tables
        assert claim.evidence.locator
        assert claim.document_id in {document.id for document in documents}
        assert not isinstance(checked(claim, ontology()), Rejection), str(checked(claim, ontology()))


HOSTILE = [
    b"",
    b" \n",
    b"\0\1\2",
    b"\xff\xfe",
    b"\xff" * 50,
    b"{",
    b'{"text": 1}',
    b"[" * 10_000,
    b"---\n---\n",
    b"---\ntitle: x\n---\n",
    b"<html>",
    b"<html><body><script>x</script></body></html>",
    b"\x89PNG\r\n\x1a\n\0",
    b"%PDF-1.7",
]


@pytest.mark.parametrize("name", sorted(LOADERS))
@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_bad_content_gives_one_line(name: str, data: bytes) -> None:
    raw = Raw("bad", data, "2026-05-06T00:00:00Z")
    assert 0 <= loader(name).recognise(raw) <= 1
    items = []
    try:
        items += loader(name).load(raw)
    except InputError as error:
        items.append(Rejection(*str(error).split(": ", 1)))
    assert all(str(item).startswith("bad") for item in items if isinstance(item, Rejection))
    for item in items:
        assert isinstance(item, Document | Rejection)
        text = item.text if isinstance(item, Document) else item.reason
        assert text.strip()
        assert isinstance(item, Document) or "\n" not in str(item)
