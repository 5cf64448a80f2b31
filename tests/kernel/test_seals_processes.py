"""Sealers that run at once, are killed, and meet eight writers: nothing is lost, nothing is sealed twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection

from cunlian.kernel import seals
from cunlian.kernel.models import Activity, Seal, SealEntry
from cunlian.kernel.verification import verify
from tests.processes import environment

Write = Callable[[int], list[Activity]]
pytestmark = pytest.mark.django_db(transaction=True)

SEALER = """
import time
import django; django.setup()
from cunlian.kernel import seals
from cunlian.kernel.refusals import Conflict
print("ready", flush=True)
end = time.monotonic() + 60
while time.monotonic() < end:
    try:
        seals.seal(40)
    except Conflict:
        pass
"""


def start_sealer() -> subprocess.Popen[str]:
    child = subprocess.Popen([sys.executable, "-c", SEALER], env=environment(), text=True, stdout=subprocess.PIPE)
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    return child


def kill(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL


def assert_each_row_is_in_one_seal(count: int) -> None:
    assert Activity.objects.count() == SealEntry.objects.count() == count
    assert not seals.unsealed().exists()
    report = verify()
    assert report.ok, report.findings
    assert report.rows == count


def test_eight_writers_and_two_sealers_that_are_killed(write: Write) -> None:
    def work() -> None:
        for _ in range(30):
            write(5)
        connection.close()

    write(1)
    writers = [threading.Thread(target=work) for _ in range(8)]
    sealers = [start_sealer(), start_sealer()]
    for thread in writers:
        thread.start()
    for _ in range(2):
        time.sleep(0.5)
        kill(sealers.pop(0))
        sealers.append(start_sealer())
    for thread in writers:
        thread.join()
    for child in sealers:
        kill(child)
    assert Seal.objects.count() > 1
    seals.seal()
    assert_each_row_is_in_one_seal(1 + 8 * 30 * 5)


def test_a_sealer_killed_in_the_middle_of_its_transaction_leaves_nothing(write: Write) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no lock on one table by which a transaction could be stopped in its middle")
    write(10)
    settings = connection.settings_dict
    with psycopg.connect(host=settings["HOST"], user=settings["USER"], dbname=settings["NAME"]) as blocker:
        blocker.execute("LOCK TABLE kernel_sealentry IN SHARE ROW EXCLUSIVE MODE")
        child = start_sealer()
        wait_until_blocked(blocker)
        kill(child)
    seals.seal()
    assert [seal.number for seal in Seal.objects.all()] == [1]
    assert_each_row_is_in_one_seal(10)


def wait_until_blocked(blocker: psycopg.Connection[tuple[int]]) -> None:
    """The sealer has written its seal and waits to write the entries."""
    for _ in range(200):
        waiting = "SELECT count(*) FROM pg_locks WHERE relation = 'kernel_sealentry'::regclass AND NOT granted"
        row = blocker.execute(waiting).fetchone()
        if row and row[0]:
            return
        time.sleep(0.05)
    pytest.fail("the sealer never got to the entries")
