"""Rows as plain values: what the engines hand out differently comes back the same."""

import re
from binascii import b2a_base64
from collections.abc import Mapping
from typing import Any

_ZEROS = re.compile(r"\.0+(?=$|[Z+-])")
_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """Return a value of a row as text, number, truth value, None, or a list or map of these.

    Nodes become maps of their properties with ``labels``, sorted; relationships, maps of theirs with ``type``; paths,
    lists of the two in turn (on the embedded engine, which hands out only record numbers, a text); dates and times
    ISO text; bytes base64 text.
    """
    if type(value) in _PLAIN:
        return value
    if hasattr(value, "iso_format"):  # the driver's dates and durations, some of which are tuples too
        return _ZEROS.sub("", value.iso_format()).replace("+00:00", "Z")
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, Mapping) and not hasattr(value, "element_id"):
        return _embedded_record(value) if "@rid" in value else {name: plain(item) for name, item in value.items()}
    if isinstance(value, (bytes, bytearray)):
        return b2a_base64(value, newline=False).decode("ascii")
    return value.isoformat() if hasattr(value, "isoformat") else _bolt_graph(value)


def _embedded_record(record: Mapping[str, Any]) -> dict[str, Any]:
    properties = {name: plain(item) for name, item in record.items() if not name.startswith("@")}
    kind = str(record["@type"])
    return properties | ({"type": kind} if kind.isupper() else {"labels": sorted(kind.split("~"))})


def _bolt_graph(value: Any) -> Any:
    if hasattr(value, "relationships"):
        nodes = [plain(node) for node in value.nodes]
        links = [plain(link) for link in value.relationships]
        return [item for pair in zip(nodes, [*links, None], strict=True) for item in pair][:-1]
    if hasattr(value, "labels"):
        return {name: plain(item) for name, item in value.items()} | {"labels": sorted(value.labels)}
    if hasattr(value, "type"):
        return {name: plain(item) for name, item in value.items()} | {"type": value.type}
    return str(value)
