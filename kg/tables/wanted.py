"""Which records of a large register are wanted: those of entities that the package knows, and those that are named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kg.core.claim import Claim
from kg.core.document import Document
from kg.core.external import SCHEMES, is_external
from kg.core.ids import digest, fold, name_key
from kg.fetch.raw import Raw
from kg.schema.registry import registry

if TYPE_CHECKING:
    from kg.tables.table import Item

ALL = "*"
"""Stands among the names for everything."""

_LOOKS = (8, 6, 4, 3, 2)
"""Letters at the start of a name by which most names of a register are told to be nobody's: much faster than a key."""


class Wanted:
    """The entities wanted from a register, by id or by name.

    Always wanted are the companies of the package's registry: by their ids, and those that have none of this register
    (``scheme``) by name. ``named`` adds names and ids ("lei:…", a bare LEI or CIK) that a user or a store gives; ``*``
    among them wants everything.
    """

    def __init__(self, named: Iterable[str], scheme: str) -> None:
        given = [item.strip() for item in named if item.strip()]
        self.everything = ALL in given
        self._ids = {f"{scheme}:{value}" for known in registry() for scheme, value in known.external.items()}
        self._ids |= {form for item in given for form in _ids(item)}
        companies = [known for known in registry() if known.type == "Company" and scheme not in known.external]
        unsure = {name_key(name) for known in companies for name in known.ambiguous}
        sure = [name for known in companies for name in known.names if name not in known.ambiguous]
        self._exact = {fold(name) for name in sure}
        self._keys = {name_key(name) for name in sure} - unsure | {key for item in given if (key := name_key(item))}
        names = (*self._keys, *self._exact)
        self._begins = [(length, {name[:length] for name in names}) for length in _LOOKS]

    def by_id(self, id_: str) -> bool:
        """Say whether the entity of an external id, such as "cik:1045810", is wanted."""
        return self.everything or id_ in self._ids

    def by_name(self, name: str) -> bool:
        """Say whether an entity of this name is wanted.

        Legal forms and letter case tell names apart only where the bare name is an ordinary word, a town or the like:
        "Switch, Inc." may be wanted, and "Switch GmbH" not.
        """
        return self.everything or (self._may_be(name) and (name_key(name) in self._keys or fold(name) in self._exact))

    def _may_be(self, name: str) -> bool:
        """Tell by the first letters of a name whether it is worth a closer look."""
        for length, begins in self._begins:
            begin = name[:length]
            if begin.isalnum() and begin.isascii():
                return begin.lower() in begins
        return True


def wanted(raw: Raw, scheme: str) -> Wanted:
    """Return what is wanted from a file of the register that gives ids of a scheme (cik, lei, wikidata)."""
    return _wanted(raw.wanted, scheme)


@cache
def _wanted(named: tuple[str, ...], scheme: str) -> Wanted:
    return Wanted(named, scheme)


def selected(items: "Iterable[Item]") -> "Iterator[Item]":
    """Yield what a loader has read in part, all of it first; its documents say by a hash which rows they give.

    So the same file is read again when other entities are wanted, and only then.
    """
    told = list(items)
    rows: dict[str, set[str]] = {}
    for item in told:
        if isinstance(item, Claim):
            rows.setdefault(item.document_id, set()).add(item.row or "")
    for item in told:
        if isinstance(item, Document):
            yield replace(item, selection=digest(*sorted(rows.get(item.id, ()))))
        else:
            yield item


def left_out(left: int, count: int, what: str) -> str:
    """Say how many records were not wanted, and how to get them; ``what`` is "records", "rows" or the like."""
    return f"{left} of {count} {what} are of entities that nobody asked for: --want NAME, or --want '*' for all"


def _ids(item: str) -> list[str]:
    """Return the ids that a word may be: as it stands, or as a bare id of any register."""
    forms = [item, *(f"{scheme}:{item.upper()}" for scheme in SCHEMES), f"cik:{item.lstrip('0')}"]
    return [form for form in forms if is_external(form)]
