"""The table of output formats, and the way from what the user asked for to one of them."""

from collections.abc import Callable
from importlib import import_module
from pathlib import PurePath
from typing import TextIO

from kg.exceptions import UsageError, did_you_mean
from kg.questions.answer import Answer

Write = Callable[[Answer, TextIO], None]
"""What writes an answer as a whole to a text stream."""

FORMATS = {
    "table": ("text", (".txt",), "for reading; long values wrapped, numbers with units"),
    "csv": ("delimited", (".csv",), "comma-separated, with a header: spreadsheets"),
    "tsv": ("delimited", (".tsv", ".tab"), "the same with tabs"),
    "json": ("jsons", (".json",), "one list of objects"),
    "jsonl": ("jsons", (".jsonl", ".ndjson"), "one object a line"),
    "md": ("markdown", (".md", ".markdown"), "a Markdown table: notes, issues"),
}
"""Every format by name: its module, the suffixes of its files, what it is for."""


def format_for(name: str | None, output: str | None, *, terminal: bool) -> str:
    """Return the name of the format: the one asked for, else that of the file's suffix, else by where it goes.

    A terminal gets a table, everything else CSV. Raises UsageError with the right names.
    """
    if name is not None:
        return _checked(name)
    if output is not None:
        return _by_suffix(output)
    return "table" if terminal else "csv"


def writer(name: str) -> Write:
    """Return what writes this format."""
    module = import_module(f"kg.render.{FORMATS[name][0]}")
    return module.WRITERS[name]  # type: ignore[no-any-return]  # the table above says what the modules hold


def _checked(name: str) -> str:
    plain = name.lower().lstrip(".")
    if plain not in FORMATS:
        raise UsageError(f"No format {name!r}.{did_you_mean(plain, FORMATS)} Formats: {', '.join(FORMATS)}")
    return plain


def _by_suffix(output: str) -> str:
    suffix = PurePath(output).suffix.lower()
    found = next((name for name, (_, suffixes, _) in FORMATS.items() if suffix in suffixes), None)
    if found is None:
        known = [suffixes[0] for _, suffixes, _ in FORMATS.values()]
        raise UsageError(
            f"{output}: no format has the suffix {suffix!r}.{did_you_mean(suffix, known)} "
            f"Suffixes: {' '.join(known)}; or name one with --format."
        )
    return found
