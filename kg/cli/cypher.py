"""``kg cypher``: a query of one's own, for reading only."""

import json
import sys
from typing import Any

import click

from kg.cli import options
from kg.cli.output import chosen
from kg.exceptions import UsageError
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.store.open import open_store


@click.command(
    "cypher",
    epilog=options.examples(
        "kg cypher 'MATCH (c:Company) RETURN c.name AS name, c.documents AS documents ORDER BY documents DESC, name'",
        "kg cypher 'MATCH (c:Company)-[x]->(f:Facility) WHERE f.name = $site RETURN c.name' -p 'site=Colossus 1'",
    ),
)
@click.argument("query")
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; see below.")
@options.limit
@options.fail_empty
@options.rendered
@click.pass_context
def command(
    ctx: click.Context,
    query: str,
    *,
    parameters: tuple[str, ...],
    limit: int | None,
    fail_empty: bool,
    store: str | None,
    format_: str | None,
    output: str | None,
) -> None:
    """Run a Cypher query that reads; - takes it from standard input. A write is refused by the store.

    Values of parameters are read as JSON where they are JSON (300, true, null, ["a", "b"], "300"), else as text.
    Labels, relationship types and properties: kg ontology
    """
    out = chosen(format_, output, limit)
    values = dict(map(_parameter, parameters))
    text = sys.stdin.read() if query == "-" else query
    with open_store(store, write=False) as opened:
        rows = opened.read(text, values)
    columns = [Column(name, "value", "") for name in (rows[0] if rows else ())]
    shown = rows if out.limit is None else rows[: out.limit]
    out.write(Answer([Row(row) for row in shown], columns, total=len(rows), notes=[] if rows else ["0 rows"]))
    if fail_empty and not rows:
        ctx.exit(3)


def _parameter(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"-p {text!r}: a parameter is given as name=value.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
