"""One change of the store: documents that come or go, and everything that follows from it, in one transaction.

Only what the change touches is computed again: the clusters whose names change, the groups of claims whose ends,
origin or claims change. The result is that of deriving everything anew (``tests/stores/test_ledger_properties.py``).
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.core.claim import Claim
from kg.resolve.names import referents_of
from kg.resolve.resolver import Resolver
from kg.resolve.ties import Tie, ties_of
from kg.schema.ontology import Ontology
from kg.store import documents, queries, referents, statements
from kg.store.base import Row, Transaction
from kg.store.clusters import Naming
from kg.store.derived import Regrouping
from kg.store.documents import Incoming
from kg.store.known import KnownFacts
from kg.store.referents import Retied
from kg.store.statements import Claims, StoredClaim


@dataclass(slots=True)
class Effect:
    """What a change did: how many claims are new and gone, and how many groups of them were derived again.

    ``apart`` are the ties found to contradict ids, ``sources`` the tables of which an edition took part.
    """

    new_claims: int = 0
    gone_claims: int = 0
    groups: int = 0
    apart: list[Tie] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


class Change:
    """Collects what comes and goes, then writes it and what follows.

    ``large`` are documents whose claims come in several changes, and that may name a great many entities.
    """

    def __init__(
        self,
        tx: Transaction,
        resolver: Resolver,
        ontology: Ontology,
        known: KnownFacts,
        large: Collection[str] = (),
    ) -> None:
        self.tx = tx
        self.resolver = resolver
        self.ontology = ontology
        self.known = known
        self.large = large
        self._added: dict[str, Incoming] = {}
        self._removed: set[str] = set()
        self._touched: set[str] = set()
        self._said: dict[str, dict[str, Claim]] = defaultdict(dict)
        self._unsaid: dict[str, set[str]] = defaultdict(set)
        self._documents: dict[str, Row] = {}

    def add(self, incoming: Incoming) -> None:
        """Let a document come, or take the place of what the store has of it."""
        self._added[incoming.document.id] = incoming
        self.state(incoming.claims)

    def state(self, claims: Iterable[Claim]) -> None:
        """Let documents of the store state these claims."""
        for claim in claims:
            self._said[claim.id][claim.document_id] = claim

    def unstate(self, claim: str, document: str) -> None:
        """Let a document no longer state a claim, both by id."""
        self._unsaid[claim].add(document)

    def touch(self, documents: Iterable[str]) -> None:
        """Find the origins of these documents of the store again."""
        self._touched |= set(documents)

    def remove(self, document: str) -> None:
        """Let a document go, with all that only it states."""
        self._removed.add(document)

    def run(self) -> Effect:
        """Write the change and return what it did."""
        self._unstate_what_goes()
        before = statements.of_claims(self.tx, {*self._said, *self._unsaid})
        old = self._about(before)
        touched = {*self._touched, *self._added, *(id_ for said in self._said.values() for id_ in said)}
        touched |= {id_ for gone in self._unsaid.values() for id_ in gone}
        sources = self._sources(touched | self._removed)
        moved = documents.write(self.tx, self._added, touched - self._removed, self._removed)
        after = self._after(before)
        self._documents = self._about(before, after)
        retied = referents.retie(self.tx, self.resolver, self._ties(before, after))
        self._pull_moved(before, after, old, retied)
        naming = self._name(before, after, old, retied)
        document_gone = self._change_facts(before, after, naming)
        regrouping = Regrouping(self.tx, self.ontology, self.resolver, naming.clusters, self._documents)
        regrouping.prepare(before, after, moved)
        regrouping.write_entities()
        naming.write_mentions()
        regrouping.write()
        regrouping.drop_entities()
        documents.drop(self.tx, self._removed | ({self.known.document_id} if document_gone else set()))
        new = sum(id_ not in before for id_ in after)
        return Effect(new, len(set(before) - set(after)), len(regrouping.groups), retied.apart, sources)

    def _sources(self, ids: Iterable[str]) -> set[str]:
        """Return the tables of which documents come, go or change."""
        rows = queries.about_documents(self.tx, ids)
        found = {row.get("source") for row in rows} | {item.document.source for item in self._added.values()}
        return {source for source in found if source}

    # --- claims

    def _unstate_what_goes(self) -> None:
        """Let documents that are removed state nothing any more, and those that come again only what they say now."""
        for row in queries.claims_of_documents(self.tx, {*self._added, *self._removed}):
            if row["document"] in self._removed or row["document"] not in self._said.get(row["claim"], {}):
                self._unsaid[row["claim"]].add(row["document"])

    def _after(self, before: Claims) -> Claims:
        """Return the claims as they will be; a claim that nobody states is none."""
        after: Claims = {}
        for id_ in {*self._said, *self._unsaid}:
            claim = before.get(id_, StoredClaim()).changed(self._said.get(id_, {}), self._unsaid.get(id_, ()))
            if claim.said:
                after[id_] = claim
        return after

    def _about(self, *found: Claims) -> dict[str, Row]:
        """Return what is known of the documents that state these claims."""
        wanted = {id_ for claims in found for claim in claims.values() for id_ in claim.said}
        return {row["id"]: row for row in queries.about_documents(self.tx, wanted)}

    def _change_facts(self, before: Claims, after: Claims, naming: Naming) -> bool:
        """Let the registry's claims come and go with the entities; say whether its document goes with the last."""
        facts = self.known.change(self.tx, naming.clusters)
        stored = statements.of_claims(self.tx, {*facts.added, *facts.gone})
        before |= stored
        for id_ in facts.gone:
            after.pop(id_, None)
        for id_, claim in facts.added.items():
            after[id_] = StoredClaim(stored.get(id_, StoredClaim()).row, {claim.document_id: claim})
        self._documents |= self._about(stored, after)
        return facts.document_gone

    # --- names

    def _ties(self, before: Claims, after: Claims) -> Counter[Tie]:
        """Return by how many claims more (or fewer) each tie is made."""
        changes: Counter[Tie] = Counter()
        for claims, times in ((before, -1), (after, 1)):
            for claim in claims.values():
                if times > 0 or claim.is_derived:
                    for said in claim.said.values():
                        changes.update(dict.fromkeys(ties_of(said, self.resolver), times))
        return changes

    def _pull_moved(self, before: Claims, after: Claims, old: dict[str, Row], retied: Retied) -> None:
        """Let the claims that name entities which part or merge take part in the change."""
        keys = {*retied.before.values(), *retied.after.values()}
        rows = queries.entities_by_key(self.tx, keys)
        found = statements.of_entities(self.tx, (row["id"] for row in rows))
        found = {id_: claim for id_, claim in found.items() if id_ not in before and id_ not in after}
        before |= found
        after |= found
        about = self._about(found)
        self._documents |= about
        old |= about

    def _name(self, before: Claims, after: Claims, old: Mapping[str, Row], retied: Retied) -> Naming:
        """Count who is named how, before and after, and work out the ids that follow."""
        known = {id_: claim for id_, claim in before.items() if claim.is_derived}
        named = {
            name for claims, about in ((known, old), (after, self._documents)) for name in self._named(claims, about)
        }
        leads_to = referents.clusters(self.tx, named)
        led_to = leads_to | retied.before
        naming = Naming(self.tx, self.resolver, self.large)
        naming.count(known, old, lambda referent: led_to.get(referent, referent), -1)
        naming.count(after, self._documents, lambda referent: leads_to.get(referent, referent), 1)
        naming.settle({*retied.before.values(), *retied.after.values()})
        return naming

    def _named(self, claims: Claims, about: Mapping[str, Row]) -> Iterator[str]:
        for claim in claims.values():
            yield from referents_of(claim.lead(about), self.resolver).present()
