"""``cunlian serve``: the site and its worker in one command. Refuses a database without its guards."""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any

import click
from django.db import connection, connections
from django.urls import get_resolver
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces

from cunlian.cli.parent import end_with
from cunlian.kernel import guards
from cunlian.kernel.refusals import Conflict

APPLICATION = "cunlian.config.wsgi"
PATIENCE = 40  # the worker itself lets a running job finish for half a minute
REST = 5


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1), help="Processes that answer.")
@click.option("--worker/--no-worker", default=True, help="Run the worker too, or leave it to another service.")
def serve(host: str, port: int, processes: int, worker: bool) -> None:
    """Serve the site and run the worker, until stopped."""
    guards.require()
    _require_free(host, port)
    connections.close_all()
    server = Granian(
        f"{APPLICATION}:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=8,
        respawn_failed_workers=True,
        # A process told to stop while still loading misses the signal: without this, stopping would wait for ever.
        workers_kill_timeout=20,
    )
    try:
        with _working(worker):
            server.serve(target_loader=partial(_load, os.getpid()), wrap_loader=False)
    finally:
        _checkpoint()


def _load(parent: int) -> Any:
    """In a process that answers: the site, for as long as the one that started it is there. Left behind, it would keep
    the port and answer with yesterday's code. What is loaded stays for good: looked through for garbage again and again,
    it would stop every request for a sixth of a second each time."""
    end_with(parent)
    application = import_module(APPLICATION).application
    _ = get_resolver().url_patterns  # loads every page, which the first request would do otherwise
    gc.collect()
    gc.freeze()
    return application


def _require_free(host: str, port: int) -> None:
    """Conflict when somebody else listens there: said before anything is started."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sentence = _("Port %(port)s of %(host)s is in use. Choose another: PORT=8001 cunlian serve")
            raise Conflict(sentence % {"port": port, "host": host}) from None


@contextmanager
def _working(wanted: bool) -> Iterator[None]:
    """Keep a worker alive during the block, started again five seconds after it dies, stopped at the end."""
    if not wanted:
        yield
        return
    stop = threading.Event()
    # The first is started here and not by the thread: the server forks meanwhile, and a fork copies held locks.
    keeper = threading.Thread(target=_keep, args=(stop, _start()), name="worker-keeper")
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "cunlian.cli", "worker", "--parent", str(os.getpid())])


def _keep(stop: threading.Event, child: subprocess.Popen[bytes]) -> None:
    while not stop.wait(0.5):
        if child.poll() is not None:
            click.echo(
                _("The worker ended with code %(code)s and is started again.") % {"code": child.poll()}, err=True
            )
            if stop.wait(REST):
                break
            child = _start()
    _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _checkpoint() -> None:
    """Write SQLite's log of changes into the file, so that a copy of the file alone is whole."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
