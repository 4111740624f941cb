"""Rows of tables in a text: a column's heading says what joins its cells to the row's first one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.reading import Parsed, Reading
from kg.text.segment import Segment, Span

_COLUMNS = (
    ("place", r"town|city|location|where|county|state|country|place|region|address|seat|based|headquarters|hq"),
    ("tenant", r"tenants?|leased? to|let to|taken by|who.s in it|occupie[rd]|occupants?|customers?|users?|for whom|rented|lessee|signed"),
    ("operator", r"run by|runs|operators?|operated|manager"),
    ("owner", r"owners?|owned by|whose|landlord|holder|belongs"),
    ("builder", r"developers?|builders?|built by|contractors?|construction|general contractor"),
    ("power", r"power suppl|electricity|utility|supplied by|power from|grid|energy suppl|power provider|powered by"),
    ("chip", r"accelerators?|chips?|gpus?|hardware|processors?|inside|parts?"),
    ("lender", r"lenders?|banks?|financed by|creditors?"),
    ("investor", r"investors?|shareholders?|backers?|backed by"),
    ("leader", r"founders?|ceo|chief executive|chair(?:man|woman)?|head|leader|president|managing director|key people"),
    ("parent", r"parent|owner company|group"),
    ("supplier", r"suppliers?|vendors?|bought from|sold by|seller"),
    ("buyer", r"buyers?|sold to|purchaser"),
    ("maker", r"foundry|made by|fabricated|manufacturer"),
    ("designer", r"designers?|designed by|brand"),
    ("model", r"models?|products?|assistant"),
    ("stake", r"stake|interest|share|holding|%|per ?cent"),
    ("capacity", r"mw|load|capacity|power|megawatts|gw"),
    ("opens", r"opened|opens|opening|since|due|live|online|in service|operational|start|ready|completion|first power|completed"),
    ("count", r"number|units|quantity|how many|count"),
    ("cost", r"cost|price|capex|investment|\$|value"),
)  # fmt: skip
_PATTERNS = tuple(
    (role, re.compile(rf"(?i)^\W*(?:the |its |current |main |total |design )?(?:{pattern})\b"))
    for role, pattern in _COLUMNS
)

_SAYS: dict[tuple[str, str], tuple[str, bool]] = {
    ("Facility", "place"): ("LOCATED_IN", True), ("Company", "place"): ("LOCATED_IN", True),
    ("Facility", "tenant"): ("LEASES", False), ("Facility", "operator"): ("OPERATES", False), ("Facility", "owner"): ("OWNS", False),
    ("Facility", "builder"): ("BUILDS", False), ("Facility", "power"): ("POWERS", False), ("Facility", "chip"): ("HOSTS_CHIP", True),
    ("Company", "tenant"): ("LEASES_FROM", False), ("Company", "lender"): ("LENDS_TO", False), ("Company", "investor"): ("INVESTS_IN", False),
    ("Company", "owner"): ("INVESTS_IN", False), ("Company", "leader"): ("LEADS", False), ("Company", "parent"): ("SUBSIDIARY_OF", True),
    ("Company", "supplier"): ("SUPPLIES", False), ("Company", "buyer"): ("SUPPLIES", True), ("Company", "chip"): ("USES_CHIP", True),
    ("Company", "model"): ("DEVELOPS", True), ("Chip", "maker"): ("FABRICATES", False), ("Chip", "designer"): ("DESIGNS", False),
    ("Chip", "place"): ("", True), ("Company", "builder"): ("", False),
}  # fmt: skip
"""What a column says of a row: predicate, and whether the row's entity is its subject."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with what its column is for; ``refs`` index the segment's names that stand in it."""

    role: str | None
    heading: str
    span: Span
    refs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """What a row states: predicate, subject and object as indexes of names (-1: what the table is about)."""

    predicate: str
    subject: int
    object: int
    heading: str


def column_role(heading: str) -> str | None:
    """Return what a column or label is for, if its words say so."""
    return next((role for role, pattern in _PATTERNS if pattern.search(heading)), None)


def cells(reading: Reading, parsed: Parsed) -> list[Cell]:
    """Return the cells of a row, with the roles that the table's first row gives them, or the row's own label."""
    text, segment = reading.text, parsed.segment
    header = _header(reading, segment)
    found = []
    for n, span in enumerate(segment.cells):
        refs = tuple(i for i, o in enumerate(parsed.names) if o.start >= span[0] and o.end <= span[1])
        heading = header[n] if header and n < len(header) else ""
        found.append(Cell(column_role(heading) if heading else None, heading, span, refs))
    if not header and len(found) == 2 and not found[0].refs:
        label = text[slice(*found[0].span)]
        found[1] = Cell(column_role(label), label, found[1].span, found[1].refs)
    return found


def _header(reading: Reading, segment: Segment) -> list[str] | None:
    """Return the headings of a row's table; None for the first row itself, and for a table without headings."""
    if segment.header is None:
        return None
    first = reading.segments[segment.header]
    if first is segment or first.kind != "row":
        return None
    headings = [reading.text[slice(*span)] for span in first.cells]
    known = sum(column_role(h) is not None for h in headings[1:])
    return headings if known and any(len(h) < 40 for h in headings) else None


def stated(reading: Reading, parsed: Parsed) -> Iterator[Stated]:
    """Yield what a row states."""
    row = cells(reading, parsed)
    key = row[0].refs[0] if row and row[0].refs and not row[0].role else None
    for cell in row[1:] if key is not None else row:
        if cell.role is None or not cell.refs:
            continue
        kinds = reading.entities[parsed.names[key].entity].kinds if key is not None else ("Facility", "Company")
        for kind in kinds:
            predicate, forward = _SAYS.get((kind, cell.role), ("", True))
            if predicate:
                for ref in cell.refs:
                    ends = (key if key is not None else -1, ref)
                    yield Stated(predicate, *(ends if forward else ends[::-1]), cell.heading)
