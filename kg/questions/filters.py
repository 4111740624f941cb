"""The filters that every question about facts has: which claims count for its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.exceptions import UsageError, did_you_mean

if TYPE_CHECKING:
    from kg.graph.fold import View


@dataclass(frozen=True, slots=True)
class Filters:
    """Which claims and facts count; all of them by default.

    ``status`` and ``kind`` name claim statuses and document kinds, ``min_sources`` how many independent sources there
    must be. ``as_of`` asks what was true on a day, ``known_by`` what the store knew then (ISO dates). ``current``
    leaves out what has ended.
    """

    status: Sequence[str] = ()
    kind: Sequence[str] = ()
    min_sources: int = 0
    as_of: str | None = None
    known_by: str | None = None
    current: bool = False

    @property
    def any_claims(self) -> bool:
        """Say whether every claim counts, so that stored facts can be shown as they are."""
        return not (self.status or self.kind or self.min_sources or self.as_of or self.known_by)

    def view(self) -> "View":
        """Return what folding takes; raises UsageError for a value that is none."""
        from kg.core.claim import STATUSES  # noqa: PLC0415  most questions are asked without a filter
        from kg.core.dates import is_date  # noqa: PLC0415  as above
        from kg.core.document import KINDS  # noqa: PLC0415  as above
        from kg.graph.fold import View  # noqa: PLC0415  as above

        for option, given, known in (("--status", self.status, STATUSES), ("--kind", self.kind, KINDS)):
            for word in given:
                if word not in known:
                    raise UsageError(f"{option} {word!r} is none of {', '.join(known)}.{did_you_mean(word, known)}")
        for option, date in (("--as-of", self.as_of), ("--known-by", self.known_by)):
            if date and not is_date(date):
                raise UsageError(f"{option} {date!r} is no date; one looks like 2026, 2026-05 or 2026-05-07.")
        return View(self.as_of, self.known_by, tuple(self.status), tuple(self.kind), self.min_sources)

    def __str__(self) -> str:
        """Say the filters as options, for notes."""
        said = [
            *(f"--status {word}" for word in self.status),
            *(f"--kind {word}" for word in self.kind),
            f"--min-sources {self.min_sources}" if self.min_sources else "",
            f"--as-of {self.as_of}" if self.as_of else "",
            f"--known-by {self.known_by}" if self.known_by else "",
            "--current" if self.current else "",
        ]
        return " ".join(filter(None, said))
