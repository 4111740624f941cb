"""What was not taken over, and why: kept and shown, never dropped in silence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rejection:
    """One thing that was left out: where it stood (file, line, address) and the reason in a few words."""

    where: str
    reason: str

    def __str__(self) -> str:
        """Return the one line shown to a user."""
        return f"{self.where}: {self.reason}"

    def to_json(self) -> dict[str, str]:
        """Return the JSON Lines form."""
        return {"where": self.where, "reason": self.reason}
