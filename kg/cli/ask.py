"""``kg ask``: prebuilt questions, each a subcommand whose options are its declared parameters."""

from collections.abc import Mapping
from typing import Any

import click
from click.core import ParameterSource

from kg.cli import options
from kg.cli.output import chosen
from kg.cli.question import argument, help_text, option, parameters
from kg.exceptions import UsageError
from kg.questions.answer import Answer, Row
from kg.questions.catalog import catalog
from kg.questions.catalog import question as find_question
from kg.questions.filters import Filters
from kg.questions.question import Column, Question
from kg.questions.run import ask
from kg.render.terminal import note
from kg.store.open import open_store

_WORDS = ("status", "kind")
_LISTED = (
    Column("question", "text", "its name"),
    Column("title", "text", "what it is about"),
    Column("parameters", "list", "what it can be narrowed by"),
)


def standard(function: Any) -> Any:
    """Add the options that every question has."""
    for add in (
        options.debug,
        options.fail_empty,
        options.limit,
        options.output,
        options.format_,
        options.store,
        click.option("--current", is_flag=True, help="Leave out what has ended."),
        click.option(
            "--kind", multiple=True, metavar="KIND", help="Count only documents of this kind: news, filing, …"
        ),
        click.option("--known-by", metavar="DATE", help="Count only what this store knew on that day."),
        click.option("--as-of", metavar="DATE", help="Count only what was said to hold on that day."),
        click.option(
            "--min-sources", type=click.IntRange(min=0), default=0, metavar="N", help="Independent sources wanted."
        ),
        click.option(
            "--status", multiple=True, metavar="STATUS", help="Count only claims with this status: asserted, …"
        ),
        options.evidence,
    ):
        function = add(function)
    return function


class Questions(click.Group):
    """A group with a command for each question, and one for each way to word it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the names of the questions."""
        return list(catalog())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  as above
        """Return the command of a question."""
        found = catalog().get(cmd_name)
        return _command(found) if found else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as above
        """List the questions as an analyst asks them."""
        with formatter.section("Questions"):
            formatter.write_dl([(name, question.question) for name, question in catalog().items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the question by its name, or by its wording: one text, or several words before the first option."""
        end = next((n for n, word in enumerate(args) if word.startswith("-")), len(args))
        if args[0] in catalog():
            return args[0], self.get_command(ctx, args[0]), args[1:]
        text = " ".join(args[:end])
        if " " not in text.strip():
            find_question(text)
        return "question", _worded(text), args[end:]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and say where a question's own options stand if one comes too early."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            owners = [q.name for q in catalog().values() if q.parameter(error.option_name.lstrip("-"))]
            if owners:
                raise UsageError(
                    f"{error.option_name} belongs to a question and stands behind its name: "
                    f"kg ask {owners[0]} {error.option_name} …"
                ) from None
            raise


@click.group(
    "ask",
    epilog=options.examples(
        "kg ask",
        "kg ask leases --tenant Anthropic --evidence",
        'kg ask "who leases from SpaceX"',
        'kg ask facility "Colossus 1" -f json',
    ),
    cls=Questions,
    invoke_without_command=True,
    subcommand_metavar="[QUESTION] [OPTIONS]…",
)
@standard
@click.pass_context
def command(ctx: click.Context, /, **given: Any) -> None:
    """Ask a prebuilt question by its name, or in words. Without a question: list them.

    Each question has its own options: kg ask leases --help
    """
    if ctx.invoked_subcommand is None:
        _list(given)


def _list(given: Mapping[str, Any]) -> None:
    rows = [
        Row({"question": q.name, "title": q.title, "parameters": [p.name for p in q.parameters]})
        for q in catalog().values()
    ]
    chosen(given["format_"], given["output"]).write(Answer(rows, _LISTED))


def _command(question: Question) -> click.Command:
    """Return the command of a question, with an option for each parameter and an argument for each required one."""

    @standard
    @click.pass_context
    def run(ctx: click.Context, /, **given: Any) -> None:
        _run(ctx, question.name, parameters(question, given), given)

    made = click.command(question.name, help=help_text(question), short_help=question.question)(run)
    own: list[click.Parameter] = [option(parameter) for parameter in question.parameters]
    own += [argument(parameter) for parameter in question.parameters if parameter.required]
    made.params[:0] = own
    return made


def _worded(text: str) -> click.Command:
    """Return a command that asks what the text words."""

    @standard
    @click.pass_context
    def run(ctx: click.Context, /, **given: Any) -> None:
        _run(ctx, text, {}, given)

    return click.command("question")(run)


def _run(ctx: click.Context, name: str, values: Mapping[str, object], given: Mapping[str, Any]) -> None:
    given = _inherited(ctx, given)
    out = chosen(given["format_"], given["output"], given["limit"])
    filters = Filters(
        **{word: tuple(part for text in given[word] for part in text.split(",")) for word in _WORDS},
        min_sources=given["min_sources"],
        as_of=given["as_of"],
        known_by=given["known_by"],
        current=given["current"],
    )
    with open_store(given["store"], write=False) as store:
        answer = ask(store, name, values, filters=filters, evidence=given["evidence"], limit=out.limit)
    if answer.name != name:
        note(f"Asked: {_line(answer)}")
    out.write(answer)
    if given["fail_empty"] and not answer:
        ctx.exit(3)


def _inherited(ctx: click.Context, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with those that stood before the question's name."""
    typed = {name for name in given if _is_typed(ctx, name)}
    before = ctx.parent.params if ctx.parent else {}
    return {**given, **{n: v for n, v in before.items() if n in given and n not in typed and _is_typed(ctx.parent, n)}}


def _is_typed(ctx: click.Context | None, name: str) -> bool:
    """Say whether an option was typed, and does not only come from the environment."""
    return ctx is not None and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE


def _line(answer: Answer) -> str:
    """Return the command that asks the same by name."""
    question = catalog()[answer.name]
    words = []
    for name, value in answer.parameters.items():
        flag = next(p.option for p in question.parameters if p.name == name)
        words.append(f'{flag} "{value}"' if " " in str(value) else f"{flag} {value}")
    return " ".join(["kg ask", answer.name, *words])
