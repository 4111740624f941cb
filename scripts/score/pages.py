"""Writes down what was reached: figures in one file, and the tables of README and docs/extraction.md from that file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scripts.score.losses import STEPS
from scripts.score.measure import Measured
from scripts.score.report import ROWS
from scripts.steps import ROOT

REACHED = ROOT / "tests" / "gold" / "reached.json"
PAGES = (ROOT / "README.md", ROOT / "docs" / "extraction.md")
MARGIN = 0.02
"""How far below what was reached a figure may fall before a test says so."""

GUARDED = ("relations_f1", "recall_at_p90", "attributes_f1", "qualifiers_f1", "status_right", "evidence_verbatim")
"""Figures that must not fall."""

BLOCK = re.compile(r"(<!-- figures: (\w+) -->\n)(.*?)(<!-- end of figures -->)", re.DOTALL)

_LIST = re.compile(r"\[[^\[\]{}]*\]")
"""A list of plain values, which takes one line."""

Figures = Mapping[str, Any]


def reached() -> dict[str, Any]:
    """Return what was written down: the margin, the best that each set ever reached, its title and its figures now."""
    if not REACHED.is_file():
        return {"margin": MARGIN, "best": {}, "sets": {}}
    return dict(json.loads(REACHED.read_text(encoding="utf-8")))


def write(measured: Sequence[Measured]) -> None:
    """Write down the figures of these sets, those of others staying, and fill the tables of the pages."""
    data = reached()
    for one in measured:
        figures = one.figures()
        data["sets"][one.name] = {"title": one.title, **figures}
        data["best"][one.name] = best(data["best"].get(one.name, figures), figures)
    text = _LIST.sub(lambda found: " ".join(found.group().split()), json.dumps(data, ensure_ascii=False, indent=1))
    REACHED.write_text(text + "\n", encoding="utf-8", newline="\n")
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8"), data), encoding="utf-8", newline="\n")


def filled(text: str, data: Mapping[str, Any]) -> str:
    """Return a page with its tables made anew from what was written down."""
    return BLOCK.sub(lambda found: found[1] + _table(found[2], list(data["sets"].values())) + found[4], text)


def best(before: Figures, now: Figures) -> dict[str, float]:
    """Return the better one of each figure that is guarded: writing down never lowers what a test asks for."""
    least = min(before["calibration_error"], now["calibration_error"])
    return {**{name: max(before[name], now[name]) for name in GUARDED}, "calibration_error": least}


def fallen(before: Figures, now: Figures, margin: float) -> list[str]:
    """Return what has become worse by more than the margin, in words."""
    worse = [name for name in GUARDED if now[name] < before[name] - margin]
    if now["calibration_error"] > before["calibration_error"] + margin:
        worse.append("calibration_error")
    return [f"{name}: {now[name]:.3f}, it was {before[name]:.3f}" for name in worse]


def _table(name: str, sets: Sequence[Figures]) -> str:
    if not sets:
        return ""
    tables = {"extraction": _figures, "predicates": _predicates, "curve": _curve, "losses": _losses}
    return "\n" + "\n".join(tables[name](sets)) + "\n\n"


def _figures(sets: Sequence[Figures]) -> Iterator[str]:
    yield from _head("", sets)
    for name, words, form in ROWS:
        yield _row(words, (form.format(one[name]) for one in sets))


def _predicates(sets: Sequence[Figures]) -> Iterator[str]:
    yield from _head("P / R / F1 (number)", sets)
    for name in sorted({name for one in sets for name in one["by_predicate"]}):
        cells = (one["by_predicate"].get(name) for one in sets)
        yield _row(f"`{name}`", ("{:.2f} / {:.2f} / {:.2f} ({:,})".format(*cell) if cell else "" for cell in cells))


def _curve(sets: Sequence[Figures]) -> Iterator[str]:
    yield from _head("at least", sets)
    for points in zip(*(one["curve"] for one in sets), strict=True):
        yield _row(f"{points[0][0]:.2f}", (f"{p:.2f} / {r:.2f}" if r else "–" for _, p, r in points))


def _losses(sets: Sequence[Figures]) -> Iterator[str]:
    shown = [one for one in sets if one["lost"]]
    yield from _head("lost because", shown)
    for step, words in STEPS.items():
        shares = (one["lost"][step] / max(1, one["relations"]) for one in shown)
        yield _row(words, (f"{share:.1%}" for share in shares))


def _head(first: str, sets: Sequence[Figures]) -> Iterator[str]:
    yield _row(first, (one["title"] for one in sets))
    yield _row("---", ("---:" for _ in sets))


def _row(first: str, cells: Any) -> str:
    return f"| {' | '.join([first, *cells])} |"
