"""The registry in the store: claims about the known entities that some document mentions, stated by the registry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.core.claim import Claim, EntityName, Evidence, row_key
from kg.core.document import Document
from kg.graph.elements import Node
from kg.schema.registry import Known, Registry
from kg.store import cypher, queries
from kg.store.base import Transaction

if TYPE_CHECKING:
    from kg.store.clusters import Cluster

SOURCE = "registry"
"""The source that the registry's rows are keyed by."""

_PARENT_SAYS = {"Company": "SUBSIDIARY_OF", "Chip": "DESIGNS", "Model": "DEVELOPS"}
"""What an entry's parent column states, by the type of the entry; a site's parent is only a hint."""


@dataclass(slots=True)
class FactsChange:
    """Claims of the registry that come and go with a change, and whether its document goes with the last."""

    added: dict[str, Claim] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    document_gone: bool = False


class KnownFacts:
    """What the registry says of its entities, as claims of one document of kind ``registry``."""

    def __init__(self, registry: Registry, recorded: str) -> None:
        self.registry = registry
        self.recorded = recorded
        self.document = Document(
            f"Registry of known entities, {registry.fingerprint}",
            "ontology/registry",
            kind="registry",
            title="Registry of known entities",
        )
        self.document_id = self.document.id
        self._children: dict[str, list[Known]] | None = None

    def change(self, tx: Transaction, clusters: Mapping[str, "Cluster"]) -> FactsChange:
        """Return the registry's claims that a change of these clusters brings or takes away, and write its document."""
        result = FactsChange()
        changed = {key for key, c in clusters.items() if key in self.registry.entries and bool(c.before) != bool(c.id)}
        if not changed:
            return result
        subjects = changed | {child.id for key in changed for child in self._children_of(key)}
        relevant = subjects | {entry.parent for key in subjects if (entry := self.registry.entries[key]).parent}
        present = {row["key"] for row in queries.entities_by_key(tx, relevant - set(clusters))}
        present |= {key for key, c in clusters.items() if c.id}
        wanted: dict[str, Claim] = {}
        for key in sorted(subjects & present):
            wanted |= {claim.id: claim for claim in self.claims(self.registry.entries[key], present)}
        about = queries.claims_of_keys(tx, subjects, self.document_id)
        stored = {row["id"] for row in about if row["key"].split("|")[1] in subjects}
        result.added = {id_: claim for id_, claim in wanted.items() if id_ not in stored}
        result.gone = stored - set(wanted)
        left = queries.count_claims(tx, self.document_id) - len(result.gone) + len(result.added)
        if left and result.added:
            self._write_document(tx)
        result.document_gone = not left and bool(result.gone)
        return result

    def claims(self, entry: Known, present: set[str]) -> list[Claim]:
        """Return what the registry says of one entry; of its parent only if that is present, too."""
        found = [self._claim(entry, "role", value=role) for role in entry.roles]
        parent = self.registry.entries.get(entry.parent) if entry.parent else None
        predicate = _PARENT_SAYS.get(entry.type)
        if parent and predicate and parent.id in present:
            if predicate == "SUBSIDIARY_OF":
                found.append(self._claim(entry, predicate, target=parent))
            else:
                found.append(self._claim(parent, predicate, target=entry, row=entry))
        return found

    def _claim(
        self,
        entry: Known,
        predicate: str,
        *,
        target: Known | None = None,
        value: str | None = None,
        row: Known | None = None,
    ) -> Claim:
        row = row or entry
        cells = " | ".join(
            [row.name, predicate.lower(), target.name if target and target is not row else value or entry.name]
        )
        return Claim(
            document=self.document.address,
            document_id=self.document_id,
            subject=EntityName(entry.name, entry.type, entry.id),
            predicate=predicate,
            object=EntityName(target.name, target.type, target.id) if target else None,
            value=value,
            evidence=Evidence(cells, locator=f"{row.id} (source: {', '.join(row.source)})"),
            extractor="registry",
            key=row_key(SOURCE, row.id, predicate),
        )

    def _children_of(self, key: str) -> list[Known]:
        if self._children is None:
            self._children = {}
            for entry in self.registry:
                if entry.parent:
                    self._children.setdefault(entry.parent, []).append(entry)
        return self._children.get(key, [])

    def _write_document(self, tx: Transaction) -> None:
        if not queries.documents(tx, [self.document_id]):
            properties = {
                "kind": "registry",
                "title": self.document.title,
                "address": self.document.address,
                "recorded": self.recorded,
                "origin": self.document_id,
                "state": "complete",
                "extractor": "registry",
                "characters": len(self.document.text),
            }
            cypher.upsert_nodes(tx, "Document", [Node(self.document_id, "Document", properties)])
