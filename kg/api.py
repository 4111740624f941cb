"""The package in Python: ``from kg import KG``."""

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from kg.exceptions import UsageError
from kg.questions.answer import Answer, Row
from kg.questions.filters import Filters
from kg.questions.question import Column
from kg.store.base import Store
from kg.store.open import open_store, resolve

if TYPE_CHECKING:
    import networkx

    from kg.export.base import Counts
    from kg.extractors import Extractor
    from kg.pipeline import LoadReport
    from kg.questions.card import Card
    from kg.store.change import Effect


class KG:
    """The graph of one store.

        kg = KG()
        kg.load("articles/")
        kg.ask("leases", tenant="Anthropic", evidence=True)

    The store is opened for each call and closed at its end, so that a notebook keeps no other program out. Errors are
    those of ``kg.exceptions``; each says in one line what is wrong and what to do.
    """

    def __init__(self, store: str | None = None, *, extractor: "Extractor | None" = None) -> None:
        """Choose the store: a name, folder or address; None for KG_STORE, else NEO4J_URI, else the default one.

        ``extractor`` reads claims from documents in the place of the package's own.
        """
        self._spec = store
        self._extractor = extractor
        self.store = resolve(store).address

    def __repr__(self) -> str:
        """Say which store this is."""
        return f"KG({self.store!r})"

    def __enter__(self) -> Self:
        """Return the graph; nothing is held open between calls."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Do nothing: every call has closed what it opened."""

    # --- asking

    def ask(
        self,
        question: str,
        *,
        evidence: bool = False,
        status: str | Sequence[str] = (),
        kind: str | Sequence[str] = (),
        min_sources: int = 0,
        as_of: str | None = None,
        known_by: str | None = None,
        current: bool = False,
        limit: int | None = None,
        **parameters: object,
    ) -> Answer:
        """Return the answer to a prebuilt question, named ("leases") or worded ("who leases from xAI").

        Parameters of the question are given by name, entities by any of their names. The other arguments choose which
        claims count, as in ``kg.questions.filters``. ``kg.questions()`` lists what there is.
        """
        from kg.questions.run import ask  # noqa: PLC0415  the first import of the package stays quick

        filters = Filters(_words(status), _words(kind), min_sources, as_of, known_by, current)
        with self._reading() as store:
            return ask(store, question, parameters, filters=filters, evidence=evidence, limit=limit)

    def questions(self) -> Answer:
        """Return the prebuilt questions: name, what each asks, and its parameters."""
        from kg.questions.catalog import catalog  # noqa: PLC0415  as above

        columns = (Column("question", "text", ""), Column("asks", "text", ""), Column("parameters", "list", ""))
        rows = [
            Row({"question": q.name, "asks": q.question, "parameters": [p.name for p in q.parameters]})
            for q in catalog().values()
        ]
        return Answer(rows, columns)

    def show(self, entity: str, *, evidence: bool = False) -> "Card":
        """Return the card of one entity: names, ids, facts, deals, documents."""
        from kg.questions.card import card  # noqa: PLC0415  as above

        with self._reading() as store:
            return card(store, entity, evidence=evidence)

    def documents(self, mentioning: str | None = None) -> Answer:
        """Return the documents of the store, or those that mention an entity."""
        return self.ask("documents", entity=mentioning)

    def cypher(self, query: str, **parameters: object) -> Answer:
        """Return the rows of a Cypher query; one that writes is refused."""
        with self._reading() as store:
            rows = store.read(query, parameters)
        columns = [Column(name, "value", "") for name in (rows[0] if rows else ())]
        return Answer([Row(row) for row in rows], columns)

    # --- whole graphs

    def graph(self, *, with_claims: bool = False) -> "networkx.MultiDiGraph[str]":
        """Return the graph in networkx: nodes with ``label``, edges with ``type``, keyed by their own id."""
        from kg.export.nx import to_networkx  # noqa: PLC0415  as above
        from kg.questions.graph_source import StoredGraph  # noqa: PLC0415  as above

        with self._reading() as store:
            source = StoredGraph(store, with_claims=with_claims)
        with source:
            return to_networkx(source)

    def export(
        self, path: str | Path, *, as_: str | None = None, with_claims: bool = False, title: str | None = None
    ) -> "Counts":
        """Write the graph to a file, whose suffix or ``as_`` names the format; return how much was written."""
        from kg.export.base import TITLE  # noqa: PLC0415  as above
        from kg.export.formats import exporter_for  # noqa: PLC0415  as above
        from kg.questions.graph_source import StoredGraph  # noqa: PLC0415  as above

        exporter = exporter_for(Path(path), as_)
        with self._reading() as store:
            source = StoredGraph(store, with_claims=with_claims)
        with source:
            return exporter.write(source, Path(path), title=title or TITLE)

    # --- changing

    def load(
        self,
        *paths: str | Path,
        loader: str | None = None,
        mapping: str | Path | None = None,
        vintage: str | None = None,
        excerpt: bool = False,
        wanted: Sequence[str] = (),
        read_notes: bool = False,
        allow_private: bool = False,
        jobs: int = 1,
        on_progress: Callable[[int, str], None] | None = None,
    ) -> "LoadReport":
        """Load documents: files, folders, patterns, web addresses; return what became of each.

        Of tables: ``mapping`` is a file that says what columns mean, ``vintage`` the ISO date of the edition,
        ``excerpt`` says that it is a part on purpose, ``wanted`` names entities to read from large registers,
        ``read_notes`` has prose in cells read too.

        ``jobs`` documents are read side by side, in processes of their own; a script that asks for more than one must
        begin under ``if __name__ == "__main__":``, as for any module ``multiprocessing`` starts again.

        ``on_progress`` is called with the number of documents read and the address of the one at hand.
        """
        from kg.pipeline import load  # noqa: PLC0415  as above
        from kg.reading import Source  # noqa: PLC0415  as above

        if not paths:
            raise UsageError("Nothing to load: give files, folders, patterns or web addresses.")
        source = Source(
            tuple(map(str, paths)),
            loader,
            allow_private,
            mapping=str(mapping) if mapping else None,
            vintage=vintage,
            excerpt=excerpt,
            wanted=tuple(wanted),
            read_notes=read_notes,
        )
        return load(
            source,
            lambda: open_store(self._spec, write=True),
            self._extractor,
            progress=on_progress,
            jobs=jobs,
            fresh=resolve(self._spec).is_new,
        )

    def forget(self, document: str) -> "Effect":
        """Remove the document with this id, address, web address or file name, and what only it supported."""
        from kg.pipeline import forget  # noqa: PLC0415  as above

        return forget(document, self._spec)[1]

    def rebuild(self) -> int:
        """Derive everything again from the stored claims; return from how many documents."""
        from kg.pipeline import rebuild  # noqa: PLC0415  as above

        return rebuild(self._spec)

    def status(self) -> dict[str, Any]:
        """Return where the store is and what is in it; see ``kg.questions.state``."""
        from kg.questions.state import state  # noqa: PLC0415  as above

        return state(self._spec)

    def _reading(self) -> Store:
        return open_store(self._spec, write=False)


def _words(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
