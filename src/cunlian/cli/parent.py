"""A process that belongs to another ends with it, even when that one was killed and could tell nobody."""

from __future__ import annotations

import os
import signal
import threading
import time

INTERVAL = 1.0


def end_with(parent: int) -> None:
    """From now on this process is asked to end, as SIGTERM asks, once ``parent`` is no longer the one above it."""
    threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(INTERVAL)
    while True:  # whoever is still loading has not learnt to listen yet: asked again until it has
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(INTERVAL)
