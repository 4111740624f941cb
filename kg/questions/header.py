"""Reads the header of a question's file: comment lines before the query, by keyword."""

import re
from pathlib import Path
from typing import Any

from kg.exceptions import OntologyError

_LINE = re.compile(r"(?P<key>[a-z]+):(?: (?P<value>.+))?")
_ITEM = re.compile(r"(?P<name>[a-z]\w*)(?: \((?P<type>[^)]*)\))?: (?P<meaning>.+)")
_WORDING = re.compile(r"(?P<text>[^\[\]]+?)(?: \[(?P<preset>[^\]]*)\])?")

TEXTS = ("name", "title", "question")
OPTIONAL = ("rows", "search")
LISTS = ("wordings", "examples", "parameters", "given", "columns", "internal")


def read(path: Path) -> dict[str, Any]:
    """Return the header of a file and its query as the compiled form of a question; raises OntologyError.

    Only the form is checked here; ``kg.questions.check`` compares it with the query and the ontology.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    end = next((n for n, line in enumerate(lines) if not line.startswith("//")), len(lines))
    sections = _sections(path, lines[:end])
    missing = [key for key in (*TEXTS, "wordings", "examples", "columns") if not sections.get(key)]
    if missing:
        raise OntologyError(f"{path.name}: the header lacks {', '.join(missing)}")
    data: dict[str, Any] = {key: sections[key] for key in TEXTS}
    return data | {
        "theme": path.parent.name,
        "about": sections.get("rows", "facts"),
        "search": sections.get("search"),
        "wordings": [_wording(path, number, text) for number, text in sections["wordings"]],
        "examples": [text for _, text in sections["examples"]],
        "parameters": [_parameter(path, number, text) for number, text in sections.get("parameters", ())],
        **{
            key: [_item(path, number, text)["name"] for number, text in sections.get(key, ())]
            for key in ("given", "internal")
        },
        "columns": [_column(path, number, text) for number, text in sections["columns"]],
        "cypher": "\n".join(lines[end:]).strip(),
    }


def _sections(path: Path, lines: list[str]) -> dict[str, Any]:
    """Return the texts by keyword, and for lists their items with the number of the line."""
    found: dict[str, Any] = {}
    items: list[tuple[int, str]] | None = None
    for number, line in enumerate(lines, 1):
        text = line.removeprefix("//").rstrip()
        if text.startswith("   ") and items is not None:
            items.append((number, text.strip()))
            continue
        match = _LINE.fullmatch(text.strip())
        if not match or match["key"] not in (*TEXTS, *OPTIONAL, *LISTS) or match["key"] in found:
            raise OntologyError(f"{path.name}, line {number}: {text.strip()!r} is no header line, or comes twice")
        is_list = match["key"] in LISTS
        if is_list == bool(match["value"]):
            raise OntologyError(
                f"{path.name}, line {number}: {match['key']} takes {'lines below it' if is_list else 'a text'}"
            )
        items = [] if is_list else None
        found[match["key"]] = items if is_list else match["value"]
    return found


def _item(path: Path, number: int, text: str) -> dict[str, str]:
    match = _ITEM.fullmatch(text)
    if not match:
        raise OntologyError(f"{path.name}, line {number}: {text!r} is not of the form: name (type): meaning")
    return {key: value or "" for key, value in match.groupdict().items()}


def _parameter(path: Path, number: int, text: str) -> list[Any]:
    """Return name, type, meaning, required, default and choices of ``name (type, required): meaning``."""
    item = _item(path, number, text)
    kind, _, default = item["type"].partition(" = ")
    choices: list[str] = []
    required = kind.endswith(", required")
    kind = kind.removesuffix(", required")
    if kind.startswith("one of "):
        kind, choices = "choice", kind.removeprefix("one of ").split(", ")
    kind = kind.replace(" or ", "|")
    value: float | str | None = default or None
    if kind == "number" and default:
        value = float(default)
    return [item["name"], kind, item["meaning"], required, value, choices]


def _column(path: Path, number: int, text: str) -> list[Any]:
    """Return name, type, meaning, unit of ``name (type, unit): meaning``."""
    item = _item(path, number, text)
    kind, _, unit = item["type"].partition(", ")
    return [item["name"], kind.replace(" or ", "|"), item["meaning"], unit or None]


def _wording(path: Path, number: int, text: str) -> list[Any]:
    """Return text and presets of ``who leads {what} [relation=leads]``."""
    match = _WORDING.fullmatch(text)
    pairs = [pair.partition("=") for pair in (match["preset"] or "").split(", ") if pair] if match else []
    if not match or any(not value for _, _, value in pairs):
        raise OntologyError(
            f"{path.name}, line {number}: {text!r} is not of the form: words {{slot}} [parameter=value]"
        )
    return [match["text"], {name: value for name, _, value in pairs}]
