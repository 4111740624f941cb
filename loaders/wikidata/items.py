"""Items as entities: their ids in other registers, names, parents, seats, officers, makers."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.core.claim import Claim, EntityName
from kg.core.dates import earliest, latest
from kg.core.external import external_id
from kg.core.rejection import Rejection
from kg.tables.edition import Edition
from kg.tables.record import listing, mapping, record
from kg.tables.row import Row

from .kinds import kind_of
from .statements import Statement, statements

TABLE = "wikidata-items"
NAMED = ("en", "mul")
"""Languages of which the name is taken, in this order, and whose aliases are read."""

LATIN = ("de", "fr", "es", "it", "nl", "pt", "sv")
OTHER_LETTERS = ("zh", "zh-hans", "zh-hant", "ja", "ko", "ru", "uk", "ar", "he", "hi")

_IDS = {"P5531": "cik", "P1278": "lei"}
_OFFICES = {"P169": "chief executive officer", "P488": "chairperson", "P112": "founder", "P1037": "director"}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a property says: the predicate, the type of the other entity, and which of both is the subject."""

    predicate: str
    other: str
    forward: bool


RELATIONS: Mapping[tuple[str, str], Relation] = {
    ("Company", "P749"): Relation("SUBSIDIARY_OF", "Company", forward=True),
    ("Company", "P355"): Relation("SUBSIDIARY_OF", "Company", forward=False),
    ("Company", "P127"): Relation("HOLDS", "Company", forward=False),
    ("Company", "P159"): Relation("LOCATED_IN", "Place", forward=True),
    ("Facility", "P131"): Relation("LOCATED_IN", "Place", forward=True),
    ("Facility", "P127"): Relation("OWNS", "Company", forward=False),
    ("Facility", "P137"): Relation("OPERATES", "Company", forward=False),
    ("Chip", "P176"): Relation("DESIGNS", "Company", forward=False),
    ("Chip", "P287"): Relation("DESIGNS", "Company", forward=False),
    ("Model", "P178"): Relation("DEVELOPS", "Company", forward=False),
}
"""What is read of an entity of each type, by property."""


_LEADS = Relation("LEADS", "Person", forward=False)
_ITEM = re.compile(r"Q[1-9]\d*")


@dataclass(frozen=True, slots=True)
class Known:
    """What the file at hand says of other items: their names and types, by number."""

    names: Mapping[str, str]
    kinds: Mapping[str, str]

    def name(self, number: str, kind: str) -> EntityName:
        """Return another item as an entity; one that the file does not name is called by its number."""
        known = self.names.get(number)
        return EntityName(known or number, self.kinds.get(number) or kind, external_id("wikidata", number))


def names_of(item: Mapping[str, Any], where: str) -> list[str]:
    """Return the names of an item, its own first, then its aliases, in the languages that are read for names."""
    labels = mapping(item.get("labels"), f"{where}: labels")
    aliases = mapping(item.get("aliases"), f"{where}: aliases")
    found = [_text(labels.get(language), where) for language in NAMED]
    for language in NAMED:
        found += [_text(alias, where) for alias in listing(aliases.get(language), f"{where}: aliases")]
    return list(dict.fromkeys(filter(None, found)))


def claims(edition: Edition, number: int, item: Mapping[str, Any], known: Known) -> Iterator[Claim | Rejection]:
    """Yield what an item says of itself. ``number`` is its place in the file."""
    where = f"{edition.document.address}: row {number}"
    id_ = str(item.get("id") or "")
    names = names_of(item, where)
    kind = kind_of(item, where)
    row = record(edition, number, id_, {"id": id_, "label": names[0] if names else ""})
    if kind is None:
        classes = ", ".join(statement.value for statement in statements(item, "P31", where)) or "nothing"
        called = names[0][:60] if names else "without a name"
        row.reject("P31", f"{id_} ({called}) is an instance of {classes}, no kind that is read")
        yield from row.problems
        return
    try:
        who = EntityName(names[0] if names else id_, kind, external_id("wikidata", id_), tuple(names[1:]))
    except ValueError as error:
        row.reject("id", str(error))
        yield from row.problems
        return
    yield row.claim(("label", "id"), who, "same_as", who.id or "", confidence=0.99)
    reader = _Reader(edition, number, item, who, known, where)
    yield from reader.names(names)
    yield from reader.ids()
    yield from reader.relations()
    yield from reader.officers()
    yield from reader.values()


