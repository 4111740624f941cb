"""The entities that a change names: how documents name each before and after, and the id that follows from it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph.elements import Edge, Property
from kg.graph.entities import Names, canonical_id
from kg.resolve.names import names_of
from kg.resolve.resolver import Resolver
from kg.store import cypher, queries, referents
from kg.store.base import Row, Transaction
from kg.store.statements import Claims, StoredClaim


@dataclass(slots=True)
class Mention:
    """How one document names one entity: by how many of its claims each name and other form is used."""

    names: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)

    @classmethod
    def stored(cls, row: Row) -> "Mention":
        """Read the counts back from the properties of an edge."""
        names = dict(zip(row["names"], row["name_counts"], strict=True))
        forms = dict(zip(row.get("forms") or (), row.get("form_counts") or (), strict=True))
        return cls(Counter(names), Counter(forms))

    def plus(self, other: "Mention") -> "Mention":
        """Return both together; what adds up to nothing is left out."""
        sums = []
        for mine, theirs in ((self.names, other.names), (self.forms, other.forms)):
            total = Counter({word: mine[word] + theirs[word] for word in {*mine, *theirs}})
            sums.append(Counter({word: count for word, count in total.items() if count}))
        return Mention(*sums)

    def count_in(self, names: Names, times: int) -> None:
        """Count the document that names the entity so (``times`` 1), or no longer does (-1)."""
        if self.names:
            names.add(self.names, set(self.forms) - set(self.names), times)

    def edge(self, document: str, entity: str) -> Edge:
        """Return the edge that holds it."""
        names, forms = sorted(self.names), sorted(self.forms)
        properties: dict[str, Property] = {
            "names": names,
            "name_counts": [self.names[name] for name in names],
            "forms": forms or None,
            "form_counts": [self.forms[form] for form in forms] or None,
        }
        return Edge(f"mentions:{document}:{entity}", "MENTIONS", document, entity, properties)


@dataclass(slots=True)
class Cluster:
    """An entity before and after a change; without an id, nothing names it any more."""

    key: str
    kind: str
    before: Row | None
    names: Names
    external: dict[str, str] = field(default_factory=dict)
    id: str = ""

    @property
    def old_id(self) -> str | None:
        """The id that the store has for it, if it has one."""
        return self.before["id"] if self.before else None


ClusterOf = Callable[[str], str]
"""Leads from a referent to the key of its cluster."""


class Naming:
    """Counts who is named how by the claims of a change, and writes it."""

    def __init__(self, tx: Transaction, resolver: Resolver, large: Collection[str]) -> None:
        self.tx = tx
        self.resolver = resolver
        self.large = large
        self.clusters: dict[str, Cluster] = {}
        self._kinds: dict[str, str] = {}
        self._deltas: dict[str, dict[str, Mention]] = defaultdict(lambda: defaultdict(Mention))
        self._before: dict[tuple[str, str], Mention] = {}
        self._edges_before: dict[tuple[str, str], Edge] = {}

    def count(self, claims: Claims, documents: Mapping[str, Row], cluster_of: ClusterOf, times: int) -> None:
        """Count the names in claims: as they will be (``times`` 1), or as they were (-1)."""
        for claim in claims.values():
            for key, kind, document, name, forms in self._names(claim, documents, cluster_of):
                self._kinds[key] = kind
                mention = self._deltas[key][document]
                mention.names[name] += times
                mention.forms.update(dict.fromkeys(forms, times))

    def _names(
        self, claim: StoredClaim, documents: Mapping[str, Row], cluster_of: ClusterOf
    ) -> Iterator[tuple[str, str, str, str, tuple[str, ...]]]:
        """Yield key, type, document, name and other forms of each entity named; the registry names nobody."""
        keys = {(n.type, n.name): cluster_of(self.resolver.referent(n)) for n in names_of(claim.lead(documents))}
        for document, said in claim.said.items():
            if documents[document]["kind"] != "registry":
                for name in names_of(said):
                    yield keys[name.type, name.name], name.type, document, name.name, name.aliases

    def settle(self, moved: Collection[str]) -> None:
        """Work out the clusters: those whose names change, and those that referents moved from or to.

        All that is to be known of the store is read here, before any entity is written: an id can pass from one
        cluster to another.
        """
        deltas = {key: self._real(mine) for key, mine in self._deltas.items()}
        self._deltas = {key: mine for key, mine in deltas.items() if mine}
        keys = {*self._deltas, *moved}
        stored = {row["key"]: row for row in queries.entities_by_key(self.tx, keys)}
        self._read_mentions(keys & set(stored))
        for key in sorted(keys):
            row = stored.get(key)
            if row is None and key not in self._kinds:
                continue  # a referent that no claim names by itself
            kind = self._kinds.get(key) or _kind(row)
            names = Names.stored(row) if row else Names()
            for document, delta in self._deltas.get(key, {}).items():
                before = self._before.get((document, key), Mention())
                before.count_in(names, -1)
                before.plus(delta).count_in(names, 1)
            self.clusters[key] = Cluster(key, kind, row, names)
        self._name_clusters()
        for row in queries.mentions_of_entities(self.tx, self._renamed()):
            self._remember(row)

    def _renamed(self) -> set[str]:
        return {cluster.key for cluster in self.clusters.values() if cluster.old_id and cluster.old_id != cluster.id}

    @staticmethod
    def _real(mine: Mapping[str, Mention]) -> dict[str, Mention]:
        """Return the mentions that change at all."""
        nothing = Mention()
        summed = {document: mention.plus(nothing) for document, mention in mine.items()}
        return {document: mention for document, mention in summed.items() if mention.names or mention.forms}

    def _read_mentions(self, keys: Collection[str]) -> None:
        documents = {document for mine in self._deltas.values() for document in mine}
        small = [id_ for id_ in documents if id_ not in self.large]
        rows = queries.mentions_of_documents(self.tx, small)
        pairs = [(id_, key) for key in keys for id_ in self._deltas.get(key, {}) if id_ in self.large]
        rows += queries.mentions_of_pairs(self.tx, pairs)
        for row in rows:
            self._remember(row)

    def _remember(self, row: Row) -> None:
        place = row["document"], row["key"]
        self._before[place] = Mention.stored(row["m"])
        self._edges_before[place] = self._before[place].edge(row["document"], row["entity"])

    def _name_clusters(self) -> None:
        """Give each cluster that is still named its id and external ids."""
        alive = [cluster for cluster in self.clusters.values() if cluster.names.documents]
        external = referents.external_ids(self.tx, self.resolver, (cluster.key for cluster in alive))
        first = {c.key: self.resolver.named(c.names.first(), c.kind) for c in alive}
        leads_to = referents.clusters(self.tx, first.values())
        for cluster in alive:
            known = self.resolver.known(cluster.key)
            owned = leads_to.get(first[cluster.key], first[cluster.key]) == cluster.key
            cluster.external = external.get(cluster.key, {})
            cluster.id = canonical_id(cluster.key, cluster.kind, cluster.names, known, owns_name=owned)
            if cluster.id != cluster.key and not known and self.resolver.is_taken(cluster.id):
                cluster.id = canonical_id(cluster.key, cluster.kind, cluster.names, known, owns_name=False)

    def write_mentions(self) -> None:
        """Write which document names which entity, and how; an entity with another id takes its mentions along."""
        renamed = self._renamed()
        places = {(document, key) for key, mine in self._deltas.items() for document in mine}
        places |= {place for place in self._before if place[1] in renamed}
        old = {edge.id: edge for place in places if (edge := self._edges_before.get(place))}
        new: dict[str, Edge] = {}
        for document, key in places:
            delta = self._deltas.get(key, {}).get(document, Mention())
            mention = self._before.get((document, key), Mention()).plus(delta)
            if mention.names:
                edge = mention.edge(document, self.clusters[key].id)
                new[edge.id] = edge
        for few, is_large in (("source", False), ("target", True)):
            gone = [
                (e.id, e.source, e.target) for e in old.values() if e.id not in new and _in(e, self.large, is_large)
            ]
            made = [edge for edge in new.values() if edge != old.get(edge.id) and _in(edge, self.large, is_large)]
            cypher.delete_edges(self.tx, "MENTIONS", gone, few=few)
            cypher.upsert_edges(self.tx, "MENTIONS", made, few=few)


def _in(edge: Edge, documents: Collection[str], wanted: bool) -> bool:
    return (edge.source in documents) == wanted


def _kind(row: Row | None) -> str:
    return next(label for label in row["labels"] if label != "Entity") if row else ""
