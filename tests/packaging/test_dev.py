"""What a checkout is worked with: commands without anything installed, an environment that is made when it must be."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import commands, environment
from scripts.environment import fingerprint, is_ready
from scripts.steps import StepFailedError, run, step

ROOT = Path(__file__).parents[2]
DEV = ROOT / "scripts" / "dev.py"


def test_targets_of_make_are_the_commands_and_nothing_else() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^TARGETS = (.+)$", text, re.MULTILINE)
    assert targets is not None
    assert targets[1].split() == list(commands.COMMANDS)
    assert {line.strip() for line in text.splitlines() if line.startswith("\t")} == {
        "@$(PYTHON) scripts/dev.py help",
        "@$(PYTHON) scripts/dev.py $@ $(ARGS)",
    }


@pytest.mark.parametrize(("words", "code"), [([], 0), (["help"], 0), (["demmo"], 2)])
def test_commands_are_listed_without_an_environment(words: list[str], code: int) -> None:
    done = subprocess.run([sys.executable, "-S", DEV, *words], capture_output=True, text=True, check=False)
    assert done.returncode == code
    for name in commands.COMMANDS:
        assert re.search(rf"^  {name} +\S", done.stdout, re.MULTILINE)


def test_what_a_command_does_not_take_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="nothing more: --fast"):
        commands.main(["check", "--fast"])


def test_an_environment_is_ready_until_lock_or_project_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    stamp = tmp_path / ".venv" / "ai-compute-kg.stamp"
    stamp.parent.mkdir()
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert not is_ready("run")
    stamp.write_text(fingerprint("run"), encoding="utf-8")
    assert is_ready("run")
    assert not is_ready("dev")
    stamp.write_text(fingerprint("dev"), encoding="utf-8")
    assert is_ready("run")
    assert is_ready("dev")
    for name in ("requirements-dev.lock", "pyproject.toml"):
        (tmp_path / name).write_text("changed", encoding="utf-8")
        assert not is_ready("dev")
        stamp.write_text(fingerprint("dev"), encoding="utf-8")


def test_a_step_that_works_says_so_in_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    step("greeting", [sys.executable, "-c", "print('much'); print('last')"], say=commands.last_line)
    assert re.fullmatch(r"greeting +ok +\d+\.\d s  last\n", capfd.readouterr().out)


def test_a_step_that_fails_shows_what_it_printed_and_its_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StepFailedError) as failed:
        step("greeting", [sys.executable, "-c", "import sys; print('why'); sys.exit(5)"])
    assert failed.value.code == 5
    printed = capfd.readouterr().out
    assert re.match(r"greeting +failed after \d+\.\d s \(exit code 5\)\nwhy\n", printed)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches a whole console there, the tests among it")
def test_what_is_interrupted_ends_in_order(tmp_path: Path) -> None:
    child = f"""if True:
        import pathlib, time
        try:
            pathlib.Path({str(tmp_path / "started")!r}).touch()
            time.sleep(60)
        except KeyboardInterrupt:
            time.sleep(0.6)
            pathlib.Path({str(tmp_path / "ended")!r}).touch()
    """
    code = f"import sys; from scripts.steps import run; run([sys.executable, '-c', {child!r}])"
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, start_new_session=True, stderr=subprocess.PIPE)
    while not (tmp_path / "started").exists():
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate()
    assert (tmp_path / "ended").exists()


def test_the_output_of_a_run_can_go_to_a_file(tmp_path: Path) -> None:
    run([sys.executable, "-c", "print('claims')"], output=tmp_path / "claims")
    assert (tmp_path / "claims").read_text(encoding="utf-8").strip() == "claims"
    with pytest.raises(StepFailedError):
        run([sys.executable, "-c", "raise SystemExit(3)"])
