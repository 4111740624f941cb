"""``kg status``: which store this is, and what it holds."""

from typing import Any

import click

from kg.cli import options
from kg.cli.output import chosen
from kg.cli.record import write_record
from kg.questions.state import state
from kg.render.terminal import note

_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


@click.command("status", epilog=options.examples("kg status", "kg status --store demo -f json"))
@options.rendered
def command(*, store: str | None, format_: str | None, output: str | None) -> None:
    """Say which store is meant and why, how large it is, and what is in it."""
    out = chosen(format_, output)
    found = state(store)
    write_record(out, found if out.format in ("json", "jsonl") else _shown(found))
    if not found["exists"]:
        note("There is no store yet. To begin: kg demo, or kg load PATH")
    elif found["outdated"]:
        note(f"The {' and '.join(found['outdated'])} changed since the graph was derived. To catch up: kg rebuild")


def _shown(found: dict[str, Any]) -> dict[str, Any]:
    """Return the record as people read it: sums before the parts, the size in its unit."""
    shown: dict[str, Any] = {}
    for name, value in found.items():
        if isinstance(value, dict):
            shown[name] = f"{sum(value.values()):,}"
            shown[f"{name}:"] = value
        elif name == "bytes":
            shown["size"] = _size(value)
        elif name != "outdated" and value is not True:
            shown[name] = value
    return shown


def _size(count: int) -> str:
    return next((f"{count / size:.1f} {unit}" for size, unit in _UNITS if count >= size), f"{count} B")
