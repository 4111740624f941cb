"""Fetching from a server of our own: limits, redirects, refusals, each with one clear line."""

import gzip
import shutil
import socket
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest

from kg.exceptions import FetchError
from kg.fetch.http import fetch, user_agent

PAGE = b"<html><body><p>Halcyra leases.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path; every answer that a test needs stands in ``answer``."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        name = self.path.strip("/").partition("/")[0].partition("?")[0]
        getattr(self, f"answer_{name}", self.answer_page)()

    def send(self, body: bytes = PAGE, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
            if value:
                self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_page(self) -> None:
        self.send(Content_Type="text/html; charset=ISO-8859-2")

    def answer_missing(self) -> None:
        self.send(status=404)

    def answer_forbidden(self) -> None:
        self.send(status=403)

    def answer_image(self) -> None:
        self.send(Content_Type="image/png")

    def answer_rude(self) -> None:
        self.send(Content_Type="image/\x1b[31mred")

    def answer_once(self) -> None:
        self.send(b"", status=302, Location="/page/there?x=1#part")

    def answer_ever(self) -> None:
        self.send(b"", status=302, Location="/ever")

    def answer_away(self) -> None:
        self.send(b"", status=302, Location="http://169.254.169.254/latest/meta-data/")

    def answer_tofile(self) -> None:
        self.send(b"", status=302, Location="file:///etc/passwd")

    def answer_gzip(self) -> None:
        self.send(gzip.compress(PAGE), Content_Encoding="gzip")

    def answer_deflate(self) -> None:
        self.send(zlib.compress(PAGE), Content_Encoding="deflate")

    def answer_bare(self) -> None:
        self.send(zlib.compress(PAGE)[2:-4], Content_Encoding="deflate")

    def answer_bomb(self) -> None:
        self.send(gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip")

    def answer_twice(self) -> None:
        self.send(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip")

    def answer_damaged(self) -> None:
        self.send(gzip.compress(PAGE)[:12] + b"\xff" * 20, Content_Encoding="gzip")

    def answer_short(self) -> None:
        self.send(gzip.compress(PAGE * 9)[:-12], Content_Encoding="gzip")

    def answer_large(self) -> None:
        self.send(b"x" * 3000)

    def answer_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(1000):
            self.wfile.write(b"x" * 1000)

    def answer_cut(self) -> None:
        self.send(PAGE, Content_Length="5000")

    def answer_slow(self) -> None:
        self.send(b"", Content_Length="5000")
        for _ in range(40):
            time.sleep(0.05)
            self.wfile.write(b"x")

    def answer_drip(self) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nX-Very-Slow: yes, one letter at a time":
            self.wfile.write(bytes([letter]))
            self.wfile.flush()
            time.sleep(0.05)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.seen = []  # type: ignore[attr-defined]
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def ask(server: ThreadingHTTPServer) -> Callable[..., object]:
    server.seen.clear()  # type: ignore[attr-defined]
    return lambda path, **options: fetch(
        f"http://127.0.0.1:{server.server_address[1]}/{path}", **{"allow_private": True, "timeout": 5, **options}
    )


def test_page_with_what_the_server_said(ask: Callable, server: ThreadingHTTPServer) -> None:
    raw = ask("page/ü b?q=1 2")
    assert raw.data == PAGE
    assert (raw.media_type, raw.charset) == ("text/html", "ISO-8859-2")
    assert raw.address.endswith("/page/ü b?q=1 2")
    ((path, headers),) = server.seen  # type: ignore[attr-defined]
    assert path == "/page/%C3%BC%20b?q=1%202"
    assert headers["User-Agent"] == user_agent()
    assert headers["User-Agent"].startswith("ai-compute-kg/")
    assert headers["Host"] == f"127.0.0.1:{server.server_address[1]}"


def test_contact_stands_in_the_user_agent(ask: Callable, server: ThreadingHTTPServer) -> None:
    ask("page", contact="desk@example.org")
    assert "desk@example.org" in server.seen[0][1]["User-Agent"]  # type: ignore[attr-defined]


def test_redirect_is_followed_and_both_addresses_are_kept(ask: Callable) -> None:
    raw = ask("once")
    assert raw.address.endswith("/once")
    assert raw.final_url.endswith("/page/there?x=1#part")


@pytest.mark.parametrize("path", ["gzip", "deflate", "bare"])
def test_compressed_pages(ask: Callable, path: str) -> None:
    assert ask(path).data == PAGE


@pytest.mark.parametrize(
    ("path", "options", "line"),
    [
        ("missing", {}, "the server answered 404 Not Found"),
        ("forbidden", {}, "answered 403.*save the page"),
        ("image", {}, "no loader reads image/png"),
        ("rude", {}, "no loader reads image/\ufffd"),
        ("ever", {}, "redirected more than 5 times"),
        ("tofile", {}, "only http and https"),
        ("bomb", {"limit": 1_000_000}, "more than 1 MB"),
        ("twice", {}, "compressed as gzip, gzip"),
        ("damaged", {}, "damaged|broke off"),
        ("short", {}, "broke off"),
        ("large", {"limit": 2000}, "more than 0.002 MB"),
        ("endless", {"limit": 2000}, "more than 0.002 MB"),
        ("slow", {"timeout": 0.3}, "timed out after 0.3 seconds"),
        ("drip", {"timeout": 0.3}, "timed out after 0.3 seconds"),
        ("cut", {}, "cannot be fetched"),
    ],
)
def test_refusals_in_one_line(ask: Callable, path: str, options: dict, line: str) -> None:
    with pytest.raises(FetchError, match=line) as error:
        ask(path, **options)
    assert f"/{path}: " in str(error.value)
    assert "\n" not in str(error.value)


def test_every_hop_is_checked(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as public here, so that the redirect to the metadata address is what is refused."""
    monkeypatch.setattr("kg.fetch.vetting.is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(FetchError, match=r"169\.254\.169\.254 is on a private network"):
        fetch(f"http://127.0.0.1:{server.server_address[1]}/away", timeout=5)


def test_private_addresses_are_refused_unless_allowed(server: ThreadingHTTPServer) -> None:
    with pytest.raises(FetchError, match="--allow-private"):
        fetch(f"http://127.0.0.1:{server.server_address[1]}/page")


def test_name_is_asked_for_once(server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second answer, as in DNS rebinding, would lead elsewhere; there is none."""
    asked: list[str] = []

    real = socket.getaddrinfo

    def lookup(host: str, port: int, *rest: int, **more: int) -> list[tuple]:
        if host == "127.0.0.1":  # connecting to a numeric address passes here too
            return real(host, port, *rest, **more)
        asked.append(host)
        ip = "127.0.0.1" if len(asked) == 1 else "192.0.2.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    port = server.server_address[1]
    assert fetch(f"http://news.example:{port}/page", allow_private=True, timeout=5).data == PAGE
    assert asked == ["news.example"]


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("gopher://example.org/", "only http and https"),
        ("http://user:secret@example.org/", "user name and password"),
        ("http:///path", "without a host"),
        ("http://127.0.0.1:99999/", "cannot be fetched"),
        ("http://[::1/", "cannot be fetched"),
        ("http://a\0b/", "cannot be fetched|unknown host"),
        ("http://ü" + "x" * 80 + ".example/", "unknown host"),
    ],
)
def test_addresses_that_are_not_fetched(url: str, line: str) -> None:
    with pytest.raises(FetchError, match=line) as error:
        fetch(url, timeout=5)
    assert "secret" not in str(error.value)


def test_refused_connection_mentions_a_proxy_that_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(
        FetchError, match=r"no connection \(Connection refused\) \(a proxy is set, but kg asks web sites directly\)"
    ):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True, timeout=5)


@pytest.mark.skipif(not shutil.which("openssl"), reason="needs openssl to make a certificate")
def test_certificate_must_fit_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate]
    subprocess.run(["openssl", *command.split(), *names], check=True, capture_output=True)
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.seen = []  # type: ignore[attr-defined]
        running.socket = context.wrap_socket(running.socket, server_side=True)
        threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        port = running.server_address[1]
        with pytest.raises(FetchError, match="secure connection failed"):
            fetch(f"https://localhost:{port}/page", allow_private=True, timeout=5)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetch(f"https://localhost:{port}/page", allow_private=True, timeout=5).data == PAGE
        with pytest.raises(FetchError, match="secure connection failed"):
            fetch(f"https://127.0.0.1:{port}/page", allow_private=True, timeout=5)
        running.shutdown()
