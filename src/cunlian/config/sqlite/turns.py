"""Whose turn it is to write a SQLite file: one after the other, in the order in which they came.

Threads of a process queue for a lock of the operating system; the first of each process queues with those of other processes
for two bytes of a file beside the database. Who waits holds the first byte and waits for the second; who writes holds the
second alone. So a process that writes again and again cannot overtake one that waits: it finds the first byte taken. The
system gives the bytes of a process that dies to the next.
"""

from __future__ import annotations

import fcntl
import os
import time
from threading import Lock

PAUSE = 0.001
_WAITING, _WRITING = 0, 1


class Turns:
    """Of one database. ``name``: its path, or a name that says it is in memory, which no other process sees."""

    def __init__(self, name: str) -> None:
        self._lock = Lock()
        self._path = "" if ":memory:" in name or "mode=memory" in name else f"{name}-turn"
        self._file = -1

    def acquire(self, timeout: float) -> bool:
        """Wait for the turn, at most ``timeout`` seconds."""
        deadline, queued = time.monotonic() + timeout, False
        if not self._lock.acquire(timeout=timeout):
            return False
        try:
            queued = not self._path or self._queue(deadline)
        finally:
            if not queued:
                self._lock.release()
        return queued

    def release(self) -> None:
        if self._path:
            self._leave(_WRITING)
        self._lock.release()

    def _queue(self, deadline: float) -> bool:
        if self._file < 0:
            # Open until the process ends: closing any handle to the file would give its bytes away.
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        if not self._take(_WAITING, deadline):
            return False
        try:
            return self._take(_WRITING, deadline)
        finally:
            self._leave(_WAITING)

    def _take(self, byte: int, deadline: float) -> bool:
        while True:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
            except BlockingIOError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(PAUSE)
            else:
                return True

    def _leave(self, byte: int) -> None:
        fcntl.lockf(self._file, fcntl.LOCK_UN, 1, byte)
