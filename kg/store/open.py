"""Which store is meant, and opening it."""

import re
from dataclasses import dataclass
from pathlib import Path

from kg.exceptions import UsageError
from kg.settings import Settings, settings
from kg.store.base import Store

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DEFAULT = "default"
_NAME = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class StoreSpec:
    """A store that is meant: ``engine`` as in ``Store``, its folder or address, and what named it."""

    engine: str
    address: str
    chosen_by: str
    """"--store", "KG_STORE", "NEO4J_URI" or "default"."""

    @property
    def is_new(self) -> bool:
        """Say whether nothing has been stored yet, as far as can be told without opening it."""
        return self.engine == "embedded" and not Path(self.address).exists()

    def exists(self) -> bool:
        """Say whether there is a store to open, as a server is; raises StoreError for a folder of something else."""
        if self.engine != "embedded":
            return True
        from kg.store.folder import Folder  # noqa: PLC0415  only for this engine

        return Folder(Path(self.address)).exists()


def resolve(spec: str | None = None) -> StoreSpec:
    """Say which store is meant: by ``spec``, else KG_STORE, else NEO4J_URI, else the default one.

    ``neo4j://``, ``bolt://`` and their encrypted forms name a Neo4j server; letters, digits, "-" and "_" a store of
    that name in the user's data folder; everything else a folder. Raises UsageError.
    """
    return _resolve(spec, settings())


def open_store(spec: str | None = None, *, write: bool, make: bool = True) -> Store:
    """Open the store that ``resolve`` names; with ``write`` and ``make`` an embedded one is made if there is none.

    Raises UsageError for a text that names no store, StoreError for a store that does not exist or is damaged, and
    when reading for one of a newer version or that was left in the middle of a long step, StoreLockedError for one that
    is in use, StoreUnavailableError for one that cannot be reached.
    """
    chosen = settings()
    opened = _open(_resolve(spec, chosen), chosen, write=write, make=make)
    if not write:
        from kg.store.state import check_readable  # noqa: PLC0415  a store that is written is checked by its ledger

        try:
            check_readable(opened)
        except BaseException:
            opened.close()
            raise
    return opened


def _open(meant: StoreSpec, chosen: Settings, *, write: bool, make: bool) -> Store:
    if meant.engine == "neo4j":
        from kg.store.neo4j import Neo4jStore  # noqa: PLC0415  the engine that is not used is not loaded

        return Neo4jStore(
            meant.address,
            username=chosen.neo4j_username,
            password=chosen.neo4j_password,
            database=chosen.neo4j_database,
            write=write,
            read_seconds=chosen.read_seconds,
        )
    from kg.store.embedded import EmbeddedStore  # noqa: PLC0415  as above

    return EmbeddedStore(Path(meant.address), write=write, make=make, read_seconds=chosen.read_seconds)


def _resolve(spec: str | None, chosen: Settings) -> StoreSpec:
    given = ((spec, "--store"), (chosen.store, "KG_STORE"), (chosen.neo4j_uri, "NEO4J_URI"))
    text, chosen_by = next(((text, name) for text, name in given if text), (None, "default"))
    if text is None:
        return StoreSpec("embedded", str(_data_folder(chosen) / DEFAULT), chosen_by)
    if "://" in text or chosen_by == "NEO4J_URI":
        return StoreSpec("neo4j", _check_address(text, chosen_by), chosen_by)
    try:
        path = Path(text).expanduser().absolute()
        is_name = _NAME.fullmatch(text) and not path.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"{chosen_by} names no store: {text[:80]!r}. ({error})") from None
    if not text.strip() or "\0" in text:
        raise UsageError(f"{chosen_by} names no store: {text!r}.")
    return StoreSpec("embedded", str(_data_folder(chosen) / text if is_name else path), chosen_by)


def _data_folder(chosen: Settings) -> Path:
    if chosen.data:
        return chosen.data.absolute()
    import platformdirs  # noqa: PLC0415  only where the environment names no folder

    return platformdirs.user_data_path("ai-compute-kg") / "stores"


def _check_address(text: str, chosen_by: str) -> str:
    """Return the address of a Neo4j server as it is, if it is one; no message repeats a password."""
    from urllib.parse import urlsplit  # noqa: PLC0415  not needed for a folder

    try:
        parts = urlsplit(text)
        port_is_wrong = parts.port == 0
    except ValueError:
        raise UsageError(f"{chosen_by} is no address: the port is a number, as in neo4j://localhost:7687") from None
    if "@" in parts.netloc:
        raise UsageError(
            f"{chosen_by} holds a user name or password; give them as NEO4J_USERNAME and NEO4J_PASSWORD instead."
        )
    if parts.scheme not in SCHEMES:
        raise UsageError(
            f"{chosen_by} is no address of a Neo4j server: {text!r}. It begins with {'://, '.join(SCHEMES)}://, as in "
            "neo4j://localhost:7687"
        )
    if not parts.hostname or port_is_wrong or parts.path.strip("/"):
        raise UsageError(f"{chosen_by} is no address: {text!r}. One looks like neo4j://localhost:7687")
    return text
