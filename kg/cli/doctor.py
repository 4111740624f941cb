"""``kg doctor``: what works on this machine."""

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import click

from kg import resources
from kg.cli import options
from kg.cli.output import chosen
from kg.exceptions import KGError
from kg.questions.answer import Answer, Row
from kg.questions.question import Column
from kg.schema.cache import cache_folder
from kg.settings import settings
from kg.store.open import open_store, resolve

OK, MISSING, OPTIONAL = "ok", "missing", "not set up"
_COLUMNS = (
    Column("check", "text", "what was looked at"),
    Column("state", "text", "ok, missing or not set up (optional)"),
    Column("detail", "text", "what was found, or what to do"),
)
Found = tuple[str, str, str]


@click.command("doctor", epilog=options.examples("kg doctor", "kg doctor -f json"))
@options.rendered
@click.pass_context
def command(ctx: click.Context, *, store: str | None, format_: str | None, output: str | None) -> None:
    """Check what works here and what is missing. Exits with 1 if something is missing that is needed."""
    rows = list(_checks(store))
    answer = Answer([Row(dict(zip(("check", "state", "detail"), row, strict=True))) for row in rows], _COLUMNS)
    chosen(format_, output).write(answer)
    if any(state == MISSING for _, state, _ in rows):
        ctx.exit(1)


def _checks(store: str | None) -> Iterator[Found]:
    yield _python()
    yield "platform", OK, f"{platform.system()} {platform.machine()}"
    yield (
        "version",
        OK,
        version("ai-compute-kg") if _installed("ai-compute-kg") else "not installed: run from its folder",
    )
    meant = resolve(store)
    yield "store", OK, f"{meant.address} ({meant.engine}, by {meant.chosen_by})"
    yield _engine(needed=meant.engine == "embedded")
    yield _neo4j(store)
    if meant.engine == "embedded":
        yield _writable("data folder", Path(meant.address).parent, MISSING)
    yield _writable("cache folder", cache_folder(), OPTIONAL)
    for what, path in (
        ("ontology", "ontology/compute.ttl"),
        ("registry", "ontology/registry/companies.csv"),
        ("places", "ontology/places/places.tsv"),
        ("questions", "queries/deals/leases.cypher"),
    ):
        yield _file(what, path)
    yield _extra("pandas", "pandas", "answers as DataFrames in Python")
    yield _extra("pyarrow", "parquet", "tables in Parquet files")


def _python() -> Found:
    new_enough = sys.version_info >= (3, 11)
    return (
        "python",
        OK if new_enough else MISSING,
        platform.python_version() + ("" if new_enough else "; 3.11 is needed"),
    )


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _engine(*, needed: bool) -> Found:
    def look() -> str:
        from kg.store.arcade import engine  # noqa: PLC0415  loads the library

        engine()
        return f"arcadedb {version('arcadedb')}"

    return _tried("embedded engine", look, MISSING if needed else OPTIONAL)


def _neo4j(store: str | None) -> Found:
    """Try the server that is meant, or that NEO4J_URI names; no password is ever shown."""
    chosen = settings()
    spec = next((text for text in (store, chosen.store) if text and "://" in text), chosen.neo4j_uri)
    if not spec:
        return "neo4j", OPTIONAL, "NEO4J_URI is not set; only needed to work on a Neo4j server"

    def look() -> str:
        with open_store(spec, write=False) as opened:
            return f"{opened.address} answers"

    return _tried("neo4j", look, MISSING)


def _tried(what: str, look: Callable[[], str], failed: str) -> Found:
    try:
        return what, OK, look()
    except KGError as error:
        return what, failed, str(error)


def _writable(what: str, folder: Path, failed: str) -> Found:
    """Say whether files can be made in a folder, or in the nearest one above that exists."""
    there = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            return what, OK, str(folder)
    except OSError as error:
        return what, failed, f"{folder} cannot be written ({error.strerror or error})"


def _file(what: str, path: str) -> Found:
    top, _, rest = path.partition("/")
    found = resources.folder(top) / rest
    return (
        (what, OK, str(found)) if found.is_file() else (what, MISSING, f"{found} is missing; install the package again")
    )


def _extra(name: str, extra: str, gives: str) -> Found:
    if find_spec(name):
        return name, OK, version(name)
    return name, OPTIONAL, f"{gives}: pip install 'ai-compute-kg[{extra}]'"
