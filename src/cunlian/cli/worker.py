"""``cunlian worker``: everything that happens after the request.

Three loops side by side, so that none waits for another: reactions, promises, seals and recurring steps; messages, which
wait for gateways; and long jobs. Any number of workers may run at once, on any number of machines.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from types import FrameType

import click
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from cunlian.cli.parent import end_with
from cunlian.kernel import clock, jobs, messages, outbox, promises, seals, ticks

logger = logging.getLogger(__name__)

BATCH = 200
"""What one round takes of each kind at most: a backlog of one does not starve the others."""
PATIENCE = 30
"""Seconds a running job gets to put itself back in the queue when the worker is asked to end."""

Counts = dict[str, int]
Round = Callable[[datetime], Counts]


def _seal(now: datetime) -> int:
    return sum(sealed.count for sealed in seals.seal())


def _publish(now: datetime) -> int:
    return len(seals.publish_due())


ticks.add_tick("seals.seal", 60, _seal)
ticks.add_tick("seals.publish", 60, _publish)


def work(now: datetime) -> Counts:
    """One round of what needs only the database."""
    return {
        "reactions": outbox.run_due(now, BATCH),
        "promises": promises.climb(now, BATCH),
        **ticks.run_due(now),
    }


def send(now: datetime) -> Counts:
    """One round of what goes out. Small, so that a dead gateway is noticed by the message and not by the round."""
    return {"messages": messages.send_due(now, BATCH // 10)}


def tell(counts: Counts) -> None:
    """One line for a round that did something, nothing for the others."""
    did = [f"{name} {count}" for name, count in counts.items() if count]
    if did:
        click.echo(f"{clock.now().astimezone(clock.SHANGHAI):%m-%d %H:%M:%S} {', '.join(did)}", err=True)


def loop(round_: Round, stop: threading.Event, interval: float) -> None:
    """Rounds until ``stop``. A round that took a full batch is followed by the next at once. A database that is away is
    waited for: nothing is lost, and the worker is there when it comes back."""
    while not stop.is_set():
        close_old_connections()
        try:
            counts = round_(clock.now())
        except Exception:
            logger.exception("a round of the worker failed; the next begins in %s seconds", interval)
            counts = {}
        tell(counts)
        if not any(count >= BATCH // 10 for count in counts.values()):
            stop.wait(interval)
    close_old_connections()


def run_jobs(queue: Worker, stop: threading.Event, interval: float) -> None:
    """The job queue until ``stop``."""
    while not stop.is_set():
        try:
            queue.run()
        except Exception:
            logger.exception("the job queue failed; it is taken up again in %s seconds", interval)
            stop.wait(interval)
    close_old_connections()


def once() -> None:
    """Everything that is due now, to the end, and return: for tests and for cron."""
    while True:
        counts = {**work(clock.now()), **send(clock.now())}
        tell(counts)
        if not any(counts.values()):
            break
    jobs.run_waiting()


@click.command("worker")
@click.option("--once", "only_once", is_flag=True, help="Do all that is due now and end.")
@click.option("--interval", default=2.0, show_default=True, help="Seconds between rounds that find nothing to do.")
@click.option("--parent", type=int, hidden=True, help="Process this one belongs to and ends with.")
def worker(only_once: bool, interval: float, parent: int | None) -> None:
    """Run reactions, messages, reminders, seals and long jobs. End it with SIGTERM or Ctrl-C."""
    if only_once:
        once()
        return
    stop, queue = threading.Event(), jobs.queue_worker()

    def end(signum: int, frame: FrameType | None) -> None:
        stop.set()
        jobs.stopping.set()
        queue.running = False

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if parent is not None:
        end_with(parent)
    sides = [
        threading.Thread(target=loop, args=(send, stop, interval), name="messages", daemon=True),
        threading.Thread(target=run_jobs, args=(queue, stop, interval), name="jobs", daemon=True),
    ]
    for side in sides:
        side.start()
    click.echo("worker started", err=True)
    loop(work, stop, interval)
    for side in sides:
        side.join(PATIENCE)
    click.echo("worker ended", err=True)
