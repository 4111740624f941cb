"""One web page, fetched with care: limits on time, size and redirects, and no way into the user's own network.

Proxies named in the environment are not used: behind one, nobody could check which address is really asked.
"""

import contextlib
import http.client
import ssl
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from importlib import metadata
from threading import Thread
from typing import TypeVar
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_match_hostname import CertificateError

from kg.exceptions import FetchError
from kg.fetch.body import read_body
from kg.fetch.raw import Raw, utc_now
from kg.fetch.vetting import resolve

LIMIT = 20_000_000
"""Bytes that one page may have, after decompression."""

REDIRECTS = 5
"""Hops followed; each is checked like the first."""

READ_TYPES = (
    "text/",
    "message/rfc822",
    "application/atom+xml",
    "application/gzip",
    "application/json",
    "application/ld+json",
    "application/ndjson",
    "application/pdf",
    "application/rss+xml",
    "application/sparql-results+json",
    "application/vnd.apache.parquet",
    "application/vnd.openxmlformats-officedocument.",
    "application/x-gzip",
    "application/x-ndjson",
    "application/xhtml",
    "application/xml",
)
"""Media types that some loader reads; an unknown one (none, or application/octet-stream) is left to the loaders."""

_UNKNOWN_TYPES = ("", "application/octet-stream", "binary/octet-stream")
_MOVED = (301, 302, 303, 307, 308)

T = TypeVar("T")


def fetch(
    url: str, *, allow_private: bool = False, timeout: float = 20, limit: int = LIMIT, contact: str | None = None
) -> Raw:
    """Return the page at a web address, with the address where redirects ended.

    ``timeout`` is seconds for all of it, ``limit`` bytes after decompression. Addresses on private networks are refused
    unless ``allow_private``. ``contact`` is added to the User-Agent; some sites, SEC among them, want an email address
    there. Raises FetchError with one line that names the address.
    """
    deadline = time.monotonic() + timeout
    try:
        return _within(timeout, lambda: _follow(url, allow_private, deadline, limit, user_agent(contact)))
    except FetchError as error:
        raise FetchError(_line(url, str(error))) from error
    except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
        raise FetchError(_line(url, _why(error, timeout))) from error


def user_agent(contact: str | None = None) -> str:
    """Return how we introduce ourselves to web servers."""
    try:
        version = metadata.version("ai-compute-kg")
    except metadata.PackageNotFoundError:
        version = "0"
    return f"ai-compute-kg/{version} ({contact or 'reads single pages for its user'})"


def _follow(url: str, allow_private: bool, deadline: float, limit: int, agent: str) -> Raw:
    address = url
    for _ in range(REDIRECTS + 1):
        with _ask(address, allow_private, deadline, agent) as response:
            target = response.headers.get("Location")
            if response.status not in _MOVED or not target:
                data = _content(response, limit, deadline)
                return Raw(url, data, utc_now(), response.headers.get("Content-Type"), final_url=address)
        address = urljoin(address, target)
    raise FetchError(f"redirected more than {REDIRECTS} times")


@contextlib.contextmanager
def _ask(url: str, allow_private: bool, deadline: float, agent: str) -> Iterator[urllib3.BaseHTTPResponse]:
    """Send the request to an address that was checked, and give the response before its body is read."""
    parts, host, port = _checked(url)
    target = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), safe="/%:=&?~#+!$,;'@()*[]|")
    connection = _connect(parts.scheme, host, resolve(host, port, allow_private=allow_private), port, deadline)
    default = parts.port is None or parts.port == _PORTS[parts.scheme]
    name = f"[{host}]" if ":" in host else host
    headers = {
        "Host": name if default else f"{name}:{port}",
        "User-Agent": agent,
        "Accept": "text/html, text/plain;q=0.9, */*;q=0.1",
        "Accept-Encoding": "gzip, deflate",
    }
    try:
        connection.request("GET", target, headers=headers, preload_content=False, decode_content=False)
        yield connection.getresponse()
    finally:
        connection.close()


_PORTS = {"http": 80, "https": 443}


def _checked(url: str) -> tuple[SplitResult, str, int]:
    """Return the parts of a web address, its host in ASCII and its port; raises FetchError for what we do not fetch."""
    parts = urlsplit(url.strip())
    if parts.scheme not in _PORTS:
        raise FetchError(f"only http and https addresses are fetched, not {parts.scheme or 'this'}")
    if parts.username is not None or parts.password is not None:
        raise FetchError("leave user name and password out of the address")
    if not parts.hostname:
        raise FetchError("an address without a host")
    try:
        host = parts.hostname.encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    except UnicodeError as error:
        raise FetchError(f"unknown host {parts.hostname}") from error
    return parts, host, parts.port or _PORTS[parts.scheme]


def _connect(scheme: str, host: str, addresses: list[str], port: int, deadline: float) -> HTTPConnection:
    """Return a connection to the first address that answers; its certificate must be that of the host by name."""
    problem: Exception | None = None
    for number, address in enumerate(addresses):
        left = max(deadline - time.monotonic(), 0.01)
        patience = left / (len(addresses) - number)  # so that one that never answers leaves time for the next
        connection = HTTPConnection(address, port, timeout=patience)
        if scheme == "https":
            context = ssl.create_default_context()
            connection = HTTPSConnection(
                address, port, timeout=patience, ssl_context=context, server_hostname=host, assert_hostname=host
            )
        try:
            connection.connect()
            connection.timeout = left
        except (urllib3.exceptions.HTTPError, OSError) as error:
            connection.close()
            problem = error
        else:
            return connection
    raise problem or FetchError(f"unknown host {host}")


def _content(response: urllib3.BaseHTTPResponse, limit: int, deadline: float) -> bytes:
    if response.status != 200:
        raise FetchError(_refusal(response.status, response.reason))
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in _UNKNOWN_TYPES and not kind.startswith(READ_TYPES):
        raise FetchError(f"no loader reads {kind}")
    return read_body(response, limit, deadline)


def _refusal(status: int, reason: str | None) -> str:
    said = f"the server answered {status} {reason or ''}".rstrip()
    if status in (401, 403, 429):
        return f"{said}; save the page from a browser and load the file"
    return said


def _why(error: Exception, timeout: float) -> str:
    """Return in words why a page could not be had."""
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        cause = error.__cause__
        text = f"no connection ({getattr(cause, 'strerror', None) or cause or error})"
    elif isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        text = f"timed out after {timeout:g} seconds"
    elif isinstance(error, ssl.SSLError | urllib3.exceptions.SSLError | CertificateError):
        text = f"the secure connection failed ({getattr(error, 'verify_message', None) or error})"
    else:
        text = f"cannot be fetched ({error})"
    return f"{text} (a proxy is set, but kg asks web sites directly)" if getproxies() else text


def _line(url: str, reason: str) -> str:
    """Return the one line of an error, without a password in it and without what a server may smuggle into it."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    line = f"{scheme}://{host.rpartition('@')[2]}{slash}{path}: {reason}"
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in line)


def _within(seconds: float, call: Callable[[], T]) -> T:
    """Return what the call returns, or raise TimeoutError: name look-up and slow headers know no limit of their own."""
    result: Future[T] = Future()

    def run() -> None:
        try:
            result.set_result(call())
        except BaseException as error:  # noqa: BLE001  carried over to the caller
            result.set_exception(error)

    Thread(target=run, daemon=True).start()
    try:
        return result.result(seconds)
    except FutureTimeoutError as error:
        raise TimeoutError from error
