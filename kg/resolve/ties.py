"""Ties: what a claim says of which referents are one entity."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.core.claim import Claim
from kg.core.external import is_external
from kg.resolve.names import names_of
from kg.resolve.resolver import Resolver

SAME_AS = "same_as"


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """Two referents that some document says are one entity.

    ``by`` is "id" where a document gives two ids to one entity, and "name" where it gives an id to what it calls by a
    name: then ``one`` is the referent of the name. Ids count before names.
    """

    by: str
    one: str
    other: str

    @property
    def id(self) -> str:
        """The id of the tie."""
        return f"tied:{self.by}:{self.one}:{self.other}"


def ties_of(claim: Claim, resolver: Resolver) -> Iterator[Tie]:
    """Yield the ties that a claim makes: a name that comes with an external id, and an id that is told (``same_as``).

    What the extractor only took a name for, by its context, ties nothing.
    """
    for name in names_of(claim):
        if name.id and is_external(name.id):
            named, meant = resolver.named(name.name, name.type), resolver.referent(name)
            if named != meant:
                yield Tie("name", named, meant)
    if claim.predicate == SAME_AS:
        subject = resolver.referent(claim.subject)
        told = resolver.identified(str(claim.value), claim.subject.type)
        if told != subject:
            yield Tie("id", *sorted((subject, told))) if resolver.ids(subject) else Tie("name", subject, told)
