"""An invented industry of some sixty names, with deals, claims and documents: what exports are tried on.

No name, number or sentence is about a real company.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.core.ids import digest, slug
from kg.graph.elements import Edge, Node
from kg.schema.ontology import ontology

COMPANIES = {
    "Halcyon AI": "ai_lab",
    "Lumen Labs": "ai_lab",
    "Quillon": "ai_lab",
    "Meridian Cloud": "neocloud",
    "Northwind Compute": "neocloud",
    "Basalt Cloud": "neocloud",
    "Tessellate": "neocloud",
    "Corvane": "hyperscaler",
    "Atlas & Vale": "hyperscaler",
    "Silvane Semiconductor": "chip_designer",
    "Kestrel Devices": "chip_designer",
    "Formosa Works": "foundry",
    "Redrock Power": "utility",
    "Tidewater Electric": "utility",
    "Harrow Capital": "investor",
    "Pinnacle Infrastructure Partners": "investor",
    "Bank of Calder": "investor",
    "Ironbridge Development": "developer",
    "Prairie Campus Co.": "developer",
    "Vantor Racks": "developer",
}
FACILITIES = {
    "Monolith 1": "Amberfield",
    "Monolith 2": "Amberfield",
    "Saltmarsh Campus": "Port Ellery",
    "Red Mesa": "Dry Creek County",
    "Frostgate": "Nordvik",
    "Cobalt Ridge": "Dry Creek County",
    "Juniper Park": "Ashgrove",
    "Delta Yard": "Port Ellery",
    "Halden Site": "Halden",
    "Orchard 7": "Ashgrove",
    "Kiln Station": "Amberfield",
    "Zephyr": "Sankt Örjan",
}
CHIPS = {"S400": "Silvane Semiconductor", "S500 Ultra": "Silvane Semiconductor", "K-Series 9": "Kestrel Devices"}
CHIPS |= {"Vale One": "Atlas & Vale", "Corvane T3": "Corvane"}
MODELS = {
    "Halo": "Halcyon AI",
    "Halo Mini": "Halcyon AI",
    "Lantern 4": "Lumen Labs",
    "Quill": "Quillon",
    "Atlas": "Corvane",
}
PEOPLE = {
    "Mira Okafor": ("Halcyon AI", "chief executive"),
    "Jonas Lindqvist": ("Northwind Compute", "founder and chief executive"),
    "Priya Raman": ("Silvane Semiconductor", "chief executive"),
    "Tomás Ibarra": ("Meridian Cloud", "chief financial officer"),
    "Hana Whitlock": ("Lumen Labs", "co-founder"),
}
OUTLETS = ("The Compute Ledger", "Grid & Silicon", "Harbour Wire", "Capacity Weekly")


@dataclass
class Sample:
    """A graph in memory, readable as often as one likes."""

    node_list: list[Node] = field(default_factory=list)
    edge_list: list[Edge] = field(default_factory=list)

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes by id."""
        yield from sorted(self.node_list, key=lambda node: node.id)

    def edges(self) -> Iterator[Edge]:
        """Yield the edges by id."""
        yield from sorted(self.edge_list, key=lambda edge: edge.id)


