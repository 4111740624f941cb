"""How fast prose is read, step by step, on one core.

    python benchmarks/reading_prose.py [--corpus FOLDER] [--check]

The documents are the packaged sample, or the texts of a folder. Of each step are shown its share of the time, and the
MB of text that would be read in a second if it were the only one: what a faster reading would have to leave out. "words
alone" is the least that any reading does: to cut the text into words. Each document is read once before it is measured,
and times are those of the processor. With --check, which the tests use, two documents are read.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from kg.workers import one_thread

one_thread()  # said before what multiplies matrices is imported, which looks once

from kg.core.document import Document  # noqa: E402  as above, and all that follow
from kg.extract.encoding import texts  # noqa: E402
from kg.extract.extractor import Extractor  # noqa: E402
from kg.extract.grammar.tokens import tokenize  # noqa: E402
from kg.extract.naming.names import name_document  # noqa: E402
from kg.extract.proposing.propose import Proposer  # noqa: E402
from kg.extract.ranking.ranker import rank, trained  # noqa: E402
from kg.extract.reading import read  # noqa: E402
from kg.text.segment import segments  # noqa: E402

T = TypeVar("T")
REST = "status, qualifiers, attributes"


class Clock:
    """The seconds that each step takes."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, step: str, work: Callable[[], T]) -> T:
        """Return what a step gives."""
        start = time.process_time()
        found = work()
        self.seconds[step] += time.process_time() - start
        return found


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--corpus", type=Path, metavar="FOLDER", help="a folder with .txt files")
    options.add_argument("--check", action="store_true", help="only see that it runs: two documents")
    given = options.parse_args()
    documents = _documents(given.corpus)[: 2 if given.check else None]
    if not documents:
        sys.exit(f"{given.corpus}: no .txt files")
    extractor, clock = Extractor(), Clock()
    for document in documents:
        extractor.extract(document)  # what is remembered of words is remembered for steps and whole alike
        _steps(document, clock)
        clock.time("all", lambda document=document: extractor.extract(document))  # type: ignore[misc]
    _print(clock, sum(len(document.text.encode()) for document in documents) / 1e6)


def _steps(document: Document, clock: Clock) -> None:
    text = document.text
    parts = clock.time("segments", lambda: segments(text))
    clock.time("words alone", lambda: [tokenize(text, part.start, part.end) for part in parts])
    encoder = texts.trained()
    encoded = clock.time("encoder", lambda: encoder.encode(text, parts))
    entities, places = clock.time("names", lambda: name_document(text, parts, encoder.hints(encoded)))
    reading = clock.time("grammar", lambda: read(text, parts, entities, places))
    clock.time("candidates and ranker", lambda: rank(Proposer(reading), encoded, trained()))


def _print(clock: Clock, megabytes: float) -> None:
    whole = clock.seconds["all"]
    told = {step: seconds for step, seconds in clock.seconds.items() if step not in ("all", "words alone")}
    told[REST] = max(whole - sum(told.values()), 0.0)
    print(f"{'step':34}{'share':>8}{'MB/s alone':>12}")
    for step, seconds in {**told, "all": whole, "words alone": clock.seconds["words alone"]}.items():
        print(f"{step:34}{seconds / whole:8.2f}{megabytes / max(seconds, 1e-6):12.3f}")


def _documents(folder: Path | None) -> Sequence[Document]:
    paths = sorted((Path(str(files("kg") / "sample")) if folder is None else folder).glob("*.txt"))
    return [Document(path.read_text(encoding="utf-8"), str(path)) for path in paths]


if __name__ == "__main__":
    main()
