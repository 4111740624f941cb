"""The script that runs a Neo4j server: it leaves nothing behind. (That the server works, all other tests here show.)"""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "neo4j" / "server.py"
PRINT_PID_AND_SLEEP = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("server_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def logged_pid(home: Path) -> int:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        text = (home / "console.log").read_text() if (home / "console.log").exists() else ""
        if text.endswith("\n"):
            return int(text)
        time.sleep(0.05)
    raise AssertionError("the server's stand-in did not start")


@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes as POSIX does")
@pytest.mark.parametrize(("ending", "is_kept"), [("throw-away", False), ("stop", True)])
def test_the_server_ends_with_the_process_that_wanted_it(tmp_path: Path, ending: str, is_kept: bool) -> None:
    """A process that is killed closes its pipes; here a stand-in for the server is running."""
    home = tmp_path / "home"
    home.mkdir()
    server = [sys.executable, "-c", PRINT_PID_AND_SLEEP]
    keeper = subprocess.Popen([sys.executable, SCRIPT, "--keep", str(home), ending, *server], stdin=subprocess.PIPE)
    assert keeper.stdin is not None
    pid = logged_pid(home)
    assert lives(pid)
    keeper.stdin.close()
    keeper.wait(30)
    assert not lives(pid)
    assert home.exists() == is_kept


def test_what_is_missing_is_said(script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(script.NotPossibleError, match="java is not on the PATH"), script.running():
        pass
