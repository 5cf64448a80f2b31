"""``cunlian migrate``, ``seal``, ``verify`` and ``serve`` as an operator runs them."""

from __future__ import annotations

import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cunlian.cli import main
from cunlian.kernel import guards
from cunlian.kernel.models import Activity
from tests.guards import lift, lifted
from tests.processes import run, start, stop

Write = Callable[[int], list[Activity]]
PORT = int(os.environ.get("CUNLIAN_TEST_PORT", "8012"))


def cunlian(*arguments: str) -> Result:
    """The console inside this process; what needs one of its own uses ``run``."""
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_help_names_the_commands_without_a_database_or_settings() -> None:
    done = run("--help", DATABASE_URL="sqlite:////nowhere/at/all", DJANGO_SETTINGS_MODULE="no.such.settings")
    assert done.returncode == 0
    assert "verify" in done.stdout


@pytest.mark.parametrize("wrong", [["nosuch"], ["seal", "--nosuch"], ["verify", "--seals", "/nowhere"]])
def test_wrong_use_ends_with_two(wrong: list[str]) -> None:
    done = cunlian(*wrong)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Usage" in done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["seal", "verify", "serve"])
def test_a_database_without_guards_is_refused_with_the_way_out(command: str) -> None:
    lift()
    done = cunlian(command)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "kernel_activity_no_update" in done.stderr
    assert "cunlian migrate" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_migrate_puts_the_guards_back() -> None:
    lift()
    assert cunlian("migrate", "--quiet").exit_code == 0
    assert guards.missing() == []


def test_a_new_database_is_refused_until_migrate_has_set_it_up(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'county.sqlite3'}"
    assert run("verify", DATABASE_URL=url).returncode == 1
    assert run("migrate", "--quiet", DATABASE_URL=url).returncode == 0
    done = run("verify", "--json", DATABASE_URL=url)
    counts = {"seals": 0, "rows": 0, "waiting": 0, "found": 0, "findings": []}
    keys = {"needed": {}, "missing": [], "idle": []}
    assert json.loads(done.stdout) == {"ok": True, **counts, "keys": keys}


def test_a_database_that_does_not_answer_is_refused_with_a_sentence() -> None:
    done = run("verify", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr


@pytest.mark.django_db
def test_seal_then_verify_then_a_hand_in_the_database(write: Write, tmp_path: Path) -> None:
    rows = write(5)
    sealed = json.loads(cunlian("seal", "--json").stdout)
    assert [seal["count"] for seal in sealed["seals"]] == [5]
    assert cunlian("seal").exit_code == 0
    file = tmp_path / "seals.jsonl"
    file.write_text(json.dumps(sealed["seals"][0]))
    assert cunlian("verify", "--seals", str(file)).exit_code == 0
    with lifted():
        Activity.objects.filter(pk=rows[3].pk).update(verb="test.undone")
    done = cunlian("verify", "--seals", str(file), "--json")
    assert done.exit_code == 1
    assert [finding["activity"] for finding in json.loads(done.stdout)["findings"]] == [rows[3].id.hex]
    assert rows[3].id.hex in cunlian("verify").stdout


@pytest.mark.django_db(transaction=True)
def test_serve_answers_and_stops_with_its_worker() -> None:
    child = start("serve", "--port", str(PORT))
    started: dict[int, str] = {}
    try:
        status = answer(f"http://127.0.0.1:{PORT}/healthz")
        started = processes(child.pid)
        taken = cunlian("serve", "--port", str(PORT), "--no-worker")
    finally:
        ended = stop(child)
    assert status == 200
    assert any("worker" in command for command in started.values())
    assert taken.exit_code == 1
    assert str(PORT) in taken.stderr
    assert ended == 0
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]


@pytest.mark.django_db(transaction=True)
def test_what_serve_started_ends_also_when_serve_itself_is_killed() -> None:
    child = start("serve", "--port", str(PORT))
    status = answer(f"http://127.0.0.1:{PORT}/healthz")
    started = processes(child.pid)
    child.kill()
    child.communicate(timeout=60)  # returns when nobody holds its pipes any more
    assert status == 200
    assert any("worker" in command for command in started.values()) and len(started) > 1
    assert not [pid for pid in started if runs(pid)]


def runs(pid: int) -> bool:
    """Whether the process does anything any more: one nobody has asked after stays in the table as a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][0] != "Z"
    except OSError:
        return False


def processes(parent: int) -> dict[int, str]:
    """Children of a process, with their command lines."""
    found = {}
    for file in Path(f"/proc/{parent}/task").glob("*/children"):
        for pid in file.read_text().split():
            found[int(pid)] = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return found


def answer(address: str) -> int:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    return 0
