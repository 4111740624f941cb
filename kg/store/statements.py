"""Claims as the store has them: each with the documents that state it, and what each of these gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.core.claim import Claim
from kg.graph.records import Ends, claim_from, edition, ends_from, resolved_claim, statement_row
from kg.graph.resolved import ResolvedClaim
from kg.store import queries
from kg.store.base import Row, Transaction


@dataclass(slots=True)
class StoredClaim:
    """A claim: the properties of its node (none if it is new), and how each document states it, by the document's id.

    A claim of a text has one document. The same row of several editions of a table is one claim with several.
    """

    row: Row = field(default_factory=dict)
    said: dict[str, Claim] = field(default_factory=dict)

    @property
    def is_derived(self) -> bool:
        """Say whether the graph has been derived from it."""
        return "group" in self.row

    @property
    def ends(self) -> Ends:
        """The canonical ids of its ends, as the store has them."""
        return ends_from(self.row)

    def lead(self, documents: Mapping[str, Row]) -> Claim:
        """Return the claim as its latest edition states it, which is what its node holds."""
        return self.said[max(self.said, key=lambda id_: edition(documents[id_]))]

    def resolved(self, ends: Ends, documents: Mapping[str, Row]) -> ResolvedClaim:
        """Return the claim with these ids of its ends; ``documents`` gives the properties of those that state it."""
        about = [{**documents[id_], "document": id_, "published": claim.published} for id_, claim in self.said.items()]
        return resolved_claim(self.lead(documents), ends, about)

    def changed(self, said: Mapping[str, Claim], unsaid: Iterable[str]) -> "StoredClaim":
        """Return the claim after documents have come to state it and others have ceased to."""
        left = {id_: claim for id_, claim in self.said.items() if id_ not in set(unsaid)}
        return StoredClaim(self.row, left | dict(said))


Claims = dict[str, StoredClaim]
"""Claims by id."""


def of_claims(tx: Transaction, ids: Iterable[str]) -> Claims:
    """Return the claims of these ids that there are."""
    return _claims(queries.statements_of_claims(tx, ids))


def of_documents(tx: Transaction, ids: Iterable[str]) -> Claims:
    """Return the claims that these documents state, with all documents that state them."""
    return _claims(queries.statements_of_documents(tx, ids))


def of_entities(tx: Transaction, ids: Iterable[str]) -> Claims:
    """Return the claims that name these entities, in any place."""
    return _claims(queries.statements_of_entities(tx, ids))


def of_groups(tx: Transaction, groups: Iterable[str]) -> Claims:
    """Return the claims of these groups."""
    return _claims(queries.statements_of_groups(tx, groups))


def _claims(rows: Iterable[Row]) -> Claims:
    found: Claims = {}
    for row in rows:
        claim = found.setdefault(row["c"]["id"], StoredClaim(row["c"]))
        claim.said[row["s"]["document"]] = claim_from(statement_row(row["c"], row["s"]))
    return found
