"""Completion of entity names from the store: quick, and silent whenever anything is in the way."""

from collections.abc import Callable, Sequence
from typing import Any

import click

_SECONDS = 0.5
_MOST = 50


def entity_names(types: Sequence[str]) -> Callable[[click.Context, click.Parameter, str], list[Any]]:
    """Return what completes the names of entities of these types, or of any; names with spaces as their slug."""

    def complete(ctx: click.Context, _parameter: click.Parameter, text: str) -> list[Any]:
        try:
            return _names(_store_option(ctx), types, text)
        except Exception:  # noqa: BLE001  a shell that waits for Tab wants no error, whatever it is
            return []

    return complete


def _store_option(ctx: click.Context) -> str | None:
    place: click.Context | None = ctx
    while place is not None:
        if place.params.get("store"):
            return str(place.params["store"])
        place = place.parent
    return None


def _names(store: str | None, types: Sequence[str], text: str) -> list[Any]:
    from click.shell_completion import CompletionItem  # noqa: PLC0415  only while completing

    from kg.core.ids import fold, slug  # noqa: PLC0415  as above

    with _opened(store) as opened:
        which = f"(e:{'|'.join(types)})" if types else "(e:Entity) WHERE NOT e:Deal"
        rows = opened.read(f"MATCH {which} RETURN e.name AS name, e.documents AS documents", timeout=_SECONDS)
    rows.sort(key=lambda row: (-(row["documents"] or 0), row["name"]))
    items = []
    for row in rows:
        value = slug(row["name"]) if " " in row["name"] else row["name"]
        if fold(value).startswith(fold(text)):
            items.append(CompletionItem(value, help=row["name"]))
    return items[:_MOST]


def _opened(store: str | None) -> Any:
    """Open the store for reading without waiting for another program that holds it."""
    from kg.store.open import open_store, resolve  # noqa: PLC0415  as above

    meant = resolve(store)
    if meant.engine != "embedded":
        return open_store(store, write=False)
    from pathlib import Path  # noqa: PLC0415  as above

    from kg.store.embedded import EmbeddedStore  # noqa: PLC0415  as above

    return EmbeddedStore(Path(meant.address), write=False, read_seconds=_SECONDS, lock_seconds=0)
