"""Where output goes: whether somebody looks, how wide the window is, whether colours are wanted."""

import os
import shutil
import sys
from typing import TextIO


def is_terminal(stream: TextIO) -> bool:
    """Say whether a person reads this stream; KG_FORCE_TTY makes it so."""
    if os.environ.get("KG_FORCE_TTY"):
        return True
    return stream.isatty()


def colours(stream: TextIO) -> bool:
    """Say whether to use colours: on a terminal, unless NO_COLOR is set; everywhere if CLICOLOR_FORCE is."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int:
    """Return the width of the terminal in characters; COLUMNS overrides it."""
    return shutil.get_terminal_size((80, 24)).columns if is_terminal(stream) else 80


def note(text: str) -> None:
    """Say something to the person at the terminal that is no data."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()
