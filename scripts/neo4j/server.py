"""A real Neo4j server on this machine: for the tests, and for trying the graph on it without Docker.

    python scripts/neo4j/server.py [--data FOLDER] [--cache FOLDER] [--port N]

runs a community server on a loopback port until Ctrl-C and prints what to set so that `kg` uses it. Without --data it
forgets everything at the end. Needs Java 17 or newer and Maven on the PATH; the jars (about 120 MB) come from Maven
Central once and stay in the cache folder.
"""

import argparse
import hashlib
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

POM = Path(__file__).with_name("pom.xml")
READY_SECONDS = 90
STOP_SECONDS = 30
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
"""A third less time to start, for a server that will not live long."""
CONFIG = """\
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.heap.max_size=512m
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
dbms.security.allow_csv_import_from_file_urls=false
internal.dbms.cypher_ip_blocklist=0.0.0.0/0,::/0
"""


class NotPossibleError(Exception):
    """No server can run here; the text says what is missing."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens and who may enter."""

    uri: str
    password: str = field(repr=False)
    username: str = "neo4j"


@contextmanager
def running(data: Path | None = None, cache: Path | None = None, port: int | None = None) -> Iterator[Server]:
    """Run a server for as long as the block lasts, and end it whatever happens, even if this process is killed.

    With ``data`` the graph and the password stay in that folder and the server is stopped in order; without, the
    server is thrown away. Raises NotPossibleError.
    """
    java = _java()
    jars = _jars(cache or _cache_folder())
    home = data.absolute() if data else Path(tempfile.mkdtemp(prefix="kg-neo4j-"))
    port = port or _free_port()
    try:
        password = _prepare(home, java, jars, port)
        keeper = _start_keeper(home, java, jars, throw_away=data is None)
        try:
            _wait_until_ready(home, keeper)
            yield Server(f"bolt://127.0.0.1:{port}", password)
        finally:
            assert keeper.stdin is not None  # noqa: S101  it was opened as a pipe
            keeper.stdin.close()
            keeper.wait()
    finally:
        if data is None:
            shutil.rmtree(home, ignore_errors=True)


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise NotPossibleError("java is not on the PATH; Neo4j 5 needs Java 17 or newer")
    text = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', text)
    if not found or int(found[1]) < 17:
        raise NotPossibleError(f"Java {found[1] if found else '?'} is on the PATH; Neo4j 5 needs Java 17 or newer")
    return java


def _cache_folder() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "ai-compute-kg" / "neo4j"


def _jars(cache: Path) -> Path:
    """Return the folder with the jars of this pom, filling it on first use, all of them or none."""
    folder = cache / hashlib.sha256(POM.read_bytes()).hexdigest()[:12]
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise NotPossibleError("mvn is not on the PATH; it fetches the server's jars from Maven Central once")
    cache.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix="part-", dir=cache))
    command = [maven, "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={part}"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            errors = [line for line in done.stdout.splitlines() if "ERROR" in line]
            raise NotPossibleError(f"mvn could not fetch the server's jars: {errors[0] if errors else done.stderr}")
        try:
            part.rename(folder)
        except OSError:  # another process was first
            if not folder.is_dir():
                raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare(home: Path, java: str, jars: Path, port: int) -> str:
    """Write the configuration and return the password, which is set before the first start only."""
    conf, remembered = home / "conf", home / "password"
    conf.mkdir(parents=True, exist_ok=True)
    _log(home).unlink(missing_ok=True)  # it says that an earlier server is ready
    (conf / "neo4j.conf").write_text(CONFIG.format(port=port), encoding="utf-8")
    if remembered.exists():
        return remembered.read_text(encoding="utf-8")
    password = secrets.token_hex(16)
    environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    admin = [java, *QUICK, "-cp", f"{jars}{os.sep}*", "org.neo4j.cli.AdminTool"]
    done = subprocess.run(
        [*admin, "dbms", "set-initial-password", password],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotPossibleError(f"Neo4j did not take a password: {done.stderr or done.stdout}")
    remembered.touch(mode=0o600)
    remembered.write_text(password, encoding="utf-8")
    return password


def _start_keeper(home: Path, java: str, jars: Path, *, throw_away: bool) -> subprocess.Popen[bytes]:
    """Start the process that owns the server; it ends the server when its standard input closes."""
    server = [java, "-cp", f"{jars}{os.sep}*", "-Xmx512m"]
    server += QUICK if throw_away else []
    server += [
        "org.neo4j.server.CommunityEntryPoint",
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
        "--console-mode",
    ]
    return subprocess.Popen(
        [sys.executable, __file__, "--keep", str(home), "throw-away" if throw_away else "stop", *server],
        stdin=subprocess.PIPE,
        start_new_session=True,  # so that Ctrl-C in the terminal reaches only us
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
    )


def _keep(home: Path, ending: str, command: list[str]) -> None:
    """Run the server until it ends by itself or standard input closes, which the end of our parent does, too."""
    over = threading.Event()

    def listen() -> None:
        sys.stdin.buffer.read()
        over.set()

    threading.Thread(target=listen, daemon=True).start()
    with _log(home).open("wb") as log:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
    while server.poll() is None and not over.wait(0.2):
        pass
    if ending == "stop":
        server.terminate()
        try:
            server.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
        return
    server.kill()
    server.wait()
    if over.is_set():
        shutil.rmtree(home, ignore_errors=True)


def _log(home: Path) -> Path:
    return home / "console.log"


def _wait_until_ready(home: Path, keeper: subprocess.Popen[bytes]) -> None:
    """Wait for the line that Neo4j prints when every service answers; its port opens earlier."""
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        text = _log(home).read_text(encoding="utf-8", errors="replace") if _log(home).exists() else ""
        if re.search(r"INFO\s+Started\.", text):
            return
        if keeper.poll() is not None:
            raise NotPossibleError("Neo4j ended at once:\n" + "\n".join(text.splitlines()[-8:]))
        time.sleep(0.1)
    raise NotPossibleError(f"Neo4j was not ready after {READY_SECONDS} seconds; its log: {_log(home)}")


def main() -> int:
    """Run a server until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Run a Neo4j community server on this machine until Ctrl-C.")
    parser.add_argument("--data", type=Path, help="keep graph and password in this folder")
    parser.add_argument("--cache", type=Path, help="where the server's jars stay")
    parser.add_argument("--port", type=int, help="Bolt port; default: a free one")
    chosen = parser.parse_args()
    try:
        with running(chosen.data, chosen.cache, chosen.port) as server:
            values = {"NEO4J_URI": server.uri, "NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password}
            print("Neo4j is running. In another terminal, bash:")
            print("".join(f"  export {name}='{value}'\n" for name, value in values.items()) + "or PowerShell:")
            print("".join(f"  $env:{name} = '{value}'\n" for name, value in values.items()) + "Ctrl-C ends it.")
            sys.stdout.flush()
            try:
                threading.Event().wait()
            except KeyboardInterrupt:
                print("\nEnding the server …", flush=True)
    except KeyboardInterrupt:
        return 0
    except NotPossibleError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--keep"]:
        _keep(Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
    else:
        sys.exit(main())
