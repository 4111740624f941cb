"""Whole documents written to learn from, in ``stories/*.txt``: like passages, but told at length, sentence by sentence.

A line ``===`` opens a document. Then every line of text is one sentence, heading, bullet or table row, with the facts
that it states below it after ``>`` (the form of passages.py); lines that follow each other make a paragraph, an empty
line ends it, and lines that begin with ``#``, ``*``, ``|`` or ``Q:`` stand by themselves::

    === trade press
    # [[Tarn Cloud|C]] fills its last hall

    [[Tarn Cloud|C]] has found a tenant for [[Gorse Field|F]].
    It will rent the site to [[Pinewhistle AI|C]] for 12 years.
    > planned: Pinewhistle AI LEASES_FROM Tarn Cloud; facility=Gorse Field; term_years=12
    > planned: Pinewhistle AI LEASES Gorse Field; term_years=12

Files go by what they tell of; ``mixed-*`` and ``further-*`` have the kinds of text that analysts read side by side.

Names must be marked wherever they stand; a fact may use any name that the document marks. ``python -m
scripts.train.stories`` checks them.
"""

import re
import sys
from collections import Counter
from pathlib import Path

from kg.text.segment import segments
from scripts.train.corpus import Annotated
from scripts.train.passages import MARK, Passage, add_entities, add_fact

FOLDER = Path(__file__).with_name("stories")
_APART = re.compile(r"[#*|]|Q:|A:")


def stories(paths: list[Path] | None = None) -> list[Annotated]:
    """Return the documents of the files; raises ValueError with file and document where one is wrong."""
    found = []
    for path in paths or sorted(FOLDER.glob("*.txt")):
        parts = re.split(r"^===[^\n]*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for number, part in enumerate(parts[1:], 1):
            name = f"{path.stem}-{number}"
            try:
                found.append(_story(name, part))
            except ValueError as error:
                raise ValueError(f"{path.name}, document {number}: {error}") from None
    return found


def _story(name: str, part: str) -> Annotated:
    lines = [line.strip() for line in part.strip().split("\n")]
    whole = Passage(name, "")
    add_entities(whole, "\n".join(line for line in lines if not line.startswith(">")))
    text, previous, told = "", "", ""
    for line in lines:
        if line.startswith(">"):
            whole.text = told
            add_fact(whole, line[1:].strip())
            continue
        if line:
            told = MARK.sub(lambda m: m[1], line)
            apart = not previous or bool(_APART.match(line)) or bool(_APART.match(previous))
            text += ("" if not text else "\n\n" if not previous else "\n" if apart else " ") + told
        previous = line
    for entity in whole.entities.values():
        if entity["name"] not in text:
            raise ValueError(f"{entity['name']!r} is not in the text by that name")
    gold = {
        "id": name,
        "published": None,
        "entities": list(whole.entities.values()),
        "relations": whole.relations,
        "attributes": whole.attributes,
    }
    return Annotated(name, text + "\n", gold, segments(text + "\n"))


def main() -> None:
    """Check the files and print how many documents and facts they hold."""
    try:
        found = stories([Path(a) for a in sys.argv[1:]])
    except ValueError as error:
        print(error)
        sys.exit(1)
    counts = Counter(f["p"] for d in found for f in [*d.gold["relations"], *d.gold["attributes"]])
    statuses = Counter(f["status"] for d in found for f in d.gold["relations"])
    words = sum(len(d.text.split()) for d in found)
    print(f"{len(found)} documents, {words} words, {counts.total()} facts, 0 wrong")
    print(", ".join(f"{p} {n}" for p, n in counts.most_common()))
    print(", ".join(f"{s} {n}" for s, n in statuses.most_common()))


if __name__ == "__main__":
    main()
