"""From the resolved claims of one group to the deals and edges that stand for them. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.core.claim import STAGES, STATUSES, Claim
from kg.core.ids import digest
from kg.graph.deals import DealClaims, allocate, group_of
from kg.graph.elements import Edge, Node, Property
from kg.graph.fold import fold, folded_values, reported
from kg.graph.resolved import ResolvedClaim
from kg.graph.sources import sources
from kg.schema.ontology import Ontology


@dataclass(slots=True)
class Derived:
    """What a group of claims makes: deals, edges, and which deal each claim tells of."""

    deals: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    deal_of: dict[str, str] = field(default_factory=dict)


def group(claim: Claim, subject: str, target: str | None, ontology: Ontology) -> str:
    """Return the group within which a claim is folded, given the ids of its ends.

    Deals are told apart among the claims of one kind and shared party, other facts by their ends, attributes by what
    they are told of.
    """
    if target is None:
        return f"attributes|{subject}"
    predicate = ontology.predicates[claim.predicate]
    if predicate.symmetric:
        subject, target = sorted((subject, target))
    return group_of(predicate.deal, subject, target) if predicate.deal else f"{claim.predicate}|{subject}|{target}"


def derive(claims: Iterable[ResolvedClaim], ontology: Ontology, names: dict[str, str]) -> Derived:
    """Return the deals and edges of one group of relation claims; ``names`` gives the name of each canonical id.

    The result depends on nothing but the set of claims. A contractual predicate has one edge per deal, any other one
    per pair of ends. A claim whose ends are one entity, by two of its names, makes none.
    """
    claims = [_in_order(item, ontology) for item in claims if item.subject != item.object]
    kind = ontology.predicates[claims[0].claim.predicate].deal if claims else None
    result = Derived()
    if kind is None:
        for ends, members in _by_ends(claims).items():
            _add_edge(result, ends, members, None, names)
        return result
    for deal in allocate(kind, claims):
        edges = Derived()
        for ends, members in _by_ends(deal.claims).items():
            _add_edge(edges, ends, members, deal.id, names)
        result.deal_of.update((c.id, deal.id) for c in deal.claims)
        if edges.edges:
            result.deals.append(_deal_node(deal, edges.edges, ontology, names))
            result.edges += [*edges.edges, *_deal_edges(deal, ontology)]
        else:
            for claim in deal.claims:
                del result.deal_of[claim.id]
    return result


def _in_order(item: ResolvedClaim, ontology: Ontology) -> ResolvedClaim:
    return item.in_order() if ontology.predicates[item.claim.predicate].symmetric else item


def _by_ends(claims: list[ResolvedClaim]) -> dict[tuple[str, str, str | None], list[ResolvedClaim]]:
    grouped: dict[tuple[str, str, str | None], list[ResolvedClaim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: c.id):
        grouped[claim.ends].append(claim)
    return grouped


def _add_edge(
    result: Derived,
    ends: tuple[str, str, str | None],
    claims: list[ResolvedClaim],
    deal: str | None,
    names: dict[str, str],
) -> None:
    predicate, subject, target = ends
    properties = fold(claims)
    if properties is None or target is None:
        return
    facility, chip = _most_told(c.facility for c in claims), _most_told(c.chip for c in claims)
    properties |= {"deal": deal, "facility_id": facility, "chip_id": chip}
    properties["facility"] = names.get(facility) if facility else None
    properties["chip"] = names.get(chip) if chip else None
    edge_id = f"edge:{digest(predicate, subject, target, deal)}"
    result.edges.append(Edge(edge_id, predicate, subject, target, _present(properties)))


def _deal_node(deal: DealClaims, edges: list[Edge], ontology: Ontology, names: dict[str, str]) -> Node:
    """Return the deal's node: its claims folded as one, whatever their predicate."""
    live = [e for e in edges if e.properties.get("current")]
    statuses = [str(e.properties["status"]) for e in live or edges]
    stages = [str(e.properties["stage"]) for e in live or edges if e.properties.get("stage")]
    saying = [c for c in deal.claims if c.claim.status != "ended"] or deal.claims
    dates = reported(deal.claims)
    values = folded_values(saying)
    properties: dict[str, Property] = {
        "kind": deal.kind,
        "name": _deal_name(edges, ontology, names),
        "status": min(statuses, key=STATUSES.index),
        "current": bool(live),
        "stage": max(stages, key=STAGES.index, default=None),
        "announced": values.pop("date", None) or dates["first_reported"],
        **dates,
        "sources": len(sources(deal.claims)),
        "claims": sorted(c.id for c in deal.claims),
        "kinds": sorted({c.kind for c in deal.claims}),
        "disputed": any(e.properties.get("disputed") for e in edges),
        "unallocated": deal.unallocated,
        **values,
    }
    return Node(deal.id, "Deal", _present(properties))


def _deal_name(edges: list[Edge], ontology: Ontology, names: dict[str, str]) -> str:
    """Say the deal in words, by its first edge: "Anthropic leases from xAI (Colossus 1)"."""
    edge = min(edges, key=lambda e: (e.type == "LEASES", e.id))
    subject, target = names.get(edge.source, edge.source), names.get(edge.target, edge.target)
    site = edge.properties.get("facility")
    return f"{subject} {ontology.predicates[edge.type].label} {target}" + (f" ({site})" if site else "")


def _deal_edges(deal: DealClaims, ontology: Ontology) -> list[Edge]:
    """Return who takes part in which role, and what the deal covers."""
    parties, covered = set(), set()
    for item in deal.claims:
        predicate = ontology.predicates[item.claim.predicate]
        parties.add((item.subject, predicate.subject_role))
        if item.object and predicate.object_role:
            parties.add((item.object, predicate.object_role))
        elif item.object:
            covered.add(item.object)
        covered |= {entity for entity in (item.facility, item.chip) if entity}
    edges = [
        Edge(f"edge:{digest('PARTY_TO', party, role, deal.id)}", "PARTY_TO", party, deal.id, {"role": role})
        for party, role in sorted(parties)
    ]
    return edges + [Edge(f"edge:{digest('COVERS', deal.id, e)}", "COVERS", deal.id, e) for e in sorted(covered)]


def _most_told(ids: Iterable[str | None]) -> str | None:
    counts: dict[str, int] = defaultdict(int)
    for entity in ids:
        if entity:
            counts[entity] += 1
    return min(counts, key=lambda entity: (-counts[entity], entity), default=None)


def _present(properties: dict[str, Property]) -> dict[str, Property]:
    return {name: value for name, value in properties.items() if value is not None and value != []}
