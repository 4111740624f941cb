"""``kg completion``: shell completion, entity names included."""

import click

from kg.cli import options
from kg.exceptions import UsageError, did_you_mean

SHELLS = ("bash", "zsh", "fish")


@click.command("completion", epilog=options.examples("kg completion bash", "kg completion zsh"))
@click.argument("shell", shell_complete=lambda _context, _parameter, text: [s for s in SHELLS if s.startswith(text)])
@options.debug
def command(shell: str) -> None:
    """Print the script that lets a shell complete commands, options and the names of entities.

    SHELL is bash, zsh or fish. To install it, put its output where your shell reads it at start, for instance:
    kg completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415  only here

    from kg.cli.root import root  # noqa: PLC0415  the root imports this module

    if shell not in SHELLS:
        raise UsageError(f"No shell {shell!r}.{did_you_mean(shell, SHELLS)} There are: {', '.join(SHELLS)}")
    made = get_completion_class(shell)
    assert made is not None  # noqa: S101  click has these three
    click.echo(made(root, {}, "kg", "_KG_COMPLETE").source())
