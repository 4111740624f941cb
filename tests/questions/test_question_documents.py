"""The list of documents holds what is wholly there."""

import shutil
from pathlib import Path

from graphs import filled_folder

from kg.questions.run import ask
from kg.store.embedded import EmbeddedStore


def test_a_document_that_is_still_loading_is_not_listed(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(filled_folder(), folder)
    with EmbeddedStore(folder, write=True, read_seconds=60) as store:
        before = {row.document for row in ask(store, "documents", {})}
        loading = min(before)
        store.write(lambda tx: tx.run("MATCH (d:Document {id: $id}) SET d.state = 'loading'", {"id": loading}))
        assert {row.document for row in ask(store, "documents", {})} == before - {loading}
