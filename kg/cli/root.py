"""The command ``kg``: its subcommands by name, imported when asked for, and how it ends."""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

import kg
from kg.exceptions import KGError, UsageError, did_you_mean

COMMANDS = {
    "demo": "Load a small sample into a store of its own and show a sourced table.",
    "load": "Load documents: files, folders, patterns, web addresses.",
    "sources": "List what can be read: sources, their licences, what they give.",
    "map": "Propose how to read a table that no source describes.",
    "extract": "Print the claims of documents as JSON Lines; no store is touched.",
    "highlight": "Show a document's names and claims in its text, as an HTML page.",
    "ask": "Ask a prebuilt question, or list them.",
    "show": "Show what is known of one company, site, chip, model, person or deal.",
    "cypher": "Run a reading Cypher query.",
    "export": "Write the graph to a file for other tools.",
    "status": "Say where the store is and what is in it.",
    "doctor": "Check what works here and what is missing.",
    "forget": "Remove a document and what only it supported.",
    "rebuild": "Derive the graph again from the stored claims.",
    "ontology": "Show what can be told: types, predicates, attributes, statuses.",
    "completion": "Print what makes your shell complete commands and names.",
}
"""Every command in the order of the help, with its line there; each is ``command`` of the module of its name."""

_HELP = """Knowledge graph of the AI compute industry: who leases, supplies, powers, owns and finances what.

Every answer shows its evidence: document, sentence, date, status. Nothing is sent anywhere; the first answer needs no
server, key or account.

\b
Examples:
  kg demo
  kg ask leases --store demo
"""

_EPILOG = """\b
Exit codes:
  0    success, also if nothing matched
  1    something failed
  2    wrong usage: unknown entity, question, parameter, format, document
  3    no rows, with --fail-empty
  4    no connection to the store, or it refused the user
  130  interrupted; what was stored before is kept

\b
Which store: --store (a name, folder or address), else KG_STORE, else NEO4J_URI, else the default one.
Neo4j also takes NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE.
Other settings: KG_FORMAT, KG_LIMIT, KG_JOBS, KG_DATA, KG_CACHE, KG_READ_SECONDS, KG_TRANSACTION_CLAIMS, KG_DEBUG,
NO_COLOR, CLICOLOR_FORCE, KG_FORCE_TTY (docs/cli.md tells what each does).
"""


class Root(click.Group):
    """A group that imports a command only when it is asked for, and ends with one clear line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as above
        """Import the command of this name."""
        if cmd_name not in COMMANDS:
            return None
        return import_module(f"kg.cli.{cmd_name}").command  # type: ignore[no-any-return]  # each module has one

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or offer the right names."""
        if args[0] not in COMMANDS:
            raise UsageError(f"No command {args[0]!r}.{did_you_mean(args[0], COMMANDS)} See: kg --help")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as above
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader that has seen enough (``| head``) is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        return result

    def main(  # type: ignore[override]  # it never returns
        self, args: Sequence[str] | None = None, prog_name: str | None = "kg", **extra: Any
    ) -> NoReturn:
        """Run a command and exit with its code."""
        # The weights of the extractor are half a million objects that stay; looking through them again and again for
        # cycles costs a tenth of the time.
        gc.set_threshold(100_000, 20, 100)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        given = list(sys.argv[1:] if args is None else args)
        debug = "--debug" in given or bool(os.environ.get("KG_DEBUG"))
        extra.pop("standalone_mode", None)
        try:
            code = super().main(given, prog_name, standalone_mode=False, **extra)
        except Exception as error:
            if debug and not isinstance(error, click.exceptions.Exit):
                raise
            code = _exit_code(error)
        except KeyboardInterrupt:
            code = _interrupted()
        sys.exit(code if isinstance(code, int) else 0)


def _exit_code(error: Exception) -> int:
    """Say in one line what went wrong and return the exit code."""
    match error:
        case click.exceptions.Exit():
            return error.exit_code
        case click.Abort():
            return _interrupted()
        case click.UsageError():
            _say(f"Error: {_one_line(error.format_message())}{_see(error.ctx)}")
        case click.ClickException():
            _say(f"Error: {_one_line(error.format_message())}")
        case KGError():
            _say(f"Error: {_one_line(str(error))}")
        case OSError():
            _say(f"Error: {error.filename or 'standard output'}: {error.strerror or error}")
        case _:
            what = f"{type(error).__name__}: {_one_line(str(error))}"
            _say(f"Error: something unexpected went wrong ({what}). See it with --debug.")
    return int(getattr(error, "exit_code", 1))


def _interrupted() -> int:
    _say("\nInterrupted. What was stored before is kept; run the same command again to go on.")
    return 130


def _see(ctx: click.Context | None) -> str:
    return f" See: {ctx.command_path} --help" if ctx else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


root = Root(
    name="kg",
    help=_HELP,
    epilog=_EPILOG,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
click.version_option(kg.__version__, message="kg %(version)s")(root)
