"""Extracts the documents of a set in several processes, and keeps what they gave while the extractor is the same."""

import hashlib
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg import resources
from scripts.score.gold import Gold, GoldSet
from scripts.score.losses import Trace, trace
from scripts.steps import ROOT

CACHE = ROOT / "build" / "score"
_EVERY_SECONDS = 10.0
_FIRST = "Anthropic has signed with xAI for all 300 MW of Colossus 1 in Memphis, worth $5 billion."


@dataclass(frozen=True, slots=True)
class Read:
    """One document read: its text, its claims, what was dropped, CPU seconds, and what each step had if traced."""

    text: str
    claims: list[dict[str, Any]]
    dropped: list[dict[str, Any]]
    seconds: float
    trace: Trace | None


@cache
def version() -> str:
    """Return the version of what reads: the extractor with its data, and this code."""
    here = Path(__file__).parent
    own = resources.fingerprint([here / "read.py", here / "losses.py"])
    return f"{_extractor().version}-{own[:6]}"


def read_set(documents: GoldSet, jobs: int) -> list[Read]:
    """Return the documents of a set as they are read; in ``jobs`` processes those that are not kept from before."""
    folder = CACHE / version() / documents.name
    folder.mkdir(parents=True, exist_ok=True)
    kept = {gold.name: read for gold in documents.documents if (read := _kept(folder, gold))}
    new = [gold for gold in documents.documents if gold.name not in kept]
    tasks = [(str(gold.path), not documents.sealed) for gold in new]
    for number, (gold, found) in enumerate(zip(new, _run(tasks, jobs), strict=True), 1):
        _keep(folder, gold, found)
        kept[gold.name] = found
        _say(documents.title, number, len(new))
    return [kept[gold.name] for gold in documents.documents]


def read_document(path: str, *, traced: bool) -> Read:
    """Read one document as ``kg extract`` does."""
    from kg.examine import considered  # noqa: PLC0415  each process imports what reads
    from kg.reading import Source, readings  # noqa: PLC0415  as above
    from kg.reading import read as sources  # noqa: PLC0415  as above

    (reading,) = readings(sources(Source((path,))), lambda _: None)
    start = time.process_time()
    found = list(considered(reading, _extractor()))
    seconds = time.process_time() - start
    text = reading.document.text
    claims = [item.claim.to_json() for item in found if item.reason is None]
    dropped = [item.claim.to_json() for item in found if item.reason is not None]
    return Read(text, claims, dropped, seconds, trace(text) if traced else None)


@cache
def _extractor() -> Any:
    from kg.core.document import Document  # noqa: PLC0415  as above
    from kg.extract.extractor import Extractor  # noqa: PLC0415  as above

    extractor = Extractor()
    extractor.extract(Document(_FIRST, "first.txt"))  # so that reading the weights counts for no document
    return extractor


def _run(tasks: list[tuple[str, bool]], jobs: int) -> Iterator[Read]:
    if jobs <= 1 or len(tasks) < 2 * jobs:
        yield from map(_task, tasks)
        return
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_task, tasks)


def _task(task: tuple[str, bool]) -> Read:
    return read_document(task[0], traced=task[1])


def _file(folder: Path, gold: Gold) -> Path:
    return folder / f"{gold.name}-{hashlib.sha256(gold.path.read_bytes()).hexdigest()[:12]}.json"


def _kept(folder: Path, gold: Gold) -> Read | None:
    path = _file(folder, gold)
    if not path.is_file():
        return None
    return Read(**json.loads(path.read_text(encoding="utf-8")))


def _keep(folder: Path, gold: Gold, read: Read) -> None:
    data = {name: getattr(read, name) for name in Read.__slots__}
    path = _file(folder, gold)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    temporary.replace(path)


def _say(title: str, done: int, total: int) -> None:
    """Show progress: a line that changes on a terminal, elsewhere a line now and then."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{title}: {done} of {total} documents" if done < total else "\r\x1b[K")
        sys.stderr.flush()
    elif done == total or time.monotonic() > _say_next[0]:
        _say_next[0] = time.monotonic() + _EVERY_SECONDS
        sys.stderr.write(f"{title}: {done} of {total} documents\n")


_say_next = [0.0]
"""When the next line of progress is due, where nobody watches a terminal."""
