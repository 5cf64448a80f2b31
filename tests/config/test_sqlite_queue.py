"""Writers queue for a SQLite file; no ending of a transaction keeps the next one waiting."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from cunlian.config.settings.environment import database
from cunlian.config.sqlite.turns import Turns

pytestmark = pytest.mark.django_db  # lets connections be opened; these have a file of their own


class Writers:
    """Connections to one file, as so many threads have them."""

    def __init__(self, file: Path, **options: Any) -> None:
        self.config: dict[str, Any] = {**database(f"sqlite:///{file}"), "CONN_HEALTH_CHECKS": False}
        self.config["OPTIONS"] = {**self.config["OPTIONS"], **options}
        self.opened: list[Any] = []

    def open(self) -> Any:
        one = ConnectionHandler({"default": dict(self.config)})["default"]
        one.inc_thread_sharing()
        self.opened.append(one)
        return one


@pytest.fixture
def writers(tmp_path: Path) -> Iterator[Writers]:
    made = Writers(tmp_path / "queue.sqlite3", timeout=0.2)
    yield made
    for one in made.opened:
        one.close()


def begin(one: Any) -> None:
    one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(one: Any, how: str) -> None:
    getattr(one, how)()
    if how != "close":
        one.set_autocommit(True)


@pytest.mark.parametrize("how", ["commit", "rollback", "close"])
def test_the_next_writer_begins_as_soon_as_a_transaction_ended_in_whatever_way(writers: Writers, how: str) -> None:
    first, second = writers.open(), writers.open()
    begin(first)
    end(first, how)

    begin(second)
    assert not second.get_autocommit()
    end(second, "commit")


def test_a_writer_whose_turn_does_not_come_is_told_what_sqlite_tells_and_can_try_again(writers: Writers) -> None:
    first, second = writers.open(), writers.open()
    begin(first)
    with pytest.raises(OperationalError, match="database is locked"):
        begin(second)
    end(first, "commit")

    begin(second)
    end(second, "commit")


def test_a_writer_that_another_process_keeps_out_lets_those_behind_it_try(writers: Writers, tmp_path: Path) -> None:
    first, second = writers.open(), writers.open()
    first.ensure_connection()
    outside = sqlite3.connect(tmp_path / "queue.sqlite3", isolation_level=None)
    outside.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError):
        begin(first)
    outside.execute("COMMIT")
    outside.close()

    begin(second)
    end(second, "commit")


def test_whoever_waits_is_woken_when_the_turn_comes(writers: Writers) -> None:
    writers.config["OPTIONS"]["timeout"] = 30
    first, second, order = writers.open(), writers.open(), list[str]()
    begin(first)

    def wait() -> None:
        begin(second)
        order.append("second")
        end(second, "commit")

    waiting = threading.Thread(target=wait)
    waiting.start()
    order.append("first")
    end(first, "commit")
    waiting.join(30)

    assert order == ["first", "second"]


_ANOTHER = """
import fcntl, sqlite3, sys, time
from cunlian.config.sqlite.turns import Turns
turns, file = Turns(sys.argv[1]), sqlite3.connect(sys.argv[1], isolation_level=None)

def awaited():
    try:
        fcntl.lockf(turns._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 0)
    except BlockingIOError:
        return True
    fcntl.lockf(turns._file, fcntl.LOCK_UN, 1, 0)

while True:
    assert turns.acquire(30)
    file.execute("UPDATE counter SET n = n + 1")
    print("wrote", flush=True)
    while sys.argv[2] == "holds" or not awaited():
        time.sleep(0.01)
    turns.release()
"""


@contextmanager
def another_process(file: Path, how: str) -> Iterator[subprocess.Popen[str]]:
    """One that has its turn, and wants it again as soon as it has passed it on: never, or once somebody waits for it."""
    made = sqlite3.connect(file)
    made.execute("CREATE TABLE counter AS SELECT 0 AS n")
    made.close()
    with subprocess.Popen([sys.executable, "-c", _ANOTHER, str(file), how], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "wrote\n"
        try:
            yield child
        finally:
            child.kill()


def test_a_process_that_wants_its_turn_again_at_once_does_not_overtake_one_that_waits(tmp_path: Path) -> None:
    writers = Writers(tmp_path / "queue.sqlite3", timeout=30)
    with another_process(tmp_path / "queue.sqlite3", "passes on"):
        one = writers.open()
        seen = 1
        while seen < 5:
            begin(one)
            with one.cursor() as cursor:
                (wrote,) = cursor.execute("SELECT n FROM counter").fetchone()
            end(one, "commit")
            assert wrote - seen <= 1
            seen = wrote
        one.close()


def test_the_turn_of_a_process_that_dies_in_the_middle_passes_on(tmp_path: Path) -> None:
    short, long = (Writers(tmp_path / "queue.sqlite3", timeout=seconds) for seconds in (0.2, 30))
    with another_process(tmp_path / "queue.sqlite3", "holds") as child:
        one, other = short.open(), long.open()
        with pytest.raises(OperationalError, match="database is locked"):
            begin(one)
        child.kill()
        begin(other)
        end(other, "commit")
        one.close()
        other.close()


def test_where_the_queue_cannot_be_made_no_turn_is_kept_from_the_next(tmp_path: Path) -> None:
    turns = Turns(str(tmp_path / "missing" / "queue.sqlite3"))
    with pytest.raises(FileNotFoundError):
        turns.acquire(0.2)
    (tmp_path / "missing").mkdir()
    assert turns.acquire(0.2)


@pytest.mark.parametrize("folder", ["memory", "plain"])
def test_two_processes_queue_wherever_the_file_lies(tmp_path: Path, folder: str) -> None:
    (tmp_path / folder).mkdir()
    file = tmp_path / folder / "queue.sqlite3"
    with another_process(file, "holds"):
        assert not Turns(str(file)).acquire(0.2)
