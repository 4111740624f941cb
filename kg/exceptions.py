"""The errors of the package, one tree.

KGError                    exit status 1; its text is one line: what, where, the way out
├── InputError             a file or text that cannot be read as what it claims to be
├── FetchError             a web address that cannot be fetched, or may not be
├── OntologyError          ontology, lexicon or registry that contradicts itself
├── UsageError             2: an entity, question, parameter or format that does not exist
└── StoreError             the store refused or failed
    ├── QueryError         a Cypher text that the store does not understand
    ├── ReadOnlyError      a write where only reading is allowed
    ├── StoreLockedError   another process holds the embedded store
    └── StoreUnavailableError  4: no connection, or no permission
"""

from collections.abc import Iterable


class KGError(Exception):
    """Root of all errors that a user can cause or mend; the text is one clear line."""

    exit_code = 1


class InputError(KGError):
    """A file or text that cannot be read as what it claims to be."""


class FetchError(KGError):
    """A web address that cannot be fetched, or may not be."""


class OntologyError(KGError):
    """Ontology, lexicon or registry contradicts itself; names the subject and its line."""


class UsageError(KGError):
    """A name that does not exist: entity, question, parameter, format; offers the right ones."""

    exit_code = 2


class StoreError(KGError):
    """The store refused or failed."""


class QueryError(StoreError):
    """A Cypher text that the store does not understand, or that took too long."""


class ReadOnlyError(StoreError):
    """A write where only reading is allowed."""


class StoreLockedError(StoreError):
    """Another process holds the embedded store."""


class StoreUnavailableError(StoreError):
    """No connection to the store, or it refused the user."""

    exit_code = 4


def did_you_mean(word: str, known: Iterable[str], limit: int = 3) -> str:
    """Return " Did you mean …?" with the closest of ``known``, or an empty text if none is close."""
    from rapidfuzz import process, utils  # noqa: PLC0415  heavy, and only wanted when something went wrong

    hits = process.extract(word, list(known), limit=limit, score_cutoff=62, processor=utils.default_process)
    names = [str(hit[0]) for hit in hits]
    return f" Did you mean {' or '.join(names)}?" if names else ""
