"""The command line: thin commands that parse, call one function, and render what it gives."""


def main() -> None:
    """Run the command that the program's arguments name; never returns."""
    from kg.cli.root import root  # noqa: PLC0415  importing the package must cost nothing

    root.main(prog_name="kg")
