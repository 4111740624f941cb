"""Signs of status: where a segment has words of the classes of ``ontology/lexicon/status.txt``."""

from collections.abc import Sequence
from functools import cache

from kg import resources
from kg.extract.grammar.items import Item

LONGEST = 5


@cache
def signs() -> tuple[tuple[str, ...], dict[str, list[tuple[tuple[str, ...], int]]]]:
    """Return the names of the classes, and the phrases by their first word, each with the number of its class."""
    lines = (resources.folder("ontology") / "lexicon" / "status.txt").read_text(encoding="utf-8").splitlines()
    names: list[str] = []
    phrases: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, *entries = line.split()
            for entry in entries:
                words = tuple(entry.split("_"))
                phrases.setdefault(words[0], []).append((words, len(names)))
            names.append(name)
    return tuple(names), phrases


def phrases_at(items: Sequence[Item]) -> list[tuple[int, int, str]]:
    """Return the phrases of a segment: item, class, words."""
    _, phrases = signs()
    found = []
    for at, item in enumerate(items):
        if item.kind == "word":
            for form in {item.lower.partition(" ")[0], item.lemma}:
                for words, number in phrases.get(form, ()):
                    if _follows(items, at, words):
                        found.append((at, number, " ".join(words)))
    return sorted(set(found))


def find(items: Sequence[Item]) -> list[list[int]]:
    """Return for each class the items at which one of its phrases begins."""
    names, phrases = signs()
    found: list[list[int]] = [[] for _ in names]
    for at, item in enumerate(items):
        if item.kind != "word":
            continue
        for form in {item.lower.partition(" ")[0], item.lemma}:
            for words, number in phrases.get(form, ()):
                if _follows(items, at, words) and (not found[number] or found[number][-1] != at):
                    found[number].append(at)
    return found


def _follows(items: Sequence[Item], at: int, words: tuple[str, ...]) -> bool:
    if items[at].lower == " ".join(words):
        return True
    if at + len(words) > len(items):
        return False
    return all(word in (items[at + n].lower, items[at + n].lemma) for n, word in enumerate(words))


@cache
def class_of(lemma: str) -> tuple[str, ...]:
    """Return the classes of a single word."""
    names, phrases = signs()
    return tuple(sorted({names[number] for words, number in phrases.get(lemma, ()) if len(words) == 1}))
