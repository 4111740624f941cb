"""``kg ontology``: what can be told, and what each word means."""

from collections.abc import Iterator
from typing import Any

import click

from kg.cli import options
from kg.cli.output import chosen
from kg.cli.record import write_record
from kg.exceptions import UsageError, did_you_mean
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.schema.ontology import EntityType, Ontology, Predicate, Valued
from kg.schema.ontology import ontology as package_ontology

_COLUMNS = (
    Column("kind", "text", "type, predicate, attribute, qualifier, status, role, deal kind, basis, record or link"),
    Column("name", "text", "its name"),
    Column("meaning", "text", "what it means"),
)


def _names(_ctx: click.Context, _parameter: click.Parameter, text: str) -> list[str]:
    return [name for _, name, _ in _everything(package_ontology()) if name.casefold().startswith(text.casefold())]


@click.command(
    "ontology", epilog=options.examples("kg ontology", "kg ontology LEASES_FROM", "kg ontology capacity_mw -f json")
)
@click.argument("name", required=False, shell_complete=_names)
@options.rendered
def command(*, name: str | None, store: str | None, format_: str | None, output: str | None) -> None:  # noqa: ARG001  the store's ontology is the package's
    """Show what can be told: entity types, predicates, attributes, qualifiers, statuses. With NAME: explain it."""
    out = chosen(format_, output, 0)
    known = package_ontology()
    if name is None:
        rows = [Row(dict(zip(("kind", "name", "meaning"), item, strict=True))) for item in _everything(known)]
        out.write(Answer(rows, _COLUMNS))
    else:
        write_record(out, _explained(known, name))


def _everything(known: Ontology) -> Iterator[tuple[str, str, str]]:
    for kind, items in (
        ("type", known.types),
        ("predicate", known.predicates),
        ("attribute", known.attributes),
        ("qualifier", known.qualifiers),
    ):
        for name, item in items.items():
            yield kind, name, item.definition
    for kind, words in (
        ("status", known.statuses),
        ("role", known.roles),
        ("deal kind", known.deal_kinds),
        ("basis", known.bases),
        ("record", known.records),
        ("link", known.structures),
    ):
        for name, meaning in words.items():
            yield kind, name, meaning


def _explained(known: Ontology, name: str) -> dict[str, Any]:
    """Return the record of everything with this name; raises UsageError with the closest names."""
    wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
    inverse = {predicate.inverse.casefold(): predicate.name for predicate in known.predicates.values()}
    label = {predicate.label.replace(" ", "_"): predicate.name for predicate in known.predicates.values()}
    wanted = inverse.get(wanted, label.get(wanted, wanted)).casefold()
    hits = [item for item in _everything(known) if item[1].casefold() == wanted]
    if not hits:
        names = [item[1] for item in _everything(known)]
        raise UsageError(f"The ontology has no {name!r}.{did_you_mean(wanted, names)} To list all: kg ontology")
    _, own, meaning = hits[0]
    item = known.types.get(own) or known.predicates.get(own) or known.attributes.get(own) or known.qualifiers.get(own)
    record: dict[str, Any] = {"name": own, "kind": ", ".join(hit[0] for hit in hits), "meaning": meaning}
    return record | _details(known, item)


def _details(known: Ontology, item: EntityType | Predicate | Valued | None) -> dict[str, Any]:
    match item:
        case EntityType():
            told = [p.name for p in known.predicates.values() if item.name in (*p.domain, *p.range)]
            measured = [a.name for a in known.attributes.values() if item.name in a.domain]
            return {"is_not": item.scope, "examples": list(item.examples), "attributes": measured, "predicates": told}
        case Predicate():
            return {
                "label": item.label,
                "from": " or ".join(item.domain),
                "to": " or ".join(item.range),
                "inverse": None if item.symmetric else f"{item.inverse} ({item.inverse_label})",
                "symmetric": item.symmetric,
                "qualifiers": list(item.qualifiers),
                "deal": item.deal,
                "roles": [role for role in (item.subject_role, item.object_role) if role],
                "example": item.example,
            }
        case Valued():
            users = [p.name for p in known.predicates.values() if item.name in p.qualifiers]
            return {
                "unit": item.unit,
                "takes": item.kind,
                "told_of": list(item.domain),
                "measures": list(item.bases),
                "qualifies": users,
            }
    return {}
