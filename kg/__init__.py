"""Knowledge graph of the AI compute industry: claims with their evidence, from documents to answers."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api import KG
    from kg.exceptions import KGError

__version__ = "0.1.0"
__all__ = ["KG", "KGError", "__version__"]

_HOMES = {"KG": "kg.api", "KGError": "kg.exceptions"}


def __getattr__(name: str) -> Any:
    """Import a public name on first use, so that a quick command imports nothing that it does not need."""
    if name in _HOMES:
        import importlib  # noqa: PLC0415  as said above

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
