"""What the columns of an unknown table seem to hold, judged by their names and by what stands in them."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kg.fetch.raw import Raw
from kg.schema.registry import Registry
from kg.tables import dates, numbers
from kg.tables.cells import told
from kg.tables.sheet import sheets

LOOKED_AT = 500
"""Rows by which a column is judged."""

MOST = 0.8
"""Share of the cells that must be of a kind for the column to be of it."""

_ROLES: tuple[tuple[str, str], ...] = (
    ("id", r"id|key|ref(?:erence)?|deal (?:id|no\.?|number)|#"),
    ("notes", r"notes?|comments?|remarks?|description|summary|scope.*|quote"),
    ("link", r"urls?|links?|sources?|citations?|source (?:url|title)"),
    ("tenant", r"tenants?|lessees?|customers?|clients?|off-?takers?|users?"),
    ("landlord", r"landlords?|lessors?|providers?|clouds?|hosts?|compute providers?"),
    ("supplier", r"suppliers?|vendors?|sellers?|manufacturers?"),
    ("buyer", r"buyers?|purchasers?"),
    ("investor", r"investors?|backers?|lead investors?"),
    ("investee", r"investees?|portfolio compan(?:y|ies)|issuers?"),
    ("lender", r"lenders?|creditors?|banks?"),
    ("borrower", r"borrowers?|debtors?"),
    ("acquirer", r"acquirers?"),
    ("target", r"targets?"),
    ("owner", r"owners?"),
    ("operator", r"operators?"),
    ("builder", r"builders?|developers?|contractors?|construction compan(?:y|ies)"),
    ("power supplier", r"utilit(?:y|ies)|power (?:suppliers?|providers?)|energy compan(?:y|ies)"),
    (
        "site",
        r"sites?|facilit(?:y|ies)|campus(?:es)?|data ?cent(?:er|re)s?|projects?|clusters?|site name|locations? name",
    ),
    ("place", r"locations?|cit(?:y|ies)|towns?|states?|count(?:y|ies|ry|ries)|places?|regions?"),
    ("chip", r"chips?|gpus?|accelerators?|chip (?:type|model)s?|gpu (?:type|model)s?"),
    ("model", r"models?|ai models?"),
    ("company", r"compan(?:y|ies)|part(?:y|ies)|organi[sz]ations?|firms?"),
    ("counterparty", r"counter-?part(?:y|ies)|partners?"),
    ("capacity", r"(?:contracted |it |power )?(?:capacity|power|load)(?: .*)?|mw|gw|megawatts|gigawatts"),
    ("term", r"(?:lease )?(?:term|duration|tenor)(?: .*)?|years"),
    ("stake", r"stake(?: .*)?|ownership(?: .*)?|equity (?:share|stake)"),
    ("count", r"(?:number of |no\.? of |chip |gpu )?(?:chips|gpus|units|quantity|count|chip count|gpu count)"),
    ("valuation", r"(?:post-?money )?valuation(?: .*)?"),
    ("cost", r"(?:total |capital )?(?:cost|capex)(?: .*)?"),
    ("value", r"(?:deal |contract |total )?(?:value|amount|size|price|consideration)(?: .*)?|usd.*|\$.*"),
    ("date", r"dates?|signed|announced|closed?|announcement date|deal date|(?:sign|clos|announce)\w* (?:date|on)|when"),
    ("opening", r"open(?:s|ing|ed)?(?: date)?|online(?: date)?|operational(?: date)?"),
    ("status", r"status|stage|state of deal"),
    ("confidence", r"confidence|certainty|likelihood"),
    ("layer", r"layer|type|kind|category|deal type"),
)
"""Roles by what columns are called, the more special first."""

_NAMED = frozenset(
    "tenant landlord supplier buyer investor investee lender borrower acquirer target owner operator builder company "
    "counterparty site place model".split()
) | {"power supplier"}
"""Roles that only names have: a column of numbers ("Customers") counts such things, it does not name them."""

_COUNTED = re.compile(r"(?:ai )?(?:chip|gpu|accelerator)(?:s?| count)")
_SIZED = re.compile(r"(?<![a-z0-9])'?(k|thousands?|000s?|millions?)(?![\w&])")
"""The size in which a column counts. Of letters only k is one: "m" may be metres."""

_CODES = "USD EUR GBP JPY CNY CHF KRW INR AUD CAD HKD TWD SGD SEK NOK DKK AED SAR BRL".split()
_CURRENCIES = {code.casefold(): code for code in _CODES} | {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "¥": "JPY", "rmb": "CNY", "a$": "AUD", "au$": "AUD",
    "c$": "CAD", "ca$": "CAD", "hk$": "HKD", "nt$": "TWD", "s$": "SGD", "r$": "BRL",
}  # fmt: skip
"""Currencies by how columns say them, in lower case; a mere "$" stands for US dollars."""

_SIZES = {"b": "billions", "m": "millions", "k": "thousands", "t": "thousands", "0": "thousands"}
"""Sizes by the first sign of the word for one."""

_WORDS = "|".join(sorted((word for word in _CURRENCIES if word.isalpha()), key=len, reverse=True))
_DOLLARS = "|".join(word.removesuffix("$") for word in _CURRENCIES if word.endswith("$"))
_SIZE = re.compile(
    rf"(?:(?<![a-z0-9&])|(?<={'|'.join(map(str.casefold, _CODES))}))'?"
    r"(bn|b|billions?|mm|mn|m|millions?|k|thousands?|000s?)(?![\w&])"
)
_MONEY = re.compile(rf"(?<![a-z])(?:(?:{_WORDS})(?=(?:bn?|m[mn]?|k)?(?![a-z]))|(?:{_DOLLARS})\$)|[€£¥]")


@dataclass(slots=True)
class Column:
    """One column: its role by name, its kind by content ("number", "date", "text"), its categories if they are few."""

    name: str
    role: str | None
    kind: str
    unit: str | None = None
    currency: str | None = None
    """Currency other than dollars that its name says."""
    unique: bool = False
    filled: int = 0
    has_gaps: bool = False
    """Some of its cells say nothing."""
    values: list[str] = field(default_factory=list)
    separator: str | None = None
    types: tuple[str, ...] = ()
    """Types of known entities that most of its cells name."""


def profile(raw: Raw, registry: Registry) -> list[Column]:
    """Return the columns of the first table of a file; none if it is no table."""
    for sheet in sheets(raw):
        rows = [cells for _, cells in islice(sheet.rows, LOOKED_AT)]
        return [_column(name, [row[i] for row in rows], registry) for i, name in enumerate(sheet.columns) if name]
    return []


def _column(name: str, cells: Sequence[str], registry: Registry) -> Column:
    filled = [cell for cell in map(told, cells) if cell]
    bare = re.sub(r"\s*[(\[].*?[)\]]", "", name.replace("_", " ")).strip().casefold()
    kind = _kind(filled)
    column = Column(name, _role(bare, kind), kind, _unit(name), _currency(name), filled=len(filled))
    distinct = list(dict.fromkeys(filled))
    column.has_gaps = len(filled) < len(cells)
    column.unique = len(distinct) == len(cells) > 0
    if len(distinct) <= 12:
        column.values = distinct
    if column.kind == "text":
        column.separator = _separator(filled)
        column.types = _types(filled, column.separator, registry)
    return column


def _role(bare: str, kind: str) -> str | None:
    if kind == "number" and _COUNTED.fullmatch(_SIZED.sub("", bare).strip()):
        return "count"
    role = next((role for role, form in _ROLES if re.fullmatch(form, bare)), None)
    return None if kind == "number" and role in _NAMED else role


def _kind(cells: Sequence[str]) -> str:
    for kind, reads in (("number", numbers.amount), ("date", dates.loose)):
        good = sum(_reads(reads, cell) for cell in cells)
        if cells and good >= MOST * len(cells):
            return "date" if kind == "number" and _are_years(cells) else kind
    return "text"


def _reads(reader: Callable[[str], object], cell: str) -> bool:
    try:
        return reader(cell) is not None
    except ValueError:
        return False


def _are_years(cells: Iterable[str]) -> bool:
    return all(re.fullmatch(r"(?:19|20)\d\d(?:\d{4})?", cell) for cell in cells)


def _unit(name: str) -> str | None:
    text = name.casefold().replace("_", " ")
    if found := re.search(r"\b(gw|mw|kw)\b", text):
        return found[1].upper()
    if re.search(r"\bgigawatts?\b", text):
        return "GW"
    if "%" in text or re.search(r"\bpct\b|percent", text):
        return "%"
    if re.search(r"\$|dollar|value|valuation|amount|price|cost|capex", text) or _MONEY.search(text):
        size = _size(_SIZE, text)
        return f"USD {size}" if size and not _currency(name) else size
    return "months" if "month" in text else _size(_SIZED, text)


def _size(form: re.Pattern[str], text: str) -> str | None:
    found = form.search(text)
    return _SIZES[found[1][0]] if found else None


def _currency(name: str) -> str | None:
    found = _MONEY.search(name.casefold().replace("_", " "))
    currency = _CURRENCIES[found[0]] if found else "USD"
    return None if currency == "USD" else currency


def _separator(cells: Sequence[str]) -> str | None:
    """Return what divides names in a cell, if several cells hold more than one."""
    for sign in (";", " / ", "/", " · ", ","):
        if sum(sign in cell for cell in cells) >= max(2, len(cells) // 20):
            return sign.strip() or sign
    return next((sign for sign in ("/", ";") if any(f" {sign} " in cell for cell in cells)), None)


def _types(cells: Sequence[str], separator: str | None, registry: Registry) -> tuple[str, ...]:
    """Return the types of the known entities that the cells name, if a third of them names one."""
    names = [part.strip() for cell in cells for part in (cell.split(separator) if separator else [cell])]
    found: dict[str, int] = {}
    for name in names[:200]:
        for kind in {known.type for known in registry.by_name(name)}:
            found[kind] = found.get(kind, 0) + 1
    least = max(1, min(len(names), 200) // 3)
    return tuple(sorted((kind for kind, count in found.items() if count >= least), key=lambda kind: -found[kind]))
