"""``kg show``: a card of one entity."""

import json

import click

from kg.cli import options
from kg.cli.complete import entity_names
from kg.cli.output import Output, chosen
from kg.questions.card import Card, card
from kg.questions.cut import ROWS, cut
from kg.render.terminal import colours, is_terminal, note, width
from kg.store.open import open_store


@click.command("show", epilog=options.examples("kg show Anthropic", 'kg show "Colossus 1" --evidence -f json'))
@click.argument("entity", shell_complete=entity_names(()))
@options.evidence
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    metavar="N",
    envvar="KG_LIMIT",
    help="Show at most so many rows of each attribute and fact, 0 for all; by default 10 where people read, else all.  "
    "[env var: KG_LIMIT]",
)
@options.rendered
def command(
    entity: str, *, evidence: bool, limit: int | None, store: str | None, format_: str | None, output: str | None
) -> None:
    """Show what is known of one company, site, chip, model, person, place or deal.

    ENTITY is a name, an alias or an id; a deal is given by its id. What only the registry of known entities says is
    marked as such. As JSON it is one object; as CSV, TSV or JSON Lines its facts, one a line.
    """
    out = chosen(format_, output)
    with open_store(store, write=False) as opened:
        found = card(opened, entity, evidence=evidence)
    if limit is None and out.for_people:
        limit = ROWS
    if limit:
        found = cut(found, limit, "; all with --limit 0")
    if out.format == "json":
        _write(out, json.dumps(found.to_dict(), ensure_ascii=False, indent=1))
        found.notes.extend(text for part in found.parts for text in part.notes)
    elif out.format == "table":
        _write_table(out, found)
    elif out.format == "md":
        _write_markdown(out, found)
    else:
        found.facts.notes = []
        out.write(found.facts)
    for text in found.notes:
        note(text)


def _write(out: Output, text: str) -> None:
    with out.stream() as stream:
        stream.write(text + "\n")


def _write_table(out: Output, found: Card) -> None:
    from kg.render.card import card_lines  # noqa: PLC0415  not where a program reads

    with out.stream() as stream:
        room = width(stream) if is_terminal(stream) else 100_000
        stream.writelines(f"{text.rstrip()}\n" for text in card_lines(found, room, colour=colours(stream)))


def _write_markdown(out: Output, found: Card) -> None:
    from kg.render.card import head, sections  # noqa: PLC0415  as above
    from kg.render.markdown import write_markdown  # noqa: PLC0415  as above

    with out.stream() as stream:
        first, *rest = head(found)
        stream.write(f"# {first}\n\n" + "".join(f"{text}\n\n" for text in rest))
        for name, part in sections(found):
            stream.write(f"## {name}\n\n")
            write_markdown(part, stream)
            stream.write("".join(f"\n{text}\n" for text in part.notes) + "\n")
