"""Models: who develops each, when it came out, its size, its training compute, and what it was trained on."""

import re
from collections.abc import Iterator

from kg.core.claim import Claim, EntityName, Value
from kg.core.note import Note
from kg.core.rejection import Rejection
from kg.tables.cells import split
from kg.tables.dated import last_modified
from kg.tables.measure import quantity
from kg.tables.places import area
from kg.tables.row import Row
from kg.tables.table import Table, columns

from ..epoch import DOUBT, chip, cited, is_remark

_LEGAL = re.compile(r"(?:Ltd|Inc|LLC|Corp|Co|PLC|S\.?A|AG|GmbH|N\.?V|L\.?P)\b\.?", re.IGNORECASE)
_BROKEN = re.compile(r"[´`¨˜][a-zA-Z]|\ufffd")
"""Accents that stand before their letters: a name that a program has broken."""

_NUMBERS = {
    "Parameters": ("parameters", "parameters"),
    "Training compute (FLOP)": ("training_flop", "FLOP"),
}
_DOUBT = {word.capitalize(): sure for word, sure in DOUBT.items()}
_COUNTRY = "Country (of organization)"


def _claims(row: Row) -> Iterator[Claim | Note | Rejection]:
    if not row["Model"]:
        row.reject("Model", "a row without a model")
        return
    model = EntityName(row["Model"], "Model")
    companies = list(_companies(row))
    sure = row.choice_in("Confidence", _DOUBT) or 0.6
    for company in companies:
        yield row.claim(("Model", "Organization"), company, "DEVELOPS", model)
    yield from _seats(row, companies)
    released = row.date_in("Publication date")
    if released:
        yield row.claim(("Model", "Publication date"), model, "released", released, status=row.edition.status(released))
    for column, (attribute, unit) in _NUMBERS.items():
        value = row.number_in(column)
        if value is not None:
            yield row.claim(
                ("Model", "Confidence", column), model, attribute, value,
                confidence=sure, quantities={attribute: quantity(value, unit)},
            )  # fmt: skip
    yield from _trained(row, model, companies, sure)
    yield from cited(row, model, "Model", "Link")


def _companies(row: Row) -> Iterator[EntityName]:
    """Yield the developers; what follows a comma only because of its legal form belongs to the name before it."""
    joined: list[str] = []
    for part in split(row["Organization"]):
        if joined and _LEGAL.match(part):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    for name in joined:
        if _BROKEN.search(name):
            row.reject("Organization", f"broken letters: {name[:60]!r}")
        else:
            yield EntityName(name, "Company")


def _seats(row: Row, companies: list[EntityName]) -> Iterator[Claim]:
    """Yield where developers are: the countries stand in a list parallel to theirs."""
    countries = split(row[_COUNTRY])
    if len(countries) == len(companies):
        for company, country in zip(companies, countries, strict=True):
            yield row.claim(("Model", "Organization", _COUNTRY), company, "LOCATED_IN", area(country), confidence=0.8)


def _trained(row: Row, model: EntityName, companies: list[EntityName], sure: float) -> Iterator[Claim]:
    """Yield what the model was trained on; the number of chips counts where there is one kind of them."""
    chips = [chip(name) for name in split(row["Training hardware"])]
    count = row.number_in("Hardware quantity") if len(chips) == 1 else None
    counted: dict[str, Value] = {"chip_count": count} if count else {}
    quantities = {"chip_count": quantity(count, "chips")} if count else {}
    told = ("Model", "Hardware quantity", "Training hardware") if count else ("Model", "Training hardware")
    for thing in chips:
        yield row.claim(told, model, "TRAINED_ON", thing, qualifiers=counted, quantities=quantities)
        for company in companies if len(companies) == 1 else ():
            shown = ("Model", "Organization", *told[1:])
            yield row.claim(shown, company, "USES_CHIP", thing, qualifiers=counted, quantities=quantities)
    site = row["Training data center"]
    if site and is_remark(site):
        row.reject("Training data center", f"a remark, not a name: {site[:60]!r}")
    elif site:
        where = EntityName(site, "Facility")
        yield row.claim(("Model", "Training data center"), model, "TRAINED_ON", where, confidence=sure)
    for vendor in split(row["Training cloud compute vendor"]):
        for company in companies:
            if vendor != company.name:
                yield row.claim(
                    ("Model", "Organization", "Training cloud compute vendor"),
                    company, "LEASES_FROM", EntityName(vendor, "Company"), confidence=sure,
                )  # fmt: skip


MODELS = Table(
    name="epoch-ai-models",
    marks=("Model",),
    reads={
        "Model": "the model",
        "Organization": "who develops it",
        "Publication date": "when it came out",
        _COUNTRY: "where the developers are",
        "Confidence": "how sure numbers are",
        "Training hardware": "the chips that it was trained on",
        "Hardware quantity": "how many",
        "Link": "sources cited",
        **{column: attribute for column, (attribute, _) in _NUMBERS.items()},
    },
    optional={
        "Training data center": "where it was trained",
        "Training cloud compute vendor": "in whose cloud it was trained",
    },
    ignores=columns(
        """Domain|Task|Authors|Model accessibility|Citations|Reference|Parameters notes|Training compute notes
        |Training dataset|Training dataset notes|(DEPRECATED) Training dataset size (datapoints)|Dataset size notes
        |Training time (hours)|Training time notes|Abstract|Base model|Finetune compute (FLOP) |Finetune compute
        notes|Hardware utilization (MFU)|Hardware utilization (HFU)|Training code accessibility |Accessibility
        notes|Training compute cost (cloud)|Training compute cost (upfront)|Last modified|Notability criteria
        |Notability criteria notes|Batch size|Batch size notes|Epochs|Training power draw (W)|Frontier model |Training
        compute estimation method|Hugging Face developer id|Post-training compute (FLOP) |Post-training compute
        notes|Hardware maker|Hardware acquisition cost|Compute cost notes|Country |Organization categorization|Inference
        code accessibility|Dataset accessibility|Numerical format |Training compute lower bound|Training compute upper
        bound|Archived links|Training chip-hours |Training dataset size (total)|Training dataset size
        (gradients)|Foundation model|WikiText and Penn Treebank data
        |Model versions"""
    ),
    claims=_claims,
    date_of=last_modified,
)
