"""JSON and JSON Lines: objects whose keys are the declared columns, with ``evidence`` where it was asked for."""

import json
from typing import TextIO

from kg.questions.answer import Answer

_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode


def write_json(answer: Answer, out: TextIO) -> None:
    """Write one list, an object a line."""
    out.write("[")
    out.writelines((",\n " if number else "\n ") + _encode(row.to_dict()) for number, row in enumerate(answer))
    out.write("\n]\n" if len(answer) else "]\n")


def write_jsonl(answer: Answer, out: TextIO) -> None:
    """Write one object a line."""
    out.writelines(_encode(row.to_dict()) + "\n" for row in answer)


WRITERS = {"json": write_json, "jsonl": write_jsonl}
