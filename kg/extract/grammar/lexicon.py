"""The lexicon: which words say which predicate, and where their arguments stand. Data in ``ontology/lexicon``."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from kg import resources
from kg.exceptions import OntologyError
from kg.extract.grammar.words import themes
from kg.schema.cache import cached
from kg.schema.ontology import Ontology, ontology

AMOUNTS = ("power", "money", "term", "percent", "count")


@dataclass(frozen=True, slots=True)
class Use:
    """One way in which a trigger is used: for each role the slots in which its filler is expected, surest first.

    ``wants`` names what must be near (one of them, or all that one of ``joint`` names), ``bars`` what must not;
    ``weight`` is how strongly the use speaks for its predicates when all fits: 3 says so outright, 1 may.
    """

    frame: str
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    wants: frozenset[str]
    bars: frozenset[str]
    weight: int
    joint: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with what it says, and what it must not be taken to say: "PREDICATE subject > object"."""

    text: str
    says: tuple[str, ...]
    not_said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a group of triggers says: the entity types of its roles, and which predicate joins which two of them."""

    name: str
    roles: dict[str, tuple[str, ...]]
    says: tuple[tuple[str, str, str, float], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Lexicon:
    """All frames, and the uses of each verb and noun lemma. Phrases are keyed by their words."""

    frames: dict[str, Frame]
    verbs: dict[str, list[Use]]
    nouns: dict[str, list[Use]]

    @cached_property
    def predicates(self) -> tuple[str, ...]:
        """The predicates that English has words for here, in the order of the ontology; registers know others."""
        said = {predicate for frame in self.frames.values() for predicate, *_ in frame.says}
        return tuple(name for name in ontology().predicates if name in said)


@cache
def lexicon() -> Lexicon:
    """Return the package's lexicon, from the compiled form if there is one."""
    files = sorted((resources.folder("ontology") / "lexicon").glob("*.yml"))
    key = resources.fingerprint([*files, resources.folder("ontology") / "compute.ttl"])

    def build() -> Any:
        import yaml  # noqa: PLC0415  the compiled form needs none

        merged: dict[str, Any] = {}
        for file in files:
            for name, frame in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                _check(file.name, name, frame, ontology())
                merged[name] = frame
        return merged

    return _lexicon(cached("lexicon", key, build))


_NEAR_WORDS = frozenset((*AMOUNTS, "majority", "minority", "several", "regular", "pronoun", "got", "is"))


def _check(file: str, name: str, frame: dict[str, Any], known: Ontology) -> None:
    """Refuse a frame that speaks of a predicate, type, role or condition that does not exist."""
    for role, types in frame["roles"].items():
        for kind in types.split("|"):
            if kind not in known.types:
                raise OntologyError(f"{file}: {name}: role {role} has unknown type {kind}")
    for line in frame["says"]:
        predicate, *roles = line.split()[:3]
        if predicate not in known.predicates:
            raise OntologyError(f"{file}: {name}: unknown predicate {predicate}")
        for role in roles:
            if role not in frame["roles"]:
                raise OntologyError(f"{file}: {name}: {predicate} needs the role {role}")
    for part in ("verbs", "nouns"):
        for words, uses in frame.get(part, {}).items():
            for use in uses:
                _check_use(f"{file}: {name}: {words}", use, frame["roles"], known)


def _check_use(where: str, use: str, roles: dict[str, Any], known: Ontology) -> None:
    conditions = _NEAR_WORDS.union(known.types, *themes().values())
    for pair in use.split():
        role, _, value = pair.partition("=")
        if role not in (*roles, "if", "not", "w"):
            raise OntologyError(f"{where}: unknown role {role}")
        for condition in re.split(r"[|&]", value) if role in ("if", "not") else ():
            if condition.rpartition(":")[2] not in conditions:
                raise OntologyError(f"{where}: no theme, type or amount is called {condition}")


def _lexicon(data: dict[str, Any]) -> Lexicon:
    frames: dict[str, Frame] = {}
    verbs: dict[str, list[Use]] = {}
    nouns: dict[str, list[Use]] = {}
    for name, frame in data.items():
        roles = {role: tuple(types.split("|")) for role, types in frame["roles"].items()}
        says = tuple(_says(line) for line in frame["says"])
        examples = tuple(
            Example(e["text"], tuple(e.get("claims", ())), tuple(e.get("not", ()))) for e in frame.get("examples", ())
        )
        frames[name] = Frame(name, roles, says, examples)
        for part, table in (("verbs", verbs), ("nouns", nouns)):
            for words, lines in frame.get(part, {}).items():
                uses = [_use(name, line) for line in lines]
                for word in re.findall(r'"[^"]+"|\S+', words):
                    table.setdefault(word.strip('"').replace("_", " ").casefold(), []).extend(uses)
    return Lexicon(frames, verbs, nouns)


def _says(line: str) -> tuple[str, str, str, float]:
    predicate, subject, target, *share = line.split()
    return predicate, subject, target, float(share[0]) if share else 1.0


def _use(frame: str, line: str) -> Use:
    roles, wants, bars, weight = [], frozenset[str](), frozenset[str](), 2
    joint: tuple[frozenset[str], ...] = ()
    for pair in line.split():
        name, _, value = pair.partition("=")
        parts = tuple(value.split("|"))
        if name == "if":
            wants = frozenset(part for part in parts if "&" not in part)
            joint = tuple(frozenset(part.split("&")) for part in parts if "&" in part)
        elif name == "not":
            bars = frozenset(parts)
        elif name == "w":
            weight = int(value)
        else:
            roles.append((name, parts))
    return Use(frame, tuple(roles), wants, bars, weight, joint)
