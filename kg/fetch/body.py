"""The body of a web response, decompressed by ourselves so that a small download cannot swell without limit."""

import time
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.exceptions import FetchError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

_CHUNK = 65536
_ANY_ZLIB = zlib.MAX_WBITS | 32  # finds out by itself whether it is gzip or zlib
_BARE = -zlib.MAX_WBITS  # what some servers call deflate


def read_body(response: "BaseHTTPResponse", limit: int, deadline: float) -> bytes:
    """Return the decompressed body, at most ``limit`` bytes; ``deadline`` is on the monotonic clock.

    Raises FetchError if it is larger, takes longer or is compressed in a way that we did not ask for.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise FetchError(f"compressed as {encoding}, which was not asked for")
    if int(response.headers.get("Content-Length") or 0) > limit:
        raise _too_large(limit)
    plain = encoding in ("identity", "")
    body = bytearray()
    for piece in _raw(response, deadline) if plain else _inflated(_raw(response, deadline)):
        body += piece
        if len(body) > limit:
            raise _too_large(limit)
    return bytes(body)


def _raw(response: "BaseHTTPResponse", deadline: float) -> Iterator[bytes]:
    for chunk in response.stream(_CHUNK, decode_content=False):
        if time.monotonic() > deadline:
            raise TimeoutError
        yield chunk


def _inflated(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the decompressed bytes in pieces of bounded size."""
    first = next(chunks, b"")
    inflate = zlib.decompressobj(_ANY_ZLIB if _has_header(first) else _BARE)
    waiting = first
    try:
        while waiting:
            while waiting and not inflate.eof:
                yield inflate.decompress(waiting, _CHUNK)
                waiting = inflate.unconsumed_tail
            waiting = next(chunks, b"")
    except zlib.error as error:
        raise FetchError("the compressed page is damaged") from error
    if not inflate.eof:
        raise FetchError("the compressed page broke off")


def _has_header(data: bytes) -> bool:
    zlib_header = len(data) > 1 and data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    return data.startswith(b"\x1f\x8b") or zlib_header


def _too_large(limit: int) -> FetchError:
    return FetchError(f"more than {limit / 1e6:g} MB, the limit for one page")
