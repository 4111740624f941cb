"""Passages written to learn from: short texts with their names marked and their facts below, in ``passages/*.txt``.

A passage is a few lines of text in which names are marked ``[[name|TYPE]]`` (the first letter or two of the type), then
its facts, one a line after ``>``; blank lines separate passages::

    [[Tarn Cloud|C]] rents the whole of [[Gorse Field|F]] to [[Pinewhistle AI|C]] for 12 years.
    > Pinewhistle AI LEASES_FROM Tarn Cloud; facility=Gorse Field; term_years=12
    > Pinewhistle AI LEASES Gorse Field; term_years=12

A second form of a name is marked ``[[Tarn|C=Tarn Cloud]]``. A fact that is not asserted begins with its status
(``> planned: …``). Attributes: ``> Gorse Field capacity_mw 240``. ``python -m scripts.train.passages`` checks them.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.core.claim import STATUSES
from kg.schema.ontology import ontology
from kg.text.segment import segments
from scripts.train.corpus import Annotated

FOLDER = Path(__file__).with_name("passages")
TYPES = {"C": "Company", "F": "Facility", "CH": "Chip", "M": "Model", "P": "Person", "PL": "Place"}
PER_DOCUMENT = 9
MARK = re.compile(r"\[\[([^\[\]|]+)\|([A-Z]{1,2})(?:=([^\[\]]+))?\]\]")
_STATUS = re.compile(rf"({'|'.join(STATUSES)}):\s*")


@dataclass(slots=True)
class Passage:
    """A passage: its text without marks, its entities by name, its facts in the form of a gold file."""

    where: str
    text: str
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)
    relations: list[dict[str, Any]] = field(default_factory=list)
    attributes: list[dict[str, Any]] = field(default_factory=list)


def read_passages(path: Path) -> Iterator[Passage | str]:
    """Yield the passages of a file, and a line for each that is wrong."""
    for number, block in enumerate(re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip()), 1):
        where = f"{path.name}, passage {number}"
        try:
            yield _passage(where, block)
        except ValueError as error:
            yield f"{where}: {error}"


def _passage(where: str, block: str) -> Passage:
    lines = [line for line in block.split("\n") if line.strip()]
    told = [line for line in lines if not line.startswith(">")]
    said = [line[1:].strip() for line in lines if line.startswith(">")]
    if not told:
        raise ValueError("no text")
    passage = Passage(where, "")
    add_entities(passage, "\n".join(told))
    passage.text = MARK.sub(lambda m: m[1], "\n".join(told))
    for name in passage.entities:
        if name not in passage.text:
            raise ValueError(f"{name!r} is not in the text by that name")
    for line in said:
        add_fact(passage, line)
    return passage


def add_entities(passage: Passage, marked: str) -> None:
    """Add the entities that a text marks; raises ValueError where a mark is wrong."""
    for form, kind, full in MARK.findall(marked):
        if kind not in TYPES:
            raise ValueError(f"unknown type {kind!r} of {form!r}")
        entity = passage.entities.setdefault(full or form, {"name": full or form, "type": TYPES[kind], "aliases": []})
        if entity["type"] != TYPES[kind]:
            raise ValueError(f"{form!r} has two types")
        if full and form not in entity["aliases"]:
            entity["aliases"].append(form)
    plain = MARK.sub("", marked)
    if "[[" in plain or "]]" in plain:
        raise ValueError("a mark is not closed")


def add_fact(passage: Passage, line: str) -> None:
    """Add a fact as a line states it; raises ValueError where it names or says what it may not."""
    found = _STATUS.match(line)
    status = found[1] if found else "asserted"
    fact, *limits = (part.strip() for part in line[found.end() if found else 0 :].split(";"))
    predicates = ontology().predicates
    relation = re.fullmatch(rf"(.+) ({'|'.join(sorted(predicates, key=len, reverse=True))}) (.+)", fact)
    if relation:
        subject, predicate, target = relation.groups()
        known = predicates[predicate]
        for name, kinds in ((subject, known.domain), (target, known.range)):
            if name not in passage.entities:
                raise ValueError(f"{name!r} is not marked in the text")
            if passage.entities[name]["type"] not in kinds:
                raise ValueError(f"{name!r} is a {passage.entities[name]['type']}, which {predicate} does not take")
        quals = dict(_limit(limit, known.qualifiers) for limit in limits)
        passage.relations.append(
            {"s": subject, "p": predicate, "o": target, "status": status, "quals": quals, "evidence": passage.text}
        )
        return
    attribute = re.fullmatch(r"(.+?) ([a-z_]+) (\S+)", fact)
    if not attribute or attribute[2] not in ontology().attributes or attribute[1] not in passage.entities:
        raise ValueError(f"not a fact: {line!r}")
    value: Any = attribute[3]
    if ontology().attributes[attribute[2]].kind == "number":
        value = float(value)
    passage.attributes.append(
        {"e": attribute[1], "p": attribute[2], "v": value, "status": status, "evidence": passage.text}
    )


def _limit(text: str, allowed: tuple[str, ...]) -> tuple[str, Any]:
    name, _, value = (part.strip() for part in text.partition("="))
    if name not in allowed:
        raise ValueError(f"qualifier {name!r} is not one of {', '.join(allowed)}")
    number = ontology().qualifiers[name].kind == "number"
    return name, float(value) if number else value


def documents() -> list[Annotated]:
    """Return the passages as documents of several passages each, in which no name means two things."""
    found: list[Annotated] = []
    for path in sorted(FOLDER.glob("*.txt")):
        group: list[Passage] = []
        for passage in read_passages(path):
            if isinstance(passage, str):
                raise ValueError(passage)  # noqa: TRY004  what is wrong with the passage
            if len(group) >= PER_DOCUMENT or any(_clash(passage, other) for other in group):
                found.append(_document(f"{path.stem}-{len(found)}", group))
                group = []
            group.append(passage)
        if group:
            found.append(_document(f"{path.stem}-{len(found)}", group))
    return found


def _clash(one: Passage, other: Passage) -> bool:
    forms = {f: e["name"] for e in other.entities.values() for f in (e["name"], *e["aliases"])}
    types = {e["name"]: e["type"] for e in other.entities.values()}
    for entity in one.entities.values():
        for form in (entity["name"], *entity["aliases"]):
            if form in forms and (forms[form] != entity["name"] or types[entity["name"]] != entity["type"]):
                return True
    return False


def _document(name: str, group: list[Passage]) -> Annotated:
    text = "\n\n".join(p.text for p in group) + "\n"
    entities: dict[str, dict[str, Any]] = {}
    for passage in group:
        for entity in passage.entities.values():
            known = entities.setdefault(entity["name"], {**entity, "aliases": []})
            known["aliases"] = sorted({*known["aliases"], *entity["aliases"]})
    gold = {
        "id": name,
        "published": None,
        "entities": list(entities.values()),
        "relations": [r for p in group for r in p.relations],
        "attributes": [a for p in group for a in p.attributes],
    }
    return Annotated(name, text, gold, segments(text))


def main() -> None:
    """Check every passage and print how many there are, and what they hold."""
    wrong: list[str] = []
    passages: list[Passage] = []
    for path in [Path(a) for a in sys.argv[1:]] or sorted(FOLDER.glob("*.txt")):
        for passage in read_passages(path):
            if isinstance(passage, str):
                wrong.append(passage)
            else:
                passages.append(passage)
    for line in wrong:
        print(line)
    counts: dict[str, int] = {}
    for passage in passages:
        for fact in [*passage.relations, *passage.attributes]:
            counts[fact["p"]] = counts.get(fact["p"], 0) + 1
    print(f"{len(passages)} passages, {sum(counts.values())} facts, {len(wrong)} wrong")
    print(", ".join(f"{p} {n}" for p, n in sorted(counts.items(), key=lambda pair: -pair[1])))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