@dataclass(frozen=True, slots=True)
class _Reader:
    """One item being read."""

    edition: Edition
    number: int
    item: Mapping[str, Any]
    who: EntityName
    known: Known
    where: str

    def names(self, names: list[str]) -> Iterator[Claim | Rejection]:
        """Yield further names: aliases and other languages' names in Latin letters, then those in other letters."""
        labels = mapping(self.item.get("labels"), f"{self.where}: labels")
        told = set(names[:1])
        latin = [(f"labels.{language}", _text(labels.get(language), self.where)) for language in LATIN]
        for column, name in [*(("aliases", name) for name in names[1:]), *latin]:
            if name and name not in told:
                told.add(name)
                yield self._row({column: name}).claim(("label", column), self.who, "alias", name, confidence=0.95)
        for language in OTHER_LETTERS:
            name = _text(labels.get(language), self.where)
            if name and name not in told and not _is_latin(name):
                told.add(name)
                row = self._row({f"labels.{language}": name})
                columns = ("label", f"labels.{language}")
                yield row.claim(columns, self.who, "transliterated_name", name, confidence=0.95)
        if self.who.type == "Company":
            for statement in statements(self.item, "P1448", self.where):
                predicate = "former_name" if statement.until else "legal_name"
                yield from self._claim("P1448", statement, predicate, statement.value)

    def ids(self) -> Iterator[Claim | Rejection]:
        """Yield the ids that other registers give, and symbols at stock exchanges."""
        if self.who.type != "Company":
            return
        for name, scheme in _IDS.items():
            for statement in statements(self.item, name, self.where):
                row = self._row({name: statement.value})
                try:
                    same = external_id(scheme, statement.value)
                    yield row.claim(("label", name), self.who, "same_as", same, confidence=0.97)
                except ValueError as error:
                    row.reject(name, str(error))
                yield from row.problems
        for statement in statements(self.item, "P414", self.where):
            symbol = statement.qualifiers.get("P249")
            if symbol:
                exchange = self.known.names.get(statement.value)
                yield from self._claim("P414", statement, "ticker", f"{exchange}:{symbol}" if exchange else symbol)

    def relations(self) -> Iterator[Claim | Rejection]:
        """Yield parents, subsidiaries, owners, seats, operators and makers."""
        for (kind, name), relation in RELATIONS.items():
            if kind != self.who.type:
                continue
            for statement in statements(self.item, name, self.where):
                other = self._other(name, statement, relation)
                if isinstance(other, Rejection):
                    yield other
                elif relation.forward:
                    yield from self._claim(name, statement, relation.predicate, other)
                else:
                    yield from self._claim(name, statement, relation.predicate, self.who, subject=other)

    def officers(self) -> Iterator[Claim | Rejection]:
        """Yield who leads a company, or led it, and as what."""
        if self.who.type != "Company":
            return
        for name, office in _OFFICES.items():
            for statement in statements(self.item, name, self.where):
                person = self._other(name, statement, _LEADS)
                if isinstance(person, Rejection):
                    yield person
                else:
                    yield from self._claim(name, statement, "LEADS", self.who, subject=person, title=office)

    def _other(self, name: str, statement: Statement, relation: Relation) -> EntityName | Rejection:
        """Return the entity that a statement names, or say why it is none that may stand there."""
        row = self._row({name: statement.value})
        if not _ITEM.fullmatch(statement.value):
            row.reject(name, f"{statement.value[:60]!r} is no item")
            return row.problems[0]
        other = self.known.name(statement.value, relation.other)
        if other.type == relation.other or (relation.predicate == "HOLDS" and other.type == "Person"):
            return other
        row.reject(name, f"{other.name[:60]} is a {other.type}, where a {relation.other} should stand")
        return row.problems[0]

    def values(self) -> Iterator[Claim | Rejection]:
        """Yield the day of foundation."""
        if self.who.type == "Company":
            for statement in statements(self.item, "P571", self.where):
                yield from self._claim("P571", statement, "founded", statement.value)

    def _claim(
        self,
        name: str,
        statement: Statement,
        predicate: str,
        said: EntityName | str,
        *,
        subject: EntityName | None = None,
        title: str | None = None,
    ) -> Iterator[Claim | Rejection]:
        shown = self.known.names.get(statement.value)
        cell = f"{shown} ({statement.value})" if shown else statement.value
        row = self._row({name: cell} | {f"{name}.{key}": value for key, value in statement.qualifiers.items()})
        since, until = statement.since, statement.until
        if since and until and earliest(since) > latest(until):
            row.reject(name, f"it ended in {until}, before it began in {since}")
        else:
            ended = isinstance(said, EntityName) and bool(until) and latest(until or "") < self.edition.day
            yield row.claim(
                ("label", *(f"{name}.{key}" for key in statement.qualifiers if key in ("P580", "P582", "P249")), name),
                subject or self.who,
                predicate,
                said,
                status="ended" if ended else "asserted",
                ended_as="former" if ended else None,
                confidence=0.95,
                qualifiers={"title": title} if title else {},
                valid_from=since,
                valid_to=until,
            )
        yield from row.problems

    def _row(self, fields: Mapping[str, str]) -> Row:
        id_ = (self.who.id or "").removeprefix("wikidata:")
        return record(self.edition, self.number, id_, {"id": id_, "label": self.who.name, **fields})


def _is_latin(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return all("LATIN" in unicodedata.name(letter, "") for letter in letters)


def _text(label: Any, where: str) -> str:
    return " ".join(str(mapping(label, f"{where}: labels").get("value") or "").split())
