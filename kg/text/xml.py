"""XML from strangers: read without its own entities, external files or network, and streamed where it is large."""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Protocol

_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE[^>\[]*+(\[[^\]]*)?", re.DOTALL)
_SPACE = b"\xef\xbb\xbf \t\r\n"
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
}
_LIBRARY = re.compile(r", line |,? (?:try|use) XML_PARSE_HUGE")


class Readable(Protocol):
    """What can be read in pieces, as an open file."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most that many bytes; none at the end."""


def parse(data: bytes) -> Any:
    """Return the root element (lxml) of an XML text; blank lines before the declaration do no harm.

    Raises ValueError, with line and reason, for what is not well-formed and for a text that declares entities.
    """
    from lxml import etree  # noqa: PLC0415  heavy

    start = data.lstrip(_SPACE)
    _refuse_entities(start)
    parser = etree.XMLParser(**_SAFE, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(start, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(_why(error, _lines(data) - _lines(start))) from error
    _refuse_declared(root)
    return root


def records(source: Readable, *tags: str) -> Iterator[Any]:
    """Yield the elements with these local names as they end, each with its content; memory stays flat.

    ``source`` is a binary stream. An element is only valid until the next one is asked for. Raises ValueError as
    ``parse`` does; elements before the fault have been yielded by then.
    """
    from lxml import etree  # noqa: PLC0415  heavy

    stream = _Stripped(source)
    wanted = [f"{{*}}{tag}" for tag in tags]
    walk = etree.iterparse(stream, events=("end",), tag=wanted, remove_comments=True, remove_pis=True, **_SAFE)
    checked = False
    try:
        for _, element in walk:
            if not checked:
                _refuse_declared(element)
                checked = True
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise ValueError(_why(error, stream.lines)) from error


def root_name(data: bytes) -> tuple[str, str] | None:
    """Return namespace and local name of the first element that these bytes begin with, or None if they are no XML.

    Only the first 8 KB are looked at. A text that breaks off after the first tag has a name, too.
    """
    from lxml import etree  # noqa: PLC0415  heavy

    head = data[:8192].lstrip(_SPACE)
    if not head.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return None
    parser = etree.XMLPullParser(events=("start",), recover=True, **_SAFE)
    try:
        parser.feed(head)
        tag = next((str(element.tag) for _, element in parser.read_events()), "")
    except etree.XMLSyntaxError:
        return None
    try:
        name = etree.QName(tag) if tag else None
    except ValueError:  # a tag such as "<:>", which the parser lets pass
        return None
    return (name.namespace or "", name.localname) if name is not None else None


def local(element: Any) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Any) -> dict[str, Any]:
    """Return the children of an element by local name; of several with one name the first."""
    found: dict[str, Any] = {}
    for child in element:
        if isinstance(tag := child.tag, str):
            found.setdefault(tag.rpartition("}")[2], child)
    return found


def text_of(element: Any, *path: str) -> str | None:
    """Return the text below a chain of children given by local names, on one line; None where there is none."""
    for name in path:
        for child in element:
            if local(child) == name:
                element = child
                break
        else:
            return None
    text = "".join(element.itertext()) if len(element) else element.text or ""
    return " ".join(text.split()) or None


class _Stripped:
    """A stream without the blank lines and the byte order mark before its first character; counts those lines."""

    def __init__(self, source: Readable | BinaryIO) -> None:
        self._source = source
        self._begun = False
        self.lines = 0

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(size)
        while not self._begun and data:
            rest = data.lstrip(_SPACE)
            self.lines += _lines(data) - _lines(rest)
            self._begun = bool(rest)
            if rest:
                _refuse_entities(rest)
            data = rest or self._source.read(size)
        return data


def _refuse_entities(start: bytes) -> None:
    found = _PROLOG.match(start)
    if found and b"<!ENTITY" in (found[1] or b""):
        raise ValueError("XML that declares entities of its own, which can swell without limit: refused")


def _refuse_declared(element: Any) -> None:
    """Refuse what the look at the first bytes did not see, as in UTF-16."""
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise ValueError("XML that declares entities of its own, which can swell without limit: refused")


def _why(error: Exception, before: int) -> str:
    line = getattr(error, "lineno", None)
    reason = _LIBRARY.split(str(getattr(error, "msg", None) or error))[0]
    place = f" at line {line + before}" if line else ""
    return f"not well-formed XML{place} ({' '.join(reason.split())})"


def _lines(data: bytes) -> int:
    return data.count(b"\n")
