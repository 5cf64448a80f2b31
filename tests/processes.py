"""Run the real console against the test's database, in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.db import connection


def environment(**more: str) -> dict[str, str]:
    """The environment in which ``cunlian`` finds the database of the running test."""
    settings: dict[str, Any] = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{settings['NAME']}"
    else:
        user = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
        url = f"postgres://{user}@{settings['HOST']}:{settings['PORT'] or 5432}/{settings['NAME']}"
    return {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cunlian.config.settings.test", **more}


def start(*arguments: str, **more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cunlian.cli", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment(**more), text=True, stdout=pipe, stderr=pipe, start_new_session=True
    )


def stop(child: subprocess.Popen[str]) -> int:
    """Ask a process to end as a service manager does and return its exit code; fail, leaving nothing, if it does not."""
    child.send_signal(signal.SIGTERM)
    try:
        child.communicate(timeout=90)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        pytest.fail(f"{child.args} did not end on SIGTERM")
    return child.returncode


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    child = start(*arguments, **more)
    out, err = child.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, child.returncode, out, err)