class Builder:
    """Tells facts one by one and keeps the graph consistent."""

    def __init__(self, *, claims: bool) -> None:
        self.sample = Sample()
        self.claims = claims
        self.kinds: dict[str, str] = {}
        self.documents: list[Node] = []
        self.told = 0

    def entity(self, name: str, label: str, **properties: object) -> None:
        """Add an entity."""
        self.kinds[name] = label
        found = {"name": name, "documents": 1 + len(name) % 7, **properties}
        self.sample.node_list.append(Node(self.id(name), label, found))  # type: ignore[arg-type]

    def id(self, name: str) -> str:
        """Return the id of a name already told of."""
        return f"{self.kinds[name].lower()}:{slug(name)}"

    def edge(self, kind: str, source: str, target: str, *key: object, **properties: object) -> Edge:
        """Add an edge between two ids."""
        edge = Edge(f"edge:{digest(kind, source, target, *key)}", kind, source, target, properties)  # type: ignore[arg-type]
        self.sample.edge_list.append(edge)
        return edge

    def document(self, number: int) -> Node:
        """Return the document of this number, made when first asked for."""
        while len(self.documents) <= number:
            at = len(self.documents)
            day = f"2026-{1 + at % 9:02d}-{3 + at * 5 % 25:02d}"
            title = f"{('Capacity', 'Chips', 'Power', 'Money')[at % 4]} in week {at + 1}: what changed hands"
            properties = {"kind": "news", "title": title, "publisher": OUTLETS[at % 4], "published": day}
            properties["url"] = f"https://news.example/{at + 1}"
            self.documents.append(Node(f"doc:{digest(at)}", "Document", properties))
            if self.claims:
                self.sample.node_list.append(self.documents[-1])
        return self.documents[number]

    def fact(self, subject: str, predicate: str, target: str, *, status: str = "asserted", **more: object) -> None:
        """Tell a relation in one to three documents; a contract makes a deal too."""
        self.told += 1
        kind = ontology().predicates[predicate].deal
        deal = self._deal(kind, subject, predicate, target, status, more) if kind else None
        count = 1 + self.told * 7 % 3
        documents = [self.document((self.told + step * 5) % 18) for step in range(count)]
        ids = [self._claim(d, subject, predicate, target, status, deal, more) for d in documents]
        days = sorted(str(d.properties["published"]) for d in documents)
        properties = {
            "status": status,
            "current": status != "ended",
            "confidence": 0.6 + self.told % 4 / 10,
            "sources": count,
        }
        properties |= {
            "claims": ids,
            "first_reported": days[0],
            "last_reported": days[-1],
            "disputed": self.told % 17 == 0,
        }
        self.edge(predicate, self.id(subject), self.id(target), self.told, deal=deal, **properties, **more)

    def _deal(self, kind: str, subject: str, predicate: str, target: str, status: str, more: dict[str, object]) -> str:
        words = f"{subject} {ontology().predicates[predicate].label} {target}"
        deal = f"deal:{digest(words, self.told)}"
        values = {name: value for name, value in more.items() if name not in ("facility", "chip")}
        node = Node(deal, "Deal", {"kind": kind, "name": words, "status": status, **values})  # type: ignore[arg-type]
        self.sample.node_list.append(node)
        self.edge("PARTY_TO", self.id(subject), deal, role=ontology().predicates[predicate].subject_role)
        if ontology().predicates[predicate].object_role:
            self.edge("PARTY_TO", self.id(target), deal, role=ontology().predicates[predicate].object_role)
        else:
            self.edge("COVERS", deal, self.id(target))
        return deal

    def _claim(
        self,
        document: Node,
        subject: str,
        predicate: str,
        target: str,
        status: str,
        deal: str | None,
        more: dict[str, object],
    ) -> str:
        claim = f"claim:{digest(document.id, subject, predicate, target, self.told)}"
        if not self.claims:
            return claim
        phrase = ontology().predicates[predicate].label
        tail = f", for {more['capacity_mw']:,.0f} MW" if "capacity_mw" in more else ""
        lead = {"planned": "is expected to be one that", "speculative": "may one day be one that"}.get(status, "now")
        quote = f"“{subject} {lead} {phrase} {target}{tail},” people close to the companies said."
        properties = {
            "predicate": predicate,
            "status": status,
            "confidence": 0.8,
            "quote": quote,
            "start": 100,
            "end": 100 + len(quote),
        }
        properties |= {
            "subject_name": subject,
            "object_name": target,
            "published": document.properties["published"],
            **more,
        }
        self.sample.node_list.append(Node(claim, "Claim", properties))  # type: ignore[arg-type]
        self.edge("SUBJECT", claim, self.id(subject))
        self.edge("OBJECT", claim, self.id(target))
        self.edge("STATED_IN", claim, document.id)
        if deal:
            self.edge("ABOUT", claim, deal)
        return claim

    def attribute(self, subject: str, name: str, value: float, status: str = "asserted") -> None:
        """Tell a valued attribute in one document."""
        self.told += 1
        document = self.document(self.told % 18)
        node_at = next(i for i, n in enumerate(self.sample.node_list) if n.id == self.id(subject))
        node = self.sample.node_list[node_at]
        said = {name: value, f"{name}_status": status, f"{name}_as_of": document.properties["published"]}
        self.sample.node_list[node_at] = Node(node.id, node.label, {**node.properties, **said})
        if self.claims:
            claim = f"claim:{digest(document.id, subject, name)}"
            quote = f"{subject} stands at {value:,.0f} ({name.replace('_', ' ')})."
            properties = {"predicate": name, "status": status, "quote": quote, "subject_name": subject, "value": value}
            properties["published"] = document.properties["published"]
            self.sample.node_list.append(Node(claim, "Claim", properties))
            self.edge("SUBJECT", claim, self.id(subject))
            self.edge("STATED_IN", claim, document.id)


