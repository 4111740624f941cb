"""Clusters: a row is a phase, which a later phase may contain; a third of the rows have no name."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg.core.claim import Claim, EntityName
from kg.core.ids import digest
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.cells import split, unquoted
from kg.tables.dates import loose, year_of_part
from kg.tables.measure import quantity
from kg.tables.places import coordinates, place_in
from kg.tables.row import Row
from kg.tables.table import Table, columns

from ..epoch import cited, names, number_alike
from .users import companies

_STATUSES = {"Existing": ("asserted", None), "Planned": ("planned", None), "Decommissioned": ("ended", "former")}
_CERTAINTIES = {"Confirmed": 0.95, "Likely": 0.75, "Unlikely": 0.2}
_UNSAID = 0.6
"""Confidence in an edition without that column; without the other one, what it lists is reported."""

_SINGLE = {"Yes": None, "No": "not a single cluster", "Unclear": "perhaps not a single cluster"}
_SECTORS = {"Private": "private", "Public": "public", "Public/Private": "public and private"}
_TRUE = {"True": True, "TRUE": True, "true": True}

_NUMBERS = (
    ("H100 equivalents", "h100_equivalents", "H100 equivalents", 0.9),
    ("Total number of AI chips", "chip_count", "chips", 0.9),
    ("Reported Power Capacity (MW)", "capacity_mw", "MW", 0.9),
    ("Calculated Power Capacity (MW)", "capacity_mw", "MW", 0.6),
    ("Reported Cost", "compute_cost_usd", "USD", 0.9),
    ("Calculated Cost", "compute_cost_usd", "USD", 0.6),
)
"""Column, attribute, unit, and how far such a number is to be trusted: reported goes before calculated."""

_CHIPS = (
    ("Chip type (primary)", "Chip quantity (primary)"),
    ("Chip type (secondary)", "Chip quantity (secondary)"),
)
_SOURCES = tuple(f"Source {n}" for n in range(1, 6))
_OPENED = "First Operational Date"
_TELLING = (
    "Status", "Certainty", "H100 equivalents", "Country", _OPENED, "Sector",
    "Power Capacity (MW)", "Hardware Cost", "Max OP/s", "Total number of AI chips",
)  # fmt: skip
"""Cells that tell rows without a name apart."""

_IGNORED = columns(
    """Max OP/s|Max OP/s (log)|8-bit OP/s|16-bit OP/s|16-bit OP/s (log)|32-bit OP/s|Energy Efficiency
    |Energy Efficiency (log)|Power Capacity (MW)|Hardware Cost|Reported Cost (Inflation adjusted)|Hardware note
    |Certainty Note|Cost Quote|Include in Standard Analysis|Exclude|Noteworthy|Rank when first operational
    |Largest existing cluster when first operational|% of largest cluster when first operational
    |GPU Supplier (primary)|GPU supplier (secondary)"""
)
"""Derived numbers, ranks and choices of the compiler; the maker of a chip, which the chip itself tells."""


@dataclass(frozen=True, slots=True)
class _Said:
    """How a row says what it says: status, how it ended, how sure its compiler is."""

    status: str
    ended_as: str | None
    confidence: float


class _Clusters:
    """Reads the rows; counts those without a name that are alike in all that tells them apart."""

    def __init__(self) -> None:
        self._alike: Counter[str] = Counter()

    def claims(self, row: Row) -> Iterator[Claim | Note | Rejection]:
        """Yield what one row says."""
        if _is_anonymous(row["Name"]):
            self._alike[row.key] += 1
            row.key += f" {self._alike[row.key]}"
        return _claims(row)

    def end(self) -> Iterator[Claim | Note | Rejection]:
        """Yield nothing: each row speaks for itself."""
        return iter(())


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    name = unquoted(row["Name"])
    status = row.choice_in("Status", _STATUSES) if row.has("Status") else ("reported", None)
    sure = row.choice_in("Certainty", _CERTAINTIES) if row.has("Certainty") else _UNSAID
    if not name or status is None or sure is None:
        if not row.problems:
            row.reject("Name" if not name else "Status", "a row without name, status or certainty")
        return
    is_speculative = sure == _CERTAINTIES["Unlikely"] and status[0] != "ended"
    said = _Said("speculative" if is_speculative else status[0], status[1], sure)
    site = row.unnamed(name, "Facility") if _is_anonymous(name) else EntityName(name, "Facility")
    yield from _flags(row, site)
    yield from _parties(row, site, said)
    yield from _chips(row, site, said)
    yield from _numbers(row, site, said)
    yield from _dates(row, site, said)
    yield from _where(row, site)
    yield from _phases(row, site)
    yield from cited(row, site, "Name", *_SOURCES)
    for column in ("Note", "Quote"):
        if note := row.note(column, name):
            yield note


def _is_anonymous(name: str) -> bool:
    return name.startswith("Anonymized")


def _key(row: Row) -> str:
    """Return the name; of a row without one what else tells it apart, numbers and days written alike."""
    name = unquoted(row["Name"])
    if not _is_anonymous(name):
        return name
    return f"{name} {digest(*(_alike(row, column) for column in _TELLING))[:10]}"


def _alike(row: Row, column: str) -> str:
    return row.day_in(column) if column == _OPENED else number_alike(row[column])


def _flags(row: Row, site: EntityName) -> Iterator[Claim]:
    if site.id:
        yield row.claim(("Name",), site, "flag", "anonymous", confidence=1.0)
    if row.choice_in("Possible Duplicate", _TRUE):
        yield row.claim(("Name", "Possible Duplicate"), site, "flag", "possible duplicate", confidence=1.0)
    if single := row.choice_in("Single cluster?", _SINGLE):
        yield row.claim(("Name", "Single cluster?"), site, "flag", single, confidence=1.0)
    for other in split(row["Possible Duplicate Of"]):
        twin = EntityName(unquoted(other), "Facility")
        if twin.name != site.name:
            yield row.claim(("Name", "Possible Duplicate Of"), site, "MAY_DUPLICATE", twin)
    if sector := row.choice_in("Sector", _SECTORS):
        yield row.claim(("Name", "Sector"), site, "sector", sector)


def _parties(row: Row, site: EntityName, said: _Said) -> Iterator[Claim]:
    for owner, sure in names(row, "Owner", "Company"):
        yield row.claim(
            ("Name", "Status", "Certainty", "Owner"), owner, "OWNS", site,
            status=said.status, ended_as=said.ended_as, confidence=min(sure, said.confidence),
        )  # fmt: skip
    for user in companies(row, "Users"):
        yield row.claim(
            ("Name", "Status", "Certainty", "Users"), user, "USES", site,
            status=said.status, ended_as=said.ended_as, confidence=said.confidence,
        )  # fmt: skip


def _chips(row: Row, site: EntityName, said: _Said) -> Iterator[Claim]:
    for column, counted in _CHIPS:
        chip, count = row[column], row.number_in(counted)
        if chip:
            yield row.claim(
                ("Name", "Status", "Certainty", counted, column), site, "HOSTS_CHIP", EntityName(chip, "Chip"),
                status=said.status, ended_as=said.ended_as, confidence=said.confidence,
                qualifiers={"chip_count": count} if count is not None else {},
                quantities={"chip_count": quantity(count, "chips")} if count is not None else {},
            )  # fmt: skip


def _numbers(row: Row, site: EntityName, said: _Said) -> Iterator[Claim]:
    for column, attribute, unit, trust in _NUMBERS:
        value = row.number_in(column)
        if value is not None:
            value = round(value, 3)
            amount = quantity(value, unit, currency="USD" if unit == "USD" else None)
            yield row.claim(
                ("Name", "Status", "Certainty", column), site, attribute, value,
                status=said.status, ended_as=said.ended_as, confidence=min(trust, said.confidence),
                quantities={attribute: amount},
            )  # fmt: skip


def _dates(row: Row, site: EntityName, said: _Said) -> Iterator[Claim]:
    """Yield when the cluster opens and closes; the day of a planned one stands in the note beside its date."""
    column, day = _OPENED, row.date_in(_OPENED)
    if day is None:
        column, day = "First Operational Date Note", _noted_date(row)
    if day is not None:
        status = "asserted" if said.status == "ended" else said.status
        yield row.claim(("Name", "Status", column), site, "opens", day, status=status, confidence=said.confidence)
    closed = row.date_in("Decommissioned Date (if applicable)")
    if closed is not None:
        yield row.claim(("Name", "Decommissioned Date (if applicable)"), site, "closed", closed)


def _noted_date(row: Row) -> str | None:
    """Return the date in a note such as "Planned 2029-02"; of a quarter or half ("Planned H2 2026") its year."""
    words = row["First Operational Date Note"].removeprefix("Planned").strip(" :,")
    if not words:
        return None
    try:
        return loose(words)
    except ValueError:
        year = year_of_part(words)
    if year is None:
        row.reject("First Operational Date Note", f"no date to be read in {words[:60]!r}")
    return year


def _where(row: Row, site: EntityName) -> Iterator[Claim]:
    address, country = row["Location"], row["Country"]
    place = place_in(row.as_is("Location").strip(), country)
    if place is not None:
        columns = ("Name", "Country") if place.name == country else ("Name", "Country", "Location")
        yield row.claim(columns, site, "LOCATED_IN", place)
    if found := coordinates(address):
        for attribute, value in zip(("latitude", "longitude"), found, strict=True):
            yield row.claim(
                ("Name", "Location"), site, attribute, value, quantities={attribute: quantity(value, "degrees")}
            )
    if any(sign.isdigit() for sign in address):
        yield row.claim(("Name", "Location"), site, "address", address)


def _phases(row: Row, site: EntityName) -> Iterator[Claim]:
    for earlier in split(row["Builds Upon"]):
        yield row.claim(("Name", "Builds Upon"), site, "SUCCEEDS", EntityName(unquoted(earlier), "Facility"))
    for later in split(row["Superseded by"]):
        yield row.claim(("Name", "Superseded by"), EntityName(unquoted(later), "Facility"), "SUCCEEDS", site)


CLUSTERS = Table(
    name="epoch-gpu-clusters",
    marks=("Name",),
    reads={
        "Name": "the cluster",
        "Status": "whether it exists",
        "Certainty": "how sure that is",
        "Single cluster?": "whether it is one",
        "Owner": "who owns it",
        "Users": "who uses it",
        "Sector": "private or public",
        "Country": "the country",
        "Location": "town and address",
        _OPENED: "when it opened",
        "First Operational Date Note": "when it is planned to open",
        "Decommissioned Date (if applicable)": "when it closed",
        "Builds Upon": "earlier phases",
        "Superseded by": "later phases",
        "Possible Duplicate": "which rows may be told twice",
        "Possible Duplicate Of": "which clusters may be one",
        "Note": "notes",
        "Quote": "quotes of sources",
        **{column: f"{attribute}" for column, attribute, _, _ in _NUMBERS},
        **{column: "chips" for pair in _CHIPS for column in pair},
        **dict.fromkeys(_SOURCES, "sources cited"),
    },
    ignores=_IGNORED,
    reader=_Clusters,
    key_of=_key,
)
