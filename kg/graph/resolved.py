"""A claim whose names have been resolved, with what folding needs to know of its document."""

from dataclasses import dataclass, replace

from kg.core.claim import Claim


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """A claim with canonical ids, and the origin, kind and recording date of the document that states it.

    Copies of one story share an ``origin``; ``recorded`` is the UTC moment at which this store learnt of it. Of a row
    that several editions of a table state, the claim is the latest edition's; ``first`` is the date of the earliest.
    ``urls`` are the addresses at which the document stands.
    """

    claim: Claim
    subject: str
    object: str | None
    facility: str | None
    chip: str | None
    origin: str
    kind: str
    recorded: str
    first: str | None
    urls: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def ends(self) -> tuple[str, str, str | None]:
        """Predicate and resolved ends."""
        return self.claim.predicate, self.subject, self.object

    def in_order(self) -> "ResolvedClaim":
        """Return the claim with its ends in order of their ids, for a symmetric predicate.

        The names are in order in the claim, but two documents may use other names.
        """
        if self.object is None or self.subject <= self.object:
            return self
        return replace(self, subject=self.object, object=self.subject)

    @property
    def is_news(self) -> bool:
        """Say whether a source says it; the registry is none."""
        return self.kind != "registry"