def sample(*, claims: bool = True) -> Sample:
    """Return the invented industry, with or without its evidence."""
    tell = Builder(claims=claims)
    for name, role in COMPANIES.items():
        tell.entity(name, "Company", aliases=[f"{name} Inc.", name.split()[0]], roles=[role], known=True)
    for place in sorted(set(FACILITIES.values())):
        tell.entity(place, "Place")
    for name in FACILITIES:
        tell.entity(name, "Facility")
    for names, label in ((CHIPS, "Chip"), (MODELS, "Model"), (PEOPLE, "Person")):
        for name in names:
            tell.entity(name, label)
    _tell_sites(tell)
    _tell_contracts(tell)
    _tell_people(tell)
    return tell.sample


def _tell_sites(tell: Builder) -> None:
    owners = ("Northwind Compute", "Meridian Cloud", "Ironbridge Development", "Prairie Campus Co.", "Corvane")
    for number, (site, place) in enumerate(FACILITIES.items()):
        tell.fact(site, "LOCATED_IN", place)
        tell.fact(owners[number % 5], ("OWNS", "OPERATES", "BUILDS")[number % 3], site, status="asserted")
        chip = list(CHIPS)[number % len(CHIPS)]
        tell.fact(
            site, "HOSTS_CHIP", chip, status="planned" if number % 2 else "asserted", chip_count=10_000.0 * (number + 1)
        )
        tell.attribute(site, "it_power_mw", 60.0 + 45 * number, "planned" if number % 4 == 3 else "asserted")
    for site in ("Monolith 1", "Red Mesa", "Cobalt Ridge"):
        tell.fact("Redrock Power", "POWERS", site, capacity_mw=450.0, term_years=12.0)
    tell.fact(
        "Tidewater Electric", "POWERS", "Saltmarsh Campus", status="planned", capacity_mw=900.0, capacity_bound="up to"
    )


def _tell_contracts(tell: Builder) -> None:
    lease = "LEASES_FROM"
    tell.fact(
        "Halcyon AI",
        lease,
        "Northwind Compute",
        capacity_mw=300.0,
        capacity_bound="up to",
        facility="Monolith 1",
        value_usd=11.9e9,
        term_years=5.0,
    )
    tell.fact("Halcyon AI", lease, "Northwind Compute", status="planned", capacity_mw=1200.0, facility="Monolith 2")
    tell.fact("Halcyon AI", lease, "Corvane", value_usd=22e9, term_years=7.0)
    tell.fact("Lumen Labs", lease, "Meridian Cloud", capacity_mw=150.0, facility="Frostgate")
    tell.fact("Lumen Labs", lease, "Basalt Cloud", status="reported", capacity_mw=80.0)
    tell.fact("Quillon", lease, "Atlas & Vale", status="speculative")
    tell.fact("Quillon", lease, "Tessellate", status="ended", ended_as="terminated", capacity_mw=40.0)
    tell.fact("Corvane", lease, "Meridian Cloud", capacity_mw=500.0, value_usd=9.7e9)
    for tenant, site in (
        ("Halcyon AI", "Monolith 1"),
        ("Lumen Labs", "Frostgate"),
        ("Corvane", "Juniper Park"),
        ("Quillon", "Orchard 7"),
    ):
        tell.fact(tenant, "LEASES", site, capacity_mw=120.0)
    for buyer in ("Northwind Compute", "Meridian Cloud", "Basalt Cloud", "Corvane", "Tessellate"):
        tell.fact("Silvane Semiconductor", "SUPPLIES", buyer, chip="S400", chip_count=50_000.0)
    tell.fact("Kestrel Devices", "SUPPLIES", "Halcyon AI", status="planned", value_usd=6e9, chip="K-Series 9")
    tell.fact("Vantor Racks", "SUPPLIES", "Northwind Compute", value_usd=1.1e9)
    tell.fact("Silvane Semiconductor", "INVESTS_IN", "Halcyon AI", status="planned", value_usd=10e9)
    tell.fact("Silvane Semiconductor", "INVESTS_IN", "Northwind Compute", stake_pct=6.5)
    tell.fact("Harrow Capital", "INVESTS_IN", "Lumen Labs", value_usd=2.5e9)
    tell.fact("Pinnacle Infrastructure Partners", "LENDS_TO", "Prairie Campus Co.", value_usd=3.4e9)
    tell.fact("Bank of Calder", "LENDS_TO", "Northwind Compute", status="reported", value_usd=7.6e9)
    tell.fact("Corvane", "GUARANTEES", "Basalt Cloud", value_usd=1.4e9)
    tell.fact("Meridian Cloud", "ACQUIRES", "Tessellate", status="speculative")
    tell.fact("Lumen Labs", "PARTNERS_WITH", "Kestrel Devices")
    tell.fact("Meridian Cloud", "COMPETES_WITH", "Northwind Compute")


def _tell_people(tell: Builder) -> None:
    for chip, designer in CHIPS.items():
        tell.fact(designer, "DESIGNS", chip)
        tell.fact("Formosa Works", "FABRICATES", chip)
    for model, lab in MODELS.items():
        tell.fact(lab, "DEVELOPS", model)
    for person, (company, title) in PEOPLE.items():
        tell.fact(person, "LEADS", company, title=title)
    for lab, chip in (
        ("Halcyon AI", "S400"),
        ("Halcyon AI", "Vale One"),
        ("Lumen Labs", "K-Series 9"),
        ("Quillon", "S500 Ultra"),
    ):
        tell.fact(lab, "USES_CHIP", chip, status="asserted" if lab != "Quillon" else "reported")


def crowd(size: int, seed: int = 1) -> Sample:
    """Return a larger invented graph without evidence: hubs, their sites and people, and many names told of once."""
    rng = random.Random(seed)
    tell = Builder(claims=False)
    shares = {"Company": 0.46, "Facility": 0.28, "Place": 0.1, "Chip": 0.03, "Model": 0.05, "Person": 0.08}
    names: dict[str, list[str]] = {}
    for label, share in shares.items():
        names[label] = [f"{label} {number}" for number in range(max(2, int(size * share)))]
        for name in names[label]:
            tell.entity(name, label)

    def known(label: str) -> str:
        return names[label][int(len(names[label]) * rng.random() ** 4)]

    statuses = ("asserted", "asserted", "asserted", "reported", "planned", "speculative", "ended")
    to_companies = (
        "LEASES_FROM",
        "SUPPLIES",
        "INVESTS_IN",
        "LENDS_TO",
        "PARTNERS_WITH",
        "SUBSIDIARY_OF",
        "COMPETES_WITH",
    )
    plan = {"Company": (to_companies, 1), "Facility": (("OWNS", "OPERATES", "BUILDS", "LEASES"), 2)}
    plan |= {"Model": (("DEVELOPS",), 1), "Chip": (("DESIGNS", "FABRICATES", "USES_CHIP"), 3)}
    for label, (relations, count) in plan.items():
        for name in names[label]:
            for _ in range(rng.randint(1, count)):
                other = known("Company")
                if other != name:
                    tell.fact(other, rng.choice(relations), name, status=rng.choice(statuses))
    for name in names["Facility"]:
        tell.fact(name, "LOCATED_IN", known("Place"))
        if rng.random() < 0.3:
            tell.fact(name, "HOSTS_CHIP", known("Chip"), status=rng.choice(statuses))
    for name in names["Person"]:
        tell.fact(name, "LEADS", known("Company"))
    return tell.sample
